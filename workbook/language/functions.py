"""The functions that rules may call; each is a construct that says all of itself in one place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from workbook.figures.numbers import MOST_DECIMALS, rounded, whole
from workbook.language.constructs import (
    ColumnName,
    Expression,
    FieldName,
    Number,
    TableName,
    Term,
    in_brackets,
)
from workbook.language.excel import ExcelCells, filled, rounded_text, rows_in_use
from workbook.language.model import NOTHING, Column, LookUp, NotApplicableError, Type
from workbook.reading.values import ABSENT

LIST_MARK = "、"


def count_items(text: str) -> Decimal:
    """How many items a list in a sentence names, `甲、乙、丙` being three."""
    return Decimal(text.count(LIST_MARK) + 1)


def added(figures: Iterable[Decimal | None]) -> Decimal:
    """The sum of the figures, those that are 不适用 left out."""
    return sum((figure for figure in figures if figure is not None), Decimal(0))


@dataclass(frozen=True)
class Call(Expression):
    """A function and what it is asked of; Excel's function has the same name unless it is told.

    `more` is what it takes any number of times behind `takes`: `min(甲, 乙)` takes two numbers,
    `sum_where(列, 列, 字, 列, 字)` a column and two pairs.
    """

    arguments: tuple[Expression, ...]
    name: ClassVar[str]
    takes: ClassVar[tuple[Type, ...]] = (Type.NUMBER,)
    more: ClassVar[tuple[Type, ...]] = ()
    type = Type.NUMBER

    @classmethod
    def taken(cls, count: int) -> tuple[Type, ...]:
        """The types of so many arguments; of another number where it cannot take so many."""
        times = max(0, count - len(cls.takes)) // len(cls.more) if cls.more else 0
        return cls.takes + cls.more * times

    @property
    def fault(self) -> str:
        """What is wrong with the arguments beyond their types, in words for the author."""
        return ""

    @property
    def parts(self) -> tuple[Expression, ...]:
        return self.arguments

    @property
    def decimals(self) -> int:
        return max(argument.decimals for argument in self.arguments)

    def excel(self, cells: ExcelCells) -> str:
        return f"{self.name.upper()}({','.join(one.excel(cells) for one in self.arguments)})"


class Sum(Call):
    """`sum(项目.金额)`: a column's figures added up."""

    name, takes = "sum", (Type.COLUMN,)

    def value(self, look_up: LookUp) -> Decimal:
        return added(self.arguments[0].value(look_up))

    def words(self, look_up: LookUp | None = None) -> str:
        return f"{self.arguments[0].words(look_up)}合计"

    def terms(self) -> tuple[Term, ...]:
        return tuple(Term(Decimal(1), leaf) for leaf in self.leaves())


class Where(Call):
    """A function of those rows of a table that have the wanted words."""

    more = (Type.TEXTS, Type.TEXT)

    @property
    def tests(self) -> list[tuple[ColumnName, Expression]]:
        """The columns that are looked at, and the word that each has to hold."""
        pairs = self.arguments[len(self.arguments) % 2 :]  # a sum begins with another column
        columns = (one for one in pairs[::2] if isinstance(one, ColumnName))
        return list(zip(columns, pairs[1::2], strict=True))

    @property
    def fault(self) -> str:
        tables = {one.table.key for one in self.arguments if isinstance(one, ColumnName)}
        return f"函数「{self.name}」里的几列要在同一张表里" if len(tables) > 1 else ""

    def rows(self, look_up: LookUp) -> Sequence[int]:
        """The rows that have the wanted word in each column, from 0."""
        tests: list[tuple[Column, Any]] = [
            (column.value(look_up), wanted.value(look_up)) for column, wanted in self.tests
        ]
        found: Sequence[int] = min((c.rows_of.get(word, ()) for c, word in tests), key=len)
        return [row for row in found if all(column[row] == word for column, word in tests)]

    def excel(self, cells: ExcelCells) -> str:
        tests = [
            test
            for column, wanted in self.tests
            for test in _where(column.excel(cells), wanted.excel(cells))
        ]
        figures = [one.excel(cells) for one in self.arguments[: len(self.arguments) % 2]]
        return f"SUMPRODUCT({','.join([*tests, *figures])})"

    def _rows_in_words(self, look_up: LookUp | None) -> str:
        rows = "、".join(f"{c.field.key}为{_wanted(word, look_up)}" for c, word in self.tests)
        return f"{self.tests[0][0].table.key}里{rows}的"


