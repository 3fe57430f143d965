"""The workbook that is open in front of the clerk, unsaved edits included, as a snapshot.

Each sheet is read as one block, in Calc all of them in one call: a call costs more than the cells
that it brings.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import xlwings as xw

from addin.at_once import references, sheet_names, used_ranges
from addin.place import identity, path_of
from workbook.form import Form, Table
from workbook.grid import Cells, Corners, Spot, raw_table, referred
from workbook.snapshot import CellKind, Identity, RawCell, RawTable, Snapshot, classified

ERRORS: Final = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!")
)
MOST_AS_PERCENT: Final = 10  # nobody types 1000%, and to ask for a cell's format is a call


@dataclass(frozen=True, slots=True)
class Block:
    """The used cells of a sheet; rows and columns of the sheet begin at 1."""

    sheet: xw.Sheet
    name: str
    top: int
    left: int
    rows: list[list[Any]]

    @property
    def bottom(self) -> int:
        """The last row in use."""
        return self.top + len(self.rows) - 1

    def cell(self, row: int, column: int) -> RawCell:
        """The cell before the form has looked at it."""
        down, right = row - self.top, column - self.left
        inside = 0 <= down < len(self.rows) and 0 <= right < len(self.rows[down])
        value = self.rows[down][right] if inside else None
        kind, value = classified(value, is_error=value in ERRORS)
        place = Spot(self.name, row, column).place
        return RawCell(place, kind, value, self._is_percent(kind, value, place.address))

    def formula(self, row: int, column: int) -> str:
        """The formula of a cell, asked for by itself: the block has only values."""
        return str(self.sheet.range((row, column)).formula or "")

    def _is_percent(self, kind: CellKind, value: Any, address: str) -> bool:
        is_likely = kind == "number" and abs(value) < MOST_AS_PERCENT
        if not is_likely or (value == int(value) and value != 1):  # nor 200% or 0%
            return False
        return "%" in str(self.sheet.range(address).number_format or "")


@dataclass
class LiveBook:
    """An open workbook, read as it stands."""

    book: xw.Book
    _sheets: dict[str, xw.Sheet] = field(default_factory=dict)
    _blocks: dict[str, Block] = field(default_factory=dict)
    _used: dict[str, xw.Range] = field(default_factory=dict)

    @cached_property
    def path(self) -> Path:
        """The workbook's file; only its name where there is none on this computer."""
        return path_of(self.book)

    @cached_property
    def identity(self) -> Identity:
        """The form that the workbook says it is."""
        return identity(self.book)

    def snapshot(self, form: Form) -> Snapshot:
        """The cells and tables that `form` asks for."""
        self._sheets.clear()
        self._blocks.clear()
        sheets = sheet_names(self.book)
        spots = references(self.book, list(form.fields))
        self._used = dict(used_ranges(self.book, list(_read(form, spots, sheets))))
        names = {key: self._named(reference, sheets) for key, reference in spots.items()}
        return Snapshot(self.identity, sheets, names, dict(self._tables(form, sheets)))

    def _named(self, reference: str, sheets: Sequence[str]) -> RawCell | None:
        spot = referred(reference)
        if spot is None or spot.sheet not in sheets:
            return None
        return self._block(spot.sheet).cell(spot.row, spot.column)

    def _tables(self, form: Form, sheets: Sequence[str]) -> Iterator[tuple[str, RawTable]]:
        """The form's tables, each looked for first on the sheet that the form put it on."""
        homes = {
            block.key: sheet.name
            for sheet in form.sheet
            for block in sheet.block
            if isinstance(block, Table)
        }
        for key, table in form.tables.items():
            for name in sorted(sheets, key=lambda name: name != homes[key]):
                tables = self._sheet(name).tables
                if key in tables:
                    yield key, self._table(table, self._block(name), tables[key])
                    break

    def _table(self, table: Table, block: Block, found: xw.main.Table) -> RawTable:
        covered = found.range
        top, left = covered.row, covered.column
        totals = 1 if found.show_totals else 0
        height, width = covered.shape
        bottom, right = top + height - 1 - totals, left + width - 1
        corners = Corners(left, top, right, bottom, totals)
        rows = range(top + 1, min(bottom, block.bottom) + 1)
        return raw_table(
            table, block.name, corners, Cells(block.cell, block.formula), lambda _: rows
        )

    def _sheet(self, name: str) -> xw.Sheet:
        if name not in self._sheets:
            self._sheets[name] = self.book.sheets[name]
        return self._sheets[name]

    def _block(self, name: str) -> Block:
        if name not in self._blocks:
            sheet = self._sheet(name)
            used = self._used.pop(name) if name in self._used else sheet.used_range
            rows = used.options(ndim=2, err_to_str=True).value
            self._blocks[name] = Block(sheet, name, used.row, used.column, rows)
        return self._blocks[name]


def _read(form: Form, references: Mapping[str, str], sheets: Sequence[str]) -> dict[str, None]:
    """The sheets on which the form's names and tables are to be found."""
    homes = [sheet.name for sheet in form.sheet if sheet.tables]
    leading = [spot.sheet for one in references.values() if (spot := referred(one))]
    return dict.fromkeys(name for name in (*leading, *homes) if name in sheets)
