"""Numbered lists: copied from another document, or begun again with new numbers."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.word.changes import Changes, serialised
from docgen.template.word.names import LEVEL, MAIN, NUM_ID, VAL, W
from docgen.template.word.package import main_part

NUM, ABSTRACT, ABSTRACT_ID = f"{W}num", f"{W}abstractNum", f"{W}abstractNumId"
BULLET = f"{W}numPicBullet"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
FIRST_NSID = 0x6A000000


@dataclass(slots=True)
class Numbering:
    """The lists of the document that is being made."""

    changes: Changes
    _known: Element | None = None

    def restarted(self, number: str) -> str:
        """The id of a new list like `number` that begins at its start; itself if there is none."""
        root = self._root()
        old = _find(root, NUM, "numId", number)
        if old is None:
            return number
        new = deepcopy(old)
        for override in new.findall(f"{W}lvlOverride"):
            new.remove(override)
        for level, start in _starts(root, old):
            override = etree.SubElement(new, f"{W}lvlOverride")
            override.set(LEVEL, level)
            etree.SubElement(override, f"{W}startOverride").set(VAL, start)
        return self._append(root, new)

    def is_bulleted(self, number: str) -> bool:
        """Whether the list `number` has signs in place of numbers."""
        root = self._root()
        list_ = _find(root, NUM, "numId", number)
        reference = None if list_ is None else list_.find(ABSTRACT_ID)
        value = "" if reference is None else reference.get(VAL, "")
        abstract = _find(root, ABSTRACT, "abstractNumId", value)
        kind = None if abstract is None else abstract.find(f"{W}lvl/{W}numFmt")
        return kind is not None and kind.get(VAL) == "bullet"

    def copied(self, source: Element, number: str) -> str | None:
        """The id of the list `number` of another document's numbering, copied with its levels."""
        old = _find(source, NUM, "numId", number)
        reference = None if old is None else old.find(ABSTRACT_ID)
        if old is None or reference is None:
            return None
        abstract = _find(source, ABSTRACT, "abstractNumId", reference.get(VAL, ""))
        if abstract is None:
            return None
        root = self._root()
        twin, new = deepcopy(abstract), deepcopy(old)
        identity = self._next(root, ABSTRACT, "abstractNumId")
        twin.set(ABSTRACT_ID, str(identity))
        for nsid in twin.findall(f"{W}nsid"):
            nsid.set(VAL, f"{FIRST_NSID + identity:08X}")
        new.find(ABSTRACT_ID).set(VAL, str(identity))  # type: ignore[union-attr]
        _insert(root, twin, (BULLET, ABSTRACT))
        return self._append(root, new)

    def _append(self, root: Element, new: Element) -> str:
        identity = str(self._next(root, NUM, "numId"))
        new.set(NUM_ID, identity)
        _insert(root, new, (BULLET, ABSTRACT, NUM))
        return identity

    def _next(self, root: Element, tag: str, attribute: str) -> int:
        used = (int(item.get(f"{W}{attribute}", "0")) for item in root.iterchildren(tag))
        return self.changes.next_number(attribute, used)

    def _root(self) -> Element:
        """The root of the part that defines the lists, which is made where there is none."""
        if self._known is not None:
            return self._known
        document = main_part(self.changes.package)
        name = self.changes.related(document, "numbering")
        if name is None:
            name = "word/numbering.xml"
            self.changes.relate(document, "numbering", name)
            root = etree.Element(f"{W}numbering", nsmap={"w": MAIN})
            self.changes.put(name, serialised(root), CONTENT_TYPE)
        self._known = self.changes.tree(name)
        return self._known


def _find(root: Element, tag: str, attribute: str, value: str) -> Element | None:
    items = root.iterchildren(tag)
    return next((item for item in items if item.get(f"{W}{attribute}") == value), None)


def _insert(root: Element, new: Element, before: Sequence[str]) -> None:
    """Put `new` behind all that has to stand before it (ECMA-376 part 1, 17.9.16)."""
    last = next((item for item in root.iterchildren(*before, reversed=True)), None)
    if last is None:
        root.insert(0, new)
    else:
        last.addnext(new)


def _starts(root: Element, number: Element) -> Iterable[tuple[str, str]]:
    """The levels of a list with the number that each begins at, 0 where it is not said.

    ECMA-376 part 1, 17.9.25.
    """
    reference = number.find(ABSTRACT_ID)
    value = "" if reference is None else reference.get(VAL, "")
    abstract = _find(root, ABSTRACT, "abstractNumId", value)
    for level in () if abstract is None else abstract.findall(f"{W}lvl"):
        start = level.find(f"{W}start")
        yield level.get(LEVEL, "0"), "0" if start is None else start.get(VAL, "0")
