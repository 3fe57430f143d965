"""Cells with a default: whose formula stands in them, and which of them were emptied."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec.structs import replace

from workbook.catalogue.verdicts import BLANK
from workbook.entries.read import read
from workbook.findings.model import Finding, finding, told_in
from workbook.findings.place import Place
from workbook.form.model import Form
from workbook.language.excel import CELL_ABOVE
from workbook.reading.labelled import label_faults
from workbook.reading.own_cells import as_asked
from workbook.reading.snapshot import RawCell, RawTable, Snapshot
from workbook.reading.values import ABSENT, Entry, Row, Values, shown
from workbook.rules.computed import Computed
from workbook.rules.computing import compute, default_of
from workbook.rules.formulas import Formulas, at
from workbook.rules.operands import Operands

_SHORT_ROW = re.compile(r"\[@\[?([^\[\]]+)\]?\]")  # as Excel shows a cell of the same row
# As `_plain` leaves it; of a row that is gone Calc keeps the column.
_ADDRESS = r"(?:[^!(),]+!)?(?:[a-z]{1,3}\d+|[a-z]{0,3}#ref!)"
# What programs write differently; a name that could give many values has Excel's @ before it.
_MEANINGLESS = re.compile(r"[\s$']|_xlfn\.|(?<=TRUE)\(\)|(?<==)@")


def worked_out(
    snapshot: Snapshot, form: Form, cells: Sequence[Computed]
) -> tuple[Snapshot, Values, list[Finding]]:
    """The form's values, computed ones and defaults among them, with what could not be read.

    The snapshot comes back with the cells marked in which a default stands.
    """
    told = [*label_faults(snapshot, form)]
    snapshot = with_defaults(as_asked(snapshot, form), cells)
    while True:
        values, findings = read(snapshot, form)
        values = compute(values, cells)
        stale = uncalculated(snapshot, values, cells)
        if not stale:
            return snapshot, values, told_in(form.language, [*findings, *told])
        snapshot = with_cells(snapshot, stale)


def with_defaults(snapshot: Snapshot, cells: Sequence[Computed]) -> Snapshot:
    """The snapshot of a file, each formula that is the field's default marked as one.

    What it gave when it was saved may be out of date. Any other formula stays what it is, and so
    does an error value, which is to be told.
    """
    defaults = [cell for cell in cells if cell.field.default]
    formulas = Formulas(defaults)
    names = {
        cell.key: _marked(raw, _formulas(formulas, cell))
        for cell in defaults
        if not cell.table and (raw := snapshot.names.get(cell.key)) and _may_be_default(raw)
    }
    tables = dict(_tables(snapshot, defaults, formulas))
    return replace(
        snapshot, names={**snapshot.names, **names}, tables={**snapshot.tables, **tables}
    )


def uncalculated(
    snapshot: Snapshot, values: Values, cells: Sequence[Computed]
) -> Mapping[Place, RawCell]:
    """The cells that show something else than their default, though its formula stands in them.

    Their program has not come to calculate them yet, or was told not to.
    """
    ours = Formulas(cells)
    asked = [
        (place, cell)
        for cell, _, entry in _entries(values, cells)
        if not cell.field.follows  # which is asked for with the table
        if (place := entry.place) and not (entry.is_derived or entry.is_error)
    ]
    found = snapshot.formulas([place for place, _ in asked]) if asked else ()
    return {
        place: RawCell(place, "default")
        for (place, cell), formula in zip(asked, found, strict=True)
        if formula and any(_is_ours(formula, one) for one in _formulas(ours, cell))
    }


def with_cells(snapshot: Snapshot, cells: Mapping[Place, RawCell]) -> Snapshot:
    """The snapshot with these cells in their places."""

    def new(cell: RawCell) -> RawCell:
        return cells.get(cell.place, cell)

    names = {key: cell and new(cell) for key, cell in snapshot.names.items()}
    tables = {
        key: replace(
            raw, rows=tuple({name: new(cell) for name, cell in row.items()} for row in raw.rows)
        )
        for key, raw in snapshot.tables.items()
    }
    return replace(snapshot, names=names, tables=tables)


def _formulas(formulas: Formulas, cell: Computed) -> tuple[str, ...]:
    """How a default may be written: in rows by a name, or in full, as older workbooks have it."""
    if cell.table is None:
        return (formulas.of(cell.key),)
    where = cell.table, cell.field, cell.number or 0
    return tuple(dict.fromkeys((formulas.in_row(*where), formulas.of_row(*where))))


def _tables(
    snapshot: Snapshot, cells: Sequence[Computed], formulas: Formulas
) -> Iterator[tuple[str, RawTable]]:
    wanted: dict[str, dict[str, tuple[str, ...]]] = {}
    for cell in cells:
        if (table := cell.table) and table.key in snapshot.tables:
            wanted.setdefault(table.key, {})[cell.field.key] = _formulas(formulas, cell)
    for key, columns in wanted.items():
        raw = snapshot.tables[key]
        if any(_may_be_default(one) for row in raw.rows for one in row.values()):
            rows = tuple(_marked_row(row, columns) for row in raw.rows)
            yield key, replace(raw, rows=rows)


def _marked_row(
    row: Mapping[str, RawCell], columns: Mapping[str, Sequence[str]]
) -> Mapping[str, RawCell]:
    there = {key: row[key] for key in columns if key in row and _may_be_default(row[key])}
    return {**row, **{key: _marked(cell, columns[key]) for key, cell in there.items()}}


def _marked(cell: RawCell, formulas: Sequence[str]) -> RawCell:
    if any(_is_ours(cell.formula, at(one, cell.place)) for one in formulas):
        return RawCell(cell.place, "default", None, cell.formula, cell.number_format, cell.merged)
    is_astray = any(_names_another(cell.formula, one) for one in formulas)
    return replace(cell, kind="astray") if is_astray else cell


def _names_another(formula: str, pattern: str) -> bool:
    """Whether a formula is one of ours that reads the row above, but not where it stands now."""
    if CELL_ABOVE not in pattern or not formula.startswith("="):
        return False
    parts = map(re.escape, _plain(pattern).split(CELL_ABOVE))
    return re.fullmatch(_ADDRESS.join(parts), _plain(formula)) is not None


def _may_be_default(cell: RawCell) -> bool:
    return bool(cell.formula) and cell.kind != "error"


def _is_ours(formula: str, default: str) -> bool:
    return formula.startswith("=") and _plain(formula) == _plain(default)


@lru_cache(maxsize=256)  # a column's formula is the same in all its rows
def _plain(formula: str) -> str:
    long = _SHORT_ROW.sub(r"[[#This Row],[\1]]", formula)
    return _MEANINGLESS.sub("", long).casefold()


def emptied(values: Values, cells: Sequence[Computed]) -> Iterator[Finding]:
    """A finding for each cell that was emptied though its default has a value."""
    operands = Operands(values)
    for cell, row, entry in _entries(values, cells):
        if not entry.is_blank or entry.is_derived or entry.place is None or _is_told(cell):
            continue
        default = default_of(cell, entry, operands.on(row))
        if default.readable:  # nor blank: a blank cell would be it
            wanted = ABSENT if default.is_absent else shown(default.value)
            yield finding("default-emptied", entry.place, entry.label, BLANK.zh, wanted)


def _is_told(cell: Computed) -> bool:
    """Whether it is told elsewhere that the cell is blank.

    By the rules of a scored row, which alone know whether it needs the figure; or by `standing`,
    for the row above may be another project's.
    """
    scoring = cell.table.scoring if cell.table else None
    figures = (scoring.value, scoring.target, scoring.entered) if scoring else ()
    return cell.field.follows or cell.field.key in figures


def _entries(values: Values, cells: Sequence[Computed]) -> Iterator[tuple[Computed, Row, Entry]]:
    """Each cell with a default, the row it is on, and what was read there."""
    for cell in (cell for cell in cells if cell.field.default):
        for row in cell.rows(values):
            yield cell, row, row[cell.field.key] if row else values.fields[cell.key]
