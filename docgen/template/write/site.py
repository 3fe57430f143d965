"""The place that a value is printed in, what it brings there, and the elements around it.

A value that brings paragraphs or runs of its own closes the elements around its tag and opens them
again; they are read off the text of the XML before the tag, only when a value needs them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal, Protocol

from markupsafe import Markup

from docgen.template.model.program import TagSpot
from docgen.template.model.signs import Token, token
from docgen.template.model.sourced import Source
from docgen.template.model.tags import Level, Levels
from docgen.template.sandbox.budget import Budget
from docgen.template.sandbox.environment import RowWriters, Writer
from docgen.template.word.changes import Changes
from docgen.template.write.ids import Ids

Height = Literal["text", "run", "paragraph"]

BREAK: Final = '</w:t><w:br/><w:t xml:space="preserve">'
TAB: Final = '</w:t><w:tab/><w:t xml:space="preserve">'
PAGE: Final = '</w:t><w:br w:type="page"/><w:t xml:space="preserve">'
PAGE_PARAGRAPH: Final = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_ELEMENTS: Final = {"run": "r", "paragraph": "p"}
_TAG: Final = re.compile(r"<(/?)([\w.-]+:)?([\w.-]+)[^>]*?(/?)>")
_WALLS: Final = frozenset(("tc", "txbxContent", "body", "hdr", "ftr", "footnote", "endnote"))
# what a twin must not have: a section break, the id of a control
_OWN: Final = re.compile(r'<w:sectPr\b.*?</w:sectPr>|<w:id w:val="[^"]*"/>', re.DOTALL)
_HAVE_PROPERTIES: Final = ("p", "r", "sdt")
_PARAGRAPH_IDS: Final = re.compile(r' w14:(?:paraId|textId)="[^"]*"')
OF_A_RELATION: Final = 1_000  # bytes
_TRACKED: Final = ("ins", "del", "moveFrom", "moveTo")
_ID: Final = re.compile(r' w:id="[^"]*"')


@dataclass(frozen=True, slots=True)
class Content:
    """Markup, and whether it is the inside of a text, runs, or whole paragraphs and tables."""

    height: Height
    xml: str


class FigureMarks(Protocol):
    """What gives out the marks around figures, in a template compiled with markers.

    `numbers` are those that are left.
    """

    numbers: Iterator[str]

    def writers(self, part: str, site: Callable[[int], "Site"]) -> tuple[Writer, RowWriters]:
        """What a part calls for each value that is to be marked: with its line, and in rows."""

    def drawn(self, run: str, site: "Site", figures: Sequence[tuple[str, Source]]) -> str:
        """The run of a chart with a mark around it, its figures listed with their cells."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """What one rendering of a template gave out and added to the file, over all its parts.

    `adopted` makes a value of another library one of our own; `budget` is what it may still do;
    `marks` is None without markers; `as_docxtpl` prints None, True and lists in Python's words.

    Of a picture that a tag prints `changes` has the file and `ids` the number of the drawing.
    """

    changes: Changes
    ids: Ids
    adopted: Callable[[Any], Any]
    budget: Budget
    marks: FigureMarks | None = None
    as_docxtpl: bool = False


@dataclass(frozen=True)
class Site:
    """The place of a tag in one rendering: what a value needs to know to write itself.

    A value's `__word__(site)` gives its `Content`, and asks the site for relationships, for the
    elements around the tag, and for the markup of breaks there.
    """

    spot: TagSpot
    data: Sequence[str]
    rendering: Rendering

    @property
    def part(self) -> str:
        """The part that the tag was read from, be it a note that a loop took."""
        return self.spot.where.file

    @cached_property
    def enclosing(self) -> "Enclosing":
        """The elements around the tag."""
        return enclosing(reversed(self.data[: self.spot.data]), self.spot.levels)

    @cached_property
    def breaks(self) -> dict[str, str]:
        """The markup for control characters in the text of this tag."""
        return breaks(self.enclosing.leave("p"), self.enclosing.enter("p"))

    def relate(self, kind: str, target: str, *, external: bool = False) -> str:
        """The id of this part's relationship of `kind` to `target`."""
        self.rendering.budget.make(OF_A_RELATION)
        return self.rendering.changes.relate(self.part, kind, target, external=external)

    def placed(self, content: Content) -> Markup:
        """`content` at its level: what stands around is closed before it and opened after it."""
        levels = self.enclosing.levels
        here = len(levels) - len(self.spot.levels)
        there = len(levels)
        if name := _ELEMENTS.get(content.height):
            found = [index for index, level in enumerate(levels) if level.name == name]
            there = found[-1] if found else here
        between = levels[min(here, there) : max(here, there)]
        opening = "".join(markup for _, markup in between)
        closing = "".join(f"</w:{name}>" for name, _ in reversed(between))
        if there >= here:
            if closing.startswith("</w:tc>") and not content.xml.endswith("</w:p>"):
                closing = f"<w:p/>{closing}"  # a cell must end with a paragraph
            return Markup(f"{opening}{content.xml}{closing}")  # noqa: S704 - made of escaped text
        return Markup(f"{closing}{content.xml}{opening}")  # noqa: S704 - made of escaped text


