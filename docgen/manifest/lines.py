"""The paragraphs of a document as they stand: their letters, and where marks begin and end."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.errors import Location
from docgen.template.read.part import paragraphs
from docgen.template.word.names import FALLBACK, LETTERS, R_PR, TEXT_BOX, VAL, P, T, W
from docgen.template.word.package import Package

FIGURE: Final = "\ufffc"  # stands for a figure in a text
MARK: Final = re.compile(r"(_gj(?!chart)\w*?)(?:_Copy_\d+)?")  # as LibreOffice calls a copy
_UNSEEN: Final = (f"{W}vanish", f"{W}strike", f"{W}dstrike")  # or crossed out
_START, _END = f"{W}bookmarkStart", f"{W}bookmarkEnd"
_READ: Final = (_START, _END, T, *LETTERS)
_HIDDEN: Final = (f"{W}del", f"{W}moveFrom")  # of tracked changes, as they print


@dataclass(slots=True)
class Line:
    """The text of one paragraph and where its marks begin and end, in letters.

    Neither changes any more once the document is read.
    """

    where: Location
    element: Element
    text: str = ""
    marks: list[tuple[str, int, int]] = field(default_factory=list)
    _words: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def words(self) -> str:
        """The text without its figures; an audit asks for it ten times."""
        if self._words is None:
            self._words = self.without(self.marks).strip()
        return self._words

    def without(self, marks: Iterable[tuple[str, int, int]]) -> str:
        """The text without the figures at these of its marks."""
        text = self.text
        for _, start, end in sorted(marks, key=lambda mark: mark[1:], reverse=True):
            text = f"{text[:start]}{FIGURE}{text[end:]}"
        return text


def read_lines(package: Package, also: str = "") -> list[Line]:
    """The paragraphs of all parts in which there are marks, and of this part, part by part."""
    found = []
    for member in package.members:
        if member.name.startswith("word/") and member.name.endswith(".xml"):
            content = member.read()
            if b'"_gj' in content or member.name == also:
                found += list(_lines(etree.fromstring(content), member.name))
    return found


def _lines(root: Element, file: str) -> Iterator[Line]:
    open_marks: dict[str, tuple[str, Line, int]] = {}
    part = _Part(root)
    for paragraph, where in paragraphs(root, file):
        if part.is_copied and next(paragraph.iterancestors(FALLBACK), None) is not None:
            continue
        line = Line(where, paragraph)
        _read(paragraph, line, part, open_marks)
        yield line


class _Part:
    """What there is in a part that most have not, so that nobody need look for it at each letter.

    Text boxes, copies of them for older programs, deletions to be accepted, letters without ink.
    """

    def __init__(self, root: Element) -> None:
        self.is_boxed = next(root.iter(TEXT_BOX), None) is not None
        self.is_copied = next(root.iter(FALLBACK), None) is not None
        self.is_tracked = next(root.iter(*_HIDDEN), None) is not None
        of_runs = (one.getparent() for one in root.iter(*_UNSEEN) if _is_on(one))
        self.unseen = {one.getparent() for one in of_runs if one is not None and one.tag == R_PR}

    def is_own(self, item: Element, paragraph: Element) -> bool:
        """Whether it stands in the paragraph, and not in one of a text box there."""
        return next(item.iterancestors(P), None) is paragraph

    def is_printed(self, letters: Element) -> bool:
        """Whether these are letters of a run that prints, with all changes accepted."""
        if self.unseen and letters.getparent() in self.unseen:
            return False
        return not self.is_tracked or next(letters.iterancestors(*_HIDDEN), None) is None


def _read(
    paragraph: Element, line: Line, part: _Part, open_marks: dict[str, tuple[str, Line, int]]
) -> None:
    for item in paragraph.iter(*_READ):
        if part.is_boxed and not part.is_own(item, paragraph):
            continue
        if item.tag == _START:
            match = MARK.fullmatch(item.get(f"{W}name", ""))
            if match:
                open_marks[item.get(f"{W}id", "")] = match[1], line, len(line.text)
        elif item.tag == _END:
            begun = open_marks.pop(item.get(f"{W}id", ""), None)
            if begun is not None:
                name, first, start = begun
                end = len(line.text) if first is line else len(first.text)
                first.marks.append((name, start, end))
        elif part.is_printed(item):
            line.text += LETTERS.get(str(item.tag), item.text or "")


def _is_on(switch: Element) -> bool:
    return switch.get(VAL, "true") not in ("false", "0", "off")


def inside(start: Element) -> Iterator[Element]:
    """What stands in a mark, its end last; without it where the end is none of its siblings."""
    for one in start.itersiblings():
        yield one
        if one.tag == _END and one.get(f"{W}id") == start.get(f"{W}id"):
            return
