"""Where in a bureau's own form the cells of a table stand."""

from collections.abc import Mapping

from msgspec import Struct

from workbook.form.model import Table
from workbook.reading.named_columns import column_name, named_columns
from workbook.reading.results import result_of
from workbook.xlsx.book import Book


class Area(Struct, frozen=True):
    """The sheet of a table, the number of each column, its first and its last row.

    `is_excels` tells an Excel table from one whose columns have names, `项目_金额` of 项目.金额.
    """

    table: Table
    sheet: str
    columns: Mapping[str, int]
    top: int
    bottom: int
    is_excels: bool = False

    def source(self, column: str) -> str:
        """How a formula names the cells of a column."""
        key = self.table.key
        return f"{key}[{column}]" if self.is_excels else column_name(key, column)

    @property
    def first(self) -> str:
        """The key of a column that the form has."""
        return next(iter(self.columns))


def area_of(table: Table, book: Book) -> Area | None:
    """Where a table stands, None where the file has neither a table nor names for it."""
    for one in book.tables:
        if one.name == table.key:
            left, top, right, bottom = one.corners
            cells = book.sheet(one.sheet).cells
            heads = {
                str(result_of(cell, book).value).strip(): number
                for number in range(left, right + 1)
                if (cell := cells.get((top, number)))
            }
            columns = {c.key: heads[c.key] for c in table.column if c.key in heads}
            return Area(table, one.sheet, columns, top + 1, bottom - one.totals, is_excels=True)
    found = named_columns(table, book.names)
    if found is None:
        return None
    return Area(table, found.sheet, found.columns, found.top, found.bottom)
