"""核对报告 and 更新报告 on a live Calc and the strict Excel: which report, what is said of it."""

import os

import docx
import pytest
from empty_document import empty_document
from spoiled import typing

from addin.marking.showing import Shown
from addin.ribbon import actions
from addin.ribbon.actions import check_report, refresh_report
from addin.ribbon.press import press
from addin.ribbon.screen import ProgramScreen
from docgen.report.report import make_report, report_name
from docgen.template.word.package import unpack
from workbook.checking.intake import take_in

POSTS = ("基本情况", "C22")
TRUE = "核对了 975 个数,全部与填报表相符。"
QUOTE = (  # the one slip of the report of 2022 itself
    "第 31 段:引号和括号不成对。写的是“同见证党的二十大”开幕式盛”,应为“缺前面的“”。请改正。"
)
STALE = "【过时】段落 9 行政编制(基本情况!C22)\n    报告上是 7,填报表现在是 8。请更新报告。"


@pytest.fixture(scope="session")
def report_bytes(sample_bytes, tmp_path_factory):
    """The sample's report."""
    book = tmp_path_factory.mktemp("made") / "填报.xlsx"
    book.write_bytes(sample_bytes)
    return make_report(take_in(book)).path.read_bytes()


@pytest.fixture
def report(report_bytes, sample_file, department):
    """The sample's report beside its workbook."""
    path = sample_file.with_name(report_name(department, take_in(sample_file).checked.values))
    path.write_bytes(report_bytes)
    return path


@pytest.fixture
def files(tmp_path):
    """The names of the files beside the workbook, without those that a program hides."""
    return lambda: sorted(one.name for one in tmp_path.iterdir() if one.name[0] not in ".~")


@pytest.fixture
def opened(sample_file, monkeypatch):
    """Lets the buttons find the book as it was read, in no program; takes the posts typed in it."""

    def put(posts=7):
        if posts != 7:
            typing({"行政编制": posts})(sample_file)
        intake = take_in(sample_file)
        monkeypatch.setattr(actions, "examined", lambda book: intake)
        monkeypatch.setattr(actions, "checked", lambda book, screen: (intake, Shown()))

    return put


def set_posts(book, number):
    book.sheets[POSTS[0]].range(POSTS[1]).value = number


def comments(path):
    return unpack(path.read_bytes()).read("word/comments.xml").decode()


def text_of(path):
    return "\n".join(one.text for one in docx.Document(str(path)).paragraphs)


def test_a_report_is_checked_and_brought_up_to_date(program, sample_file, report, screen, files):
    document = docx.Document(str(report))
    document.paragraphs[3].add_run("这是领导加的一句话。")
    document.save(str(report))
    given, book, before = report.read_bytes(), program(sample_file), files()
    set_posts(book, 8)
    press("check_report", book, screen)
    (asked,) = screen.said
    of_book, of_itself, blank, *rest = asked.split("\n")
    assert of_book.startswith(f"{report.name}:核对了 975 个数,相符 ")
    assert of_itself.startswith(f"{report.name}:有 1 处前后矛盾或写错。核对无误的有 ")
    assert (blank, rest[-2:]) == ("", ["", "打开一份在这些地方加了批注的副本?"])
    assert STALE in asked and rest[-3] == QUOTE
    (copy,) = screen.shown
    assert (copy.name, files()) == (f"{report.stem}核对批注.docx", sorted([*before, copy.name]))
    assert "报告上是 7,填报表现在是 8。请更新报告。" in comments(copy)
    assert "应为“缺前面的“”" in comments(copy)
    press("refresh_report", book, screen)
    question, done = screen.said[1:]
    assert question == (
        f"更新「{report.name}」?里面过时的数改成这本工作簿现在的,手改过的数留着,"
        "原来的一份留底。\n选“否”,可以另选一份报告。"
    )
    (backup,) = set(report.parent.glob("*.docx")) - {report, copy}
    assert done.split("\n")[0].endswith(f" 个数。原有的一份留作 {backup.name}。")
    assert (screen.shown, backup.read_bytes()) == ([copy, report], given)
    text = text_of(report)
    assert "行政编制8" in text and "这是领导加的一句话。" in text


@pytest.mark.parametrize("how", ["viewed", "never saved"])
def test_a_book_that_lies_nowhere_and_one_that_is_only_viewed_know_their_report(
    excel, sample_file, report, screen, how, monkeypatch
):
    monkeypatch.setenv("HOME", str(report.parent))
    if how == "viewed":
        excel.open(sample_file, is_protected_view=True)
        book = excel.addin()
    else:
        book = excel.never_saved(sample_file)
    press("check_report", book, screen)
    assert screen.said[0].startswith(f"{report.name}:{TRUE}")


def test_a_clerk_who_wants_no_copy_gets_none(opened, report, screen, files):
    opened(8)
    screen.agrees = lambda question: False
    before = files()
    check_report(None, screen)
    assert (files(), screen.shown, screen.states[-1]) == (before, [], "")


