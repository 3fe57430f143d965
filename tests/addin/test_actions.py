"""The buttons on a live Calc: what the clerk sees after each press, unsaved edits included."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw
from docx import Document
from light import lighten
from told import told

from addin.commands import COMMANDS
from addin.open_book.live import LiveBook
from addin.ribbon.press import press
from workbook.catalogue.findings import RESULTS_SHEET
from workbook.checking.intake import examine, take_in
from workbook.checking.kinds import find_kind
from workbook.files.state import log_file
from workbook.findings.place import Place

RED, AMBER, OPEN = (255, 199, 206), (252, 224, 192), (241, 246, 228)
DARK_RED, DARK_AMBER = (239, 114, 114), (245, 167, 66)  # of the cell that is named
TOTAL, INCOME = ("预算收支", "C17"), ("预算收支", "C10")


@pytest.fixture
def book(calc, sample_file) -> Iterator[xw.Book]:
    opened = xw.Book(str(lighten(sample_file)))
    yield opened
    opened.close()


def cell(book, place=TOTAL):
    return book.sheets[place[0]].range(place[1])


def looks(book):
    """The colour and the note of every cell that the sample's findings can touch."""
    money = [("预算收支", address) for address in ("C10", "C18", "C20", "C40")]
    places = [TOTAL, *money, ("资金来源", "D6"), ("基本情况", "C26")]
    cells = [cell(book, place) for place in places]
    return [(one.color, one.note.text if one.note else None) for one in cells]


def sheets(book):
    return [sheet.name for sheet in book.sheets]


def test_the_open_book_is_read_as_the_saved_one(book, sample_file):
    live = LiveBook(book)
    assert told(examine(live.path, live).checked) == told(take_in(sample_file).checked)


def test_a_check_reads_all_sheets_of_the_form_in_one_call(book, monkeypatch):
    from addin.calc.program.job import Job
    from addin.calc.values import reading

    read, blocks, alone, together = reading.read, Job.blocks, [], []

    def told(cells, *arguments, data=None, **options):
        if data is None:
            alone.append(cells.Spreadsheet.Name)
        return read(cells, *arguments, data=data, **options)

    monkeypatch.setattr(reading, "read", told)
    monkeypatch.setattr(Job, "blocks", lambda *asked: together.append(asked[-1]) or blocks(*asked))
    taken = examine(Path(book.fullname), LiveBook(book))
    (asked,) = together
    assert sorted(asked) == sorted(sheet.name for sheet in taken.kind.form.sheet if not sheet.card)
    assert alone == []


def test_a_program_that_is_asked_one_by_one_is_read_the_same(book, sample_file, monkeypatch):
    """As Excel is: it has no call for many names or sheets."""
    from addin.calc.data.names import Names
    from addin.calc.sheet_list import Sheets

    monkeypatch.delattr(Names, "references")
    monkeypatch.delattr(Sheets, "names")
    monkeypatch.delattr(Sheets, "used")
    del book.names["基本支出"]
    book.save()
    assert told(examine(sample_file, LiveBook(book)).checked) == told(take_in(sample_file).checked)


def test_what_was_typed_and_not_saved_counts(book, screen):
    cell(book).value = 195.94
    live = LiveBook(book)
    (first, *_) = examine(live.path, live).checked.findings
    assert str(first).startswith("预算收支!C17 基本支出:195.94 ≠ 人员经费 171.74 + 公用经费 23.75")


def test_what_cannot_be_read_is_told_as_from_a_file(book):
    for typed, said in (
        ("约170", "「约170」不是数字"),
        ("=1/0", "单元格里是错误值 #DIV/0!"),
        (None, "必填,现在是空的"),
        ("171.74元", "「171.74元」的单位是“元”"),
    ):
        cell(book, ("预算收支", "C18")).value = typed
        live = LiveBook(book)
        found = [str(one) for one in examine(live.path, live).checked.findings]
        assert any(one.startswith(f"预算收支!C18 人员经费:{said}") for one in found), found


