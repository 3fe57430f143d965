"""What comes by the day against all that came and the days that are stated, or those of a year.

`全年开馆312天,接待群众86400人次,日均接待277人次`; `全年接报警情48650起,…。日均接警133起`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import significant
from workbook.proof.model import Severity, Slip, Spot, Statement
from workbook.proof.multiplied.made import ASSUMED, Made, base_unit, is_plain, is_slip, measure, off
from workbook.stated.clauses import Said

_DAILY: Final = re.compile(r"(?:日均|平均每[天日]|每[天日]平均)[^\d,;:()]{0,8}$")
_ALL_YEAR: Final = re.compile(r"全年|年度|本年")
_PART: Final = re.compile(r"最|峰|节假日|春节|国庆|期间|旺季|工作日|高")
_YEAR: Final = 365
_OPEN: Final = range(240, 367)  # days of a year on which a house may be open
_TELLING: Final = 3  # digits of a mean that is hardly off by chance


def daily(statement: Statement) -> Iterator[Slip | None]:
    """Each daily mean of a paragraph whose total is stated before it."""
    if "日均" not in statement.text and "平均每" not in statement.text:
        return
    before: list[Said] = []
    for sentence in statement.sentences:
        for one in sentence.figures:
            if _DAILY.search(one.clause) and is_plain(one) and not _PART.search(one.clause):
                known = [*before, *(said for said in sentence.figures if said.start < one.start)]
                yield from _judged(one, known, Spot(sentence, statement))
        before += sentence.figures


def _judged(mean: Said, known: Sequence[Said], spot: Spot) -> Iterator[Slip | None]:
    same = [one for one in known if is_plain(one) and base_unit(one) == base_unit(mean)]
    totals = [one for one in same if "其中" not in one.gap and one.gap[:1] != "、"]
    days = [one for one in known if one.unit == "天" and is_plain(one)]
    if len(totals) != 1 or len(days) > 1:
        return
    total = totals[0]
    ways = [Made(total, one, mean) for one in days] or [
        Made(total, _assumed(mean, many), mean) for many in (_YEAR, *_OPEN)
    ]
    if any(way.ties for way in ways):
        yield None
    elif days and is_slip(ways[0]):
        yield off(ways[0], spot)
    elif not days and _is_of_year(total, mean) and is_slip(ways[0]):
        # On how many days is not said: sure only where the same digits stand otherwise.
        how = Severity.ERROR if _is_exchanged(ways[0]) else Severity.HINT
        yield replace(off(ways[0], spot), severity=how)


def _is_of_year(total: Said, mean: Said) -> bool:
    """Whether the total is of a whole year, and the mean has digits enough to tell."""
    is_telling = significant(measure(mean)) >= _TELLING
    return is_telling and _ALL_YEAR.search(total.clause) is not None


def _is_exchanged(way: Made) -> bool:
    """Whether the mean has the digits of what it should be, in another order or place."""
    due = measure(way.total).amount / measure(way.many).amount / measure(way.each).factor
    made = (way.each.value, round(due, way.each.decimals))
    first, other = (sorted(str(one).replace(".", "").strip("0")) for one in made)
    return first == other


def _assumed(mean: Said, days: int) -> Said:
    """The days of a year as a figure that no words state."""
    return replace(mean, value=Decimal(days), unit="天", decimals=0, clause="", start=ASSUMED)
