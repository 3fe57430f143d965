"""A rule's figures put into a sentence: `基本支出 195.49 ≠ 人员经费 171.74 + 公用经费 23.57`."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from jinja2 import nodes

from workbook.figures.numbers import MOST_DECIMALS, decimals_of, plain, round_half_up
from workbook.language.evaluation import NotApplicableError, ZeroDivisorError, evaluate
from workbook.language.expressions import ARITHMETIC, comparisons, constant, leaves
from workbook.reading.values import ABSENT, Entry, Values
from workbook.rules.judge import Outcome, Verdict
from workbook.rules.operands import Reading
from workbook.rules.rules import SLOT, Equation, Rule

_FAILED = {"==": "≠", "!=": "=", "<": "≥", "<=": ">", ">": "≤", ">=": "<"}
_SIGNS = {
    "+": "+",
    "-": "-",
    "*": "×",
    "/": "÷",
    "==": "=",
    "!=": "≠",
    "<": "<",
    "<=": "≤",
    ">": ">",
    ">=": "≥",
}
_COUNTED = "零一两三四五六七八九十"


def shown(value: Any) -> str:
    """A value as it reads in a sentence."""
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        keeps = isinstance(exponent, int) and -6 <= exponent < 0
        return f"{value:f}" if keeps else plain(value)
    return f"{value.year}-{value.month}-{value.day}" if isinstance(value, date) else str(value)


def claim_in_words(outcome: Outcome) -> str:
    """What is wrong: the author's message, or the claim with its figures."""
    rule = outcome.rule
    if rule.message:
        return _message(rule, outcome.reading)
    if rule.equation is None:
        figures = ",".join(f"{e.label} {_standing(e)}" for e in outcome.entries())
        return f"不满足“{claim_words(rule)}”({figures})"
    return _equation_in_words(outcome, rule.equation)


def _standing(entry: Entry) -> str:
    """What stands in a cell."""
    if entry.is_absent:
        return ABSENT
    return "(未填)" if entry.value is None else shown(entry.value)


def _equation_in_words(outcome: Outcome, equation: Equation) -> str:
    """`195.49 ≠ 人员经费 171.74 + 公用经费 23.57 = 195.31,差 0.18`, without the total's label."""
    left, right, total = equation.left, equation.right, outcome.rule.total
    first, second = outcome.left, outcome.right
    if total is not None and not isinstance(left, nodes.Name):
        left, right, first, second = right, left, second, first
    opening = shown(first) if isinstance(left, nodes.Name) else _side(outcome, left, first)
    sign = _FAILED[equation.operator] if outcome.verdict is not Verdict.TIES else "="
    gap = shown(abs(outcome.difference or Decimal(0)))
    return f"{opening} {sign} {_side(outcome, right, second)},差 {gap}"


def _side(outcome: Outcome, node: nodes.Expr, value: Decimal | None) -> str:
    text = say(node, outcome.rule, outcome.reading)
    is_sum = not isinstance(node, nodes.Name) and constant(node) is None
    return f"{text} = {_computed(value)}" if is_sum else text


def claim_words(rule: Rule) -> str:
    """The claim in the words on the sheet: `基本支出 = 人员经费 + 公用经费`."""
    return say(rule.claim, rule)


def say(node: nodes.Node, rule: Rule, reading: Reading | None = None) -> str:
    """An expression in words; with a reading, each figure's value stands behind its label."""
    literal = constant(node)
    if literal is not None:
        return shown(literal) if isinstance(literal, Decimal) else f"“{literal}”"
    match node:
        case nodes.Const():
            return ABSENT
        case nodes.Name() if node.name in rule.scope.fields:
            label = rule.scope.fields[node.name].name
            return f"{label} {_figure(reading, node.name)}" if reading else label
        case nodes.Call(node=nodes.Name() as function):
            return _say_call(function.name, node.args, rule, reading)
        case nodes.BinExpr() if type(node) in ARITHMETIC:
            left, right = (_operand(n, node, rule, reading) for n in (node.left, node.right))
            return f"{left} {_SIGNS[ARITHMETIC[type(node)]]} {right}"
        case nodes.Compare():
            pairs = (
                f"{say(a, rule, reading)} {_SIGNS[op]} {say(b, rule, reading)}"
                for a, op, b in comparisons(node)
            )
            return ",".join(pairs)
        case nodes.And() | nodes.Or():
            word = " 且 " if isinstance(node, nodes.And) else " 或 "
            return word.join(say(n, rule, reading) for n in (node.left, node.right))
        case nodes.Not():
            return f"不是({say(node.node, rule, reading)})"
        case nodes.Neg():
            text = say(node.node, rule, reading)
            return f"-({text})" if isinstance(node.node, nodes.BinExpr) else f"-{text}"
        case nodes.CondExpr(expr2=nodes.Expr() as other):
            test, first = say(node.test, rule, reading), say(node.expr1, rule, reading)
            return f"{first}({test} 时,否则为 {say(other, rule, reading)})"
    raise AssertionError(node)