def test_names_and_tables_are_found_where_they_have_moved_to(book, sample_file):
    sheet = book.sheets["预算收支"]
    sheet.api.unprotect("")
    sheet.range("3:4").insert("down")
    sheet.range("B:B").insert("right")
    cell(book, ("预算收支", "D19")).value = 195.94
    sheet.name = "钱 款"
    moved = LiveBook(book).snapshot(find_kind("department").form)
    assert moved.names["基本支出"].place == Place("钱 款", "D19")
    assert moved.sheets == tuple(sheets(book))
    book.save()
    assert told(examine(sample_file, LiveBook(book)).checked) == told(take_in(sample_file).checked)


def test_a_name_or_a_table_that_is_gone_is_told_as_from_a_file(book, sample_file):
    del book.names["基本支出"]
    book.names.add("人员经费", "=0.25")
    sheet = book.sheets["绩效情况"]  # whose table no formula of a total reads
    book.impl.document.DatabaseRanges.removeByName(sheet.tables[0].name)
    book.save()
    live = examine(sample_file, LiveBook(book)).checked
    assert {one.code for one in live.findings} >= {"name-missing", "table-missing"}
    assert told(live) == told(take_in(sample_file).checked)


def test_validate_colours_the_cells_and_lists_the_findings(book, screen):
    before = looks(book)
    cell(book).value = 195.94
    press("validate", book, screen)
    assert screen.states[-1] == "发现 1 处错误、2 处提醒。"
    assert cell(book).color == DARK_RED
    assert cell(book).note.text.startswith("【错误】预算收支!C17 基本支出:195.94 ≠")
    assert cell(book, ("预算收支", "C40")).color == RED
    assert cell(book, ("基本情况", "C26")).color == DARK_AMBER
    assert book.sheets["预算收支"].api.isProtected()
    assert [sheet.name for sheet in book.sheets if sheet.visible][-1] == RESULTS_SHEET.zh
    listed = book.sheets[RESULTS_SHEET.zh].range("A1:F9").value
    assert listed[0][0] == "校验结果：发现 1 处错误、2 处提醒"
    assert [row[:2] for row in listed[2:]] == [
        ["级别", "位置"],
        ["错误：预算收支（1 处）", None],
        ["错误", "预算收支!C17"],
        ["错误", "预算收支!C10"],
        ["提醒（2 处）", None],
        ["提醒", "基本情况!C26"],
        ["提醒", "预算收支!C40"],
    ]
    press("clear_marks", book, screen)
    assert looks(book) == before
    assert RESULTS_SHEET.zh not in sheets(book)
    assert cell(book).value == 195.94


def test_validating_again_replaces_what_was_shown(book, screen):
    before = looks(book)
    cell(book).value = 195.94
    press("validate", book, screen)
    assert cell(book, INCOME).color == RED
    cell(book).value = 195.49
    press("validate", book, screen)
    assert screen.states[-1] == "发现 2 处提醒。"
    assert cell(book).color == AMBER  # of what the total takes part in
    assert cell(book).note.text.startswith("【提醒】参与“预算完成率超百”")
    assert cell(book, INCOME).color == OPEN
    assert cell(book, INCOME).note is None
    press("clear_marks", book, screen)
    assert looks(book) == before


def test_a_cells_own_colour_and_note_come_back(book, screen):
    cell(book).color = (0, 128, 0)
    cell(book).add_note("与决算表一致")
    cell(book).value = 195.94
    press("validate", book, screen)
    assert cell(book).note.text.endswith("———\n与决算表一致")
    press("clear_marks", book, screen)
    assert (cell(book).color, cell(book).note.text) == ((0, 128, 0), "与决算表一致")


