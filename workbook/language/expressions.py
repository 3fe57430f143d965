"""The small language of rules: Jinja's expression syntax, typed, on Decimal, walked as a tree.

Jinja parses; what is not on the list below is refused before any data is seen. The tree is then
walked, in `evaluation` for its value and in `formulas` to write it as an Excel formula: walking one
tree twice is what keeps the two from drifting apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from jinja2 import TemplateSyntaxError, nodes

from workbook.figures.numbers import MOST_DECIMALS, decimals_of
from workbook.form.model import TEXTUAL, Field, Table
from workbook.language.functions import ASKING, FUNCTIONS, Type
from workbook.language.sandbox import Sandbox

COMPARISONS = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}
ARITHMETIC: dict[type[nodes.BinExpr], str] = {
    nodes.Add: "+",
    nodes.Sub: "-",
    nodes.Mul: "*",
    nodes.Div: "/",
}
MOST_LETTERS = 255  # of a text inside an Excel formula
MOST_ARGUMENTS = 255  # of an Excel function


class ExpressionError(Exception):
    """An expression its author must mend; the message is in the author's words."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The names an expression may use: single fields (or a row's columns), and tables."""

    fields: Mapping[str, Field]
    tables: Mapping[str, Table]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A field, or with `table` a column of it, that an expression reads."""

    field: Field
    table: str = ""

    @property
    def key(self) -> str:
        """How the expression writes it."""
        return f"{self.table}.{self.field.key}" if self.table else self.field.key

    def key_on(self, table: Table | None) -> str:
        """The key on a row of `table`, whose own columns stand under its name."""
        columns = table.column if table and not self.table else ()
        is_own = any(column.key == self.field.key for column in columns)
        return f"{table.key}.{self.field.key}" if table and is_own else self.key


@cache
def _parser() -> Sandbox:
    return Sandbox()


def parse(text: str, scope: Scope) -> nodes.Expr:
    """The checked tree of `text`; raises `ExpressionError`."""
    try:
        template = _parser().parse("{{ " + text + " }}")
    except TemplateSyntaxError as error:
        raise ExpressionError(f"「{text}」写法有误:{error.message}") from error
    except SyntaxError as error:  # Jinja takes a full-width digit for a digit, Python does not
        raise ExpressionError(f"「{text}」写法有误:{error.msg}") from error
    except RecursionError as error:
        raise ExpressionError(f"「{text[:20]}…」括号套得太深") from error
    body = template.body[0] if len(template.body) == 1 else None
    if not isinstance(body, nodes.Output) or len(body.nodes) != 1:
        raise ExpressionError(f"「{text}」不是一个表达式")
    tree = body.nodes[0]
    type_of(tree, scope)
    return tree


def type_of(node: nodes.Node, scope: Scope) -> Type:
    """The type of what `node` gives; raises `ExpressionError` on anything not in the language."""
    match node:
        case nodes.Const(value=None):
            return "none"
        case nodes.Const(value=bool()):
            raise ExpressionError("不能用 true、false")
        case nodes.Const(value=int()):
            return "number"
        case nodes.Const(value=str() as text):
            if len(text) > MOST_LETTERS:
                raise ExpressionError(f"引号里的文字不能超过 {MOST_LETTERS} 个字")
            return "text"
        case nodes.Name():
            return _type_of_name(node.name, scope)
        case nodes.Getattr(node=nodes.Name()):
            return "column" if _column(node, scope).field.is_number else "words"
        case nodes.Call():
            return _type_of_call(node, scope)
        case nodes.Neg():
            return _expect(node.node, scope, "number", "number")
        case nodes.BinExpr() if type(node) in ARITHMETIC:
            _expect(node.left, scope, "number", "number")
            return _expect(node.right, scope, "number", "number")
        case nodes.And() | nodes.Or():
            _expect(node.left, scope, "flag", "flag")
            return _expect(node.right, scope, "flag", "flag")
        case nodes.Not():
            return _expect(node.node, scope, "flag", "flag")
        case nodes.Compare():
            return _type_of_compare(node, scope)
        case nodes.CondExpr():
            return _type_of_choice(node, scope)
    raise ExpressionError(f"不能用这种写法({type(node).__name__})")


