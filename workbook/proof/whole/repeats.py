"""The same quantity stated twice with two values, in sentences and in tables.

Two figures are the same quantity only where whole name, year, kind (budget or outturn) and unit
agree. Where the kind is not stated in a sentence it is taken for the outturn, and then only a slip
of the hand counts: one digit, two exchanged, a shift. Two scopes that share a name (all funds,
fiscal appropriation) differ in all digits and are left alone. Of what a unit has one of in a year,
在职人员 and 本年支出合计, and of 基本支出 and its like where the kind is stated, any other
is an error.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import significant, slipped
from workbook.proof.echoed.lines import REPEATED
from workbook.proof.model import Severity, Slip
from workbook.proof.whole.fact import Fact
from workbook.proof.whole.facts import MAIN
from workbook.stated.model import Basis

RULE: Final = REPEATED
MIXED: Final = "mixed-units"
_MAGNITUDE: Final = 9
_LONG: Final = 6  # letters of a name that is hardly said of two things
_RATIOS: Final = frozenset((Decimal(10_000), Decimal(100_000_000)))  # of 万元 and 亿元 to 元


def repeated(facts: Sequence[Fact]) -> Iterator[tuple[str, Slip | None]]:
    """Each quantity that is stated more than once; the odd one of several is told."""
    groups: dict[tuple[str, str, Basis, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        whose = fact.body if fact.is_lone else ""
        groups[fact.name + whose, fact.year, fact.basis, fact.kind].append(fact)
    apart = _apart(groups.values())
    values = {(one.name, one.year, one.basis, one.term.amount) for one in facts}
    for members in groups.values():
        known = [one for one in members if not (one.is_vague and _is_otherwise(one, values))]
        yield from _held([one for one in known if one.is_exact], apart)
        yield from _about(known)


def _is_otherwise(one: Fact, values: Collection[tuple[str, str, Basis, Decimal]]) -> bool:
    """Whether a figure without a kind is the budget that another place states."""
    others = (basis for basis in Basis if basis is not one.basis)
    return (one.name, one.year, one.basis, one.term.amount) in values and any(
        (one.name, one.year, basis, one.term.amount) in values for basis in others
    )


def _apart(groups: Iterable[Sequence[Fact]]) -> set[frozenset[str]]:
    """Pairs of scopes whose figures differ as often as not: all funds, fiscal appropriation."""
    agree: Counter[frozenset[str]] = Counter()
    differ: Counter[frozenset[str]] = Counter()
    for members in groups:
        for at, one in enumerate(members[:12]):
            for other in members[at + 1 : 12]:
                if one.scope != other.scope and one.term.value and other.term.value:
                    pair = frozenset((one.scope, other.scope))
                    (agree if one.term.amount == other.term.amount else differ)[pair] += 1
    return {pair for pair, count in differ.items() if agree[pair] < 2 * count}


def _held(
    members: Sequence[Fact], apart: Collection[frozenset[str]]
) -> Iterator[tuple[str, Slip | None]]:
    """One quantity in all its places: the value that stands alone is off, against the commonest."""
    if len({fact.place for fact in members}) < 2:
        return
    amounts = Counter(fact.term.amount for fact in members)
    (common, count), *_ = amounts.most_common()
    witnesses = [fact for fact in members if fact.term.amount == common]
    yield from ((RULE, None) for _ in witnesses[1:])
    for fact in members:
        is_common = fact.term.amount == common or (amounts[fact.term.amount] > 1 and count > 1)
        if is_common or frozenset((fact.scope, witnesses[0].scope)) in apart:
            continue
        slip = _odd(fact, witnesses[0], alone=count == 1 and len(amounts) == 2)
        if slip is not None:
            yield slip.rule, slip


def _about(members: Sequence[Fact]) -> Iterator[tuple[str, Slip | None]]:
    """What is stated as about so much, 约 and 余, against the exact value: only the magnitude."""
    exact = [one for one in members if one.is_exact]
    if len({one.term.amount for one in exact}) != 1:
        return
    for fact in members:
        low, high = sorted((abs(fact.term.amount), abs(exact[0].term.amount)))
        if fact.is_exact or fact.scope != exact[0].scope or fact.place == exact[0].place:
            continue
        is_off = not low or high / low >= _MAGNITUDE
        yield RULE, _told(fact, exact[0], RULE, Severity.ERROR) if is_off else None


def _odd(fact: Fact, other: Fact, *, alone: bool) -> Slip | None:
    """What to say of a figure that differs from its witness; None where it may be another scope."""
    near = abs(fact.term.amount - other.term.amount)
    if near <= max(_half(fact), _half(other)) and fact.term.decimals != other.term.decimals:
        return None  # one is rounded
    is_telling = max(significant(fact.term), significant(other.term)) >= 3
    is_slip = slipped(fact.term, other.term.amount) or slipped(other.term, fact.term.amount)
    low, high = sorted((abs(fact.term.amount), abs(other.term.amount)))
    if low and high / low in _RATIOS and fact.unit != other.unit:
        return _told(fact, other, MIXED, Severity.ERROR)
    if is_slip and (is_telling or len(fact.name) >= _LONG):
        return _told(fact, other, RULE, Severity.ERROR)
    is_sure = alone and not (fact.is_vague or other.is_vague)
    is_one = (fact.is_lone and other.is_lone) or fact.name in MAIN
    is_same = is_one and (fact.scope, fact.body) == (other.scope, other.body)
    weight = Severity.ERROR if is_same else Severity.HINT
    return _told(fact, other, RULE, weight) if is_sure else None


def _half(fact: Fact) -> Decimal:
    return Decimal(5).scaleb(-fact.term.decimals - 1) * fact.term.factor


def _told(fact: Fact, other: Fact, rule: str, severity: Severity) -> Slip:
    kind = "" if fact.is_vague or fact.is_lone else fact.basis.value
    figures = (fact.term.printed, other.term.printed)
    return Slip(
        rule, severity, fact.place, fact.text, figures, f"{fact.name}{kind} {figures[0]}",
        f"{figures[1]}({other.place}的“{other.text[:24]}”)", f"{figures[0]} ≠ {figures[1]}",
    )  # fmt: skip
