"""The constructs that make one expression of others, comparisons and functions aside."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from workbook.catalogue.rules import AND, CHOICE, NOT, OR
from workbook.figures.numbers import MOST_DECIMALS
from workbook.language.excel import ExcelCells
from workbook.language.expression import Expression, Term
from workbook.language.model import PLAIN, LookUp, Told, Type
from workbook.language.names import Number
from workbook.language.operators import Arithmetic


@dataclass(frozen=True)
class Negative(Expression):
    """`-甲`."""

    of: Expression
    type = Type.NUMBER

    @property
    def parts(self) -> tuple[Expression, ...]:
        return (self.of,)

    @property
    def decimals(self) -> int:
        return self.of.decimals

    def value(self, look_up: LookUp) -> Decimal:
        figure: Decimal = self.of.value(look_up)
        return -figure

    def excel(self, cells: ExcelCells) -> str:
        return f"(-({self.of.excel(cells)}))"

    def words(self, told: Told = PLAIN) -> str:
        return f"-{in_brackets(self.of, told)}"

    def terms(self) -> tuple[Term, ...] | None:
        return _multiplied(self.of.terms(), Decimal(-1))


def _multiplied(terms: tuple[Term, ...] | None, factor: Decimal) -> tuple[Term, ...] | None:
    if terms is None:
        return None
    return tuple(Term(factor * term.factor, term.leaf) for term in terms)


def in_brackets(part: Expression, told: Told) -> str:
    """A part in a sentence, in brackets where it is a calculation."""
    text = part.words(told)
    return f"({text})" if isinstance(part, Calculation) else text


@dataclass(frozen=True)
class Calculation(Expression):
    """`甲 + 乙`, `甲 - 乙`, `甲 * 乙`, `甲 / 乙`."""

    left: Expression
    operation: Arithmetic
    right: Expression
    type = Type.NUMBER

    @property
    def parts(self) -> tuple[Expression, ...]:
        return self.left, self.right

    @cached_property
    def decimals(self) -> int:
        left, right = self.left.decimals, self.right.decimals
        match self.operation:
            case Arithmetic.MULTIPLY:
                return min(left + right, MOST_DECIMALS)
            case Arithmetic.DIVIDE:
                return MOST_DECIMALS
            case _:
                return max(left, right)

    def value(self, look_up: LookUp) -> Decimal:
        return self.operation.of(self.left.value(look_up), self.right.value(look_up))

    def excel(self, cells: ExcelCells) -> str:
        left, right = self.left.excel(cells), self.right.excel(cells)
        if self.operation is Arithmetic.ADD:
            return f"{left}+{right}"
        right = f"({right})" if isinstance(self.right, Calculation) else right
        left = f"({left})" if _is_sum(self.left) and not self.operation.is_sum else left
        return f"{left}{self.operation.value}{right}"

    def words(self, told: Told = PLAIN) -> str:
        """In brackets only what would have another value without them."""
        left, right = self.left.words(told), self.right.words(told)
        if _is_sum(self.left) and not self.operation.is_sum:
            left = f"({left})"
        if self._brackets_right():
            right = f"({right})"
        return f"{left} {self.operation.sign} {right}"

    def _brackets_right(self) -> bool:
        match self.operation:
            case Arithmetic.ADD:
                return False
            case Arithmetic.DIVIDE:
                return isinstance(self.right, Calculation)
            case _:
                return _is_sum(self.right)

    def terms(self) -> tuple[Term, ...] | None:
        left, right = self.left.terms(), self.right.terms()
        if self.operation is Arithmetic.MULTIPLY and isinstance(self.right, Number):
            return _multiplied(left, self.right.figure)
        if self.operation is Arithmetic.SUBTRACT:
            right = _multiplied(right, Decimal(-1))
        return left + right if self.operation.is_sum and left and right else None


def _is_sum(expression: Expression) -> bool:
    return isinstance(expression, Calculation) and expression.operation.is_sum


@dataclass(frozen=True)
class Junction(Expression):
    """`甲 > 0 and 乙 > 0`, or with `or`; both sides are always evaluated, as Excel does."""

    left: Expression
    right: Expression
    is_and: bool
    type = Type.FLAG

    @property
    def parts(self) -> tuple[Expression, ...]:
        return self.left, self.right

    def value(self, look_up: LookUp) -> bool:
        both = [part.value(look_up) for part in self.parts]
        return all(both) if self.is_and else any(both)

    def excel(self, cells: ExcelCells) -> str:
        sides = ",".join(part.excel(cells) for part in self.parts)
        return f"{'AND' if self.is_and else 'OR'}({sides})"

    def words(self, told: Told = PLAIN) -> str:
        joint = (AND if self.is_and else OR)(told.language)
        return joint.join(part.words(told) for part in self.parts)


@dataclass(frozen=True)
class Denial(Expression):
    """`not given(甲)`."""

    of: Expression
    type = Type.FLAG

    @property
    def parts(self) -> tuple[Expression, ...]:
        return (self.of,)

    def value(self, look_up: LookUp) -> bool:
        return not self.of.value(look_up)

    def excel(self, cells: ExcelCells) -> str:
        return f"NOT({self.of.excel(cells)})"

    def words(self, told: Told = PLAIN) -> str:
        return NOT(told.language, of=self.of.words(told))


@dataclass(frozen=True)
class Choice(Expression):
    """`甲 if 乙 > 0 else none`."""

    test: Expression
    first: Expression
    other: Expression

    @cached_property
    def type(self) -> Type:
        return self.other.type if self.first.type is Type.NONE else self.first.type

    @property
    def parts(self) -> tuple[Expression, ...]:
        return self.test, self.first, self.other

    @cached_property
    def decimals(self) -> int:
        return max(self.first.decimals, self.other.decimals)

    def value(self, look_up: LookUp) -> Any:
        chosen = self.first if self.test.value(look_up) else self.other
        return chosen.value(look_up)

    def excel(self, cells: ExcelCells) -> str:
        return f"IF({','.join(part.excel(cells) for part in self.parts)})"

    def is_blank(self, look_up: LookUp) -> bool:
        chosen = self.first if self.test.value(look_up) else self.other
        return chosen.is_blank(look_up)

    def blank_test(self, cells: ExcelCells) -> str:
        first, other = (one.blank_test(cells) for one in (self.first, self.other))
        if not (first or other):
            return ""
        return f"IF({self.test.excel(cells)},{first or 'FALSE'},{other or 'FALSE'})"

    def words(self, told: Told = PLAIN) -> str:
        test, first, other = (part.words(told) for part in self.parts)
        return CHOICE(told.language, first=first, test=test, other=other)
