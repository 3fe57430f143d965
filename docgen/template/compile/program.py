"""A part's source made into code that can be run again and again."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jinja2 import Environment, Template, TemplateSyntaxError, nodes
from jinja2.exceptions import TemplateAssertionError

from docgen.template.compile.allow import Rules
from docgen.template.compile.code import FIRST_LINE, PartCode
from docgen.template.compile.emit import BLOCK_START, Source, Spot
from docgen.template.compile.series import parsed, printed, take_series
from docgen.template.compile.syntax import Statement, statement_faults, syntax_fault, tree_faults
from docgen.template.model.errors import Place, TemplateFault
from docgen.template.sandbox.environment import PASSES
from docgen.template.shape.figures import MARK_SCOPES

_TAG = re.compile("([\x01\x03\x07])\n([^\x02\x04\x07]*)[\x02\x04\x07]")

Root = Callable[[Any], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Program:
    """A part that can be run: Jinja's template, the XML between tags, and the tags' places."""

    source: Source
    template: Template
    root: Root

    def spot(self, python_line: int) -> Spot | None:
        """The tag that a line of the generated code was made from."""
        index = self.template.get_corresponding_lineno(python_line) - FIRST_LINE
        return self.source.spots[index] if 0 <= index < len(self.source.spots) else None


def load(source: Source, rules: Rules) -> Program | list[TemplateFault]:
    """The program of `source`, or the faults of what its tags say."""

    def spot(line: int) -> tuple[Place, str]:
        found = source.spots[max(line - FIRST_LINE, 0)]
        return found.where, found.text

    try:
        tree = parsed(source.text, rules.environment)
        if faults := list(tree_faults(tree, rules, spot)):
            return faults
        return _program(tree, source, rules.environment)
    except (TemplateSyntaxError, TemplateAssertionError) as error:
        said = statement_faults(_statements(source), rules)
        return said or [syntax_fault(*spot(error.lineno), error)]


def _statements(source: Source) -> list[Statement]:
    return [
        Statement(spot.where, spot.text, match[2], match[1] != BLOCK_START)
        for spot, match in zip(source.spots, _TAG.finditer(source.text), strict=True)
    ]


def _program(tree: nodes.Template, source: Source, environment: Environment) -> Program:
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, PASSES, [], [], None, None, lineno=loop.iter.lineno)
    generator = PartCode(environment, source.file, source.file, optimized=False)
    lines = enumerate(source.spots, FIRST_LINE)
    generator.marked = frozenset(line for line, spot in lines if spot.form in MARK_SCOPES)
    series = take_series(tree, source.data, generator.marked)
    generator.visit(tree)
    code = compile(generator.stream.getvalue(), source.file, "exec")  # type: ignore[attr-defined]
    template = Template.from_code(environment, code, environment.globals)
    root: Any = template.root_render_func
    root.__globals__.update(data=source.data, decimal=Decimal, series=series, printed=printed)
    return Program(source, template, root)
