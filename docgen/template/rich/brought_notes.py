"""Footnotes, endnotes and comments of another document, brought along with its text."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.word.changes import Changes, serialised
from docgen.template.word.names import COMMENT_ANCHORS, MAIN, R, W
from docgen.template.word.package import Package, main_part
from docgen.template.word.xml import remove

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_ID: Final = f"{W}id"
# Word wants the two lines above notes in a part of notes (ECMA-376 part 1, 17.11.23)
_SEPARATORS: Final = (("separator", "-1"), ("continuationSeparator", "0"))


@dataclass(frozen=True, slots=True)
class NoteKind:
    """Notes of one kind: the part that they stand in, the element of each, what refers to it."""

    part: str
    element: str
    anchors: tuple[str, ...]


KINDS: Final = (
    NoteKind("footnotes", f"{W}footnote", (f"{W}footnoteReference",)),
    NoteKind("endnotes", f"{W}endnote", (f"{W}endnoteReference",)),
    NoteKind("comments", f"{W}comment", COMMENT_ANCHORS),
)

Bring = Callable[[Element, str, str], None]  # what a note holds, from which part, into which part


def bring_notes(holder: Element, package: Package, changes: Changes, bring: Bring | None) -> None:
    """Copy the notes that `holder` refers to, and let it refer to the copies.

    `bring` brings along what the notes themselves lead to; without it, as in a header, where no
    notes may stand, and for a note that is not there, what refers to it goes.
    """
    for kind in KINDS:
        anchors = [one for one in holder.iter(*kind.anchors) if one.get(f"{W}type") is None]
        source = Changes(package).related(main_part(package), kind.part) if anchors else None
        if not anchors:
            continue
        notes = {} if source is None else _by_id(etree.fromstring(package.read(source)), kind)
        given: dict[str, str] = {}
        for anchor in anchors:
            old = anchor.get(_ID, "")
            if bring is None or source is None or old not in notes:
                _drop(anchor)
                continue
            if old not in given:
                given[old] = _append(notes[old], source, kind, changes, bring)
            anchor.set(_ID, given[old])


def _by_id(root: Element, kind: NoteKind) -> dict[str, Element]:
    return {item.get(_ID, ""): item for item in root.iterchildren(kind.element)}


def _drop(anchor: Element) -> None:
    """Take away what refers to a note, with its run, which holds nothing else."""
    run = anchor.getparent()
    remove(anchor if run is None or run.tag != R else run)


def _append(note: Element, source: str, kind: NoteKind, changes: Changes, bring: Bring) -> str:
    """The id of the copy of a note in the document that is being made."""
    main = main_part(changes.package)
    name = changes.related(main, kind.part)
    if name is None:
        name = f"word/{kind.part}.xml"
        changes.relate(main, kind.part, name)
        changes.put(name, serialised(_new_part(kind)), CONTENT_TYPE.format(kind.part))
    copy = deepcopy(note)
    bring(copy, source, name)
    return changes.append(name, copy)


def _new_part(kind: NoteKind) -> Element:
    root = etree.Element(f"{W}{kind.part}", nsmap={"w": MAIN})
    for name, number in _SEPARATORS if kind.part != "comments" else ():
        item = etree.SubElement(root, kind.element)
        item.set(f"{W}type", name)
        item.set(_ID, number)
        run = etree.SubElement(etree.SubElement(item, f"{W}p"), R)
        etree.SubElement(run, f"{W}{name}")
    return root
