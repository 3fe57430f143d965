"""A template's tags in the words of all stages: what a tag says, for what it stands, where it is.

`read` makes `TagText`s and `Tag`s, `shape` moves their nodes and settles their role and form,
`compile` turns them into code, `write` prints by their form.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, NamedTuple

from lxml.etree import _Element as Element

from docgen.template.model.errors import Location, TemplateFault

PAIRS: Final = {
    name: f"end{name}" for name in ("for", "if", "set", "with", "macro", "call", "filter")
}
ENDS: Final = {end: opener for opener, end in PAIRS.items()}
ASSIGNS: Final = re.compile(r"set\s+[\w.,\s()]+=(?!=)")  # such a `set` has no end
REPEATING: Final = ("for", "macro", "set", "call")  # what they hold may be printed several times
MIDDLES: Final = {"elif": ("if",), "else": ("if", "for")}
TAG_NODE: Final = "t"  # the target of the processing instruction that stands in a tag's place
SIGNAL_NODE: Final = "g"  # the target of one that becomes a `Signal` to the writer
# what such a one says where a pass begins and ends that references lead to
ROUND_NODE: Final = "ROUND"
ROUND_END_NODE: Final = "ROUNDEND"


class TagKind(Enum):
    """What signs a tag is written in."""

    OUTPUT = "{{"
    BLOCK = "{%"
    COMMENT = "{#"
    LITERAL = "{_{"  # prints the signs themselves


class TagScope(Enum):
    """What a tag stands for: its own text only, or the whole element in which it is written."""

    TEXT = ""
    RUN = "r"
    PARAGRAPH = "p"
    ROW = "tr"
    CELL = "tc"


class TagRole(Enum):
    """What a tag does to the nesting of blocks."""

    NONE = 0
    OPENS = 1
    MIDDLE = 2
    ENDS = 3


class TagForm(Enum):
    """What becomes of a tag's value in the document."""

    TEXT = "text"  # text, or whatever markup the value brings
    PLAIN = "plain"  # text where no markup may stand, as in a document property
    QUOTED = "quoted"  # the same between the quotes of a field code
    ATTRIBUTE = "attribute"  # text in an attribute
    QUOTED_ATTRIBUTE = "quoted attribute"  # a field code may be one
    LINK = "link"  # the id of a relationship that leads to this address
    COLSPAN = "colspan"  # the cell covers so many columns
    CELLBG = "cellbg"  # the cell has this colour
    HM = "hm"  # the cells of a loop over cells become one
    VM = "vm"  # the cells of a loop over rows become one
    RESTART = "restart_numbering"  # the list begins again
    ONCE = "once"  # markup that is printed the first time only
    NOTE = "note"  # the id of a note with this markup, which a loop makes
    CHART = "chart"  # the id of the relationship to a chart with this markup, which a loop makes
    MERGE = "merge"  # what becomes of a merge downwards whose first cell may be left out
    FIGURE = "figure"  # a run with a mark around it
    ROW_FIGURE = "figure in a row"  # the same in a row that a loop repeats, while there is room
    ROW_MARK = "row"  # a mark at the start of a row that a loop repeats
    TABLE_MARK = "row of a table"  # the same in a table that no loop repeats; it has one in reserve


# statements that print into the markup around them, with what they print where they name nothing
SPECIAL: Final = {
    TagForm.COLSPAN: "",
    TagForm.CELLBG: "",
    TagForm.HM: "loop.length",
    TagForm.VM: "loop.first",
    TagForm.RESTART: "none",
}
CELL_FORMS: Final = frozenset((TagForm.COLSPAN, TagForm.CELLBG, TagForm.HM, TagForm.VM))
ROW_MARKS: Final = frozenset((TagForm.ROW_MARK, TagForm.TABLE_MARK))
ROW_FORMS: Final = ROW_MARKS | {TagForm.ROW_FIGURE}
MARKED_FORMS: Final = ROW_FORMS | {TagForm.FIGURE}

