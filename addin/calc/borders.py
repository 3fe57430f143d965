"""Borders of ranges."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from xlwings import base_classes

from addin.calc import units
from addin.calc.bridge import struct

if TYPE_CHECKING:
    from addin.calc.block import Block

_UNSET: Final = base_classes._UNSET
_SIDES: Final = {
    "edge_top": "TopBorder2",
    "edge_bottom": "BottomBorder2",
    "edge_left": "LeftBorder2",
    "edge_right": "RightBorder2",
    "diagonal_down": "DiagonalTLBR2",
    "diagonal_up": "DiagonalBLTR2",
}
_INSIDE: Final = {"inside_vertical": "VerticalLine", "inside_horizontal": "HorizontalLine"}
_STYLES: Final = {
    "continuous": 0, "dot": 1, "dash": 2, "double": 3,
    "dash_dot": 16, "dash_dot_dot": 17, "slant_dash_dot": 16,
}  # fmt: skip
_STYLE_WORDS: Final = {0: "continuous", 1: "dot", 2: "dash", 3: "double", 14: "dash",
                       15: "double", 16: "dash_dot", 17: "dash_dot_dot"}  # fmt: skip
_WEIGHTS: Final = {"hairline": 2, "thin": 26, "medium": 62, "thick": 88}  # 1/100 mm
_MEDIUM: Final = 45


class Border(base_classes.Border):
    """One side of a range."""

    def __init__(self, borders: "Borders", side: str) -> None:
        self.borders = borders
        self.side = side

    @property
    def api(self) -> Any:
        """The border line as UNO's structure."""
        return self.borders.line(self.side)

    @property
    def line_style(self) -> str | None:
        """The kind of line; None where there is none."""
        line = self.api
        return _STYLE_WORDS.get(line.LineStyle, "continuous") if _is_drawn(line) else None

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        self.borders.set([self.side], line_style=value)

    @property
    def weight(self) -> str | None:
        """hairline, thin, medium or thick; None where there is no line."""
        return _weight(self.api)

    @weight.setter
    def weight(self, value: str) -> None:
        self.borders.set([self.side], weight=value)

    @property
    def color(self) -> units.Colour | None:
        """The colour; None where there is no line."""
        line = self.api
        return units.to_rgb(line.Color) if _is_drawn(line) else None

    @color.setter
    def color(self, value: Sequence[int]) -> None:
        self.borders.set([self.side], color=value)


class Borders(base_classes.Borders):
    """All sides of a range."""

    def __init__(self, block: "Block") -> None:
        self.block = block

    @property
    def api(self) -> Any:
        """The range's TableBorder2."""
        return self.block.cells.TableBorder2

    def line(self, side: str) -> Any:
        """One side's line."""
        if side in _INSIDE:
            return getattr(self.api, _INSIDE[side])
        rows, columns = self.block.shape
        corner = self.block(rows, columns) if side in ("edge_bottom", "edge_right") else None
        return getattr((corner or self.block(1, 1)).cells, _SIDES[side])

    def __getitem__(self, key: str) -> Border:
        return Border(self, key)

    def _agreed(self, name: str) -> Any:
        """What the six grid sides agree on; None where they differ."""
        found = {getattr(self[side], name) for side in self._present()}
        return found.pop() if len(found) == 1 else None

    def _present(self) -> list[str]:
        rows, columns = self.block.shape
        sides = ["edge_top", "edge_bottom", "edge_left", "edge_right"]
        sides += ["inside_vertical"] * (columns > 1) + ["inside_horizontal"] * (rows > 1)
        return sides

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
            line = _changed(self.line(side), line_style, weight, color)
            if side.startswith("diagonal"):
                setattr(self.block.cells, _SIDES[side], line)
            else:
                self._draw(side, line)

    def _draw(self, side: str, line: Any) -> None:
        """Draw one side of the grid and leave the others as they are."""
        field = _INSIDE.get(side) or side.removeprefix("edge_").title() + "Line"
        borders = struct("com.sun.star.table.TableBorder2")
        setattr(borders, field, line)
        setattr(borders, f"Is{field}Valid", True)
        self.block.cells.TableBorder2 = borders


def _is_drawn(line: Any) -> bool:
    return bool(line.LineWidth or line.OuterLineWidth or line.InnerLineWidth)


def _weight(line: Any) -> str | None:
    if not _is_drawn(line):
        return None
    width = max(line.LineWidth, line.OuterLineWidth)
    if width <= 10:
        return "hairline"
    return "thin" if width <= _MEDIUM else "medium" if width <= 75 else "thick"


def _changed(old: Any, line_style: Any, weight: Any, color: Any) -> Any:
    """A border line made from an old one and what is new about it."""
    line = struct("com.sun.star.table.BorderLine2")
    if line_style is None:
        return line
    was_drawn = _is_drawn(old)
    line.LineStyle = old.LineStyle if was_drawn else _STYLES["continuous"]
    if line_style is not _UNSET:
        line.LineStyle = _STYLES[line_style]
    word = weight if weight is not _UNSET else _weight(old) or "thin"
    line.LineWidth = line.OuterLineWidth = _WEIGHTS[word]
    if line.LineStyle == _STYLES["double"]:
        line.InnerLineWidth = line.LineDistance = _WEIGHTS[word]
        line.LineWidth = 3 * _WEIGHTS[word]
    line.Color = old.Color if was_drawn else 0
    if color is not _UNSET:
        line.Color = units.from_rgb(color)
    return line
