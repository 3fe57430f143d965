"""A second witness for each named cell: the words beside it and above it say whose cell it is.

A name can come to lead to another field's cell: rows were sorted with their labels, a tool put in
a row and left the names where they were, a name was moved by hand. Words that are nobody's are the
clerk's own wording, and no words are no witness.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from workbook.catalogue.model import Language, listed
from workbook.catalogue.sheets import FIELD_HEADS
from workbook.catalogue.verdicts import BLANK
from workbook.findings.model import Finding, Part, finding
from workbook.form.model import NUMBERED, OF_WHICH, Fields, Form, Grid, Sheet
from workbook.reading.snapshot import Snapshot
from workbook.reading.spots import Spot
from workbook.xlsx.addresses import cell_at

_MOST: Final = 3  # names of a sheet that are told one by one
_SHEETFUL: Final = 3  # fields of a sheet, of which at least one would have its own words
_WIDER: Final = 8  # columns to the right of the form's cells in which a head is still looked for
_BEYOND: Final = 40  # rows under the form's cells in which a label is still looked for
_LABELS, _USUAL = range(1, 11), 2  # the columns in which they may stand, and in which they do
_LONGEST: Final = 60  # letters of a label; longer texts are the clerk's own
_NOTHING: Final = BLANK.zh
_UNSAID: Final = re.compile(r"\([^()]*\)|[\s*]")  # a unit, the star of what is required

Names = Mapping[str, Spot]


class Words(Struct, frozen=True):
    """What stands beside a field's cell and above it; `others` are the form's words around it.

    人员经费 stands beside C18, 填写内容 above it, and 万元 in the next column is another word.
    """

    beside: str
    above: str
    others: frozenset[str] = frozenset()


class _Misled(NamedTuple):
    """A field whose name leads to another's cell: what is seen there, and where its own is."""

    key: str
    spot: Spot
    seen: tuple[str, ...]
    right: Spot | None


def testified(snapshot: Snapshot, form: Form) -> tuple[Snapshot, list[Finding]]:
    """The snapshot without the names that lead to another field's cell, and a finding for each."""
    findings: list[Finding] = []
    wrong: set[str] = set()
    for sheet in form.sheet:
        words = dict(_words(sheet, form.language))
        names = {key: spot for key in words if (spot := _spot(snapshot, key))}
        columns = dict(_columns(snapshot, sheet, names, form.language))
        if _is_another(snapshot, words, names, columns):
            home, first = _home(names), next(iter(names.values())).place
            findings.append(finding("sheet-replaced", first, found=home, sheet=sheet.name))
            wrong |= names.keys()
            continue
        misled = {
            one.key: _told(sheet, one, form.language)
            for one in _misled(snapshot, sheet, words, names, columns)
        }
        wrong |= misled.keys()
        findings += _gathered(list(misled.values()))
        findings += _doubled(snapshot, words, names, columns)
    for keys, found in _shared(snapshot, form, wrong):
        findings.append(found)
        wrong.update(keys)
    cells = {key: None if key in wrong else cell for key, cell in snapshot.names.items()}
    return (replace(snapshot, names=cells) if wrong else snapshot), findings


def _is_another(
    snapshot: Snapshot, words: Mapping[str, Words], names: Names, columns: Mapping[str, int]
) -> bool:
    """Whether the names lead to a sheet of other words: not one of the form's stands at a cell."""
    seen: set[str] = set()
    for key, spot in names.items():
        if _is_its(snapshot, spot, words[key], columns[key]):
            return False
        seen |= {bare(snapshot.text(spot.sheet, spot.row, one)) for one in range(1, spot.column)}
        seen |= {bare(snapshot.text(spot.sheet, one, spot.column)) for one in range(1, spot.row)}
    own = {words[key].beside for key in names}
    texts = seen - {""}
    are_strange = not any(_may_be(word, text) for text in texts for word in own)
    return len(names) >= _SHEETFUL and bool(texts) and are_strange


def _may_be(word: str, text: str) -> bool:
    """Whether a text is a word of the form's, or most of one that a bureau's own form splits up."""
    short, long = sorted((word, text), key=len)
    return short in long and 2 * len(short) >= len(long)


