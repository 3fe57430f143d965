"""The elements around a tag, read off the text of the XML before it, only when a value needs them.

A value that brings paragraphs or runs of its own closes these elements and opens them again.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from docgen.template.shape.lift import Frame, Level

_ELEMENT: Final = re.compile(r"<(/?)([\w.-]+:)?([\w.-]+)[^>]*?(/?)>")
_WALLS: Final = frozenset(("tc", "txbxContent", "body", "hdr", "ftr", "footnote", "endnote"))
_SECTION: Final = re.compile(r"<w:sectPr\b.*?</w:sectPr>", re.DOTALL)
_PROPERTIES: Final = ("p", "r")


@dataclass(frozen=True, slots=True)
class Around:
    """The elements around a tag from the outermost one that matters down to its text."""

    levels: Frame

    def leave(self, name: str) -> str:
        """What closes everything down from the element `name`, empty where there is none."""
        return "".join(f"</w:{level}>" for level, _ in reversed(self._down_from(name)))

    def enter(self, name: str) -> str:
        """What opens twins of all that `leave` closed."""
        return "".join(opening for _, opening in self._down_from(name))

    def holds(self, name: str) -> bool:
        """Whether the tag stands in an element `name`."""
        return any(level == name for level, _ in self.levels)

    def _down_from(self, name: str) -> Sequence[Level]:
        for index in range(len(self.levels) - 1, -1, -1):
            if self.levels[index][0] == name:
                return self.levels[index:]
        return ()


def around(before: Iterable[str], frame: Frame) -> Around:
    """The elements around a tag with these pieces of XML before it, the nearest piece first.

    A piece ends where a tag stood, which is never inside an element's own brackets. Each is read
    once: a tag far down a long table has thousands of pieces before it.
    """
    levels: list[Level] = []
    read: list[str] = []
    depth = 0
    for text in before:
        for match in reversed(list(_ELEMENT.finditer(text))):
            if match[1]:
                depth += 1
            elif match[4]:
                continue
            elif depth:
                depth -= 1
            elif match[3] in _WALLS:
                return Around((*levels, *frame))
            else:
                following = "".join((text, *reversed(read)))
                opening = match[0] + _properties(following, match.end(), match[3])
                levels.insert(0, (match[3], opening))
                if match[3] == "p":
                    return Around((*levels, *frame))
        read.append(text)
    return Around((*levels, *frame))


def _properties(text: str, start: int, name: str) -> str:
    """The properties that follow the opening of a paragraph or run, a section break left out."""
    opening, closing = f"<w:{name}Pr>", f"</w:{name}Pr>"
    if name not in _PROPERTIES or not text.startswith(opening, start):
        return ""
    end = text.find(closing, start)
    change = text.find(f"<w:{name}PrChange", start)
    if -1 < change < end:  # the properties as they were before a tracked change hold their own
        end = text.find(closing, end + 1)
    return _SECTION.sub("", text[start : end + len(closing)])
