"""How content people are, by grades: their counts against all answers, and the rate of them.

`收回有效问卷412份,…。非常满意311份,比较满意88份,一般13份,综合满意度96.84%`.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, takewhile
from typing import Final

from workbook.proof.adding.claim import SUM
from workbook.proof.arithmetic import Fit, Term, is_slip, rounded_to, term
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.proof.percentages import is_share_slip, percent, rate_fit
from workbook.proof.ratios.rates import COMPLETION
from workbook.stated.clauses import Said, Way

_GRADE: Final = re.compile(
    r"(?:^|其中)(?:选择)?(非常|很|比较|较|基本|不|非常不)?(满意|一般)(?:的|为|有)*$"
)
_RATE: Final = re.compile(r"满意[度率](?:为|达到?|是)?$")
_SILENT: Final = re.compile(r"弃权|[未没不][作填答评选表了]|无效|空白|其[余他它]|剩余|另|废|缺")
_FEWEST: Final = 3  # grades, one of them the worst, which then are all there are
_WORST: Final = ("一般", "不满意", "非常不满意")


def grades(statement: Statement) -> Iterator[tuple[str, Slip | None]]:
    """The counts of a sentence's grades against all answers, and its rate against both."""
    if "满意" not in statement.text:
        return
    before: list[Said] = []
    for sentence in statement.sentences:
        figures = sentence.figures
        held = [one for one in figures if _grade(one) and one.is_exact and one.way is Way.VALUE]
        known = [*before, *(one for one in figures if held and one.start < held[0].start)]
        totals = [one for one in known if held and one.kind == held[0].kind and one.is_exact]
        before += figures
        is_all = len(held) >= _FEWEST and _grade(held[-1]) in _WORST
        if not is_all or not totals or len({one.kind for one in held}) > 1:
            continue
        spot = Spot(sentence, statement)
        rates = [one for one in figures if _is_rate(one)]
        yield from _judged(totals[-1], held, _behind(held, spot), rates, spot)


def _behind(held: Sequence[Said], spot: Spot) -> Sequence[Said] | None:
    """The figures of the same unit right behind the grades, of who gave none: 弃权10份.

    None where the words speak of some whom no figure counts.
    """
    figures, last = spot.sentence.figures, held[-1]
    rest = figures[figures.index(last) + 1 :]
    same = list(takewhile(lambda one: one.kind == last.kind and one.way is Way.VALUE, rest))
    text = spot.statement.folded.text[spot.sentence.start + last.end :]
    return None if not same and _SILENT.search(text) else same


def _grade(one: Said) -> str:
    match = _GRADE.search(one.clause)
    return f"{match[1] or ''}{match[2]}" if match else ""


def _is_rate(one: Said) -> bool:
    return one.unit == "%" and one.is_exact and _RATE.search(one.clause) is not None


def _judged(
    total: Said, held: Sequence[Said], behind: Sequence[Said] | None, rates: Sequence[Said],
    spot: Spot,
) -> Iterator[tuple[str, Slip | None]]:  # fmt: skip
    added = sum((one.value for one in held), Decimal(0))
    whole_lists = list(accumulate((one.value for one in behind or ()), initial=added))
    if total.value in whole_lists:
        yield SUM, None
    elif added < total.value and behind != []:
        return
    elif is_slip(term(total), [term(one) for one in held]):
        words = Words(
            f"{total.clause[-16:]}{total}", f"{added}{total.unit}(各项之和)",
            f"{' + '.join(map(str, held))} = {added}",
        )  # fmt: skip
        # Who is not content may be left out, who is neither, or who gave none.
        severity = Severity.ERROR if added > total.value else Severity.HINT
        yield SUM, spot.slip(SUM, severity, (total, *held), words)
        return
    else:
        return
    good = [one for one in held if _grade(one) not in _WORST]
    ways = {sum((one.value for one in some), Decimal(0)) for some in (good, good[:2], good[:1])}
    none = (Decimal(0), Decimal(0))
    for rate in rates if total.value and added else ():
        # Of all who answered, or of those who gave a grade.
        fits = [
            rate_fit(term(rate), way, whole, none) for way in ways for whole in (total.value, added)
        ]
        whole = max(ways)
        if Fit.EXACT in fits:
            yield COMPLETION, None
        elif is_share_slip(term(rate), Term(whole), term(total)):
            due = f"{rounded_to(percent(whole, total.value), max(rate.decimals, 2))}%"
            words = Words(f"{rate.clause[-16:]}{rate}", due, f"{whole} ÷ {total} = {due}")
            yield COMPLETION, spot.slip(COMPLETION, Severity.ERROR, (*good, total, rate), words)