def test_the_newest_report_of_this_unit_is_taken_whatever_it_is_called(opened, report, screen):
    opened()
    names = (report.name, "领导改.docx", "领导改核对批注.docx")
    for number, path in enumerate(map(report.with_name, names)):
        path.write_bytes(report.read_bytes())
        os.utime(path, (number, number))
    empty_document().save(str(report.with_name("别的.docx")))
    report.with_name("坏的.docx").write_bytes(b"no zip")
    report.with_name("~$领导改.docx").write_bytes(b"Word")
    check_report(None, screen)
    of_book, _, open_too, _, *rest = screen.said[0].split("\n")
    assert of_book == f"领导改.docx:{TRUE}"
    assert open_too == "(报告正开着,核对的是存了盘的那一份。)"
    assert rest[0] == QUOTE


def test_what_has_no_place_in_the_report_is_said_at_its_beginning(opened, report, screen):
    opened(8)
    document = docx.Document(str(report))
    for paragraph in document.paragraphs:
        if "行政编制7" in paragraph.text:
            paragraph.clear()
    document.save(str(report))
    check_report(None, screen)
    (copy,) = screen.shown
    first = comments(copy).rpartition("<w:comment ")[2]
    assert "【失联】" in first and "行政编制(基本情况!C22)" in first


def test_without_a_report_beside_the_book_a_file_is_asked_for(opened, sample_file, screen):
    opened()
    check_report(None, screen)
    refresh_report(None, screen)
    assert (screen.said, screen.states[-1]) == ([], "没有选报告。")
    screen.file = sample_file.with_name("别人的.docx")
    document = empty_document()
    document.add_paragraph("本年收入合计31万元,其中:甲收入10万元,乙收入21万元。")
    document.save(str(screen.file))
    check_report(None, screen)
    of_book, of_itself = screen.said[0].split("\n")
    assert of_book.startswith("「别人的.docx」里没有勾稽的数字清单")
    assert of_itself == "别人的.docx:没有发现前后矛盾。核对无误的有 1 处合计。"
    refresh_report(None, screen)
    assert screen.said[1:] == [of_book]


def test_nothing_is_written_where_no_figure_is_out_of_date(opened, report, screen, files):
    opened()
    before = files()
    refresh_report(None, screen)
    assert screen.said[1] == f"{report.name}:没有过时的数,未作改动。"
    assert (files(), screen.shown) == (before, [report])


def test_a_report_is_not_brought_up_to_date_while_an_error_stands(
    opened, sample_file, report, screen
):
    typing({"基本支出": 195.94})(sample_file)
    opened()
    before = report.read_bytes()
    refresh_report(None, screen)
    assert screen.said[0].startswith(
        "发现 1 处错误、2 处提醒,报告没有更新。请先改正:\n\n预算收支!C17"
    )
    assert (report.read_bytes(), screen.shown) == (before, [])


def test_a_report_that_is_open_is_left_alone(opened, report, screen):
    report.with_name(f".~lock.{report.name}#").write_text("LibreOffice")
    opened(8)
    before = report.read_bytes()
    refresh_report(None, screen)
    assert screen.said[1:] == [f"「{report.name}」正开着。请先存盘、关掉它,再按一次“更新报告”。"]
    assert report.read_bytes() == before


def test_another_report_can_be_chosen(opened, report, screen, tmp_path):
    other = tmp_path / "归档" / "送审.docx"
    other.parent.mkdir()
    other.write_bytes(report.read_bytes())
    screen.file, screen.agrees = other, lambda question: False
    opened(8)
    before = report.read_bytes()
    refresh_report(None, screen)
    assert screen.said[0].startswith("送审.docx:改了 ")
    assert (report.read_bytes(), screen.shown) == (before, [other])
    assert "行政编制8" in text_of(other)


def test_the_report_that_was_edited_is_the_one_that_is_printed(excel, sample_file, report, screen):
    report = report.rename(report.with_name("领导改.docx"))
    printed = []
    book = excel.open(sample_file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "docgen.printing.pdf.by_libreoffice",
            lambda sources, *_: printed.append(
                sources[0].with_suffix(".pdf").write_bytes(sources[0].read_bytes())
            ),
        )
        press("export_pdf", book, screen)
    assert screen.said[0] == (
        "把「领导改.docx」转成 PDF?在 Word 里改过的字句都在。\n选“否”,就重新生成一份报告再转。"
    )
    assert screen.shown == [report.with_suffix(".pdf")]
    assert screen.shown[0].read_bytes() == report.read_bytes()
    assert sorted(report.parent.glob("*.docx")) == [report]


def test_a_file_is_chosen_in_excels_own_dialog(excel, sample_file):
    excel.open(sample_file)
    shown = ProgramScreen(excel.app)
    for answer in (None, sample_file.with_name("报告.docx")):
        excel.answers.opens = answer
        assert shown.file_to_open(sample_file.parent, ".docx") == answer
