"""The cell of a figure in a list, told by the figures of the list on both sides of it.

中央资金191.55万元、省级82.7万元、县级配套44.5万元、村级自筹14.19万元 are four cells of one row.
The last is called 其他资金 there: it holds the figure, and comes right behind the third. A row that
is shortly called, 广告21.5万元 of 广告收入, is in the column of those beside it.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from docgen.adopting.choosing.telling import is_of_another_thing, is_own_figure
from docgen.adopting.choosing.winning import keys_of
from docgen.naming.akin import is_another_named, is_anothers
from docgen.naming.cells import in_one_word
from docgen.naming.heads import COMMON, TOTALS
from docgen.naming.model import Printed
from docgen.naming.place import Place, Told
from workbook.reading.spots import Spot
from workbook.viewing.words import bare_words

_SENTENCE: Final = re.compile(r"[。！？]")
_PIECES: Final = re.compile(r"[，、；：:,;()（）。]")
_LINKS: Final = re.compile(r"(?:其中|其余|分别|为|是|达到?|仅|共|约|有|的|和|及|与|以及)+")
_UNIT: Final = re.compile(r"^(?:[亿万千]?元|%|[个名户人台辆件次吨亩所座][次]?)(?:的|为|是|属于?)?")
_FIGURE: Final = re.compile(r"\d[\d,.]*")
_REST: Final = re.compile(r"其[他它余]")
_LEAST: Final = 2  # digits of a figure that is no mere ordinal, letters of a name
_SURE: Final = 3  # digits of one that is akin to its cell by two letters
_BESIDE: Final = 2  # cells of the list in one line, where the figure's words tell nothing


class Beside(NamedTuple):
    """The cells told before a figure in its sentence and behind it, the nearest last and first."""

    before: Sequence[Printed]
    behind: Sequence[Printed]


def aligned(
    figure: str, found: Sequence[Printed], place: Place, behind: Sequence[Told]
) -> Printed | None:
    """The one cell that the figures beside it tell, None where none or several may be meant.

    `found` are the cells that hold the figure in the unit and of the time that are said; `behind`
    are the figures told after it in the paragraph.
    """
    digits = sum(map(str.isdigit, figure.lstrip("-−0.")))
    if place.paragraph.table is not None or digits < _LEAST:
        return None
    beside = _beside(figure, place, behind)
    told = {one.key for one in (*beside.before, *beside.behind)}
    own = [way for way in found if is_own_figure(figure, way) and way.key not in told]
    own = [way for way in own if _is_free(way, place) and not is_of_another_thing(way, place)]
    if not own or not (beside.before or beside.behind):
        return None
    for is_told in (_of_row_said, _in_order, _akin):
        if is_told is _akin and digits < _SURE:
            continue
        meant = [way for way in own if is_told(way, place, beside)]
        if meant:
            return meant[0] if len(keys_of(meant)) == 1 else None
    return None


def _is_free(way: Printed, place: Place) -> bool:
    """Whether no other cell is named before a figure, or this one's row or head begins there too.

    早籼稻 may be another sheet's row, and 早籼 the head of this cell.
    """
    said = _own_words(place)
    names = (way.known_by[0], way.lowest or way.known_by[-1])
    if any(len(one) >= _LEAST and said.startswith(one) for one in names):
        return True
    return not (is_anothers(way, place) or is_another_named(way, place))


def _beside(figure: str, place: Place, behind: Sequence[Told]) -> Beside:
    """The cells told in the sentence of a figure."""
    start = len(place.before) - len(_SENTENCE.split(place.before)[-1])
    end = len(place.before) + len(figure) + len(_SENTENCE.split(place.after)[0])
    before = [one.way for one in place.told if one.end > start]
    return Beside(before, [one.way for one in behind if one.end <= end])


def _of_row_said(way: Printed, place: Place, beside: Beside) -> bool:
    """Whether a row is said before a figure or behind it, and the column is that of those beside.

    So is the row of the figure before it where no other is said: 寄宿生补助265人、165625元.
    """
    if len(way.known_by) == 1:
        return False
    spots, others = place.ways.spots, [*beside.before, *beside.behind]
    spot = spots.get(way.key)
    is_column = any(
        _is_in_column(spot, spots.get(one.key)) and one.unit == way.unit for one in others
    )
    return is_column and (_is_row_said(way, place) or _is_row_of_last(way, place, beside))


def _is_in_column(spot: Spot | None, other: Spot | None) -> bool:
    if spot is None or other is None:
        return False
    return (spot.sheet, spot.column) == (other.sheet, other.column) and spot.row != other.row


def _is_row_said(way: Printed, place: Place) -> bool:
    name = way.known_by[0]
    if _behind(place.after).startswith(name):
        return True
    said = _own_words(place)
    if len(said) < _LEAST or said in COMMON:
        return False
    others = [one for one in place.ways.names if one != name and one.startswith(said)]
    return name.startswith(said) and not others


def _is_row_of_last(way: Printed, place: Place, beside: Beside) -> bool:
    if not beside.before or _own_words(place):
        return False
    last = beside.before[-1]
    return last.known_by[0] == way.known_by[0] and last.title == way.title and last.key != way.key


def _in_order(way: Printed, place: Place, beside: Beside) -> bool:
    """Whether a cell comes in its line where the figure does in the list.

    It stands between the cells before and behind it, or right next to one of them, where nothing
    else of the line is told on its other side. Words that are none of the cell's, and those of
    something else, 贷款 of 省级补助, are of a cell of all that has no name: 其他资金.
    """
    if not _is_said_so(way, place, beside):
        return False
    least = 1 if _is_akin_to(way, place, beside) else _BESIDE
    return any(_comes(way.key, line, beside, least) for line in place.ways.lines_of(way.key))


def _is_said_so(way: Printed, place: Place, beside: Beside) -> bool:
    """Whether no other words are said of a figure than the cell's, or it is that of the rest."""
    said = _own_words(place) or _behind(place.after.removeprefix(way.unit))
    names = "".join(way.known_by)
    is_own = len(said) < _LEAST or {*said} <= {*names} or _is_akin_to(way, place, beside)
    return is_own or _REST.search(names) is not None


