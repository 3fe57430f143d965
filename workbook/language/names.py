"""What expressions are made of: figures and texts written out, and the names of a form's cells."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from workbook.catalogue.rules import COLUMN, COLUMN_ROWS
from workbook.catalogue.verdicts import BLANK, NOT_APPLICABLE, NOT_FILLED
from workbook.figures.numbers import MOST_DECIMALS, decimals_of, plain
from workbook.form.field import Field
from workbook.form.table import Table
from workbook.language.excel import ExcelCells
from workbook.language.expression import Expression, Term
from workbook.language.model import NOTHING, PLAIN, Leaf, LookUp, NotApplicableError, Told, Type
from workbook.reading.values import shown


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

    def words(self, told: Told = PLAIN) -> str:
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

    def words(self, told: Told = PLAIN) -> str:
        return f"“{self.text}”"


@dataclass(frozen=True)
class NoValue(Expression):
    """`none`: a value that does not exist, 不适用."""

    type = Type.NONE

    def value(self, look_up: LookUp) -> Any:
        raise NotApplicableError

    def excel(self, cells: ExcelCells) -> str:
        return "NA()"

    def words(self, told: Told = PLAIN) -> str:
        return NOT_APPLICABLE(told.language)


@dataclass(frozen=True)
class Nothing(NoValue):
    """What an `if` without `else` says otherwise: nothing, the cell stays blank."""

    def is_blank(self, look_up: LookUp) -> bool:
        return True

    def blank_test(self, cells: ExcelCells) -> str:
        return "TRUE"

    def words(self, told: Told = PLAIN) -> str:
        return BLANK(told.language)


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

    def words(self, told: Told = PLAIN) -> str:
        return f"{self.field.name} {self.figure(told)}" if told.look_up else self.field.name

    def figure(self, told: Told) -> str:
        """What stands in the cell, as it reads in a sentence."""
        assert told.look_up is not None
        try:
            value = told.look_up(self.field.key)
        except NotApplicableError:
            return NOT_APPLICABLE(told.language)
        return NOT_FILLED(told.language) if value is None else shown(value)

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

    def words(self, told: Told = PLAIN) -> str:
        """The column by its key, with the number of its rows: `项目 3 行金额`."""
        said = {"table": self.table.key, "column": self.field.key}
        if told.look_up is None:
            return COLUMN(told.language, **said)
        return COLUMN_ROWS(told.language, count=len(told.look_up(self.table.key)), **said)


@dataclass(frozen=True)
class TableName(Expression):
    """The rows of a table, which only `count` takes: `项目`."""

    table: Table
    type = Type.TABLE

    def value(self, look_up: LookUp) -> Any:
        return look_up(self.table.key)

    def excel(self, cells: ExcelCells) -> str:
        return self.table.key

    def words(self, told: Told = PLAIN) -> str:
        return self.table.key
