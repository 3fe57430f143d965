"""What each button does with the open book, in the words of the command line."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import xlwings as xw

from addin.marking import marks
from addin.marking.showing import cells_to_visit, message
from addin.open_book.busy import patiently
from addin.open_book.identity import spoken
from addin.open_book.place import home
from addin.ribbon.about import about, doctor, manual
from addin.ribbon.author import mark_fields, mark_list, mark_total, preview
from addin.ribbon.checked import checked, examined, is_foreign
from addin.ribbon.foreign_formulas import take_over
from addin.ribbon.insert_check import insert_check
from addin.ribbon.new_books import new_book, roll_over
from addin.ribbon.quoting import quote_figures
from addin.ribbon.screen import Screen
from addin.ribbon.selection import selected_range
from workbook.catalogue import buttons as said
from workbook.catalogue.findings import SENTENCE
from workbook.checking.intake import Intake
from workbook.checking.show import summary

Action = Callable[[xw.Book, Screen], None]


def validate(book: xw.Book, screen: Screen) -> None:
    """Check the book as it stands, mark its cells, list all findings, and say how many."""
    patiently(lambda: take_over(book))
    intake, shown = checked(book, screen)
    if intake.kind is None:
        return
    language = intake.checked.language
    screen.status(SENTENCE(language, what=summary(intake.checked.findings, language)))
    if shown.why:
        screen.say(message(intake, shown))


def next_finding(book: xw.Book, screen: Screen) -> None:
    """Go to the next cell of the list, to the first one after the last."""
    cells = patiently(lambda: _shown_cells(book))
    if not cells:
        screen.say(said.NOTHING_TO_VISIT(spoken(book)))
        return
    selected = selected_range(book.app)
    address = selected.get_address(False, False) if selected is not None else ""
    here = (book.sheets.active.name, address)
    number = (cells.index(here) + 1) % len(cells) if here in cells else 0
    sheet, address = cells[number]
    book.sheets[sheet].activate()
    cell = book.sheets[sheet].range(address)
    cell.select()
    note = cell.note.text if cell.note is not None else ""
    words = note.splitlines()[0] if note else f"{sheet}!{address}"
    told = said.VISITED(spoken(book), number=number + 1, count=len(cells), words=words)
    screen.status(told)


def clear_marks(book: xw.Book, screen: Screen) -> None:
    """Give every cell its own colour and note back."""
    count = patiently(lambda: marks.clear(book))
    language = spoken(book)
    screen.status(said.CLEARED(language, count=count) if count else said.NO_MARKS(language))


def make_report(book: xw.Book, screen: Screen) -> None:
    """Check the book, write the Word report beside it, open it."""
    from addin.ribbon.reports import make_new  # noqa: PLC0415 - a click pays for what it does

    intake, shown = checked(book, screen)
    if intake.kind is None:
        return
    report = make_new(intake, _folder(intake, book), shown, screen)
    if report is not None:
        screen.show(report)


def check_report(book: xw.Book, screen: Screen) -> None:
    """Hold the last report against the book and against itself."""
    from addin.ribbon.reports import check_last  # noqa: PLC0415 - a click pays for what it does

    intake = examined(book)
    if not is_foreign(intake, screen):
        screen.status(said.COMPARING(intake.checked.language))
        check_last(intake, _folder(intake, book), screen)


def refresh_report(book: xw.Book, screen: Screen) -> None:
    """Bring the last report up to date, and open it."""
    from addin.ribbon.reports import refresh_last  # noqa: PLC0415 - a click pays for what it does

    intake, shown = checked(book, screen)
    if intake.kind is not None:
        refresh_last(intake, _folder(intake, book), shown, screen)


def export_pdf(book: xw.Book, screen: Screen) -> None:
    """Check the book, print its last report or a new one as PDF, open the PDF."""
    from addin.ribbon.reports import last_to_print, make_new, print_report  # noqa: PLC0415 - a click pays for what it does

    intake, shown = checked(book, screen)
    if intake.kind is None:
        return
    folder = _folder(intake, book)
    report = last_to_print(intake, folder, screen) if intake.checked.is_fit else None
    report = report or make_new(intake, folder, shown, screen)
    if report is not None:
        print_report(report, intake.checked.language, screen)


def _shown_cells(book: xw.Book) -> list[marks.CellAddress]:
    """The cells to visit, those on hidden sheets left out: no program goes there."""
    cells = cells_to_visit(book)
    shown = {name for name in {sheet for sheet, _ in cells} if book.sheets[name].visible}
    return [(sheet, address) for sheet, address in cells if sheet in shown]


def _folder(intake: Intake, book: xw.Book) -> Path:
    """Where the book's reports lie, if it lies somewhere itself."""
    return intake.path.parent if intake.path.is_absolute() else home(book)


ACTIONS: Final[Mapping[str, Action]] = {
    action.__name__: action
    for action in (
        new_book, roll_over, validate, next_finding, clear_marks, insert_check, quote_figures,
        make_report, check_report, refresh_report, export_pdf, mark_fields, mark_list,
        mark_total, preview, manual, doctor, about,
    )
}  # fmt: skip
WITHOUT_BOOK: Final = frozenset(("new_book", "manual", "doctor", "about"))
IN_PROTECTED_VIEW: Final = WITHOUT_BOOK | {
    "validate", "make_report", "check_report", "refresh_report", "export_pdf",
}  # fmt: skip
