"""Calc with its window on a screen that nobody sees, the extension in it, and a real mouse."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from docx import Document
from openpyxl import load_workbook

from addin.commands import COMMANDS, TAB
from addin.extension.package import IDENTIFIER, build_extension
from addin.ribbon.foreign_formulas import take_over
from addin.ribbon.press import press
from workbook.making.remarks import RESULTS_SHEET

TOOLBAR = f"private:resource/toolbar/addon_{IDENTIFIER}"
REPORT = "2022年度芦淞区委统战部整体支出绩效自评报告.docx"
SECONDS = 120.0
# What a desktop opens a document with; here it writes down which one.
OPENER = """#!/bin/sh
printf %s "$1" > "{written}"
"""


def until(look: Callable[[], Any]) -> Any:
    """What `look` gives as soon as it gives something."""
    end = time.monotonic() + SECONDS
    while not (found := look()):
        assert time.monotonic() < end, "it did not come in time"
        time.sleep(0.1)
    return found


@dataclass(frozen=True)
class Desk:
    """A desktop: the spreadsheet program on it, the mouse, and the document opened last."""

    app: xw.App
    opened: Path

    def open(self, path: Path) -> xw.Book:
        """The book in front, its window drawn."""
        book = self.app.books.open(str(path))
        until(lambda: self.toolbar(book))
        return book

    def toolbar(self, book: xw.Book) -> dict[str, tuple[int, int]]:
        """Each button of our toolbar with the middle of it on the screen."""
        layout = book.impl.document.getCurrentController().getFrame().LayoutManager
        bar = layout.getElement(TOOLBAR)
        if bar is None:
            return {}
        seen = bar.getRealInterface().getAccessibleContext()
        assert seen.getAccessibleName() == TAB
        return dict(_button(seen, number) for number in range(seen.getAccessibleChildCount()))

    def click(self, book: xw.Book, label: str) -> None:
        """Press a button with the mouse."""
        x, y = self.toolbar(book)[label]
        subprocess.run(
            ["xdotool", "mousemove", "--sync", str(x), str(y), "click", "1"], check=True, timeout=60
        )


def _button(bar: Any, number: int) -> tuple[str, tuple[int, int]]:
    button = bar.getAccessibleChild(number).getAccessibleContext()
    place, size = button.getLocationOnScreen(), button.getSize()
    return button.getAccessibleName(), (place.X + size.Width // 2, place.Y + size.Height // 2)


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
def desk(soffice, needed, display, tmp_path_factory) -> Iterator[Desk]:
    """Calc on that screen, with the extension, which is put where only this Calc looks."""
    pytest.importorskip("addin.calc.program.bridge", exc_type=ImportError)
    from addin.calc.engine import register
    from addin.calc.program.office import start

    folder = tmp_path_factory.mktemp("desk")
    opener = folder / "bin/xdg-open"
    opener.parent.mkdir()
    opener.write_text(OPENER.format(written=folder / "opened"))
    opener.chmod(0o755)
    build_extension(folder / "gouji.oxt", sys.executable, "0.1.0")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", display)
        patch.setenv("PATH", f"{opener.parent}{os.pathsep}{os.environ['PATH']}")
        patch.setenv("SAL_USE_VCLPLUGIN", "gen")
        patch.setenv("UNO_SHARED_PACKAGES_CACHE", (folder / "shared").as_uri())
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        add = [needed("unopkg"), "add", "--shared", profile, str(folder / "gouji.oxt")]
        subprocess.run(add, check=True, timeout=SECONDS, capture_output=True)
        office = start(visible=True, program=soffice)
        register(office)
        yield Desk(next(app for app in xw.apps if app.pid == office.pid), folder / "opened")
        office.close()


@pytest.fixture
def book(desk, sample_file) -> Iterator[xw.Book]:
    """The sample with a total that does not tie."""
    opened = desk.open(sample_file)
    total(opened).value = 195.94
    yield opened
    opened.close()


def total(book):
    return book.sheets["预算收支"].range("C17")


def is_listed(book):
    """Whether the list of findings is there and its cells bear notes, the last thing done."""
    return RESULTS_SHEET in [sheet.name for sheet in book.sheets] and total(book).note is not None


def assert_marked(book):
    assert total(book).color == (255, 199, 206)
    assert total(book).note.text.startswith("【错误】预算收支!C17 基本支出:195.94 ≠")
    results = book.sheets[RESULTS_SHEET]
    assert results.range("A1").value == "校验结果:发现 1 处错误、2 处提醒"
    assert results.range("A4:B4").value == ["错误", "预算收支!C17"]


def test_the_toolbar_bears_our_name_and_every_button(desk, book):
    assert list(desk.toolbar(book)) == [command.label for command in COMMANDS]


def test_a_broken_total_is_marked_and_a_mended_book_makes_its_report(book, screen):
    press("validate", book, screen)
    assert_marked(book)
    total(book).value = 195.49
    press("make_report", book, screen)
    (report,) = screen.shown
    assert report.name == REPORT
    assert Document(str(report)).paragraphs[0].text == "2022年度芦淞区委统战部整体支出"


def test_the_same_by_clicks_of_the_mouse(desk, book, sample_file):
    desk.click(book, "校验")
    until(lambda: is_listed(book))
    assert_marked(book)
    total(book).value = 195.49
    desk.click(book, "生成报告")
    until(desk.opened.exists)
    assert desk.opened.read_text() == str(sample_file.with_name(REPORT))
    assert Document(desk.opened.read_text()).paragraphs[0].text == "2022年度芦淞区委统战部整体支出"
    assert total(book).note is None


def test_a_check_is_inserted_and_answered_inside_calc(desk, sample_file, screen):
    book = desk.open(sample_file)
    cells = book.sheets["预算收支"]
    cells.activate()
    for address, room in (("C17", "F17"), ("C20", "F20")):
        cells.range(address).select()
        press("insert_check", book, screen)
        assert screen.states[-1] == f"已在 预算收支!{room} 写入核对:相符。"
        assert cells.range(room).formula.startswith("=ORG.GOUJI.FUNCTIONS.GJ_TIES(")
    cells.range("C18").value = "=1/0"
    assert cells.range("F17").value == "预算收支!C18是错误值 #DIV/0!,请先改正"
    book.close()


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
    book.close()
