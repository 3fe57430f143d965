"""Comparing and calculating: each operator as its author, Python, Excel and a sentence write it."""

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from workbook.language.model import ZeroDivisorError


class Relation(Enum):
    """How two values of one type compare.

    `Relation("<=")` is written `<=` in a formula, `≤` in a sentence, and `>` where it fails.
    """

    EQUAL = "=="
    OTHER = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="

    @property
    def excel(self) -> str:
        """The relation in a formula."""
        return {"==": "=", "!=": "<>"}.get(self.value, self.value)

    @property
    def sign(self) -> str:
        """The relation in a sentence."""
        return {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥"}.get(self.value, self.value)

    @property
    def failed_sign(self) -> str:
        """What a sentence says instead where the relation does not hold."""
        return _OPPOSITE[self].sign

    def holds(self, left: Any, right: Any) -> bool:
        """Whether two values of one type stand so to each other."""
        return bool(_COMPARE[self](left, right))


_OPPOSITE = {
    Relation.EQUAL: Relation.OTHER,
    Relation.OTHER: Relation.EQUAL,
    Relation.LESS: Relation.AT_LEAST,
    Relation.AT_MOST: Relation.MORE,
    Relation.MORE: Relation.AT_MOST,
    Relation.AT_LEAST: Relation.LESS,
}
_COMPARE = {
    Relation.EQUAL: operator.eq,
    Relation.OTHER: operator.ne,
    Relation.LESS: operator.lt,
    Relation.AT_MOST: operator.le,
    Relation.MORE: operator.gt,
    Relation.AT_LEAST: operator.ge,
}


class Arithmetic(Enum):
    """How a figure is made of two others; the value is the sign in an expression and in Excel."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"

    @property
    def sign(self) -> str:
        """The sign in a sentence."""
        return {"*": "×", "/": "÷"}.get(self.value, self.value)

    @property
    def is_sum(self) -> bool:
        """Whether it adds or subtracts, and so binds less tightly than the others."""
        return self in (Arithmetic.ADD, Arithmetic.SUBTRACT)

    def of(self, left: Decimal, right: Decimal) -> Decimal:
        """The figure; raises `ZeroDivisorError`."""
        if self is Arithmetic.DIVIDE and right == 0:
            raise ZeroDivisorError
        return _CALCULATE[self](left, right)


_CALCULATE: Mapping[Arithmetic, Callable[[Decimal, Decimal], Decimal]] = {
    Arithmetic.ADD: operator.add,
    Arithmetic.SUBTRACT: operator.sub,
    Arithmetic.MULTIPLY: operator.mul,
    Arithmetic.DIVIDE: operator.truediv,
}
