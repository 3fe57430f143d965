"""Whether the words before a figure are a cell's own, or another's."""

import re
from collections.abc import Collection
from itertools import pairwise
from typing import Final

from docgen.naming.cells import in_one_word
from docgen.naming.heads import COMMON, ENDS, MEASURED, TOTALS, is_change
from docgen.naming.model import Printed
from docgen.naming.place import CLAUSE, EACH, LEAST_HEAD, Place
from docgen.naming.totals import LINK, NEAR, PIECES, TOTALS_OF, is_of_title, is_whole_said
from workbook.viewing.words import bare_words

_ALL: Final = re.compile(r"全[县市镇乡区局校院省村馆厂社]|[共总]|合计")

_EACH: Final = re.compile(EACH)
_LINKED: Final = re.compile(rf"(?:{LINK.pattern}|了)$")
_COMPARED: Final = tuple("占比较与同对按")  # before what a figure is compared with


def is_anothers(way: Printed, place: Place) -> bool:
    """Whether the words right before a figure are the whole name of another cell, or of a row."""
    said = place.said
    if _is_all_said(way, place):
        return False
    own = {*way.known_by, *(ENDS.sub("", one) for one in way.known_by)}
    own |= {way.row.words, way.row.of} if way.row else set()
    own |= {MEASURED.sub("", one) for one in way.known_by if way.unit}
    mine = max((len(one) for one in own if said.endswith(one)), default=0)
    others = [one for one in place.names if one not in own and not TOTALS.fullmatch(one)]
    others = [one for one in others if one != way.lowest]  # 到位资金 below 到位情况
    if any(len(one) > mine and said.endswith(one) for one in others):
        return True
    if _is_another_linked(own, others, way, place):
        return True
    parts = {row for row in place.rows if any(row in one for one in own if one and one in said)}
    return not own.issuperset({*place.rows} - parts)  # 满意度 is part of 群众满意度


def _is_another_linked(
    own: Collection[str], others: Collection[str], way: Printed, place: Place
) -> bool:
    """Whether another cell's whole name, or the whole head of another column, is what is linked.

    差旅费达到5万元 is no 办公费, 基本支出预算数为5万元 no 决算数. 占预算数的5% may be any rate.
    """
    heads = {head for head, _ in place.ways.heads if len(head) > LEAST_HEAD} - {*own}
    if way.divided_by or way.direction or way.unit == "%" or len(way.known_by) < LEAST_HEAD:
        heads = set()
    said, is_headed = place.said, False
    while said:
        mine = max((one for one in own if one and said.endswith(one)), key=len, default="")
        ends = [one for one in (*others, *heads) if said.endswith(one)]
        longest = max(ends, key=len, default="")
        if len(longest) > len(mine):
            return not said.removesuffix(longest).endswith(_COMPARED)
        if mine and (is_headed or mine not in way.known_by[1:]):
            return False
        link = _LINKED.search(said)
        if not mine and link is None:
            return False
        is_headed = is_headed or bool(mine)
        said = said.removesuffix(mine) if mine or link is None else said[: link.start()]
    return False


def _is_all_said(way: Printed, place: Place) -> bool:
    """Whether the words right before a figure are all of a cell's own, in another order.

    食材支出合计 is 支出食材 in the row 合计, though another sheet has a cell 支出合计.
    """
    piece = bare_words(PIECES.split(place.before)[-1])
    name = "".join(way.known_by)
    return len(way.known_by) > 1 and sorted(piece) == sorted(name)


def is_akin(way: Printed, place: Place) -> bool:
    """Whether two letters of a cell's own words, no mere 收入 or 人数, are said before a figure.

    A figure of many digits is another's by chance all the same: 上级拨付专项资金 is no 业务收入.
    """
    near = in_one_word(bare_words(PIECES.split(place.before)[-1][-NEAR:]))
    if is_change(way, place) or is_whole_said(way, near, place.after):
        return True
    pairs = {a + b for words in way.known_by for a, b in pairwise(words)}
    around = near + "".join(map(bare_words, place.paragraph.before))
    is_total = any(near.endswith(pair) for pair in pairs & TOTALS_OF)
    is_own = any(pair in around for pair in pairs - COMMON - TOTALS_OF)
    return is_total or is_own or is_of_title(way, place)


def is_another_named(way: Printed, place: Place) -> bool:
    """Whether another row of a cell's table is named right before a figure, and its own is not.

    2148.63 beside 通用设备 is no 专用设备, though only that holds it.
    """
    beside = in_one_word("".join(map(bare_words, place.paragraph.before[:1])))
    near = in_one_word(bare_words(PIECES.split(place.before)[-1]))
    start = len(place.before) - len(CLAUSE.split(place.before)[-1])
    is_begun = any(one.end >= start for one in place.told)  # the clause told a figure's row
    said = [beside] if beside else [near] if is_begun else [near, in_one_word(place.clause)]
    own = way.known_by[0]
    rows = place.ways.rows_of.get(way.title, frozenset())
    stems = {_stem(one) for one in rows if one != own and not TOTALS.fullmatch(one)} - COMMON
    others = [one for one in stems if len(one) > 1 and one not in own]
    return any(
        not (own in words or words in own or _stem(own) in words or _EACH.search(words))
        and any(one in words for one in others)
        for words in said
        if words
    )


def _stem(words: str) -> str:
    return ENDS.sub("", words) or words


def is_meant(way: Printed, place: Place) -> bool:
    """Whether a cell of a row 合计 is meant where its row alone is said: 全年 is said of much."""
    is_total = TOTALS.fullmatch(way.known_by[0]) is not None
    return not is_total or _ALL.search(place.said) is not None or is_akin(way, place)


def is_named_right_before(way: Printed, place: Place) -> bool:
    """Whether the words of a cell's row stand right before a figure, and none of its head."""
    name, said = way.known_by[0], place.said
    if len(way.known_by) < LEAST_HEAD or not name or name not in said:
        return False
    return not LINK.sub("", said[said.rindex(name) + len(name) :])


def row_of(way: Printed) -> str:
    """The words of a cell's row; of the total of a list 合计."""
    total = TOTALS.search(way.known_by[0])
    return total[0] if total and len(way.known_by) == 1 else way.known_by[0]
