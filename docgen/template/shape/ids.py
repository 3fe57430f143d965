"""Ids and names that a loop would repeat, made unique while the part is written.

In a loop the ids of bookmarks and drawings become tokens; what a token stands for is only decided
when it is written, so that a document without such ids pays nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element as Element

from docgen.template.model.names import PROPERTIES_ID, SDT_PR, WP, W

OPEN, CLOSE = "\x15", "\x16"
TOKEN: Final = re.compile("\x15(\\w)([^\x16]*)\x16")
# lxml takes no control characters, so that the tree holds private signs until it is text
_HELD = {OPEN: "\ue015", CLOSE: "\ue016"}
FIRST_DRAWING: Final = 100_001
FIRST_BOOKMARK: Final = 100_001
LONGEST_NAME: Final = 40


@dataclass(slots=True)
class Ids:
    """The ids given out in one rendering."""

    drawings: int = FIRST_DRAWING
    bookmarks: int = FIRST_BOOKMARK
    open_bookmarks: dict[str, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    restart: Callable[[str], str] | None = None
    numbers: dict[str, str] = field(default_factory=dict)

    def resolved(self, text: str) -> str:
        """`text` with its tokens replaced by ids."""
        if OPEN not in text:
            return text
        return TOKEN.sub(lambda match: _GIVEN[match[1]](self, match[2]), text)

    def _drawing(self, _: str) -> str:
        self.drawings += 1
        return str(self.drawings)

    def _bookmark(self, old: str) -> str:
        self.bookmarks += 1
        self.open_bookmarks[old] = self.bookmarks
        return str(self.bookmarks)

    def _bookmark_end(self, old: str) -> str:
        return str(self.open_bookmarks.get(old, old))

    def _name(self, name: str) -> str:
        """The name itself the first time, then with a number behind it."""
        count = self.names[name] = self.names.get(name, 0) + 1
        ending = f"_{count}"
        return name if count == 1 else name[: LONGEST_NAME - len(ending)] + ending

    def _number(self, old: str) -> str:
        return self.numbers.get(old, old)

    def _restart(self, old: str) -> str:
        if self.restart is not None:
            self.numbers[old] = self.restart(old)
        return ""


_GIVEN: Final[dict[str, Callable[[Ids, str], str]]] = {
    "d": Ids._drawing,
    "b": Ids._bookmark,
    "e": Ids._bookmark_end,
    "n": Ids._name,
    "l": Ids._number,
    "r": Ids._restart,
}


def token(kind: str, old: str = "") -> str:
    """The token for the tree of what is decided later."""
    return f"{_HELD[OPEN]}{kind}{old}{_HELD[CLOSE]}"


def written(text: str) -> str:
    """The text of a tree with its tokens as `Ids` reads them."""
    if _HELD[OPEN] not in text:
        return text
    return re.sub('="\ue015([debnlr][^\ue016<>"]*)\ue016"', '="\x15\\1\x16"', text)


def free_ids(root: Element) -> None:
    """Put tokens for the ids of bookmarks and drawings in `root`, which a loop may repeat."""
    for element in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{WP}docPr", SDT_PR):
        old = element.get(f"{W}id", "")
        if element.tag == f"{W}bookmarkStart":
            element.set(f"{W}id", token("b", old))
            element.set(f"{W}name", token("n", element.get(f"{W}name", "")))
        elif element.tag == f"{W}bookmarkEnd":
            element.set(f"{W}id", token("e", old))
        elif element.tag == f"{WP}docPr":
            element.set("id", token("d"))
        else:
            for number in element.findall(PROPERTIES_ID):
                element.remove(number)
