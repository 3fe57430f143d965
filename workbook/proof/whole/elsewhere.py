"""Changes and shares whose base or whole stands elsewhere: 与预算相比无变化, 占支出合计的30%."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from workbook.proof.arithmetic import (
    Fit,
    Term,
    fit,
    is_rate_slip,
    is_share_slip,
    percent,
    rate_fit,
    rounded_to,
    term,
)
from workbook.proof.changes import CHANGE, DIRECTION
from workbook.proof.comparisons import Comparison, comparisons, groups
from workbook.proof.model import Place, Severity, Slip, Spot, Statement, Words
from workbook.proof.ratios.share_lists import SHARE
from workbook.proof.ratios.shares import OF_WHOLE, PER_HEAD, is_called
from workbook.proof.whole.facts import Fact, document_year
from workbook.stated.clauses import Said, Sentence, Way
from workbook.stated.model import Basis
from workbook.stated.words import BEFORE, canonical, named

_Facts = dict[tuple[str, str], list[Fact]]
_AGAINST: Final = re.compile(
    r"(?:[比较]|[与同])(?P<what>(?:20\d\d)?年?度?(?:年初|全年|调整)?预算数?|上年度?(?:决算数?)?|20\d\d年度?(?:决算数?)?)"
    r"(?:相比|相较|对比|比较)?,?"
)
_SPENT: Final = re.compile(
    r"(?=.{3})(?:20\d\d年度?)?(?:全年|本年|部门|单位|累计)*(?:实际)?支出(?:总额|合计)?(?:为|共)?"
)
_LEVEL: Final = re.compile(r"(?:无变化|无增减|无增减变化|没有变化|没有增减|持平|一致)")
_CAME: Final = re.compile(r"^(?:本?项目)?(?:专项)?(?:资金到位|(?:实际)?到位资金)(?:为|共)?$")
_OF_MONEY: Final = re.compile(r"支出|收入|资金|经费|金额")
_STEM: Final = re.compile(r"(?:总额|总量|总数|金额|合计)+$")  # 合同总额 is 合同金额
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
    by_stem: _Facts = defaultdict(list)
    for fact in facts:
        by_stem[_STEM.sub("", fact.name), fact.year].append(fact)
    year = document_year(statements)
    wholes = _Wholes(_by_name(facts), by_stem, _totals(statements), year)
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


def _whole(words: str, part: Fact, by_name: _Facts) -> Fact | None:
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
    spent = [one for one in ones if one.basis not in _BUDGETS]
    return max(spent or ones, key=lambda one: one.term.amount, default=None)


class _Whole(NamedTuple):
    """What a share is of, and where that is stated."""

    term: Term
    place: Place


class _Wholes(NamedTuple):
    """What shares may be of: figures by name and year, what is called a total, the year."""

    by_name: _Facts
    by_stem: _Facts
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
        if sure and match and sure[0].base is None:
            yield sure[0].now, match["what"], sure[0]
    values = [one for one in sentence.figures if one.way is Way.VALUE and one.depth == 0]
    for match in _AGAINST.finditer(sentence.text):
        before = [one for one in values if one.end <= match.start()]
        is_next = bool(before) and sentence.text[before[-1].end : match.start()] in ("", ",")
        if is_next and before[-1].is_exact and _LEVEL.match(sentence.text, match.end()):
            yield before[-1], match["what"], None


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
