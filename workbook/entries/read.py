"""A form's values and rows out of a snapshot: nothing is guessed, nothing becomes 0."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from workbook.catalogue.findings import (
    CELLS_OF,
    ROW_LABEL,
    ROW_NUMBER_LABEL,
    STRAY_LABEL,
)
from workbook.catalogue.model import Language, listed
from workbook.entries.cell import Findings, entry_of, shown_in
from workbook.entries.given import given_rows
from workbook.entries.head_witnesses import heads_astray
from workbook.entries.structure import structure_faults
from workbook.entries.witnesses import testified
from workbook.findings.groups import MOST_ALIKE, as_one
from workbook.findings.model import Finding, Part, finding
from workbook.form.model import Form
from workbook.form.table import Table
from workbook.reading.snapshot import RawCell, RawTable, Snapshot
from workbook.reading.values import Entry, Row, Values

MOST_NAMED: dict[Language, int] = {"zh": 20, "en": 45}  # letters of a row's name in a label


def read(snapshot: Snapshot, form: Form) -> tuple[Values, list[Finding]]:
    """The form's values, and a finding for everything that could not be read.

    The text 「1,234.5」 becomes 1234.50 in a field with two decimals, 「约 5」 an entry that is not
    readable and the finding `not-a-number`.
    """
    findings = Findings(form.language, structure_faults(snapshot, form))
    snapshot, misled = testified(snapshot, form)
    misled += heads_astray(snapshot, form)
    findings += misled
    fields = {
        key: entry_of(field, field.name, snapshot.names.get(key), findings)
        for key, field in form.fields.items()
    }
    tables = {key: _table(table, snapshot, findings) for key, table in form.tables.items()}
    lost = frozenset(form.tables.keys() - snapshot.tables.keys())
    return Values(fields, tables, lost, language=form.language), findings


def _table(table: Table, snapshot: Snapshot, findings: Findings) -> tuple[Row, ...]:
    """The rows of a table; many blank cells in it are one finding."""
    found, language = Findings(findings.language), findings.language
    rows = tuple(_rows(table, snapshot, found))
    blank = [entry for row in rows for entry in row.values() if _is_wanting(entry)]
    if len(blank) > MOST_ALIKE:
        found = Findings(language, (one for one in found if one.code != "required"))
        found.append(_wanting(table, blank, language))
    findings += as_one(as_one(found, "cell-merged", language), "share-for-percent", language)
    return rows


def _is_wanting(entry: Entry) -> bool:
    return entry.is_blank and entry.field.is_due and entry.place is not None


def _wanting(table: Table, blank: Sequence[Entry], language: Language) -> Finding:
    columns = Counter(entry.field.name for entry in blank)
    each = (CELLS_OF(language, name=name, count=count) for name, count in columns.items())
    told = listed(language, each)
    made = finding(
        "required-cells", blank[0].place, table.title, str(len(blank)), table=table.key, told=told
    )
    return replace(made, parts=tuple(Part(entry.label, entry.place, None) for entry in blank))


def _rows(table: Table, snapshot: Snapshot, findings: Findings) -> Iterator[Row]:
    """The rows in use; a row in which every column is blank is one of the ready blank ones."""
    raw = snapshot.tables.get(table.key)
    if raw is None:
        return
    if table.row:
        yield from given_rows(table, raw, findings)
        findings += _apart(table, (*raw.below, *raw.apart))
        return
    language = findings.language
    asked = [column.key for column in table.asked]
    count = 0
    for cells in raw.rows:
        if all(cell.kind == "blank" for key in asked if (cell := cells.get(key))):
            findings += _strays(table, cells, language)
            continue
        count += 1
        name = _row_name(table, cells, count, language)
        yield {
            column.key: entry_of(column, f"{name}{column.name}", cells.get(column.key), findings)
            for column in table.column
        }
    findings += _around(table, raw, count)


def _around(table: Table, raw: RawTable, count: int) -> Iterator[Finding]:
    """Too few rows in a table, and rows under it that it did not grow to take in."""
    if count < table.min_rows:
        least = str(table.min_rows)
        yield finding("rows-too-few", raw.place, table.title, str(count), least, table=table.key)
    for cell in raw.below:
        yield finding("below-table", cell.place, table.title, shown_in(cell), table=table.key)
    yield from _apart(table, raw.apart)


def _apart(table: Table, cells: Sequence[RawCell]) -> Iterator[Finding]:
    """What stands under a table and may be a note of the clerk's, in one finding."""
    if cells:
        first, count = cells[0], str(len(cells))
        told = finding("apart-from-table", first.place, table.title, count, table=table.key)
        parts = (Part(table.title, cell.place, None, is_place=True) for cell in cells)
        yield replace(told, parts=tuple(parts))


def _strays(table: Table, cells: Mapping[str, RawCell], language: Language) -> Iterator[Finding]:
    """What was typed over the defaults of a row in which nothing else stands."""
    for column in table.column:
        cell = cells.get(column.key) if column.default else None
        if cell is not None and cell.kind not in ("blank", "default", "unsaved", "astray"):
            label = STRAY_LABEL(language, table=table.key, column=column.name)
            yield finding("row-stray", cell.place, label, shown_in(cell), table=table.key)


def _row_name(table: Table, cells: Mapping[str, RawCell], number: int, language: Language) -> str:
    """How the names of a row's cells begin; the column's own words end them."""
    cell = cells.get(table.row_name)
    if cell is None or cell.kind in ("blank", "unsaved", "default", "astray"):
        return ROW_NUMBER_LABEL(language, table=table.key, number=number, column="")
    name = str(cell.value)[: MOST_NAMED[language]]
    return ROW_LABEL(language, table=table.key, row=name, column="")
