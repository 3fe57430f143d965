"""What a desk tells of a workbook in trouble, of a check, and where nothing can be printed."""

import threading
import zipfile

import pytest
from loaded import load_workbook
from openpyxl import Workbook
from spoiled import KINDS

from addin.ribbon.click_lock import one_at_a_time
from addin.ribbon.press import STILL_AT_IT
from docgen.printing import libreoffice
from gouji.desk.own.board import Board
from gouji.desk.own.desk import Desk
from gouji.desk.own.preview import PLAIN
from gouji.desk.own.told import findings_told, mended
from workbook.catalogue.buttons import SAVED_SINCE
from workbook.checking.as_json import finding_as_data
from workbook.checking.check import Checked
from workbook.checking.intake import take_in
from workbook.checking.kinds import find_kind
from workbook.outline.progress import progress
from workbook.years.beginning import new_workbook


class Seen(Board):
    """A board that can be waited at."""

    def __init__(self):
        super().__init__()
        self.news = {}
        self.has_come = threading.Condition()

    def put(self, topic, data):
        super().put(topic, data)
        with self.has_come:
            self.news[topic] = data
            self.has_come.notify_all()

    def wait(self, topic, is_it):
        with self.has_come:
            assert self.has_come.wait_for(lambda: is_it(self.news.get(topic) or {}), 20), self.news
            return self.news[topic]


@pytest.fixture
def board(monkeypatch):
    """A board, on a computer without a program that prints."""
    monkeypatch.setattr(libreoffice, "_programs", lambda: iter(()))
    return Seen()


@pytest.fixture
def desk(board):
    made = Desk(board)
    yield made
    made.close()


@pytest.fixture(scope="module")
def small_bytes(language):
    """A small workbook, of a kind without a report that would be shown."""
    return new_workbook(language)


def is_well(book):
    return book.get("state") == "well"


def is_trouble(book):
    return book.get("state") == "trouble"


def cut(path):
    path.write_bytes(path.read_bytes()[:5000])


def old(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def foreign(path):
    Workbook().save(path)


def broken(path):
    whole = zipfile.ZipFile(path)
    parts = {name: whole.read(name) for name in whole.namelist()}
    with zipfile.ZipFile(path, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content[:200] if name.endswith("sheet2.xml") else content)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (cut, "「填报.xlsx」不是 Excel 工作簿,或已损坏。"),
        (lambda path: path.write_bytes(b""), "「填报.xlsx」不是 Excel 工作簿,或已损坏。"),
        (old, "「填报.xlsx」是旧版 .xls 文件,或设了打开密码。"),
        (broken, "「填报.xlsx」的内容有损坏,读不下去"),
        (foreign, "这不是勾稽的填报工作簿"),
        (lambda path: path.unlink(), "「填报.xlsx」不在原来的地方了"),
    ],
)
def test_each_trouble_is_told_and_over_when_the_file_is_right_again(
    board, small_bytes, tmp_path, spoil, words
):
    file, desk = tmp_path / "填报.xlsx", Desk(board, KINDS)
    file.write_bytes(small_bytes)
    desk.open(file)
    board.wait("book", is_well)
    told = board.news["findings"]
    spoil(file)
    assert board.wait("book", is_trouble)["words"].startswith(words)
    assert board.news["findings"] is told  # what was told before stays to be read
    file.write_bytes(small_bytes)
    board.wait("book", is_well)
    desk.close()


def test_another_workbook_takes_the_place_of_the_first(desk, board, sample_file, typed):
    desk.open(sample_file)
    board.wait("book", is_well)
    second = sample_file.with_name("第二本.xlsx")
    second.write_bytes(sample_file.read_bytes())
    desk.open(second)
    board.wait("book", lambda book: is_well(book) and book["name"] == "第二本.xlsx")
    sample_file.unlink()
    second.write_bytes(typed(基本支出=195.94, 行政编制="约8"))
    board.wait("findings", lambda told: told.get("summary") == "发现 2 处错误、1 处提醒")
    assert board.news["book"]["name"] == "第二本.xlsx"


def test_where_nothing_prints_the_words_of_the_report_are_shown(desk, board, sample_file):
    desk.open(sample_file)
    pages = board.wait("pages", lambda told: told.get("state") == "plain")
    assert pages["words"] == (f"{PLAIN}(导出 PDF 要用 Word 或 LibreOffice,这台电脑上都没有找到)")
    first, *others = pages["blocks"]
    assert first == {"text": "2022年度芦淞区委统战部整体支出", "centred": True}
    rows = next(one["rows"] for one in others if "rows" in one)
    assert {sum(cell["across"] * cell["down"] for row in rows for cell in row) / len(rows)} <= set(
        range(20)
    )


