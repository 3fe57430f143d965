"""The paragraphs of a document as they stand: their letters, and where marks begin and end."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.errors import Location
from docgen.template.read.part import paragraphs
from docgen.template.word.names import BODY, FALLBACK, R_PR, VAL, P, T, W
from docgen.template.word.package import Package

FIGURE: Final = "\ufffc"  # stands for a figure in a text
MARK: Final = re.compile(r"(_gj(?!chart)\w*?)(?:_Copy_\d+)?")  # as LibreOffice calls a copy
# What stands for a letter; a sign of another font may be a minus.
_LETTERS: Final = {
    f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\n", f"{W}noBreakHyphen": "-", f"{W}sym": "-"
}  # fmt: skip
_UNSEEN: Final = (f"{W}vanish", f"{W}strike", f"{W}dstrike")  # or crossed out
_HIDDEN: Final = frozenset((f"{W}del", f"{W}moveFrom"))  # of tracked changes, as they print


@dataclass(slots=True)
class Line:
    """The text of one paragraph and where its marks begin and end, in letters."""

    where: Location
    element: Element
    text: str = ""
    marks: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The text without its figures."""
        return self.without(self.marks).strip()

    def without(self, marks: Iterable[tuple[str, int, int]]) -> str:
        """The text without the figures at these of its marks."""
        text = self.text
        for _, start, end in sorted(marks, key=lambda mark: mark[1:], reverse=True):
            text = f"{text[:start]}{FIGURE}{text[end:]}"
        return text


def read_lines(package: Package) -> list[Line]:
    """The paragraphs of all parts in which there are marks, part by part."""
    found = []
    for member in package.members:
        if member.name.startswith("word/") and member.name.endswith(".xml"):
            content = member.read()
            if b'"_gj' in content:
                found += list(_lines(etree.fromstring(content), member.name))
    return found


def _lines(root: Element, file: str) -> Iterator[Line]:
    open_marks: dict[str, tuple[str, Line, int]] = {}
    has_copies = next(root.iter(FALLBACK), None) is not None  # of text boxes, for older programs
    for paragraph, where in paragraphs(root, file):
        if has_copies and next(paragraph.iterancestors(FALLBACK), None) is not None:
            continue
        line = Line(where, paragraph)
        _read(paragraph, line, open_marks)
        yield line


def _read(paragraph: Element, line: Line, open_marks: dict[str, tuple[str, Line, int]]) -> None:
    for item in paragraph.iter():
        if item.tag == f"{W}bookmarkStart":
            match = MARK.fullmatch(item.get(f"{W}name", ""))
            if match:
                open_marks[item.get(f"{W}id", "")] = match[1], line, len(line.text)
        elif item.tag == f"{W}bookmarkEnd":
            begun = open_marks.pop(item.get(f"{W}id", ""), None)
            if begun is not None:
                name, first, start = begun
                end = len(line.text) if first is line else len(first.text)
                first.marks.append((name, start, end))
        elif _is_printed(item, paragraph):
            line.text += _LETTERS.get(item.tag, item.text or "")


def _is_printed(item: Element, paragraph: Element) -> bool:
    if item.tag != T and item.tag not in _LETTERS:
        return False
    properties = item.getparent().find(R_PR)  # type: ignore[union-attr] # a text stands in a run
    if properties is not None and any(_is_on(one) for one in properties.iterchildren(*_UNSEEN)):
        return False
    for holder in item.iterancestors():
        if holder is paragraph:
            return True
        if holder.tag in _HIDDEN or holder.tag in (P, BODY):  # another paragraph, in a text box
            return False
    return False


def _is_on(switch: Element) -> bool:
    return switch.get(VAL, "true") not in ("false", "0", "off")


def inside(start: Element) -> Iterator[Element]:
    """What stands in a mark, its end last; without it where the end is none of its siblings."""
    for one in start.itersiblings():
        yield one
        if one.tag == f"{W}bookmarkEnd" and one.get(f"{W}id") == start.get(f"{W}id"):
            return
