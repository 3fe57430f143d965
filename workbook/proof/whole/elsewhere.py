"""Changes whose base stands elsewhere: 与预算相比无变化."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from workbook.proof.arithmetic import Fit, Term, fit, rounded_to, term
from workbook.proof.compared.changes import CHANGE, DIRECTION
from workbook.proof.compared.comparison import Comparison, groups
from workbook.proof.compared.comparisons import comparisons
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.proof.percentages import is_rate_slip, percent, rate_fit
from workbook.proof.whole.fact import BUDGETS, Fact, Facts, facts_by_name
from workbook.stated.clauses import Said, Sentence, Way

_AGAINST: Final = re.compile(
    r"(?:[比较]|[与同])(?P<what>(?:20\d\d)?年?度?(?:年初|全年|调整)?预算数?|上年度?(?:决算数?)?|20\d\d年度?(?:决算数?)?)"
    r"(?:相比|相较|对比|比较)?,?"
)
_LEVEL: Final = re.compile(r"(?:无变化|无增减|无增减变化|没有变化|没有增减|持平|一致)")


def changes_elsewhere(
    statements: Sequence[Statement], facts: Sequence[Fact]
) -> Iterator[tuple[str, Slip | None]]:
    """Each change of a figure with a whole name whose base one other place states."""
    by_name = facts_by_name(facts)
    own = {(fact.place, fact.term.amount): fact for fact in facts}
    for statement in (one for one in statements if not one.is_cell):
        earlier: Sentence | None = None
        for sentence in statement.sentences:
            spot = Spot(sentence, statement)
            for now, words, amount in _changes(sentence, earlier):
                known = own.get((statement.place, now.amount))
                base = None if known is None else _base(known, words, by_name)
                if base is not None:
                    yield from _held(now, amount, base, spot)
            earlier = sentence


def _changes(
    sentence: Sentence, earlier: Sentence | None
) -> Iterator[tuple[Said, str, Comparison | None]]:
    """A figure, what it is compared with, and the change, None where it is said to be none."""
    for group in groups(sentence):
        sure = [one for one in comparisons(group, sentence, earlier) if one.is_sure]
        match = _AGAINST.search(group[0].gap)
        if sure and match and sure[0].base is None:
            yield sure[0].now, match["what"], sure[0]
    values = [one for one in sentence.figures if one.way is Way.VALUE and one.depth == 0]
    for match in _AGAINST.finditer(sentence.text):
        before = [one for one in values if one.end <= match.start()]
        is_next = bool(before) and sentence.text[before[-1].end : match.start()] in ("", ",")
        if is_next and before[-1].is_exact and _LEVEL.match(sentence.text, match.end()):
            yield before[-1], match["what"], None


def _base(fact: Fact, words: str, by_name: Facts) -> Fact | None:
    """The one figure that the words compare with, where all places that state it agree."""
    year = next(iter(re.findall(r"20\d\d", words)), "")
    is_budget = "预算" in words
    if not is_budget:
        year = year or (str(int(fact.year) - 1) if fact.year.isdecimal() else "")
    found = [
        one for one in by_name.get((fact.name, year or fact.year), ())
        if one.is_exact and one.kind == fact.kind and one.scope == fact.scope and not one.body
        and (one.basis in BUDGETS if is_budget else one.basis not in BUDGETS)
        and one.place != fact.place
    ]  # fmt: skip
    if is_budget and fact.basis in BUDGETS:
        return None
    return found[0] if len({one.term.amount for one in found}) == 1 else None


def _rated(
    now: Said, change: Comparison, base: Fact, spot: Spot
) -> Iterator[tuple[str, Slip | None]]:
    """比上年增长9.2% alone: an error where one slip explains it, as the base is not said here."""
    rate, whole = change.rate, base.term
    if rate is None or not whole.value:
        return
    real = change.sign * (now.amount - whole.amount)
    halves = (now.half + whole.half, whole.half)
    shown_rate = term(rate)._replace(value=abs(rate.value))
    if rate_fit(shown_rate, real, whole.amount, halves) is Fit.EXACT:
        yield CHANGE, None
        return
    due = rounded_to(percent(abs(real), whole.amount), max(rate.decimals, 2))
    is_turned = rate_fit(shown_rate, -real, whole.amount, halves) is Fit.EXACT
    part = Term(abs(real), half=halves[0])
    if is_turned or (real > 0 and is_rate_slip(shown_rate, part, _amount_of(whole))):
        up = now.amount > whole.amount
        words = Words(
            f"{rate.clause[-16:]}{rate}", f"{'增长' if up else '下降'}{due}%",
            f"({now} - {whole.printed}({base.place})) ÷ {whole.printed}",
        )  # fmt: skip
        rule = DIRECTION if is_turned else CHANGE
        yield rule, spot.slip(rule, Severity.ERROR, (now, whole.printed, rate), words)


def _amount_of(one: Term) -> Term:
    return Term(one.amount, half=one.half)


def _held(
    now: Said, change: Comparison | None, base: Fact, spot: Spot
) -> Iterator[tuple[str, Slip | None]]:
    real = now.amount - base.term.amount
    if change is not None and change.amount is None:
        yield from _rated(now, change, base, spot)
        return
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
