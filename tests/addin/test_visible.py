"""Calc with its window on a screen that nobody sees, the extension in it, and a real mouse."""

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlwings as xw
from desk import SECONDS, Desk, until, write_programs
from docx import Document
from extended import extended, is_running
from light import lighten
from loaded import load_workbook

from addin.commands import offered
from addin.ribbon import about
from addin.ribbon.foreign_formulas import take_over
from addin.ribbon.press import press
from addin.ribbon.screen import Screen
from workbook.catalogue.findings import RESULTS_SHEET

REPORT = "2022年度芦淞区委统战部整体支出绩效自评报告.docx"
TITLE = "2022年度芦淞区委统战部整体支出"
RED = (239, 114, 114)
RIGHT, WRONG = 195.49, 195.94  # for the total of C18 and C19


@pytest.fixture(scope="module")
def display(needed) -> Iterator[str]:
    """A screen in memory."""
    needed("xdotool")
    reader, writer = os.pipe()
    command = [needed("Xvfb"), "-displayfd", str(writer), "-screen", "0", "1600x1000x24"]
    server = subprocess.Popen([*command, "-nolisten", "tcp"], pass_fds=[writer])
    os.close(writer)
    with os.fdopen(reader) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(SECONDS)


@pytest.fixture(scope="module")
def program(soffice, needed, display, tmp_path_factory) -> Iterator[Desk]:
    """Calc on that screen, with the extension."""
    pytest.importorskip("addin.calc.program.bridge", exc_type=ImportError)
    from addin.calc.engine import register

    folder = tmp_path_factory.mktemp("desk")
    programs, notes = folder / "bin", folder / "notes"
    programs.mkdir()
    notes.mkdir()
    write_programs(programs, notes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", display)
        patch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
        patch.setenv("SAL_USE_VCLPLUGIN", "gen")
        with extended(folder, needed("unopkg"), soffice, visible=True) as made:
            register(made.office)
            app = next(app for app in xw.apps if app.pid == made.office.pid)
            yield Desk(app, made, notes)


@pytest.fixture
def desk(program) -> Iterator[Desk]:
    """The desktop, left as it was found."""
    yield program
    program.tidy()


@pytest.fixture
def book(desk, sample_file) -> xw.Book:
    return desk.open(lighten(sample_file))


def total(book):
    return book.sheets["预算收支"].range("C17")


def select_total(book):
    book.sheets["预算收支"].activate()
    total(book).select()


def selection(book):
    return f"{book.sheets.active.name}!{book.app.selection.get_address(False, False)}"


def assert_marked(book):
    assert total(book).color == RED
    assert total(book).note.text.startswith("【错误】预算收支!C17 基本支出:195.94 ≠")
    results = book.sheets[RESULTS_SHEET.zh]
    assert results.range("A1").value == "校验结果：发现 1 处错误、2 处提醒"
    assert results.range("A4").value == "错误：预算收支（1 处）"
    assert results.range("A5:B5").value == ["错误", "预算收支!C17"]


def test_the_toolbar_bears_our_name_and_every_button(desk):
    assert list(desk.toolbar(desk.blank())) == [command.label for command in offered()]


@dataclass(frozen=True)
class Clerk:
    """Somebody who presses buttons, with a total entered before or still being typed."""

    desk: Desk
    book: xw.Book
    screen: Screen
    is_typing: bool

    def press(self, label: str, figure: float, *answers: str) -> list[str]:
        """The figure in the total, then the button; gives what the dialogs say."""
        select_total(self.book)
        total(self.book).value = 0 if self.is_typing else figure
        if self.is_typing:
            self.desk.type(self.book, str(figure))
        said = self.desk.click(self.book, label, *answers)
        assert total(self.book).value == figure
        return said

    def beside(self, name: str) -> Path:
        return Path(self.book.fullname).with_name(name)


def a_new_book_is_opened_beside_ours(clerk):
    asked, _ = clerk.press("新建工作簿", 196.25, "Yes", "Save")
    assert asked == "新建一本《部门整体支出绩效自评报告》的填报工作簿?"
    made = clerk.book.app.books["填报2.xlsx"]
    assert made.fullname == str(clerk.beside("填报2.xlsx"))
    assert total(made).value is None


def next_year_is_made_of_ours(clerk):
    (told,) = clerk.press("从上年结转", WRONG, "OK")
    made = clerk.beside("填报2023年.xlsx")
    assert told.startswith(f"已新建:{made}(2023 年度)\n上年的工作簿发现 1 处错误、2 处提醒,")
    opened = clerk.book.app.books[made.name]
    assert opened.fullname == str(made)
    assert total(opened).value is None


def the_total_is_marked(clerk):
    clerk.press("校验", WRONG)
    assert_marked(clerk.book)
    assert selection(clerk.book) == "预算收支!C17"


def the_cells_are_visited_one_by_one(clerk):
    clerk.press("逐条查看", 196.75)
    assert selection(clerk.book) == "预算收支!C18"
    clerk.desk.click(clerk.book, "逐条查看")
    assert selection(clerk.book) == "预算收支!C19"


def the_marks_are_gone(clerk):
    clerk.press("清除标记", 197.25)
    assert total(clerk.book).color != RED
    assert total(clerk.book).note is None
    assert RESULTS_SHEET.zh not in clerk.book.sheet_names


def a_check_stands_beside_the_total(clerk):
    (asked,) = clerk.press("插入核对", WRONG, "Yes")
    assert "C17" in asked
    cell = clerk.book.sheets["预算收支"].range("F17")
    assert cell.formula == "=ORG.GOUJI.FUNCTIONS.GJ_TIES(C17,C18:C19)"
    assert cell.value == "不符，差 0.45"


def nothing_is_left_to_quote(clerk):
    assert clerk.press("改成引用", 197.75, "OK") == ["文字里没有可以改成引用的数。"]


def the_report_is_refused_and_then_made(clerk):
    (told,) = clerk.press("生成报告", WRONG, "OK")
    assert told.startswith("发现 1 处错误、2 处提醒,报告没有生成。请先改正:\n\n预算收支!C17 ")
    report = clerk.beside(REPORT)
    assert not report.exists()
    clerk.press("生成报告", RIGHT)
    assert clerk.desk.opened() == report
    lines = [paragraph.text for paragraph in Document(str(report)).paragraphs]
    assert lines[0] == TITLE
    assert any("基本支出195.49万元" in line for line in lines)


def the_report_is_held_against_the_book(clerk):
    (asked,) = clerk.press("核对报告", RIGHT, "No")
    assert asked.startswith(f"{REPORT}:核对了 975 个数,全部与填报表相符。\n{REPORT}:有 1 处")


def the_report_is_up_to_date(clerk):
    asked, told = clerk.press("更新报告", RIGHT, "Yes", "OK")
    assert asked.startswith(f"更新「{REPORT}」?")
    assert told == f"{REPORT}:没有过时的数,未作改动。"
    report = clerk.beside(REPORT)
    assert clerk.desk.opened() == report
    report.unlink()
    clerk.desk.click(clerk.book, "核对报告", "Cancel")  # in the dialog that asks for a file


def the_report_is_printed(clerk):
    clerk.press("导出 PDF", RIGHT)
    printed = clerk.beside(REPORT).with_suffix(".pdf")
    assert clerk.desk.opened() == printed
    command = ["pdftotext", str(printed), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    text = "".join(text.split())
    assert text.startswith(TITLE)
    assert "基本支出195.49万元" in text


def the_manual_is_opened(clerk):
    clerk.press("使用手册", 198.25)
    assert clerk.desk.opened() == Path(about.__file__).with_name("manual.html")


def the_page_for_it_is_shown(clerk):
    assert clerk.press("诊断", 198.75, "OK") == said_by(about.doctor, clerk)


def the_version_is_shown(clerk):
    assert clerk.press("关于", 199.25, "OK") == said_by(about.about, clerk)


def said_by(action, clerk):
    """What an action says when it is done in this process."""
    action(clerk.book, clerk.screen)
    return [clerk.screen.said.pop()]


BUTTONS: dict[str, Callable[[Clerk], None]] = {
    "新建工作簿": a_new_book_is_opened_beside_ours,
    "从上年结转": next_year_is_made_of_ours,
    "校验": the_total_is_marked,
    "逐条查看": the_cells_are_visited_one_by_one,
    "清除标记": the_marks_are_gone,
    "插入核对": a_check_stands_beside_the_total,
    "改成引用": nothing_is_left_to_quote,
    "生成报告": the_report_is_refused_and_then_made,
    "核对报告": the_report_is_held_against_the_book,
    "更新报告": the_report_is_up_to_date,
    "导出 PDF": the_report_is_printed,
    "使用手册": the_manual_is_opened,
    "诊断": the_page_for_it_is_shown,
    "关于": the_version_is_shown,
}


@pytest.mark.parametrize("is_typing", [False, True], ids=["entered", "being typed"])
def test_each_button_is_clicked_with_a_figure(desk, book, screen, needed, is_typing):
    needed("pdftotext")
    assert list(BUTTONS) == [command.label for command in offered()]
    clerk = Clerk(desk, book, screen, is_typing)
    for result in BUTTONS.values():
        result(clerk)
        desk.close_others(book)


def test_a_figure_typed_and_a_button_pressed_in_one_breath_is_taken(desk):
    book = desk.blank()
    for row, figure in enumerate((196.25, 1409.5, 0.37, 987654321.25), start=1):
        cell = book.sheets[0].range((row, 1))
        cell.select()
        desk.type_and_press(book, str(figure), "关于")
        desk.answer("OK")
        desk.finish()
        assert cell.value == figure


def test_it_is_checked_with_the_figure_in_the_formula_bar(desk, book):
    select_total(book)
    desk.type(book, "195.94", into_bar=True)
    desk.click(book, "校验")
    assert_marked(book)


def test_a_text_and_a_formula_are_taken_and_the_selection_stays(desk):
    book = desk.blank()
    sheet = book.sheets[0]
    for row, (typed, formula) in enumerate(
        {"Abc 1": "Abc 1", "=1+2": "=1+2", "=sum(A1:A2": "=SUM(A1:A2)"}.items(), start=1
    ):
        sheet.range((row, 1)).select()
        desk.type(book, typed)
        desk.click(book, "清除标记")
        assert sheet.range((row, 1)).formula == formula
        assert selection(book) == f"{sheet.name}!A{row}"


def test_what_calc_asks_about_the_input_comes_first(desk, book):
    total(book).value = 195.94
    select_total(book)
    desk.type(book, "abc")
    desk.press(book, "校验")
    assert desk.answer("OK").startswith("基本支出请填数字")
    desk.finish()
    assert_marked(book)  # 195.94 is there again, as Calc says
    sheet = book.sheets.add("草稿", after=book.sheets[-1])
    sheet.range("A1").select()
    desk.type(book, "=1+")
    desk.press(book, "清除标记")
    until(desk.dialog)
    assert desk.extended.click is None
    assert "Do you want to accept the correction" in desk.answer("Yes")
    desk.finish()
    assert sheet.range("A1").formula == "=1"


def test_a_click_that_comes_before_its_window_is_in_front_is_taken(desk):
    book = desk.blank()
    desk.focus(book)
    desktop = desk.extended.office.desktop
    frame = desktop.getCurrentFrame()
    desktop.setActiveFrame(None)
    desk.press(book, "关于")
    assert desk.answer("OK").startswith("没有哪个工作簿的窗口在最前面。")
    assert desk.extended.click is None
    desk.press(book, "关于")
    desktop.setActiveFrame(frame)
    assert desk.answer("OK").startswith("勾稽 ")
    desk.finish()


def test_a_click_while_another_is_being_done_says_so(desk, book):
    desk.extended.hold_clicks()
    desk.press(book, "生成报告")
    first = until(lambda: desk.extended.click)
    desk.press(book, "校验")
    assert desk.answer("OK").startswith("上一次点的按钮还没有做完,请等一会儿再点。")
    assert desk.extended.click is None
    desk.extended.release_clicks()
    assert desk.opened().name == REPORT
    until(lambda: not is_running(first))
    assert RESULTS_SHEET.zh in book.sheet_names


def test_gouji_that_is_gone_or_broken_is_told_in_a_sentence(desk, book):
    desk.extended.python.unlink()
    desk.press(book, "校验")
    assert desk.answer("OK").startswith(f"没有找到勾稽的程序:\n{desk.extended.python}\n")
    desk.extended.python.write_text("#!/bin/sh\necho broken >&2\nexit 3\n")
    desk.extended.python.chmod(0o755)
    desk.press(book, "校验")
    assert desk.answer("OK").startswith("勾稽没有运行起来(代码 3)。")
    desk.extended.restore_python()
    total(book).value = 195.94
    desk.click(book, "校验")
    assert_marked(book)


def test_a_check_is_inserted_and_answered_inside_calc(book, screen):
    cells = book.sheets["预算收支"]
    cells.activate()
    for address, room in (("C17", "F17"), ("C20", "F20")):
        cells.range(address).select()
        press("insert_check", book, screen)
        assert screen.states[-1] == f"已在 预算收支!{room} 写入核对:相符。"
        assert cells.range(room).formula.startswith("=ORG.GOUJI.FUNCTIONS.GJ_TIES(")
    cells.range("C17").value = 195.49  # else it follows its parts
    cells.range("C18").value = "=1/0"
    assert cells.range("F17").value == "预算收支!C18是错误值 #DIV/0!,请先改正"


def test_what_excel_wrote_is_answered_inside_calc_after_a_check(desk, sample_file, screen):
    saved = load_workbook(sample_file)
    for address, formula in (
        ("F17", "=[1]!GJ_TIES(C17,C18:C19)"),
        ("F24", "=[1]!GJ_TIES(C24,(C25:C26,C29))"),
    ):
        saved["预算收支"][address] = formula
    saved.save(sample_file)
    book = desk.open(sample_file)
    press("validate", book, screen)
    cells = book.sheets["预算收支"]
    assert [cells.range(one).value for one in ("F17", "F24")] == ["相符", "相符"]
    assert take_over(book) == 0


def test_libreoffice_crashes_and_what_was_to_be_said_is_said_by_the_desktop(desk):
    """The last test: it ends the program of all of them."""
    book = desk.blank()
    desk.press(book, "关于")
    _, words, _ = until(lambda: desk.dialog("OK"))
    process = desk.extended.click
    desk.extended.crash(process)
    assert desk.told() == words
    until(lambda: not is_running(process))
