"""A saved .xlsx file as a snapshot."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from workbook.catalogue.findings import SHEET_UNREADABLE, STORED_TWICE
from workbook.catalogue.sheets import generated_names
from workbook.files.archive import archive_fault
from workbook.files.names import shown
from workbook.files.reasons import why
from workbook.findings.model import Finding, finding
from workbook.findings.place import Place
from workbook.form.model import Form
from workbook.form.table import Table
from workbook.reading.below import ends
from workbook.reading.named_columns import NamedColumns, beginnings, named_columns, named_table
from workbook.reading.ranges import raw_table
from workbook.reading.results import NONE, Result, result_of
from workbook.reading.snapshot import (
    CellKind,
    Identity,
    RawCell,
    RawTable,
    Snapshot,
    classified,
    classified_number,
    covered,
    identity_of,
)
from workbook.reading.spots import Cells, Spot, TableCorners, referred
from workbook.xlsx.addresses import address_of, merge_over
from workbook.xlsx.book import Book, FileTable
from workbook.xlsx.package import PackageError, TooLargeError
from workbook.xlsx.sheet import FileCell, FileSheet

# What is told of a cell that the file has twice, and of one whose sheet is broken.
DOUBLED, UNREADABLE = STORED_TWICE.zh, SHEET_UNREADABLE.zh


def open_saved(path: Path) -> "SavedBook | Finding":
    """The workbook at `path`, or the finding that says why it cannot be read."""
    try:
        fault = archive_fault(path)
        if fault is not None:
            return finding(f"file-{fault}", name=shown(path.name))
        book = Book.at(path)
        if not book.is_workbook:
            return finding("file-not-a-package", name=shown(path.name))
        if not book.is_transitional or not book.parts:
            return finding("file-strict", name=shown(path.name))
        if identity_of(book.properties).kind is not None:  # nothing is asked of another's file
            book.read(homes(book, but=(*generated_names("zh"), *generated_names("en"))))
    except OSError as error:
        return finding("file-unreadable", name=shown(path.name), reason=why(error))
    except TooLargeError:
        return finding("file-too-large", name=shown(path.name))
    except PackageError as error:
        return finding("file-broken", name=shown(path.name), reason=str(error)[:200])
    return SavedBook(book)


def homes(book: Book, but: tuple[str, ...] = ()) -> dict[str, int]:
    """The sheets that a name or a table leads to, where a form asks; of each the last such row.

    Names that begin with one of `but` do not count: nothing is asked where only those lead.
    """
    texts = (text for name, text in book.names.items() if not name.startswith(but))
    named = ((spot.sheet, spot.row) for one in texts if (spot := referred(one)))
    last: dict[str, int] = {}
    for sheet, row in (*named, *((one.sheet, one.corners.bottom) for one in book.tables)):
        if sheet in book.parts:
            last[sheet] = max(row, last.get(sheet, 0))
    return last


def saved_identity(path: Path) -> Identity:
    """The kind and version that the file at `path` carries, without reading its sheets."""
    try:
        if archive_fault(path) is not None:
            return Identity(None, None)
        return identity_of(Book.at(path).properties)
    except (OSError, PackageError):
        return Identity(None, None)


class SavedBook(Struct, frozen=True):
    """A workbook file that could be read."""

    book: Book

    @property
    def identity(self) -> Identity:
        """The kind and form version that the workbook carries."""
        return identity_of(self.book.properties)

    def snapshot(self, form: Form) -> Snapshot:
        """The cells and tables that `form` asks for."""
        spots = {key: self._spot(key) for key in form.fields if key in self.book.names}
        names = {key: self._cell(*spot) if spot else None for key, spot in spots.items()}
        found = {table.name: (table.sheet, _corners(table)) for table in reversed(self.book.tables)}
        found = {key: found[key] for key in form.tables if key in found}
        by_name = self._by_name(form, found)
        last = ends(form, spots, found)
        tables = {key: self._table(form.tables[key], *found[key], last[key]) for key in found}
        own = [*spots.values(), *beginnings(by_name.values(), found.values())]
        for key, columns in by_name.items():
            cells = self._cells_of(columns.sheet)
            tables[key] = named_table(form.tables[key], columns, cells, own)
        sheets = tuple(self.book.parts)
        return Snapshot(self.identity, sheets, names, tables, cell=self.anywhere, text=self._text)

    def _spot(self, key: str) -> Spot | None:
        spot = referred(self.book.names[key])
        return spot if spot and spot.sheet in self.book.parts else None

    def _by_name(self, form: Form, found: Mapping[str, object]) -> dict[str, NamedColumns]:
        """The tables whose columns have names, where there is no Excel table of that name."""
        wanted = (table for key, table in form.tables.items() if key not in found)
        led = ((one.key, named_columns(one, self.book.names)) for one in wanted)
        return {key: one for key, one in led if one and one.sheet in self.book.parts}

    def _table(self, table: Table, name: str, corners: TableCorners, end: int) -> RawTable:
        return raw_table(table, name, corners, self._cells_of(name), end)

    def _cells_of(self, name: str) -> Cells:
        sheet = self.book.sheet(name)
        by_row, rows = partial(_formulas, sheet), partial(_existing_rows, sheet)
        return Cells(partial(self._cell, name), sheet.formula, by_row, rows)

    def anywhere(self, sheet: str, row: int, column: int) -> RawCell:
        """A cell of any sheet; one of the clerk's own is read only now, and may be broken."""
        try:
            return self._cell(sheet, row, column)
        except PackageError:
            return RawCell(Place(sheet, address_of(row, column)), "broken", UNREADABLE)

    def _text(self, sheet: str, row: int, column: int) -> str:
        try:
            cell = self.book.sheet(sheet).cells.get((row, column))
        except PackageError:  # as above
            return ""
        if cell is None or cell.value is None:
            return ""
        value = result_of(cell, self.book).value
        return value if isinstance(value, str) else ""

    def _cell(self, name: str, row: int, column: int) -> RawCell:
        sheet = self.book.sheet(name)
        spot = row, column
        cell = sheet.cells.get(spot)
        is_plain = spot not in sheet.swallowed and spot not in sheet.doubled
        if is_plain and (cell is None or (cell.value is None and not cell.formula)):
            return _blank(name, row, column, self.book.format_of(cell.style) if cell else "")
        place = Place(name, address_of(row, column))
        if spot in sheet.swallowed:
            return covered(
                place, merge_over(sheet.merged, row, column), is_blank=self._is_blank(cell)
            )
        if cell is None or spot in sheet.doubled:
            return RawCell(place, "broken", DOUBLED)
        result = result_of(cell, self.book)
        formula = sheet.formula(row, column) if cell.formula else ""
        if formula and result is NONE:
            return RawCell(place, "unsaved", formula=formula)
        shown = self.book.format_of(cell.style)
        kind, value = self._read(cell, result, shown)
        return RawCell(place, kind, value, formula, shown)

    def _is_blank(self, cell: FileCell | None) -> bool:
        return cell is None or (result_of(cell, self.book).value is None and not cell.formula)

    def _read(self, cell: FileCell, result: Result, shown: str) -> tuple[CellKind, Any]:
        """What kind of cell it is, by what it holds and the format in which it is shown."""
        value = result.value
        if result.is_broken:
            return "broken", value
        if isinstance(value, bool) or not isinstance(value, int | float):
            day = _iso_day(str(value)) if cell.type == "d" else None
            return classified(day or value, is_error=result.is_error)
        return classified_number(value, shown, from_1904=self.book.counts_from_1904)


@lru_cache(maxsize=16_384)  # nine in ten are, and the same ones in all workbooks of a kind
def _blank(sheet: str, row: int, column: int, shown: str) -> RawCell:
    return RawCell(Place(sheet, address_of(row, column)), "blank", number_format=shown)


def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _corners(table: FileTable) -> TableCorners:
    left, top, right, bottom = table.corners
    return TableCorners(left, top, right, bottom - table.totals, table.totals)


def _existing_rows(sheet: FileSheet, first: int, last: int, columns: Iterable[int]) -> list[int]:
    """Rows in which a cell exists: a table may claim a million of them."""
    wanted, cells = set(columns), sheet.cells
    if (last - first + 1) * len(wanted) <= len(cells):
        rows = range(first, last + 1)
        return [row for row in rows if any((row, column) in cells for column in wanted)]
    return sorted({r for r, column in sheet.cells if first <= r <= last and column in wanted})


def _formulas(sheet: FileSheet, rows: Sequence[int], column: int) -> list[str]:
    return [sheet.formula(row, column) for row in rows]
