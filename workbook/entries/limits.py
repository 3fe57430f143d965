"""What a field does not allow about a value that could be read."""

from decimal import Decimal

from workbook.catalogue.model import Language, listed
from workbook.figures.numbers import (
    plain,
    round_half_up,
)
from workbook.findings.model import Finding, finding
from workbook.findings.place import Place
from workbook.form.field import Field
from workbook.reading.values import Value

EXCEL_DIGITS = 15
TOO_LARGE = Decimal(10) ** EXCEL_DIGITS


YEARS = (1949, 2200)


def out_of_limits(
    field: Field, label: str, place: Place, value: Value, language: Language
) -> Finding | None:
    """What the field does not allow about a value that could be read."""
    if isinstance(value, Decimal):
        return _number_fault(field, label, place, value)
    if field.choices and value not in field.choices:
        choices = listed(language, field.choices)
        return finding("not-a-choice", place, label, str(value), choices)
    return None


def _number_fault(field: Field, label: str, place: Place, number: Decimal) -> Finding | None:
    shown = plain(number)
    if len(shown) > EXCEL_DIGITS and is_too_long(number, shown):
        return finding("too-long", place, label, shown)
    if field.type == "year":
        is_year = number == int(number) and YEARS[0] <= number <= YEARS[1]
        return None if is_year else finding("not-a-year", place, label, shown)
    if field.places is not None and len(shown.partition(".")[2]) > field.places:
        rounded = plain(round_half_up(number, field.places))
        return finding("too-many-decimals", place, label, shown, str(field.places), rounded=rounded)
    if field.least is not None and number < field.least:
        return finding("too-small", place, label, shown, plain(field.least))
    if field.max is not None and number > field.max:
        return finding("too-large", place, label, shown, plain(field.max))
    return None


def is_too_long(number: Decimal, shown: str) -> bool:
    """Whether a double cannot hold a figure: zeros at either end take no digit, as of 0.00012."""
    return len(shown.strip("-0.").replace(".", "")) > EXCEL_DIGITS or abs(number) >= TOO_LARGE
