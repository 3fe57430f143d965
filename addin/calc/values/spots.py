"""Single cells inside of a block that Calc hands over whole."""

from collections.abc import Iterator
from typing import Any, NamedTuple


class Spot(NamedTuple):
    """A cell of a block, counted from its first."""

    row: int
    column: int


def spots(area: Any, whole: Any) -> Iterator[Spot]:
    """The cells of an area as they are counted in the whole block; both are UNO addresses."""
    for row in range(area.StartRow - whole.StartRow, area.EndRow - whole.StartRow + 1):
        for column in range(
            area.StartColumn - whole.StartColumn, area.EndColumn - whole.StartColumn + 1
        ):
            yield Spot(row, column)
