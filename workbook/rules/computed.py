"""Cells that nobody types: their expressions, checked against the form."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from msgspec import Struct

from workbook.catalogue.model import Language
from workbook.form.field import Field
from workbook.form.table import Table
from workbook.language.expression import Expression
from workbook.language.model import Inputs
from workbook.reading.values import Row, Values

_Row = TypeVar("_Row", bound=Row)


class Computed(Struct, frozen=True):
    """A computed field, or with `table` a computed column of it; or one with a default.

    `number` is the given row, from 0, that the expression belongs to; None is every row.

    The field 执行率 with `compute = "支出 / 预算"` has the key 执行率 and reads 支出 and 预算.
    """

    field: Field
    tree: Expression
    inputs: Inputs
    table: Table | None = None
    number: int | None = None
    language: Language = "zh"

    @property
    def key(self) -> str:
        """How an expression writes it."""
        return f"{self.table.key}.{self.field.key}" if self.table else self.field.key

    def rows(self, values: Values) -> Sequence[Row]:
        """The rows on which it stands; for a field one that is empty."""
        return self.among(values.tables[self.table.key]) if self.table else ({},)

    def among(self, rows: Sequence[_Row]) -> Sequence[_Row]:
        """Those of its table's rows on which it stands."""
        return rows if self.number is None else rows[self.number : self.number + 1]

    def reads(self) -> Iterator[str]:
        """The keys that it reads, columns of its own row under their table."""
        return (leaf.key_on(self.table) for leaf in self.inputs.leaves)
