"""The workbook that is open in front of the clerk, unsaved edits included, as a snapshot.

Each sheet is read as one block, in Calc all of them in one call: a call costs more than the cells
that it brings.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import xlwings as xw

from addin.open_book.blocks import Block, block
from addin.open_book.figures import Figures, figures, looked_at
from addin.open_book.identity import identity
from addin.open_book.place import path_of
from addin.open_book.sheets_and_names import (
    formulas_at,
    references,
    sheet_names,
    table_of,
    used_ranges,
)
from workbook.findings.place import Place
from workbook.form.model import Form
from workbook.form.table import Table
from workbook.reading.below import ends
from workbook.reading.named_columns import (
    NamedColumns,
    beginnings,
    column_name,
    named_columns,
    named_table,
)
from workbook.reading.ranges import raw_table
from workbook.reading.snapshot import Identity, RawCell, RawTable, Snapshot
from workbook.reading.spots import Cells, Spot, TableCorners, referred

Located = tuple[str, TableCorners]  # the sheet that a table stands on, and where on it


@dataclass
class LiveBook:
    """An open workbook, read as it stands: `LiveBook(book).snapshot(form)`."""

    book: xw.Book
    _sheets: dict[str, xw.Sheet] = field(default_factory=dict)
    _blocks: dict[str, Block] = field(default_factory=dict)
    _used: dict[str, xw.Range] = field(default_factory=dict)
    _needs: dict[str, tuple[int, int]] = field(default_factory=dict)
    _figures: Mapping[str, Figures] = field(default_factory=dict)

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
        spots = {
            key: referred(one) for key, one in references(self.book, list(form.fields)).items()
        }
        self._used = dict(used_ranges(self.book, list(_read(form, spots.values(), sheets))))
        found = dict(self._located(form, sheets))
        by_name = self._by_name(form, found, sheets)
        corners = ((one.sheet, one.corners) for one in by_name.values())
        self._needs = _needs(spots.values(), (*found.values(), *corners))
        self._figures = figures(form, spots, found, by_name)
        last = ends(form, spots, found)
        names = {key: self._named(spot, sheets) for key, spot in spots.items()}
        tables = {
            key: self._table(form.tables[key], self._block(name), corners, last[key])
            for key, (name, corners) in found.items()
        }
        own = [*spots.values(), *beginnings(by_name.values(), found.values())]
        for key, columns in by_name.items():
            cells = _cells(self._block(columns.sheet))
            tables[key] = named_table(form.tables[key], columns, cells, own)
        return Snapshot(
            self.identity, sheets, names, tables, self._formulas_at, self._at, self._text
        )

    def _at(self, sheet: str, row: int, column: int) -> RawCell:
        return self._block(sheet).exact_cell(row, column)

    def _text(self, sheet: str, row: int, column: int) -> str:
        return self._block(sheet).text(row, column)

    def _formulas_at(self, places: Sequence[Place]) -> Sequence[str]:
        return formulas_at(self.book, places)

    def _named(self, spot: Spot | None, sheets: Sequence[str]) -> RawCell | None:
        if spot is None or spot.sheet not in sheets:
            return None
        return self._block(spot.sheet).cell(spot.row, spot.column)

    def _located(self, form: Form, sheets: Sequence[str]) -> Iterator[tuple[str, Located]]:
        """The form's tables, each looked for first on the sheet that the form put it on."""
        homes = {
            block.key: sheet.name
            for sheet in form.sheet
            for block in sheet.block
            if isinstance(block, Table)
        }
        for key in form.tables:
            for name in sorted(sheets, key=lambda name: name != homes[key]):
                table = table_of(self._sheet(name), key)
                if table is not None:
                    yield key, (name, _corners(table))
                    break

    def _by_name(
        self, form: Form, found: Mapping[str, Located], sheets: Sequence[str]
    ) -> dict[str, NamedColumns]:
        """The tables whose columns have names, where there is no Excel table of that name."""
        wanted = [table for key, table in form.tables.items() if key not in found]
        names = [column_name(one.key, column.key) for one in wanted for column in one.column]
        led = references(self.book, names) if names else {}
        places = ((one.key, named_columns(one, led)) for one in wanted)
        return {key: one for key, one in places if one and one.sheet in sheets}

    @staticmethod
    def _table(table: Table, block: Block, corners: TableCorners, end: int) -> RawTable:
        return raw_table(table, block.name, corners, _cells(block), end)

    def _sheet(self, name: str) -> xw.Sheet:
        if name not in self._sheets:
            used = self._used.get(name)  # which knows it already
            self._sheets[name] = self.book.sheets[name] if used is None else used.sheet
        return self._sheets[name]

    def _block(self, name: str) -> Block:
        if name not in self._blocks:
            sheet = self._sheet(name)
            used = self._used.pop(name) if name in self._used else sheet.used_range
            made = block(sheet, name, used, *self._needs.get(name, (1, 1)))
            if name in self._figures:
                made = looked_at(made, self._figures[name])
            self._blocks[name] = made
        return self._blocks[name]


def _cells(block: Block) -> Cells:
    return Cells(block.cell, block.formula, block.formulas, block.rows_in_use)


def _corners(found: xw.main.Table) -> TableCorners:
    covered = found.range
    top, left = covered.row, covered.column
    totals = 1 if found.show_totals else 0
    height, width = covered.shape
    return TableCorners(left, top, left + width - 1, top + height - 1 - totals, totals)


def _needs(spots: Iterable[Spot | None], tables: Iterable[Located]) -> dict[str, tuple[int, int]]:
    """The last row and column of each sheet that the form asks for."""
    ends = [(spot.sheet, spot.row, spot.column) for spot in spots if spot]
    ends += [(name, corners.bottom + corners.totals, corners.right) for name, corners in tables]
    needs: dict[str, tuple[int, int]] = {}
    for name, row, column in ends:
        bottom, right = needs.get(name, (1, 1))
        needs[name] = max(bottom, row), max(right, column)
    return needs


def _read(form: Form, spots: Iterable[Spot | None], sheets: Sequence[str]) -> dict[str, None]:
    """The sheets on which the form's names and tables are to be found."""
    homes = [sheet.name for sheet in form.sheet if sheet.tables]
    leading = [spot.sheet for spot in spots if spot]
    return dict.fromkeys(name for name in (*leading, *homes) if name in sheets)
