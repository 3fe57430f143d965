"""Figures that a paragraph states by two names: 收入总计 and 支出总计, an item and its outturn."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.proof.tables.grand import BALANCE
from workbook.proof.whole.repeats import RULE
from workbook.stated.clauses import Said, Way

_ALL_IN: Final = re.compile(r"收入(?:总计|总预算)(?:为|数)?$")
_ALL_OUT: Final = re.compile(r"支出(?:总计|总预算)(?:为|数)?$")
_BALANCED: Final = (re.compile(r"收入预算(?:总额)?为?$"), re.compile(r"支出预算(?:总额)?为?$"))
_MORE: Final = re.compile(r"结转|结余|动用|调入|事业基金|政府性基金|国有资本")  # comes to 收入预算
_ITEM: Final = re.compile(r"\(类\).*\(款\).*\(项\)\"?$")
_SPENT: Final = re.compile(r"^(?:本年)?(?:支出)?决算(?:数)?(?:为)?$")


def evens(statement: Statement) -> Iterator[tuple[str, Slip | None]]:
    """收入总计 and 支出总计 differ never; 职业年金(项)257.14万元 is what its 支出决算 says."""
    if statement.is_cell:
        return
    for sentence in statement.sentences:
        spot = Spot(sentence, statement)
        figures = [one for one in sentence.figures if _is_plain(one)]
        is_balanced = "收支平衡" in sentence.text and not _MORE.search(sentence.text)
        words = _BALANCED if is_balanced else (_ALL_IN, _ALL_OUT)
        came, went = ([one for one in figures if way.search(one.clause)] for way in words)
        if len(came) == len(went) == 1 and came[0].kind == went[0].kind:
            yield BALANCE, _even(BALANCE, (came[0], went[0]), spot)
    yield from _item(statement)


def _item(statement: Statement) -> Iterator[tuple[str, Slip | None]]:
    """The figure right behind the item's name against the outturn further on."""
    said = [
        (one, Spot(sentence, statement))
        for sentence in statement.sentences for one in sentence.figures if _is_plain(one)
    ]  # fmt: skip
    if not said or not _ITEM.search(said[0][0].clause):
        return
    lead, rest = said[0][0], [pair for pair in said[1:] if _SPENT.search(pair[0].clause)]
    budgets = [one for one, _ in said[1:] if "预算" in one.clause and "决算" not in one.clause]
    if len(rest) == 1 and rest[0][0].kind == lead.kind and lead.amount not in _amounts(budgets):
        yield RULE, _even(RULE, (lead, rest[0][0]), rest[0][1])


def _even(rule: str, pair: tuple[Said, Said], spot: Spot) -> Slip | None:
    one, other = pair
    if one.amount == other.amount or (one.decimals != other.decimals and _is_near(one, other)):
        return None
    words = Words(
        f"{other.clause[-16:]}{other}", f"{one},或另改{one.clause[-16:]}{one}", f"{one} ≠ {other}"
    )
    return spot.slip(rule, Severity.ERROR, pair, words)


def _is_near(one: Said, other: Said) -> bool:
    return abs(one.amount - other.amount) <= max(one.half, other.half)


def _amounts(ones: Sequence[Said]) -> set[object]:
    return {one.amount for one in ones}


def _is_plain(one: Said) -> bool:
    is_value = one.way is Way.VALUE and one.is_exact and one.kind == "元" and not one.depth
    return is_value and not re.search(r"[比较]|上年|去年|同期", one.clause)
