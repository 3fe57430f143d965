"""What sheets of every shape are written with."""

from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from workbook.form.model import Field
from workbook.form.sample import Sample, SampleValue
from workbook.making.layout import LABEL
from workbook.making.styles import BAND, NOTE, dress, write
from workbook.making.worked_out import WorkedOut
from workbook.rules.formulas import Formulas


@dataclass(frozen=True, slots=True)
class Contents:
    """What is typed into a new workbook, the formulas of its cells, and what they give for it."""

    sample: Sample
    formulas: Formulas
    results: WorkedOut


def write_band(sheet: Worksheet, row: int, title: str, last: int) -> None:
    """The heading of a block, across the columns up to `last`."""
    for column in range(LABEL, last + 1):
        dress(sheet.cell(row, column), BAND)
    write(sheet, row, LABEL, title)


def write_unit(sheet: Worksheet, row: int, column: int, field: Field) -> None:
    """The unit of a column of figures, above its name."""
    if field.unit and column > LABEL:
        dress(sheet.cell(row, column, f"单位:{field.unit}"), NOTE)


def type_in(sheet: Worksheet, row: int, column: int, value: SampleValue | None) -> None:
    """Write a value as somebody would type it; text stays text, whatever it begins with."""
    if isinstance(value, str):
        write(sheet, row, column, value.strip())
        sheet.cell(row, column).quotePrefix = value.strip().startswith(("=", "+", "-", "@"))
    elif value is not None:
        sheet.cell(row, column, value)
