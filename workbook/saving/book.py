"""A workbook that is saved as it should open: formulas with their results, one sheet selected."""

import os
from datetime import UTC, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook.properties import CalcProperties

from workbook.catalogue.model import Language
from workbook.reading.results import Result, Results
from workbook.saving.cells import FIRST_DAY
from workbook.saving.writer import Later, write_book


class FormBook(Workbook):
    """A new workbook of ours, and what each of its formulas gives for what is typed into it.

    Its `language` stands in the properties of the file, where it is not Chinese, for whoever writes
    on it later. `results` hold as long as nobody types into the book: who does, clears them first.
    `later` are the sheets whose last rows are made while the book is saved.
    """

    def __init__(self, language: Language = "zh") -> None:
        super().__init__()
        self.language = language
        if language != "zh":
            self.properties.language = language
        self.results: dict[str, dict[str, Result]] = {}
        self.later: dict[str, Later] = {}

    def save(self, filename: Any) -> None:
        """Write the book to a path or an open file."""
        save_book(self, filename, self.results)


def language_of(sheet: Any) -> Language:
    """The language that a sheet's book says of itself in its properties; Chinese ones say none."""
    return "en" if sheet.parent.properties.language == "en" else "zh"


def write_formula(cell: Cell | MergedCell, formula: str, result: Result) -> None:
    """Put a formula, `=` included, into a cell of a `FormBook`, and what it gives.

    `write_formula(sheet["C5"], "=GJ_TIES(C2,C3:C4)", Result("相符"))`
    """
    assert isinstance(cell, Cell)
    written: Any = cell
    written._value, cell.data_type = formula, "f"  # our own formula: openpyxl need not look at it
    book = cell.parent.parent
    assert isinstance(book, FormBook)
    book.results.setdefault(cell.parent.title, {})[cell.coordinate] = result


def save_book(
    book: Workbook, file: Any, results: Results, saved_at: datetime | None = None
) -> None:
    """Save any book so that it opens on one sheet, with the results given for its formulas."""
    _select_one(book)
    later = book.later if isinstance(book, FormBook) else {}
    if book.calculation is None:
        book.calculation = CalcProperties()
    # A program that can calculate does so anew; the results are for those that cannot.
    book.calculation.fullCalcOnLoad = True
    write_book(book, results, file, saved_at, later)


def given_time() -> datetime:
    """When a file of ours says that it was made, where nothing else tells: never by the clock.

    SOURCE_DATE_EPOCH (reproducible-builds.org/specs/source-date-epoch), else the zip format's
    earliest date.
    """
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    if said.isascii() and said.isdigit():
        return datetime.fromtimestamp(int(said[:10]), tz=UTC).replace(tzinfo=None)
    return datetime(*FIRST_DAY)


def _select_one(book: Workbook) -> None:
    """Only the active sheet is selected: Excel types into all that are."""
    sheets: Any = book
    shown = [sheet for sheet in sheets._sheets if sheet.sheet_state == "visible"]
    active: Any = book.active if book.active in shown else shown[0]
    book.active = active
    for window in book.views:
        window.activeTab, window.firstSheet = sheets._sheets.index(active), 0
    for sheet in sheets._sheets:
        views = sheet.views if hasattr(sheet, "views") else sheet.sheetViews
        for view in views.sheetView:
            view.tabSelected = True if sheet is active else None
