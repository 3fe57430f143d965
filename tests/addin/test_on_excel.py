"""Every button in every state of a book, on the strict Excel: what must hold in each."""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pytest
import xlwings as xw
from docx import Document
from excel.application import SETTINGS
from excel.fixtures import Excel
from excel.protection import SheetProtection
from states import AS_BUILT, KINDS, STATES, State, book_bytes, named

from addin.commands import COMMANDS
from addin.ribbon import press
from workbook.findings import Finding, everything
from workbook.intake import Intake, take_in
from workbook.remarks import RESULTS_SHEET, result_row

UNFORESEEN = "程序出了意外"
ON_A_BOOK = ("roll_over", "validate", "next_finding", "clear_marks", "make_report", "export_pdf")
ALWAYS = tuple(one.name for one in COMMANDS if one.name not in ON_A_BOOK)
READ = tuple(state for state in STATES if state.is_read)
UNREAD = tuple(state for state in STATES if not state.is_read)
MARKED = tuple(state for state in READ if state.is_marked)
SOON = 0.5  # seconds; nobody waits in a test for as long as a clerk is waited for


class Desk:
    """A clerk's desk: the book in its state, the file behind it, what the clerk is told."""

    def __init__(self, excel: Excel, screen, folder: Path, state: State, path: Path) -> None:
        self.excel, self.screen, self.folder, self.state, self.path = (
            excel, screen, folder, state, path,
        )  # fmt: skip
        self.book: xw.Book = state.open(excel, path)
        self.before = self.protections()

    def press(self, *names: str) -> None:
        for name in names:
            press(name, self.book, self.screen)
        self.excel.answer_again()

    def protections(self) -> dict[str, SheetProtection]:
        """How the sheets of the clerk's books are protected."""
        return {
            f"{book.name}!{name}": book.protection(name)
            for book in self.excel.program.books
            for name in book.calc.sheets.names()
            if book.protection(name).is_on
        }

    @property
    def told(self) -> str:
        """All that the clerk reads: messages, the status bar, lists of findings, text files."""
        files = (one.read_text("utf-8-sig") for one in self.folder.rglob("*.txt"))
        return "\n".join(chain(self.screen.said, self.screen.states, self.listed(), files))

    def listed(self) -> Iterator[str]:
        """The texts in the lists of findings, in whichever book."""
        for book in self.excel.program.books:
            if RESULTS_SHEET in book.calc.sheets.names():
                rows = book.calc.sheets(RESULTS_SHEET).used_range.raw_value
                yield from (str(value) for row in rows for value in row if value)

    def marked(self) -> dict[str, tuple[int, int, int] | None]:
        """The colours of the cells that the findings are about."""
        (book, *_) = self.excel.program.books
        cells = (one.place for one in self.found() if one.place is not None)
        return {str(one): book.calc.sheets(one.sheet).range(one.address).color for one in cells}

    def found(self) -> list[Finding]:
        """What a check of the file finds."""
        return [*everything(self.intake.checked.findings)]

    @property
    def intake(self) -> Intake:
        return take_in(self.path)

    def assert_untroubled(self) -> None:
        """No failure shown, the program's settings and the clerk's protection as they were."""
        assert UNFORESEEN not in self.told, self.told
        kept = {name: value for name, value in SETTINGS.items() if name != "StatusBar"}
        assert {name: self.excel.program.settings[name] for name in kept} == kept
        after = self.protections()
        assert {name: after.get(name) for name in self.before} == self.before

    def assert_findings_told(self) -> None:
        told = self.told
        for one in self.found():
            parts = [text for text in result_row(one) if text]
            assert str(one) in told or all(text in told for text in parts), str(one)


@pytest.fixture
def desk(excel, screen, tmp_path, monkeypatch) -> Callable[..., Desk]:
    """Takes a state and a kind, broken or not, and gives the desk with that book on it."""
    monkeypatch.setattr("addin.busy.PATIENCE_SECONDS", SOON)
    monkeypatch.setattr("addin.busy.PAUSE_SECONDS", SOON / 10)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("OneDriveConsumer", str(tmp_path / "OneDrive"))
    (tmp_path / "home").mkdir()

    def made(state: State, kind: str = "department", *, is_broken: bool = False) -> Desk:
        folder = tmp_path / "OneDrive" / "绩效"
        folder.mkdir(parents=True)
        path = folder / "填报.xlsx"
        path.write_bytes(book_bytes(kind, state.dress, is_broken=is_broken))
        (tmp_path / "另存").mkdir()
        screen.place = tmp_path / "另存" / "另存"
        return Desk(excel, screen, tmp_path, state, path)

    return made