def test_a_sheet_called_like_a_number_and_a_note_like_a_formula_come_back(book, screen):
    sheet = book.sheets["预算收支"]
    sheet.name = "2022"
    total = sheet.range("C17")
    total.value = 195.94
    total.add_note("=1+1")
    before = (total.color, total.note.text)
    press("validate", book, screen)
    assert total.color == DARK_RED
    press("clear_marks", book, screen)
    assert (total.color, total.note.text) == before


def test_the_next_finding_is_selected_and_after_the_last_the_first(book, screen):
    press("next_finding", book, screen)
    assert screen.said == ["没有要查看的问题。请先按“校验”。"]
    press("validate", book, screen)
    visited = []
    for _ in range(21):
        press("next_finding", book, screen)
        selected = book.app.selection
        visited.append((selected.sheet.name, selected.get_address(False, False)))
    assert visited[:20] == [
        *(("基本情况", address) for address in ("C26", "C25", "C22", "C23")),
        *(("预算收支", address) for address in ("C40", "C17", "C20")),
        ("资金来源", "C27"), ("预算收支", "C18"), ("预算收支", "C19"),
        *(("项目支出", f"C{row}") for row in range(6, 13)),
        ("资金来源", "C6"), ("资金来源", "C7"), ("预算收支", "C5"),
    ]  # fmt: skip
    assert visited[20] == visited[0]
    assert screen.states[-1].startswith("第 1 处,共 20 处:【提醒】基本情况!C26 在职人员")


def locked(protection):
    """The protection of a cell into which nobody may type."""
    protection.IsLocked = True
    return protection


def test_cells_that_a_password_holds_keep_no_others_from_being_marked(book, screen):
    book.sheets["预算收支"].api.unprotect("")
    total = cell(book, ("预算收支", "C40")).api
    total.CellProtection = locked(total.CellProtection)
    book.sheets["预算收支"].api.protect("不告诉你")
    before = looks(book)
    cell(book).value = 195.94
    press("validate", book, screen)
    assert cell(book).color == DARK_RED
    assert cell(book, ("预算收支", "C40")).color == OPEN  # of a cell with a default, as before
    press("clear_marks", book, screen)
    assert looks(book) == before


def test_a_report_is_refused_while_an_error_stands_and_made_when_it_is_mended(book, screen):
    cell(book).value = 195.94
    press("make_report", book, screen)
    assert screen.said == [
        "发现 1 处错误、2 处提醒,报告没有生成。请先改正:\n\n"
        "预算收支!C17 基本支出:195.94 ≠ 人员经费 171.74 + 公用经费 23.75 = 195.49,差 0.45。"
        "「基本支出」(预算收支!C17)若是 195.49 就相符,可能有两位数字颠倒。请核对这三个数。"
    ]
    assert screen.shown == []
    cell(book).value = 195.49
    press("make_report", book, screen)
    (report,) = screen.shown
    assert report.name == "2022年度芦淞区委统战部整体支出绩效自评报告.docx"
    assert Document(str(report)).paragraphs[0].text == "2022年度芦淞区委统战部整体支出"
    assert screen.states[-1] == f"报告:{report}"


def test_where_a_report_lies_already_the_clerk_is_asked(book, screen, tmp_path):
    press("make_report", book, screen)
    (report,) = screen.shown
    before = report.read_bytes()
    press("make_report", book, screen)
    assert screen.states[-1] == "没有生成报告。"
    screen.place = tmp_path / "另存.docx"
    press("make_report", book, screen)
    assert screen.shown == [report, screen.place]
    assert (report.read_bytes(), screen.place.read_bytes()) == (before, before)


def test_a_pdf_is_printed_beside_the_report(book, screen):
    press("export_pdf", book, screen)
    (printed,) = screen.shown
    assert printed.suffix == ".pdf"
    assert printed.read_bytes().startswith(b"%PDF")
    assert printed.with_suffix(".docx").exists()


