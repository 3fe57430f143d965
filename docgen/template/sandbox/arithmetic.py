"""Operators on the values of templates: exact where a Decimal takes part, never without bound."""

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from docgen.template.sandbox.bounded import BoundReached, check_format, check_length

MOST_BITS: Final = 65_536
NUMBERS: Final = (int, float, Decimal)
OPERATORS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}


def is_number(value: Any) -> bool:
    """Whether `value` can be calculated with."""
    return isinstance(value, NUMBERS)


def matched(left: Any, right: Any) -> tuple[Any, Any]:
    """Two numbers of types that go together: a float beside a Decimal becomes exact."""
    if isinstance(left, float) and isinstance(right, Decimal):
        return Decimal(repr(left)), right
    if isinstance(left, Decimal) and isinstance(right, float):
        return left, Decimal(repr(right))
    return left, right


def check_size(sign: str, left: Any, right: Any) -> None:
    """Raise `BoundReached` where whole numbers would grow beyond all use."""
    if not isinstance(left, int) or not isinstance(right, int):
        return
    bits = (
        left.bit_length() * abs(right) if sign == "**" else left.bit_length() + right.bit_length()
    )
    if sign in ("*", "**") and bits > MOST_BITS:
        raise BoundReached("数太大")


def combined(sign: str, left: Any, right: Any) -> Any:
    """`left` and `right` under `sign` where they are not both numbers: text, lists, dates."""
    if sign == "%" and isinstance(left, str):
        check_format(left)
    elif sign == "+" and hasattr(left, "__len__") and hasattr(right, "__len__"):
        check_length(len(left) + len(right))
    return OPERATORS[sign](left, right)