Trouble = tuple[str, dict[str, str]]  # the code and the details of a fault, not yet with a place


class Level(NamedTuple):
    """An element around a tag: `Level("p", "<w:p><w:pPr>…</w:pPr>")`."""

    name: str
    opening: str


Levels = tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class TagText:
    """A tag in a text, as the author wrote it: `text[start:end]`.

    `共{{p 说明|trim -}}` holds one with start 1, kind OUTPUT, scope PARAGRAPH, body `说明|trim`,
    and `joins_after`. The keyword is a block's first word.
    """

    start: int
    end: int
    kind: TagKind
    text: str
    body: str = ""
    scope: TagScope = TagScope.TEXT
    form: TagForm = TagForm.TEXT
    keyword: str = ""
    joins_before: bool = False
    joins_after: bool = False
    troubles: tuple[Trouble, ...] = ()


@dataclass(slots=True, eq=False)
class Tag:
    """A tag of a part: what its author said, where, and the node that holds its place in the tree.

    `{%tr for r in 项目 %}` is number 0 with the role OPENS, the body `for r in 项目`, and a node
    that stands between two rows once it has been moved. `levels` are the elements that it replaced.
    `string` numbers what it stands in where that is no text of a paragraph, from 1 on, `note` the
    note in which it was taken into a loop; `columns` are those of the cell that it stands for, the
    first and the one behind the last. `beside` are the template's words before and behind a marked
    tag, up to its neighbours.
    """

    number: int
    said: TagText
    where: Location
    node: Element
    body: str
    form: TagForm
    role: TagRole = TagRole.NONE
    levels: Levels = ()
    string: int = 0
    note: int = 0
    columns: tuple[int, int] = (0, 0)
    beside: tuple[str, str] = ("", "")

    @property
    def text(self) -> str:
        """The tag as its author wrote it."""
        return self.said.text

    def as_other(self) -> dict[str, str]:
        """What a fault of another tag calls this one, in Chinese and in English."""
        places = self.where.within(), self.where.within("en")
        return {"other": f"{self.text}({places[0]})", "other_en": f"{self.text} ({places[1]})"}

    def say(self, body: str) -> None:
        """Let the tag say `body` to Jinja, whatever its author wrote."""
        self.body = body


@dataclass(frozen=True, slots=True)
class TagBlock:
    """The tags of one block, opening first, end last, and the keyword that opens it."""

    keyword: str
    tags: tuple[Tag, ...]


@dataclass(slots=True, eq=False)
class TemplatePart:
    """One XML file of a template while it is compiled: its tree, its tags, its faults so far.

    `TemplatePart("word/document.xml", <w:document>, [Tag(0, …), Tag(1, …)], [])`; the tag of number
    n is `tags[n]`. What the writer has to heed stands in `has_signals` and `has_contents`.
    `as_docxtpl` keeps the paragraph of a tag that stands alone in it, as docxtpl does. `misplaced`
    are the tags whose places are at fault: nothing else is said of their blocks.
    """

    file: str
    root: Element
    tags: list[Tag] = field(default_factory=list)
    faults: list[TemplateFault] = field(default_factory=list)
    has_signals: bool = False
    has_contents: bool = False
    as_docxtpl: bool = False
    misplaced: set[Tag] = field(default_factory=set)

    def fault(self, code: str, tag: Tag, **details: str) -> None:
        """Note a fault of `tag`, of its place among the others."""
        self.misplaced.add(tag)
        self.faults.append(TemplateFault(code, tag.where, tag.said.text, details))

    def faults_in_order(self, more: Sequence[TemplateFault]) -> list[TemplateFault]:
        """The part's faults and `more` in the order in which their tags are read."""
        numbers = {(tag.where, tag.said.text): tag.number for tag in reversed(self.tags)}
        last = len(self.tags)
        return sorted(
            (*self.faults, *more), key=lambda fault: numbers.get((fault.where, fault.tag), last)
        )
