"""Footnotes and endnotes of what a refresh takes out of a report."""

from collections.abc import Iterator
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.word.changes import Changes, serialised
from docgen.template.word.names import PROPERTIES_ID as ID
from docgen.template.word.names import W
from docgen.template.word.package import Package
from docgen.template.word.xml import remove

_KINDS: Final = ("footnote", "endnote")


def take_out_notes(before: Package, main: str, changes: Changes) -> None:
    """Take the notes out whose last reference has gone from the part `main`.

    LibreOffice gives the first reference the first note, and would show all later ones a note late.
    """
    was = before.read(main)
    if b"noteReference" not in was:
        return
    one, other = etree.fromstring(was), etree.fromstring(changes.read(main))
    for kind in _KINDS:
        gone = {*_referred(one, kind)} - {*_referred(other, kind)}
        file = changes.related(main, f"{kind}s") if gone else None
        if file is None:
            continue
        notes = etree.fromstring(changes.read(file))
        for note in [note for note in notes.iterchildren("{*}*") if note.get(ID) in gone]:
            remove(note)
        changes.put(file, serialised(notes))


def _referred(root: Element, kind: str) -> Iterator[str]:
    for reference in root.iter(f"{W}{kind}Reference"):
        yield reference.get(ID, "")
