"""Cells with labels in them: what is typed behind each, and what no label of the form takes in."""

from collections.abc import Collection, Iterator, Mapping

from msgspec.structs import replace

from workbook.figures.numbers import from_excel, plain
from workbook.findings.model import Finding, finding
from workbook.findings.place import Place
from workbook.form.behind import Part, base_of, parts, says_unit
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.reading.snapshot import RawCell, Snapshot

_NOTHING_TYPED = (")", "）", ":", "：")  # ends of a form's own words: 制表单位（公章）, 附：
OF_LABELS = ("label-lost", "label-twice")
Labels = Mapping[str, Field]
_TOLD_ELSEWHERE = ("blank", "error", "broken", "unsaved")


def labels_of(snapshot: Snapshot, form: Form) -> Mapping[Place, Labels]:
    """The fields whose labels share a cell, by that cell and by label."""
    found: dict[Place, dict[str, Field]] = {}
    for key, field in form.fields.items():
        cell = snapshot.names.get(key)
        if field.behind and cell is not None:
            found.setdefault(cell.place, {})[field.behind] = field
    return found


def behind_label(cell: RawCell, field: Field, known: Collection[str]) -> RawCell:
    """The cell with what is typed behind the field's label; `known` are all labels of the cell."""
    if cell.kind in _TOLD_ELSEWHERE or cell.merged:
        return cell
    text = _text(cell)
    found = {one.label: text[one.start : one.end] for one in parts(text, known)}
    if _is_lost(field.behind, text, known) or _is_doubled(field.behind, found, known):
        return replace(cell, kind="unlabelled")
    typed = found.get(field.behind, "")
    return replace(cell, kind="text" if typed else "blank", value=typed or None)


def label_faults(snapshot: Snapshot, form: Form) -> Iterator[Finding]:
    """A finding for each label that is gone or doubled, and for words that no label takes in."""
    cells = {one.place: one for one in snapshot.names.values() if one is not None}
    for place, fields in labels_of(snapshot, form).items():
        cell = cells[place]
        if cell.kind in _TOLD_ELSEWHERE or cell.merged:
            continue
        text = _text(cell)
        found = [one.label for one in parts(text, fields)]
        for label, field in fields.items():
            if _is_lost(label, text, fields):
                yield finding("label-lost", place, field.name, text, base_of(label))
            elif _is_doubled(label, found, fields):
                yield finding("label-twice", place, field.name, text, base_of(label))
        if any(one in fields for one in found):  # else all of the cell is told
            own = "".join(one.own_words for one in fields.values())
            unknown = surplus(text, fields, own)
            yield from (finding("label-unknown", place, "", one) for one in unknown)


def surplus(text: str, known: Collection[str], own: str = "") -> Iterator[str]:
    """What is typed in a cell behind labels that are none of the form's, with these labels.

    So are words before the first label, unless they are the form's `own`.
    """
    found = [*parts(text, known)]
    head = text[: found[0].begin].strip() if found else text.strip()
    if head and head.split() != own.split() and not head.endswith(_NOTHING_TYPED):
        yield head
    for one in found:
        typed = text[one.start : one.end]
        if typed and not _is_known(one, known) and not says_unit(one.label, typed):
            yield text[one.begin : one.end].strip()


def _is_known(one: Part, known: Collection[str]) -> bool:
    """Whether a label is the form's; that one of them stands there again is told otherwise."""
    return base_of(one.label) in {base_of(label) for label in known}


def _is_lost(label: str, text: str, known: Collection[str]) -> bool:
    """Whether a label is gone from a cell in which something is typed.

    So is one that the form has there several times, as soon as one of these is gone or stands
    elsewhere: nobody knows any more which is which.
    """
    found = [*parts(text, known)]
    head = text[: found[0].begin] if found else text
    is_said = bool(head.strip()) or any(one.start < one.end for one in found)
    there = [one.label for one in found if one.label in known]
    alike = {one for one in known if base_of(one) == base_of(label)}
    is_moved = len(alike) > 1 and there != [one for one in known if one in there]
    return is_said and (not alike.issubset(there) or is_moved)


def _is_doubled(label: str, found: Collection[str], known: Collection[str]) -> bool:
    """Whether a label stands there more often than the form has it: nobody knows which is meant."""
    base = base_of(label)
    return any(one not in known and base_of(one) == base for one in found)


def _text(cell: RawCell) -> str:
    return plain(from_excel(cell.value)) if cell.kind == "number" else str(cell.value)