def _where(words: str, wanted: str) -> Iterator[str]:
    """1 in the rows with the wanted words, else 0; a blank is never wanted."""
    if not wanted.startswith('"') or wanted == '""':
        yield f"--({filled(words)})"
    yield f"--EXACT(TRIM({words}),{wanted})"


def _wanted(word: Expression, look_up: LookUp | None) -> str:
    """The word by which rows are picked: itself where it is known, what holds it otherwise."""
    if look_up is None or not isinstance(word, FieldName):
        return word.words(look_up)
    return f"“{word.figure(look_up)}”"


class SumWhere(Where):
    """`sum_where(指标.得分, 指标.项目, 名称)`: the figures of the picked rows added up."""

    name, takes = "sum_where", (Type.COLUMN, Type.TEXTS, Type.TEXT)

    @property
    def decimals(self) -> int:
        return self.arguments[0].decimals

    def value(self, look_up: LookUp) -> Decimal:
        figures = self.arguments[0].value(look_up)
        return added(figures[row] for row in self.rows(look_up))

    def words(self, look_up: LookUp | None = None) -> str:
        figures = self.arguments[0]
        assert isinstance(figures, ColumnName)
        return f"{self._rows_in_words(look_up)}{figures.field.key}合计"


class CountWhere(Where):
    """`count_where(指标.项目, 名称)`: how many rows are picked."""

    name, takes, decimals = "count_where", (Type.TEXTS, Type.TEXT), 0

    def value(self, look_up: LookUp) -> Decimal:
        return Decimal(len(self.rows(look_up)))

    def words(self, look_up: LookUp | None = None) -> str:
        return f"{self._rows_in_words(look_up)}行数"


class Total(Call):
    """`total(甲, 乙)`: the sum of those figures that are not 不适用."""

    name, more = "total", (Type.NUMBER,)

    def value(self, look_up: LookUp) -> Decimal:
        return added(
            None if isinstance(part, FieldName) and part.is_absent(look_up) else part.value(look_up)
            for part in self.arguments
        )

    def excel(self, cells: ExcelCells) -> str:
        """SUM passes over a cell that says 不适用; NA(), as elsewhere, it would hand on."""
        parts = (
            cells.reference(part.leaf) if isinstance(part, FieldName) else part.excel(cells)
            for part in self.arguments
        )
        return f"SUM({','.join(parts)})"

    def words(self, look_up: LookUp | None = None) -> str:
        return f"({' + '.join(part.words(look_up) for part in self.arguments)})"

    def terms(self) -> tuple[Term, ...] | None:
        found: tuple[Term, ...] = ()
        for part in self.arguments:
            if (terms := part.terms()) is None:
                return None
            found += terms
        return found


class Question(Call):
    """A question about a cell and not about its value."""

    takes, type, decimals = (Type.FIELD,), Type.FLAG, 0

    @property
    def asked(self) -> FieldName:
        """The cell."""
        (cell,) = self.arguments
        assert isinstance(cell, FieldName)
        return cell


class Given(Question):
    """`given(原因)`: whether something stands in the cell, be it 不适用."""

    name = "given"

    def value(self, look_up: LookUp) -> bool:
        try:
            value = look_up(self.asked.field.key)
        except NotApplicableError:
            return True
        return value is not None and value is not NOTHING and value != ""

    def excel(self, cells: ExcelCells) -> str:
        return f"({filled(cells.reference(self.asked.leaf))})"

    def words(self, look_up: LookUp | None = None) -> str:
        return f"{self.asked.words(look_up)}已填"


class Absent(Question):
    """`absent(执行率)`: whether the cell is 不适用, which only a computed one can be."""

    name = "absent"

    def value(self, look_up: LookUp) -> bool:
        return self.asked.is_absent(look_up)

    def excel(self, cells: ExcelCells) -> str:
        leaf = self.asked.leaf
        return f'({cells.reference(leaf)}="{ABSENT}")' if leaf.field.compute else "FALSE"

    def words(self, look_up: LookUp | None = None) -> str:
        return f"{self.asked.words(look_up)}不适用"