def _misled(
    snapshot: Snapshot,
    sheet: Sheet,
    words: Mapping[str, Words],
    names: Names,
    columns: Mapping[str, int],
) -> Iterator[_Misled]:
    """The sheet's fields at whose cells another's words stand, or whose own stand elsewhere."""
    home = _home(names)
    doubtful = [
        key
        for key, spot in names.items()
        if spot.sheet != home or not _is_its(snapshot, spot, words[key], columns[key])
    ]
    if not doubtful:
        return
    labels = _labels(snapshot, words, names)
    known = {one.beside for one in words.values()}
    periods = {field.key for field in sheet.fields if field.period}
    for key in doubtful:
        spot, own = names[key], words[key]
        if spot.sheet != home:
            place = _place_left(labels, home, own, columns[key], names)
            if _is_filled(snapshot, place):
                yield _Misled(key, spot, (labels.get((spot.sheet, spot.row), ""),), place)
            continue
        beside = labels.get((spot.sheet, spot.row), "")
        is_aside = spot.column != columns[key]
        if beside == own.beside and not is_aside:
            continue
        right = _right(labels, spot, own, columns[key])
        is_bare = key in periods and own.beside not in labels.values()  # 2024年第三季度 alone
        if right is None and (is_bare or beside not in known):
            continue  # the clerk's own wording, or none
        says_ours = is_aside and bare(snapshot.text(*spot)) in own.others
        if (is_aside or not beside) and not (says_ours or _is_filled(snapshot, right)):
            continue  # a cell that was moved away from its label, which takes its name along
        above = _above(snapshot, spot) if is_aside else ""
        yield _Misled(key, spot, (beside, above), right)


def _told(sheet: Sheet, one: _Misled, language: Language) -> Finding:
    name = next(field.name for field in sheet.fields if field.key == one.key)
    code = "name-misled" if one.right else "name-astray"
    seen = listed(language, filter(None, one.seen)) or _NOTHING
    right = str(one.right.place if one.right else "")
    return finding(code, one.spot.place, name, seen, right, key=one.key)


def _home(names: Names) -> str:
    """The sheet to which most of a sheet's names lead, whatever it is called by now."""
    return Counter(spot.sheet for spot in names.values()).most_common(1)[0][0] if names else ""


def _place_left(
    labels: Mapping[tuple[str, int], str], home: str, own: Words, column: int, names: Names
) -> Spot | None:
    """The one cell beside a field's words on its own sheet to which no other name leads."""
    rows = [row for (sheet, row), text in labels.items() if (sheet, text) == (home, own.beside)]
    taken = set(names.values())
    free = [spot for row in rows if (spot := Spot(home, row, column)) not in taken]
    return free[0] if len(free) == 1 else None


def _doubled(
    snapshot: Snapshot, words: Mapping[str, Words], names: Names, columns: Mapping[str, int]
) -> Iterator[Finding]:
    """Rows with a field's words to which no name leads, though something stands in them."""
    if not names:
        return
    known = {(spot.sheet, words[key].beside): key for key, spot in reversed(list(names.items()))}
    asked = {(spot.sheet, spot.row) for spot in names.values()}
    heads = {one.above for one in words.values()}
    last = max(spot.row for spot in names.values()) + _BEYOND
    sheets = {spot.sheet for spot in names.values()}
    for spot in (Spot(sheet, row, _USUAL) for sheet in sheets for row in range(1, last)):
        key = known.get((spot.sheet, bare(snapshot.text(*spot))))
        is_above = key is not None and names[key].row == spot.row + 1  # which its own words may be
        if key is None or is_above or (spot.sheet, spot.row) in asked:
            continue
        if _is_in_table(snapshot, spot):
            continue
        cell = snapshot.cell(spot.sheet, spot.row, columns[key])
        if cell.value is not None and bare(str(cell.value)) not in heads:
            label, right = words[key].beside, str(names[key].place)
            yield finding("label-doubled", cell.place, label, str(cell.value), right)


def _is_in_table(snapshot: Snapshot, spot: Spot) -> bool:
    for table in snapshot.tables.values():
        cells = [cell for row in table.rows for cell in row.values()]
        cells += [*table.below, *table.apart]
        places = [table.place, *(cell.place for cell in cells)]
        rows = {found[0] for place in places if (found := cell_at(place.address))}
        if table.place.sheet == spot.sheet and spot.row in rows:
            return True
    return False


