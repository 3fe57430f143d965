"""A part's source made into code that can be run again and again.

Jinja's generator writes the code, with values and data as a part needs them. Plain names, which
most tags are, are taken out in series before: a form may hold thousands of tags that only name a
value, and each would cost Jinja three lines of code to compile, more than its printing ever will.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import accumulate
from operator import or_
from types import CodeType
from typing import Any, Final, cast

from jinja2 import Environment, Template, TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import TemplateAssertionError

from docgen.template.compile.checking import (
    Dialect,
    Statement,
    Walk,
    put_counters,
    statement_faults,
    syntax_fault,
    too_deep_fault,
    tree_faults,
    walked,
)
from docgen.template.compile.paths import names_by_line
from docgen.template.model.errors import Location, TemplateFault
from docgen.template.model.program import FIRST_LINE, NamedValue, PartSource, Program
from docgen.template.model.signs import (
    BLOCK_END,
    BLOCK_START,
    NAME,
    OUTPUT_END,
    OUTPUT_START,
    SERIES,
)
from docgen.template.model.tags import MARKED_FORMS, ROW_FORMS, TagForm
from docgen.template.sandbox.environment import PASSES, STEPS, WordSandbox

_STARTS: Final = f"{BLOCK_START}{OUTPUT_START}{NAME}"
_ENDS: Final = f"{BLOCK_END}{OUTPUT_END}{NAME}"
_DECIMAL: Final = re.compile(r"\d{1,50}(\.\d{1,50})?(e[-+]?\d{1,2})?")
_TAG: Final = re.compile(f"([{_STARTS}])\n([^{_ENDS}]*)[{_ENDS}]")


def load(
    source: PartSource,
    dialect: Dialect,
    *,
    needs_paths: bool,
    silent: frozenset[int] = frozenset(),
) -> Program | list[TemplateFault]:
    """The program of `source`, or the faults of what its tags say.

    Values on one of the `silent` lines are not printed.
    """

    def spot(line: int) -> tuple[Location, str]:
        found = source.spots[max(line - FIRST_LINE, 0)]
        return found.where, found.text

    try:
        tree = dialect.environment.parse(source.text)
        walk = walked(tree)
        if faults := list(tree_faults(walk, dialect, spot)):
            return faults
        put_counters(walk)  # after the check: a template may not name their filters
        if silent:
            _silence(tree, silent)
        paths = names_by_line(tree, dialect.environment.globals) if needs_paths else {}
        code, series = _compiled(tree, walk, source, dialect.environment)
    except (TemplateSyntaxError, TemplateAssertionError) as error:
        said = statement_faults(_statements(source), dialect)
        return said or [syntax_fault(*spot(error.lineno), error)]
    except (RecursionError, SyntaxError, ValueError):  # Python's own bounds: 20 loops, 4,300 digits
        said = statement_faults(_statements(source), dialect)
        deepest = _deepest(_statements(source))
        return said or [too_deep_fault(deepest.where, deepest.text)]
    # The code speaks of these names; `data` also tells its frames from others.
    names = {"data": source.data, "decimal": Decimal, "series": series}
    template = Template.from_code(dialect.environment, code, dialect.environment.globals)
    root: Any = template.root_render_func
    root.__globals__.update(names)
    longest = max(map(len, source.data))
    return Program(source, template, root, code, names, _special(source), paths, longest)


def _special(source: PartSource) -> frozenset[int]:
    """The lines of the tags whose values are not simply text at their place."""
    return frozenset(
        line
        for line, tag in enumerate(source.spots, FIRST_LINE)
        if tag.levels or tag.form is not TagForm.TEXT
    )


def _silence(tree: nodes.Template, lines: frozenset[int]) -> None:
    for output in tree.find_all(nodes.Output):
        output.nodes = [
            one
            for one in output.nodes
            if one.lineno not in lines or isinstance(one, nodes.TemplateData)
        ]


def _statements(source: PartSource) -> list[Statement]:
    """What the tags of a part say, in order."""
    return [
        Statement(tag.where, tag.text, match[2], match[1] != BLOCK_START)
        for tag, match in zip(source.spots, _TAG.finditer(source.text), strict=True)
    ]


def _deepest(statements: Sequence[Statement]) -> Statement:
    """The first of the tags that lie in most blocks."""
    depths = list(accumulate(_step(one) for one in statements))
    return statements[depths.index(max(depths))]


def _step(statement: Statement) -> int:
    """How much deeper it is behind the tag."""
    keyword = "" if statement.is_output else statement.body.split(maxsplit=1)[0]
    return (keyword in ("for", "if")) - (keyword in ("endfor", "endif"))


def _compiled(
    tree: nodes.Template, walk: Walk, source: PartSource, environment: Environment
) -> tuple[CodeType, list[list[NamedValue]]]:
    """Jinja's code for `tree`, the nodes of which are `walk`, and the series taken out of it."""
    generator = PartCode(environment, source.file, source.file, optimized=False)
    lines = enumerate(source.spots, FIRST_LINE)
    marked = {line: spot.form for line, spot in lines if spot.form in MARKED_FORMS}
    generator.marked = frozenset(marked)
    generator.in_rows = frozenset(line for line, form in marked.items() if form in ROW_FORMS)
    series = _take_series(tree, _stored(walk), source.data, generator.marked)
    generator.know(walk)
    # Jinja would go three times through the whole tree for blocks and imports
    tree.find_all = partial(_of_kind, walk)  # type: ignore[assignment]
    generator.visit(tree)
    text = generator.stream.getvalue()  # type: ignore[attr-defined]
    return compile(text, source.file, "exec"), series


