"""Whether the words of a list say that it leaves nothing out, or that its items may overlap."""

import re
from collections.abc import Sequence
from typing import Final

from workbook.proof.vocabulary import vocabulary
from workbook.stated.clauses import Said

# 夜间检查 may be a 联合检查 too: these say when or how, not what.
_OVERLAPPING: Final = re.compile(
    r"夜间|夜查|节假日|周末|白天|联合|突击|双随机|随机|专项|重点|重大|疑难|首次|暗访|交叉|现场|"
    r"新增|新建|跨[区市省部]|[老女]|岁|以上|以下|特殊|困难|脱贫|低保|残疾|党员|骨干|优秀|典型|精品"
)
_MORE: Final = re.compile(
    r"同时|兼[有具顾任]|合署|交叉|重[复叠合]|其[余他它]|剩余|[,)]另|未[统计列纳作评定]|无(?:职称|等级)|不重|等[,。)]"
)
_JOINS: Final = ("、", "和", "及", "与")
_PEOPLE: Final = ("人", "名", "户", "位")
_LEADS: Final = re.compile(r"^(?:其中|包括|包含|分为|分别为|有|为|[和及与])+[:,]?")
_GRADED: Final = (
    ("大型", "中型", "小型", "微型"), ("一级", "二级", "三级"), ("甲级", "乙级", "丙级"),
    ("特级", "一级", "二级", "三级"), ("一等", "二等", "三等"), ("高级", "中级", "初级"),
    ("特等", "一等", "二等", "三等"), ("国家级", "省级", "市级", "区级", "县级"),
    ("大型", "中型", "小型"),
)  # fmt: skip
_BOUND: Final = r"[一二三四五六七八九十百千万亿两\d.]+(?:元|人|吨|亩)?"
_FROM: Final = re.compile(rf"({_BOUND})(?:\(含\))?以上")
_RANGE: Final = re.compile(rf"({_BOUND})(?:\(含\))?(?:至|到|-|—|~)({_BOUND})")
_BOTH: Final = 2  # 城市 and 农村: there is no third
_CLASS: Final = "类"
_NEAR: Final = 24  # letters before the first item, its own name with them
_CLASSES: Final = re.compile(
    r"(?<!主要)(?<!大致)(?<!大体)(?:共?分为|分成|归为|划分为)(?:以下)?([二三四五六七八九]|\d)大?(?:类型|类别|类|种|级|档)"
)
_ALL_CLASSES: Final = re.compile(r",(?:总?共|共计|合计)([二三四五六七八九]|\d)大?(?:类|种)")
_AND_BELOW: Final = re.compile(r"^(?:和|及)?[一二三四五六七八九初中高甲乙丙]级及以下")
_OF_PERSONS: Final = ("人", "名", "位")  # who may have no title


def says_more(behind: str) -> bool:
    """Whether the words right behind a list say that it overlaps or leaves some out."""
    return bool(_MORE.search(re.split("[;。]", behind)[0]))


def run(parts: Sequence[Said]) -> tuple[Said, ...]:
    """The parts that 、 joins to the first one: what follows a comma may be another matter."""
    end = 1
    while end < len(parts) and parts[end].gap[:1] in _JOINS:
        end += 1
    return tuple(parts[:end])


def may_overlap(parts: Sequence[Said]) -> bool:
    """Whether one thing may count in two items, by their words."""
    return any(_OVERLAPPING.search(one.clause) for one in parts)


def names_all_classes(parts: Sequence[Said]) -> bool:
    """Whether the items are all classes of a set: 国家级、省级、市级、区级, 春季班、秋季班."""
    names = [_LEADS.sub("", one.clause) for one in parts]
    payers = vocabulary().payers if parts[0].kind == "元" else ()
    return any(
        len(names) == len(classes)
        and all(sum(name.startswith(one) for name in names) == 1 for one in classes)
        for classes in (*vocabulary().classes, *payers)
    )


