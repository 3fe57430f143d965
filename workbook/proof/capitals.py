"""Amounts in capital numerals, 人民币壹拾贰万元整, against the figure beside them."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from workbook.proof.model import Slip, Statement, Words, error
from workbook.stated.clauses import FACTORS
from workbook.stated.figures import NUMBER
from workbook.stated.folded import sentence

RULE: Final = "capitals"
_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_STEPS: Final = {"拾": 10, "佰": 100, "仟": 1000}
_WRITTEN: Final = (
    rf"[{_DIGITS}拾佰仟万亿]+(?:万元|[元圆])[整正]?(?:[{_DIGITS}]角)?(?:零?[{_DIGITS}]分)?[整正]?"
)
_FIGURE: Final = rf"[¥￥]?({NUMBER})(亿元|万元|元)?"
_LEADS: Final = r"(?:大写|小写|人民币|即|[:,]|金额)*"
_BEFORE: Final = re.compile(rf"({_WRITTEN})\({_LEADS}{_FIGURE}\)")
_BEHIND: Final = re.compile(rf"{_FIGURE}\({_LEADS}({_WRITTEN})\)")
# 大写:壹万贰仟元整,小写:12000.00元 in either order.
_CAPITALS_FIRST: Final = re.compile(
    rf"大写\)?:?({_WRITTEN})\)?[,;、]?\(?(?:人民币)?小写\)?:?{_FIGURE}"
)
_FIGURE_FIRST: Final = re.compile(
    rf"小写\)?:?{_FIGURE}\)?[,;、]?\(?(?:人民币)?大写\)?:?({_WRITTEN})"
)
_PARTS: Final = re.compile(
    r"(?:(?P<yi>[^亿]+)亿)?(?:(?P<wan>[^万元圆]+)万)?(?P<yuan>[^元圆万亿]*)[元圆][整正]?"
    r"(?:(?P<jiao>.)角)?(?:零?(?P<fen>.)分)?[整正]?"
)


_FIRST, _SECOND = (1, 2, 3), (3, 1, 2)  # where words, figure and unit stand in a match
_ORDERS: Final = (
    (_BEFORE, _FIRST), (_BEHIND, _SECOND), (_CAPITALS_FIRST, _FIRST), (_FIGURE_FIRST, _SECOND)
)  # fmt: skip


def capitals(statement: Statement) -> Iterator[Slip | None]:
    """Each amount that is written both ways: `人民币壹拾贰万元整(12万元)`."""
    text = statement.folded.text
    if not any(letter in text for letter in _DIGITS[1:]):
        return
    judged: set[int] = set()
    for pattern, (words, figure, unit) in _ORDERS:
        for match in pattern.finditer(text):
            if match.start(words) not in judged:
                judged.add(match.start(words))
                yield from _held(statement, match, match[words], (match[figure], match[unit]))


def _held(
    statement: Statement, match: re.Match[str], words: str, figure: tuple[str, str | None]
) -> Iterator[Slip | None]:
    """The words of an amount against its figure and unit."""
    number, unit = figure[0], figure[1] or "元"
    value = amount_of(words)
    if value is None:
        return
    if value == Decimal(number.replace(",", "")) * FACTORS[unit]:
        yield None
        return
    due = f"{value.normalize():f}元,或另改大写"
    told = Words(statement.words(*match.span()), due, f"{words} ≠ {number}{unit}")
    origin = statement.folded.origin
    whole = sentence(statement.text, origin[match.start()], origin[match.end() - 1] + 1)
    yield error(RULE, statement.place, whole, told, (words, f"{number}{unit}"))


def amount_of(words: str) -> Decimal | None:
    """The amount in 元 that capital numerals say, None for what is no such amount."""
    match = _PARTS.fullmatch(words)
    if match is None:
        return None
    parts = [_below(match[name] or "") for name in ("yi", "wan", "yuan")]
    if any(part is None for part in parts):
        return None
    yi, wan, yuan = (part or 0 for part in parts)
    cents = [_DIGITS.find(match[name]) if match[name] else 0 for name in ("jiao", "fen")]
    if min(cents) < 0:
        return None
    return Decimal(yi * 10**8 + wan * 10**4 + yuan) + Decimal(cents[0] * 10 + cents[1]) / 100


def _below(words: str) -> int | None:
    """The number below 10,000 that words say: 叁佰零伍 is 305."""
    total, digit = 0, None
    for letter in words:
        if letter in _STEPS:
            total += (1 if digit is None else digit) * _STEPS[letter]
            digit = None
        elif (found := _DIGITS.find(letter)) > 0 and digit in (None, 0):
            digit = found
        elif found == 0 and digit is None:
            continue
        else:
            return None
    return total + (digit or 0)
