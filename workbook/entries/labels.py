"""The words beside and above a form's cells: as the form has them, and as a sheet has them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from msgspec import Struct

from workbook.catalogue.model import Language
from workbook.catalogue.sheets import FIELD_HEADS
from workbook.form.field import Fields
from workbook.form.grid import NUMBERED, OF_WHICH, Grid
from workbook.form.model import Sheet
from workbook.reading.snapshot import Snapshot
from workbook.reading.spots import Spot
from workbook.xlsx.addresses import cell_at

BEYOND: Final = 40  # rows under the form's cells in which a label is still looked for
_LABELS: Final = range(1, 11)  # the columns in which they may stand
USUAL: Final = 2  # the column in which they do


_WIDER: Final = 8  # columns to the right of the form's cells in which a head is still looked for
_LONGEST: Final = 60  # letters of a label; longer texts are the clerk's own
_UNSAID: Final = re.compile(r"\([^()]*\)|[\s*]")  # a unit, the star of what is required
Names = Mapping[str, Spot]


class Words(Struct, frozen=True):
    """What stands beside a field's cell and above it; `others` are the form's words around it.

    人员经费 stands beside C18, 填写内容 above it, and 万元 in the next column is another word.
    """

    beside: str
    above: str
    others: frozenset[str] = frozenset()


def home_of(names: Names) -> str:
    """The sheet to which most of a sheet's names lead, whatever it is called by now."""
    return Counter(spot.sheet for spot in names.values()).most_common(1)[0][0] if names else ""


def spot_of(snapshot: Snapshot, key: str) -> Spot | None:
    """Where the name of a field leads, None where there is none."""
    cell = snapshot.names.get(key)
    found = cell_at(cell.place.address) if cell is not None else None
    return Spot(cell.place.sheet, *found) if cell is not None and found else None


def words_of(sheet: Sheet, language: Language) -> Iterator[tuple[str, Words]]:
    """Each field of a sheet with the words that the form puts beside and above it."""
    for block in sheet.block:
        if isinstance(block, Grid):
            for row, column, field in block.cells:
                beside = bare(row.name)
                yield field.key, Words(beside, bare(column.name), frozenset((beside,)))
        elif isinstance(block, Fields):
            for field in (one for one in block.field if not one.behind):  # its label goes along
                others = {bare(text) for text in (field.name, field.unit, field.help)}
                head = FIELD_HEADS[1](language)
                yield field.key, Words(bare(field.name), head, frozenset(others - {""}))


def columns_of(
    snapshot: Snapshot, sheet: Sheet, names: Names, language: Language
) -> Iterator[tuple[str, int]]:
    """The column in which each field belongs: that of its head, else the one of its neighbours."""
    for block in sheet.block:
        if isinstance(block, Grid):
            words = {field.key: bare(column.name) for _, column, field in block.cells}
            homes = {field.key: column.key for _, column, field in block.cells}
            heads = {bare(column.name) for column in block.column}
        elif isinstance(block, Fields):
            heads = {FIELD_HEADS[1](language)}
            words = {field.key: FIELD_HEADS[1](language) for field in block.field}
            homes = words
        else:
            continue
        there = {key: names[key] for key in words if key in names}
        is_told = there and (isinstance(block, Fields) or len(heads) == len(block.column))
        found = _head_columns(snapshot, there, heads) if is_told else {}
        for key in there:
            alike = Counter(there[one].column for one in there if homes[one] == homes[key])
            yield key, found.get(words[key]) or alike.most_common(1)[0][0]


def _head_columns(snapshot: Snapshot, names: Names, heads: set[str]) -> dict[str, int]:
    """Where the heads of a block stand, in the nearest row above its last that has most."""
    sheet = home_of(names)
    spots = [spot for spot in names.values() if spot.sheet == sheet]
    last = max(spot.column for spot in spots) + _WIDER
    found: dict[str, int] = {}
    for row in range(max(spot.row for spot in spots), 0, -1):
        texts = [bare(snapshot.text(sheet, row, column)) for column in range(1, last)]
        there = {head: texts.index(head) + 1 for head in heads if texts.count(head) == 1}
        if len(there) > len(found):  # a row's label may be the word of a head too
            found = there
        if len(found) == len(heads):
            break
    return found


def bare(text: str) -> str:
    """A label without its number, unit, star, indent and colon, its signs in their narrow forms."""
    return _bare(text) if len(text) <= _LONGEST else _bare.__wrapped__(text)


@lru_cache(maxsize=4096)  # all workbooks of a kind have the same labels
def _bare(text: str) -> str:
    words = NUMBERED.sub("", _UNSAID.sub("", NUMBERED.sub("", normalize("NFKC", text))))
    return OF_WHICH.sub("", words).rstrip(":")


def labels_of(
    snapshot: Snapshot, words: Mapping[str, Words], names: Names
) -> dict[tuple[str, int], str]:
    """The words in the column of labels, by sheet and row: the column in which most are ours."""
    known = {one.beside for one in words.values()}
    rows = range(1, max(spot.row for spot in names.values()) + BEYOND)
    found: dict[tuple[str, int], str] = {}
    for sheet in {spot.sheet for spot in names.values()}:
        columns = [[bare(snapshot.text(sheet, row, column)) for row in rows] for column in _LABELS]
        best = max(columns, key=lambda texts: sum(text in known for text in texts))
        found |= {(sheet, row): text for row, text in zip(rows, best, strict=True) if text}
    return found


def words_beside(snapshot: Snapshot, spot: Spot) -> list[str]:
    """The words to the left of a cell, the nearest first."""
    columns = range(spot.column - 1, 0, -1)
    texts = (bare(snapshot.text(spot.sheet, spot.row, one)) for one in columns)
    return [one for one in texts if one]


def words_above(snapshot: Snapshot, spot: Spot) -> str:
    """The nearest words above a cell."""
    texts = (snapshot.text(spot.sheet, row, spot.column) for row in range(spot.row - 1, 0, -1))
    return next((text for one in texts if one and (text := bare(one))), "")


def right_cell(
    labels: Mapping[tuple[str, int], str], spot: Spot, own: Words, column: int
) -> Spot | None:
    """The cell that a field's own words lead to, where there is one and no more."""
    theirs = (spot.sheet, own.beside)
    rows = [row for (sheet, row), text in labels.items() if (sheet, text) == theirs]
    if spot.row in rows:
        rows = [spot.row]
    right = Spot(spot.sheet, rows[0], column) if len(rows) == 1 else None
    return right if right != spot else None


def is_filled_at(snapshot: Snapshot, spot: Spot | None) -> bool:
    """Whether something stands in a cell."""
    return spot is not None and snapshot.cell(*spot).kind != "blank"