def are_opposite(parts: Sequence[Said]) -> bool:
    """Whether the second of two is just what the first is not: 在编58人,非在编35人."""
    if len(parts) != _BOTH:
        return False
    first, second = (_LEADS.sub("", one.clause) for one in parts)
    return len(first) > 1 and second in {f"{no}{first}" for no in ("非", "不", "未")}


def follow_down(parts: Sequence[Said], total: Said) -> bool:
    """Whether ranges follow one another down to where the total begins.

    千万元以上企业87户,其中亿元以上5户、五千万元至一亿元14户、一千万元至五千万元68户.
    """
    whole = _FROM.search(total.clause)
    ranges = [_RANGE.search(one.clause) for one in parts[1:]]
    if whole is None or not parts[1:] or not all(ranges) or "以上" not in parts[0].clause:
        return False
    first = _FROM.search(parts[0].clause)
    bounds = [(match[1], match[2]) for match in ranges if match]
    tops = [_plain(first[1]) if first else "", *(_plain(low) for low, _ in bounds)]
    follows = all(_plain(high) == top for (_, high), top in zip(bounds, tops, strict=False))
    return follows and tops[-1] == _plain(whole[1])


def _plain(bound: str) -> str:
    """A bound as it is compared: 一亿元 is 亿元."""
    return re.sub(r"(?:以上|元|[(]?含[)]?)", "", bound).removeprefix("一").removeprefix("1")


def is_numbered(parts: Sequence[Said], text: str) -> bool:
    """Whether the words say how many classes there are: 分为三类:甲类12个、乙类8个、丙类6个."""
    match = _CLASSES.search(text, max(parts[0].start - _NEAR, 0), parts[0].start)
    behind = _ALL_CLASSES.match(text, parts[-1].end)
    number = match or behind
    if number is None or may_overlap(parts):
        return False
    word = number[1]
    return (int(word) if word.isdigit() else "零一二三四五六七八九".find(word)) == len(parts) > 1


def may_have_none(parts: Sequence[Said]) -> bool:
    """Whether something may be of no class: of no grade, of no title, in summer."""
    is_last = parts[-1].unit not in _OF_PERSONS and bool(_AND_BELOW.search(parts[-1].clause))
    return not is_last and (len(parts) > _BOTH or "季" in parts[0].clause)


def _is_of_more_classes(parts: Sequence[Said]) -> bool:
    """Whether the items are some classes of a set of more: 大型、中型 without 小型."""
    names = [_LEADS.sub("", one.clause) for one in parts]
    held = [
        classes for classes in (*vocabulary().classes, *_GRADED)
        if all(name.startswith(tuple(classes)) for name in names)
    ]  # fmt: skip
    return bool(held) and not any(len(classes) == len(names) for classes in held)


def is_of_one_noun(parts: Sequence[Said], unit: str) -> bool:
    """Whether all items are kinds of one noun, so that none counts twice: 财务审计、投资审计.

    Of people one may be of two kinds, 女党员 and 预备党员, but of 种植类 and 养殖类 none.
    """
    if may_overlap(parts):
        return False
    names = [re.sub(r"\d.*", "", one.clause) for one in parts]
    if all(name.endswith(_CLASS) for name in names):
        return True
    ends = {name[-2:] for name in names}
    return unit not in _PEOPLE and len(ends) == 1 and len(min(ends)) == 2


def is_closed(parts: Sequence[Said], opening: str) -> bool:
    """Whether a colon or a bracket right behind the total lists its own: 组织18个:甲14个、乙4个."""
    if opening not in (":", "(") or parts[0].unit in _PEOPLE or may_overlap(parts):
        return False
    if _is_of_more_classes(parts):
        return False
    is_joined = all(one.gap[:1] == "、" for one in parts[1:])
    ends = ")" if opening == "(" else ";。"
    return is_joined and parts[-1].after[:1] in tuple(ends)
