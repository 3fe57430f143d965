"""The loop over a report's sections gone through once, so that the template reads as one report."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final

from jinja2 import Environment, TemplateSyntaxError
from jinja2.meta import find_undeclared_variables

from docgen.importing.template.tree import Block, End, Node, Output, Text, read_words
from workbook.form.model import Form
from workbook.form.outline import PAGES, SECTIONS
from workbook.form.sections import HEADINGS, Section
from workbook.outline.numbers import heading_number

_LOOP: Final = re.compile(rf"for\s+(\w+)\s+in\s+{SECTIONS}\s*")
_PAGES: Final = re.compile(rf"for\s+\w+\s+in\s+{PAGES}\s*")
_KEYWORD: Final = re.compile(r"(if|elif|else)\b")
_ENVIRONMENT: Final = Environment(autoescape=True)


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
