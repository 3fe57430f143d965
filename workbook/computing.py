"""Computed cells given their values, and those told whose formula was typed over."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from workbook.computed import Computed
from workbook.evaluation import NotApplicableError, ZeroDivisorError, evaluate
from workbook.findings import Finding, finding
from workbook.judge import Reading
from workbook.numbers import MOST_DECIMALS, from_excel, plain, round_half_up, rounded
from workbook.snapshot import Place, RawCell, Snapshot
from workbook.values import ABSENT, Entry, Value, Values
from workbook.wording import shown


def compute(values: Values, cells: Sequence[Computed]) -> Values:
    """The values with every computed cell's own; `cells` stand behind what they read.

    A blank part leaves the cell blank, an unreadable one makes it unreadable, and a division by 0
    makes it 不适用. Figures are rounded half up to the field's decimals.
    """
    if not cells:
        return values
    fields = dict(values.fields)
    tables = {key: tuple(map(dict, rows)) for key, rows in values.tables.items()}
    made = replace(values, fields=fields, tables=tables)
    for cell in cells:
        if not cell.table:
            fields[cell.key] = _computed(cell, fields[cell.key], Reading(made))
            continue
        for row in _rows(cell, tables[cell.table]):
            row[cell.field.key] = _computed(cell, row[cell.field.key], Reading(made, row))
    return made


def _rows(cell: Computed, rows: tuple[dict[str, Entry], ...]) -> tuple[dict[str, Entry], ...]:
    return rows if cell.number is None else rows[cell.number : cell.number + 1]


def _computed(cell: Computed, entry: Entry, reading: Reading) -> Entry:
    if reading.meets_unreadable(cell.inputs):
        return replace(entry, readable=False)
    if reading.meets_blank(cell.inputs):
        return entry
    if reading.meets_absent(cell.inputs):
        return replace(entry, is_absent=True)
    try:
        value = evaluate(cell.tree, cell.inputs.scope, reading.look_up)
    except (ZeroDivisorError, NotApplicableError):
        return replace(entry, is_absent=True)
    return replace(entry, value=_kept(value, cell.field.places))


def _kept(value: Value, places: int | None) -> Value:
    if not isinstance(value, Decimal):
        return value or None
    if places is None:
        return Decimal(plain(rounded(value, MOST_DECIMALS)))
    return round_half_up(rounded(value, places), places)


def overwritten(values: Values, snapshot: Snapshot, cells: Sequence[Computed]) -> Iterator[Finding]:
    """A finding for each computed cell in which something else stands than its formula gives."""
    for entry, raw in _pairs(values, snapshot, cells):
        if raw.kind == "unsaved" or not entry.readable:
            continue
        if not _says(raw, entry):
            found = "空白" if raw.kind == "blank" else str(raw.value)
            expected = ABSENT if entry.is_absent else shown(entry.value)
            wanted = "空白" if entry.is_blank else expected
            yield finding("computed-changed", raw.place, entry.label, found, wanted)


def _pairs(
    values: Values, snapshot: Snapshot, cells: Sequence[Computed]
) -> Iterator[tuple[Entry, RawCell]]:
    for key in dict.fromkeys(cell.key for cell in cells if not cell.table):
        if (raw := snapshot.names.get(key)) is not None:
            yield values.fields[key], raw
    for table, column in dict.fromkeys((c.table, c.field.key) for c in cells if c.table):
        found = _column(snapshot, table, column)
        for row in values.tables[table]:
            if (raw := found.get(row[column].place)) and row[column].field.compute:
                yield row[column], raw


def _column(snapshot: Snapshot, table: str, column: str) -> Mapping[Place | None, RawCell]:
    raw = snapshot.tables.get(table)
    rows: Sequence[Mapping[str, RawCell]] = raw.rows if raw else ()
    return {row[column].place: row[column] for row in rows if column in row}


def _says(raw: RawCell, entry: Entry) -> bool:
    if entry.is_absent:
        return bool(raw.value == ABSENT)
    if isinstance(entry.value, Decimal):
        is_number = raw.kind == "number" and abs(raw.value) < 1e15
        places = entry.field.places
        kept = MOST_DECIMALS if places is None else places
        return is_number and rounded(from_excel(raw.value) - entry.value, kept) == 0
    return (raw.value or None) == entry.value if raw.kind in ("text", "blank") else False
