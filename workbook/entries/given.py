"""The rows that a form gives, each found by its name and not by where it stands."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from workbook.catalogue.findings import (
    GIVEN_LABEL,
)
from workbook.catalogue.verdicts import BLANK
from workbook.entries.cell import Findings, entry_of, quantized, shown_in, text_of
from workbook.figures.numbers import (
    from_excel,
    plain,
)
from workbook.findings.model import Finding, finding
from workbook.form.field import Field
from workbook.form.table import GivenRow, Table
from workbook.reading.snapshot import RawCell, RawTable
from workbook.reading.values import Entry, Row, Value


def given_rows(table: Table, raw: RawTable, findings: Findings) -> Iterator[Row]:
    """The rows that the form gives, each found by its name and not by where it stands."""
    standing = {_named(cells.get(table.row_name)): cells for cells in reversed(raw.rows)}
    findings += _doubled_rows(table, raw)
    for number, given in enumerate(table.row):
        name = str(given.given[table.row_name]).strip()
        cells = standing.pop(name, None)
        if cells is None:
            findings.append(
                finding("row-missing", raw.place, table.title, table=table.key, row=name)
            )
        begins = GIVEN_LABEL(findings.language, row=name, column="")
        yield {
            column.key: _given(column, f"{begins}{column.name}", cells or {}, given, findings)
            for column in (table.cell(column, number) for column in table.column)
        }
    findings += [
        finding("row-unknown", cells[table.row_name].place, table.title, name, table=table.key)
        for name, cells in standing.items()
        if name
    ]


def _doubled_rows(table: Table, raw: RawTable) -> Iterator[Finding]:
    """Rows that the form gives once and the table has again."""
    given = {str(row.given[table.row_name]).strip() for row in table.row}
    seen: set[str] = set()
    for cells in raw.rows:
        name = _named(cells.get(table.row_name))
        if name in seen and name in given:
            place = cells[table.row_name].place
            yield finding("row-doubled", place, table.title, name, table=table.key)
        seen.add(name)


def _named(cell: RawCell | None) -> str:
    return "" if cell is None or cell.kind == "blank" else text_of(cell)


def _given(
    column: Field,
    label: str,
    cells: Mapping[str, RawCell],
    row: GivenRow,
    findings: Findings,
) -> Entry:
    cell = cells.get(column.key)
    if column.key not in row.given:
        return entry_of(column, label, cell, findings)
    given = row.given[column.key]
    value = quantized(column, Decimal(given) if isinstance(given, int) else given)
    if cell is not None and not _says(cell, value):
        found = BLANK.zh if cell.kind == "blank" else shown_in(cell)
        findings.append(finding("given-changed", cell.place, label, found, _words(value)))
    return Entry(column, label, cell.place if cell else None, value)


def _says(cell: RawCell, value: Value) -> bool:
    """Whether a cell holds what the form gave it."""
    if isinstance(value, Decimal):
        return cell.kind == "number" and from_excel(cell.value) == value
    return cell.kind != "blank" and text_of(cell) == str(value).strip()


def _words(value: Value) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)
