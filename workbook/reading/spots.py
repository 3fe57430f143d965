"""Where names and tables lie, and how the cells of a sheet are asked for."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from workbook.findings.place import Place
from workbook.reading.snapshot import RawCell
from workbook.xlsx.addresses import MOST_COLUMNS, MOST_ROWS, address_of, column_number

_REFERENCE = re.compile(r"=?(?:'((?:[^']|'')+)'|([^'!\[\]]+))!\$?([A-Z]{1,3})\$?(\d{1,7})")

CellAt = Callable[[int, int], RawCell]
Rows = Callable[[int, int, Iterable[int]], Iterable[int]]


class Cells(NamedTuple):
    """What stands in the cells of a sheet, and by what formula, "" for none.

    `formulas` are those of some rows in one column, which a running program brings in one call;
    `rows` those in use of some columns, from a first to a last one.
    """

    at: CellAt
    formula: Callable[[int, int], str]
    formulas: Callable[[Sequence[int], int], Sequence[str]]
    rows: Rows


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
