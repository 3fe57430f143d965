"""Figures of many digits that one cell alone holds, beside others of that cell's row or column."""

from collections.abc import Collection, Sequence
from typing import Final

from docgen.adopting.choosing.fitting import fits_around
from docgen.adopting.choosing.times import of_time
from docgen.adopting.choosing.winning import first_of_alike, keys_of
from docgen.naming.model import Printed, Ways
from docgen.naming.place import Place
from workbook.viewing.words import is_total

_MANY: Final = 5  # digits of a figure that two cells do not share by chance
_SOME: Final = 2  # letters of a row's name that are said however it is shortened


def sole(figure: str, found: Sequence[Printed], place: Place) -> Printed | None:
    """The one cell that holds a figure of many digits, whatever it is called.

    None where another cell holds it too, where unit or time are not the cell's, and where the
    name of its row is not even said in part: 卫健委135.20万元 may be 卫生健康委员会's.
    """
    if _digits(figure) < _MANY or len(keys_of(first_of_alike(found))) != 1:
        return None
    ways = of_time([way for way in found if fits_around(way, place)], place)
    return ways[0] if ways and _is_partly_said(ways[0], place) else None


def has_neighbour(way: Printed, others: Collection[str], ways: Ways) -> bool:
    """Whether one of other cells, by their keys, stands in a cell's row or column of the sheet."""
    lines = {key for line in ways.lines_of(way.key) for key in line}
    return not lines.isdisjoint({*others} - {way.key})


def _is_partly_said(way: Printed, place: Place) -> bool:
    """Whether letters of the name of a cell's row are said; a total has names of all kinds."""
    name = way.row.words if way.row else way.known_by[0]
    said = set(place.paragraph.text) & set(name)
    return is_total(name) or len(said) >= min(_SOME, len(set(name)))


def _digits(figure: str) -> int:
    """How many digits of a figure tell it apart: 5 of 135.20, 3 of 35100."""
    whole, _, decimals = figure.replace(",", "").lstrip("-−0").partition(".")
    return len(whole + decimals) if decimals else len(whole.rstrip("0"))
