"""Changes that name their figure, which stands elsewhere: 公务接待费比上年减少0.3万元,下降23%."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import Fit, rounded_to, term
from workbook.proof.compared.changes import CHANGE, NO_RATE, ZERO_BASE
from workbook.proof.compared.comparison import groups
from workbook.proof.compared.comparisons import comparisons
from workbook.proof.corrected import Change, likely, shown, told
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.proof.percentages import is_change_slip, percent, rate_fit
from workbook.proof.whole.fact import Fact
from workbook.proof.whole.facts import document_year
from workbook.stated.clauses import Said, Sentence, Way
from workbook.stated.model import Basis
from workbook.stated.words import canonical, named

# What stands between the name of a figure and its change: 决算数比2022年度增加, 较上年减少.
_CHANGED: Final = re.compile(
    r"(?:支出|决算|预算|数|额|情况)*"
    r"(?:同口径)?(?:同比|(?:[比较]|与(?=.*相比))(?:(?:20\d\d)年?度?|上年度?|去年)(?:同期|决算|预算|执行|支出|实际)*数?(?:相比)?)?,?"
    r"(?:各|均)?(?:增加|增长|减少|下降|降低|压减|上升)(?:了)?(?:为)?$"
)
_OF_YEAR: Final = re.compile(r"本年(收入|支出)(?:合计)?[^,;。]{0,10}(?:增加|减少)(?:了)?(?:为)?$")
_ON_BUDGET: Final = re.compile(r"[比较与同](?![^,;。]*(?:上年|去年|\d年预算))[^,;。]*预算")
_BUDGETS: Final = (Basis.BUDGET, Basis.INITIAL, Basis.FULL)
_GROWN: Final = {1: ("增加", "增长"), -1: ("减少", "下降")}


def named_changes(
    statements: Sequence[Statement], facts: Sequence[Fact]
) -> Iterator[tuple[str, Slip | None]]:
    """Each change with its rate against the one figure of its name that other places state."""
    by_name: dict[str, list[Fact]] = defaultdict(list)
    year = document_year(statements)
    for fact in facts:
        if not year or fact.year in ("", year):
            by_name[fact.name].append(fact)
    for statement in (one for one in statements if not one.is_cell):
        earlier: Sentence | None = None
        for sentence in statement.sentences:
            spot = Spot(sentence, statement)
            for group in groups(sentence):
                if _is_open(group, sentence, earlier):
                    now = _now(group[0], by_name)
                    yield from _rated(group[0], group[1], now, spot) if now else ()
            earlier = sentence


def _is_open(group: Sequence[Said], sentence: Sentence, earlier: Sentence | None) -> bool:
    """Whether a change has an amount and a rate, and its own paragraph not what has changed."""
    amount, rate = group[0], group[-1]
    if len(group) != 2 or amount.way is not Way.AMOUNT or amount.sign != rate.sign:
        return False
    is_told = amount.value and rate.value and amount.is_exact and rate.is_exact
    is_sure = any(one.is_sure for one in comparisons(group, sentence, earlier))
    return bool(is_told) and not is_sure and not _ON_BUDGET.search(sentence.text[: amount.start])


def _now(amount: Said, by_name: dict[str, list[Fact]]) -> Fact | None:
    """The one figure that has changed, by its name; None where places differ."""
    side = _OF_YEAR.search(amount.clause)
    words = _CHANGED.sub("", amount.clause)
    name = f"本年{side[1]}合计" if side else canonical(named(words).name)
    is_budget = "预算" in amount.gap
    ones = [one for one in by_name.get(name, ()) if one.kind == amount.kind and not one.body]
    known = [one for one in ones if (one.basis in _BUDGETS) is is_budget] or ones
    same = {one.term.amount for one in known}
    return known[0] if len(same) == 1 and all(one.is_exact for one in known) else None


def _rated(amount: Said, rate: Said, now: Fact, spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """The rate of a change against what it leads to; one over nothing is told."""
    base = now.term.amount - amount.sign * amount.amount
    words_of = f"{now.term.printed}({now.place}) {'-' if amount.sign > 0 else '+'} {amount}"
    says = f"{amount.clause[-16:]}{amount},{rate.clause}{rate}"
    figures = (now.term.printed, amount, rate)
    if base == 0:
        words = Words(says, NO_RATE, f"{words_of} = 0")
        yield ZERO_BASE, spot.slip(ZERO_BASE, Severity.ERROR, figures, words)
        return
    halves = (amount.half, now.term.half + amount.half)
    is_right = base > 0 and rate_fit(term(rate), amount.amount, base, halves) is Fit.EXACT
    if is_right:
        yield CHANGE, None
    elif is_change_slip(term(rate), term(amount), now.term.amount, amount.sign):
        words = Words(says, told(_changes(amount, rate, now, base), ""), f"{amount} ÷ ({words_of})")
        yield CHANGE, spot.slip(CHANGE, Severity.ERROR, figures, words)


def _changes(amount: Said, rate: Said, now: Fact, base: Decimal) -> Sequence[Change]:
    """The rate as the amount would have it, and the amount as the rate would."""
    more, grown = _GROWN[amount.sign]
    found = []
    if base > 0:
        due = rounded_to(percent(amount.amount, base), max(rate.decimals, 2))
        found.append(Change(rate, rounded_to(due, rate.decimals), f"{grown}{due}%"))
    if (whole := 100 + amount.sign * rate.value) > 0:
        value = now.term.amount * rate.value / whole / term(amount).factor
        due = rounded_to(value, amount.decimals)
        found.append(Change(amount, due, f"{more}{shown(due, amount)}"))
    return likely(found)
