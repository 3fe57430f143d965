"""What is paid by head and month against the people and the year's amount, each by its name.

`城市低保1286户2104人,…。城市低保月人均补助720元,全年发放1817.86万元`.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from workbook.proof.model import Slip, Spot, Statement
from workbook.proof.multiplied.made import Made, is_slip, off
from workbook.stated.clauses import Said, Sentence, Way

_MONTHLY: Final = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,10}?)(?:对象|人员)?(?:每人每月|月人均|人均每月|人月均)"
    r"(?:补助|补贴|发放|保障|救助|供养)?(?:标准|水平|金额)?(?:为|达到?)?$"
)
_PAID: Final = re.compile(
    r"^(?:全年|年度|累计|合计|共计?|年)*(?:发放|支出|支付|补助)?(?:资金|补助|补贴|金额|低保金)?$"
)
_NOUN: Final = re.compile(r"(?:对象|人员|人数|人口|共有|共|为|有)+$")
_PEOPLE: Final = ("人", "名")
_MONTHS: Final = range(1, 13)
_YEAR: Final = Decimal(12)


def monthly(statement: Statement) -> Iterator[Slip | None]:
    """Each amount of a year that a name, its people and a month's amount give."""
    if "每月" not in statement.text and "月人均" not in statement.text:
        return
    before: list[Said] = []
    for sentence in statement.sentences:
        for each, total in pairwise((*sentence.figures, None)):
            assert each is not None
            match = _MONTHLY.search(each.clause) if each.kind == "元" and each.is_exact else None
            known = [*before, *(one for one in sentence.figures if one.start < each.start)]
            many = _people(match["name"], known) if match else None
            is_paid = total is not None and ";" not in total.gap and total.is_exact
            if many is None or total is None or not is_paid or not _PAID.match(total.clause):
                continue
            if total.kind == each.kind and total.way is Way.VALUE:
                yield from _judged(Made(total, many, each, _YEAR), sentence, statement)
        before += sentence.figures


def _people(name: str, known: Sequence[Said]) -> Said | None:
    """The one count of people that a name stands before, a count of households between."""
    found: list[Said] = []
    for at, one in enumerate(known):
        first = known[at - 1] if at and not one.gap else one  # 1286户2104人
        is_count = one.unit in _PEOPLE and one.is_exact and not one.decimals and one.value
        if is_count and one.way is Way.VALUE and _NOUN.sub("", first.clause).endswith(name):
            found.append(one)
    return found[0] if len(found) == 1 else None


def _judged(made: Made, sentence: Sentence, statement: Statement) -> Iterator[Slip | None]:
    """In order for any number of months; an error where one slip keeps it from twelve."""
    ways = (Made(made.total, made.many, made.each, Decimal(months)) for months in _MONTHS)
    if any(way.ties for way in ways):
        yield None
    elif is_slip(made):
        yield off(made, Spot(sentence, statement))
