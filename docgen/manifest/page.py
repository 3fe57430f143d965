"""What is printed at each mark of a document, and what cleaves to it on both sides."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from docgen.manifest.lines import Line

# What only numbers a paragraph whose first word is a year: 1. of 1.2022年, which is no 1.2022.
NUMBERING: Final = r"\d{1,2}[.．](?=(?:19|20)\d\d\s*(?:年|[-—–~～至]\s*(?:19|20)\d\d))"
# A number with its sign and all that changes its meaning.
NUMBER: Final = re.compile(
    rf"[-\u2212+负]?(?!{NUMBERING})\d[\d,，]*(?:\.\d+)?(?:[%％‰]|[十百千万亿]*[元人])?"
)


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
    if (start, end) == (0, len(line.text)):  # as in most cells
        return start, end
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


def without_beside(text: str, there: Shown | None) -> str:
    """What stands on the page, without what stands beside the figure in any case."""
    if there and text.startswith(there.before) and text.endswith(there.behind):
        return text[len(there.before) : len(text) - len(there.behind)]
    return text
