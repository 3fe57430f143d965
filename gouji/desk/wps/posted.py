"""The book that is open in WPS, posted as JSON, as a snapshot.

A value arrives as the double that WPS holds: JavaScript writes the shortest text that leads back to
it, which is what a saved file has too. Formulas and the number formats of all figures come along,
so that nothing has to be asked for later.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated, Any, Final

import msgspec

from addin.open_book.onedrive import is_url, of_this_computer
from workbook.figures.cell_functions import CellError, excel_value
from workbook.findings.place import Place
from workbook.form.model import Form
from workbook.form.table import Table
from workbook.reading.below import ends
from workbook.reading.named_columns import NamedColumns, beginnings, named_columns, named_table
from workbook.reading.ranges import raw_table
from workbook.reading.saved import saved_identity
from workbook.reading.snapshot import (
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
from workbook.xlsx.addresses import MOST_COLUMNS, MOST_ROWS, Corners, address_of, merge_over

# What is told of a cell that was left out of a sheet too large to be sent whole, and of a value
# that is no number, text or truth value.
NOT_SENT, ODD = "表太大,这一格没有读", "不认得的内容"

WHOLE: Final = 10**17  # from which on a file has 1E+17, which is read as a double

Row = Annotated[int, msgspec.Meta(ge=1, le=MOST_ROWS)]
Column = Annotated[int, msgspec.Meta(ge=1, le=MOST_COLUMNS)]
Cell = tuple[int, int]  # row and column, from 1
Area = tuple[Column, Row, Column, Row]  # left, top, right, bottom


class PostedBlock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rows of values from a cell on; a row is sent up to its last value."""

    top: Row
    left: Column
    rows: list[list[Any]]


class PostedTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An Excel table: all cells that it covers, and whether the last row is one of totals."""

    name: str
    area: Area
    has_totals: bool


class PostedSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sheet: its values in blocks, and what is true of only some of its cells.

    `formulas` are cells by row and column; `formats` the number formats of figures, each of some
    rows of a column: `[3, 9, 12, "0.00"]` of C9:C12. `sent` is the area outside of which nobody
    looked, where the sheet was too large to be sent whole.
    """

    name: str
    blocks: list[PostedBlock]
    formulas: list[tuple[Row, Column, str]] = []
    formats: list[tuple[Column, Row, Row, str]] = []
    merged: list[Area] = []
    tables: list[PostedTable] = []
    sent: Area | None = None


class PostedBook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole book; `full_name` is its path, its address on the net, or only a name.

    `names` are what the names of the whole book stand for, `=预算收支!$C$9`.
    """

    full_name: str
    properties: dict[str, Any]
    names: dict[str, str]
    sheets: list[PostedSheet]
    from_1904: bool = False


def local_file(full_name: str) -> Path | None:
    """The book's file on this computer; None where it was never saved, or only on the net."""
    if is_url(full_name):
        return of_this_computer(full_name)
    path = Path(full_name)
    return path if path.is_absolute() else None


class Sheet:
    """The cells of a posted sheet."""

    def __init__(self, sheet: PostedSheet, *, from_1904: bool) -> None:
        self.name = sheet.name
        self._from_1904 = from_1904
        self._merged = tuple(Corners(*one) for one in sheet.merged)
        self._sent = Corners(*sheet.sent) if sheet.sent else None
        self._formulas: dict[Cell, str] = {
            (row, column): text for row, column, text in sheet.formulas
        }
        self._values = dict(_values(sheet.blocks))
        self._rows = _by_column({*self._values, *self._formulas})
        self._formats = dict(self._formatted(sheet.formats))

    def _formatted(
        self, formats: Iterable[tuple[int, int, int, str]]
    ) -> Iterable[tuple[Cell, str]]:
        for column, first, last, text in formats:
            for row in _between(self._rows.get(column, ()), first, last):
                yield (row, column), text

    @property
    def cells(self) -> Cells:
        """The cells as tables ask for them."""
        return Cells(self.cell, self.formula, self.formulas, self.rows_in_use)

    def rows_in_use(self, first: int, last: int, columns: Iterable[int]) -> list[int]:
        """The rows from a first to a last one in which one of the columns holds something."""
        found = (_between(self._rows.get(one, ()), first, last) for one in columns)
        return sorted({row for rows in found for row in rows})

    def formula(self, row: int, column: int) -> str:
        """The formula of a cell, "" for none."""
        return self._formulas.get((row, column), "")

    def formulas(self, rows: Sequence[int], column: int) -> list[str]:
        """The formulas of some rows in a column."""
        return [self.formula(row, column) for row in rows]

    def text(self, row: int, column: int) -> str:
        """What a cell says, "" for a figure."""
        value = self._values.get((row, column))
        return value if isinstance(value, str) else ""

    def cell(self, row: int, column: int) -> RawCell:
        """The cell before the form has looked at it."""
        place = Place(self.name, address_of(row, column))
        value = self._values.get((row, column))
        formula = self.formula(row, column)
        if over := merge_over(self._merged, row, column):
            return covered(place, over, is_blank=value is None and not formula)
        if self._sent and not _is_inside(self._sent, row, column):
            return RawCell(place, "broken", NOT_SENT)
        shown = self._formats.get((row, column), "General")
        kind, value = self._read(excel_value(value), shown)
        return RawCell(place, kind, value, formula, shown)

    def _read(self, value: Any, shown: str) -> tuple[Any, Any]:
        if isinstance(value, CellError):
            return classified(str(value), is_error=True)
        if isinstance(value, dict | list):
            return "broken", ODD
        if isinstance(value, bool) or not isinstance(value, int | float):
            return classified(value)
        if abs(value) >= WHOLE:
            value = float(value)
        return classified_number(value, shown, from_1904=self._from_1904)


