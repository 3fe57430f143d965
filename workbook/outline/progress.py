"""How far a form is filled: the cells that it must have, counted as its guide sheet counts them."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbook.form.model import Form
from workbook.form.table import Table
from workbook.outline.order import placed, unasked
from workbook.reading.values import Entry, Values


@dataclass(frozen=True, slots=True)
class Progress:
    """Of the cells that must be filled how many there are, and how many are not blank."""

    wanted: int
    filled: int


def progress(values: Values, form: Form) -> Progress:
    """Of a form that was read; what its outline leaves out counts as filled."""
    spared = unasked(placed(form, values))
    wanted = blank = 0
    for key, entry in values.fields.items():
        if entry.field.is_due:
            wanted += 1
            blank += entry.is_blank and key not in spared
    for key, table in form.tables.items():
        due = list(_due(table, values))
        missing = _missing_cells(table, values)
        wanted += len(due) + missing
        if key not in spared:
            blank += sum(one.is_blank for one in due) + missing
    return Progress(wanted, wanted - blank)


def _due(table: Table, values: Values) -> Iterator[Entry]:
    """The cells of the rows in use that must be filled by somebody, and not by the form itself."""
    for number, row in enumerate(values.tables.get(table.key, ())):
        given = table.row[number].given if number < len(table.row) else ()
        for key, entry in row.items():
            if entry.field.is_due and key not in given:
                yield entry


def _missing_cells(table: Table, values: Values) -> int:
    """Those of the rows that a table must have and has not."""
    rows = max(0, table.min_rows - len(values.tables.get(table.key, ())))
    return rows * sum(column.is_due for column in table.column)
