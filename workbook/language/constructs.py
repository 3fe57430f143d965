"""The constructs of the rule language: each says in one place all that it means.

Its type, its value on Decimal, its text in an Excel formula and its words in a sentence stand side
by side, so that they cannot drift apart; the functions are constructs too, in `functions`.

    >>> claim = parse("基本支出 == 人员经费 + 公用经费", scope)
    >>> claim.type, claim.value({"基本支出": 3, "人员经费": 1, "公用经费": 2}.get)
    (Type.FLAG, True)
    >>> claim.excel(ExcelCells(inputs_of([claim])))
    'ROUND((基本支出)-(人员经费+公用经费),2)=0'
    >>> claim.words()
    '基本支出 = 人员经费 + 公用经费'
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from workbook.figures.numbers import MOST_DECIMALS, decimals_of, plain, rounded
from workbook.form.model import Field, Table
from workbook.language.excel import ExcelCells, rounded_text
from workbook.language.model import NOTHING, Leaf, LookUp, NotApplicableError, Type
from workbook.language.operators import Arithmetic, Relation
from workbook.reading.values import ABSENT, shown


class Term(NamedTuple):
    """A figure of a sum and how often it is added; without a leaf, a figure that is written out."""

    factor: Decimal
    leaf: Leaf | None = None


class Expression(ABC):
    """A checked expression, or a part of one."""

    @property
    @abstractmethod
    def type(self) -> Type:
        """What it gives."""

    @property
    def decimals(self) -> int:
        """How many decimals its figure can carry, at most `MOST_DECIMALS`."""
        return 0

    @property
    def parts(self) -> tuple["Expression", ...]:
        """What it is made of, from left to right."""
        return ()

    @abstractmethod
    def value(self, look_up: LookUp) -> Any:
        """Its value; raises `ZeroDivisorError` and `NotApplicableError`."""

    @abstractmethod
    def excel(self, cells: ExcelCells) -> str:
        """Its text in a formula, which gives the same value."""

    @abstractmethod
    def words(self, look_up: LookUp | None = None) -> str:
        """It in a sentence; with `look_up` each figure stands behind its label."""

    def terms(self) -> tuple[Term, ...] | None:
        """The figures that it adds up, None where it is no sum of figures and their multiples."""
        return None

    def walk(self) -> Iterator["Expression"]:
        """It and all its parts, from left to right."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def leaves(self) -> Iterator[Leaf]:
        """The fields and columns that it reads, from left to right, each once."""
        found = (one.leaf for one in self.walk() if isinstance(one, FieldName | ColumnName))
        yield from {leaf.key: leaf for leaf in found}.values()

    def addends(self) -> tuple[Leaf, ...]:
        """The leaves of a plain sum, such as `甲 + sum(项目.金额)`; none of anything else."""
        terms = self.terms() or ()
        leaves = tuple(term.leaf for term in terms if term.leaf and term.factor == 1)
        return leaves if len(leaves) == len(terms) else ()


@dataclass(frozen=True)
class Number(Expression):
    """A figure that is written out: `0.8`."""

    figure: Decimal
    type = Type.NUMBER

    @property
    def decimals(self) -> int:
        return min(decimals_of(self.figure), MOST_DECIMALS)

    def value(self, look_up: LookUp) -> Decimal:
        return self.figure

    def excel(self, cells: ExcelCells) -> str:
        return plain(self.figure)

    def words(self, look_up: LookUp | None = None) -> str:
        return shown(self.figure)

    def terms(self) -> tuple[Term, ...]:
        return (Term(self.figure),)


@dataclass(frozen=True)
class Text(Expression):
    """A text in quotes: `"甲类"`."""

    text: str
    type = Type.TEXT

    def value(self, look_up: LookUp) -> str:
        return self.text

    def excel(self, cells: ExcelCells) -> str:
        doubled = self.text.replace('"', '""')
        return f'"{doubled}"'

    def words(self, look_up: LookUp | None = None) -> str:
        return f"“{self.text}”"


@dataclass(frozen=True)
class NoValue(Expression):
    """`none`: a value that does not exist, 不适用."""

    type = Type.NONE

    def value(self, look_up: LookUp) -> Any:
        raise NotApplicableError

    def excel(self, cells: ExcelCells) -> str:
        return "NA()"

    def words(self, look_up: LookUp | None = None) -> str:
        return ABSENT


@dataclass(frozen=True)
class FieldName(Expression):
    """The value of a single cell: `基本支出`."""

    field: Field

    @property
    def leaf(self) -> Leaf:
        """The field as what is read."""
        return Leaf(self.field)

    @cached_property
    def type(self) -> Type:
        if self.field.is_number:
            return Type.NUMBER
        return Type.DATE if self.field.type == "date" else Type.TEXT

    @property
    def decimals(self) -> int:
        return _places(self.field)

    def value(self, look_up: LookUp) -> Any:
        """What stands in the cell; a blank one is 0 or no text, and no day at all."""
        value = look_up(self.field.key)
        if value is not None:
            return value
        if self.type is Type.DATE:
            raise NotApplicableError
        return NOTHING if self.type is Type.NUMBER else ""

    def is_absent(self, look_up: LookUp) -> bool:
        """Whether the cell is 不适用."""
        try:
            look_up(self.field.key)
        except NotApplicableError:
            return True
        return False

    def excel(self, cells: ExcelCells) -> str:
        return cells.cell(self.leaf)

    def words(self, look_up: LookUp | None = None) -> str:
        return f"{self.field.name} {self.figure(look_up)}" if look_up else self.field.name

    def figure(self, look_up: LookUp) -> str:
        """What stands in the cell, as it reads in a sentence."""
        try:
            value = look_up(self.field.key)
        except NotApplicableError:
            return ABSENT
        return "(未填)" if value is None else shown(value)

    def terms(self) -> tuple[Term, ...]:
        return (Term(Decimal(1), self.leaf),)


