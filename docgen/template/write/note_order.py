"""The notes of a finished document in the order in which its text refers to them.

Word finds a note by its id, LibreOffice gives the first reference the note with the least id. After
a loop, a condition that left a reference out or a value printed twice, the two would differ.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import partial
from itertools import count, pairwise
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.word.changes import Changes, serialised
from docgen.template.word.ids import drop_paragraph_ids
from docgen.template.word.names import PROPERTIES_ID as ID
from docgen.template.word.names import RANGES, W
from docgen.template.word.package import Member, Package, deflated
from docgen.template.word.xml import remove

_KINDS: Final = ("footnote", "endnote")
_REFERENCE: Final = (
    r'(<(?:[\w.-]+:)?{}Reference\b[^>]*?\s(?:[\w.-]+:)?id\s*=\s*["\'])([^"\'>]*)(["\'])'
)


def notes_in_order(package: Package, part: str) -> list[Member]:
    """The parts of `package` that change when the notes stand as `part` refers to them.

    Of `<w:footnote w:id="3"/><w:footnote w:id="2"/>` and a text that refers to 2 first, 2 becomes
    the first note, 1. What is referred to twice is there twice then, what never is stands last.
    """
    before = data = package.read(part)
    changed: list[Member] = []
    for kind in _KINDS:
        pattern = re.compile(_REFERENCE.format(kind).encode())
        asked = [match[2].decode() for match in pattern.finditer(data)]
        file = Changes(package).related(part, f"{kind}s") if asked else None
        if file is None:
            continue
        root = etree.fromstring(package.read(file))
        if not _is_in_order(root, asked):
            data = pattern.sub(partial(_renamed, iter(_put_in_order(root, asked))), data)
            changed.append(deflated(file, serialised(root)))
    return [*changed, deflated(part, data)] if data is not before else changed


def _renamed(given: Iterator[str], match: re.Match[bytes]) -> bytes:
    return match[1] + next(given).encode() + match[3]


def _is_line(item: Element) -> bool:
    """Whether it is a line above notes, or none of them at all."""
    return not isinstance(item.tag, str) or item.get(f"{W}type", "normal") != "normal"


def _is_in_order(root: Element, asked: Sequence[str]) -> bool:
    """Whether the notes begin with those that are asked for, and their ids rise."""
    ids = [note.get(ID, "") for note in root if not _is_line(note)]
    if ids[: len(asked)] != list(asked) or not all(map(str.isdigit, ids)):
        return False
    return all(int(one) < int(other) for one, other in pairwise(ids))


def _put_in_order(root: Element, asked: Sequence[str]) -> list[str]:
    """The new ids that are asked for, after the notes were put in order and numbered by it."""
    notes = [item for item in root if not _is_line(item)]
    lines = [0, *(int(item.get(ID, "0")) for item in root.iterchildren("{*}*") if _is_line(item))]
    by_id = {note.get(ID, ""): note for note in notes}
    placed: list[Element | None] = []
    seen: set[str] = set()
    for identity in asked:
        note = by_id.get(identity)
        placed.append(_copied(note) if note is not None and identity in seen else note)
        seen.add(identity)
    first = [note for note in placed if note is not None]
    known = set(first)
    numbers = map(str, count(max(lines) + 1))
    for note in (*first, *(note for note in notes if note not in known)):
        note.set(ID, next(numbers))
        root.append(note)
    # no note may be taken for one that is missing
    return [next(numbers) if note is None else note.get(ID, "") for note in placed]


def _copied(note: Element) -> Element:
    """A copy of a note without what no two may have."""
    copy = deepcopy(note)
    for one in list(copy.iter(*RANGES)):
        remove(one)
    drop_paragraph_ids(copy)
    return copy
