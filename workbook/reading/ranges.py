"""References and tables on a sheet of cells, the same for a file and for a live book."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from workbook.findings.place import Place
from workbook.form.model import ROW_ORDER, Table
from workbook.reading.cell_formulas import asks_ours
from workbook.reading.snapshot import RawCell, RawTable
from workbook.xlsx.addresses import MOST_COLUMNS, MOST_ROWS, address_of, column_number

_REFERENCE = re.compile(r"=?(?:'((?:[^']|'')+)'|([^'!\[\]]+))!\$?([A-Z]{1,3})\$?(\d{1,7})")

CellAt = Callable[[int, int], RawCell]


class Cells(NamedTuple):
    """What stands in the cells of a sheet, and by what formula, "" for none.

    `formulas` are those of some rows in one column, which a running program brings in one call.
    """

    at: CellAt
    formula: Callable[[int, int], str]
    formulas: Callable[[Sequence[int], int], Sequence[str]]


class TableCorners(NamedTuple):
    """The cells that a table covers, its rows of totals left out; rows and columns begin at 1.

    A table over B5:D35 whose last row is one of totals: `TableCorners(2, 5, 4, 34, totals=1)`.
    """

    left: int
    top: int
    right: int
    bottom: int
    totals: int


class Spot(NamedTuple):
    """One cell by sheet, row and column, which begin at 1."""

    sheet: str
    row: int
    column: int

    @property
    def place(self) -> Place:
        """The cell as findings name it."""
        return Place(self.sheet, address_of(self.row, self.column))


def referred(reference: str) -> Spot | None:
    """The one cell that a defined name's `=预算收支!$C$9` leads to, None for anything else."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column, row = column_number(match[3]), int(match[4])
    if column > MOST_COLUMNS or not 0 < row <= MOST_ROWS:
        return None
    return Spot((match[1] or match[2]).replace("''", "'"), row, column)


def raw_table(
    table: Table,
    sheet: str,
    corners: TableCorners,
    cells: Cells,
    rows: Callable[[Iterable[int]], Iterable[int]],
) -> RawTable:
    """The columns that the form asks for; `rows` gives the rows in use of those columns."""
    left, top, right, bottom, totals = corners
    cell = cells.at
    headers = tuple(_words(cell(top, column)) for column in range(left, right + 1))
    keys = {column.key for column in table.column}
    known = {word for word in keys if headers.count(word) == 1}
    columns = {word: left + index for index, word in enumerate(headers) if word in known}
    in_use = list(rows(columns.values()))
    filled = tuple(_row(cell, row, columns) for row in in_use)
    for column in (one.key for one in table.column if one.follows and one.key in columns):
        filled = tuple(_with_formulas(filled, column, cells, columns[column], in_use))
    order = left + headers.index(ROW_ORDER) if ROW_ORDER in headers else None
    numbers = tuple(cell(row, order) for row in in_use) if order else ()
    # A table made smaller leaves the formulas of its last rows behind.
    asked = {one.key: columns[one.key] for one in table.asked if one.key in columns}
    below = tuple(_below(cells, bottom + totals, asked))
    return RawTable(Spot(sheet, top, left).place, headers, filled, below, numbers)


def _words(cell: RawCell) -> str:
    return "" if cell.value is None else str(cell.value).strip()


def _row(cell: CellAt, row: int, columns: Mapping[str, int]) -> dict[str, RawCell]:
    return {key: cell(row, column) for key, column in columns.items()}


def _with_formulas(
    filled: Sequence[dict[str, RawCell]],
    key: str,
    cells: Cells,
    column: int,
    rows: Sequence[int],
) -> Iterator[dict[str, RawCell]]:
    """The rows, each cell of one column with its formula."""
    formulas = cells.formulas(rows, column)
    for row, formula in zip(filled, formulas, strict=True):
        yield {**row, key: replace(row[key], formula=formula if formula[:1] == "=" else "")}


def _below(cells: Cells, bottom: int, columns: Mapping[str, int]) -> Iterator[RawCell]:
    """Rows typed right under the table, which did not grow to take them in.

    A formula that asks our functions there checks the table and is no row of it. Formulas are asked
    for only where something stands: of an open book each is a call.
    """
    for row in range(bottom + 1, MOST_ROWS + 1):
        found = {column: cells.at(row, column) for column in columns.values()}
        typed = {column: one for column, one in found.items() if one.kind != "blank"}
        if not typed:
            return
        # One finding for each row is enough, whatever else stands in it.
        yield from islice(
            (one for column, one in typed.items() if not asks_ours(cells.formula(row, column))), 1
        )
