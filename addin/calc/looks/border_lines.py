"""A border's line: Calc's structure, and xlwings' words for it."""

from typing import Any, Final

from xlwings import base_classes

from addin.calc.notation import units
from addin.calc.program.bridge import struct

_UNSET: Final = base_classes._UNSET
_NUMBERS: Final = {
    "continuous": 0, "dot": 1, "dash": 2, "double": 3,
    "dash_dot": 16, "dash_dot_dot": 17, "slant_dash_dot": 16,
}  # fmt: skip
_WORDS: Final = {
    0: "continuous", 1: "dot", 2: "dash", 3: "double", 14: "dash",
    15: "double", 16: "dash_dot", 17: "dash_dot_dot",
}  # fmt: skip
_WIDTHS: Final = {"hairline": 2, "thin": 26, "medium": 53, "thick": 88}  # 1/100 mm
# Calc has no slanted line: ours is one of dashes and dots, wider than a medium one.
_SLANTED: Final = 62
_SLANTED_FROM: Final = 58
_LIMITS: Final = ((10, "hairline"), (40, "thin"), (75, "medium"))
_DOUBLE: Final = "double"


def is_drawn(line: Any) -> bool:
    """Whether there is a line at all."""
    return bool(line.LineWidth or line.OuterLineWidth or line.InnerLineWidth)


def style(line: Any) -> str:
    """The kind of line; "none" where there is none."""
    if not is_drawn(line):
        return "none"
    word = _WORDS.get(line.LineStyle, "continuous")
    is_slanted = word == "dash_dot" and line.LineWidth >= _SLANTED_FROM
    return "slant_dash_dot" if is_slanted else word


def weight(line: Any) -> str | None:
    """hairline, thin, medium or thick, as Excel tells it; None where there is no line."""
    if not is_drawn(line):
        return None
    if style(line) == _DOUBLE:
        return "thick"
    return next((word for limit, word in _LIMITS if line.LineWidth <= limit), "thick")


def colour(line: Any) -> units.Colour | None:
    """The colour; None where there is no line."""
    return units.to_rgb(line.Color) if is_drawn(line) else None


def changed(old: Any, line_style: Any, line_weight: Any, line_colour: Any) -> Any:
    """A line made from an old one and what is new about it; the style wins over the weight."""
    line = struct("com.sun.star.table.BorderLine2")
    if line_style is None:
        return line
    before = style(old) if is_drawn(old) else "continuous"
    chosen = before if line_style is _UNSET else line_style
    if line_style is _UNSET and line_weight == "thick" and before != _DOUBLE:
        chosen = "continuous"  # Excel draws no other thick line
    word = line_weight if line_weight is not _UNSET else weight(old) or "thin"
    if chosen not in ("continuous", _DOUBLE) and word in ("thick", "hairline"):
        word = "thin"
    line.LineStyle = _NUMBERS[chosen]
    line.LineWidth = line.OuterLineWidth = _SLANTED if chosen == "slant_dash_dot" else _WIDTHS[word]
    if chosen == _DOUBLE:
        line.LineWidth, line.OuterLineWidth = 79, 26
        line.InnerLineWidth = line.LineDistance = 26
    line.Color = old.Color if is_drawn(old) else 0
    if line_colour is not _UNSET:
        line.Color = units.from_rgb(line_colour)
    return line
