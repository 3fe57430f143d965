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
_JOINS: Final = ("、", "和", "及", "与")
_PEOPLE: Final = ("人", "名", "户", "位")
_LEADS: Final = re.compile(r"^(?:其中|包括|包含|分为|分别为|有|为|[和及与])+[:,]?")
_CLASS: Final = "类"


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
    return any(
        len(names) == len(classes)
        and all(sum(name.startswith(one) for name in names) == 1 for one in classes)
        for classes in vocabulary().classes
    )


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
    """Whether a colon or a bracket right behind the total lists all: 组织18个:甲14个、乙4个."""
    if opening not in (":", "(") or parts[0].unit in _PEOPLE or may_overlap(parts):
        return False
    is_joined = all(one.gap[:1] == "、" for one in parts[1:])
    ends = ")" if opening == "(" else ";。"
    return is_joined and parts[-1].after[:1] in tuple(ends)
