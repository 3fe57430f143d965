"""A template's lines read backwards: where it prints which value of the form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Final

from jinja2 import TemplateSyntaxError, nodes

from docgen.importing.template.expressions import ENVIRONMENT, Expressions, LoopRow, Scope
from docgen.importing.template.pieces import (
    Choice,
    Gap,
    Hole,
    Loop,
    Piece,
    Repeat,
    TemplateLine,
    Words,
    holes,
)
from docgen.importing.template.rounds import asks_first, holds_end, of_round
from docgen.importing.template.tree import Block, End, Node, Output, Text, read_tree, read_words
from docgen.importing.template.written_out import written_out
from docgen.stated.styles import document_styles, open_document, style_levels
from docgen.template.model.tags import TagScope
from workbook.form.model import Form
from workbook.stated.folded import CELL, fold, level_of, numbering

LEAST_LETTERS: Final = 2  # of a heading


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a line: loops, branches, and the text that a group of lines prints."""

    loops: tuple[Loop, ...] = ()
    ways: tuple[tuple[int, int], ...] = ()
    group: int | None = None
    opens: bool = False


def template_lines(path: Path, form: Form) -> list[TemplateLine]:
    """The lines of the template at `path`; raises `TemplateError` for a file that is none."""
    package, root = open_document(path)
    levels, _ = style_levels(document_styles(package))
    return _Reader(form).lines(written_out(read_tree(root, levels), form))


def words_lines(text: str, form: Form) -> list[TemplateLine]:
    """The line of a pattern that is written like a template, such as a report's name."""
    return _Reader(form).lines(read_words(text))


class _Reader:
    """Reads one template; numbers its loops, branches and groups."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.expressions = Expressions(form)
        self.numbers = count(1)

    def lines(self, tree: Sequence[Node]) -> list[TemplateLine]:
        return [made for line in self._flat(tree, {}, _Around()) if (made := _heading(line))]

    def _flat(self, tree: Sequence[Node], scope: Scope, around: _Around) -> Iterator[TemplateLine]:
        pieces: list[Piece] = []
        loops: tuple[Loop, ...] = ()
        for node in tree:
            if isinstance(node, End):
                line = TemplateLine(
                    tuple(pieces), node.level, node.table, around.loops + loops, around.ways,
                    around.group, around.opens,
                )  # fmt: skip
                yield line
                pieces, loops = [], ()
            elif isinstance(node, Block) and node.holds_line():
                if not holds_end(node) and node.keyword == "for":  # a row written as one loop
                    table, inner, _ = self._round(node, scope)
                    loops = (*loops, Loop(next(self.numbers), table))
                    pieces += self._inline(node.branches[0][1], inner)
                else:
                    yield from self._block(node, scope, around)
            else:
                pieces += self._one(node, scope)

    def _block(self, block: Block, scope: Scope, around: _Around) -> Iterator[TemplateLine]:
        if block.keyword == "for":
            yield from self._loop(block, scope, around)
        elif block.keyword == "if":
            number = next(self.numbers)
            for way, (_, body) in enumerate(block.branches):
                inner = replace(around, ways=(*around.ways, (number, way)))
                yield from self._flat(body, dict(scope), inner)
        elif block.keyword in ("with", "filter", "call"):
            yield from self._flat(block.branches[0][1], dict(scope), around)

    def _loop(self, block: Block, scope: Scope, around: _Around) -> Iterator[TemplateLine]:
        table, inner, is_text = self._round(block, scope)
        loop = Loop(next(self.numbers), table)
        body = block.branches[0][1]
        within = replace(around, loops=(*around.loops, loop))
        if not is_text:
            yield from self._flat(body, inner, within)
        else:
            number = next(self.numbers)
            if asks_first(body):
                first = replace(around, group=number, opens=True)
                yield from self._flat(of_round(body, is_first=True), dict(inner), first)
            rest = replace(within, group=number)
            yield from self._flat(of_round(body, is_first=False), inner, rest)
        for other in block.branches[1:]:
            yield from self._flat(other[1], dict(scope), around)

    def _round(self, block: Block, scope: Scope) -> tuple[str, Scope, bool]:
        """The table that a loop goes through or "", what its body knows, whether it cuts a text."""
        inner = dict(scope)
        try:
            statement = ENVIRONMENT.parse(f"{{% {block.branches[0][0]} %}}{{% endfor %}}").body[0]
        except TemplateSyntaxError:
            return "", inner, False
        if not isinstance(statement, nodes.For) or not isinstance(statement.target, nodes.Name):
            return "", inner, False
        over, name = statement.iter, statement.target.name
        if isinstance(over, nodes.Name) and over.name in self.form.tables and not statement.test:
            inner[name] = LoopRow(over.name)
            return over.name, inner, False
        made = self.expressions.pieces(over, scope)
        text = made[0] if len(made) == 1 else Gap()
        is_text = isinstance(text, Hole) and text.shape == "text"
        inner[name] = text if is_text and isinstance(text, Hole) else LoopRow("")
        return "", inner, is_text

    def _inline(self, tree: Sequence[Node], scope: Scope) -> list[Piece]:
        return [piece for node in tree for piece in self._one(node, scope)]

    def _one(self, node: Node, scope: Scope) -> list[Piece]:
        if isinstance(node, Text):
            return [Words(node.text)]
        if isinstance(node, Output):
            return self._output(node, scope)
        if not isinstance(node, Block):
            return []
        if node.keyword == "if":
            return [self._choice(node, scope)]
        if node.keyword in ("with", "filter", "call"):
            return self._inline(node.branches[0][1], scope) if node.keyword == "with" else [Gap()]
        return [self._repeat(node, scope)] if node.keyword == "for" else []

    def _choice(self, block: Block, scope: Scope) -> Piece:
        ways = [tuple(self._inline(body, dict(scope))) for _, body in block.branches]
        if block.branches[-1][0].split()[0] != "else":
            ways.append(())
        return Choice(tuple(ways))

    def _repeat(self, block: Block, scope: Scope) -> Piece:
        table, inner, _ = self._round(block, scope)
        body = tuple(self._inline(block.branches[0][1], inner))
        if table and block.scope is not TagScope.CELL:
            return Repeat(table, body)
        texts = [hole for hole in holes(body) if hole.shape == "text"]
        return texts[0] if len(texts) == 1 else Gap()

    def _output(self, node: Output, scope: Scope) -> list[Piece]:
        try:
            statement = ENVIRONMENT.parse(f"{{{{ {node.body} }}}}").body[0]
        except TemplateSyntaxError:
            return [] if node.sets else [Gap()]
        if not isinstance(statement, nodes.Output):
            return [Gap()]
        expression = statement.nodes[0]
        if node.sets:
            scope[node.sets] = expression
            return []
        return self.expressions.pieces(expression, scope)


def _heading(line: TemplateLine) -> TemplateLine | None:
    """`line` with the level of the heading that it is, if it is one; None where it is empty."""
    words = "".join(p.text if isinstance(p, Words) else "□" for p in line.pieces)
    folded = fold(words).text
    if not folded.strip(CELL):
        return None
    level = line.level or level_of(numbering(folded))
    is_title = (
        sum(letter.isalpha() and letter != "□" for letter in folded) >= LEAST_LETTERS
        and not folded.endswith(("。", ";", ","))
        and not any(isinstance(p, Choice | Repeat) for p in line.pieces)
    )
    is_heading = level is not None and is_title and line.table is None and not line.loops
    return replace(line, level=level if is_heading and line.group is None else None)
