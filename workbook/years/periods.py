"""The period after the one that a workbook is of: the next year, quarter or month."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from workbook.form.field import Field
from workbook.form.model import Form
from workbook.form.sample import SampleValue
from workbook.reading.values import Values

_PERIODS: Final = {"quarter": 4, "month": 12}  # in a year
_NUMERALS: Final = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_DIGITS: Final = "〇一二三四五六七八九"
_ZEROS: Final = "○零"  # other ways to write the first of them
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_SHORT: Final = 3  # letters of Jan, Feb, Mar
_YEAR: Final = rf"(?P<year>\d{{4}}|[{_DIGITS}{_ZEROS}]{{4}})"
_NAMES: Final = "|".join(f"{one}|{one[:_SHORT]}" for one in _MONTHS)
_FORMS: Final = {
    _PERIODS["month"]: tuple(
        re.compile(form, re.IGNORECASE)
        for form in (
            rf"(?:{_YEAR}\s*(?P<sign>[年\-./])\s*)?(?P<number>\d{{1,2}}|十[一二]?|[一二三四五六七八九])"
            r"(?=\s*月|\s*$)",
            r"^\s*(?P<year>\d{4})(?P<number>0[1-9]|1[0-2])\s*$",
            rf"(?P<number>\b(?:{_NAMES})\b)\.?,?(?:\s*(?P<year>\d{{4}}))?",
            rf"(?P<year>\d{{4}})\s*(?P<number>\b(?:{_NAMES})\b)",
        )
    ),
    _PERIODS["quarter"]: tuple(
        re.compile(form, re.IGNORECASE)
        for form in (
            rf"(?:{_YEAR}\s*年?\s*)?第?(?P<number>[一二三四1-4])(?=\s*季)",
            r"(?:(?P<year>\d{4})[\s\-/.年]*)?Q(?P<number>[1-4])(?!\d)",
            r"Q(?P<number>[1-4])[\s\-/.,]+(?P<year>\d{4})(?!\d)",
        )
    ),
}
_ANOTHER: Final = re.compile(rf"[\d第十{_DIGITS}]")  # 2025年10-11月, 第三季度(7-9月): which is it?


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
    for form in _FORMS[last]:
        match = form.search(text)
        if match and not _ANOTHER.search(f"{text[: match.start()]}{text[match.end() :]}"):
            return _following(text, match, last)
    return None, False


def _following(text: str, match: re.Match[str], last: int) -> tuple[str | None, bool]:
    """The text with the next period, and the next year where it is the first of one."""
    written = match["number"]
    number = _number(written)
    if not 1 <= number <= last:
        return None, False
    wraps = number == last
    is_padded = written[0] == "0" or "-" in (match.groupdict().get("sign") or "")
    is_compact = match["year"] is not None and match.end("year") == match.start("number")
    spans = [(match.span("number"), _like(written, number % last + 1, is_padded or is_compact))]
    if match["year"] and wraps:
        spans.append((match.span("year"), _next_year(match["year"])))
    for (start, end), said in sorted(spans, reverse=True):  # from behind, as places move
        text = f"{text[:start]}{said}{text[end:]}"
    return text, wraps


def _number(written: str) -> int:
    """`12` of 12, 十二, December or Dec; 0 of none of these."""
    if written.isdecimal():
        return int(written)
    if written in _NUMERALS:
        return _NUMERALS.index(written) + 1
    begins = written[:_SHORT].title()
    return next((n for n, one in enumerate(_MONTHS, 1) if one.startswith(begins)), 0)


def _like(written: str, number: int, is_padded: bool) -> str:
    """Another period, written as this one is."""
    if written.isdecimal():
        return str(number).zfill(len(written) if is_padded else 1)
    if written in _NUMERALS:
        return _NUMERALS[number - 1]
    name = _MONTHS[number - 1]
    said = name if len(written) > _SHORT or written.title() == "May" else name[:_SHORT]
    return said.upper() if written.isupper() else said.lower() if written.islower() else said


def _next_year(written: str) -> str:
    if written.isdecimal():
        return str(int(written) + 1)
    zero = next((one for one in written if one in _ZEROS), _DIGITS[0])
    year = "".join(str(max(_DIGITS.find(one), 0)) for one in written)
    return "".join(_DIGITS[int(one)] for one in str(int(year) + 1)).replace(_DIGITS[0], zero)
