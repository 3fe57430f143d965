"""Cells of a bureau's own form that hold a figure in another way than a field has it.

A share that the cell shows as a percentage becomes that percentage, and what a merged cell says
holds for all the rows that it covers: both only where the form says so of the field.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from workbook.figures.numbers import from_excel
from workbook.form.model import Field, Form, Table
from workbook.reading.snapshot import RawCell, RawTable, Snapshot
from workbook.xlsx.addresses import corners_of


def as_asked(snapshot: Snapshot, form: Form) -> Snapshot:
    """The snapshot with each cell as its field has it."""
    own = {key: field for key, field in form.fields.items() if field.as_share}
    tables = {
        key: table
        for key, table in form.tables.items()
        if any(column.as_share or column.merged for column in table.column)
    }
    if not own and not tables:
        return snapshot
    names = {
        key: _share(cell) if cell is not None and key in own else cell
        for key, cell in snapshot.names.items()
    }
    found = {
        key: _rows(raw, tables[key], snapshot) if key in tables else raw
        for key, raw in snapshot.tables.items()
    }
    return replace(snapshot, names=names, tables=found)


def _rows(raw: RawTable, table: Table, snapshot: Snapshot) -> RawTable:
    own = {one.key: one for one in table.column if one.as_share or one.merged}
    rows = tuple(
        {key: _cell(cell, own.get(key), snapshot) for key, cell in row.items()} for row in raw.rows
    )
    return replace(raw, rows=_used(rows, table))


def _used(
    rows: tuple[Mapping[str, RawCell], ...], table: Table
) -> tuple[Mapping[str, RawCell], ...]:
    """The rows in which more stands than what a merged cell says."""
    asked = [column.key for column in table.asked if not column.merged]
    return tuple(
        row for row in rows if any(row[key].kind != "blank" for key in asked if key in row)
    )


def _cell(cell: RawCell, field: Field | None, snapshot: Snapshot) -> RawCell:
    if field is None:
        return cell
    if field.merged and cell.merged and (area := corners_of(cell.merged)):
        first = snapshot.cell(cell.place.sheet, area.top, area.left)
        return replace(first, place=cell.place, merged="")
    return _share(cell) if field.as_share else cell


def _share(cell: RawCell) -> RawCell:
    if not cell.is_percent:
        return cell
    return replace(cell, value=_hundredfold(cell.value), number_format="0.00")


def _hundredfold(value: float) -> Decimal:
    return from_excel(value) * 100
