"""A statement as somebody would have typed it into a cell: a figure, a date, a choice."""

from datetime import date
from typing import Final

from docgen.importing.matching.found import Statement
from docgen.importing.matching.own_names import BRACKETED
from workbook.figures.dates import parse_date
from workbook.figures.numbers import NotNumber, parse_number, plain
from workbook.findings.place import Place
from workbook.form.field import Field as FormField
from workbook.reading.snapshot import RawCell
from workbook.stated.folded import fold, letters
from workbook.stated.tables.targets import sign_of
from workbook.stated.units import MONEY

LEAST_LETTERS: Final = 2  # by which a choice is known


def unit_of(field: FormField, statement: Statement) -> str:
    """A figure's unit: the one beside it, else the one in which the report prints the field."""
    return statement.unit or field.printed_unit


def agree(field: FormField, first: Statement, other: Statement) -> bool:
    """Whether two statements say the same of a field."""
    if field.is_number:
        return figure_of(field, first) == figure_of(field, other)
    if field.type == "date":
        return date_of(first.text) == date_of(other.text)
    return letters(first.text) == letters(other.text)


def figure_of(field: FormField, statement: Statement) -> str:
    """The figure in the field's unit, exactly; the words themselves where they are no figure."""
    text = fold(statement.text).text
    number = parse_number(text, field.unit)
    if isinstance(number, NotNumber):
        return text
    unit = unit_of(field, statement)
    if unit in MONEY and field.unit in MONEY:
        number = number.scaleb(MONEY[unit] - MONEY[field.unit])
    return plain(number)


def date_of(text: str) -> date | str:
    """The date that a text states, the text itself where it is none."""
    return parse_date(text) or text


def typed_cell(field: FormField, statement: Statement | None, place: Place) -> RawCell:
    """A cell as somebody would have typed the statement into it."""
    if statement is None or not statement.text:
        # What is not stated is not what stands in the row above.
        is_default = field.default and not field.follows
        return RawCell(place, "default" if is_default else "blank")
    if field.type == "date":
        day = date_of(statement.text)
        return RawCell(place, "date" if isinstance(day, date) else "text", day)
    if field.is_number:
        return RawCell(place, "text", figure_of(field, statement))
    if field.type == "choice":
        return RawCell(place, "text", _choice(field, statement.text))
    return RawCell(place, "text", statement.text)


def _choice(field: FormField, text: str) -> str:
    """The choice that a text says, the text itself where it says none; a sign has no letters."""
    said = letters(text)
    if not said:
        sign = sign_of(text, field.choices)
        return sign.sign if sign else text
    plain = BRACKETED.sub("", fold(text).text)  # 产出指标(50分)
    same = [choice for choice in field.choices if letters(choice) in (said, letters(plain))]
    return same[0] if same else _by_part(field, said) or text


def _by_part(field: FormField, said: str) -> str:
    """The one choice that begins with a text, 产出 for 产出指标, or ends with it; or none."""
    for is_part in (str.startswith, str.endswith):
        near = [choice for choice in field.choices if is_part(letters(choice), said)]
        if len(near) == 1 and len(said) >= LEAST_LETTERS:
            return near[0]
    return ""