def _of_kind(walk: Walk, kind: type[nodes.Node]) -> Iterator[nodes.Node]:
    """The nodes of a `kind` in a tree."""
    return (node for node, _ in walk if isinstance(node, kind))


def _stored(walk: Walk) -> set[str]:
    """The names that the template itself gives a value."""
    return {
        node.name
        for node, _ in walk
        if isinstance(node, nodes.Macro) or (isinstance(node, nodes.Name) and node.ctx != "load")
    }


def _take_series(
    tree: nodes.Template, stored: Container[str], data: Sequence[str], marked: frozenset[int]
) -> list[list[NamedValue]]:
    """The plain names outside all blocks, taken out of `tree`, which names them by number.

    What the template itself assigns stays: its value is Jinja's to know.
    """
    taking = _Taking(data, marked)
    for output in tree.body:
        if isinstance(output, nodes.Output):
            for child in output.nodes:
                taking.take(
                    child, is_plain=isinstance(child, nodes.Name) and child.name not in stored
                )
            output.nodes = taking.left()
    return taking.taken


@dataclass(slots=True)
class _Taking:
    """The series taken so far, the one that is open, and what is left of the output read now.

    Of `0 {{甲}} 1 {{乙}} 2 {{丙|abs}}`, where 0 to 2 number pieces of XML, the first two tags with
    the XML before them become one series; the piece 2 and the last tag are kept for Jinja.
    """

    data: Sequence[str]
    marked: frozenset[int]
    taken: list[list[NamedValue]] = field(default_factory=list)
    series: list[NamedValue] = field(default_factory=list)
    before: nodes.TemplateData | None = None
    kept: list[nodes.Expr] = field(default_factory=list)

    def take(self, child: nodes.Expr, *, is_plain: bool) -> None:
        """Read the next piece of the output."""
        if is_plain and isinstance(child, nodes.Name):
            xml = "" if self.before is None else self.data[int(self.before.data)]
            is_marked = child.lineno in self.marked
            self.series.append(NamedValue(xml, child.name, child.lineno, is_marked))
            self.before = None
        elif isinstance(child, nodes.TemplateData) and self.before is None:
            self.before = child
        else:
            self._close()
            self.kept.append(child)

    def left(self) -> list[nodes.Expr]:
        """What Jinja has to print itself, and in the places of the series their numbers."""
        self._close()
        kept, self.kept = self.kept, []
        return kept

    def _close(self) -> None:
        if self.series:
            number = f"{SERIES}{len(self.taken)}"
            self.kept.append(nodes.TemplateData(number, lineno=self.series[0].line))
            self.taken.append(self.series)
        if self.before is not None:
            self.kept.append(self.before)
        self.series, self.before = [], None


