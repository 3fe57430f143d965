"""Cells with a default: whose formula stands in them, and which of them were emptied."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from workbook.findings.model import Finding, finding
from workbook.reading.snapshot import RawCell, RawTable, Snapshot
from workbook.reading.values import ABSENT, Values, shown
from workbook.rules.computed import Computed
from workbook.rules.computing import default_of
from workbook.rules.formulas import Formulas
from workbook.rules.operands import Operands

_MEANINGLESS = re.compile(r"[\s$']|_xlfn\.")  # what programs write differently in a formula


def with_defaults(snapshot: Snapshot, cells: Sequence[Computed]) -> Snapshot:
    """The snapshot, each formula without a result that is the field's default marked as one.

    Any other formula without a result stays what it is: nobody knows what it gives.
    """
    defaults = [cell for cell in cells if cell.field.default]
    formulas = Formulas(defaults)
    names = {
        cell.key: _marked(raw, formulas.of(cell.key))
        for cell in defaults
        if not cell.table and (raw := snapshot.names.get(cell.key)) and raw.kind == "unsaved"
    }
    tables = dict(_tables(snapshot, defaults, formulas))
    if not names and not tables:
        return snapshot
    return replace(
        snapshot, names={**snapshot.names, **names}, tables={**snapshot.tables, **tables}
    )


def _tables(
    snapshot: Snapshot, cells: Sequence[Computed], formulas: Formulas
) -> Iterator[tuple[str, RawTable]]:
    wanted: dict[str, dict[str, str]] = {}
    for cell in cells:
        if (table := cell.table) and table.key in snapshot.tables:
            formula = formulas.of_row(table, cell.field, 0)
            wanted.setdefault(table.key, {})[cell.field.key] = formula
    for key, columns in wanted.items():
        raw = snapshot.tables[key]
        if any(one.kind == "unsaved" for row in raw.rows for one in row.values()):
            rows = tuple(_marked_row(row, columns) for row in raw.rows)
            yield key, replace(raw, rows=rows)


def _marked_row(row: Mapping[str, RawCell], columns: Mapping[str, str]) -> Mapping[str, RawCell]:
    unsaved = {key: row[key] for key in columns if key in row and row[key].kind == "unsaved"}
    return {**row, **{key: _marked(cell, columns[key]) for key, cell in unsaved.items()}}


def _marked(cell: RawCell, formula: str) -> RawCell:
    is_ours = _plain(str(cell.value)) == _plain(formula)
    return replace(cell, kind="default", value=None) if is_ours else cell


def _plain(formula: str) -> str:
    return _MEANINGLESS.sub("", formula).casefold()


def emptied(values: Values, cells: Sequence[Computed]) -> Iterator[Finding]:
    """A finding for each cell that was emptied though its default has a value."""
    operands = Operands(values)
    for cell in (cell for cell in cells if cell.field.default):
        for row in cell.rows(values):
            entry = row[cell.field.key] if row else values.fields[cell.key]
            if not entry.is_blank or entry.is_derived or entry.place is None:
                continue
            default = default_of(cell, entry, operands.on(row))
            if not default.is_blank and default.readable:
                wanted = ABSENT if default.is_absent else shown(default.value)
                yield finding("default-emptied", entry.place, entry.label, "空白", wanted)
