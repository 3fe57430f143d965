"""The words that all of the language share: types, the names in scope, what an expression reads."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from workbook.catalogue.model import Language
from workbook.form.field import Field
from workbook.form.own_functions import OwnFunction
from workbook.form.table import Table


class ExpressionError(Exception):
    """An expression its author must mend; the message is in the author's words."""


class ZeroDivisorError(Exception):
    """A divisor turned out to be 0, which the rule should have excluded."""


class NotApplicableError(Exception):
    """The value does not exist: a cell that was needed is 不适用, or the expression says `none`.

    So it is with the day of a blank date, which only an expression that asks for it gets to see.
    """


class Type(StrEnum):
    """What an expression gives."""

    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    FLAG = "flag"
    COLUMN = "column"
    TEXTS = "words"
    TABLE = "table"
    NONE = "none"
    FIELD = "field"

    @property
    def called(self) -> str:
        """The author's word for it."""
        return _CALLED[self]


_CALLED = {
    Type.NUMBER: "数",
    Type.TEXT: "文字",
    Type.DATE: "日期",
    Type.FLAG: "判断",
    Type.COLUMN: "一列数",
    Type.TEXTS: "一列文字",
    Type.TABLE: "表",
    Type.NONE: "none",
    Type.FIELD: "一个字段",
}


class Scope(Struct, frozen=True):
    """The names an expression may use: single fields, or the columns of a row, and tables.

    `row_of` is the table on whose rows it stands, `functions` are the kind's own.
    """

    fields: Mapping[str, Field]
    tables: Mapping[str, Table]
    row_of: Table | None = None
    functions: Mapping[str, OwnFunction] = field(default_factory=dict)


class Leaf(Struct, frozen=True):
    """A field, or with `table` a column of it, that an expression reads.

    `is_above` is the cell of a column in the row above.
    """

    field: Field
    table: str = ""
    is_above: bool = False

    @property
    def key(self) -> str:
        """How the expression writes it."""
        if self.is_above:
            return f"{ABOVE}{self.field.key}"
        return f"{self.table}.{self.field.key}" if self.table else self.field.key

    def key_on(self, table: Table | None) -> str:
        """The key on a row of `table`, whose own columns stand under its name."""
        columns = table.column if table and not (self.table or self.is_above) else ()
        is_own = any(column.key == self.field.key for column in columns)
        return f"{table.key}.{self.field.key}" if table and is_own else self.key


class Inputs(Struct, frozen=True):
    """The cells and tables behind one or more checked expressions.

    A blank `needed` cell leaves the result blank, one of `applying` that is 不适用 makes the
    result so. A cell that the expression itself asks about, by `given` or `absent`, is in neither.

    `执行率 >= 90 or given(原因)`, with 执行率 computed, reads the leaves 执行率 and 原因; of them
    执行率 is needed and applying, 原因 is neither.
    """

    leaves: tuple[Leaf, ...]
    needed: tuple[Leaf, ...]
    applying: tuple[Leaf, ...]
    tables: tuple[Table, ...]


LookUp = Callable[[str], Any]
"""What stands behind a name: a field's value, a column's list of values or a table's rows.

None is a blank cell. Raises `NotApplicableError` for a cell that is 不适用.
"""


class Told(Struct, frozen=True):
    """How an expression is put into a sentence: in which language, and with the figures if any.

    With `look_up` each figure stands behind its label.
    """

    look_up: LookUp | None = None
    language: Language = "zh"


PLAIN = Told()
ABOVE = "^"  # before the key of a column whose cell in the row above is meant
NOTHING = Decimal(0)  # what a blank cell counts as, told apart from a 0 that was typed


class Column(list[Any]):
    """A column's values from the first row on, and in which rows each of them stands.

    A rule on each of a thousand projects looks for its own rows among thousands of indicators.
    """

    @cached_property
    def rows_of(self) -> Mapping[Any, Sequence[int]]:
        """The rows by what stands in them."""
        found: dict[Any, list[int]] = {}
        for row, value in enumerate(self):
            found.setdefault(value, []).append(row)
        return found
