"""Borders of ranges."""

from collections.abc import Sequence
from typing import Any, Final

from xlwings import base_classes

from addin.calc.looks import border_lines
from addin.calc.notation import addresses
from addin.calc.notation.units import Colour
from addin.calc.places.model import Block
from addin.calc.program.bridge import struct

_UNSET: Final = base_classes._UNSET
_CELL_SIDES: Final = {
    "edge_top": "TopBorder2",
    "edge_bottom": "BottomBorder2",
    "edge_left": "LeftBorder2",
    "edge_right": "RightBorder2",
    "diagonal_down": "DiagonalTLBR2",
    "diagonal_up": "DiagonalBLTR2",
    "inside_vertical": "RightBorder2",
    "inside_horizontal": "BottomBorder2",
}
_TABLE_SIDES: Final = {
    "edge_top": "TopLine",
    "edge_bottom": "BottomLine",
    "edge_left": "LeftLine",
    "edge_right": "RightLine",
    "inside_vertical": "VerticalLine",
    "inside_horizontal": "HorizontalLine",
}
_BEYOND: Final = {  # where the neighbour is that shares a side, and what it calls that side
    "edge_top": (-1, 0, "edge_bottom"),
    "edge_bottom": (1, 0, "edge_top"),
    "edge_left": (0, -1, "edge_right"),
    "edge_right": (0, 1, "edge_left"),
}


class Border(base_classes.Border):
    """One side of a range; of several cells' lines it reads the first."""

    def __init__(self, borders: "Borders", side: str) -> None:
        self.borders = borders
        self.side = side

    @property
    def api(self) -> Any:
        """The border line as UNO's structure."""
        return self.borders.line(self.side)

    @property
    def line_style(self) -> str | None:
        """The kind of line; "none" where there is none."""
        return border_lines.style(self.api)

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        self.borders.set([self.side], line_style=value)

    @property
    def weight(self) -> str | None:
        """hairline, thin, medium or thick; None where there is no line."""
        return border_lines.weight(self.api)

    @weight.setter
    def weight(self, value: str) -> None:
        self.borders.set([self.side], weight=value)

    @property
    def color(self) -> "Colour | None":
        """The colour; None without a line and, as in Excel, for diagonals of several cells."""
        if self.side.startswith("diagonal") and len(self.borders.block) > 1:
            return None
        return border_lines.colour(self.api)

    @color.setter
    def color(self, value: Sequence[int]) -> None:
        self.borders.set([self.side], color=value)


class Borders(base_classes.Borders):
    """All sides of a range."""

    def __init__(self, block: Block) -> None:
        self.block = block

    @property
    def api(self) -> Any:
        """The range's TableBorder2."""
        return self.block.cells.TableBorder2

    def line(self, side: str) -> Any:
        """One side's line: that of the first cell on it, or what its neighbour draws there."""
        rows, columns = self.block.shape
        is_far = side in ("edge_bottom", "edge_right")
        cell = self.block(rows, columns) if is_far else self.block(1, 1)
        line = getattr(cell.cells, _CELL_SIDES[side])
        if border_lines.is_drawn(line) or side.startswith("diagonal"):
            return line
        side = {"inside_vertical": "edge_right", "inside_horizontal": "edge_bottom"}.get(side, side)
        down, right, theirs = _BEYOND[side]
        row, column = cell.row + down, cell.column + right
        if not (1 <= row <= addresses.MAX_ROWS and 1 <= column <= addresses.MAX_COLUMNS):
            return line
        return getattr(cell.sheet.block(row, column, 1, 1).cells, _CELL_SIDES[theirs])

    def __getitem__(self, key: str) -> Border:
        return Border(self, key)

    def _agreed(self, name: str) -> Any:
        """What the sides of the grid agree on; None where they differ."""
        rows, columns = self.block.shape
        sides = ["edge_top", "edge_bottom", "edge_left", "edge_right"]
        sides += ["inside_vertical"] * (columns > 1) + ["inside_horizontal"] * (rows > 1)
        found = {getattr(self[side], name) for side in sides}
        return found.pop() if len(found) == 1 else None

    line_style = property(lambda self: self._agreed("line_style"))
    weight = property(lambda self: self._agreed("weight"))
    color = property(lambda self: self._agreed("color"))

    def set(
        self,
        which: Any = "all",
        *,
        line_style: Any = _UNSET,
        weight: Any = _UNSET,
        color: Any = _UNSET,
    ) -> None:
        """Draw these sides; what is not given stays, or is thin, black and continuous."""
        for side in which:
            line = border_lines.changed(self.line(side), line_style, weight, color)
            if side.startswith("diagonal"):
                setattr(self.block.cells, _CELL_SIDES[side], line)
            else:
                self._draw(self.block, side, line)
                self._draw_beyond(side, line)

    @staticmethod
    def _draw(block: Block, side: str, line: Any) -> None:
        """Draw one side of the grid and leave the others as they are."""
        borders = struct("com.sun.star.table.TableBorder2")
        setattr(borders, _TABLE_SIDES[side], line)
        setattr(borders, f"Is{_TABLE_SIDES[side]}Valid", True)
        block.cells.TableBorder2 = borders

    def _draw_beyond(self, side: str, line: Any) -> None:
        """Draw the same line as the neighbours' side, so that both cells tell the same."""
        if side not in _BEYOND:
            return
        down, right, theirs = _BEYOND[side]
        row, column, rows, columns = self.block.area
        if down:
            row, rows = (row - 1 if down < 0 else row + rows), 1
        else:
            column, columns = (column - 1 if right < 0 else column + columns), 1
        if 1 <= row <= addresses.MAX_ROWS and 1 <= column <= addresses.MAX_COLUMNS:
            self._draw(self.block.sheet.block(row, column, rows, columns), theirs, line)
