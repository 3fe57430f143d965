"""The two cells of which a report may have calculated a figure: told together, or beside one."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from docgen.naming.heads import COMMON, TOTALS
from docgen.naming.model import Cell
from docgen.naming.place import Place

SENTENCE: Final = re.compile(r"[。；;！？]")
PRIOR: Final = re.compile(r"上一?年|去年|上期|上季|上月|同期|[年期月]初")
_TIMES: Final = re.compile(r"[期年月季][初末]|[上本]一?[期年月季]度?")
SURE: Final = 3  # digits of a figure of which one cell alone was told
_LEAST_NAME: Final = 4  # letters by which two cells have one name
_LAST: Final = 4  # figures of a sentence that are looked at


class Pair(NamedTuple):
    """Two cells, the first of which is divided by the other, or is what it has become."""

    one: Cell
    other: Cell


def told(place: Place) -> list[Cell]:
    """The single cells that were told in the sentence before a figure, the last ones."""
    start = len(place.before) - len(SENTENCE.split(place.before)[-1])
    by_key = {one.key: one for one in place.ways.cells}
    keys = [one.way.key for one in place.told if one.end > start]
    return [by_key[key] for key in dict.fromkeys(keys) if key in by_key][-_LAST:]


def in_sentence(cells: Sequence[Cell]) -> Iterator[Pair]:
    """Any two of the cells that a sentence told, in either order."""
    return (Pair(one, other) for one in cells for other in cells if one.key != other.key)


def in_rows(cells: Sequence[Cell], place: Place, figure: str) -> Iterator[Pair]:
    """A cell that was told with one of another time in its row, or 期末余额 with 期初余额."""
    if digits_of(figure) < SURE:
        return
    for one in cells:
        for other in place.ways.cells:
            if one.key == other.key or one.title != other.title or not _are_beside(one, other):
                continue
            if are_of_two_times(one, other, place):
                yield Pair(one, other)
            elif are_of_two_times(other, one, place):
                yield Pair(other, one)


def are_of_two_times(now: Cell, then: Cell, place: Place) -> bool:
    """Whether the words of one cell say that it is of a time before the other's."""
    return _is_prior(then, place) and not _is_prior(now, place)


def _are_beside(one: Cell, other: Cell) -> bool:
    """Whether two cells stand in one row, or in two that are called alike but for their time."""
    names = (one.known_by[0], other.known_by[0])
    if names[0] == names[1]:
        return len(one.known_by) > 1
    stems = [_TIMES.sub("", name) for name in names]
    return stems[0] == stems[1] != "" and one.known_by[1:] == other.known_by[1:]


def _is_prior(one: Cell, place: Place) -> bool:
    said, year = "".join(one.known_by), place.ways.year
    return PRIOR.search(said) is not None or (year is not None and f"{year - 1}年" in said)


def by_name(cells: Sequence[Cell], place: Place, figure: str) -> Iterator[Pair]:
    """The last cell told, of another time by its own name, with that of the same name of this one.

    上季度采购合同金额 stands alone, and 合同金额合计 below a list.
    """
    if not cells or digits_of(figure) < SURE or not _is_prior(cells[-1], place):
        return
    then = cells[-1]
    stem = PRIOR.sub("", then.known_by[0])
    for now in place.ways.cells:
        name = TOTALS.sub("", now.known_by[0])
        is_of_name = len(name) >= _LEAST_NAME and name in stem and not _is_prior(now, place)
        if is_of_name and name not in COMMON:
            yield Pair(now, then)


def digits_of(figure: str) -> int:
    """How many digits of a figure say something."""
    return len(figure.replace(",", "").replace(".", "").lstrip("-−0"))
