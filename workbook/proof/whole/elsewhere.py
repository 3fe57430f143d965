"""Changes and shares whose base or whole stands elsewhere: 与预算相比无变化, 占支出合计的30%."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from workbook.proof.arithmetic import (
    Fit,
    Term,
    fit,
    percent,
    rate_fit,
    rounded_to,
    slipped,
    term,
)
from workbook.proof.changes import CHANGE, DIRECTION, NO_RATE, ZERO_BASE
from workbook.proof.comparisons import Comparison, comparisons, groups
from workbook.proof.model import Place, Severity, Slip, Spot, Statement, Words
from workbook.proof.ratios.shares import OF_WHOLE, SHARE, is_called
from workbook.proof.whole.facts import Fact
from workbook.stated.clauses import Said, Sentence, Way
from workbook.stated.model import Basis
from workbook.stated.words import BEFORE, canonical, named

_Facts = dict[tuple[str, str], list[Fact]]
_AGAINST: Final = re.compile(
    r"(?:[比较]|[与同])(?P<what>(?:20\d\d)?年?度?(?:年初|全年|调整)?预算数?|上年度?(?:决算数?)?|20\d\d年度?(?:决算数?)?)"
    r"(?:相比|相较|对比|比较)?,?"
)
_LEVEL: Final = re.compile(r"(?:无变化|无增减|无增减变化|没有变化|没有增减|持平|一致)")
_CAME: Final = re.compile(r"^(?:本?项目)?(?:专项)?(?:资金到位|(?:实际)?到位资金)(?:为|共)?$")
_ON_BUDGET: Final = re.compile(r"[比较与同][^,;。]*预算")
_CHANGED: Final = re.compile(r"(?:支出|决算|数|额|比上年|同比|较上年)*(?:增加|增长)(?:了)?(?:为)?$")
_BUDGETS: Final = (Basis.BUDGET, Basis.INITIAL, Basis.FULL)


def changes_elsewhere(
    statements: Sequence[Statement], facts: Sequence[Fact]
) -> Iterator[tuple[str, Slip | None]]:
    """Each change of a figure with a whole name whose base one other place states."""
    by_name = _by_name(facts)
    own = {(fact.place, fact.term.amount): fact for fact in facts}
    for statement in (one for one in statements if not one.is_cell):
        earlier: Sentence | None = None
        for sentence in statement.sentences:
            spot = Spot(sentence, statement)
            yield from _named_changes(spot, earlier, by_name)
            for now, words, amount in _changes(sentence, earlier):
                known = own.get((statement.place, now.amount))
                base = None if known is None else _base(known, words, by_name)
                if base is not None:
                    yield from _held(now, amount, base, spot)
            earlier = sentence


def shares_elsewhere(
    statements: Sequence[Statement], facts: Sequence[Fact]
) -> Iterator[tuple[str, Slip | None]]:
    """Each share of a figure in a whole that is named and stated in another paragraph alone."""
    by_name, totals = _by_name(facts), _totals(statements)
    own = {(fact.place, fact.term.amount): fact for fact in facts}
    for statement in (one for one in statements if not one.is_cell):
        figures = [one for sentence in statement.sentences for one in sentence.figures]
        for sentence in statement.sentences:
            for part, rate in pairwise(sentence.figures):
                words = OF_WHOLE.fullmatch(rate.clause) if rate.way is Way.SHARE else None
                if words is None or words[1] or part.way is not Way.VALUE:
                    continue
                if not (part.is_exact and rate.is_exact) or any(
                    is_called(one, words[2]) for one in figures
                ):
                    continue
                known = own.get((statement.place, part.amount))
                whole = None if known is None else _whole(words[2], known, by_name)
                stated = totals.get(_total_name(words[2]), [])
                if whole is not None:
                    shown = _Whole(whole.term, whole.place)
                    yield _shared(rate, part, shown, Spot(sentence, statement))
                elif (
                    len({one.term.amount for one in stated}) == 1
                    and part.amount <= stated[0].term.amount
                ):
                    yield _shared(rate, part, stated[0], Spot(sentence, statement))


def _whole(words: str, part: Fact, by_name: _Facts) -> Fact | None:
    """The one figure of the whole's name, of all funds, where all places that state it agree."""
    name = canonical(named(words).name)
    ones = [
        one for way in {name, words} for one in by_name.get((way, part.year), ())
        if one.is_exact and one.kind == part.kind and not (one.scope or one.body)
        and one.basis is part.basis and one.term.amount >= part.term.amount
    ]  # fmt: skip
    return ones[0] if len({one.term.amount for one in ones}) == 1 and ones[0].term.value else None