class OpenInWps:
    """A posted book, to be looked into as any other: `OpenInWps(posted).snapshot(form)`."""

    def __init__(self, posted: PostedBook) -> None:
        self._posted = posted
        self.file: Final = local_file(posted.full_name)

    @property
    def path(self) -> Path:
        """The workbook's file; only its name where there is none on this computer."""
        return self.file or Path(_last_part(self._posted.full_name))

    @cached_property
    def identity(self) -> Identity:
        """The form that the book says it is; where WPS did not tell it, that its file says."""
        told = identity_of(self._posted.properties)
        if told.kind is not None or self.file is None:
            return told
        return saved_identity(self.file)

    @cached_property
    def sheets(self) -> Mapping[str, Sheet]:
        """The sheets of cells by name, in their order."""
        from_1904 = self._posted.from_1904
        return {one.name: Sheet(one, from_1904=from_1904) for one in self._posted.sheets}

    def snapshot(self, form: Form) -> Snapshot:
        """The cells and tables that `form` asks for."""
        spots = {key: self._spot(key) for key in form.fields if key in self._posted.names}
        names = {
            key: self.sheets[spot.sheet].cell(spot.row, spot.column) if spot else None
            for key, spot in spots.items()
        }
        found = {key: one for key, one in self._located() if key in form.tables}
        by_name = self._by_name(form, found)
        last = ends(form, spots, found)
        tables = {
            key: self._table(form.tables[key], *place, last[key]) for key, place in found.items()
        }
        own = [*spots.values(), *beginnings(by_name.values(), found.values())]
        for key, columns in by_name.items():
            cells = self.sheets[columns.sheet].cells
            tables[key] = named_table(form.tables[key], columns, cells, own)
        return Snapshot(
            self.identity, tuple(self.sheets), names, tables, cell=self._at, text=self._text
        )

    def _spot(self, key: str) -> Spot | None:
        spot = referred(self._posted.names[key])
        return spot if spot and spot.sheet in self.sheets else None

    def _located(self) -> Iterable[tuple[str, tuple[str, TableCorners]]]:
        for sheet in self._posted.sheets:
            for table in sheet.tables:
                left, top, right, bottom = table.area
                totals = int(table.has_totals)
                yield (
                    table.name,
                    (sheet.name, TableCorners(left, top, right, bottom - totals, totals)),
                )

    def _by_name(self, form: Form, found: Mapping[str, object]) -> dict[str, NamedColumns]:
        """The tables whose columns have names, where there is no Excel table of that name."""
        wanted = (table for key, table in form.tables.items() if key not in found)
        led = ((one.key, named_columns(one, self._posted.names)) for one in wanted)
        return {key: one for key, one in led if one and one.sheet in self.sheets}

    def _table(self, table: Table, name: str, corners: TableCorners, end: int) -> RawTable:
        return raw_table(table, name, corners, self.sheets[name].cells, end)

    def _at(self, sheet: str, row: int, column: int) -> RawCell:
        return self.sheets[sheet].cell(row, column)

    def _text(self, sheet: str, row: int, column: int) -> str:
        return self.sheets[sheet].text(row, column)


def _last_part(full_name: str) -> str:
    return PureWindowsPath(PurePosixPath(full_name).name).name


def _values(blocks: Iterable[PostedBlock]) -> Iterable[tuple[Cell, Any]]:
    for block in blocks:
        for row, values in enumerate(block.rows, start=block.top):
            for column, value in enumerate(values, start=block.left):
                if value is not None and value != "":
                    yield (row, column), value


def _by_column(cells: Iterable[Cell]) -> Mapping[int, Sequence[int]]:
    """The rows of each column in which something stands, from top to bottom."""
    found: dict[int, list[int]] = defaultdict(list)
    for row, column in sorted(cells):
        found[column].append(row)
    return found


def _between(rows: Sequence[int], first: int, last: int) -> Sequence[int]:
    return rows[bisect_left(rows, first) : bisect_right(rows, last)]


def _is_inside(area: Corners, row: int, column: int) -> bool:
    return area.top <= row <= area.bottom and area.left <= column <= area.right