def _comes(key: str, line: Sequence[str], beside: Beside, least: int) -> bool:
    told = {one.key for one in (*beside.before, *beside.behind)} & {*line} - {key}
    at = line.index(key)
    last = [line.index(one.key) for one in beside.before[-1:] if one.key in line]
    following = [line.index(one.key) for one in beside.behind[:1] if one.key in line]
    if len(told) < least:
        return False
    if last and following:
        return last[0] < at < following[0]
    return at - 1 in last or at + 1 in following


def _akin(way: Printed, place: Place, beside: Beside) -> bool:
    """Whether letters of a cell's name are said, and a figure beside it is of the same line."""
    nearest = {one.key for one in (*beside.before[-1:], *beside.behind[:1])}
    is_line = any(not nearest.isdisjoint(line) for line in place.ways.lines_of(way.key))
    return is_line and _is_akin_to(way, place, beside)


def _is_akin_to(way: Printed, place: Place, beside: Beside) -> bool:
    """Whether two letters of a cell's name are said which those right beside it have not."""
    nearest = (*beside.before[-1:], *beside.behind[:1])
    others = {pair for one in nearest if one.key != way.key for pair in _pairs(one)}
    pairs = _pairs(way) - others - COMMON
    said = (_own_words(place), _behind(place.after))
    return any(pair in words for pair in pairs for words in said)


def _own_words(place: Place) -> str:
    """The words of a figure's own piece, without those that only link it."""
    piece = _PIECES.split(place.before)[-1]
    piece = _FIGURE.split(piece)[-1]
    return in_one_word(bare_words(_LINKS.sub("", piece)))


def _behind(after: str) -> str:
    """The words behind a figure and its unit, to the end of its piece."""
    return in_one_word(_PIECES.split(_UNIT.sub("", after))[0])


def _pairs(way: Printed) -> set[str]:
    return {a + b for name in way.known_by for a, b in pairwise(TOTALS.sub("", name))}
