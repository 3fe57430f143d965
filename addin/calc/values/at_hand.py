"""What Calc brought of a block together with others, in one call for all of them."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from addin.calc.notation.number_formats import Formats

Rectangle = tuple[int, int, int, int]  # first column and row, last column and row, from 1
Looks = tuple[list[tuple[str, Rectangle]], list[Rectangle]]  # formats with their cells, merged


class FormatArea(NamedTuple):
    """A rectangle of cells with the key of their number format; rows and columns from 0."""

    key: int
    left: int
    top: int
    right: int
    bottom: int


class Failed(NamedTuple):
    """A formula that ended in an error: where, from 0, Calc's number and text of the error."""

    column: int
    row: int
    number: int
    text: str
    formula: str


class Merged(NamedTuple):
    """Cells that are shown as one, by their first and last column and row, from 0."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class AtHand:
    """The data of a block as `getDataArray` gives them, and what else reading asks of its cells."""

    data: tuple[tuple[Any, ...], ...]
    formats: tuple[FormatArea, ...]
    failed: tuple[Failed, ...]
    merged: tuple[Merged, ...]


def at_hand(brought: tuple[Any, ...] | None) -> AtHand | None:
    """What the job in LibreOffice brought of a block; None where the cells were too many."""
    if brought is None:
        return None
    data, formats, failed, merged = brought
    return AtHand(
        data,
        tuple(FormatArea(*one) for one in formats),
        tuple(Failed(*one) for one in failed),
        tuple(Merged(*one) for one in merged),
    )


def looks(held: AtHand, formats: Formats) -> Looks:
    """The number formats in Excel's notation and the merged cells, by rows and columns from 1."""
    shown = [(formats.text(one.key), _from_one(*one[1:])) for one in held.formats]
    return shown, [_from_one(*one) for one in held.merged]


def _from_one(left: int, top: int, right: int, bottom: int) -> Rectangle:
    return left + 1, top + 1, right + 1, bottom + 1
