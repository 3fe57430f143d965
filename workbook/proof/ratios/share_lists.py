"""Shares in lists: against the sum of all parts, or the whole that the list itself shows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import (
    SHIFTS,
    Fit,
    Term,
    rounded_to,
    significant,
    slips_of,
    sum_of,
    term,
)
from workbook.proof.corrected import Change, likely, shown, told
from workbook.proof.model import Severity, Slip, Spot, Words
from workbook.proof.percentages import is_rate_slip, percent, rate_fit
from workbook.proof.ratios.rates import fits, off
from workbook.proof.vocabulary import short_name, whole_of
from workbook.stated.clauses import Said, Way
from workbook.stated.counted import number_of

SHARE: Final = "share"
AND: Final = ("、", "和", "及", "与", "以及")
_FEW_POINTS: Final = 10
_FEWEST: Final = 3  # shares of a list, digits of one that is hardly another's by chance
_KINDS: Final = re.compile(r"([两二三四五六])(?:大?[类者项种级]|个?部分)[^,;。]{0,10}(?:分别|各)占")
_OF_YEAR: Final = re.compile(r"^占(?:比|比重)?为?$|^占全年(?!预算|计划|目标|任务)")
_BOTH: Final = re.compile(r"兼[有具]|同时|交叉|重[复叠合]")
_REST: Final = re.compile(r"其[余他它]|剩余|剩下|另|余下")


def shares_of_all(
    pairs: Sequence[tuple[Said, Said]], spot: Spot
) -> Iterator[tuple[str, Slip | None]]:
    """A list that names all parts of a whole, each with its share: the whole is their sum."""
    parts = [one for one, _ in pairs]
    is_whole = len(whole_of([short_name(one.clause) for one in parts])) == len(parts)
    if len(parts) < 2 or not (is_whole or _are_halves(pairs)):
        return
    total = sum(one.amount for one in parts)
    if not total or len({one.kind for one in parts}) > 1:
        return
    for one, rate in pairs:
        due = percent(one.amount, total)
        fit = rate_fit(term(rate), one.amount, total, (one.half, one.half))
        if fit is Fit.EXACT:
            yield SHARE, None
            continue
        shown = f"{rounded_to(due, max(rate.decimals, 2))}%"
        severity = Severity.HINT if fit is Fit.ROUNDED else Severity.ERROR
        words = Words(
            f"{one.clause[-16:]}{one},{rate.clause}{rate}", shown,
            f"{one} ÷ ({' + '.join(map(str, parts))}) = {shown}",
        )  # fmt: skip
        yield SHARE, spot.slip(SHARE, severity, (*parts, rate), words)


def _are_halves(pairs: Sequence[tuple[Said, Said]]) -> bool:
    """Whether the shares are of the halves of a year in the year: there is no third."""
    names = [one.clause.removeprefix("其中")[:3] for one, _ in pairs]
    is_of_year = all(_OF_YEAR.search(rate.clause) for _, rate in pairs)
    return names == ["上半年", "下半年"] and is_of_year


def shares_of_one(
    pairs: Sequence[tuple[Said, Said]], earlier: Sequence[Said], spot: Spot
) -> Iterator[tuple[str, Slip | None]]:
    """The shares of a list whose whole all of them show, or all but one, which is off then."""
    telling = [pair for pair in pairs if pair[1].value not in (0, 100)]
    if len(telling) < 2 or len({one.kind for one, _ in pairs}) > 1:
        return
    before = [one for one in spot.sentence.figures if one.end <= pairs[0][0].start]
    held: dict[Said, list[tuple[Said, Said]]] = {}
    for whole in (*earlier, *before):
        if whole.way is Way.VALUE and whole.kind == pairs[0][0].kind and whole.value:
            held[whole] = [pair for pair in telling if fits(pair[1], pair[0], whole) is Fit.EXACT]
    if not any(held.values()) and (total := _added(pairs)) is not None:
        held[total] = [pair for pair in telling if fits(pair[1], pair[0], total) is Fit.EXACT]
    if not any(len(ones) > 1 for ones in held.values()) and (shown := _shown(telling)) is not None:
        held[shown] = [pair for pair in telling if fits(pair[1], pair[0], shown) is Fit.EXACT]
    best = max(held, key=lambda one: len(held[one]), default=None)
    if best is None or len(held[best]) < max(len(telling) - 1, 1):
        return
    is_plain = len(held[best]) > 1 or any(rate.decimals for _, rate in held[best])
    others = [pair for one, ones in held.items() if one is not best for pair in ones]
    for pair in pairs:
        if pair in held[best] or pair not in telling or _has_own_whole(pair, spot):
            yield SHARE, None
        elif is_plain and pair not in others:
            at = pairs.index(pair)
            is_within = at and "其中" in pair[0].gap
            wholes = (best, pairs[at - 1][0])
            yield SHARE, (_within(pair, wholes, spot) if is_within else odd(pair, best, spot))


def _within(pair: tuple[Said, Said], wholes: Sequence[Said], spot: Spot) -> Slip:
    """Behind 其中 a share may be of the item before it as well: a hint, of the nearer of both."""
    part, rate = pair
    ones = [one for one in wholes if one.value]
    whole = min(ones, key=lambda one: abs(percent(part.amount, one.amount) - rate.value))
    return replace(off(SHARE, rate, (part, whole), spot), severity=Severity.HINT)


def _has_own_whole(pair: tuple[Said, Said], spot: Spot) -> bool:
    """5处不合格,占14%,其中3处已整改,占60%: whether it is the share of what stands before it."""
    part, rate = pair
    return any(
        one.way is Way.VALUE and one.kind == part.kind and one.value
        and one.end <= part.start and fits(rate, part, one) is Fit.EXACT
        for one in spot.sentence.figures
    )  # fmt: skip


def odd(pair: tuple[Said, Said], whole: Said, spot: Spot) -> Slip:
    """The one share of a list that is off, or the figure before it where a slip explains that."""
    part, rate = pair
    slip = off(SHARE, rate, (part, whole), spot)
    due = rounded_to(whole.amount * rate.value / 100 / term(part).factor, part.decimals)
    changes = [Change(rate, Decimal(slip.should_be[:-1]), slip.should_be)]
    changes.append(Change(part, due, f"{part.clause[-16:]}{shown(due, part)}"))
    return replace(slip, should_be=told(likely(changes)[:1], ""))


def _added(pairs: Sequence[tuple[Said, Said]]) -> Said | None:
    """The sum of a list whose shares are nearly all: 甲60万元,占60%;乙30万元,占30%;丙10万元.

    Where all are written to the last digit, two are enough, and one of them may be far off.
    """
    shares = sum((rate.value for _, rate in pairs), Decimal(0))
    first = pairs[0][0]
    total = sum((one.amount for one, _ in pairs), Decimal(0)) / term(first).factor
    whole = replace(first, value=total, clause="各项之和")
    is_near = abs(shares - 100) <= _FEW_POINTS
    if len(pairs) >= _FEWEST and is_near:
        return whole
    if not total or not all(rate.decimals > 1 for _, rate in pairs):
        return None
    held = [pair for pair in pairs if fits(pair[1], pair[0], whole) is Fit.EXACT]
    off_ = [pair for pair in pairs if pair not in held]
    is_telling = all(significant(term(rate)) >= _FEWEST for _, rate in held)
    is_slip = all(is_rate_slip(term(rate), term(part), term(whole)) for part, rate in off_)
    return whole if held and len(off_) <= 1 and is_telling and is_slip else None


def shares_of_hundred(
    pairs: Sequence[tuple[Said, Said]], spot: Spot
) -> Iterator[tuple[str, Slip | None]]:
    """A list whose shares are 100% to the last digit, and one of whose figures is a slip."""
    shares = sum((rate.value for _, rate in pairs), Decimal(0))
    slack = sum((rate.half for _, rate in pairs), Decimal(0))
    is_exact = all(rate.decimals > 1 and part.is_exact for part, rate in pairs)
    if len(pairs) < _FEWEST - 1 or not is_exact or abs(shares - 100) > slack:
        return
    if len({one.kind for one, _ in pairs}) > 1 or _holds([term(one) for one, _ in pairs], pairs):
        return
    changes: list[Change] = []
    for at, (part, _) in enumerate(pairs):
        terms = [term(one) for one, _ in pairs]
        shifted = [terms[at]._replace(value=terms[at].value * by) for by in SHIFTS]
        for other in (*shifted, *slips_of(terms[at])):
            if _holds([*terms[:at], other, *terms[at + 1 :]], pairs):
                due = f"{part.clause[-16:]}{shown(other.value, part)}"
                changes.append(Change(part, other.value, due))
    if len({id(one.said) for one in changes}) == 1:
        part = changes[0].said
        words = Words(
            f"{part.clause[-16:]}{part}", changes[0].words,
            f"{'、'.join(str(rate) for _, rate in pairs)} 合计 {shares}%",
        )  # fmt: skip
        figures = [one for pair in pairs for one in pair]
        yield SHARE, spot.slip(SHARE, Severity.ERROR, figures, words)


def _holds(parts: Sequence[Term], pairs: Sequence[tuple[Said, Said]]) -> bool:
    """Whether each of the parts is its share of all of them."""
    whole = sum_of(parts)
    return bool(whole) and all(
        rate_fit(term(rate), one.amount, whole, (one.half, one.half)) is Fit.EXACT
        for one, (_, rate) in zip(parts, pairs, strict=True)
    )


def _shown(pairs: Sequence[tuple[Said, Said]]) -> Said | None:
    """The whole that all shares of a list but one show: 70万元,占70%;20万元,占20%;1万元,占10%."""
    if len(pairs) < 3 or not all(rate.decimals for _, rate in pairs):
        return None
    for left_out in (None, *pairs):
        ends = [_whole_range(pair) for pair in pairs if pair is not left_out]
        low, high = max(low for low, _ in ends), min(high for _, high in ends)
        if low <= high:
            part = pairs[0][0]
            value = rounded_to((low + high) / 2 / term(part).factor, part.decimals)
            return replace(part, value=value, clause="各项占比合得的总数")
    return None


def _whole_range(pair: tuple[Said, Said]) -> tuple[Decimal, Decimal]:
    """The least and the greatest whole of which a figure is its rounded share."""
    part, rate = pair
    return (
        (part.amount - part.half) * 100 / (rate.value + rate.half),
        (part.amount + part.half) * 100 / (rate.value - rate.half),
    )


def of_all_kinds(spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """三类金额分别占总额的13.43%、61.62%和24.95%: as many shares as kinds are the whole."""
    figures = spot.sentence.figures
    for at, one in enumerate(figures):
        match = _KINDS.search(one.clause) if one.way is Way.SHARE else None
        if match is None:
            continue
        rates = figures[at : at + (number_of(match[1]) or 0)]
        is_run = len(rates) > 1 and all(x.unit == "%" and x.gap in AND for x in rates[1:])
        if not is_run or not all(x.is_exact and x.decimals for x in rates):
            continue
        off_by = sum((x.value for x in rates), Decimal(-100))
        is_named = match.start() or one.gap[: -len(one.clause) or None].endswith("、")
        behind = spot.statement.folded.text[spot.sentence.start + rates[-1].end :]
        if (off_by < 0 and (is_named or _REST.search(behind))) or _BOTH.search(behind):
            continue  # 甲和乙两类 of more than two
        if abs(off_by) <= sum(x.half for x in rates):
            yield SHARE, None
            continue
        changes = [
            Change(x, due, f"{due}%") for x in rates if 0 < (due := x.value - off_by) < 100
        ]  # fmt: skip
        if any(change.is_likely for change in changes):
            says = "、".join(map(str, rates))
            added = " + ".join(f"{x.value}" for x in rates)
            words = Words(f"{one.clause[-16:]}{says}", told(likely(changes), "有一项写错"),
                          f"{added} = {off_by + 100}")  # fmt: skip
            yield SHARE, spot.slip(SHARE, Severity.ERROR, rates, words)
