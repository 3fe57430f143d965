"""The official note for a report whose printed parts do not add up to their printed total."""

from collections.abc import Iterator
from decimal import Decimal

from docgen.report.context import printed_amount
from workbook.catalogue.reports import ROUNDED
from workbook.language.expression import Expression
from workbook.language.model import Leaf
from workbook.language.names import FieldName
from workbook.reading.values import Entry, Values
from workbook.rules.model import Rule, RuleSet
from workbook.rules.operands import Operands

Sum = tuple[Entry, list[Entry]]


def rounding_note(values: Values, rules: RuleSet) -> str:
    """The sentence where a printed total is missed by its printed parts, else an empty text.

    Looks at each rule that is an equation of a figure and a plain sum, and at each computed cell
    that is one. A difference that rounding cannot explain is no 尾差 but an error of its own.
    """
    return ROUNDED(rules.language) if any(_misses(*one) for one in _sums(values, rules)) else ""


def _sums(values: Values, rules: RuleSet) -> Iterator[Sum]:
    for rule in rules.rules:
        yield from _sums_of_rule(rule, values)
    for cell in rules.computed:
        if _is_sum(cell.tree):
            for operands in (Operands(values, row) for row in cell.rows(values)):
                yield operands.entries(Leaf(cell.field))[0], _parts(cell.tree, operands)


def _sums_of_rule(rule: Rule, values: Values) -> Iterator[Sum]:
    if rule.total is None or rule.equation is None:
        return
    left, right = rule.equation.sides
    parts = right if isinstance(left, FieldName) else left
    if not _is_sum(parts):
        return
    rows = values.tables[rule.spec.each] if rule.spec.each else ({},)
    for operands in (Operands(values, row) for row in rows):
        yield operands.entries(rule.total)[0], _parts(parts, operands)


def _is_sum(expression: Expression) -> bool:
    """Whether the expression is `甲 + 乙`, `sum(项目.金额)` or `total(甲, 乙)`."""
    return bool(expression.addends()) and not isinstance(expression, FieldName)


def _parts(expression: Expression, operands: Operands) -> list[Entry]:
    return [entry for leaf in expression.leaves() for entry in operands.entries(leaf)]


def _misses(total: Entry, parts: list[Entry]) -> bool:
    """Whether the printed total is not the sum of the printed parts, by no more than rounding."""
    if not isinstance(total.value, Decimal):
        return False
    printed = [(one.value, one.field) for one in (total, *parts) if isinstance(one.value, Decimal)]
    figures = [printed_amount(value, field) for value, field in printed]
    difference = figures[0] - sum(figures[1:])
    least = (Decimal("0.5").scaleb(int(figure.as_tuple().exponent)) for figure in figures)
    return difference != 0 and abs(difference) <= sum(least)
