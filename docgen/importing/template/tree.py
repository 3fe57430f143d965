"""A template's text with its tags as a tree of blocks, in reading order.

The loop over a report's sections can be written out, so that the template reads as one report.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from lxml.etree import _Element as Element

from docgen.stated.styles import own_level
from docgen.template.model.tags import ENDS, MIDDLES, PAIRS, TagForm, TagKind, TagScope, TagText
from docgen.template.read.part import leaves, paragraphs
from docgen.template.read.scan import scan
from workbook.stated.folded import CELL


@dataclass(frozen=True, slots=True)
class End:
    """The end of a line: a paragraph's outline level, or the number of a row's table."""

    level: int | None = None
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they stand."""

    text: str


@dataclass(frozen=True, slots=True)
class Output:
    """A tag that prints, or one that sets a name."""

    body: str
    sets: str = ""


@dataclass(slots=True)
class Block:
    """A block tag: what each of its branches says, and what stands in it."""

    keyword: str
    scope: TagScope
    branches: list[tuple[str, list["Node"]]] = field(default_factory=list)

    def holds_line(self) -> bool:
        """Whether lines end, or cells, inside the block."""
        return any(_holds_line(node) for _, body in self.branches for node in body)


Node: TypeAlias = End | Text | Output | Block
_Token: TypeAlias = TagText | str | End
_WHOLE: Final = frozenset((TagScope.PARAGRAPH, TagScope.ROW))


def _holds_line(node: Node) -> bool:
    if isinstance(node, Block):
        return node.holds_line()
    return isinstance(node, End) or (isinstance(node, Text) and CELL in node.text)


def read_tree(root: Element, levels: dict[str, int]) -> list[Node]:
    """The tree of a document's body; a template that `lint` refuses may give less."""
    nodes: list[Node] = []
    stack: list[tuple[Block, list[Node]]] = []
    for token in _tokens(root, levels):
        nodes = _take(token, nodes, stack)
    return stack[0][1] if stack else nodes


def read_words(text: str) -> list[Node]:
    """The tree of one line of text."""
    nodes: list[Node] = []
    stack: list[tuple[Block, list[Node]]] = []
    for token in (*_scanned(text), End()):
        nodes = _take(token, nodes, stack)
    return stack[0][1] if stack else nodes


def _take(token: _Token, nodes: list[Node], stack: list[tuple[Block, list[Node]]]) -> list[Node]:
    """Add `token` where the reading stands; gives back where it goes on."""
    if isinstance(token, str | End):
        nodes.append(Text(token) if isinstance(token, str) else token)
        return nodes
    keyword = token.keyword
    if token.kind is TagKind.OUTPUT:
        nodes.append(Output(token.body))
    elif keyword in MIDDLES and stack:
        inner: list[Node] = []
        stack[-1][0].branches.append((token.body, inner))
        return inner
    elif keyword in ENDS and stack:
        return stack.pop()[1]
    elif keyword == "set" and "=" in token.body:
        name, _, body = token.body.removeprefix("set").partition("=")
        nodes.append(Output(body.strip(), name.strip()))
    elif keyword in PAIRS:
        inner = []
        block = Block(keyword, token.scope, [(token.body, inner)])
        nodes.append(block)
        stack.append((block, nodes))
        return inner
    return nodes


def _tokens(root: Element, levels: dict[str, int]) -> Iterator[_Token]:
    """Words and tags in reading order; a tag for a whole paragraph or row stands for all of it."""
    row: tuple[int, int] | None = None
    pending: list[_Token] = []
    column = 0
    for paragraph, where in paragraphs(root, ""):
        tokens = list(_scanned("".join(text for _, text in leaves(paragraph))))
        cell = where.cell()
        if row is not None and (cell is None or cell[:2] != row):
            yield from _line(pending, End(table=row[0]))
            pending = []
        if cell is None:
            row = None
            yield from _line(tokens, End(own_level(paragraph, levels)))
            continue
        if cell[:2] == row and cell[2] != column:
            pending.append(CELL)
        row, column = cell[:2], cell[2]
        pending += _without_paragraph_tags(tokens)
    if row is not None:
        yield from _line(pending, End(table=row[0]))


def _without_paragraph_tags(tokens: Sequence[_Token]) -> list[_Token]:
    """The tokens of a paragraph in a cell, only the tag where that stands for the paragraph."""
    whole = [
        token
        for token in tokens
        if isinstance(token, TagText) and token.scope is TagScope.PARAGRAPH
    ]
    return [*whole] or [*tokens]


def _line(tokens: Sequence[_Token], end: End) -> Iterator[_Token]:
    wanted = _WHOLE if end.table is None else frozenset((TagScope.ROW,))
    whole = [
        t
        for t in tokens
        if isinstance(t, TagText) and t.kind is TagKind.BLOCK and t.scope in wanted
    ]
    if whole:
        yield from whole
        return
    yield from tokens
    yield end


def _scanned(text: str) -> Iterator[TagText | str]:
    done = 0
    for tag in scan(text):
        if tag.start > done:
            yield text[done : tag.start]
        done = tag.end
        if tag.kind is TagKind.LITERAL:
            yield tag.body
        elif tag.kind is not TagKind.COMMENT and tag.form is TagForm.TEXT:
            yield tag
    if done < len(text):
        yield text[done:]
