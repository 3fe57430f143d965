"""Python code for a template: Jinja's generator, with values and data as a part needs them."""

from collections.abc import Iterable
from typing import Any, Final

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from docgen.template.compile.series import SERIES_SIGN

FIRST_LINE: Final = 2


class PartCode(CodeGenerator):
    """Writes `text(value, line)` for a printed value and `data[n]` for the XML between tags.

    A value on one of the `marked` lines is written with `mark(value, line)`.
    """

    marked: frozenset[int] = frozenset()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._printing: list[nodes.Filter] = []

    def write_commons(self) -> None:
        """Bind the writers of values of this rendering to local names."""
        super().write_commons()
        self.writeline("text = context.text")
        self.writeline("mark = context.mark")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """Print values and data as Jinja does, and a series of plain names by its number."""
        waiting: list[nodes.Expr] = []
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData) and child.data.startswith(SERIES_SIGN):
                super().visit_Output(nodes.Output(waiting), frame)
                waiting = []
                self.writeline(f"yield from printed(context, series[{child.data[1:]}])", child)
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
        self.write("mark(" if node.lineno in self.marked else "text(")

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        self.write(f", {node.lineno})")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """Join texts with `~` through the environment, which bounds their length."""
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

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
        ):
            self.write(f"decimal({str(literal.value)!r})")
            return
        super().visit_Call(node, frame)

    def visit_FilterBlock(self, node: nodes.FilterBlock, frame: Frame) -> None:  # noqa: N802
        """Print what the filter makes of the block as text."""
        self._printing.append(node.filter)
        super().visit_FilterBlock(node, frame)

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        """Write a filter; the one of a filter block prints its text itself."""
        if any(node is printing for printing in self._printing):
            self.write("text(")
            super().visit_Filter(node, frame)
            self.write(f", {node.lineno})")
        else:
            super().visit_Filter(node, frame)
