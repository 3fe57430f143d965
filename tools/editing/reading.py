"""What is read of a bent workbook beside what stands at its labels."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from workbook.checking.check import check
from workbook.checking.kinds import Kind
from workbook.findings.model import Finding, flattened
from workbook.form.model import FIELD_HEADS, Fields, Form, Grid
from workbook.reading.saved import open_saved
from workbook.reading.values import Entry
from workbook.reading.witnesses import bare

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
    homes = {key: _homes(written, *labelled[key]) for key in labelled}
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
            found |= {one.key: (bare(one.name), FIELD_HEADS[1]) for one in block.field}
        elif isinstance(block, Grid):
            for row, column, one in block.cells:
                found[one.key] = bare(row.name), bare(column.name)
    return found


def _homes(book: Any, label: str, head: str) -> list[tuple[str, str]]:
    return [(sheet.title, spot) for sheet in book.worksheets for spot in _at(sheet, label, head)]


def _at(sheet: Worksheet, label: str, head: str) -> Iterator[str]:
    """The cells right of a label that stand under the head, the nearest above."""
    for row in sheet.iter_rows(max_col=FARTHEST):
        for cell in row:
            if not isinstance(cell.value, str) or bare(cell.value) != label:
                continue
            for above in range(cell.row - 1, 0, -1):
                heads = [c.column for c in sheet[above] if c.value and bare(str(c.value)) == head]
                if heads:
                    yield sheet.cell(cell.row, heads[0]).coordinate
                    break