class _Whole(NamedTuple):
    """What a share is of, and where that is stated."""

    term: Term
    place: Place


def _total_name(words: str) -> str:
    """支出合计 of 本年支出合计, 到位资金 of 项目资金到位; of others nothing."""
    if _CAME.search(words):
        return "到位资金"
    name = canonical(named(words).name)
    return name if name in ("收入合计", "支出合计") else ""


def _totals(statements: Sequence[Statement]) -> dict[str, list[_Whole]]:
    """What sentences call 收入合计, 支出合计 and 到位资金, the figures that shares are often of."""
    found: dict[str, list[_Whole]] = defaultdict(list)
    for statement in (one for one in statements if not one.is_cell):
        for one in (said for sentence in statement.sentences for said in sentence.figures):
            is_plain = one.way is Way.VALUE and one.is_exact and not one.depth
            name = _total_name(one.clause) if is_plain and one.value else ""
            if name and named(one.clause).year != BEFORE:
                found[name].append(_Whole(term(one), statement.place))
    return found


def _shared(rate: Said, part: Said, whole: _Whole, spot: Spot) -> tuple[str, Slip | None]:
    halves = (part.half, whole.term.half)
    how = rate_fit(term(rate), part.amount, whole.term.amount, halves)
    if how is Fit.EXACT:
        return SHARE, None
    due = rounded_to(percent(part.amount, whole.term.amount), max(rate.decimals, 2))
    severity = Severity.HINT if how is Fit.ROUNDED else Severity.ERROR
    printed = whole.term.printed
    arithmetic = f"{part} ÷ {printed}({whole.place}) = {due}%"
    words = Words(f"{rate.clause[-16:]}{rate}", f"{due}%", arithmetic)
    return SHARE, spot.slip(SHARE, severity, (part, printed, rate), words)


def _by_name(facts: Sequence[Fact]) -> _Facts:
    by_name: _Facts = defaultdict(list)
    for fact in facts:
        by_name[fact.name, fact.year].append(fact)
    return by_name


def _changes(
    sentence: Sentence, earlier: Sentence | None
) -> Iterator[tuple[Said, str, Comparison | None]]:
    """A figure, what it is compared with, and the change, None where it is said to be none."""
    for group in groups(sentence):
        sure = [one for one in comparisons(group, sentence, earlier) if one.is_sure]
        match = _AGAINST.search(group[0].gap)
        if sure and match and sure[0].base is None and sure[0].amount is not None:
            yield sure[0].now, match["what"], sure[0]
    values = [one for one in sentence.figures if one.way is Way.VALUE and one.depth == 0]
    for match in _AGAINST.finditer(sentence.text):
        before = [one for one in values if one.end <= match.start()]
        is_next = bool(before) and sentence.text[before[-1].end : match.start()] in ("", ",")
        if is_next and before[-1].is_exact and _LEVEL.match(sentence.text, match.end()):
            yield before[-1], match["what"], None


