"""Shares written as a:b:c, which are 100 together: 产业结构为13.5:41.1:45.4."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import Term, is_slip
from workbook.proof.model import Severity, Slip, Statement
from workbook.proof.ratios.share_lists import SHARE
from workbook.stated.folded import sentence

_RATIO: Final = re.compile(
    r"(?<![\d.:/])\d{1,3}(?:\.\d{1,2})?(?::\d{1,3}(?:\.\d{1,2})?){2,5}(?![\d.:])"
)
_NAMED: Final = re.compile(r"(?:结构|比例|构成|之比|占比|比重)[^;。]{0,40}$")
_HUNDRED: Final = Decimal(100)


def structures(statement: Statement) -> Iterator[Slip | None]:
    """Each structure of three and more shares with decimals."""
    text = statement.folded.text
    if ":" not in text:
        return
    for match in _RATIO.finditer(text):
        values = [Decimal(one) for one in match[0].split(":")]
        if "." not in match[0] or not _NAMED.search(text[: match.start()]):
            continue
        decimals = max(-int(one.as_tuple().exponent) for one in values)
        half = Decimal(5).scaleb(-decimals - 1)
        added = sum(values, Decimal(0))
        parts = [Term(one, decimals=decimals, half=half) for one in values]
        if abs(added - _HUNDRED) <= half * len(parts):
            yield None
        elif is_slip(Term(_HUNDRED), parts):
            yield _off(statement, match, added)


def _off(statement: Statement, match: re.Match[str], added: Decimal) -> Slip:
    origin = statement.folded.origin
    start, end = origin[match.start()], origin[match.end() - 1] + 1
    return Slip(
        SHARE, Severity.ERROR, statement.place, sentence(statement.text, start, end),
        tuple(match[0].split(":")), match[0], "各项合计100",
        f"{match[0].replace(':', ' + ')} = {added}",
    )  # fmt: skip
