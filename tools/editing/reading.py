"""What is read of a bent workbook beside what stands at its labels."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from workbook.catalogue.sheets import FIELD_HEADS
from workbook.checking.check import check
from workbook.checking.kinds import Kind
from workbook.entries.labels import bare
from workbook.findings.model import Finding, flattened
from workbook.form.field import Fields
from workbook.form.grid import Grid
from workbook.form.model import Form
from workbook.reading.saved import open_saved
from workbook.reading.values import Entry
from workbook.xlsx.addresses import address_of

FARTHEST = 10  # column in which a label is looked for


def misread(path: Path, kind: Kind) -> list[str]:
    """Each field of which another value is read than the one beside its label, without a word."""
    book = open_saved(path)
    if isinstance(book, Finding):
        return []
    checked = check(book.snapshot(kind.form), kind.form, kind.rules)
    told = flattened(checked.findings)
    places = {str(part.place) for one in told for part in (one, *one.parts)}
    words = "\n".join(f"{one} {one.label}" for one in told)
    written = load_workbook(path)
    found = []
    labelled = _labelled(kind.form)
    # A copy of a sheet is nobody's, unless it took the name of the original, which is told.
    read = {one.place.sheet for one in checked.values.entries() if one.place}
    texts = _words(one for one in written.worksheets if one.title in read)
    homes = {key: _homes(texts, *labelled[key]) for key in labelled}
    for key, (label, _) in labelled.items():
        entry = checked.values.fields[key]
        is_told = f"「{key}」" in words or label in words or str(entry.place) in places
        if len(homes[key]) != 1 or not entry.readable or not entry.is_typed or is_told:
            continue
        (home,) = homes[key]
        value = written[home[0]][home[1]].value
        others = {one for other in homes.values() if other != homes[key] for one in other}
        spot = (entry.place.sheet, entry.place.address) if entry.place else None
        is_cut = value is None and spot not in others  # a cell cut takes its name along
        is_told = "!".join(home) in places or f"「{home[0]}」" in words
        if not (is_cut or _same(entry, value) or is_told):
            found.append(f"{key}: {entry.value} at {entry.place}, but {value} at {home}")
    return found


def _same(entry: Entry, value: Any) -> bool:
    if entry.value is None or value is None:
        return entry.value is None and not str(value or "").strip()
    if isinstance(entry.value, Decimal):
        return isinstance(value, int | float) and Decimal(str(value)) == entry.value
    return str(value).strip()[:10] == str(entry.value)[:10]


def _labelled(form: Form) -> dict[str, tuple[str, str]]:
    """The words beside each field and above it."""
    found = {}
    for block in (block for sheet in form.sheet for block in sheet.block):
        if isinstance(block, Fields):
            found |= {one.key: (bare(one.name), FIELD_HEADS[1].zh) for one in block.field}
        elif isinstance(block, Grid):
            for row, column, one in block.cells:
                found[one.key] = bare(row.name), bare(column.name)
    return found


Words = dict[str, list[tuple[str, int, int]]]  # where a text stands: sheet, row and column


def _words(sheets: Iterable[Worksheet]) -> Words:
    """Where each text of some sheets stands."""
    found: Words = {}
    for sheet in sheets:
        for row in sheet.iter_rows():
            for cell in (one for one in row if isinstance(one.value, str)):
                found.setdefault(bare(cell.value), []).append((sheet.title, cell.row, cell.column))
    return found


def _homes(words: Words, label: str, head: str) -> list[tuple[str, str]]:
    """The cells right of a label that stand under the head, the nearest above."""
    found = []
    for sheet, row, column in words.get(label, ()):
        heads = [one for one in words.get(head, ()) if one[0] == sheet and one[1] < row]
        if heads and column <= FARTHEST:
            nearest = max(heads, key=lambda one: (one[1], -one[2]))
            if column < nearest[2]:  # words behind a figure are no label of it
                found.append((sheet, address_of(row, nearest[2])))
    return found
