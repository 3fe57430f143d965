"""How far the words before a figure are those by which a cell is known."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from docgen.naming.around import is_told_around
from docgen.naming.cells import in_one_word
from docgen.naming.heads import (
    BRACKETS,
    COMMON_LETTERS,
    ENDS,
    MEASURED,
    PERIOD,
    TOTALS,
    TURNS,
    ends_with,
    is_head_begun,
    is_head_ended,
    is_head_said,
    is_parted,
    own_heads,
)
from docgen.naming.model import Printed
from docgen.naming.place import CLAUSE, EACH, FAR, LEAST_HEAD, OTHERS, Place
from docgen.naming.totals import LINK, is_of_all, is_of_total_row, is_part_said, is_total_of
from workbook.viewing.words import bare_words

_LEAST_TURNED: Final = 5  # letters of a name whose halves may be turned about
_FUNDS: Final = "资金"
_FEES: Final = "费"
_SHORT: Final = 3  # letters between a row's name and the figure of all its columns
_LEAST: Final = 3  # letters of the end of a name that count
PARTLY, HALF = 20, 10  # of a score: the end of a name is said; a row is, and no column
_BEFORE: Final = 25  # the row, and in a sentence before it the column
_BEGUN: Final = 30  # the row, and with what words the column begins
_AROUND: Final = 200  # said on both sides of the figure
_ROW: Final = 200  # a row of a table that is called by part of its name
_CLOSE: Final = 50  # the row right before the figure, and no column
_TOTAL_SAID: Final = re.compile(r"[共总计][^，。；]{0,10}$")
_PIECE: Final = re.compile(r"[一-龥]+$")
_IS: Final = re.compile(r"(?:为|是|达到|达|共计|共|约|合计|总计)+$")
_NUMERAL: Final = re.compile(r"[一二三四五六七八九十\d]")
_RUN: Final = re.compile(r"[一二三四五六七八九十\d][^，。；]{0,2}[至到、~～—-]$")
_EACH: Final = re.compile(EACH)


def _without_others(way: Printed, place: Place) -> str:
    """What is said without longer names of other cells that a cell's own is a part of."""
    said, stem = place.said, ENDS.sub("", way.known_by[0]) or way.known_by[0]
    for one in place.names:
        if stem in one and one not in way.known_by:
            said = said.replace(one, OTHERS * len(one))
    return said


def _is_another_nearer(name: str, way: Printed, place: Place) -> bool:
    """Whether another cell's name is said between a cell's own and the figure."""
    said = place.said
    if name not in said or _EACH.search(said):
        return False
    gap = said[said.rindex(name) + len(name) :]
    return any(
        one in gap and one not in way.known_by and not TOTALS.fullmatch(one) for one in place.names
    )


def name_score(way: Printed, place: Place, is_timed: bool = False) -> int:
    """How much of what a cell is known by is said before a figure: the nearer the better.

    `is_timed` says that words such as 由上年的5变为 tell it from the cell of the other year.
    """
    before, after, said = place.before, place.after, _without_others(way, place)
    around = in_one_word("".join(map(bare_words, place.paragraph.before)))
    first = way.known_by[0]
    if not first or is_one_of_several(first, CLAUSE.split(place.before)[-1]):
        return 0
    name, nearest = _nearest(first, said, around, place.ways.names)
    if not nearest:
        name, nearest = _otherwise(way, said, place)
    if is_told_around(way, place):
        return HALF + _AROUND
    if not nearest:
        return PARTLY if _is_said_in_part(way, said, after) else 0
    heads = [head for head in way.known_by[1:] if head]
    between = said[said.rindex(name) + len(name) :] if name in said else ""
    is_loose = not heads and bool(LINK.sub("", between))
    if is_loose or _is_another_nearer(name, way, place):
        return HALF
    near = f"{before[-2 * FAR :]}{place.several}"
    own = CLAUSE.split(near)[-1]
    names = own_heads(way) if way.lowest and heads else [""]
    if is_timed or all(
        is_head_said(head, around, own, after)
        or any(is_head_said(one, around, own, after) for one in names[1:])
        or is_parted(head, way.title, said)
        for head in heads
    ):
        return HALF + nearest + len(name)
    if all(is_head_begun(head, way, place) or is_head_ended(head, own) for head in heads):
        return HALF + _BEGUN
    is_whole = any(map(TOTALS.fullmatch, heads)) and len(between) <= _SHORT
    is_close = name in said and (is_whole or not LINK.sub("", between))
    if all(is_head_said(head, around, near, after) for head in heads):
        return HALF + _BEFORE + (_CLOSE if is_close else 0)
    is_plain = is_close and not way.known_by[-1].startswith(TURNS)  # 未整改数 needs its head
    return _CLOSE if is_plain and place.paragraph.table is None else HALF


def _otherwise(way: Printed, said: str, place: Place) -> tuple[str, int]:
    """What a cell whose name is not said is called instead, and how near that is."""
    first = way.known_by[0]
    if _is_shortened(first, place):
        return first, _ROW
    if len(way.known_by) == 1 and ends_with(said, way.lowest):
        return way.lowest, _CLOSE  # 待支付 of 资金使用待支付合计
    if is_of_all(way, said) and not is_part_said(way, place):
        return first, 100
    return first, _ROW if is_of_total_row(way, place) else 0


