"""The pages of a document as they stand: what is printed at each mark, and the words around it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.errors import Location
from docgen.template.read.part import paragraphs
from docgen.template.word.names import BODY, R_PR, VAL, P, T, W
from docgen.template.word.package import Package

FIGURE: Final = "\ufffc"  # stands for a figure in a text
MARK: Final = re.compile(r"(_gj(?!chart)\w*?)(?:_Copy_\d+)?")  # as LibreOffice calls a copy
# A number with its sign and all that changes its meaning.
NUMBER: Final = re.compile(r"[-\u2212+负]?\d[\d,，]*(?:\.\d+)?(?:[%％‰]|[十百千万亿]*[元人])?")
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
    text: str = ""
    marks: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The text without its figures."""
        text = self.text
        for _, start, end in sorted(self.marks, key=lambda mark: mark[1:], reverse=True):
            text = f"{text[:start]}{FIGURE}{text[end:]}"
        return text.strip()


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands at a mark in a line, and what cleaves to it on both sides.

    `265.24` was marked and a 5 typed behind it: `Shown(line, "", "265.24", "5万元", 12)`, which
    begins at letter 12 of the line.
    """

    line: Line
    before: str
    core: str
    behind: str
    start: int

    @property
    def text(self) -> str:
        """All of it, as a reader reads it."""
        return self.before + self.core + self.behind

    @property
    def has_digits_beside(self) -> bool:
        """Whether the number goes on outside of its mark."""
        return any(letter.isdigit() for letter in self.before + self.behind)


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
    for paragraph, where in paragraphs(root, file):
        line = Line(where)
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


def shown(lines: Sequence[Line]) -> Mapping[str, list[Shown]]:
    """What stands at each mark, more than once where a mark was copied."""
    found: dict[str, list[Shown]] = {}
    for line in lines:
        numbers = [match.span() for match in NUMBER.finditer(line.text)] if line.marks else []
        for mark in line.marks:
            name, start, end = mark
            left, right = _whole(line, mark, numbers)
            before, behind = line.text[left:start], line.text[end:right]
            one = Shown(line, before, line.text[start:end], behind, left)
            found.setdefault(name, []).append(one)
    return found


def _whole(
    line: Line, mark: tuple[str, int, int], numbers: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """A mark's letters with the rest of the numbers that it touches, up to its neighbours."""
    _, start, end = mark
    others = [other for other in line.marks if other is not mark]
    least = max((last for _, _, last in others if last <= start), default=0)
    most = min((first for _, first, _ in others if first >= end), default=len(line.text))
    touched = [(first, last) for first, last in numbers if first <= end and start <= last]
    left, right = start, end
    if _is_open(line.text[start : min(start + 1, end)], "-\u2212+."):
        left = min([start, *(max(first, least) for first, _ in touched)])
    if _is_open(line.text[max(start, end - 1) : end], ".,，"):
        right = max([end, *(min(last, most) for _, last in touched)])
    return left, right


def _is_open(edge: str, signs: str) -> bool:
    """Whether digits beside this first or last letter of a mark belong to what is marked."""
    return edge.isdigit() or edge in signs