def _named_changes(
    spot: Spot, earlier: Sentence | None, by_name: _Facts
) -> Iterator[tuple[str, Slip | None]]:
    """公务接待费增加0.3万元,增长100% against the one 公务接待费 that other places state."""
    for group in groups(spot.sentence):
        amount, rate = group[0], group[-1]
        before = spot.sentence.text[: amount.start]
        is_plain = len(group) == 2 and amount.way is Way.AMOUNT and amount.sign == rate.sign > 0
        if not is_plain or not (amount.value and rate.value) or _ON_BUDGET.search(before):
            continue
        if not (amount.is_exact and rate.is_exact) or any(
            one.is_sure for one in comparisons(group, spot.sentence, earlier)
        ):
            continue
        name = canonical(named(_CHANGED.sub("", amount.clause)).name)
        known = [one for (called, _), held in by_name.items() if called == name for one in held]
        same = {(one.term.amount, one.scope, one.body, one.year) for one in known}
        if len(same) == 1 and known[0].is_exact and known[0].kind == amount.kind:
            yield from _rated(amount, rate, known[0], spot)


def _rated(amount: Said, rate: Said, now: Fact, spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """The rate of an increase against what it leads to; one over nothing is told."""
    base = now.term.amount - amount.amount
    shown = f"{now.term.printed}({now.place}) - {amount}"
    says = f"{amount.clause[-16:]}{amount},{rate.clause}{rate}"
    figures = (now.term.printed, amount, rate)
    if base == 0:
        words = Words(says, NO_RATE, f"{shown} = 0")
        yield ZERO_BASE, spot.slip(ZERO_BASE, Severity.ERROR, figures, words)
    elif base > 0:
        halves = (amount.half, now.term.half + amount.half)
        how = rate_fit(term(rate), amount.amount, base, halves)
        due = rounded_to(percent(amount.amount, base), max(rate.decimals, 2))
        if how is Fit.EXACT:
            yield CHANGE, None
        elif how is Fit.OFF and slipped(term(rate), due):
            words = Words(says, f"增长{due}%", f"{amount} ÷ ({shown}) = {due}%")
            yield CHANGE, spot.slip(CHANGE, Severity.ERROR, figures, words)


def _base(fact: Fact, words: str, by_name: _Facts) -> Fact | None:
    """The one figure that the words compare with, where all places that state it agree."""
    year = next(iter(re.findall(r"20\d\d", words)), "")
    is_budget = "预算" in words
    if not is_budget:
        year = year or (str(int(fact.year) - 1) if fact.year.isdecimal() else "")
    found = [
        one for one in by_name.get((fact.name, year or fact.year), ())
        if one.is_exact and one.kind == fact.kind and one.scope == fact.scope and not one.body
        and (one.basis in _BUDGETS if is_budget else one.basis not in _BUDGETS)
        and one.place != fact.place
    ]  # fmt: skip
    if is_budget and fact.basis in _BUDGETS:
        return None
    return found[0] if len({one.term.amount for one in found}) == 1 else None


def _held(
    now: Said, change: Comparison | None, base: Fact, spot: Spot
) -> Iterator[tuple[str, Slip | None]]:
    real = now.amount - base.term.amount
    if change is None:
        rule, says, is_right = DIRECTION, f"{now}没有变化", not real
        severity = Severity.ERROR
    else:
        assert change.amount is not None
        slack = now.half + base.term.half + change.amount.half
        how = fit(change.sign * abs(change.amount.amount), real, slack)
        rule, says, is_right = CHANGE, f"{change.amount.clause}{change.amount}", how is Fit.EXACT
        severity = Severity.HINT if how is Fit.ROUNDED else Severity.ERROR
    if is_right:
        yield rule, None
        return
    factor = base.term.factor
    due = f"{'增加' if real > 0 else '减少' if real < 0 else '没有变化'}"
    due += f"{abs(real) / factor:f}{base.unit}" if real else ""
    arithmetic = f"{now} - {base.term.printed}({base.place}) = {real / factor:f}"
    words = Words(says, due, arithmetic)
    yield rule, spot.slip(rule, severity, (now, base.term.printed), words)
