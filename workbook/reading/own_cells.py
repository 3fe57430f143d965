"""Cells of a bureau's own form that hold a figure in another way than a field has it.

A share that the cell shows as a percentage becomes that percentage, what a merged cell says
holds for all the rows that it covers, and of a cell with a label in it only what stands behind that
is typed: each only where the form says so of the field.
"""

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from workbook.figures.numbers import from_excel, round_half_up
from workbook.findings.place import Place
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.form.table import Table
from workbook.reading.labelled import Labels, behind_label, labels_of
from workbook.reading.snapshot import RawCell, RawTable, Snapshot
from workbook.xlsx.addresses import corners_of

MOST_DECIMALS: Final = 6  # that a field without decimals of its own takes


def as_asked(snapshot: Snapshot, form: Form) -> Snapshot:
    """The snapshot with each cell as its field has it."""
    fields = form.fields.items()
    own = {key: one for key, one in fields if one.as_share or one.own_formula or one.behind}
    tables = {
        key: table
        for key, table in form.tables.items()
        if any(one.as_share or one.merged or one.own_formula for one in table.column)
    }
    if not own and not tables:
        return snapshot
    labels = labels_of(snapshot, form)
    names = {
        key: _single(cell, own[key], labels) if cell is not None and key in own else cell
        for key, cell in snapshot.names.items()
    }
    found = {
        key: _rows(raw, tables[key], snapshot) if key in tables else raw
        for key, raw in snapshot.tables.items()
    }
    return replace(snapshot, names=names, tables=found)


def _rows(raw: RawTable, table: Table, snapshot: Snapshot) -> RawTable:
    own = {one.key: one for one in table.column}
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
    return _figure(cell, field)


def _single(cell: RawCell, field: Field, labels: Mapping[Place, Labels]) -> RawCell:
    if field.behind:
        return behind_label(cell, field, labels[cell.place])
    return _figure(cell, field)


def _figure(cell: RawCell, field: Field) -> RawCell:
    """The cell with its figure as the field has it, in a format that says no more than that."""
    is_share = field.as_share and cell.is_percent
    if cell.kind != "number" or not (is_share or field.own_formula):
        return cell
    value = from_excel(cell.value) * (100 if is_share else 1)
    if field.own_formula:
        value = round_half_up(value, MOST_DECIMALS if field.places is None else field.places)
    return replace(cell, value=value, number_format="0.00" if is_share else cell.number_format)