def _gathered(found: list[Finding]) -> list[Finding]:
    """Many names that are astray have one reason, and are one finding."""
    if len(found) <= _MOST:
        return found
    first = found[0]
    gathered = finding("names-moved", first.place, first.label, str(len(found)))
    parts = tuple(Part(one.label, one.place, None, is_place=True) for one in found)
    return [replace(gathered, parts=parts)]


def _is_its(snapshot: Snapshot, spot: Spot, own: Words, column: int) -> bool:
    """Whether a name leads to where the form put its field, as nearly always.

    In a bureau's own form the words stand wherever they do, the nearest ones to the left; a cell of
    rows and columns that is asked by itself has both, and the total of a list its head first.
    """
    if bare(snapshot.text(spot.sheet, spot.row, _USUAL)) == own.beside:
        return spot.column == column
    beside, above = _beside(snapshot, spot), _above(snapshot, spot)
    if spot.column != column:
        return False
    is_total = bool(beside and above) and own.beside.endswith(beside) and above in own.beside
    return is_total or own.beside in (beside, above, f"{beside}{above}")


def _spot(snapshot: Snapshot, key: str) -> Spot | None:
    cell = snapshot.names.get(key)
    found = cell_at(cell.place.address) if cell is not None else None
    return Spot(cell.place.sheet, *found) if cell is not None and found else None


def _words(sheet: Sheet, language: Language) -> Iterator[tuple[str, Words]]:
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


def _columns(
    snapshot: Snapshot, sheet: Sheet, names: Names, language: Language
) -> Iterator[tuple[str, int]]:
    """The column in which each field belongs: that of its head, else the one of its neighbours."""
    for block in sheet.block:
        if isinstance(block, Grid):
            words = {field.key: bare(column.name) for _, column, field in block.cells}
            heads = {bare(column.name) for column in block.column}
        elif isinstance(block, Fields):
            heads = {FIELD_HEADS[1](language)}
            words = {field.key: FIELD_HEADS[1](language) for field in block.field}
        else:
            continue
        there = {key: names[key] for key in words if key in names}
        is_told = there and (isinstance(block, Fields) or len(heads) == len(block.column))
        found = _head_columns(snapshot, there, heads) if is_told else {}
        for key in there:
            alike = Counter(there[one].column for one in there if words[one] == words[key])
            yield key, found.get(words[key]) or alike.most_common(1)[0][0]


def _head_columns(snapshot: Snapshot, names: Names, heads: set[str]) -> dict[str, int]:
    """Where the heads of a block stand, in the nearest row above its last that has most."""
    sheet = _home(names)
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


def _beside(snapshot: Snapshot, spot: Spot) -> str:
    """The nearest words to the left of a cell."""
    columns = range(spot.column - 1, 0, -1)
    texts = (bare(snapshot.text(spot.sheet, spot.row, one)) for one in columns)
    return next(filter(None, texts), "")


def _above(snapshot: Snapshot, spot: Spot) -> str:
    """The nearest words above a cell."""
    texts = (snapshot.text(spot.sheet, row, spot.column) for row in range(spot.row - 1, 0, -1))
    return next((text for one in texts if one and (text := bare(one))), "")


def _right(
    labels: Mapping[tuple[str, int], str], spot: Spot, own: Words, column: int
) -> Spot | None:
    """The cell that a field's own words lead to, where there is one and no more."""
    theirs = (spot.sheet, own.beside)
    rows = [row for (sheet, row), text in labels.items() if (sheet, text) == theirs]
    if spot.row in rows:
        rows = [spot.row]
    right = Spot(spot.sheet, rows[0], column) if len(rows) == 1 else None
    return right if right != spot else None


def _is_filled(snapshot: Snapshot, spot: Spot | None) -> bool:
    return spot is not None and snapshot.cell(*spot).kind != "blank"


def _shared(snapshot: Snapshot, form: Form, wrong: set[str]) -> Iterator[tuple[list[str], Finding]]:
    """Cells to which the names of several fields lead, where no words say whose they are."""
    found = defaultdict(list)
    for key, cell in snapshot.names.items():
        field = form.fields.get(key)
        if cell is not None and field is not None and not field.behind and key not in wrong:
            found[cell.place].append(key)
    for place, keys in found.items():
        if len(keys) > 1:
            one, *others = (form.fields[key].name for key in keys)
            yield keys, finding("names-shared", place, one, listed(form.language, others))
