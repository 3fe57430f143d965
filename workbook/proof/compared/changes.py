"""Changes: the amount, the rate and the direction word against the two figures behind them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from workbook.proof import corrected
from workbook.proof.arithmetic import Fit, fit, rounded_to, term
from workbook.proof.compared.based import rate_of_base
from workbook.proof.compared.comparison import Comparison, groups
from workbook.proof.compared.comparisons import comparisons
from workbook.proof.compared.mended import mended
from workbook.proof.compared.neighbours import with_base_behind
from workbook.proof.compared.stated_bases import stated_base
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.proof.percentages import percent, rate_fit
from workbook.stated.clauses import Said, Sentence, Way

CHANGE: Final = "change"
ZERO_BASE: Final = "zero-base"
DIRECTION: Final = "direction"
FROM: Final = re.compile(r"(?:由|从)[^,;。]*$")
_TO: Final = re.compile(
    r",?(?:(增加|增长|提高|提升|上升|延长|扩大|增|升)|(减少|下降|降低|压减|压缩|缩短|缩减|减|降))(?:到|至|为)(?:\d{4}年的?)?"
)
_FAR: Final = 3  # sentences before a change that may state what has changed
_PER_HEAD: Final = re.compile(r"[人户次车亩]均|平均|每")
_NEXT: Final = re.compile(r"[,、][^\d,、;。()比较]{0,10}")
NO_RATE: Final = "基数为 0,不能算增减百分比"
_MORE, _FEWER = ("增加", "增长"), ("减少", "下降")


def stated_changes(statement: Statement) -> Iterator[tuple[str, Slip | None]]:
    """Each comparison of the statement by rule: None where it is in order."""
    for at, (sentence, after) in enumerate(pairwise((*statement.sentences, None))):
        assert sentence is not None
        spot = Spot(sentence, statement)
        yield from _from_to(spot)
        for group in groups(sentence):
            earlier = _earlier(statement.sentences[max(at - _FAR, 0) : at], group[0])
            tried = [with_base_behind(one, after) for one in comparisons(group, sentence, earlier)]
            if len(group) > 1 and group[0].sign != group[1].sign and all(x.value for x in group):
                yield DIRECTION, _up_and_down(group, tried, spot)
                continue
            if (alone := _on_nothing(group, spot)) is not None:
                yield ZERO_BASE, alone
                continue
            outcomes = [list(_judged(one, spot)) for one in tried]
            in_order = [one for one in outcomes if one and all(s is None for _, s in one)]
            sure = [out for one, out in zip(tried, outcomes, strict=True) if one.is_sure and out]
            if in_order or sure:
                yield from in_order[0] if in_order else _once(sure[0])
            else:
                yield from rate_of_base(group, spot, CHANGE)


def _earlier(before: Sequence[Sentence], first: Said) -> Sentence | None:
    """The sentence before, or the one that states an amount before counts and means alone."""
    for sentence in reversed(before):
        if first.kind != "元" or any(
            one.kind == "元" and not _PER_HEAD.search(one.clause) for one in sentence.figures
        ):
            return sentence
    return before[-1] if before else None


def _once(found: Sequence[tuple[str, Slip | None]]) -> Iterator[tuple[str, Slip | None]]:
    """What one correction mends is told once, though amount and rate are both off."""
    told: set[str] = set()
    for rule, slip in found:
        if slip is None or slip.should_be not in told:
            yield rule, slip
        told |= set() if slip is None else {slip.should_be}


def _up_and_down(group: Sequence[Said], tried: Sequence[Comparison], spot: Spot) -> Slip:
    """增加5万元,下降3% goes up and down at once: the word that the figures leave, else either."""
    due = "前后都是增加,或者前后都是减少"
    sure = next((one for one in tried if one.is_sure), None)
    signs = {one.sign for one in (mended(sure) if sure else ()) if one.sign}
    if len(signs) == 1:
        sign = signs.pop()
        wrong = next(one for one in group if one.sign != sign)
        due = (_MORE if sign > 0 else _FEWER)[wrong.way is Way.CHANGE_RATE]
    first, second = group
    words = Words(f"{_said(first)},{_said(second)}", due)
    return spot.slip(DIRECTION, Severity.ERROR, group, words)


def _from_to(spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """由90万元增加到100万元: the word against the figures, and the rate behind them."""
    figures = spot.sentence.figures
    for at in range(1, len(figures)):
        base, now = figures[at - 1], figures[at]
        match = _TO.fullmatch(now.gap)
        if match is None or not FROM.search(base.gap) or base.kind != now.kind:
            continue
        sign = 1 if match[1] else -1
        rest = _changes_behind(figures[at + 1 : at + 3], now)
        amount, rate = (
            next((one for one in rest if one.way is way), None)
            for way in (Way.AMOUNT, Way.CHANGE_RATE)
        )
        real = now.amount - base.amount
        comparison = Comparison(now, base, amount, rate, True)
        if real and (real > 0) is not (sign > 0):
            word, sign_words = (_MORE[0], "<") if real > 0 else (_FEWER[0], ">")
            words = Words(f"{now.gap}{now}", f"{word}到{now}", f"{base} {sign_words} {now}")
            yield DIRECTION, spot.slip(DIRECTION, Severity.ERROR, [base, now], words)
        elif amount is not None and amount.sign == sign:
            yield from _judged(comparison, spot)
        elif amount is not None and amount.value:
            due = (_MORE if sign > 0 else _FEWER)[0]
            words = Words(f"{now.gap}{now},{_said(amount)}", due, f"{base} → {now}")
            yield DIRECTION, spot.slip(DIRECTION, Severity.ERROR, [base, now, amount], words)
        else:
            yield DIRECTION, None
            if rate is not None and base.value:
                yield CHANGE, _rate(comparison, base.amount, spot)


def _changes_behind(following: Sequence[Said], now: Said) -> list[Said]:
    """The amount and the rate right behind 由90人增加到100人: 增加10人,增长11.11%."""
    made: list[Said] = []
    for one in following:
        is_change = one.way is Way.CHANGE_RATE or (one.way is Way.AMOUNT and one.kind == now.kind)
        if not is_change or not one.is_exact or not _NEXT.fullmatch(one.gap):
            break
        made.append(one)
    return made


def _on_nothing(group: Sequence[Said], spot: Spot) -> Slip | None:
    """比上年0万元…增长100%: nothing has a rate of growth over 0."""
    rate = next((one for one in group if one.way is Way.CHANGE_RATE and one.value), None)
    before = [one for one in spot.sentence.figures if one.start < group[0].start]
    if rate is None or not before or before[-1].value or before[-1].way is not Way.VALUE:
        return None
    base = stated_base(before, group[0], spot.sentence)
    if base is None:
        return None
    words = Words(f"{_said(base)},{_said(rate)}", NO_RATE, f"{base} 作除数")
    return spot.slip(ZERO_BASE, Severity.ERROR, [base, *group], words)


def _judged(one: Comparison, spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    now, base = one.now.amount, _base(one)
    if base is None:
        return
    if one.base is not None:
        yield from _amount(one, spot)
    elif one.amount is not None and base < 0:
        due = (f"{one.now}的增加数不会超过它自己", f"{one.now} - {one.amount} < 0")
        yield CHANGE, _told(one, spot, CHANGE, Severity.ERROR, due)
        return
    if one.rate is None:
        return
    if base == 0:
        if one.rate.value and now:
            due = (NO_RATE, f"{one.now} - {one.amount or one.now} = 0")
            yield ZERO_BASE, _told(one, spot, ZERO_BASE, Severity.ERROR, due)
        return
    yield CHANGE, _rate(one, base, spot)


def _base(one: Comparison) -> Decimal | None:
    """What the figure was before, None where nothing says it."""
    if one.base is not None:
        return one.base.amount
    if one.amount is None:
        return None
    return one.now.amount - one.sign * abs(one.amount.amount)


def _amount(one: Comparison, spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """The amount and its direction against both figures."""
    assert one.base is not None
    real = one.now.amount - one.base.amount
    if real and (real > 0) is not (one.sign > 0):
        word, sign_words = (_MORE[0], ">") if real > 0 else (_FEWER[0], "<")
        due = (word, f"{one.now} {sign_words} {one.base}")
        yield DIRECTION, _told(one, spot, DIRECTION, Severity.ERROR, due)
        return
    yield DIRECTION, None
    if one.amount is None:
        return
    slack = one.now.half + one.base.half + one.amount.half
    how = fit(abs(one.amount.amount), abs(real), slack)
    if how is Fit.EXACT:
        yield CHANGE, None
        return
    amount = f"{abs(real) / term(one.amount).factor:f}{one.amount.unit}"
    low, high = sorted((one.now, one.base), key=lambda said: said.amount)
    severity = Severity.ERROR if how is Fit.OFF else Severity.HINT
    due = (f"{_MORE[0] if one.sign > 0 else _FEWER[0]}{amount}", f"{high} - {low} = {amount}")
    yield CHANGE, _told(one, spot, CHANGE, severity, due)


def _rate(one: Comparison, base: Decimal, spot: Spot) -> Slip | None:
    assert one.rate is not None
    change = one.amount.amount if one.amount is not None else abs(one.now.amount - base)
    change_half = one.amount.half if one.amount is not None else one.now.half
    base_half = one.base.half if one.base is not None else one.now.half
    rate = term(one.rate)._replace(value=abs(one.rate.value))
    how = rate_fit(rate, abs(change), base, (change_half, base_half))
    if how is Fit.EXACT:
        return None
    if how is Fit.ROUNDED and abs(percent(abs(change), base) - rate.value) < 1:
        severity = Severity.HINT
    else:
        severity = Severity.ERROR
    due = rounded_to(percent(abs(change), base), max(one.rate.decimals, 2))
    factor = term(one.now).factor
    words = (
        f"{_MORE[1] if one.sign > 0 else _FEWER[1]}{due}%",
        f"{abs(change) / factor:f} ÷ {base / factor:f} = {due}%",
    )
    return _told(one, spot, CHANGE, severity, words)


def _said(one: Said) -> str:
    return f"{one.clause[-16:]}{one}"


def _told(one: Comparison, spot: Spot, rule: str, severity: Severity, due: tuple[str, str]) -> Slip:
    """A comparison that is off; `due` is what it should say and the arithmetic.

    An error says instead which one change makes all of it tie, where there is one.
    """
    figures = [said for said in (one.now, one.base, one.amount, one.rate) if said is not None]
    says = ",".join(_said(said) for said in (one.amount, one.rate) if said is not None)
    is_open = severity is Severity.ERROR and rule != ZERO_BASE
    if is_open and (changes := mended(one)):
        due = (corrected.told(changes, "其中一个数写错"), due[1])
        only = changes[0].said if len(changes) == 1 else None
        says = _said(only) if only in (one.now, one.base) and only is not None else says
    return spot.slip(rule, severity, figures, Words(says, *due))
