"""The cell of a figure whose row or head stands elsewhere: in a list of names, before 中，.

县级储备中，小麦16290吨，早籼稻6810吨 has the upper head once, 甲、乙、丙分别为5、6、7 all rows.
"""

import re
from collections.abc import Sequence
from typing import Final

from docgen.adopting.choosing.telling import is_own_figure
from docgen.adopting.choosing.times import of_time
from docgen.adopting.choosing.winning import keys_of
from docgen.naming.cells import in_one_word
from docgen.naming.heads import COMMON, TOTALS, TURNS
from docgen.naming.model import Printed
from docgen.naming.place import EACH, NUMBER, Place
from workbook.viewing.words import bare_words

_LEAD: Final = re.compile(r"^(?:其中[，,：:]?)?(?P<lead>[一-龥]{2,10})(?:中|里|方面)[，,：:]")
_SENTENCE: Final = re.compile(r"[。；;!！?？]")
_PIECES: Final = re.compile(r"[，,、：:]")
_AND: Final = re.compile(r"[、和及与]")
_LIST: Final = re.compile(rf"(?P<names>[^，,；;。：:]*){EACH}(?P<figures>[^；;。]*)$")
_LEAST: Final = 2  # letters of a name, and names of a list
_SURE: Final = 4  # digits of a figure that its row alone tells


def of_led(figure: str, found: Sequence[Printed], place: Place) -> Printed | None:
    """The one cell of these that such words tell, None where it is not certain."""
    if place.paragraph.table is not None:
        return None
    own = of_time(found, place)
    sentence = _SENTENCE.split(place.before)[-1]
    if (told := _LIST.search(sentence)) is not None:
        return _of_list(figure, own, place, told)
    lead = _LEAD.match(sentence)
    if lead is None:
        return None
    piece = in_one_word(bare_words(_PIECES.split(sentence[lead.end() :])[-1]))
    meant = [
        way
        for way in own
        if way.row is None and _is_under(in_one_word(lead["lead"]), piece, way, place)
    ]
    return meant[0] if len(keys_of(meant)) == 1 else None


def of_ended(figure: str, found: Sequence[Printed], place: Place) -> Printed | None:
    """The only cell that holds a figure, where the lower of its two heads ends what is said.

    全校用午餐的931人 of 就餐人数午餐 in the row 合计, or in that which the clause names.
    """
    own = [way for way in found if is_own_figure(figure, way) and len(way.known_by) > 1]
    is_small = sum(map(str.isdigit, figure)) < _LEAST
    if len(keys_of(found)) != 1 or not own or own[0].row or is_small:
        return None
    row, head = own[0].known_by[0], own[0].known_by[-1]
    piece = in_one_word(bare_words(_PIECES.split(place.before)[-1])).removesuffix("的")
    ends = (head[at:] for at in range(_LEAST, len(head) - 1) if head[at - 1] not in TURNS)
    end = next((one for one in ends if piece.endswith(one) and one not in COMMON), "")
    others = [one for one, _ in place.ways.heads if end and one != head and one.endswith(end)]
    rows = place.ways.rows_of.get(own[0].title, frozenset())
    named = {one for one in rows if one in place.clause and not TOTALS.fullmatch(one)}
    is_row = named == {row} or (not named and TOTALS.fullmatch(row) is not None)
    return own[0] if end and not others and is_row else None


def _is_under(lead: str, piece: str, way: Printed, place: Place) -> bool:
    """Whether a cell of the row 合计 stands under the one head that has a lead and a piece."""
    head = way.known_by[-1]
    if len(way.known_by) == 1 or len(piece) < _LEAST or not TOTALS.fullmatch(way.known_by[0]):
        return False
    heads = {one for one, _ in place.ways.heads if one.startswith(lead) and one != lead}
    meant = {one for one in heads if {*piece} <= {*one[len(lead) :]}}
    return meant == {head}


def _of_list(
    figure: str, own: Sequence[Printed], place: Place, told: re.Match[str]
) -> Printed | None:
    names = [in_one_word(bare_words(one)) for one in _AND.split(told["names"])]
    number = len(NUMBER.findall(told["figures"]))
    if len(names) < _LEAST or number >= len(names):
        return None
    rows = {way.known_by[0] for way in own if len(way.known_by) > 1}
    last = max((one for one in place.ways.names if names[-1].startswith(one)), key=len, default="")
    measure = names[-1].removeprefix(last) if last else ""
    name = last if number == len(names) - 1 else names[number]
    if not last or name not in rows:
        return None
    ways = [way for way in own if way.known_by[0] == name and len(way.known_by) > 1]
    if measure:
        ways = [way for way in ways if measure in way.known_by[-1]]
    elif place.last is not None:
        heads = place.last.known_by[1:]
        ways = [way for way in ways if way.known_by[1:] == heads] or ways
    is_told = bool(measure) or sum(map(str.isdigit, figure)) >= _SURE
    ways = [way for way in ways if is_own_figure(figure, way)]
    return ways[0] if is_told and len(keys_of(ways)) == 1 else None
