"""Cells of one row that hold equal figures: which of them the words behind the last figure say."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from docgen.naming.heads import ENDS, TOTALS
from docgen.naming.model import Printed
from docgen.naming.place import CLAUSE, EACH, NUMBER, OTHERS, PART, Place
from docgen.naming.totals import LINK
from workbook.viewing.words import bare_words

_FIGURE: Final = re.compile(
    r"(?<![第\d.,])\d[\d,.]*(?![\d.,]|\s*(?:年|月|日|季|级|号|届))"
    r"(?:[^\d，、,；。：:（）()]{0,3}(?=[，、,（(]))?"
)
_PURPOSES: Final = (  # by which words a head is known, and by which it is said
    (re.compile(r"预算"), re.compile(r"安排|预算|下达|批复")),
    (re.compile(r"执行|支出|决算"), re.compile(r"支出|用完|执行|使用|决算")),
)
_EACH: Final = re.compile(EACH)
_BEHIND: Final = 3  # letters behind a figure in which a head may end: 24人次


def told_apart(one: Printed, found: Sequence[Printed], place: Place) -> Printed | None:
    """A cell that was chosen, or another of its row that the words since the last figure say.

    None where they are new and say neither: in 应到36人，实际到会36人 the head of the first figure
    does not hold for the second. `found` are all cells that hold the figure.
    """
    others = [way for way in found if way.key != one.key and _is_beside(way, one)]
    if (told := _of_purpose([one, *others], place)) is not None:
        return told
    fresh = _since_the_last_figure(place, one.known_by[0])
    if not others or not fresh or place.paragraph.table is not None or OTHERS in fresh:
        return one
    said = f"{fresh}{place.after[:_BEHIND]}"
    if _is_said(one, others, said):
        return one
    meant = [way for way in others if _is_said(way, [one, *others], said)]
    return meant[0] if len({way.key for way in meant}) == 1 else None


def _of_purpose(ways: Sequence[Printed], place: Place) -> Printed | None:
    """The budget's cell behind 另安排, that of what was spent behind 支出: equal in one row."""
    own = PART.split(place.clause)[-1].replace(ways[0].known_by[0], "")
    own = NUMBER.split(own)[-1]
    said = [one for one, words in _PURPOSES if words.search(own)]
    if len(said) != 1 or place.paragraph.table is not None or len(ways) == 1:
        return None
    meant = [way for way in ways if said[0].search(way.known_by[-1])]
    return meant[0] if len({way.key for way in meant}) == 1 else None


def _is_beside(way: Printed, one: Printed) -> bool:
    is_in_row = len(way.known_by) > 1 and len(one.known_by) > 1
    return is_in_row and way.known_by[0] == one.known_by[0] and way.title == one.title


def _since_the_last_figure(place: Place, row: str) -> str:
    """What is new behind the last figure of the clause, "" where there is none before.

    The name of the row is one sign in it: 0-6岁儿童 has no figure.
    """
    clause = CLAUSE.split(place.before)[-1]
    clause = clause.replace(row, OTHERS) if row else clause
    figures = [*_FIGURE.finditer(clause)]
    if not figures or _EACH.search(clause):
        return ""
    words = clause[figures[-1].end() :]
    return words if LINK.sub("", bare_words(words)) else ""


def _is_said(way: Printed, others: Sequence[Printed], said: str) -> bool:
    """Whether letters of a cell's head that no other's and not the row's words have are said."""
    rest = [one.known_by[-1] for one in others if one.key != way.key]
    known = {pair for words in (way.known_by[0], *rest) for pair in _pairs(words)}
    return any(pair in said for pair in _pairs(way.known_by[-1]) - known)


def _pairs(words: str) -> set[str]:
    stem = ENDS.sub("", TOTALS.sub("", words) or words) or words
    return {one + two for one, two in pairwise(stem)} or {stem}
