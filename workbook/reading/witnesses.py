"""A second witness for each named cell: the words beside it and above it say whose cell it is.

A name can come to lead to another field's cell: rows were sorted with their labels, a tool put in
a row and left the names where they were, a name was moved by hand. Words that are nobody's are the
clerk's own wording, and no words are no witness.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final
from unicodedata import normalize

from workbook.findings.model import Finding, Part, finding
from workbook.form.model import Fields, Form, Grid, Sheet
from workbook.reading.snapshot import Snapshot
from workbook.reading.spots import Spot
from workbook.xlsx.addresses import cell_at

_MOST: Final = 3  # names of a sheet that are told one by one
_BEYOND: Final = 40  # rows under the form's cells in which a label is still looked for
_LABELS, _USUAL = range(1, 5), 2  # the columns in which they may stand, and in which they do
_UNSAID: Final = re.compile(r"\([^()]*\)|[\s*]")  # a unit, the star of what is required

Names = Mapping[str, Spot]


@dataclass(frozen=True, slots=True)
class Words:
    """What stands beside a field's cell and, in a grid, above it, of which `heads` are all."""

    beside: str
    above: str = ""
    heads: frozenset[str] = frozenset()


def testified(snapshot: Snapshot, form: Form) -> tuple[Snapshot, list[Finding]]:
    """The snapshot without the names that lead to another field's cell, and a finding for each."""
    findings: list[Finding] = []
    wrong: set[str] = set()
    for sheet in form.sheet:
        misled = dict(_misled(snapshot, sheet))
        wrong |= misled.keys()
        findings += _gathered(list(misled.values()))
    for keys, found in _shared(snapshot, form, wrong):
        findings.append(found)
        wrong.update(keys)
    names = {key: None if key in wrong else cell for key, cell in snapshot.names.items()}
    return (replace(snapshot, names=names), findings) if wrong else (snapshot, [])


def _misled(snapshot: Snapshot, sheet: Sheet) -> Iterator[tuple[str, Finding]]:
    """The sheet's fields at whose cells another's words stand, or whose own stand elsewhere."""
    words = dict(_words(sheet))
    names = {key: spot for key in words if (spot := _spot(snapshot, key))}
    doubtful = [key for key, spot in names.items() if not _is_its(snapshot, spot, words[key])]
    if not doubtful:
        return
    labels = _labels(snapshot, words, names)
    known = {one.beside for one in words.values()}
    for key in doubtful:
        spot, own = names[key], words[key]
        beside, above = labels.get((spot.sheet, spot.row), ""), _above(snapshot, spot, own)
        if beside == own.beside and above in ("", own.above):
            continue
        right = _right(labels, names, words, key)
        if right is None and beside not in known:
            continue  # the clerk's own wording, or none
        if not (beside or _is_filled(snapshot, right)):
            continue  # a cell that was moved away from its label, which takes its name along
        seen = "、".join(one for one in (beside, above) if one) or "空白"
        name = next(field.name for field in sheet.fields if field.key == key)
        code = "name-misled" if right else "name-astray"
        yield key, finding(code, spot.place, name, seen, str(right.place if right else ""), key=key)


def _gathered(found: list[Finding]) -> list[Finding]:
    """Many names that are astray have one reason, and are one finding."""
    if len(found) <= _MOST:
        return found
    first = found[0]
    gathered = finding("names-moved", first.place, first.label, str(len(found)))
    parts = tuple(Part(one.label, one.place, None) for one in found)
    return [replace(gathered, parts=parts)]


def _is_its(snapshot: Snapshot, spot: Spot, own: Words) -> bool:
    """Whether the field's words stand where the form put them, as nearly always they do."""
    beside = bare(snapshot.text(spot.sheet, spot.row, _USUAL))
    return beside == own.beside and _above(snapshot, spot, own) in ("", own.above)


def _spot(snapshot: Snapshot, key: str) -> Spot | None:
    cell = snapshot.names.get(key)
    found = cell_at(cell.place.address) if cell is not None else None
    return Spot(cell.place.sheet, *found) if cell is not None and found else None


def _words(sheet: Sheet) -> Iterator[tuple[str, Words]]:
    for block in sheet.block:
        if isinstance(block, Grid):
            heads = frozenset(bare(column.name) for column in block.column)
            for row, column, field in block.cells:
                yield field.key, Words(bare(row.name), bare(column.name), heads)
        elif isinstance(block, Fields):
            yield from ((field.key, Words(bare(field.name))) for field in block.field)


def bare(text: str) -> str:
    """A label without its unit, star and indent, its signs in their narrow forms."""
    return _UNSAID.sub("", normalize("NFKC", text))


def _labels(
    snapshot: Snapshot, words: Mapping[str, Words], names: Names
) -> dict[tuple[str, int], str]:
    """The words in the column of labels, by sheet and row: the column in which most are ours."""
    known = {one.beside for one in words.values()}
    rows = range(1, max(spot.row for spot in names.values()) + _BEYOND)
    found: dict[tuple[str, int], str] = {}
    for sheet in {spot.sheet for spot in names.values()}:
        columns = [[bare(snapshot.text(sheet, row, column)) for row in rows] for column in _LABELS]
        best = max(columns, key=lambda texts: sum(text in known for text in texts))
        found |= {(sheet, row): text for row, text in zip(rows, best, strict=True) if text}
    return found


def _above(snapshot: Snapshot, spot: Spot, words: Words) -> str:
    """The nearest head of the grid above a cell, "" where the field is in none."""
    if not words.heads:
        return ""
    texts = (snapshot.text(spot.sheet, row, spot.column) for row in range(spot.row, 0, -1))
    return next((text for one in texts if one and (text := bare(one)) in words.heads), "")


def _right(
    labels: Mapping[tuple[str, int], str], names: Names, words: Mapping[str, Words], key: str
) -> Spot | None:
    """The cell that a field's own words lead to, where there is one and no more."""
    own, spot = words[key], names[key]
    theirs = (spot.sheet, own.beside)
    rows = [row for (sheet, row), text in labels.items() if (sheet, text) == theirs]
    columns = Counter(names[other].column for other in names if words[other].above == own.above)
    if len(rows) != 1 or not columns:
        return None
    right = Spot(spot.sheet, rows[0], columns.most_common(1)[0][0])
    return right if right != spot else None


def _is_filled(snapshot: Snapshot, spot: Spot | None) -> bool:
    return spot is not None and snapshot.cell(*spot).kind != "blank"


def _shared(snapshot: Snapshot, form: Form, wrong: set[str]) -> Iterator[tuple[list[str], Finding]]:
    """Cells to which the names of several fields lead, where no words say whose they are."""
    found = defaultdict(list)
    for key, cell in snapshot.names.items():
        if cell is not None and key in form.fields and key not in wrong:
            found[cell.place].append(key)
    for place, keys in found.items():
        if len(keys) > 1:
            one, *others = (form.fields[key].name for key in keys)
            yield keys, finding("names-shared", place, one, "、".join(others))
