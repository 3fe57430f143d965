"""The period after the one that a workbook is of: the next year, quarter or month."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from workbook.form.model import Field, Form
from workbook.form.sample import SampleValue
from workbook.reading.values import Values

_PERIODS: Final = {"quarter": 4, "month": 12}  # in a year
_MONTH: Final = re.compile(r"(?:(\d{4})(\s*[年\-./]\s*))?(\d{1,2})(?=\s*月|\s*$)")
_QUARTER: Final = re.compile(r"(?:(\d{4})(\s*年?\s*))?第?([一二三四1-4])(?=\s*季)")
_ANOTHER: Final = re.compile(r"\d|第")  # 2025年10-11月, 第三季度(7-9月): which is it?
_NUMERALS: Final = "一二三四"


def counts_on(field: Field) -> bool:
    """Whether a field is the report's year, which the next workbook counts on."""
    return field.type == "year" and field.carry is None and not field.prior


def says_period(field: Field) -> bool:
    """Whether a field says of which year, quarter or month the workbook is."""
    return field.period or counts_on(field)


def next_period(values: Values, form: Form) -> dict[str, SampleValue | None]:
    """What the cells that say the period say in the next workbook; None where nobody can tell.

    With the year 2025 and the month 9 they are 2025 and 10, after 12 they are 2026 and 1; a text
    `2025年9月` is `2025年10月`, `第四季度` is `第一季度`.
    """
    if form.period == "year":
        return {key: _year(values, key, 1) for key in _years(form)}
    made: dict[str, SampleValue | None] = {}
    more: int | None = None
    for field in (one for one in form.fields.values() if one.period):
        said, wraps = _after(values.fields[field.key].value, field, _PERIODS[form.period])
        made[field.key] = said
        more = None if said is None else int(wraps)
    years = {key: None if more is None else _year(values, key, more) for key in _years(form)}
    return {**made, **years}


def _years(form: Form) -> Iterator[str]:
    yield from (key for key, field in form.fields.items() if counts_on(field))


def _year(values: Values, key: str, more: int) -> int | None:
    value = values.fields[key].value
    return int(value) + more if isinstance(value, Decimal) else None


def _after(value: object, field: Field, last: int) -> tuple[SampleValue | None, bool]:
    """The period after one, and whether it is the first of another year."""
    if isinstance(value, Decimal) and 1 <= value <= last:
        return int(value) % last + 1, value == last
    if field.choices and value in field.choices:
        at = field.choices.index(str(value)) + 1
        return field.choices[at % len(field.choices)], at == len(field.choices)
    if isinstance(value, str):
        return _text_after(value, last)
    return None, False


def _text_after(text: str, last: int) -> tuple[str | None, bool]:
    match = (_MONTH if last == _PERIODS["month"] else _QUARTER).search(text)
    if match is None or _ANOTHER.search(f"{text[: match.start()]}{text[match.end() :]}"):
        return None, False
    number = _NUMERALS.find(match[3]) + 1 or int(match[3])
    if not 1 <= number <= last:
        return None, False
    wraps, following = number == last, number % last + 1
    if match[3] in _NUMERALS:
        said = _NUMERALS[following - 1]
    else:
        said = str(following).zfill(len(match[3])) if match[3].startswith("0") else str(following)
    if match[1] and "-" in match[2]:
        said = said.zfill(2)
    year = "" if match[1] is None else f"{int(match[1]) + wraps}{match[2]}"
    start = match.start(1) if match[1] else match.start(3)
    return f"{text[:start]}{year}{_between(text, match)}{said}{text[match.end(3) :]}", wraps


def _between(text: str, match: re.Match[str]) -> str:
    """What stands between the year and the number of a quarter: 第."""
    return text[match.end(2) : match.start(3)] if match[1] else ""