def test_a_desk_says_what_a_button_did_while_another_is_pressed(desk, board, sample_file):
    desk.open(sample_file)
    board.wait("book", is_well)
    assert (desk.press("none"), desk.answer("x", "是")) == (False, False)
    assert desk.press("check_report")
    told = board.wait("act", lambda told: told.get("is_running") is False)
    assert told["said"] == [
        "工作簿所在的文件夹里没有报告(*.docx)。请先按“生成报告”,或把报告放进来。"
    ]
    assert told["status"] == "没有选报告。"


def test_a_press_while_another_desk_works_on_the_same_file_is_told(desk, board, sample_file):
    desk.open(sample_file)
    board.wait("book", is_well)
    with one_at_a_time(str(sample_file)) as is_free:
        assert is_free and desk.press("make_report")
        told = board.wait("act", lambda told: told.get("is_running") is False)
    assert (told["said"], told["files"]) == ([STILL_AT_IT], [])
    assert list(sample_file.parent.glob("*.docx")) == []


def test_a_question_is_of_the_save_that_it_was_asked_of(desk, board, sample_file, typed):
    desk.open(sample_file)
    board.wait("book", is_well)
    desk.press("make_report")
    made = board.wait("act", lambda told: told.get("is_running") is False)
    report = sample_file.with_name(made["files"][0]["name"])
    first = report.read_bytes()
    sample_file.write_bytes(typed(人员经费=171.73, 公用经费=23.76))
    desk.press("refresh_report")
    asked = board.wait("act", lambda told: told.get("question"))["question"]
    sample_file.write_bytes(typed(人员经费=171.72, 公用经费=23.77))
    assert desk.answer(asked["id"], "是")
    told = board.wait("act", lambda told: told.get("is_running") is False)
    assert told["said"][-1] == SAVED_SINCE.zh
    assert report.read_bytes() == first


def test_a_workbook_of_another_kind_has_mended_nothing(desk, board, sample_file):
    desk.open(sample_file)
    board.wait("findings", lambda told: told.get("summary"))
    before = board.news["findings"]["wanted"]
    sample_file.write_bytes(new_workbook(find_kind("project")))
    told = board.wait("findings", lambda told: told.get("wanted") not in (None, before))
    assert told["mended"] == []


def test_the_page_is_told_the_findings_of_the_command_line_in_its_order(sample_file, typed):
    sample_file.write_bytes(typed(基本支出=195.94, 行政编制="约8"))
    intake = take_in(sample_file)
    told = findings_told(intake, None)["findings"]
    of_command = [finding_as_data(one) for one in intake.checked.findings]
    assert [{key: one[key] for key in of_command[0] if key != "consequences"} for one in told] == [
        {key: one[key] for key in one if key != "consequences"} for one in of_command
    ]
    assert [one["word"] for one in told] == ["错误", "错误", "提醒"]


def test_what_is_only_hidden_by_another_finding_is_not_mended(sample_file, sample_bytes, typed):
    sample_file.write_bytes(typed(基本支出=195.94, 行政编制="约8"))
    before = take_in(sample_file).checked
    sample_file.write_bytes(typed(基本支出="约195"))
    hidden = list(mended(before, take_in(sample_file).checked))
    assert [str(one.place) for one in hidden] == ["基本情况!C22"]
    sample_file.write_bytes(sample_bytes)
    now = take_in(sample_file).checked
    assert "预算收支!C17" in [str(one.place) for one in mended(before, now)]
    assert list(mended(Checked(now.values, ()), before)) == []


def test_progress_counts_what_the_guide_counts(department, sample_file):
    assert _counted(sample_file, department) == _of_guide(sample_file) == (175, 175)


def test_progress_counts_what_the_guide_of_a_blank_form_counts(department, tmp_path):
    path = tmp_path / "新.xlsx"
    path.write_bytes(new_workbook(department))
    assert _counted(path, department) == _of_guide(path)


def _counted(path, kind):
    made = progress(take_in(path).checked.values, kind.form)
    return made.wanted, made.filled


def _of_guide(path):
    """The columns 必填项 and 已填 of the sheet 填报说明, added up."""
    rows = load_workbook(path, data_only=True)["填报说明"].iter_rows(min_col=2, max_col=4)
    counts = [(row[1].value, row[2].value) for row in rows if isinstance(row[2].value, int)]
    return tuple(map(sum, zip(*counts, strict=True)))