class Count(Call):
    """`count(项目)`: how many rows of a table are in use."""

    name, takes, decimals = "count", (Type.TABLE,), 0

    def value(self, look_up: LookUp) -> Decimal:
        return Decimal(len(self.arguments[0].value(look_up)))

    def excel(self, cells: ExcelCells) -> str:
        (rows,) = self.arguments
        assert isinstance(rows, TableName)
        return rows_in_use(rows.table)

    def words(self, look_up: LookUp | None = None) -> str:
        return f"{self.arguments[0].words(look_up)}行数"


class Round(Call):
    """`round(甲 / 乙, 2)`: rounded half up, to a number of decimals that is written out."""

    name, takes = "round", (Type.NUMBER, Type.NUMBER)

    @property
    def fault(self) -> str:
        places = self.arguments[1]
        if isinstance(places, Number) and str(places.figure) in map(str, range(MOST_DECIMALS + 1)):
            return ""
        return f"round 的位数要直接写 0 到 {MOST_DECIMALS} 的整数"

    @property
    def decimals(self) -> int:
        places = self.arguments[1]
        assert isinstance(places, Number)
        return int(places.figure)

    def value(self, look_up: LookUp) -> Decimal:
        return rounded(self.arguments[0].value(look_up), self.decimals)

    def excel(self, cells: ExcelCells) -> str:
        return rounded_text(self.arguments[0].excel(cells), self.decimals)

    def words(self, look_up: LookUp | None = None) -> str:
        kept = "" if look_up else f"(保留 {self.decimals} 位小数)"
        return f"{self.arguments[0].words(look_up)}{kept}"


class Absolute(Call):
    """`abs(甲 - 乙)`."""

    name = "abs"

    def value(self, look_up: LookUp) -> Decimal:
        figure: Decimal = self.arguments[0].value(look_up)
        return abs(figure)

    def words(self, look_up: LookUp | None = None) -> str:
        return f"{in_brackets(self.arguments[0], look_up)}的绝对值"


class Least(Call):
    """`min(甲, 乙)`."""

    name, more = "min", (Type.NUMBER,)

    def value(self, look_up: LookUp) -> Decimal:
        figures: list[Decimal] = [one.value(look_up) for one in self.arguments]
        return min(figures)

    def words(self, look_up: LookUp | None = None) -> str:
        return f"最小值({'、'.join(one.words(look_up) for one in self.arguments)})"


class Most(Call):
    """`max(甲, 乙)`."""

    name, more = "max", (Type.NUMBER,)

    def value(self, look_up: LookUp) -> Decimal:
        figures: list[Decimal] = [one.value(look_up) for one in self.arguments]
        return max(figures)

    def words(self, look_up: LookUp | None = None) -> str:
        return f"最大值({'、'.join(one.words(look_up) for one in self.arguments)})"


class CountItems(Call):
    """`count_items(名单)`: how many items the text lists, `甲、乙、丙` being three."""

    name, takes, decimals = "count_items", (Type.TEXT,), 0

    def value(self, look_up: LookUp) -> Decimal:
        return count_items(self.arguments[0].value(look_up))

    def excel(self, cells: ExcelCells) -> str:
        text = self.arguments[0].excel(cells)
        return f'(LEN({text})-LEN(SUBSTITUTE({text},"{LIST_MARK}",""))+1)'

    def words(self, look_up: LookUp | None = None) -> str:
        return f"{self.arguments[0].words(look_up)}所列个数"


class Floor(Call):
    """`floor(甲 / 乙)`: the largest whole number that is not above."""

    name, decimals = "floor", 0

    def value(self, look_up: LookUp) -> Decimal:
        return whole(self.arguments[0].value(look_up))

    def excel(self, cells: ExcelCells) -> str:
        return f"INT({rounded_text(self.arguments[0].excel(cells), MOST_DECIMALS)})"

    def words(self, look_up: LookUp | None = None) -> str:
        return f"{in_brackets(self.arguments[0], look_up)}向下取整"


class Year(Call):
    """`year(日期)`."""

    name, takes, decimals = "year", (Type.DATE,), 0

    def value(self, look_up: LookUp) -> Decimal:
        return Decimal(self.arguments[0].value(look_up).year)

    def words(self, look_up: LookUp | None = None) -> str:
        return f"{self.arguments[0].words(look_up)}的年份"


FUNCTIONS: dict[str, type[Call]] = {
    one.name: one
    for one in (
        *(Sum, SumWhere, CountWhere, Total, Given, Absent, Count, Round, Absolute, Least, Most),
        *(CountItems, Floor, Year),
    )
}
"""By the name that an author writes, in the order in which messages list them."""
