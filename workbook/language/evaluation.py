"""The value of a rule's expression, on Decimal.

Numbers compare after rounding their difference to the decimals that their parts carry (9 behind a
division), because that is the most that Excel's doubles can be asked for.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from jinja2 import nodes

from workbook.figures.numbers import rounded
from workbook.language.expressions import ARITHMETIC, Scope, comparisons, constant, decimals
from workbook.language.functions import ASKING, FUNCTIONS


class ZeroDivisorError(Exception):
    """A divisor turned out to be 0, which the rule should have excluded."""


class NotApplicableError(Exception):
    """The value does not exist: a cell that was needed is 不适用, or the expression says `none`.

    So it is with the day of a blank date, which only an expression that asks for it gets to see.
    """


NOTHING = Decimal(0)  # what a blank cell counts as, told apart from a 0 that was typed


Lookup = Callable[[str], Any]


def evaluate(node: nodes.Node, scope: Scope, lookup: Lookup) -> Any:
    """The value of a checked tree.

    `lookup` gives a field's value, a column's list of values or a table's rows. Both sides of `and`
    and `or`, and every link of a chain, are always evaluated, as Excel does. Raises
    `ZeroDivisorError` and `NotApplicableError`.
    """
    literal = constant(node)
    if literal is not None:
        return literal
    match node:
        case nodes.Const():
            raise NotApplicableError
        case nodes.Name():
            value = lookup(node.name)
            return _blank(node.name, scope) if value is None else value
        case nodes.Getattr(node=nodes.Name() as table):
            return lookup(f"{table.name}.{node.attr}")
        case nodes.Call(node=nodes.Name() as name):
            return _call(name.name, node.args, scope, lookup)
        case nodes.Neg():
            return -evaluate(node.node, scope, lookup)
        case nodes.And() | nodes.Or():
            both = [evaluate(side, scope, lookup) for side in (node.left, node.right)]
            return all(both) if isinstance(node, nodes.And) else any(both)
        case nodes.Not():
            return not evaluate(node.node, scope, lookup)
        case nodes.CondExpr(expr2=nodes.Expr() as other):
            branch = node.expr1 if evaluate(node.test, scope, lookup) else other
            return evaluate(branch, scope, lookup)
        case nodes.Compare():
            links = [_compare(*pair, scope, lookup) for pair in comparisons(node)]
            return all(links)
        case nodes.BinExpr():
            left, right = (evaluate(side, scope, lookup) for side in (node.left, node.right))
            return calculate(ARITHMETIC[type(node)], left, right)
    raise AssertionError(node)


def _call(name: str, arguments: list[nodes.Expr], scope: Scope, lookup: Lookup) -> Any:
    if name in ASKING:
        assert isinstance(arguments[0], nodes.Name)
        key = arguments[0].name
        return _is_given(key, lookup) if name == "given" else _is_absent(key, lookup)
    value = _part if name == "total" else evaluate
    return FUNCTIONS[name].value(*(value(one, scope, lookup) for one in arguments))


def _is_given(key: str, lookup: Lookup) -> bool:
    try:
        value = lookup(key)
    except NotApplicableError:
        return True
    return value is not None and value is not NOTHING and value != ""


def _is_absent(key: str, lookup: Lookup) -> bool:
    try:
        lookup(key)
    except NotApplicableError:
        return True
    return False


def _part(node: nodes.Expr, scope: Scope, lookup: Lookup) -> Decimal | None:
    """A part of a total, None where it is a cell that is 不适用."""
    if isinstance(node, nodes.Name) and _is_absent(node.name, lookup):
        return None
    value: Decimal = evaluate(node, scope, lookup)
    return value


def _blank(key: str, scope: Scope) -> Decimal | str:
    """What a cell that may be blank counts as; there is no day that a blank date could be."""
    if scope.fields[key].type == "date":
        raise NotApplicableError
    return NOTHING if scope.fields[key].is_number else ""


def _compare(
    left: nodes.Expr, operator: str, right: nodes.Expr, scope: Scope, lookup: Lookup
) -> bool:
    first, second = evaluate(left, scope, lookup), evaluate(right, scope, lookup)
    if isinstance(first, Decimal):
        first = rounded(first - second, max(decimals(left, scope), decimals(right, scope)))
        second = Decimal(0)
    return ordered(operator, first, second)


def ordered(operator: str, left: Any, right: Any) -> bool:
    """Whether `left operator right` holds for two values of one type."""
    holds: dict[str, bool] = {"==": left == right, "!=": left != right}
    if operator in holds:
        return holds[operator]
    return bool(
        {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[operator]
    )


def calculate(operator: str, left: Decimal, right: Decimal) -> Decimal:
    """`left operator right`; raises `ZeroDivisorError`."""
    if operator == "/" and right == 0:
        raise ZeroDivisorError
    return {"+": left.__add__, "-": left.__sub__, "*": left.__mul__, "/": left.__truediv__}[
        operator
    ](right)