class PartCode(CodeGenerator):
    """Writes `text(value, line)` for a printed value and `data[n]` for the XML between tags.

    A value on one of the `marked` lines is written with `mark(value, line)`, on one of those that
    are `in_rows` with `rows[line](value)`: of a long table each step counts.
    """

    marked: frozenset[int] = frozenset()
    in_rows: frozenset[int] = frozenset()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._printing: list[nodes.Filter] = []
        self._functions: list[nodes.Node] = []
        self._for_given = 0  # how many functions of a caller of docxtpl's are being written

    def know(self, walk: Walk) -> None:
        """Note which filters and tests a tree uses, so that it need not be gone through again."""
        filters = {node.name for node, _ in walk if isinstance(node, nodes.Filter)} | {STEPS}
        tests = {node.name for node, _ in walk if isinstance(node, nodes.Test)}
        bare: tuple[Any, ...] = ([], [], None, None)
        self._functions = [
            *(nodes.Filter(None, name, *bare) for name in filters),
            *(nodes.Test(nodes.Const(None), name, *bare) for name in tests),
        ]

    def pull_dependencies(self, nodes: Iterable[nodes.Node]) -> None:
        """Bind the filters and tests that the tree uses to local names."""
        super().pull_dependencies(self._functions)

    def write_commons(self) -> None:
        """Bind the writers of values of this rendering to local names."""
        super().write_commons()
        self.writeline("text = context.text")
        self.writeline("mark = context.mark")
        self.writeline("rows = context.rows")
        self.writeline("concat = context.concat")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """Print values and data as Jinja does, and a series of plain names by its number."""
        waiting: list[nodes.Expr] = []
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData) and child.data.startswith(SERIES):
                super().visit_Output(nodes.Output(waiting), frame)
                waiting = []
                self.writeline(f"yield from context.printed(series[{child.data[1:]}])", child)
            else:
                waiting.append(child)
        if waiting:
            super().visit_Output(nodes.Output(waiting), frame)

    def _make_finalize(self) -> CodeGenerator._FinalizeInfo:
        return self._FinalizeInfo(None, None)

    def _output_const_repr(self, group: Iterable[Any]) -> str:
        return " + ".join(f"data[{index}]" for index in group)

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if node.lineno in self.in_rows:
            self.write(f"rows[{node.lineno}](")
        else:
            self.write("mark(" if node.lineno in self.marked else "text(")

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        self.write(")" if node.lineno in self.in_rows else f", {node.lineno})")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """Join texts with `~` through the environment, which bounds their length."""
        self._ask("joined", "(", node.nodes, frame, end="))")

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802
        """Write a tuple; one that may hold another is looked at."""
        if node.ctx == "load" and any(not isinstance(one, nodes.Const) for one in node.items):
            self._ask("whole", "(", node.items, frame, end="))")
        else:
            super().visit_Tuple(node, frame)

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802
        """Write a comparison; between two values that may be long it is the environment's."""
        values = [node.expr, *(operand.expr for operand in node.ops)]
        hows = [operand.op for operand in node.ops]
        scalar = [isinstance(one, nodes.Const) for one in values]
        if all(map(or_, scalar, scalar[1:])) and "in" not in "".join(hows):
            super().visit_Compare(node, frame)
        elif len(hows) == 1:
            self._ask("compared", f"{hows[0]!r}, ", values, frame)
        else:
            self._ask("compared_in_turn", f"{tuple(hows)!r}, ", values, frame)

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        """Write `x[1]`; a piece such as `x[1:3]` is cut out by the environment."""
        if not isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        self._ask("cut", "", [node.node], frame, end="slice(")
        for part in (node.arg.start, node.arg.stop, node.arg.step):
            self.visit(part or nodes.Const(None), frame)
            self.write(", ")
        self.write("))")

    def _ask(
        self, what: str, first: str, values: Iterable[nodes.Expr], frame: Frame, end: str = ")"
    ) -> None:
        """Write a call of the environment's method `what` with `values`."""
        self.write(f"environment.{what}(context, {first}")
        for value in values:
            self.visit(value, frame)
            self.write(", ")
        self.write(end)

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Write a decimal literal as itself, what a call block prints as text."""
        if forward_caller:
            self.write("text(")
            super().visit_Call(node, frame, forward_caller=True)
            self.write(f", {node.lineno})")
            return
        literal = node.args[0] if node.args else None
        if (
            isinstance(node.node, nodes.Name)
            and node.node.name == "decimal"
            and isinstance(literal, nodes.Const)
            and _DECIMAL.fullmatch(str(literal.value))
        ):
            number = str(literal.value)
            self.write(repr(float(number)) if self._for_given else f"decimal({number!r})")
            return
        with self._for_caller(not isinstance(node.node, nodes.Name)):
            super().visit_Call(node, frame)

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:  # noqa: N802
        """Write a test."""
        with self._for_caller(node.name in self._sandbox.given):
            super().visit_Test(node, frame)

    @contextmanager
    def _for_caller(self, is_given: bool) -> Iterator[None]:
        """While what a caller of docxtpl's gave is written, which knows no exact numbers."""
        step = int(is_given and self._sandbox.as_docxtpl)
        self._for_given += step
        yield
        self._for_given -= step

    @property
    def _sandbox(self) -> WordSandbox:
        return cast(WordSandbox, self.environment)

    def visit_FilterBlock(self, node: nodes.FilterBlock, frame: Frame) -> None:  # noqa: N802
        """Print what the filter makes of the block as text."""
        self._printing.append(node.filter)
        super().visit_FilterBlock(node, frame)

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        """Write a filter; the one of a filter block prints its text itself, a loop pays at once."""
        if node.name == PASSES:
            self.write("context.passes(")
            for part in (node.node, *node.args):
                self.visit(part or nodes.Const(None), frame)
                self.write(", ")
            self.write(")")
        elif any(node is printing for printing in self._printing):
            self.write("text(")
            super().visit_Filter(node, frame)
            self.write(f", {node.lineno})")
        else:
            with self._for_caller(node.name in self._sandbox.given):
                super().visit_Filter(node, frame)
