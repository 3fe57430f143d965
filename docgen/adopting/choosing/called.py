"""The one cell that holds a figure, where the report calls its row by part of its name.

政府补助 is 政府补助收入, 工资福利支出占总支出 part of a longer name, 肉、禽、蛋 肉禽蛋类, and of
a row whose cells hold one figure the words say which: 上年结转支出 is what was spent. Nothing is
told here where cells of two rows hold the figure.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from docgen.adopting.choosing.telling import is_own_figure
from docgen.adopting.choosing.winning import is_of_row, keys_of
from docgen.naming.cells import in_one_word
from docgen.naming.heads import ENDS, TOTALS
from docgen.naming.model import Printed
from docgen.naming.place import CLAUSE, Place
from workbook.viewing.words import bare_words

_PIECES: Final = re.compile(r"[，；：:,;()（）。]|、(?=[^、]{3})")
_LISTED: Final = re.compile(r"(?<=[一-龥])、(?=[一-龥](?:、|$|[一-龥]?$))")  # 肉、禽、蛋
_KINDS: Final = re.compile(r"(?:类|收入|支出|资金|经费|费用)$")
_FLOWS: Final = re.compile(r"(?P<spent>支出|使用|执行|完成)$|(?P<planned>预算|安排|计划)$")
_SPENT: Final = re.compile(r"执行|支出|决算|完成|实际")
_PLANNED: Final = re.compile(r"预算|计划|安排")
_OF_NOW: Final = re.compile(r"^(?:本[年月期季]|当[年月期季]|金额|数额|全年|实际)")
_LEAST: Final = 3  # letters by which a name begins
_MANY: Final = 4  # letters of it in any order
_DIGITS: Final = 2  # of a figure that is no mere ordinal
_SURE: Final = 3  # digits where the head alone is that of the figure before


def of_called(figure: str, found: Sequence[Printed], place: Place) -> Printed | None:
    """The cell of the one row that is called by part of its name, None where none is for certain.

    `found` are all cells that hold the figure at the time and in the unit that are said.
    """
    if place.paragraph.table is not None or _digits(figure) < _DIGITS:
        return None
    own = [way for way in found if is_own_figure(figure, way) and not is_of_row(way)]
    if len({(way.title, way.known_by[0]) for way in own}) != 1:
        return None
    piece = _piece(place)
    if len(keys_of(own)) == 1 and _is_named_since(own[0], place) and _digits(figure) >= _SURE:
        return own[0]
    flow = None if _is_called(own[0].known_by[0], piece, place) else _FLOWS.search(piece)
    if flow and not _is_called(own[0].known_by[0], piece[: flow.start()], place):
        return None
    if not flow and not _is_called(own[0].known_by[0], piece, place):
        return None
    headed = [way for way in own if _is_headed(way, flow, place)]
    return headed[0] if len(keys_of(headed)) == 1 else None


def _digits(figure: str) -> int:
    return sum(map(str.isdigit, figure))


def _piece(place: Place) -> str:
    """What is said right before a figure, a list of single letters as one word."""
    return in_one_word(bare_words(_PIECES.split(_LISTED.sub("", place.before))[-1])).removesuffix(
        "的"
    )


def _is_called(name: str, piece: str, place: Place) -> bool:
    """Whether a piece is how a name begins, most letters of it, or ends with it but for its end."""
    names = place.ways.names
    if len(piece) >= _LEAST and name.startswith(piece):
        return not [one for one in names if one != name and one.startswith(piece)]
    stem = _KINDS.sub("", name)
    if len(stem) >= _LEAST and stem != name and piece.endswith(stem):
        return not [one for one in names if one != name and one.endswith(stem)]
    if len(piece) < _MANY or TOTALS.fullmatch(name):
        return False
    pairs = {a + b for a, b in pairwise(piece)}
    of_name = {a + b for a, b in pairwise(name)}
    is_part = not Counter(piece) - Counter(name) and 2 * len(pairs & of_name) >= len(pairs)
    others = [one for one in names if one != name and not Counter(piece) - Counter(one)]
    return is_part and not others


def _is_headed(way: Printed, flow: re.Match[str] | None, place: Place) -> bool:
    """Whether the words above a cell are those of its time, of what is said or of the last one."""
    if len(way.known_by) == 1:
        return True
    head = way.known_by[-1]
    if flow is not None:
        return (_SPENT if flow["spent"] else _PLANNED).search(head) is not None
    if place.last is not None and place.told[-1].end >= _start(place):
        return place.last.known_by[1:] == way.known_by[1:]
    year = place.ways.year
    return _OF_NOW.match(head) is not None or (year is not None and head.startswith(f"{year}年"))


def _start(place: Place) -> int:
    """Where the sentence of a figure begins."""
    return len(place.before) - len(CLAUSE.split(place.before)[-1])


def _is_named_since(way: Printed, place: Place) -> bool:
    """Whether a row is named behind the last figure of its column: 粮油居第3位，为16.7%."""
    last = place.told[-1] if place.told else None
    if last is None or len(way.known_by) == 1 or last.end < _start(place):
        return False
    since = in_one_word(bare_words(place.before[last.end :]))
    name = ENDS.sub("", way.known_by[0]) or way.known_by[0]
    others = [one for one in place.ways.names if one in since and one not in (*way.known_by, name)]
    is_column = last.way.known_by[1:] == way.known_by[1:] and last.way.title == way.title
    return is_column and len(name) > 1 and name in since and not others
