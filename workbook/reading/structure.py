"""What of a form's structure a workbook has lost."""

from collections.abc import Iterator

from workbook.findings.model import Finding, finding
from workbook.form.model import Form, Sheet
from workbook.reading.snapshot import Snapshot


def structure_faults(snapshot: Snapshot, form: Form) -> Iterator[Finding]:
    """Sheets, names, tables and columns that are gone, each said once and at the highest level."""
    for sheet in form.sheet:
        missing = [f for f in sheet.fields if snapshot.names.get(f.key) is None]
        lost = [t for t in sheet.tables if t.key not in snapshot.tables]
        is_gone = len(missing) == len(sheet.fields) and len(lost) == len(sheet.tables)
        if not sheet.fields and not sheet.tables:
            continue  # a card, on which nothing is asked
        if is_gone and sheet.name not in snapshot.sheets:
            yield finding("sheet-missing", sheet=sheet.name)
            continue
        for field in missing:
            yield finding("name-missing", label=field.key)
        for table in lost:
            yield finding("table-missing", table=table.key)
        yield from _columns(snapshot, sheet)


def _columns(snapshot: Snapshot, sheet: Sheet) -> Iterator[Finding]:
    for table in sheet.tables:
        raw = snapshot.tables.get(table.key)
        for column in table.column:
            if raw is None or (count := raw.columns.count(column.key)) == 1:
                continue
            code = "column-doubled" if count else "column-missing"
            yield finding(code, raw.place, table=table.key, column=column.key)
