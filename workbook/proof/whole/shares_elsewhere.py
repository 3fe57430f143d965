"""Shares whose whole stands elsewhere: 占支出合计的30%."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from workbook.proof.arithmetic import Fit, Term, rounded_to, term
from workbook.proof.model import Place, Severity, Slip, Spot, Statement, Words
from workbook.proof.percentages import is_share_slip, percent, rate_fit
from workbook.proof.ratios.share_lists import SHARE
from workbook.proof.ratios.shares import OF_WHOLE, PER_HEAD, is_called
from workbook.proof.whole.fact import BUDGETS, Fact, Facts, facts_by_name
from workbook.proof.whole.facts import document_year
from workbook.stated.clauses import Said, Sentence, Way
from workbook.stated.words import BEFORE, canonical, named

_SPENT: Final = re.compile(
    r"(?=.{3})(?:20\d\d年度?)?(?:全年|本年|部门|单位|累计)*(?:实际)?支出(?:总额|合计)?(?:为|共)?"
)
_CAME: Final = re.compile(r"^(?:本?项目)?(?:专项)?(?:资金到位|(?:实际)?到位资金)(?:为|共)?$")
_OF_MONEY: Final = re.compile(r"支出|收入|资金|经费|金额")
_STEM: Final = re.compile(r"(?:总额|总量|总数|金额|合计)+$")  # 合同总额 is 合同金额


def shares_elsewhere(
    statements: Sequence[Statement], facts: Sequence[Fact]
) -> Iterator[tuple[str, Slip | None]]:
    """Each share of a figure in a whole that is named and stated in another paragraph alone."""
    by_stem: Facts = defaultdict(list)
    for fact in facts:
        by_stem[_STEM.sub("", fact.name), fact.year].append(fact)
    year = document_year(statements)
    wholes = _Wholes(facts_by_name(facts), by_stem, _totals(statements), year)
    own = {(fact.place, fact.term.amount): fact for fact in facts}
    for statement in (one for one in statements if not one.is_cell):
        figures = [one for sentence in statement.sentences for one in sentence.figures]
        for sentence in statement.sentences:
            for part, rate in _with_shares(sentence):
                words = OF_WHOLE.fullmatch(rate.clause) if rate.way is Way.SHARE else None
                if words is None or words[1] or part.way is not Way.VALUE:
                    continue
                is_near = any(is_called(one, words[2]) for one in figures if one is not part)
                if part.is_exact and rate.is_exact and not is_near:
                    known = own.get((statement.place, part.amount))
                    whole = _whole_of(words[2], (part, rate), known, wholes)
                    spot = Spot(sentence, statement)
                    yield from [_shared(rate, part, whole, spot)] if whole else []


def _with_shares(sentence: Sentence) -> Iterator[tuple[Said, Said]]:
    """Each share with the figure before it; counts and means between are of that figure.

    `支出986万元,惠及1370人,人均7200元,占支出总额的35.66%` speaks of the first of them.
    """
    for at, rate in enumerate(sentence.figures):
        for part in reversed(sentence.figures[:at] if rate.way is Way.SHARE else ()):
            is_aside = part.kind != "元" and _OF_MONEY.search(rate.clause)
            if not is_aside and not PER_HEAD.search(part.clause):
                yield part, rate
                break
            if ";" in part.gap or part.way is not Way.VALUE:
                break


def _whole_of(
    words: str, pair: tuple[Said, Said], known: Fact | None, wholes: "_Wholes"
) -> "_Whole | None":
    """The whole that a share names, where the document states just one of its name.

    Where the part itself has no name, only a share that fits or has one slip is judged.
    """
    part, rate = pair
    if known is not None and (fact := _whole(words, known, wholes.by_name)) is not None:
        return _Whole(fact.term, fact.place)
    fact = _named_whole(words, part, wholes)
    if fact is not None and _fits_or_slips(rate, part, fact.term):
        return _Whole(fact.term, fact.place)
    stated = wholes.totals.get(_total_name(words), [])
    if not stated:
        return None
    whole = max(stated, key=lambda one: one.term.amount)  # 实际支出 of one item is less
    is_one = len({one.term.amount for one in stated}) == 1 and not _SPENT.fullmatch(words)
    is_one = is_one or _fits_or_slips(rate, part, whole.term)
    return whole if is_one and part.amount <= whole.term.amount else None


def _fits_or_slips(rate: Said, part: Said, whole: Term) -> bool:
    how = rate_fit(term(rate), part.amount, whole.amount, (part.half, whole.half))
    return how is Fit.EXACT or is_share_slip(term(rate), term(part), whole)


def _whole(words: str, part: Fact, by_name: Facts) -> Fact | None:
    """The one figure of the whole's name, of all funds, where all places that state it agree."""
    name = canonical(named(words).name)
    ones = [
        one for way in {name, words} for one in by_name.get((way, part.year), ())
        if one.is_exact and one.kind == part.kind and not (one.scope or one.body)
        and one.basis is part.basis and one.term.amount >= part.term.amount
    ]  # fmt: skip
    return ones[0] if len({one.term.amount for one in ones}) == 1 and ones[0].term.value else None


def _named_whole(words: str, part: Said, wholes: "_Wholes") -> Fact | None:
    """The largest figure of the whole's name in the document's year: 合同金额 for 合同总额.

    What is spent counts before what is budgeted.
    """
    if "预算" in words:
        return None
    stem = _STEM.sub("", canonical(named(words).name))
    ones = [
        one for one in wholes.by_stem.get((stem, wholes.year), ())
        if one.kind == part.kind and not one.body and one.is_exact and one.term.value
    ]  # fmt: skip
    spent = [one for one in ones if one.basis not in BUDGETS]
    return max(spent or ones, key=lambda one: one.term.amount, default=None)


class _Whole(NamedTuple):
    """What a share is of, and where that is stated."""

    term: Term
    place: Place


class _Wholes(NamedTuple):
    """What shares may be of: figures by name and year, what is called a total, the year."""

    by_name: Facts
    by_stem: Facts
    totals: dict[str, list[_Whole]]
    year: str


def _total_name(words: str) -> str:
    """支出合计 of 本年支出合计, 到位资金 of 项目资金到位; of others nothing."""
    if _CAME.search(words):
        return "到位资金"
    if _SPENT.fullmatch(words):
        return "支出合计"
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
