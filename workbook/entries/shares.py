"""Figures that may be shares where a percentage is asked: 0.9 typed for 90%."""

from collections.abc import Iterator
from decimal import Decimal

from workbook.figures.numbers import plain
from workbook.findings.groups import as_one
from workbook.findings.model import Finding, finding
from workbook.form.model import Form
from workbook.form.table import Table
from workbook.reading.values import Entry, Values

PERCENT = "%"


def may_be_share(value: Decimal) -> bool:
    """Whether a figure is so small that its percentage would be one of at most 100%."""
    return 0 < abs(value) <= 1


def told_as_share(entry: Entry, value: Decimal) -> Finding:
    """The finding that asks which of the two was meant."""
    return finding("share-for-percent", entry.place, entry.label, plain(value), plain(value * 100))


def shares(values: Values, form: Form) -> Iterator[Finding]:
    """Typed values and targets of rows whose own unit is %, in tables that are scored."""
    for table in form.tables.values():
        if table.scoring and table.scoring.unit:
            found = list(_of_table(table, values))
            yield from as_one(found, "share-for-percent", form.language)


def _of_table(table: Table, values: Values) -> Iterator[Finding]:
    scoring = table.scoring
    assert scoring is not None
    for row in values.tables[table.key]:
        if row[scoring.unit].value != PERCENT:
            continue
        for entry in (row[key] for key in (scoring.target, scoring.value) if key):
            value = entry.value
            if entry.is_typed and isinstance(value, Decimal) and may_be_share(value):
                yield told_as_share(entry, value)