def _is_shortened(name: str, place: Place) -> bool:
    """Whether a row of a report's table is called by how one row of the form begins: 城东."""
    if place.paragraph.table is None or not place.paragraph.before:
        return False
    said = in_one_word(bare_words(place.paragraph.before[0]))
    if len(said) < LEAST_HEAD or not name.startswith(said):
        return False
    return not any(one != name and one.startswith(said) for one in place.ways.names)


def is_one_of_several(name: str, said: str) -> bool:
    """Whether a name ends a run of them of which something is said: 一至三年级, 七、八年级."""
    if name not in said or _NUMERAL.match(name) is None or _EACH.search(said):
        return False
    return _RUN.search(said[: said.rindex(name)]) is not None


def _said_names(first: str) -> Iterator[str]:
    """What a cell may be called: its words, without their end, or one of those in brackets.

    中标(成交)金额合计 is 成交金额合计, 预算金额合计 is 预算合计.
    """
    bracket = BRACKETS.search(first)
    names = [first]
    if bracket is not None:
        before, after = first[: bracket.start()], first[bracket.end() :]
        names += [f"{before}{after}", f"{bracket[1]}{after}", f"{before}{bracket[1]}{after}"]
    if len(bare := PERIOD.sub("", first)) > 1:
        names.append(bare)  # 累计 of 本年累计
    stem = TOTALS.sub("", first)
    if stem != first and len(bare := stem.removesuffix("数")) > COMMON_LETTERS:
        names.append(bare)  # 脱贫户176户 of 脱贫户数合计
    names += _turned(MEASURED.sub("", ENDS.sub("", first)))
    if first.endswith(_FUNDS) and len(bare := first.removesuffix(_FUNDS)) > _LEAST:
        names.append(bare)  # 上年结转 of 上年结转资金
    if first.endswith(_FEES) and len(bare := first.removesuffix(_FEES)) > _LEAST:
        names.append(bare)  # 燃料水电 of 燃料水电费
    if len(bare := MEASURED.sub("", first)) > COMMON_LETTERS:
        names.append(bare)  # 清理沟渠58.4公里 of 清理沟渠长度
    for name in names:
        yield from (name, ENDS.sub("", name), TOTALS.sub("", name))
        if (total := TOTALS.search(name)) and total.start():
            stem = ENDS.sub("", TOTALS.sub("", name))
            if len(stem) > 1:
                yield from (f"{stem}{total[0]}", f"总{stem}")


def _turned(name: str) -> list[str]:
    """The two halves of a long name the other way about: 安装波形护栏 of 波形护栏安装."""
    if len(name) < _LEAST_TURNED:
        return []
    return [f"{name[at:]}{name[:at]}" for at in range(LEAST_HEAD, len(name) - 1)]


def _nearest(first: str, said: str, around: str, names: Collection[str]) -> tuple[str, int]:
    """The name, whole or without its last letter, and how near to the figure it is said."""
    for name in dict.fromkeys(_said_names(first)):
        if len(name) < min(2, len(first)):
            continue
        if said.endswith(name):
            return name, 300
        if name in said:
            return name, 100 + said.rindex(name) + len(name)
        if name in around or (name == first and is_total_of(name, around)):
            return name, 200
    return _in_two(first, said, names)


def _in_two(name: str, said: str, names: Collection[str]) -> tuple[str, int]:
    """The end of a name said apart from its beginning: 货物类实际采购 of 实际采购总额货物.

    So is that of rows in groups: 一季度集中采购 and, behind it, 分散采购 of 第一季度分散采购.
    """
    for at in range(LEAST_HEAD, len(name) - 1):
        begun, end = name[:at], name[at:]
        bare = ENDS.sub("", TOTALS.sub("", begun))
        if begun != bare and len(bare) > COMMON_LETTERS and bare in said and end in said:
            return end, 100 + said.rindex(end) + len(end)
        if end in said and begun.removeprefix("第") in said and _is_group(begun, end, names):
            return end, 100 + said.rindex(end) + len(end)
    return name, 0


def _is_group(begun: str, end: str, names: Collection[str]) -> bool:
    """Whether several rows stand in a group, and such a row in several groups."""
    in_group = [one for one in names if one.startswith(begun) and one != begun]
    alike = [one for one in names if one.endswith(end) and one != end]
    return len(in_group) > 1 and len(alike) > 1


def _is_said_in_part(way: Printed, said: str, after: str) -> bool:
    """Whether the last words before a figure are the last of its name: 其他企业51.70."""
    words = way.known_by[0]
    stem = TOTALS.sub("", words)
    if any(said.endswith(stem[start:]) for start in range(len(stem) - _LEAST + 1)):
        return True
    is_total = stem != words
    counted = stem.removesuffix("数")
    if is_total and counted and after.startswith(counted) and _TOTAL_SAID.search(said):
        return True
    piece = _PIECE.search(_IS.sub("", said))
    return is_total and piece is not None and len(piece[0]) > _LEAST and set(piece[0]) <= set(stem)
