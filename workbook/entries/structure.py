"""What of a form's structure a workbook has lost."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Final

from workbook.catalogue.model import Language, listed
from workbook.entries.labels import bare
from workbook.findings.model import Finding, finding
from workbook.form.model import RULES_SHEET, Form, Sheet
from workbook.reading.snapshot import Snapshot
from workbook.reading.spots import Spot

_COPY: Final = re.compile(r" ?[(（]\d+[)）]|_\d+")  # behind a name: Excel's way, LibreOffice's way
_LOOKED_AT: Final = Spot("", 60, 20)  # as far as the form's words are looked for on a sheet


def structure_faults(snapshot: Snapshot, form: Form) -> Iterator[Finding]:
    """Sheets, names, tables and columns that are gone, each said once and at the highest level.

    And a sheet in which only a kind's author may write.
    """
    if RULES_SHEET in snapshot.sheets and all(one.name != RULES_SHEET for one in form.sheet):
        yield finding("sheet-of-rules", sheet=RULES_SHEET)
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
        homes = _homes(snapshot, sheet)
        yield from _copied(snapshot, sheet, homes, form.language)
        yield from _copies(snapshot, homes)


def _columns(snapshot: Snapshot, sheet: Sheet) -> Iterator[Finding]:
    for table in sheet.tables:
        raw = snapshot.tables.get(table.key)
        for column in table.column:
            if raw is None or (count := raw.columns.count(column.key)) == 1:
                continue
            code = "column-doubled" if count else "column-missing"
            written = "" if column.name == column.key else f"({column.key})"
            yield finding(code, raw.place, table=table.key, column=column.name, written=written)


def _homes(snapshot: Snapshot, sheet: Sheet) -> set[str]:
    """The sheets to which the names and tables of a form's sheet lead."""
    names = (snapshot.names.get(field.key) for field in sheet.fields)
    tables = (snapshot.tables.get(table.key) for table in sheet.tables)
    return {one.place.sheet for one in (*names, *tables) if one is not None}


def _copies(snapshot: Snapshot, homes: set[str]) -> Iterator[Finding]:
    """Sheets that are called as programs call a copy; whoever fills one fills it for nobody."""
    for home in sorted(homes):
        for other in snapshot.sheets:
            behind = other.removeprefix(home)
            if other not in homes and other != behind and _COPY.fullmatch(behind):
                yield finding("sheet-unread", found=other, sheet=home)


def _copied(
    snapshot: Snapshot, sheet: Sheet, homes: set[str], language: Language
) -> Iterator[Finding]:
    """A sheet of the form's name to which nothing leads, though the form's words stand on it."""
    if not homes or sheet.name in homes or sheet.name not in snapshot.sheets:
        return
    words = {bare(field.name) for field in sheet.fields}
    columns = [column for table in sheet.tables for column in table.column]
    words |= {bare(word) for column in columns for word in (column.key, column.name)}
    spots = product(range(1, _LOOKED_AT.row), range(1, _LOOKED_AT.column))
    if any(bare(snapshot.text(sheet.name, *spot)) in words for spot in spots):
        yield finding("sheet-copied", found=listed(language, sorted(homes)), sheet=sheet.name)
