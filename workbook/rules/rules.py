"""What must tie: `rules.toml` read and checked against the form, before any data is seen."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Literal

from jinja2 import nodes
from msgspec import Struct

from workbook.form.model import Form, Table
from workbook.form.score_tables import score_rules
from workbook.language.expressions import (
    ExpressionError,
    Leaf,
    Scope,
    comparisons,
    constant,
    leaves,
    parse,
    type_of,
)
from workbook.language.inputs import Inputs, inputs_of
from workbook.reading.findings import Severity
from workbook.rules.computed import Computed, prepare_computed, row_scope
from workbook.rules.operands import dependents_of

ROUNDING = "rounding"
SLOT = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


class RuleSpec(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One rule as its author wrote it.

    `when` limits the rule, `each` names a table whose rows it is checked on one by one.
    `tolerance` is in the figures' unit, or "rounding": half a unit of the last decimal for every
    figure that takes part, as XBRL Calculations 1.1 has it.
    """

    id: str
    claim: str
    severity: Literal["error", "warning", "hint"] = "error"
    when: str = ""
    each: str = ""
    tolerance: str = "0"
    message: str = ""
    advice: str = ""
    source: str = ""


class RuleFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `rules.toml`."""

    rule: tuple[RuleSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class Tolerance:
    """What a difference may be: a fixed amount, and so much for each figure that is filled in."""

    fixed: Decimal = Decimal(0)
    per_figure: tuple[tuple[Leaf, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Equation:
    """A claim that is one comparison of two figures, which is what can show a difference."""

    left: nodes.Expr
    operator: str
    right: nodes.Expr

    @property
    def sides(self) -> tuple[nodes.Expr, nodes.Expr]:
        """What is compared."""
        return self.left, self.right


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule whose every name, type and function has been checked.

    `each` is the table on whose rows it is checked one by one.
    """

    spec: RuleSpec
    inputs: Inputs
    claim: nodes.Expr
    when: nodes.Expr | None
    equation: Equation | None
    tolerance: Tolerance
    message: tuple[str | nodes.Expr, ...]
    each: Table | None = None

    @property
    def scope(self) -> Scope:
        """The names that it may use."""
        return self.inputs.scope

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The fields and columns that it reads."""
        return self.inputs.leaves

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that it reads a column or counts the rows of."""
        return self.inputs.tables

    @property
    def severity(self) -> Severity:
        """How much it weighs when the claim fails."""
        return Severity(self.spec.severity)

    @property
    def total(self) -> Leaf | None:
        """The one field that an equation says is the sum of others, None where there is none."""
        if self.equation is None or self.equation.operator != "==":
            return None
        for side in self.equation.sides:
            if isinstance(side, nodes.Name):
                return Leaf(self.scope.fields[side.name])
        return None

    @property
    def subject(self) -> Leaf:
        """What the rule is about: its total, or the first thing it reads, of its own row if any."""
        if self.total or self.leaves:
            own = {column.key for column in self.each.column} if self.each else ()
            on_row = (leaf for leaf in self.leaves if not leaf.table and leaf.field.key in own)
            return self.total or next(on_row, self.leaves[0])
        table = self.scope.tables[self.tables[0]]
        return Leaf(table.column[0], table.key)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one form in their author's order, and its computed cells in theirs.

    A computed cell stands behind those that it reads.
    """

    rules: tuple[Rule, ...]
    computed: tuple[Computed, ...] = ()
    dependents: Mapping[str, tuple[Computed, ...]] = field(default_factory=dict)

    def reading(self, key: str, table: str = "") -> list[Rule]:
        """The rules that read a field, or a table's column."""
        return [
            rule
            for rule in self.rules
            for leaf in rule.leaves
            if leaf.field.key == key and (leaf.table or rule.spec.each) == table
        ]


def prepare_rules(file: RuleFile, form: Form) -> tuple[RuleSet, list[str]]:
    """The rules that can be checked, and what is wrong with the others, for their author."""
    rules: list[Rule] = []
    computed, faults = prepare_computed(form)
    for spec in (*file.rule, *(RuleSpec(**asdict(one)) for one in score_rules(form))):
        try:
            rules.append(_prepare(spec, form, {rule.spec.id.casefold() for rule in rules}))
        except ExpressionError as fault:
            faults.append(f"规则「{spec.id}」:{fault}")
    return RuleSet(tuple(rules), computed, dependents_of(computed)), faults