def _expect(node: nodes.Node, scope: Scope, wanted: Type, gives: Type) -> Type:
    return _agree(type_of(node, scope), wanted, gives)


def _agree(found: Type, wanted: Type, gives: Type) -> Type:
    if found != wanted:
        words = {
            "number": "数",
            "text": "文字",
            "date": "日期",
            "flag": "判断",
            "column": "一列数",
            "words": "一列文字",
            "table": "表",
            "none": "none",
            "field": "一个字段",
        }
        raise ExpressionError(f"这里要{words[wanted]},写的却是{words[found]}")
    return gives


def _type_of_name(name: str, scope: Scope) -> Type:
    if name in scope.tables:
        return "table"
    if name not in scope.fields:
        raise ExpressionError(f"表单里没有「{name}」")
    field = scope.fields[name]
    if field.is_number:
        return "number"
    return "date" if field.type == "date" else "text"


def _column(node: nodes.Getattr, scope: Scope) -> Leaf:
    assert isinstance(node.node, nodes.Name)
    table = scope.tables.get(node.node.name)
    if table is None:
        raise ExpressionError(f"表单里没有表「{node.node.name}」")
    for column in table.column:
        if column.key == node.attr and (column.is_number or column.type in TEXTUAL):
            return Leaf(table.read_as(column), table.key)
    raise ExpressionError(f"表「{table.key}」没有数字或文字列「{node.attr}」")


def _type_of_call(node: nodes.Call, scope: Scope) -> Type:
    name = node.node.name if isinstance(node.node, nodes.Name) else ""
    literal = constant(node)
    if isinstance(literal, Decimal) and literal.is_finite():  # 0.8, see sandbox.DecimalLiterals
        return "number"
    function = FUNCTIONS.get(name)
    if function is None or node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise ExpressionError(f"没有函数「{name}」,可用的有:{'、'.join(FUNCTIONS)}")
    takes = function.taken(len(node.args))
    if len(node.args) != len(takes):
        raise ExpressionError(f"函数「{name}」要 {len(function.takes)} 个参数")
    if len(takes) > MOST_ARGUMENTS:
        raise ExpressionError(f"函数「{name}」最多 {MOST_ARGUMENTS} 个参数")
    if name in ASKING:
        return _type_of_question(name, node.args[0], scope)
    for argument, wanted in zip(node.args, takes, strict=True):
        _expect(argument, scope, wanted, wanted)
    if name.endswith("_where") and len(set(_tables_of_columns(node.args))) > 1:
        raise ExpressionError(f"函数「{name}」里的几列要在同一张表里")
    if name == "round" and not _is_decimals(node.args[1]):
        raise ExpressionError(f"round 的位数要直接写 0 到 {MOST_DECIMALS} 的整数")
    return function.gives


def _tables_of_columns(arguments: list[nodes.Expr]) -> Iterator[str]:
    for argument in arguments:
        if isinstance(argument, nodes.Getattr) and isinstance(argument.node, nodes.Name):
            yield argument.node.name


def _type_of_question(name: str, asked: nodes.Expr, scope: Scope) -> Type:
    if not isinstance(asked, nodes.Name) or asked.name not in scope.fields:
        raise ExpressionError(f"函数「{name}」要一个字段的名字")
    return "flag"


def _is_decimals(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Const) and node.value in range(MOST_DECIMALS + 1)


def _type_of_compare(node: nodes.Compare, scope: Scope) -> Type:
    left = type_of(node.expr, scope)
    for operand in node.ops:
        if operand.op not in COMPARISONS:
            raise ExpressionError("比较只能用 == != < <= > >=")
        if left == "text" and operand.op not in ("eq", "ne"):
            raise ExpressionError("文字只能比较相同(==)或不同(!=)")
        if left not in ("number", "text", "date"):
            raise ExpressionError("只有数、文字和日期能比较")
        _expect(operand.expr, scope, left, left)
    return "flag"


