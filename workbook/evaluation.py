"""The value of a rule's expression, on Decimal.

Numbers compare after rounding their difference to the decimals that their parts carry (9 behind a
division), because that is the most that Excel's doubles can be asked for.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from jinja2 import nodes

from workbook.expressions import ARITHMETIC, Scope, comparisons, constant, decimals
from workbook.functions import FUNCTIONS
from workbook.numbers import rounded


class ZeroDivisorError(Exception):
    """A divisor turned out to be 0, which the rule should have excluded."""


Lookup = Callable[[str], Any]


def evaluate(node: nodes.Node, scope: Scope, lookup: Lookup) -> Any:
    """The value of a checked tree.

    `lookup` gives a field's value, a column's list of values or a table's rows. Both sides of `and`
    and `or`, and every link of a chain, are always evaluated, as Excel does. Raises
    `ZeroDivisorError`.
    """
    literal = constant(node)
    if literal is not None:
        return literal
    match node:
        case nodes.Name():
            return lookup(node.name)
        case nodes.Getattr(node=nodes.Name() as table):
            return lookup(f"{table.name}.{node.attr}")
        case nodes.Call(node=nodes.Name() as name):
            arguments = [evaluate(argument, scope, lookup) for argument in node.args]
            return FUNCTIONS[name.name].value(*arguments)
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
