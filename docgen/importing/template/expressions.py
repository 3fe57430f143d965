"""What the value of an expression can be read as: a field or another, words, or anything."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from jinja2 import Environment, nodes

from docgen.importing.template.pieces import Choice, Gap, Hole, Piece, Shape, Target, Words
from workbook.form.model import Form

SHAPES: Final[Mapping[str, Shape]] = {"paragraphs": "text", "long_date": "date"}
UNCHANGED: Final = frozenset(("trim", "string", "safe", "e", "escape"))
DEFAULTS: Final = frozenset(("default", "d"))
ENVIRONMENT: Final = Environment(autoescape=True)


@dataclass(frozen=True, slots=True)
class LoopRow:
    """A loop's name for a row of a table."""

    table: str


Known: TypeAlias = LoopRow | Hole | nodes.Expr
Scope: TypeAlias = dict[str, Known]


@dataclass(frozen=True, slots=True)
class Expressions:
    """Reads expressions backwards, by the names of a form and of the loops around them."""

    form: Form

    def pieces(self, node: nodes.Node, scope: Scope) -> list[Piece]:
        """What the value of an expression can be read as."""
        match node:
            case nodes.TemplateData():
                return [Words(node.data)]
            case nodes.Const():
                return [Words("" if node.value is None else str(node.value))]
            case nodes.Name():
                return [self._named(node.name, scope)]
            case nodes.Getattr():
                return [self._part(node.node, node.attr, scope)]
            case nodes.Getitem(arg=nodes.Const(value=str(key))):
                return [self._part(node.node, key, scope)]
            case nodes.Filter():
                return self._filtered(node, scope)
            case nodes.Or():
                return [_either(self.pieces(node.left, scope), self.pieces(node.right, scope))]
            case nodes.Concat():
                return [piece for part in node.nodes for piece in self.pieces(part, scope)]
            case nodes.CondExpr():
                other = self.pieces(node.expr2, scope) if node.expr2 else []
                return [Choice((tuple(self.pieces(node.expr1, scope)), tuple(other)))]
        return [Gap()]

    def _named(self, name: str, scope: Scope) -> Piece:
        known = scope.get(name)
        if isinstance(known, Hole):
            return known
        if isinstance(known, nodes.Expr):
            # A name that is set from itself would be looked up for ever.
            without = {key: value for key, value in scope.items() if key != name}
            made = self.pieces(known, without)
            return made[0] if len(made) == 1 else Gap()
        field = self.form.fields.get(name)
        if known is not None or field is None:
            return Gap()
        return Hole((Target("", name),), "text" if field.type == "paragraphs" else "value")

    def _part(self, owner: nodes.Node, key: str, scope: Scope) -> Piece:
        if not isinstance(owner, nodes.Name):
            return Gap()
        if owner.name == "loop":
            return Gap(is_number=key in ("index", "index0", "length", "revindex"))
        known = scope.get(owner.name)
        if not isinstance(known, LoopRow) or not known.table:
            return Gap()
        for column in self.form.tables[known.table].column:
            if column.key == key:
                shape: Shape = "text" if column.type == "paragraphs" else "value"
                return Hole((Target(known.table, key),), shape)
        return Gap()

    def _filtered(self, node: nodes.Filter, scope: Scope) -> list[Piece]:
        inner = self.pieces(node.node, scope) if node.node is not None else []
        if len(inner) != 1 or not isinstance(inner[0], Hole):
            return [Gap()]
        if node.name in SHAPES and not node.args:
            return [replace(inner[0], shape=SHAPES[node.name])]
        if node.name in DEFAULTS and len(node.args) > 0:
            return [_either(inner, self.pieces(node.args[0], scope))]
        return inner if node.name in UNCHANGED else [Gap()]


def _either(first: list[Piece], other: list[Piece]) -> Piece:
    """What `first or other` prints."""
    if len(first) != 1 or len(other) != 1 or not isinstance(first[0], Hole):
        return Gap()
    hole, instead = first[0], other[0]
    if isinstance(instead, Words):
        return replace(hole, blank=instead.text)
    if isinstance(instead, Hole):
        return replace(hole, targets=hole.targets + instead.targets)
    return Gap()