def breaks(leave: str, enter: str) -> dict[str, str]:
    """Word's markup for control characters, where these close and reopen the paragraph."""
    return {
        "\n": BREAK,
        "\r": BREAK,
        "\r\n": BREAK,
        "\v": BREAK,
        "\t": TAB,
        "\a": f"{leave}{enter}" or BREAK,
        "\f": f"{leave}{PAGE_PARAGRAPH}{enter}" if leave else PAGE,
    }


@dataclass(frozen=True, slots=True)
class Enclosing:
    """The elements around a tag from the outermost one that matters down to its text."""

    levels: Levels

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
            if self.levels[index].name == name:
                return self.levels[index:]
        return ()


def enclosing(before: Iterable[str], replaced: Levels) -> Enclosing:
    """The elements around a tag with these pieces of XML before it, the nearest piece first.

    `replaced` are those whose place the tag took, and which no longer stand in the XML.

    Each piece is read once: a tag far down a long table has thousands of them before it.
    """
    levels: list[Level] = []
    read: list[str] = []
    depth, broken = 0, ""
    for piece in before:
        broken, text = _at_markup(piece + broken)
        for match in reversed(list(_TAG.finditer(text))):
            if match[1]:
                depth += 1
            elif match[4]:
                continue
            elif depth:
                depth -= 1
            elif match[3] in _WALLS:
                return Enclosing((*levels, *replaced))
            else:
                following = "".join((text, *reversed(read)))
                opening = _twin(match) + _properties(following, match.end(), match[3])
                levels.insert(0, Level(match[3], opening))
                if match[3] == "p":
                    return Enclosing((*levels, *replaced))
        read.append(text)
    return Enclosing((*levels, *replaced))


def _twin(match: re.Match[str]) -> str:
    """The opening of an element like that of `match`, which has an id of its own."""
    opening = _PARAGRAPH_IDS.sub("", match[0])
    if match[3] not in _TRACKED:
        return opening
    return _ID.sub(f' w:id="{token(Token.ID, "change:")}"', opening)


def _at_markup(text: str) -> tuple[str, str]:
    """The end of an element's tag that began before `text`, and the rest."""
    before, opening, _ = text.partition("<")
    cut = before.find(">") + 1
    return (text[:cut], text[cut:]) if opening or cut else (text, "")


def _properties(text: str, start: int, name: str) -> str:
    """The properties that follow the opening of a paragraph, run or control, for a twin of it."""
    opening, closing = f"<w:{name}Pr>", f"</w:{name}Pr>"
    if name not in _HAVE_PROPERTIES or not text.startswith(opening, start):
        return ""
    end = text.find(closing, start)
    change = text.find(f"<w:{name}PrChange", start)
    if -1 < change < end:  # the properties as they were before a tracked change hold their own
        end = text.find(closing, end + 1)
    return _OWN.sub("", text[start : end + len(closing)])
