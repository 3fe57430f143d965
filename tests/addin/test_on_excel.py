"""Every button in every state of a book, on the strict Excel: what must hold in each."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
import xlwings as xw
from docx import Document
from excel.application import SETTINGS
from excel.fixtures import Excel
from excel.protection import SheetProtection
from states import AS_BUILT, KINDS, STATES, TOTALS, State, book_bytes, findings, named

from addin.commands import COMMANDS
from addin.ribbon.actions import WITHOUT_BOOK
from addin.ribbon.press import press
from workbook.catalogue.findings import RESULTS_SHEET
from workbook.checking.kinds import load_kind
from workbook.checking.search import SEARCH_PATH
from workbook.findings.model import flattened
from workbook.marking.remarks import result_row

UNFORESEEN = "程序出了意外"
ON_A_BOOK = tuple(one.name for one in COMMANDS if one.name not in WITHOUT_BOOK)
ALWAYS = tuple(one.name for one in COMMANDS if one.name in WITHOUT_BOOK)
READ = tuple(state for state in STATES if state.is_read)
UNREAD = tuple(state for state in STATES if not state.is_read)
SOON = 0.3  # seconds; nobody waits in a test for as long as a clerk is waited for
# A click is a process that reads the book's kind once. Here one process does all clicks.
READ_ONCE = cache(load_kind)
SMALL_KINDS = Path(__file__).parents[1] / "kinds"  # which a new book is first offered of


class Desk:
    """A clerk's desk: the book in its state, the file behind it, what the clerk is told."""

    def __init__(self, excel: Excel, screen, state: State, path: Path, findings) -> None:
        self.excel, self.screen, self.state, self.path = excel, screen, state, path
        self.folder = path.parents[2]  # with OneDrive's in it
        self.findings, self.found = findings, [*flattened(findings)]  # by a check of the file
        self.file = path.read_bytes()
        self.book: xw.Book = state.open(excel, path)
        self.before = self.protections()
        self.said = self.stated = 0

    def press(self, name: str) -> None:
        """Press a button, while whatever befalls Excel befalls it; nothing unforeseen is said."""
        suffix = ".docx" if name in ("make_report", "export_pdf") else ".xlsx"
        self.screen.place = (self.folder / "另存" / name).with_suffix(suffix)
        self.said, self.stated = len(self.screen.said), len(self.screen.states)
        self.state.arm(self.excel)
        press(name, self.book, self.screen)
        self.excel.answer_again()
        assert UNFORESEEN not in self.told, f"{name}: {self.told}"

    def select(self, name: str) -> None:
        """Select the cell of that name in the clerk's book, where that is in front."""
        if self.excel.program.active is not None:
            cell = self.book.names[name].refers_to_range
            cell.sheet.activate()
            cell.select()

    @property
    def just_said(self) -> str:
        """The messages since the last press."""
        return "\n".join(self.screen.said[self.said :])

    @property
    def just_stated(self) -> str:
        """What stood in the status bar since the last press."""
        return "\n".join(self.screen.states[self.stated :])

    def protections(self) -> dict[str, SheetProtection]:
        """How the sheets of the clerk's books are protected."""
        return {
            f"{book.name}!{name}": book.protection(name)
            for book in self.excel.program.books
            for name in book.sheet_names()
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
            if RESULTS_SHEET.zh in book.sheet_names():
                rows = book.calc.sheets(RESULTS_SHEET.zh).used_range.raw_value
                yield from (str(value) for row in rows for value in row if value)

    def marked(self) -> dict[str, tuple[int, int, int] | None]:
        """The colours of the cells that the findings are about."""
        (book, *_) = self.excel.program.books
        cells = (one.place for one in self.found if one.place is not None)
        return {str(one): book.calc.sheets(one.sheet).range(one.address).color for one in cells}

    def assert_untroubled(self) -> None:
        """The clerk's file, the program's settings and the protection are as they were."""
        assert self.path.read_bytes() == self.file
        kept = {name: value for name, value in SETTINGS.items() if name != "StatusBar"}
        assert {name: self.excel.program.settings[name] for name in kept} == kept
        after = self.protections()
        assert {name: after.get(name) for name in self.before} == self.before

    def assert_the_rest_works(self) -> None:
        """The buttons that need no book do something, or say what to do."""
        for name in ALWAYS:
            shown = len(self.screen.shown)
            self.press(name)
            assert self.just_said or len(self.screen.shown) > shown, name

    def assert_findings_told(self) -> None:
        told = self.told
        for one in self.found:
            parts = [text for text in (*result_row(one)[:-1], *one.causes) if text]
            assert str(one) in told or all(text in told for text in parts), str(one)


@pytest.fixture
def desk(excel, screen, tmp_path, monkeypatch) -> Callable[..., Desk]:
    """Takes a state and a kind, broken or not, and gives the desk with that book on it."""
    monkeypatch.setattr("addin.open_book.busy.PATIENCE_SECONDS", SOON)
    monkeypatch.setattr("addin.open_book.busy.PAUSE_SECONDS", SOON / 10)
    for where in ("workbook.checking.intake", "workbook.checking.kinds"):
        monkeypatch.setattr(f"{where}.load_kind", READ_ONCE)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("OneDriveConsumer", str(tmp_path / "OneDrive"))
    for folder in ("home", "另存", "OneDrive/绩效"):
        (tmp_path / folder).mkdir(parents=True)

    def made(state: State, kind: str = "department", *, is_broken: bool = False) -> Desk:
        if state != AS_BUILT:
            monkeypatch.setenv(SEARCH_PATH, str(SMALL_KINDS))
        path = tmp_path / "OneDrive/绩效/填报.xlsx"
        path.write_bytes(book_bytes(kind, state.dress, is_broken=is_broken))
        return Desk(excel, screen, state, path, findings(kind, is_broken=is_broken))

    return made


def both_kinds() -> Iterator[tuple[State, str]]:
    """Each state; the other kinds as built, as handed out, and with a password."""
    yield from ((state, "department") for state in READ)
    for kind in KINDS[1:]:
        for name in ("as built", "formatting locked", "password on sheets"):
            yield named(name), kind


@pytest.mark.parametrize(("state", "kind"), [*both_kinds()], ids=str)
def test_a_broken_book_shows_its_findings_and_makes_no_report(desk, state, kind):
    here = desk(state, kind, is_broken=True)
    before = here.marked()
    here.press("validate")
    here.assert_findings_told()
    if state.is_marked:
        marked = here.marked()
        assert marked and all(colour != before[place] for place, colour in marked.items()), marked
    here.press("make_report")
    assert here.screen.shown == []
    assert "报告没有生成" in here.just_said
    errors = [one for one in here.findings if one.severity.word == "错误"]
    assert errors and all(str(one) in here.just_said for one in errors[:3])
    for name in ("next_finding", "clear_marks"):
        here.press(name)
        assert here.just_said or here.just_stated, name
    here.assert_untroubled()
    assert here.marked() == before
    assert list(here.listed()) == []


@pytest.mark.parametrize(("state", "kind"), [*both_kinds()], ids=str)
def test_on_a_clean_book_every_other_button_does_its_work(desk, state, kind):
    here = desk(state, kind)
    here.press("validate")
    here.assert_findings_told()
    assert any(here.screen.states)
    here.press("make_report")
    (report,) = here.screen.shown
    assert "年度" in Document(str(report)).paragraphs[0].text
    assert here.folder in report.parents
    here.select(TOTALS[kind])
    here.press("insert_check")
    assert state.inserts in f"{here.just_said}{here.just_stated}", here.just_said
    here.press("roll_over")
    assert here.just_said or "没有新建" in here.told
    here.assert_untroubled()
    here.assert_the_rest_works()


@pytest.mark.parametrize("state", [AS_BUILT, named("password and structure")], ids=str)
def test_a_pdf_is_printed(desk, state):
    here = desk(state)
    here.press("export_pdf")
    here.assert_untroubled()
    (printed,) = here.screen.shown
    assert printed.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("state", UNREAD, ids=str)
def test_where_the_book_cannot_be_read_a_sentence_says_what_to_do(desk, state):
    here = desk(state)
    for name in ON_A_BOOK:
        here.press(name)
        assert state.tells in here.just_said, f"{name}: {here.just_said}"
    assert here.screen.shown == []
    here.assert_the_rest_works()


@pytest.mark.parametrize("state", [named("closed before"), named("closed in the middle")], ids=str)
def test_nothing_is_raised_where_no_program_is_left_to_show_a_message(desk, state, monkeypatch):
    shown = []
    monkeypatch.setattr("addin.ribbon.screen.message_box", lambda text, _title: shown.append(text))
    here = desk(state)
    state.arm(here.excel)
    press("validate", here.book)
    here.excel.answer_again()
    assert shown and state.tells in shown[0], shown
