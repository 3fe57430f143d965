"""The one change, of a figure or of a word, that makes a comparison tie in all that it says."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import Fit, fit, rounded_to, term
from workbook.proof.compared.comparison import Comparison
from workbook.proof.corrected import Change, likely, shown
from workbook.proof.percentages import percent, rate_fit
from workbook.stated.clauses import Said

_MORE: Final = ("增加", "增长")
_FEWER: Final = ("减少", "下降")
_HUNDRED: Final = Decimal(100)


def mended(one: Comparison) -> Sequence[Change]:
    """The changes of which each alone makes everything tie: the likely ones, else all of them.

    Of `收入3300万元,上年3200万元,增加150万元,增长4.69%` only 收入3350万元 is one.
    """
    tying = [change for change, way in _tried(one) if _ties(way)]
    return likely(tying)


def _tried(one: Comparison) -> Iterator[tuple[Change, Comparison]]:
    """Each figure as the others would have it, and the other word."""
    sign = one.sign
    if one.amount is not None:
        due = _amount_due(one, sign)
        if due is not None and due > 0:
            said = _with(one.amount, due)
            yield _change(one.amount, said), replace(one, amount=said)
    if one.rate is not None and (base := _base(one, sign)) is not None and base > 0:
        real = abs(one.amount.amount) if one.amount else abs(one.now.amount - base)
        rate = replace(one.rate, value=rounded_to(percent(real, base), one.rate.decimals))
        due = rounded_to(percent(real, base), max(one.rate.decimals, 2))
        words = f"{(_MORE if sign > 0 else _FEWER)[1]}{due}%"
        yield Change(one.rate, rate.value, words), replace(one, rate=rate)
    if one.base is not None and one.amount is not None:
        amount = sign * abs(one.amount.amount)
        now, base_said = _with(one.now, one.base.amount + amount), one.base
        yield _change(one.now, now), replace(one, now=now)
        if one.now.amount >= amount:
            base_said = _with(one.base, one.now.amount - amount)
            yield _change(one.base, base_said), replace(one, base=base_said)
    yield from _turned(one, -sign)
    if one.amount is not None and one.rate is not None and one.amount.sign != one.rate.sign:
        yield from _turned(one, sign)


def _turned(one: Comparison, sign: int) -> Iterator[tuple[Change, Comparison]]:
    """The comparison with words that say the other direction."""
    amount, rate = (x and replace(x, sign=sign) for x in (one.amount, one.rate))
    first = amount or rate
    words = [
        (_MORE if sign > 0 else _FEWER)[number]
        for number, said in enumerate((one.amount, one.rate))
        if said is not None and said.sign != sign
    ]
    if first is not None and words:
        yield (
            Change(first, first.value, "、".join(words), sign),
            replace(one, amount=amount, rate=rate),
        )


def _amount_due(one: Comparison, sign: int) -> Decimal | None:
    """What the amount would be by both figures, or by the figure and the rate."""
    assert one.amount is not None
    if one.base is not None:
        return sign * (one.now.amount - one.base.amount)
    if one.rate is None or not (whole := _HUNDRED + sign * abs(one.rate.value)) > 0:
        return None
    factor = term(one.amount).factor
    due = one.now.amount * abs(one.rate.value) / whole / factor
    return rounded_to(due, one.amount.decimals) * factor


def _base(one: Comparison, sign: int) -> Decimal | None:
    if one.base is not None:
        return one.base.amount
    return None if one.amount is None else one.now.amount - sign * abs(one.amount.amount)


def _ties(one: Comparison) -> bool:
    """Whether direction, amount and rate all agree with the figures."""
    base = _base(one, one.sign)
    if base is None or base < 0 or (one.amount and one.rate and one.amount.sign != one.rate.sign):
        return False
    real = one.now.amount - base
    if real and (real > 0) is not (one.sign > 0):
        return False
    if one.base is not None and one.amount is not None:
        slack = one.now.half + one.base.half + one.amount.half
        if fit(abs(one.amount.amount), abs(real), slack) is Fit.OFF:
            return False
    if one.rate is None:
        return True
    change = one.amount if one.amount is not None else one.now
    value = abs(one.amount.amount) if one.amount is not None else abs(real)
    half = (one.base or one.now).half
    rate = term(one.rate)._replace(value=abs(one.rate.value))
    return base > 0 and rate_fit(rate, value, base, (change.half, half)) is Fit.EXACT


def _with(one: Said, amount: Decimal) -> Said:
    """A figure with another amount of the smallest unit."""
    return replace(one, value=amount / term(one).factor)


def _change(one: Said, made: Said) -> Change:
    words = one.clause.lstrip("其中:,;比较由从")[-16:]
    if one.sign:
        words = (_MORE if one.sign > 0 else _FEWER)[0]
    return Change(one, made.value, f"{words}{shown(made.value, one)}")