def _places(field: Field) -> int:
    return MOST_DECIMALS if field.places is None else field.places


@dataclass(frozen=True)
class ColumnName(Expression):
    """The values of a table's column, which only functions take: `项目.金额`."""

    table: Table
    field: Field

    @property
    def leaf(self) -> Leaf:
        """The column as what is read."""
        return Leaf(self.field, self.table.key)

    @cached_property
    def type(self) -> Type:
        return Type.COLUMN if self.field.is_number else Type.TEXTS

    @property
    def decimals(self) -> int:
        return _places(self.field)

    def value(self, look_up: LookUp) -> Any:
        return look_up(self.leaf.key)

    def excel(self, cells: ExcelCells) -> str:
        return cells.reference(self.leaf)

    def words(self, look_up: LookUp | None = None) -> str:
        """The column by its key, with the number of its rows: `项目 3 行金额`."""
        rows = f" {len(look_up(self.table.key))} 行" if look_up else "各行"
        return f"{self.table.key}{rows}{self.field.key}"


@dataclass(frozen=True)
class TableName(Expression):
    """The rows of a table, which only `count` takes: `项目`."""

    table: Table
    type = Type.TABLE

    def value(self, look_up: LookUp) -> Any:
        return look_up(self.table.key)

    def excel(self, cells: ExcelCells) -> str:
        return self.table.key

    def words(self, look_up: LookUp | None = None) -> str:
        return self.table.key


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

    def words(self, look_up: LookUp | None = None) -> str:
        return f"-{in_brackets(self.of, look_up)}"

    def terms(self) -> tuple[Term, ...] | None:
        return _multiplied(self.of.terms(), Decimal(-1))


def _multiplied(terms: tuple[Term, ...] | None, factor: Decimal) -> tuple[Term, ...] | None:
    if terms is None:
        return None
    return tuple(Term(factor * term.factor, term.leaf) for term in terms)


def in_brackets(part: Expression, look_up: LookUp | None) -> str:
    """A part in a sentence, in brackets where it is a calculation."""
    text = part.words(look_up)
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

    def words(self, look_up: LookUp | None = None) -> str:
        """In brackets only what would have another value without them."""
        left, right = self.left.words(look_up), self.right.words(look_up)
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

    def words(self, look_up: LookUp | None = None) -> str:
        return f" {'且' if self.is_and else '或'} ".join(part.words(look_up) for part in self.parts)


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

    def words(self, look_up: LookUp | None = None) -> str:
        return f"不是({self.of.words(look_up)})"


@dataclass(frozen=True)
class Pair:
    """Two sides of one comparison.

    Numbers compare after rounding their difference to the decimals that their parts carry (9 behind
    a division), because that is the most that Excel's doubles can be asked for.
    """

    left: Expression
    relation: Relation
    right: Expression

    @property
    def sides(self) -> tuple[Expression, Expression]:
        """What is compared."""
        return self.left, self.right

    @cached_property
    def decimals(self) -> int:
        """The decimals to which two numbers compare."""
        return max(self.left.decimals, self.right.decimals)

    def holds(self, look_up: LookUp) -> bool:
        """Whether the two stand so to each other."""
        left, right = self.left.value(look_up), self.right.value(look_up)
        if isinstance(left, Decimal):
            return self.relation.holds(rounded(left - right, self.decimals), Decimal(0))
        return self.relation.holds(left, right)

    def excel(self, cells: ExcelCells) -> str:
        """The comparison in a formula; Excel's own = takes no notice of capitals."""
        if self.left.type is Type.TEXT:
            same = f"EXACT({self.left.excel(cells)},{self.right.excel(cells)})"
            return same if self.relation is Relation.EQUAL else f"NOT({same})"
        return f"{self.difference(cells)}{self.relation.excel}0"

    def difference(self, cells: ExcelCells) -> str:
        """By how much two numbers or days are apart, in a formula."""
        text = f"({self.left.excel(cells)})-({self.right.excel(cells)})"
        return rounded_text(text, self.decimals)

    def words(self, look_up: LookUp | None = None) -> str:
        """The comparison in a sentence."""
        return f"{self.left.words(look_up)} {self.relation.sign} {self.right.words(look_up)}"


@dataclass(frozen=True)
class Comparison(Expression):
    """`甲 == 乙`, or a chain: `0 <= 甲 < 乙` is two pairs."""

    pairs: tuple[Pair, ...]
    type = Type.FLAG

    @property
    def parts(self) -> tuple[Expression, ...]:
        return self.pairs[0].left, *(pair.right for pair in self.pairs)

    def value(self, look_up: LookUp) -> bool:
        links = [pair.holds(look_up) for pair in self.pairs]  # all of them, as Excel does
        return all(links)

    def excel(self, cells: ExcelCells) -> str:
        links = [pair.excel(cells) for pair in self.pairs]
        return links[0] if len(links) == 1 else f"AND({','.join(links)})"

    def words(self, look_up: LookUp | None = None) -> str:
        return ",".join(pair.words(look_up) for pair in self.pairs)


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

    def words(self, look_up: LookUp | None = None) -> str:
        test, first, other = (part.words(look_up) for part in self.parts)
        return f"{first}({test} 时,否则为 {other})"
