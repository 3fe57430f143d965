"""What a report template can name: the form's values under the clerk's own words."""

from typing import Any

from workbook.values import Values


def report_context(values: Values) -> dict[str, Any]:
    """Fields by key, tables as lists of rows by column; a blank cell is None, and prints as nothing.

    Figures are `Decimal` with their declared decimals, dates are `date`, quotes are resolved.
    """
    fields = {key: entry.value for key, entry in values.fields.items()}
    tables = {
        key: [{column: entry.value for column, entry in row.items()} for row in rows]
        for key, rows in values.tables.items()
    }
    return fields | tables
