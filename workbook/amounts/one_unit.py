"""In which unit of money the figures of an expression are, and whether 元 meets 万元 in it."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from workbook.language.comparison import Comparison
from workbook.language.constructs import Calculation, Choice, Negative
from workbook.language.expression import Expression
from workbook.language.functions import Absolute, Floor, Least, Most, Round, Total
from workbook.language.model import ExpressionError, Leaf
from workbook.language.names import ColumnName, FieldName, Number
from workbook.language.row_functions import FigureWhere, Sum, SumWhere

_SCALES: Final = {"元": 0, "千元": 3, "万元": 4, "百万元": 6, "亿元": 8}  # powers of ten
_Amounts = dict[str, Leaf]  # by unit the first figure of it


def must_be_of_one_unit(tree: Expression, told_in: Leaf | None = None) -> None:
    """Refuse to add 元 to 万元, to compare the two or to choose between them: it ties by chance.

    All comparisons and sums of the tree are looked at, and with `told_in` the cell that is to hold
    its value. Whoever multiplies or divides a figure has converted it.
    """
    _must_be_one(_together([_own(told_in) if told_in else {}, _of(tree)]))


def _of(part: Expression) -> _Amounts:
    """The units in which a part gives an amount, none where it gives none or a multiple of one."""
    of_parts = [_of(one) for one in part.parts]
    match part:
        case FieldName() | ColumnName():
            return _own(part.leaf)
        case Comparison():
            for sides in pairwise(of_parts):
                _must_be_one(_together(sides))
        case Negative() | Sum() | SumWhere() | FigureWhere() | Round() | Absolute() | Floor():
            return of_parts[0]
        case Total() | Least() | Most():
            return _together(of_parts)
        case Choice():
            return _together(of_parts[1:])
        case Calculation() if part.operation.is_sum or any(map(_is_one, part.parts)):
            return _together(of_parts)
        case _:
            for one in of_parts:
                _must_be_one(one)
    return {}


def _is_one(part: Expression) -> bool:
    """Whether a figure times or by this part stays what it is, its sign aside."""
    return isinstance(part, Number) and abs(part.figure) == 1


def _own(leaf: Leaf) -> _Amounts:
    return {leaf.field.unit: leaf} if leaf.field.unit in _SCALES else {}


def _together(amounts: Iterable[_Amounts]) -> _Amounts:
    found: _Amounts = {}
    for one in amounts:
        found |= {unit: leaf for unit, leaf in one.items() if unit not in found}
    return found


def _must_be_one(amounts: _Amounts) -> None:
    if len(amounts) > 1:
        one, other = list(amounts.values())[:2]
        raise ExpressionError(
            f"「{one.field.key}」的单位是{one.field.unit},"
            f"「{other.field.key}」的单位是{other.field.unit},"
            f"不能直接相加减或比较,请先换算,如 {_converted(one, other)}"
        )


def _converted(one: Leaf, other: Leaf) -> str:
    """The figure in the smaller unit, brought to the larger one."""
    small, large = sorted((one, other), key=lambda leaf: _SCALES[leaf.field.unit])
    return f"{small.key} / {10 ** (_SCALES[large.field.unit] - _SCALES[small.field.unit])}"
