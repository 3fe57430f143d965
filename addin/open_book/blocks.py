"""The cells of a sheet as they were brought: one block of values, and what kind each is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import xlwings as xw
from msgspec import structs

from addin.open_book.cell_looks import Looks, looks_at_hand
from addin.open_book.program import is_com
from workbook.figures.cell_functions import CellError, excel_value
from workbook.reading.below import MORE_ROWS
from workbook.reading.snapshot import RawCell, classified, covered
from workbook.reading.spots import Spot
from workbook.xlsx.addresses import Corners, merge_over

MOST_CELLS: Final = 200_000  # that are brought whole; a stray cell can make a sheet use billions
# Errors that have a number in Calc and no name.
_NUMBERED: Final = re.compile(r"(?:Err|错误):\d{3}")


@dataclass(frozen=True, slots=True)
class Block:
    """The used cells of a sheet; rows and columns of the sheet begin at 1.

    `Block(sheet, "预算收支", top=9, left=3, rows=[[195.94], [171.74]])` holds C9:C10: `cell(10, 3)`
    is the figure 171.74 at C10, `cell(1, 1)` a blank cell. `looks` has the formats of all cells,
    or of the figures that the form asks for; None as long as nobody has asked.
    """

    sheet: xw.Sheet
    name: str
    top: int
    left: int
    rows: list[list[Any]]
    is_cut: bool = False
    looks: Looks | None = None

    @property
    def corners(self) -> Corners:
        """The rectangle of cells that was brought."""
        return Corners(self.left, self.top, self.left + len(self.rows[0]) - 1, self.bottom)

    @property
    def bottom(self) -> int:
        """The last row in use."""
        return self.top + len(self.rows) - 1

    def rows_in_use(self, first: int, last: int, _columns: Iterable[int]) -> range:
        """Rows from a first to a last one, none of them behind the last in use."""
        return range(first, min(last, self.bottom) + 1)

    def _value(self, row: int, column: int) -> Any:
        down, right = row - self.top, column - self.left
        inside = 0 <= down < len(self.rows) and 0 <= right < len(self.rows[down])
        return self.rows[down][right] if inside else None

    def text(self, row: int, column: int) -> str:
        """What a cell says, "" for a figure."""
        value = self._value(row, column)
        return value if isinstance(value, str) else ""

    def is_figure(self, row: int, column: int) -> bool:
        """Whether a cell holds a number."""
        value = self._value(row, column)
        return isinstance(value, int | float) and not isinstance(value, bool)

    def cell(self, row: int, column: int) -> RawCell:
        """The cell before the form has looked at it."""
        merged = self.looks.merged if self.looks else ()
        if merged and (over := merge_over(merged, row, column)):
            place = Spot(self.name, row, column).place
            return covered(place, over, is_blank=self._value(row, column) is None)
        value = excel_value(self._value(row, column))
        is_error = isinstance(value, CellError) or _is_numbered(value)
        kind, value = classified(str(value) if is_error else value, is_error=is_error)
        place = Spot(self.name, row, column).place
        shown = self.looks.formats.get((row, column), "") if self.looks else ""
        return RawCell(place, kind, value, number_format=shown)

    def exact_cell(self, row: int, column: int) -> RawCell:
        """Any cell of the sheet, with its format: for a figure that is a call or two."""
        inside = 0 <= row - self.top < len(self.rows) and column >= self.left
        inside = inside and column - self.left < len(self.rows[0])
        if self.is_cut and not inside:
            brought = _values(self.sheet.range((row, column)))
            return Block(self.sheet, self.name, row, column, brought).exact_cell(row, column)
        cell = self.cell(row, column)
        if cell.kind != "number" or cell.number_format:
            return cell
        shown = str(self.sheet.range(cell.place.address).number_format or "")
        return structs.replace(cell, number_format=shown)

    def formula(self, row: int, column: int) -> str:
        """The formula of a cell, asked for by itself: the block has only values."""
        return _formula(self.sheet.range((row, column)).formula)

    def formulas(self, rows: Sequence[int], column: int) -> list[str]:
        """The formulas of some rows in a column, all between them brought in one call."""
        if not rows:
            return []
        first, last = rows[0], rows[-1]
        brought: Any = self.sheet.range((first, column), (last, column)).formula
        if first == last:
            return [_formula(brought)]
        return [_formula(brought[row - first][0]) for row in rows]


def _formula(told: Any) -> str:
    """A cell's formula, "" for none: Excel and Calc tell what was typed where none stands."""
    return told if isinstance(told, str) and told.startswith("=") else ""


def _is_numbered(value: Any) -> bool:
    return isinstance(value, str) and _NUMBERED.fullmatch(value) is not None


def block(sheet: xw.Sheet, name: str, used: xw.Range, bottom: int, right: int) -> Block:
    """The used cells; of a sheet that uses too many, down to and as far as the form needs any."""
    is_cut = used.shape[0] * used.shape[1] > MOST_CELLS
    if is_cut:
        last = min(used.last_cell.row, bottom + MORE_ROWS), min(used.last_cell.column, right)
        used = sheet.range((used.row, used.column), last)
    looks = looks_at_hand(used)  # with the values, and before they are read
    return Block(sheet, name, used.row, used.column, _values(used), is_cut, looks)


def _values(cells: xw.Range) -> list[list[Any]]:
    """The rows of values; money, which Excel cuts to four decimals, as the cell holds it."""
    rows: list[list[Any]] = cells.options(ndim=2, err_to_str=True).value
    if not is_com(cells.sheet.book) or not any(isinstance(v, Decimal) for row in rows for v in row):
        return rows
    uncut: Any = cells.api.Value2
    uncut = uncut if isinstance(uncut, tuple) else ((uncut,),)
    return [
        [plain if isinstance(value, Decimal) else value for value, plain in zip(*pair, strict=True)]
        for pair in zip(rows, uncut, strict=True)
    ]
