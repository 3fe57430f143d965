"""Whether a figure is said to be that of a total."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from docgen.naming.heads import (
    COMMON,
    ENDS,
    TOTALS,
    counted_in,
    is_head_right_before,
    is_parted,
    own_heads,
)
from docgen.naming.model import Printed
from docgen.naming.place import NUMBER, Place
from workbook.viewing.words import bare_words

NEAR: Final = 20  # letters before a figure in which two of its name are looked for
TOTALS_OF: Final = frozenset(("金额", "合计", "小计", "总计", "总额"))
PIECES: Final = re.compile(r"[，、；：:,;()（）。]")
_FEW: Final = 2  # letters behind a head: 一年级学生; that tell no row: 采购
_WHOLE: Final = re.compile(r"全[年县市镇乡区局校院省村]|[共总]|合计")
_PIECE_OF: Final = re.compile(r"[；;，,](?=[^、]*$)")
LINK: Final = re.compile(  # words between a name and its figure that say nothing
    r"为|是|达到?|仅|共|有|合计|总计|小计|约|实际|现有|全年|人民币|累计|已|完成|建成|计|支出|收入|金额|标准|每[人生期年月餐亩户次]|[\s，：:、（）()]"
)
_ALONE: Final = re.compile(r"[共总合]计?(?:金额)?")
_LAST_PIECES: Final = re.compile(r"[^，；：:,;。（）()]*$")


def is_of_total_row(way: Printed, place: Place) -> bool:
    """Whether a cell of a table stands in the row 合计, under its head: 年度资金总额."""
    if place.paragraph.table is None or len(way.known_by) == 1:
        return False
    row, head = [*map(bare_words, place.paragraph.before), "", ""][:2]
    is_row = TOTALS.fullmatch(row) is not None and TOTALS.search(way.known_by[0]) is not None
    return is_row and head == way.known_by[-1]


def is_of_title(way: Printed, place: Place) -> bool:
    """Whether a total is meant by what its table is about: 在校学生1486人 of 各专业在校生情况."""
    if not TOTALS.search(way.known_by[0]):
        return False
    near = bare_words(PIECES.split(place.before)[-1][-NEAR:])
    if _ALONE.fullmatch(near):  # 大额采购4笔，共33,994.00元
        near = place.said
    pairs = {one + two for one, two in pairwise(bare_words(way.title))}
    return any(pair in near for pair in pairs - COMMON - TOTALS_OF)


def is_of_all_rows(way: Printed, found: Sequence[Printed], place: Place) -> bool:
    """Whether a cell is the total of rows of which one is said that holds the same figure.

    （一）货物类。节支率4.05% is that of 货物, though that of all is 4.05 too.
    """
    if not TOTALS.search(way.known_by[0]) or _WHOLE.search(place.clause):
        return False
    return any(
        len(one.known_by) > 1
        and not TOTALS.search(one.known_by[0])
        and one.known_by[0] in place.said
        and is_head_right_before(one, place)
        for one in found
    )


def is_of_part(way: Printed, found: Sequence[Printed], place: Place) -> bool:
    """Whether a cell of a column 小计 holds the figure of a part of it that is said instead.

    伙食费收入 is 收入伙食费, though 收入小计 is no other where nothing else came in.
    """
    head = way.known_by[-1]
    if len(way.known_by) == 1 or not TOTALS.search(head):
        return False
    piece = bare_words(PIECES.split(place.before)[-1][-NEAR:])
    row = [one for one in found if one.known_by[0] == way.known_by[0] and one.key != way.key]
    others = {a + b for one in row for words in one.known_by[1:] for a, b in pairwise(words)}
    own = {a + b for words in way.known_by for a, b in pairwise(words)}
    return any(pair in piece for pair in others - own)


def is_whole_said(way: Printed, near: str, after: str) -> bool:
    """Whether a cell of a total is meant by 共 and its unit: 共4570公斤 of 数量合计."""
    is_total = any(map(TOTALS.search, way.known_by))
    return (
        is_total
        and bool(way.unit)
        and _WHOLE.search(near) is not None
        and after.startswith(way.unit)
    )


def is_of_total(way: Printed, place: Place) -> bool:
    """Whether a row 合计 is meant by its column and its unit alone: 就餐学生840人 of 就餐人数."""
    if TOTALS.fullmatch(way.known_by[0]) is None or len(way.known_by) < 2:
        return False
    stem = ENDS.sub("", way.known_by[1])
    piece = NUMBER.sub("", _LAST_PIECES.findall(place.before)[0][-NEAR:])
    unit = way.unit or counted_in(way)
    is_counted = bool(unit) and place.after.startswith(unit)
    return len(stem) > 1 and stem in bare_words(piece) and is_counted


def is_of_list(way: Printed, place: Place) -> bool:
    """Whether the total of a list is meant by its unit and two letters of its head in the sentence.

    计划实施养护工程5条、54.0公里 of 里程计划合计.
    """
    words = way.known_by[0]
    stem = TOTALS.sub("", words)
    if len(way.known_by) > 1 or stem == words or not way.unit:
        return False
    pairs = {one + two for one, two in pairwise(stem)}
    clause = _PIECE_OF.split(place.clause)[-1]
    own = LINK.sub("", PIECES.split(place.before)[-1])
    is_own = all(sign in words for sign in own)  # 计划内贷款 is another thing
    return is_own and place.after.startswith(way.unit) and any(one in clause for one in pairs)


def is_of_all(way: Printed, said: str) -> bool:
    """Whether a cell of the row 合计 is meant by 全县, or by the words above it alone."""
    if TOTALS.fullmatch(way.known_by[0]) is None:
        return False
    heads = own_heads(way) if way.known_by[1:] and way.known_by[-1] else []
    is_said = any(head in said[-len(head) - _FEW :] for head in heads)
    is_said = is_said or any(is_parted(head, way.title, said) for head in heads)
    return _WHOLE.search(said) is not None or is_said


def is_part_said(way: Printed, place: Place) -> bool:
    """Whether what is said before the head of a total is a row's name, or its end: 分散采购项目."""
    piece = bare_words(PIECES.split(place.before)[-1])
    stems = (ENDS.sub("", head) for head in way.known_by[1:] if head)
    parts = (piece.removesuffix(stem) for stem in stems if stem and piece.endswith(stem))
    names = place.ways.names
    return any(len(one) > _FEW and any(name.endswith(one) for name in names) for one in parts)


def is_total_of(words: str, around: str) -> bool:
    """Whether a cell of a table stands in the row 合计 under the head of 预算金额合计."""
    total = TOTALS.search(words)
    if total is None or total.start() == 0:
        return False
    return words[: total.start()] in around and total[0] in around
