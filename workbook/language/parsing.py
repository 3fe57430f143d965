"""An expression's text read: Jinja parses it, and what is in the language becomes our constructs.

What is not is refused here, before any data is seen. Every name is resolved and every type checked
on the way, so that a tree that exists can be evaluated and written down.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from functools import cache

from jinja2 import TemplateSyntaxError, nodes

from workbook.form.field import TEXTUAL
from workbook.form.own_functions import OwnFunction
from workbook.language.call import Call
from workbook.language.comparison import Comparison, Pair
from workbook.language.constructs import Calculation, Choice, Denial, Junction, Negative
from workbook.language.expression import Expression
from workbook.language.functions import FUNCTIONS, Above, Question
from workbook.language.mending import mended, near, reason
from workbook.language.model import ExpressionError, Scope, Type
from workbook.language.names import ColumnName, FieldName, Nothing, NoValue, Number, TableName, Text
from workbook.language.operators import Arithmetic, Relation
from workbook.language.own_functions import TYPES, OwnCall
from workbook.language.sandbox import Sandbox

RELATIONS = {
    "eq": Relation.EQUAL,
    "ne": Relation.OTHER,
    "lt": Relation.LESS,
    "lteq": Relation.AT_MOST,
    "gt": Relation.MORE,
    "gteq": Relation.AT_LEAST,
}
ARITHMETIC: dict[type[nodes.BinExpr], Arithmetic] = {
    nodes.Add: Arithmetic.ADD,
    nodes.Sub: Arithmetic.SUBTRACT,
    nodes.Mul: Arithmetic.MULTIPLY,
    nodes.Div: Arithmetic.DIVIDE,
}
MOST_LETTERS = 255  # of a text inside an Excel formula
MOST_ARGUMENTS = 255  # of an Excel function
MOST_TEXT = 8192  # letters of an expression, as of an Excel formula, which is no shorter than it
MOST_DIGITS = 15  # that Excel keeps of a figure
LEAST, MOST = Decimal("1e-15"), Decimal("1e15")

_ADDRESS = re.compile(r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}", re.ASCII)


@cache
def _parser() -> Sandbox:
    return Sandbox()


def parse(text: str, scope: Scope, *, may_be_blank: bool = False) -> Expression:
    """The checked expression; raises `ExpressionError`.

    `parse("甲 + 1", scope)` is `Calculation(FieldName(甲), Arithmetic.ADD, Number(1))`. One that
    `may_be_blank` gives a cell its value, and says nothing where an `if` has no `else`. Where it
    would be right if it were written as expressions are here, the error says how.
    """
    try:
        return _parsed(text, scope, may_be_blank=may_be_blank)
    except ExpressionError as error:
        if other := proposed(text, scope, may_be_blank=may_be_blank):
            raise ExpressionError(f"「{text}」写法有误,是不是「{other}」?") from error
        raise


def proposed(text: str, scope: Scope, *, may_be_blank: bool = False) -> str:
    """What an author may have meant and how it is written here, "" where nothing is understood."""
    others = (text, *mended(text))
    return next((one for one in others if _is_right(one, scope, may_be_blank=may_be_blank)), "")


def _is_right(text: str, scope: Scope, *, may_be_blank: bool) -> bool:
    with suppress(ExpressionError):
        _parsed(text, scope, may_be_blank=may_be_blank)
        return True
    return False


def _parsed(text: str, scope: Scope, *, may_be_blank: bool) -> Expression:
    if len(text) > MOST_TEXT:
        raise ExpressionError(f"「{_shortened(text)}」有 {len(text)} 个字,最多 {MOST_TEXT} 个")
    try:
        template = _parser().parse("{{ " + text + " }}")
        body = template.body[0] if len(template.body) == 1 else None
        if not isinstance(body, nodes.Output) or len(body.nodes) != 1:
            raise ExpressionError(f"「{text}」不是一个表达式")
        tree = _checked(body.nodes[0], scope)
        branches = set(map(id, _branches(tree))) if may_be_blank else set()
        if any(isinstance(one, Nothing) and id(one) not in branches for one in tree.walk()):
            raise ExpressionError("if 后面要有 else")
        return tree
    except TemplateSyntaxError as error:
        raise ExpressionError(f"「{text}」写法有误:{reason(error.message or '')}") from error
    except SyntaxError as error:  # Jinja takes a full-width digit for a digit, Python does not
        raise ExpressionError(f"「{text}」写法有误:请检查数字和运算符") from error
    except RecursionError as error:
        raise ExpressionError(f"「{_shortened(text)}」太长,或括号套得太深") from error
    except ValueError as error:  # Python reads no number of more than 4,300 digits
        raise ExpressionError(f"「{_shortened(text)}」里有一个数太长") from error


def _branches(tree: Expression) -> Iterator[Expression]:
    """What the whole expression may turn out to be, by the choices that it begins with."""
    yield tree
    if isinstance(tree, Choice):
        yield from _branches(tree.first)
        yield from _branches(tree.other)


def _checked(node: nodes.Node, scope: Scope) -> Expression:
    match node:
        case nodes.Const():
            return _literal(node)
        case nodes.Name():
            return _name(node.name, scope)
        case nodes.Getattr(node=nodes.Name() as table):
            return _column(table.name, node.attr, scope)
        case nodes.Call():
            return _call(node, scope)
        case nodes.Neg():
            return Negative(_of_type(Type.NUMBER, node.node, scope))
        case nodes.BinExpr() if operation := ARITHMETIC.get(type(node)):
            left = _of_type(Type.NUMBER, node.left, scope)
            return Calculation(left, operation, _of_type(Type.NUMBER, node.right, scope))
        case nodes.And() | nodes.Or():
            left = _of_type(Type.FLAG, node.left, scope)
            right = _of_type(Type.FLAG, node.right, scope)
            return Junction(left, right, is_and=isinstance(node, nodes.And))
        case nodes.Not():
            return Denial(_of_type(Type.FLAG, node.node, scope))
        case nodes.Compare():
            return _comparison(node, scope)
        case nodes.CondExpr():
            return _choice(node, scope)
    raise ExpressionError(f"不能用这种写法({type(node).__name__})")


def _of_type(wanted: Type, node: nodes.Node, scope: Scope) -> Expression:
    expression = _checked(node, scope)
    _agree(expression.type, wanted)
    return expression


def _agree(found: Type, wanted: Type) -> None:
    if found is not wanted:
        raise ExpressionError(f"这里要{wanted.called},写的却是{found.called}")


def _literal(node: nodes.Const) -> Expression:
    match node.value:
        case None:
            return NoValue()
        case bool():
            raise ExpressionError("不能用 true、false")
        case int() as figure:
            return _figure(str(figure))
        case str() as text if len(text) <= MOST_LETTERS:
            return Text(text)
        case str():
            raise ExpressionError(f"引号里的文字不能超过 {MOST_LETTERS} 个字")
    raise ExpressionError(f"不能用这种写法({type(node).__name__})")


def _name(name: str, scope: Scope) -> Expression:
    if name in scope.tables:
        return TableName(scope.tables[name])
    if name not in scope.fields:
        raise ExpressionError(_unknown(name, scope))
    return FieldName(scope.fields[name])


def _unknown(name: str, scope: Scope) -> str:
    """What is said of a name that is none here: an address, a column, or one that is near."""
    if _ADDRESS.fullmatch(name):
        return f"表单里没有「{name}」:这像是单元格地址,请写那一格的 key"
    tables = scope.tables.values()
    owner = next((one.key for one in tables if name in (c.key for c in one.column)), "")
    if not owner:
        return f"表单里没有「{name}」{near(name, [*scope.fields, *scope.tables])}"
    return (
        f"表单里没有「{name}」,它是表「{owner}」的一列:整列写成 {owner}.{name},"
        f'如 sum({owner}.{name});规则要逐行核对的,加一行 each = "{owner}"'
    )


def _column(name: str, key: str, scope: Scope) -> ColumnName:
    table = scope.tables.get(name)
    if table is None:
        raise ExpressionError(f"表单里没有表「{name}」{near(name, scope.tables)}")
    for column in table.column:
        if column.key == key and (column.is_number or column.type in TEXTUAL):
            return ColumnName(table, table.read_as(column))
    columns = [column.key for column in table.column]
    raise ExpressionError(f"表「{table.key}」没有数字或文字列「{key}」{near(key, columns)}")


def _call(node: nodes.Call, scope: Scope) -> Expression:
    if (figure := _decimal(node)) is not None:
        return figure
    name = node.node.name if isinstance(node.node, nodes.Name) else ""
    function, own = FUNCTIONS.get(name), scope.functions.get(name)
    is_odd = bool(node.kwargs or node.dyn_args or node.dyn_kwargs)
    if own is not None and not is_odd:
        return _own_call(own, node, scope)
    if function is None or is_odd:
        known = (*FUNCTIONS, *scope.functions)
        raise ExpressionError(f"没有函数「{name}」{near(name, known)},可用的有:{'、'.join(known)}")
    takes = function.taken(len(node.args))
    if len(node.args) != len(takes):
        raise ExpressionError(f"函数「{name}」要 {len(function.takes)} 个参数")
    if len(takes) > MOST_ARGUMENTS:
        raise ExpressionError(f"函数「{name}」最多 {MOST_ARGUMENTS} 个参数")
    call = function(_arguments(function, node, scope))
    if call.fault:
        raise ExpressionError(call.fault)
    return call


def _own_call(own: OwnFunction, node: nodes.Call, scope: Scope) -> OwnCall:
    if len(node.args) != len(own.takes):
        raise ExpressionError(f"函数「{own.name}」要 {len(own.takes)} 个参数")
    wanted = [TYPES[one] for one in own.takes]
    pairs = zip(wanted, node.args, strict=True)
    return OwnCall(own, tuple(_of_type(one, argument, scope) for one, argument in pairs))


def _decimal(node: nodes.Call) -> Number | None:
    """The figure of `0.8`, which `sandbox.DecimalLiterals` has made a call; None of any other."""
    match node:
        case nodes.Call(
            node=nodes.Name(name="decimal"), args=[nodes.Const(value=str() as digits)], kwargs=[]
        ):
            # What overflows a float is `inf` by then; other words are no figure that was written.
            return _figure(digits) if digits == "inf" or digits[:1].isdigit() else None
    return None


def _figure(text: str) -> Number:
    """The figure that a text writes, which Excel must be able to take as exactly as we do."""
    figure = Decimal("nan")
    with suppress(InvalidOperation):
        figure = Decimal(text)
    is_kept = figure.is_finite() and len(figure.normalize().as_tuple().digits) <= MOST_DIGITS
    if not (is_kept and (figure == 0 or LEAST <= abs(figure) < MOST)):
        said = "有一个数太大" if text == "inf" else f"「{_shortened(text)}」这个数太长"
        raise ExpressionError(f"{said}:Excel 只认 {MOST_DIGITS} 位数字")
    return Number(figure)


def _shortened(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"


def _arguments(function: type[Call], node: nodes.Call, scope: Scope) -> tuple[Expression, ...]:
    if function is Above:
        return (_above(node, scope),)
    if not issubclass(function, Question):
        takes = function.taken(len(node.args))
        return tuple(
            _of_type(wanted, one, scope) for wanted, one in zip(takes, node.args, strict=True)
        )
    (asked,) = node.args
    if not isinstance(asked, nodes.Name) or asked.name not in scope.fields:
        raise ExpressionError(f"函数「{function.name}」要一个字段的名字")
    return (FieldName(scope.fields[asked.name]),)


def _above(node: nodes.Call, scope: Scope) -> Expression:
    """The column whose cell in the row above is meant."""
    (asked,) = node.args
    table, key = scope.row_of, asked.name if isinstance(asked, nodes.Name) else ""
    for column in table.column if table else ():
        if column.key == key and column.type in TEXTUAL:
            return FieldName(column)
    raise ExpressionError("函数「above」要这张表的一个文字列,而且只用在表里")


def _comparison(node: nodes.Compare, scope: Scope) -> Comparison:
    pairs = []
    left = _checked(node.expr, scope)
    for operand in node.ops:
        relation = RELATIONS.get(operand.op)
        if relation is None:
            raise ExpressionError("比较只能用 == != < <= > >=")
        if left.type is Type.TEXT and relation not in (Relation.EQUAL, Relation.OTHER):
            raise ExpressionError("文字只能比较相同(==)或不同(!=)")
        if left.type not in (Type.NUMBER, Type.TEXT, Type.DATE):
            raise ExpressionError("只有数、文字和日期能比较")
        right = _of_type(left.type, operand.expr, scope)
        pairs.append(Pair(left, relation, right))
        left = right
    return Comparison(tuple(pairs))


def _choice(node: nodes.CondExpr, scope: Scope) -> Choice:
    test = _of_type(Type.FLAG, node.test, scope)
    first = _checked(node.expr1, scope)
    other = Nothing() if node.expr2 is None else _checked(node.expr2, scope)
    if Type.NONE not in (first.type, other.type):
        _agree(other.type, first.type)
    return Choice(test, first, other)
