"""Operators on the values of templates: exact where a Decimal takes part, never without bound."""

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from docgen.template.sandbox.bounded import check_digits
from docgen.template.sandbox.budget import CONTAINERS, BoundReached, Budget, check_length
from docgen.template.sandbox.formats import by_percent

MOST_BITS: Final = 65_536
MOST_REPEATED: Final = 1_000  # letters of a text that is repeated
OF_A_POWER: Final = 300  # steps
DEEPEST: Final = 60  # tuples in one another; Python follows them in C, without a bound
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


def check_size(budget: Budget, sign: str, left: Any, right: Any) -> None:
    """Raise `BoundReached` where numbers would grow beyond all use."""
    if isinstance(left, int) and isinstance(right, int):
        bits = left.bit_length() + right.bit_length()
        if sign == "**":
            bits = left.bit_length() * abs(right)
        if sign in ("*", "**") and bits > MOST_BITS:
            raise BoundReached("数太大")
        if bits > 512:
            budget.spend(bits // 64 * (bits // 64) // 4)
        return
    if sign == "**":
        budget.spend(OF_A_POWER)
    for one in (left, right):
        if isinstance(one, Decimal):
            check_digits(one)
        elif isinstance(one, int) and one.bit_length() > MOST_BITS:
            raise BoundReached("数太大")


def combined(budget: Budget, sign: str, left: Any, right: Any) -> Any:
    """`left` and `right` under `sign` where they are not both numbers: text, lists, dates."""
    if sign == "%" and isinstance(left, str):
        return by_percent(budget, left, right)
    if sign == "+" and hasattr(left, "__len__") and hasattr(right, "__len__"):
        check_length(len(left) + len(right))
        made = budget.keep(left + right)
        return whole(budget, made) if isinstance(made, tuple) else made
    if sign == "-" and isinstance(left, CONTAINERS):
        budget.spend(len(left))
    return OPERATORS[sign](left, right)


def may_repeat(left: Any, right: Any) -> bool:
    """Whether they are a text and how often it is to be repeated, as docxtpl's templates indent."""
    text, times = (left, right) if isinstance(left, str) else (right, left)
    is_asked = isinstance(text, str) and isinstance(times, int)
    return is_asked and len(text) * times <= MOST_REPEATED


def whole(budget: Budget, made: tuple[Any, ...]) -> tuple[Any, ...]:
    """A tuple, which may become a key: Python goes through all that it holds for that."""
    level = [item for item in made if isinstance(item, tuple)]
    if level:
        budget.go_through(made)
    for _ in range(DEEPEST):
        if not level:
            return made
        # one that is held twice is looked at once
        inside = {id(item): item for one in level for item in one if isinstance(item, tuple)}
        level = list(inside.values())
    raise BoundReached("列表套得太深")
