"""Proportions of two figures that are stated before them: 生师比12.7:1, 医护比1:1.25.

Names and what their figures are called stand in `words.toml`.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from workbook.proof.arithmetic import Term, rounded_to, slipped
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.proof.ratios.rates import COMPLETION
from workbook.proof.vocabulary import Proportion, vocabulary
from workbook.stated.clauses import Said, Way

_STATED: Final = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,12}?比例?)(?:仅|为|是|达到|达)?"
    r"(?P<words>(?P<many>\d+(?:\.\d+)?):1|1:(?P<more>\d+(?:\.\d+)?))(?![\d.:]|以)"
)
_ASIDE: Final = re.compile(r"上年|去年|同期|计划|目标|标准|应|新增|[增减]|较|比")
_TENFOLD: Final = (Decimal(10), Decimal("0.1"))
_NEXT: Final = ("和", "、", "与", ",")
_Pair = tuple[Said, Said]


def proportions(statement: Statement) -> Iterator[tuple[str, Slip | None]]:
    """Each proportion whose name tells what it is of, against the figures before it."""
    known: list[Said] = []
    for sentence in statement.sentences:
        for match in _STATED.finditer(sentence.text):
            named = [one for one in vocabulary().proportions if re.search(one.name, match["name"])]
            before = [one for one in sentence.figures if one.end <= match.start()]
            if named and not re.search(r"上年|去年|标准|要求|不低于|不高于", match["name"]):
                pairs = list(_pairs([*known, *before], named[0]))
                yield from _judged(match, pairs, Spot(sentence, statement))
        known += sentence.figures


def _pairs(figures: Sequence[Said], what: Proportion) -> Iterator[_Pair]:
    """What may be the two: each by its own words, or 甲和乙分别为3元和2元."""
    plain = [
        one for one in figures
        if one.way is Way.VALUE and one.is_exact and one.unit != "%" and one.value > 0
        and not _ASIDE.search(one.clause)
    ]  # fmt: skip
    for one, other in pairwise(plain):
        both = re.search(f"(?:{what.first}).*(?:{what.second}).*分别", one.clause)
        if both and other.gap in _NEXT and other.unit == one.unit:
            yield one, other
    firsts = [one for one in plain if _is_only(one, what.first, what.second)]
    seconds = [one for one in plain if _is_only(one, what.second, what.first)]
    yield from ((one, other) for one in firsts for other in seconds)


def _is_only(one: Said, own: str, other: str) -> bool:
    return bool(re.search(own, one.clause)) and not re.search(other, one.clause)


def _judged(
    match: re.Match[str], pairs: Sequence[_Pair], spot: Spot
) -> Iterator[tuple[str, Slip | None]]:
    """In order where a pair gives it; an error where it is a slip of what just one pair gives."""
    printed = match["many"] or match["more"]
    stated = Term(Decimal(printed), decimals=len(printed.partition(".")[2]))
    tried = [(pair, due) for pair in pairs for due in _dues(pair)]
    step = Decimal(1).scaleb(-stated.decimals)
    if any(abs(due - stated.value) < step for _, due in tried):
        yield COMPLETION, None
        return
    near = [
        (pair, due) for pair, due in tried
        if _is_slip(stated, due, is_sure=len(pairs) == 1 and pair[0].kind == "元")
    ]  # fmt: skip
    if len(near) == 1:
        (one, other), due = near[0]
        right = rounded_to(due, max(stated.decimals, 1))
        shown = f"{right}:1" if match["many"] else f"1:{right}"
        top, bottom = (one, other) if one.amount / other.amount == due else (other, one)
        words = Words(match[0], shown, f"{top} ÷ {bottom} = {right}")
        yield COMPLETION, spot.slip(COMPLETION, Severity.ERROR, (one, other, match["words"]), words)


def _dues(pair: _Pair) -> Iterator[Decimal]:
    """One over the other, and the other way about where the words do not tell."""
    one, other = pair
    yield one.amount / other.amount
    if one.amount != other.amount:
        yield other.amount / one.amount


def _is_slip(stated: Term, due: Decimal, *, is_sure: bool) -> bool:
    """Whether the point stands in another place, 19.00 for 1.90, or, of what is sure, one digit.

    Of people there may be more than are stated beside: 外聘教师, 折合学生数.
    """
    if due < 1:
        return False  # the larger one is told beside 1
    half = Decimal(1).scaleb(-max(stated.decimals, 1)) / 2
    is_shifted = any(abs(stated.value * by - due) < half for by in _TENFOLD)
    return is_shifted or (is_sure and slipped(stated, rounded_to(due, stated.decimals)))
