"""What is typed into one cell as a value of its field, or what is wrong with it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from workbook.catalogue.findings import (
    NO_UNIT_WANTED,
    UNIT_WANTED,
)
from workbook.catalogue.model import Language
from workbook.catalogue.sheets import YEAR
from workbook.catalogue.verdicts import BLANK, NOT_A_NUMBER, NOT_APPLICABLE
from workbook.entries.limits import out_of_limits
from workbook.entries.shares import PERCENT, may_be_share, told_as_share
from workbook.figures.dates import parse_date
from workbook.figures.disguises import disguised, is_bare
from workbook.figures.number_formats import misleads, number_format, part_for, shown_as
from workbook.figures.numbers import (
    NotNumber,
    from_excel,
    parse_number,
    plain,
    round_half_up,
)
from workbook.findings.model import Finding, finding
from workbook.form.field import Field
from workbook.reading.snapshot import RawCell
from workbook.reading.values import Entry, Value

_NO_VALUE = {"error": "error-cell", "broken": "cell-broken", "unsaved": "formula-unsaved"}


class Findings(list[Finding]):
    """Findings as they are gathered, and the language of the form in which cells are named."""

    def __init__(self, language: Language, found: Iterable[Finding] = ()) -> None:
        super().__init__(found)
        self.language = language


def entry_of(field: Field, label: str, cell: RawCell | None, findings: Findings) -> Entry:
    """The value of a cell as its field has it; what is wrong with it is added to `findings`."""
    if field.compute:
        return Entry(field, label, cell.place if cell else None)
    if cell is None:  # its name or column is gone, which has been said
        return Entry(field, label, None, readable=False)
    if cell.kind == "unlabelled":  # which `label_faults` tells
        return Entry(field, label, cell.place, readable=False)
    if cell.merged:
        findings.append(finding("cell-merged", cell.place, label, cell.merged))
        return Entry(field, label, cell.place, readable=False)
    language = findings.language
    # 非数值 in a formula that is not the field's own may stand for any row.
    if cell.kind == "astray" or (field.follows and cell.value == NOT_A_NUMBER(language)):
        findings.append(finding("above-astray", cell.place, label, _seen(cell)))
        return Entry(field, label, cell.place, readable=False)
    if field.default and (entry := _default(field, label, cell, language)):
        return entry
    if cell.kind == "blank":
        if field.is_due:
            findings.append(finding("required", cell.place, label))
        return Entry(field, label, cell.place)
    value = _convert(field, label, cell, language)
    if isinstance(value, Finding):
        findings.append(value)
        return Entry(field, label, cell.place, readable=False, is_error=cell.kind == "error")
    is_percent = field.unit == PERCENT and _is_plain(cell)
    if is_percent and isinstance(value, Decimal) and may_be_share(value):
        findings.append(told_as_share(Entry(field, label, cell.place), value))
    if fault := out_of_limits(field, label, cell.place, value, language):
        findings.append(fault)
        return Entry(field, label, cell.place, value)
    return Entry(field, label, cell.place, quantized(field, value))


def _default(field: Field, label: str, cell: RawCell, language: Language) -> Entry | None:
    """A cell whose default has no result yet, or says that there is none.

    非数值 is what the formula says of a figure that was typed as text, where the program reads on.
    """
    if cell.kind == "default" or cell.value == NOT_A_NUMBER(language):
        return Entry(field, label, cell.place, is_derived=True)
    if cell.value == NOT_APPLICABLE(language) and field.may_be_absent:
        return Entry(field, label, cell.place, is_absent=True)
    return None


def _convert(field: Field, label: str, cell: RawCell, language: Language) -> Value | Finding:
    if cell.kind in _NO_VALUE:
        code, found = _NO_VALUE[cell.kind], "" if cell.kind == "unsaved" else str(cell.value)
        return finding(code, cell.place, label, found)
    if field.is_number:
        return _number(field, label, cell, language)
    return _date(label, cell) if field.type == "date" else text_of(cell)


def _is_plain(cell: RawCell) -> bool:
    """Whether no sign stands in the cell: who writes 0.9% out means it."""
    return cell.kind == "number" and "%" not in number_format(cell.number_format).words


def _date(label: str, cell: RawCell) -> date | Finding:
    if isinstance(cell.value, date):
        return cell.value
    if cell.kind == "text" and (day := parse_date(cell.value)):
        return day
    return finding("not-a-date", cell.place, label, shown_in(cell))


def text_of(cell: RawCell) -> str:
    """What a person sees in the cell, without blanks around it."""
    return shown_in(cell).strip()


def _number(field: Field, label: str, cell: RawCell, language: Language) -> Decimal | Finding:
    unit = YEAR(language) if field.type == "year" else field.unit
    if cell.kind == "date":
        return finding("date-for-number", cell.place, label, shown_in(cell))
    number = _figure(cell, unit)
    if cell.kind == "number" and isinstance(number, Decimal) and not is_bare(cell.number_format):
        seen_by = part_for(cell.number_format, number)
        if misleads(seen_by, unit):
            seen = shown_as(number, seen_by)
            return finding("format-misleads", cell.place, label, plain(number), seen, unit=unit)
        if (seen_as := disguised(cell.number_format, number)) is not None:
            return finding("format-misleads", cell.place, label, plain(number), seen_as, unit=unit)
    if isinstance(number, NotNumber) and number.reason == "unit":
        wanted = UNIT_WANTED if unit else NO_UNIT_WANTED
        expected = wanted(language, unit=unit)
        return finding("wrong-unit", cell.place, label, shown_in(cell), expected, typed=number.unit)
    if isinstance(number, NotNumber):
        return finding("not-a-number", cell.place, label, shown_in(cell))
    return number


def _figure(cell: RawCell, unit: str) -> Decimal | NotNumber:
    """The figure of a number or text cell, in the field's unit."""
    if cell.kind == "text":
        return parse_number(str(cell.value), unit)
    # A file may hold 1e999, which no Excel writes and every reader takes for infinity.
    if cell.kind != "number" or abs(cell.value) == float("inf"):
        return NotNumber("text")
    return from_excel(cell.value)


def quantized(field: Field, value: Value) -> Value:
    """A figure with its declared decimals, which is how it prints."""
    if not isinstance(value, Decimal) or field.places is None:
        return value
    return round_half_up(value, field.places)


def _seen(cell: RawCell) -> str:
    return BLANK.zh if cell.value is None else shown_in(cell)


def shown_in(cell: RawCell) -> str:
    """What a person sees in the cell."""
    if isinstance(cell.value, bool):
        return "TRUE" if cell.value else "FALSE"
    if isinstance(cell.value, int | float):
        return plain(from_excel(cell.value)) if abs(cell.value) < 1e300 else str(cell.value)
    return str(cell.value)