def test_a_new_book_is_made_beside_the_open_one_and_opened(book, screen, tmp_path):
    screen.place = tmp_path / "新建.xlsx"
    press("new_book", book, screen)
    assert screen.said == ["新建一本《部门整体支出绩效自评报告》的填报工作簿?"]
    opened = book.app.books["新建.xlsx"]
    assert opened.sheets["预算收支"].range("C17").value is None
    opened.close()


def test_a_new_book_of_an_english_kind_is_asked_for_in_english(book, screen, tmp_path):
    class Choosing(type(screen)):
        def agrees(self, question):
            return super().agrees(question) and "Monthly grant report" in question

    chooser = Choosing(place=tmp_path / "new.xlsx")
    press("new_book", book, chooser)
    assert chooser.said[-1] == "Make a blank workbook of “Monthly grant report”?"
    opened = book.app.books["new.xlsx"]
    assert opened.sheets["Instructions"].name == "Instructions"
    opened.close()


def test_next_years_book_is_made_beside_the_open_one_of_what_stands_in_it(book, screen, tmp_path):
    book.names("公用经费").refers_to_range.value = 24.05  # not saved
    press("roll_over", book, screen)
    opened = book.app.books["填报2023年.xlsx"]
    assert Path(opened.fullname) == Path(book.fullname).with_name("填报2023年.xlsx")
    assert opened.names("年度").refers_to_range.value == 2023
    assert opened.names("公用_上年决算数").refers_to_range.value == 24.05
    assert opened.names("公用经费").refers_to_range.value is None
    opened.close()
    (said,) = screen.said
    assert said.splitlines()[:2] == [
        f"已新建:{Path(book.fullname).with_name('填报2023年.xlsx')}(2023 年度)",
        "上年的工作簿发现 1 处错误、2 处提醒,照样结转;明细见 gouji check 填报.xlsx。",
    ]
    press("roll_over", book, screen)
    assert screen.states[-1] == "没有新建工作簿。"
    screen.place = tmp_path / "另存.xlsx"
    press("roll_over", book, screen)
    book.app.books["另存.xlsx"].close()


def test_a_book_that_is_no_form_is_left_alone(calc, screen, tmp_path):
    other = xw.Book()
    before = sheets(other)
    press("validate", other, screen)
    assert screen.said == [
        "这不是勾稽的填报工作簿(没有报告种类的标记)。请用 gouji new 新建的工作簿填报"
    ]
    assert sheets(other) == before
    other.close()


def test_no_failure_shows_a_traceback(book, screen, monkeypatch):
    from addin.ribbon import actions

    def fail(*_):
        raise RuntimeError("secret")

    monkeypatch.setitem(actions.ACTIONS, "validate", fail)
    press("validate", book, screen)
    (said,) = screen.said
    assert said == f"程序出了意外,没有做完。详情已记入 {log_file()},请发给维护人员。"
    *_, where, what, blank = log_file().read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(r"  tests/addin/test_actions\.py:\d+ fail", where)
    assert (what, blank) == ("RuntimeError", "")


def test_every_button_has_its_action():
    from addin.ribbon.actions import ACTIONS

    assert list(ACTIONS) == [command.name for command in COMMANDS]


def test_doctor_about_and_manual_say_where_to_look(book, screen):
    for name in ("doctor", "about", "manual"):
        press(name, book, screen)
    doctor, about = screen.said
    lines = [line.partition(":") for line in doctor.splitlines()]
    assert [what for what, _, _ in lines] == [
        "✓ 勾稽", "✓ Python", "✓ xlwings", "✓ 系统", "✓ 表格程序", "· 加载项",
        "✓ 能用的办法", "✓ 报告种类", "✓ 日志",
    ]  # fmt: skip
    assert lines[4][2] == f"calc {book.app.version}"
    assert lines[-1][2].startswith(f"{log_file()}")
    assert about.splitlines()[-1] == "Apache-2.0 许可"
    assert [path.exists() for path in screen.shown] == [True]