def _say_call(name: str, args: list[nodes.Expr], rule: Rule, reading: Reading | None) -> str:
    match args[0]:
        case nodes.Getattr(node=nodes.Name() as table) if name.endswith("_where"):
            of = "行数" if name == "count_where" else f"{_attribute(args[0])}合计"
            pairs = args[len(args) % 2 :]
            rows = "、".join(
                f"{_attribute(column)}为{_word(wanted, rule, reading)}"
                for column, wanted in zip(pairs[::2], pairs[1::2], strict=True)
            )
            return f"{table.name}里{rows}的{of}"
        case nodes.Getattr(node=nodes.Name() as table) as column:
            rows = f" {len(reading.values.tables[table.name])} 行" if reading else "各行"
            return f"{table.name}{rows}{column.attr}合计"
        case nodes.Name() as table if table.name in rule.scope.tables:
            return f"{table.name}行数"
    if name == "round":
        places = constant(args[1])
        kept = "" if reading else f"(保留 {places} 位小数)"
        return f"{say(args[0], rule, reading)}{kept}"
    words = [say(argument, rule, reading) for argument in args]
    if name == "total":
        return f"({' + '.join(words)})"
    named = {
        "count_items": "所列个数",
        "year": "的年份",
        "abs": "的绝对值",
        "given": "已填",
        "absent": "不适用",
        "floor": "向下取整",
    }
    if name in named:
        of = f"({words[0]})" if isinstance(args[0], nodes.BinExpr) else words[0]
        return f"{of}{named[name]}"
    return f"{'最小值' if name == 'min' else '最大值'}({'、'.join(words)})"


def _word(node: nodes.Expr, rule: Rule, reading: Reading | None) -> str:
    """The word by which rows are picked: itself where it is known, what holds it otherwise."""
    if reading is None or not isinstance(node, nodes.Name):
        return say(node, rule, reading)
    return f"“{_figure(reading, node.name)}”"


def _attribute(node: nodes.Expr) -> str:
    assert isinstance(node, nodes.Getattr)
    return node.attr


def _figure(reading: Reading, key: str) -> str:
    try:
        value = reading.look_up(key)
    except NotApplicableError:
        return ABSENT
    return "(未填)" if value is None else shown(value)


def _operand(node: nodes.Expr, within: nodes.BinExpr, rule: Rule, reading: Reading | None) -> str:
    """A part of a calculation, in brackets where leaving them out would change its value."""
    text = say(node, rule, reading)
    is_sum, is_right = isinstance(node, nodes.Add | nodes.Sub), node is within.right
    match within:
        case nodes.Add():
            needs = False
        case nodes.Sub():
            needs = is_sum and is_right
        case nodes.Div() if is_right:
            needs = isinstance(node, nodes.BinExpr)
        case _:
            needs = is_sum
    return f"({text})" if needs else text


def _value(node: nodes.Expr, rule: Rule, reading: Reading) -> str:
    """A figure of an author's message; a dash where a cell that it needs is blank or unreadable."""
    entries = [entry for leaf in leaves(node, rule.scope) for entry in reading.entries(leaf)]
    if any(reading.value(entry) is None for entry in entries):
        return "—"
    try:
        return _computed(evaluate(node, rule.scope, reading.look_up))
    except (ZeroDivisorError, NotApplicableError):
        return "—"


def _computed(value: Any) -> str:
    """A result as it reads in a sentence, without the endless decimals of a division."""
    if isinstance(value, Decimal) and decimals_of(value) > MOST_DECIMALS:
        return plain(round_half_up(value, MOST_DECIMALS))
    return shown(value)


def _message(rule: Rule, reading: Reading) -> str:
    return "".join(
        piece if isinstance(piece, str) else _value(piece, rule, reading) for piece in rule.message
    )


def advice(outcome: Outcome) -> str:
    """What to do: the author's advice, or to look at the figures again."""
    if outcome.rule.spec.advice:
        return outcome.rule.spec.advice.rstrip("。")
    count = len(list(outcome.entries()))
    if count == 1:
        return "请核对这个数"
    return f"请核对这{_COUNTED[count]}个数" if 2 <= count <= 10 else "请逐项核对以上各数"


def fill_in(pattern: str, values: Values) -> str:
    """A pattern such as `{{ 年度 }}年度报告` filled with values; a blank one leaves nothing."""

    def put(match: re.Match[str]) -> str:
        entry = values.fields.get(match[1].strip())
        return "" if entry is None or entry.value is None else shown(entry.value)

    return SLOT.sub(put, pattern)
