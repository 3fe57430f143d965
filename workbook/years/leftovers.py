"""What stands in a workbook file under names and columns that the form does not know."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.worksheet import Worksheet

from workbook.findings.place import Place
from workbook.form.model import GENERATED_NAMES, GENERATED_SHEETS, ROW_ORDER, Form
from workbook.making.remarks import RESULTS_SHEET
from workbook.reading.ranges import Spot, referred
from workbook.reading.saved import TABLE_RANGE


@dataclass(frozen=True, slots=True)
class Leftover:
    """One cell, column or sheet that holds something the form does not ask for."""

    place: Place | None
    name: str
    text: str


def leftovers(book: Workbook, form: Form) -> tuple[Leftover, ...]:
    """Typed cells with a name of their own, typed columns of tables, and sheets of the clerk's.

    Formulas are left out: what they say follows from other cells.
    """
    cells, columns = list(_cells(book, form)), list(_columns(book, form))
    homes = {*_homes(book), *GENERATED_SHEETS, RESULTS_SHEET}
    sheets = (sheet for sheet in book.worksheets if sheet.title not in homes)
    return (*cells, *columns, *_sheets(sheets))


def _cells(book: Workbook, form: Form) -> Iterator[Leftover]:
    asked = {spot for key in form.fields if (spot := _spot(book, key))}
    for key in book.defined_names:
        spot = _spot(book, key)
        is_ours = key in form.fields or key.startswith(GENERATED_NAMES) or spot in asked
        if spot is None or is_ours or spot.sheet not in book.sheetnames:
            continue
        sheet = book[spot.sheet]
        if isinstance(sheet, Worksheet) and (typed := _typed(sheet, spot.row, spot.column)):
            yield Leftover(spot.place, key, typed)


def _spot(book: Workbook, key: str) -> Spot | None:
    defined = book.defined_names.get(key)
    return None if defined is None else referred(defined.attr_text or "")


def _columns(book: Workbook, form: Form) -> Iterator[Leftover]:
    for sheet in book.worksheets:
        for table in sheet.tables.values():
            known = form.tables.get(table.name)
            keys = {ROW_ORDER, *(column.key for column in known.column)} if known else set()
            if TABLE_RANGE.fullmatch(table.ref):
                yield from _unknown_columns(sheet, table, keys)


def _unknown_columns(sheet: Worksheet, table: ExcelTable, keys: set[str]) -> Iterator[Leftover]:
    left, top, right, bottom = range_boundaries(table.ref)
    assert left and top and right and bottom, table.ref
    within = [(r, c) for r, c in sheet._cells if top < r <= bottom and left <= c <= right]
    typed = Counter(column for row, column in within if _typed(sheet, row, column))
    for column, count in sorted(typed.items()):
        header = _typed(sheet, top, column)
        if header not in keys:
            place = Spot(sheet.title, top, column).place
            yield Leftover(place, f"{table.name}.{header}", f"{count} 行")


def _sheets(sheets: Iterable[Worksheet]) -> Iterator[Leftover]:
    for sheet in sheets:
        if count := sum(bool(_typed(sheet, row, column)) for row, column in sheet._cells):
            yield Leftover(None, f"工作表“{sheet.title}”", f"{count} 格")


def _homes(book: Workbook) -> Iterator[str]:
    """The sheets that a name or a table leads to: what the form once asked for stands there."""
    yield from (spot.sheet for key in book.defined_names if (spot := _spot(book, key)))
    yield from (sheet.title for sheet in book.worksheets if sheet.tables)


def _typed(sheet: Worksheet, row: int, column: int) -> str:
    """What somebody typed there, "" for nothing and for a formula."""
    cell: Any = sheet._cells.get((row, column))
    is_empty = cell is None or cell.value is None or cell.data_type == "f"
    return "" if is_empty else str(cell.value).strip()