def _type_of_choice(node: nodes.CondExpr, scope: Scope) -> Type:
    _expect(node.test, scope, "flag", "flag")
    if node.expr2 is None:
        raise ExpressionError("if 后面要有 else")
    first, second = type_of(node.expr1, scope), type_of(node.expr2, scope)
    if "none" in (first, second) and first != second:
        return second if first == "none" else first
    return _agree(second, first, first)  # walking it again would double the time at every else


def leaves(node: nodes.Node, scope: Scope) -> Iterator[Leaf]:
    """The fields and columns that `node` reads, from left to right, each once."""
    seen: set[str] = set()
    for leaf in _leaves(node, scope):
        if leaf.key not in seen:
            seen.add(leaf.key)
            yield leaf


def _leaves(node: nodes.Node, scope: Scope) -> Iterator[Leaf]:
    if isinstance(node, nodes.Getattr):
        yield _column(node, scope)
    elif isinstance(node, nodes.Name):
        if node.name in scope.fields:
            yield Leaf(scope.fields[node.name])
    elif isinstance(node, nodes.Call):
        for argument in node.args:
            yield from _leaves(argument, scope)
    else:
        for child in node.iter_child_nodes():
            yield from _leaves(child, scope)


def calls(trees: Sequence[nodes.Expr], *functions: str) -> Iterator[nodes.Call]:
    """The calls of some functions, wherever they stand."""
    for tree in trees:
        for call in (*([tree] if isinstance(tree, nodes.Call) else []), *tree.find_all(nodes.Call)):
            if isinstance(call.node, nodes.Name) and call.node.name in functions:
                yield call


def tables(node: nodes.Node, scope: Scope) -> Iterator[str]:
    """The tables that `node` reads a column or counts the rows of."""
    for name in node.find_all(nodes.Name):
        if name.name in scope.tables:
            yield name.name


def constant(node: nodes.Node) -> Decimal | str | None:
    """The literal that `node` is, or None."""
    if isinstance(node, nodes.Const) and node.value is not None:
        return node.value if isinstance(node.value, str) else Decimal(node.value)
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        argument = node.args[0] if node.node.name == "decimal" and node.args else None
        text = argument.value if isinstance(argument, nodes.Const) else None
        with suppress(InvalidOperation):
            return Decimal(text) if isinstance(text, str) else None
    return None


def decimals(node: nodes.Node, scope: Scope) -> int:
    """How many decimals the value of `node` can carry, at most `MOST_DECIMALS`."""
    return min(_decimals(node, scope), MOST_DECIMALS)


def _decimals(node: nodes.Node, scope: Scope) -> int:
    literal = constant(node)
    if isinstance(literal, Decimal):
        return decimals_of(literal)
    match node:
        case nodes.Name() if node.name in scope.fields:
            return _places(scope.fields[node.name])
        case nodes.Getattr():
            return _places(_column(node, scope).field)
        case nodes.Call(node=nodes.Name(name="round")):
            return int(node.args[1].as_const())
        case nodes.Call(
            node=nodes.Name(name="count" | "count_items" | "count_where" | "floor" | "year")
        ):
            return 0
        case nodes.Call(node=nodes.Name(name="sum_where")):
            return _decimals(node.args[0], scope)
        case nodes.Call():
            return max(_decimals(argument, scope) for argument in node.args)
        case nodes.Mul():
            return _decimals(node.left, scope) + _decimals(node.right, scope)
        case nodes.Div():
            return MOST_DECIMALS
        case nodes.BinExpr():
            return max(_decimals(node.left, scope), _decimals(node.right, scope))
        case nodes.Neg():
            return _decimals(node.node, scope)
        case nodes.CondExpr(expr2=nodes.Expr() as other):
            return max(_decimals(node.expr1, scope), _decimals(other, scope))
    return 0


def _places(field: Field) -> int:
    return MOST_DECIMALS if field.places is None else field.places


def comparisons(node: nodes.Compare) -> Iterator[tuple[nodes.Expr, str, nodes.Expr]]:
    """The pairs of a comparison chain, `a < b < c` being two."""
    left = node.expr
    for operand in node.ops:
        yield left, COMPARISONS[operand.op], operand.expr
        left = operand.expr
