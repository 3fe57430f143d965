"""The workbook that is open in front of the clerk, unsaved edits included, as a snapshot.

Each sheet is read as one block: every call to Excel costs more than the cells it brings.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import xlwings as xw

from workbook.form import Form, Table
from workbook.grid import Corners, Spot, raw_table, referred
from workbook.saved import saved_identity
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

    def _is_percent(self, kind: CellKind, value: Any, address: str) -> bool:
        is_likely = kind == "number" and abs(value) < MOST_AS_PERCENT
        if not is_likely or (value == int(value) and value != 1):  # nor 200% or 0%
            return False
        return "%" in str(self.sheet.range(address).number_format or "")


@dataclass
class LiveBook:
    """An open workbook, read as it stands."""

    book: xw.Book
    _blocks: dict[str, Block] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """Where the workbook was last saved."""
        return Path(self.book.fullname)

    @cached_property
    def identity(self) -> Identity:
        """The form that the file says it is: no edit in Excel changes that."""
        return saved_identity(self.path)

    def snapshot(self, form: Form) -> Snapshot:
        """The cells and tables that `form` asks for."""
        self._blocks.clear()
        sheets = {sheet.name: sheet for sheet in self.book.sheets}
        names = {
            key: self._named(reference, sheets)
            for key in form.fields
            if (reference := self._reference(key)) is not None
        }
        return Snapshot(self.identity, tuple(sheets), names, dict(self._tables(form, sheets)))

    def _reference(self, key: str) -> str | None:
        """What a defined name stands for, None where there is no such name."""
        try:
            return str(self.book.names(key).refers_to)  # asking first would be a call more
        except Exception:  # noqa: BLE001 - xlwings lets through what each program raises
            return None

    def _named(self, reference: str, sheets: dict[str, xw.Sheet]) -> RawCell | None:
        spot = referred(reference)
        if spot is None or spot.sheet not in sheets:
            return None
        return self._block(spot.sheet, sheets[spot.sheet]).cell(spot.row, spot.column)

    def _tables(self, form: Form, sheets: dict[str, xw.Sheet]) -> Iterator[tuple[str, RawTable]]:
        """The form's tables, each looked for first on the sheet that the form put it on."""
        homes = {
            block.key: sheet.name
            for sheet in form.sheet
            for block in sheet.block
            if isinstance(block, Table)
        }
        for key, table in form.tables.items():
            for name in sorted(sheets, key=lambda name: name != homes[key]):
                found = _table_on(sheets[name], key)
                if found is not None:
                    yield key, self._table(table, self._block(name, sheets[name]), found)
                    break

    def _table(self, table: Table, block: Block, found: xw.main.Table) -> RawTable:
        covered = found.range
        top, left = covered.row, covered.column
        totals = 1 if found.show_totals else 0
        height, width = covered.shape
        bottom, right = top + height - 1 - totals, left + width - 1
        corners = Corners(left, top, right, bottom, totals)
        rows = range(top + 1, min(bottom, block.bottom) + 1)
        return raw_table(table, block.name, corners, block.cell, lambda _: rows)

    def _block(self, name: str, sheet: xw.Sheet) -> Block:
        if name not in self._blocks:
            used = sheet.used_range
            rows = used.options(ndim=2, err_to_str=True).value
            self._blocks[name] = Block(sheet, name, used.row, used.column, rows)
        return self._blocks[name]


def _table_on(sheet: xw.Sheet, key: str) -> xw.main.Table | None:
    """The table of that name, None where the sheet has none."""
    try:
        found: xw.main.Table = sheet.tables(key)
        return found if found.name == key else None
    except Exception:  # noqa: BLE001 - xlwings lets through what each program raises
        return None
