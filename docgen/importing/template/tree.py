"""A template's text with its tags as a tree of blocks, in reading order.

The loop over a report's sections can be written out, so that the template reads as one report.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Final, TypeAlias

from jinja2 import Environment, TemplateSyntaxError
from jinja2.meta import find_undeclared_variables
from lxml.etree import _Element as Element

from docgen.stated.outline import own_level
from docgen.template.model.tags import ENDS, MIDDLES, PAIRS, TagForm, TagKind, TagScope, TagText
from docgen.template.read.part import leaves, paragraphs
from docgen.template.read.scan import scan
from workbook.form.model import Form
from workbook.form.outline import PAGES, SECTIONS
from workbook.form.sections import HEADINGS, Section
from workbook.outline.numbers import heading_number
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
_LOOP: Final = re.compile(rf"for\s+(\w+)\s+in\s+{SECTIONS}\s*")
_PAGES: Final = re.compile(rf"for\s+\w+\s+in\s+{PAGES}\s*")
_KEYWORD: Final = re.compile(r"(if|elif|else)\b")
_ENVIRONMENT: Final = Environment(autoescape=True)
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


def written_out(tree: Sequence[Node], form: Form) -> list[Node]:
    """The tree with the loop over 各节 gone through once, in the official order.

    Whole pages are left out: a 封面 or a 目录 says nothing that the text does not say.

    `{%p if 节.内容 == "基本支出情况" %}` is left as what stands in it for that section, and for all
    others as nothing.
    """
    return list(_written(tree, form))


def _written(tree: Sequence[Node], form: Form) -> Iterator[Node]:
    for node in tree:
        says = node.branches[0][0] if isinstance(node, Block) else ""
        if _PAGES.fullmatch(says):
            continue
        match = _LOOP.fullmatch(says)
        if match is None or not isinstance(node, Block):
            yield node
            continue
        official = [section for section in form.section if section.on]
        counts = [0] * len(HEADINGS)
        for section in official:
            number = heading_number(section.level, counts)
            is_last = section is official[-1]
            yield from _Round(match[1], section, number, is_last).nodes(node.branches[0][1])


@dataclass(frozen=True)
class _Round:
    """One round of the loop: what is known of its section replaces the tags that ask for it."""

    name: str
    section: Section
    number: str
    is_last: bool

    def nodes(self, tree: Sequence[Node]) -> Iterator[Node]:
        for node in tree:
            if isinstance(node, Output):
                yield from self._output(node)
            elif not isinstance(node, Block):
                yield node
            elif node.keyword == "if":
                yield from self._choice(node)
            else:
                yield from self._block(node)

    def _output(self, node: Output) -> Iterator[Node]:
        if node.body.strip() == f"{self.name}.标题":
            words = read_words(self.section.heading)
            yield from (one for one in words if not isinstance(one, End))
        elif node.body.strip() == f"{self.name}.编号":
            yield Text(self.number)
        else:
            yield node

    def _block(self, node: Block) -> Iterator[Node]:
        """A block other than `if`; a loop over 正文 goes over the lines of the section's field."""
        section, (says, body) = self.section, node.branches[0]
        paragraphs = f"in {self.name}.正文"
        if paragraphs in says:
            text = f'{section.text} or "{section.empty}"' if section.empty else section.text
            if not section.text:
                return
            says = says.replace(paragraphs, f"in ({text})|paragraphs")
        branches = [(says, list(self.nodes(body)))]
        branches += [(words, list(self.nodes(other))) for words, other in node.branches[1:]]
        yield Block(node.keyword, node.scope, branches)

    def _choice(self, node: Block) -> Iterator[Node]:
        """The branches that may hold for this section; one that surely does is spread out."""
        left: list[tuple[str, list[Node]]] = []
        for says, body in node.branches:
            holds = self._holds(says)
            if holds is False:
                continue
            inner = list(self.nodes(body))
            if holds and not left:
                yield from inner
                return
            left.append((_KEYWORD.sub("elif" if left else "if", says, count=1), inner))
            if holds:
                left[-1] = ("else", inner)
                break
        if any(inner for _, inner in left):
            yield Block(node.keyword, node.scope, left)

    def _holds(self, says: str) -> bool | None:
        """Whether the condition of a branch holds, None where that is not the section's alone."""
        condition = _KEYWORD.sub("", says, count=1).strip()
        if f"{self.name}.正文" in condition:  # of a filled report, nobody knows what is in it
            return None
        if not condition:
            return None if says.startswith("if") else True
        try:
            if find_undeclared_variables(_ENVIRONMENT.parse(f"{{{{ {condition} }}}}")) != {
                self.name
            }:
                return None
            return bool(_ENVIRONMENT.compile_expression(condition)(**{self.name: self._known()}))
        except TemplateSyntaxError:
            return None

    def _known(self) -> Any:
        return SimpleNamespace(
            级别=self.section.level if self.section.is_titled else "",
            编号=self.number,
            标题=self.section.heading,
            内容=self.section.key,
            表格=[],
            是末节=self.is_last,
        )