def with_place(desk: Desk, suffix: str) -> Desk:
    """Where the clerk wants the file, if asked."""
    desk.screen.place = desk.screen.place.with_suffix(suffix)
    return desk


def both_kinds() -> Iterator[tuple[State, str, bool]]:
    """Each state clean and broken; the other kinds as built and as handed out."""
    for state in READ:
        yield from ((state, "department", is_broken) for is_broken in (False, True))
    for kind in KINDS[1:]:
        for name in ("as built", "formatting locked", "password on sheets"):
            yield from ((named(name), kind, is_broken) for is_broken in (False, True))


@pytest.mark.parametrize(("state", "kind", "is_broken"), [*both_kinds()], ids=str)
def test_findings_are_shown_whatever_the_book_allows(desk, state, kind, is_broken):
    here = desk(state, kind, is_broken=is_broken)
    here.press("validate")
    here.assert_untroubled()
    here.assert_findings_told()
    assert any(here.screen.states)


@pytest.mark.parametrize("state", MARKED, ids=str)
def test_cells_are_marked_wherever_the_book_can_be_marked_and_look_as_before_afterwards(
    desk, state
):
    here = desk(state, is_broken=True)
    before = here.marked()
    here.press("validate")
    marked = here.marked()
    assert marked and all(colour != before[place] for place, colour in marked.items()), marked
    here.press("next_finding", "clear_marks")
    here.assert_untroubled()
    assert here.marked() == before
    assert list(here.listed()) == []


@pytest.mark.parametrize(("state", "kind", "is_broken"), [*both_kinds()], ids=str)
def test_a_clean_book_makes_its_report_and_a_broken_one_is_refused(desk, state, kind, is_broken):
    here = with_place(desk(state, kind, is_broken=is_broken), ".docx")
    here.press("make_report")
    here.assert_untroubled()
    if is_broken:
        assert here.screen.shown == []
        assert any("报告没有生成" in one for one in here.screen.said), here.screen.said
        errors = [one for one in here.intake.checked.findings if one.severity.word == "错误"]
        assert all(str(one) in here.told for one in errors[:3])
        here.assert_findings_told()
    else:
        (report,) = here.screen.shown
        assert "年度" in Document(str(report)).paragraphs[0].text
        assert here.folder in report.parents


@pytest.mark.parametrize("state", READ, ids=str)
@pytest.mark.parametrize("name", ["next_finding", "clear_marks", "roll_over"])
def test_the_other_buttons_do_their_work_or_say_why_not(desk, state, name):
    here = with_place(desk(state, is_broken=True), ".xlsx")
    here.press(name)
    here.assert_untroubled()
    assert here.screen.said or any(here.screen.states)


@pytest.mark.parametrize("state", [AS_BUILT, named("password and structure")], ids=str)
def test_a_pdf_is_printed(desk, state):
    here = with_place(desk(state), ".docx")
    here.press("export_pdf")
    here.assert_untroubled()
    (printed,) = here.screen.shown
    assert printed.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("state", UNREAD, ids=str)
@pytest.mark.parametrize("name", ON_A_BOOK)
def test_where_the_book_cannot_be_read_a_sentence_says_what_to_do(desk, state, name):
    here = desk(state)
    here.press(name)
    assert UNFORESEEN not in here.told, here.told
    assert any(state.tells in one for one in here.screen.said), here.screen.said
    assert here.screen.shown == []


@pytest.mark.parametrize("state", STATES, ids=str)
@pytest.mark.parametrize("name", ALWAYS)
def test_a_button_that_needs_no_book_works_or_says_what_to_do(desk, state, name):
    here = with_place(desk(state), ".xlsx")
    here.press(name)
    assert UNFORESEEN not in here.told, here.told
    assert here.screen.said or any(here.screen.states) or here.screen.shown


@pytest.mark.parametrize("state", [named("closed before"), named("closed in the middle")], ids=str)
def test_nothing_is_raised_where_no_program_is_left_to_show_a_message(desk, state, monkeypatch):
    shown = []
    monkeypatch.setattr("addin.screen.message_box", lambda text, _title: shown.append(text))
    here = desk(state)
    press("validate", here.book)
    assert shown and UNFORESEEN not in shown[0], shown
