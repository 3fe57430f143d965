"""A second witness for each named cell: the words beside it and above it say whose cell it is.

A name can come to lead to another field's cell: rows were sorted with their labels, a tool put in
a row and left the names where they were, a name was moved by hand. Words that are nobody's are the
clerk's own wording, and no words are no witness.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

from msgspec.structs import replace

from workbook.catalogue.model import Language, listed
from workbook.catalogue.verdicts import BLANK
from workbook.entries.labels import (
    BEYOND,
    USUAL,
    Names,
    Words,
    bare,
    columns_of,
    home_of,
    is_filled_at,
    labels_of,
    right_cell,
    spot_of,
    words_above,
    words_beside,
    words_of,
)
from workbook.findings.model import Finding, Part, finding
from workbook.form.model import Form, Sheet
from workbook.reading.snapshot import Snapshot
from workbook.reading.spots import Spot
from workbook.xlsx.addresses import cell_at

_MOST: Final = 3  # names of a sheet that are told one by one
_SHEETFUL: Final = 3  # fields of a sheet, of which at least one would have its own words
_NOTHING: Final = BLANK.zh


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
        words = dict(words_of(sheet, form.language))
        names = {key: spot for key in words if (spot := spot_of(snapshot, key))}
        columns = dict(columns_of(snapshot, sheet, names, form.language))
        if _is_another(snapshot, words, names, columns):
            home, first = home_of(names), next(iter(names.values())).place
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
    known = {one.beside for one in words.values()}
    for key, spot in names.items():
        if _is_its(snapshot, spot, words[key], columns[key], known):
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
    home = home_of(names)
    known = {one.beside for one in words.values()}
    doubtful = [
        key
        for key, spot in names.items()
        if spot.sheet != home or not _is_its(snapshot, spot, words[key], columns[key], known)
    ]
    if not doubtful:
        return
    labels = labels_of(snapshot, words, names)
    periods = {field.key for field in sheet.fields if field.period}
    for key in doubtful:
        spot, own = names[key], words[key]
        if spot.sheet != home:
            place = _place_left(labels, home, own, columns[key], names)
            if is_filled_at(snapshot, place):
                yield _Misled(key, spot, (labels.get((spot.sheet, spot.row), ""),), place)
            continue
        beside = labels.get((spot.sheet, spot.row), "")
        is_aside = spot.column != columns[key]
        if beside == own.beside and not is_aside:
            continue
        right = _right_cell(snapshot, right_cell(labels, spot, own, columns[key]), spot)
        is_bare = key in periods and own.beside not in labels.values()  # 2024年第三季度 alone
        if right is None and (is_bare or beside not in known):
            continue  # the clerk's own wording, or none
        says_ours = is_aside and bare(snapshot.text(*spot)) in own.others
        if (is_aside or not beside) and not (says_ours or is_filled_at(snapshot, right)):
            continue  # a cell that was moved away from its label, which takes its name along
        above = words_above(snapshot, spot) if is_aside else ""
        yield _Misled(key, spot, (beside, above), right)


def _right_cell(snapshot: Snapshot, found: Spot | None, spot: Spot) -> Spot | None:
    """The cell that words lead to; none where a head stands there, above the cell itself.

    A label may be merged over the row of heads and the row of figures below it.
    """
    if found is None or (found.sheet, found.row + 1, found.column) != tuple(spot):
        return found
    is_head = snapshot.cell(*found).kind == "text" and snapshot.cell(*spot).kind != "text"
    return None if is_head else found


def _told(sheet: Sheet, one: _Misled, language: Language) -> Finding:
    name = next(field.name for field in sheet.fields if field.key == one.key)
    code = "name-misled" if one.right else "name-astray"
    seen = listed(language, filter(None, one.seen)) or _NOTHING
    right = str(one.right.place if one.right else "")
    return finding(code, one.spot.place, name, seen, right, key=one.key)


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
    last = max(spot.row for spot in names.values()) + BEYOND
    sheets = {spot.sheet for spot in names.values()}
    for spot in (Spot(sheet, row, USUAL) for sheet in sheets for row in range(1, last)):
        key = known.get((spot.sheet, bare(snapshot.text(*spot))))
        is_above = key is not None and names[key].row == spot.row + 1  # which its own words may be
        if key is None or is_above or (spot.sheet, spot.row) in asked:
            continue
        if _is_in_table(snapshot, spot):
            continue
        cell = snapshot.cell(spot.sheet, spot.row, columns[key])
        seen = bare(str(cell.value)) if cell.value is not None else ""
        if seen and seen not in heads | {words[key].beside}:
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


def _is_its(
    snapshot: Snapshot, spot: Spot, own: Words, column: int, known: Collection[str]
) -> bool:
    """Whether a name leads to where the form put its field, as nearly always.

    In a bureau's own form the words stand wherever they do, the nearest ones to the left, but for
    units and others that are no field's; a cell of rows and columns that is asked by itself has
    both, and the total of a list its head first.
    """
    if bare(snapshot.text(spot.sheet, spot.row, USUAL)) == own.beside:
        return spot.column == column
    if spot.column != column:
        return False
    left, above = words_beside(snapshot, spot), words_above(snapshot, spot)
    beside = next((one for one in left if one in known), "")
    if own.beside in (beside, above):
        return True
    return any(
        own.beside == f"{one}{above}"
        or (above and own.beside.endswith(one) and above in own.beside)
        or (above and own.beside.startswith(one) and own.beside.endswith(above))
        for one in (beside, *left[:1])
        if one
    )


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
