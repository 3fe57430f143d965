"""What a sentence says is nothing: 无因公出国（境）, 未购置车辆, 公务接待费为零.

Only what the words say of the unit's own whole year is read: 未发生公务接待费超支 says nothing of
the sum, 上年未购置车辆 nothing of this year, and of 未安排出国预算 no outturn is known.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Final

from workbook.stated.folded import letters
from workbook.stated.model import Quantity
from workbook.stated.words import canonical, general

_CLAUSE: Final = re.compile(r"[^,;。:()!?]+(?:\([^()]{1,3}\)[^,;。:()!?]*)*")
_HINT: Final = re.compile(r"没有|未|无|零|(?<![\d.])0")  # without which nothing is nothing
_YEAR: Final = re.compile(r"((?:19|20)\d\d)年")
_OTHERS: Final = re.compile(
    r"(?<![较比与同(])(?:上年|去年|上一年|前年|往年)|下属|所属|计划|目标"
)  # before it in a sentence
_LEAD: Final = (
    r"(?:(?:19|20)\d\d年度?|全年|本年度?|当年|今年|年内|也|亦|均|都|并|且|但|而|其中|另外?|既|又|"
    r"本?单位|本?部门|[我本][局委院办校镇乡所站馆社会厅]|[我本](?:街道|中心))*"
)
_NO: Final = (
    r"(?:没有|未|无|从未|并未|尚未)(?:发生|产生|列支|开支|支出|使用)?"
    r"(?:过|任何)?(?:新的|新增的|新)?"
)
_BUYING: Final = (
    r"(?:没有|未|无)(?:再|新)?(?:购置|更新|购买|新购|添置)(?:过|及更新|或更新|和更新)?(?:新的?)?"
    r"(?:公务用车|公务车辆?|公车|车辆|新车)"
)
_TAIL: Final = (
    r"(?:支出|经费|费用|费|事项|情况|开支|活动|任务|团组|业务|安排|发生|发生额|的|等|[、和及与或]|"
    r"也|均|都|皆|全部|全年|本年|当年)*"
)
_ZERO: Final = (
    r"(?:(?:支出|决算|决算数|实际支出|发生额|金额)?(?:为|是)?(?:零|0(?:\.0+)?(?:万元|元)?)(?:支出)?|"
    r"(?:没有|未|无)(?:实际)?(?:发生|产生|支出|开支|列支)(?:额|费用|支出)?)"
)
BOUGHT: Final = "公务用车购置费"


def nothing_in(text: str) -> Iterator[Quantity]:
    """The quantities of 0 that the words of a folded paragraph state, in reading order."""
    for clause in _CLAUSE.finditer(text) if _HINT.search(text) else ():
        names = _names(letters(clause[0]))
        lead = text[
            max(text.rfind(mark, 0, clause.start()) for mark in "。;!?") + 1 : clause.start()
        ]
        if not names or _OTHERS.search(lead):
            continue
        years = _YEAR.findall(lead + clause[0])
        for name in names:
            yield Quantity(
                name, Decimal(0), "万元", 0, clause.start(), clause.end(), clause[0],
                year=years[-1] if years else "",
            )  # fmt: skip


def _names(words: str) -> list[str]:
    """The names of which a clause says that they are 0, none where it says more than that."""
    before, none, listed, after = _patterns()
    if before.fullmatch(words):
        return [BOUGHT]
    match = none.fullmatch(words) or after.fullmatch(words)
    if match is None:
        return []
    ways = _ways()
    names = re.findall(listed, match["names"])
    return list(dict.fromkeys(ways[name] for name in names))


@cache
def _ways() -> dict[str, str]:
    """The names of sums that are often nothing, by all words for them."""
    made = {way: canonical(name) for name, ways in general().nothing.items() for way in ways}
    known = frozenset(made.values())
    made |= {way: one for way, one in _all_ways() if one in known}
    return made


def _all_ways() -> Iterator[tuple[str, str]]:
    for same in general().same:
        for way in same.says:
            yield way, same.says[0]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], str, re.Pattern[str]]:
    """Clauses of nothing bought, of no such names, a name alone, and of names that are 0."""
    listed = "|".join(sorted(map(re.escape, _ways()), key=len, reverse=True))
    names = rf"(?P<names>(?:{listed})(?:{_TAIL}(?:{listed}))*)"
    return (
        re.compile(rf"{_LEAD}{_BUYING}"),
        re.compile(rf"{_LEAD}{_NO}{names}{_TAIL}"),
        listed,
        re.compile(rf"{_LEAD}{names}{_TAIL}{_ZERO}"),
    )
