"""A rectangle of cells: where it is, and the ways from it to other rectangles."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from xlwings import base_classes

from addin.calc import addresses
from addin.calc.bridge import struct

if TYPE_CHECKING:
    from addin.calc.ranges import Range
    from addin.calc.sheets import Sheet

_STEPS: Final = {
    "up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1),
    "u": (-1, 0), "d": (1, 0), "l": (0, -1), "r": (0, 1),
}  # fmt: skip


class Block(base_classes.Range):
    """A rectangle of cells of one sheet; rows and columns count from 1, and may be none."""

    def __init__(self, sheet: "Sheet", row: int, column: int, rows: int, columns: int) -> None:
        self.sheet = sheet
        self.options: dict[str, Any] = {}
        self._area = (row, column, rows, columns)
        self._cells: Any = None
        self._moves = sheet.book.moves

    @property
    def cells(self) -> Any:
        """The cell range of Calc; None where there are no cells."""
        if self._cells is None and len(self):
            row, column, rows, columns = self.area
            self._cells = self.sheet.api.getCellRangeByPosition(
                column - 1, row - 1, column + columns - 2, row + rows - 2
            )
        return self._cells

    api = cells

    def hold(self, cells: Any) -> None:
        """Take Calc's cells that are at hand: to ask for them is a dear call."""
        self._cells = cells

    @property
    def area(self) -> addresses.Area:
        """The rectangle as numbers; it moves along when rows or columns are inserted or deleted."""
        moves = self.sheet.book.moves
        if self._moves != moves:
            self._moves = moves
            if self._cells is not None:
                self._area = _numbers(self._cells.getRangeAddress())
        return self._area

    @property
    def row(self) -> int:
        """The first row's number."""
        return self.area[0]

    @property
    def column(self) -> int:
        """The first column's number."""
        return self.area[1]

    @property
    def shape(self) -> tuple[int, int]:
        """The numbers of rows and columns."""
        return self.area[2:]

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        """The sheet's name, and the rectangle."""
        return (self.sheet.name, *self.area)

    @property
    def cell_address(self) -> Any:
        """The first cell's address as UNO's structure."""
        return struct(
            "com.sun.star.table.CellAddress",
            Sheet=self.sheet.position,
            Column=self.column - 1,
            Row=self.row - 1,
        )

    @property
    def range_address(self) -> Any:
        """The rectangle's address as UNO's structure."""
        return self.cells.getRangeAddress()

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> "Range":
        """One cell, counted from the first; one number counts along the rows."""
        if column is None:
            line, place = divmod(row - 1, self.shape[1])
            row, column = line + 1, place + 1
        return self.sheet.block(self.row + row - 1, self.column + column - 1, 1, 1)

    @property
    def arg1_input(self) -> str:
        """The address without dollar signs; xlwings tells rows and columns by it."""
        return addresses.write(self.area, row_absolute=False, column_absolute=False)

    @property
    def address(self) -> str:
        """The absolute address, without the sheet."""
        return addresses.write(self.area)

    def get_address(
        self, row_absolute: bool = True, col_absolute: bool = True, external: bool = False
    ) -> str:
        """The address; `external` puts the book and the sheet before it."""
        own = addresses.write(self.area, row_absolute=row_absolute, column_absolute=col_absolute)
        if not external:
            return own
        return f"{addresses.quoted(self.sheet.name, self.sheet.book.name)}!{own}"

    @property
    def rows(self) -> "Range":
        """The same rectangle."""
        return self.sheet.block(*self.area)

    columns = rows

    @property
    def entire_rows(self) -> Any:
        """Calc's rows that the rectangle touches."""
        return self.cells.getRows()

    @property
    def entire_columns(self) -> Any:
        """Calc's columns that the rectangle touches."""
        return self.cells.getColumns()

    def end(self, direction: str) -> "Range":
        """The cell where Ctrl and an arrow key lead to from the first cell."""
        down, right = _STEPS[direction]
        line = self._line_towards(down, right)
        steps = _steps_to_end(line)
        if steps is None:
            return self._edge(down, right)
        return self.sheet.block(self.row + down * steps, self.column + right * steps, 1, 1)

    def _line_towards(self, down: int, right: int) -> list[bool]:
        """Which cells are filled, from the first cell on in one direction."""
        used = self.sheet.used_range
        last_row = max(self.row, used.row + used.shape[0] - 1)
        last_column = max(self.column, used.column + used.shape[1] - 1)
        left, top, bottom, end = self.column, self.row, self.row, self.column
        if down:
            top, bottom = (self.row, last_row) if down > 0 else (1, self.row)
        else:
            left, end = (self.column, last_column) if right > 0 else (1, self.column)
        area = self.sheet.api.getCellRangeByPosition(left - 1, top - 1, end - 1, bottom - 1)
        line = [text != "" for row in area.getFormulaArray() for text in row]
        return line if down + right > 0 else line[::-1]

    def _edge(self, down: int, right: int) -> "Range":
        row = {0: self.row, 1: addresses.MAX_ROWS, -1: 1}[down]
        column = {0: self.column, 1: addresses.MAX_COLUMNS, -1: 1}[right]
        return self.sheet.block(row, column, 1, 1)

    @property
    def current_region(self) -> "Range":
        """The filled rectangle around the first cell, up to blank rows and columns."""
        if self._is_alone:
            return self(1, 1)
        cursor = self.sheet.api.createCursorByRange(self(1, 1).cells)
        cursor.collapseToCurrentRegion()
        return self.sheet.of_area(cursor.getRangeAddress())

    @property
    def _is_alone(self) -> bool:
        """Whether the first cell and all its neighbours are blank: Calc's region would stray."""
        top, left = max(self.row - 1, 1), max(self.column - 1, 1)
        bottom = min(self.row + 1, addresses.MAX_ROWS)
        right = min(self.column + 1, addresses.MAX_COLUMNS)
        around = self.sheet.block(top, left, bottom - top + 1, right - left + 1)
        return not any(text for row in around.cells.getFormulaArray() for text in row)

    def within_used(self) -> "Range":
        """The part of the rectangle that lies in the sheet's used area."""
        used = self.sheet.used_range
        rows = min(self.row + self.shape[0], used.row + used.shape[0]) - self.row
        columns = min(self.column + self.shape[1], used.column + used.shape[1]) - self.column
        return self.sheet.block(self.row, self.column, max(rows, 0), max(columns, 0))


def _steps_to_end(line: Sequence[bool]) -> int | None:
    """How far the next end of filled cells is along a line; None where nothing more is filled."""
    if len(line) > 1 and line[0] and line[1]:
        return next((i for i, filled in enumerate(line) if not filled), len(line)) - 1
    return next((i for i, filled in enumerate(line) if i and filled), None)


def _numbers(area: Any) -> addresses.Area:
    """UNO's range address, which counts from 0, as a rectangle that counts from 1."""
    rows, columns = area.EndRow - area.StartRow + 1, area.EndColumn - area.StartColumn + 1
    return area.StartRow + 1, area.StartColumn + 1, rows, columns