def _prepare(spec: RuleSpec, form: Form, taken: set[str]) -> Rule:
    if not spec.id.isidentifier() or spec.id.casefold() in taken:
        raise ExpressionError("id 不能重复,且只能用汉字、字母、数字和下划线")
    scope = _scope(spec, form)
    if spec.each and spec.id.casefold() in {
        c.key.casefold() for c in form.tables[spec.each].column
    }:
        raise ExpressionError("id 与表里的列同名,而它自己也要占一列")
    claim, when = _flag(spec.claim, scope), _flag(spec.when, scope) if spec.when else None
    equation = _equation(claim, scope)
    inputs = inputs_of([tree for tree in (claim, when) if tree], scope)
    if not inputs.leaves and not inputs.tables:
        raise ExpressionError("没有用到表单里的任何一项")
    return Rule(
        spec,
        inputs,
        claim,
        when,
        equation,
        _tolerance(spec, equation, scope),
        tuple(_message(spec.message, scope)),
        form.tables[spec.each] if spec.each else None,
    )


def _scope(spec: RuleSpec, form: Form) -> Scope:
    if not spec.each:
        return Scope(form.fields, form.tables)
    if spec.each not in form.tables:
        raise ExpressionError(f"each 写的表「{spec.each}」不在表单里")
    return row_scope(form, form.tables[spec.each])


def _flag(text: str, scope: Scope) -> nodes.Expr:
    tree = parse(text, scope)
    if type_of(tree, scope) != "flag":
        raise ExpressionError(f"「{text}」要是一个能判断对错的式子,如 甲 == 乙 + 丙")
    return tree


def _equation(claim: nodes.Expr, scope: Scope) -> Equation | None:
    if not isinstance(claim, nodes.Compare) or len(claim.ops) != 1:
        return None
    left, operator, right = next(comparisons(claim))
    return Equation(left, operator, right) if type_of(left, scope) == "number" else None


def _tolerance(spec: RuleSpec, equation: Equation | None, scope: Scope) -> Tolerance:
    if spec.tolerance != ROUNDING:
        try:
            fixed = Decimal(spec.tolerance)
        except InvalidOperation:
            fixed = Decimal(-1)
        if not fixed.is_finite() or fixed < 0:
            raise ExpressionError(f'tolerance 要写数,或 "{ROUNDING}"')
        return Tolerance(fixed)
    if equation is None:
        raise ExpressionError(f'tolerance = "{ROUNDING}" 只用于一个等式或不等式')
    shares = [
        (leaf, share)
        for side in equation.sides
        for weight, leaf in _rounded(side, scope)
        if (share := abs(weight) * _half_unit(leaf))
    ]
    return Tolerance(per_figure=tuple(shares))


def _half_unit(leaf: Leaf) -> Decimal:
    """Half a unit of the last declared decimal; a count, or a figure as typed, is not rounded."""
    places = leaf.field.places
    return Decimal("0.5").scaleb(-places) if places else Decimal(0)


def _rounded(node: nodes.Expr, scope: Scope) -> Iterator[tuple[Decimal, Leaf]]:
    """Each figure of a sum with its factor; only sums and fixed multiples carry rounding on."""
    literal = constant(node)
    match node:
        case _ if isinstance(literal, Decimal):
            return
        case nodes.Name() | nodes.Call(node=nodes.Name(name="sum")):
            yield from ((Decimal(1), leaf) for leaf in leaves(node, scope))
        case nodes.Neg():
            yield from _rounded(node.node, scope)
        case nodes.Add() | nodes.Sub():
            yield from _rounded(node.left, scope)
            yield from _rounded(node.right, scope)
        case nodes.Call(node=nodes.Name(name="total")):
            for part in node.args:
                yield from _rounded(part, scope)
        case nodes.Mul() if isinstance(factor := constant(node.right), Decimal):
            yield from ((weight * factor, leaf) for weight, leaf in _rounded(node.left, scope))
        case _:
            raise ExpressionError(f'tolerance = "{ROUNDING}" 只能推算加、减和乘以常数')


def _printable(text: str, scope: Scope) -> nodes.Expr:
    tree = parse(text, scope)
    if type_of(tree, scope) not in ("number", "text", "date"):
        raise ExpressionError(f"message 里的「{text}」要是数、文字或日期")
    return tree


def _message(text: str, scope: Scope) -> Iterator[str | nodes.Expr]:
    """A message's words and the expressions between its braces, checked."""
    for i, piece in enumerate(SLOT.split(text)):
        if i % 2:
            yield _printable(piece.strip(), scope)
        elif piece:
            yield piece
