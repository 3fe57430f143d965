"""What a comparison is made of: the figure, the one before, the amount and the rate of change."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from workbook.proof.compared.comparison import Comparison, begins_another
from workbook.proof.compared.naming import names_another
from workbook.proof.compared.neighbours import changed_before, followed, lone_figure, named_in_full
from workbook.proof.compared.stated_bases import (
    AGAINST_LAST,
    BASE_WORDS,
    LAST,
    YEAR,
    base_behind,
    bracketed_base,
    earlier_bases,
    stated_base,
)
from workbook.stated.clauses import Said, Sentence, Way

_OPENS: Final = re.compile(
    r"^[,、]?[^,;。:()\d]{0,24}?(?:同比|[比较]|[与同](?=.{2,14}(?:相比|对比|比较|比,)))"
)
_FLOW: Final = re.compile(
    r"新[增建入聘招开]|[移调转迁退]出|注销|退库|退休|离职|报废|淘汰|减少|增加|接收|[新录]用"
)
_REACHED: Final = re.compile(r",?(?:总额|总量|总数)?达到?(?:了)?")


def comparisons(
    group: Sequence[Said], sentence: Sentence, earlier: Sentence | None = None
) -> Iterator[Comparison]:
    """The ways to understand a change: which figure has changed, and from which.

    Where its sentence names none, it is of the one figure of the sentence before.
    """
    amount, rate = (
        next((one for one in group if one.way is way and one.is_exact), None)
        for way in (Way.AMOUNT, Way.CHANGE_RATE)
    )
    if amount is None and rate is None:
        return
    first, unit = group[0], amount.kind if amount else ""
    before = [
        one for one in sentence.figures
        if one.start < first.start and one.way is Way.VALUE and one.depth <= first.depth
        and (not unit or one.kind == unit)
    ]  # fmt: skip
    base = _base(before, group, sentence)
    bases = [base] if base is not None else earlier_bases(before, first, sentence)
    values = [one for one in before if one not in bases and _may_change(one, sentence)]
    if not before and (behind := _value_behind(group, sentence)) is not None:
        base = base_behind([*group, behind], sentence)
        yield Comparison(behind, base, amount, rate, True)
        return
    if base is None and (was := changed_before(before, first, earlier)) is not None:
        yield Comparison(was, before[0], amount, rate, True)
        return
    known = base or (bases[0] if len(bases) == 1 else None)
    is_near = bool(values) and _is_near(values[-1], known, first, sentence)
    for at, now in enumerate(_likely(values, first)):
        for one in bases or (None,):
            if one is None or one.kind == now.kind:
                yield Comparison(now, one, amount, rate, is_near and not at)
    if not values and earlier is not None and _OPENS.search(sentence.text):
        lone = lone_figure(earlier, unit)
        told = followed(lone, base or first, sentence) if lone else named_in_full(earlier, first)
        if told is not None:
            yield Comparison(told, base, amount, rate, True)


def _likely(values: Sequence[Said], first: Said) -> list[Said]:
    """The figures that may have changed, the likeliest first.

    Behind a list of parts it is their total: 投诉23件,其中成立6件、驳回17件,较上年减少4件.
    """
    nearest = list(reversed(values[-4:]))
    parts = [one for one in values if one.depth == first.depth][::-1]
    listed = list(takewhile(lambda one: one.gap[:1] == "、", parts))
    at = len(listed)
    if not listed or first.gap[:1] != "," or at + 1 >= len(parts) or "其中" not in parts[at].gap:
        return nearest
    total = parts[at + 1]
    is_whole = total.kind == parts[0].kind and total.amount > parts[0].amount
    return [total, *(one for one in nearest if one is not total)] if is_whole else nearest


def _base(before: Sequence[Said], group: Sequence[Said], sentence: Sentence) -> Said | None:
    """The base that the sentence states: in a bracket before the change, before it, or behind."""
    inside = bracketed_base(group[0], sentence)
    told = stated_base(before, group[0], sentence) if before and inside is None else None
    return inside or told or base_behind(group, sentence)


def _may_change(one: Said, sentence: Sentence) -> bool:
    """Whether a figure may be what has changed: exact, and not what a rate behind it is of."""
    return one.is_exact and not _is_due(one, sentence)


def _is_due(one: Said, sentence: Sentence) -> bool:
    """Whether a figure is what a rate right behind it is of: 为预算482万元的97.17%,增长4.08%."""
    after = next((other for other in sentence.figures if other.start > one.start), None)
    return after is not None and after.gap == "的" and after.unit == "%"


def _value_behind(group: Sequence[Said], sentence: Sentence) -> Said | None:
    """The figure that a change leads to: 比上年增加6万元,增长5.2%,达到121.2万元."""
    number = sentence.figures.index(group[-1]) + 1
    one = next(iter(sentence.figures[number : number + 1]), None)
    if one is None or one.way is not Way.VALUE or not one.is_exact or one.depth > group[0].depth:
        return None
    amounts = {said.kind for said in group if said.unit != "%"}
    is_same = one.kind != "%" and amounts <= {one.kind}
    return one if is_same and _REACHED.fullmatch(one.gap) else None


def _is_near(now: Said, base: Said | None, first: Said, sentence: Sentence) -> bool:
    """Whether a change stands right behind its figure, and names nothing else."""
    follower = base if base is not None and base.start > now.start else first
    between = sentence.text[now.end : follower.start]
    if follower is first and not begins_another(first.gap):
        between = between.removesuffix(first.gap)
    figures = [one for one in sentence.figures if now.start < one.start < first.start]
    others = [
        one for one in figures
        if one.way is Way.VALUE and one.depth <= now.depth and one is not base
        and not _is_due(one, sentence)
        and (first.way is not Way.AMOUNT or one.kind == first.kind)
    ]  # fmt: skip
    if others or ";" in between or now.depth > first.depth:
        return False
    if "净" in first.clause and _FLOW.search(now.clause):
        return False  # 接收9卷,移出2卷,净增7卷: of what there is, not of what went
    is_dated = base is not None and bool(LAST.search(base.clause) or YEAR.search(base.clause))
    words = follower.gap + first.gap
    if not (is_dated or AGAINST_LAST.search(first.gap) or BASE_WORDS.search(words)):
        return False
    return not names_another(follower, now) and not names_another(first, now)
