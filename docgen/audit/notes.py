"""Footnotes and endnotes of what a refresh takes out of a report."""

from collections.abc import Iterator
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.audit.rewriting import unmark
from docgen.template.word.changes import Changes, serialised
from docgen.template.word.names import PROPERTIES_ID as ID
from docgen.template.word.names import W
from docgen.template.word.package import Package
from docgen.template.word.xml import remove

_KINDS: Final = ("footnote", "endnote")


def take_out_notes(before: Package, main: str, changes: Changes) -> None:
    """Take the notes out whose last reference has gone from the part `main`.

    LibreOffice gives the first reference the first note, and would show all later ones a note late.
    Where the last reference goes once a change is accepted, the figures of the note lose their
    marks, as those of its row do.
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
        left = {*_referred(other, kind, is_deleted=True)}
        for note in [note for note in notes.iterchildren("{*}*") if note.get(ID) in gone]:
            if note.get(ID) in left:
                unmark(note)
            else:
                remove(note)
        changes.put(file, serialised(notes))


def _referred(root: Element, kind: str, *, is_deleted: bool = False) -> Iterator[str]:
    """The notes that a text refers to, in what is not to be deleted or in what is."""
    for reference in root.iter(f"{W}{kind}Reference"):
        if (next(reference.iterancestors(f"{W}del"), None) is not None) == is_deleted:
            yield reference.get(ID, "")
