"""The texts that one value may print, each with the expression that prints it."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from docgen.naming.counted import FACTORS, OTHER_UNITS
from docgen.naming.model import Printed
from docgen.report import phrases
from docgen.template.model.sourced import MINUS
from docgen.template.model.text import text_of
from workbook.figures.numbers import round_half_up

_HYPHEN: Final = re.compile(r"(?<![A-Za-z\d_.)）])[-－](?=\d)")  # 结余为-2315.40元 has one
_PLACES: Final = (2, 1, 0)
_ROUNDED: Final = 2  # decimals of a figure in another unit that may just be rounded to them
_FIGURE_IN_WORDS: Final = re.compile(
    r"(?P<sign>[≥≤＞＜><=＝]?)(?P<figure>(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,6})(?:\.\d+)?)(?P<share>[%％]?)"
)
_MEASURED: Final = re.compile(  # ≥420座, 不超过2200元, 40.15万元/公里
    r"(?:[≥≤＞＜><=＝]{1,2}|不[低少高大]于|不超过|[大小]于(?:等于)?)?"
    r"(?P<figure>(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,7})(?:\.\d+)?)"
    r"(?P<unit>[^\W\d_]{1,4}|[%％])(?:[/／][^\W\d_]{1,4})?(?:\(含\)|（含）)?"
)
TAKEN: Final = "|figure"  # behind the name of a text of which the figure is printed
_BOUND: Final = re.compile(r"(?:以上|以内|以下|左右)$")
_NUMBERED: Final = tuple(
    "年月日号路级类组届班期标楼栋季周点时线队师区室层"
)  # what a figure numbers
_THOUSAND: Final = 1000


def other_units(unit: str) -> list[str]:
    """The units in which a figure of this unit may be printed besides it."""
    return [one for one, _ in OTHER_UNITS.get(unit, ())]


class Way(NamedTuple):
    """A text that a value may print, the expression for it, its unit, whether nothing is lost."""

    text: str
    expression: str
    unit: str = ""
    is_exact: bool = True


def figure_in_words(name: str, text: str, unit: str) -> Iterator[Way]:
    """The figure of a text that is nothing but one: `780`, `≥95%`, as aims and what was done are.

    Next year's text may hold another sign; it is printed as it is then.
    """
    told = _FIGURE_IN_WORDS.fullmatch(text.strip())
    if told is None:
        yield from _measured(name, text.strip())
        return
    signs = f"{told['sign']}{told['share']}"
    expression = f"{name}.strip('{signs}')" if signs else name
    yield Way(told["figure"], expression, "%" if told["share"] else unit)


def _measured(name: str, text: str) -> Iterator[Way]:
    """The figure of a text that is one with its unit: 420座 of ≥420座; no 8号 and no 2月."""
    told = _MEASURED.fullmatch(text)
    if told is None:
        return
    unit = _BOUND.sub("", told["unit"]).replace("％", "%")
    if unit and not unit.startswith(_NUMBERED):
        yield Way(told["figure"], f"{name}{TAKEN}", unit)


def printed_ways(name: str, value: Any, unit: str) -> Iterator[Way]:
    """Texts that a value may print, each with the expression for it; the plain one first.

    82310.50 is `82310.50`, `82,310.50`, `82310.5` and, in 元, `8.23` as 万元.
    """
    told: set[tuple[str, str]] = set()
    for way in every_way(name, value, unit):
        if (way.text, way.unit) not in told:
            told.add((way.text, way.unit))
            yield way


def with_minus(text: str) -> str:
    """A text whose negative figures have the minus that this program prints, and no hyphen."""
    return _HYPHEN.sub(MINUS, text)


def is_converted(way: Printed) -> bool:
    """Whether a way prints a figure in another unit than its cell has: 12.5万元 of 125000元."""
    return any(f"{factor})" in way.expression for factor in FACTORS)


def every_way(name: str, value: Any, unit: str) -> Iterator[Way]:
    """The same with all expressions for a text: 286.2 is `x.normalize()` and `x|round(1)`."""
    if isinstance(value, str):
        if value.strip():
            yield Way(value.strip(), name)
    elif isinstance(value, date):
        yield Way(phrases.long_date(value), f"{name}|long_date")
        yield Way(value.isoformat(), name)
        month = f"'{{}}年{{}}月'.format({name}|year, {name}|month)"
        yield Way(f"{value.year}年{value.month}月", month)
    elif isinstance(value, Decimal | int):
        yield from _figures(name, value, unit)


def _figures(name: str, value: Decimal | int, unit: str) -> Iterator[Way]:
    number = Decimal(value)
    yield Way(text_of(value), name, unit)
    yield Way(f"{number:,}", f"'{{:,}}'.format({name})", unit)
    as_decimal = name if isinstance(value, Decimal) else f"({name} / 1)"
    if isinstance(value, Decimal):
        yield from _exact(Way(format(number.normalize(), "f"), name, unit))
    yield from _rounded(as_decimal, number, unit)
    for other, factor in OTHER_UNITS.get(unit, ()):
        sign, by = factor.split()
        made = number / int(by) if sign == "/" else number * int(by)
        text = format(made.normalize(), "f")
        decimals = len(text.partition(".")[2])
        if decimals < _ROUNDED:
            yield from _exact(Way(text, f"({name} {factor})", other))
        yield from _rounded(f"({name} {factor})", made, other)
        if decimals > _ROUNDED:  # 51.238万人 of 512380人
            yield from _exact(Way(text, f"({name} {factor})", other))


def _exact(way: Way) -> Iterator[Way]:
    """A figure with as many decimals as it needs: 12万元 of 120000, and next year 0.49 of 4900."""
    text, name, unit, _ = way
    yield Way(text, f"{name}.normalize()", unit)
    if abs(Decimal(text)) >= _THOUSAND:
        yield Way(f"{Decimal(text):,}", f"'{{:,f}}'.format({name}.normalize())", unit)


def _rounded(name: str, number: Decimal, unit: str) -> Iterator[Way]:
    for places in (*_PLACES, 4):
        shown = round_half_up(number, places)
        if not shown and number:
            continue
        expression = f"{name}|round({places})"
        yield Way(format(shown, "f"), expression, unit, shown == number)
        if abs(shown) >= _THOUSAND:
            grouped = f"'{{:,}}'.format({expression})"
            yield Way(f"{shown:,}", grouped, unit, shown == number)
