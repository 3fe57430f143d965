"""Where in a bureau's own form the cells of a table stand."""

from collections.abc import Mapping

from msgspec import Struct

from workbook.form.table import Table
from workbook.language.excel import column_cells
from workbook.reading.named_columns import column_name, named_columns
from workbook.reading.results import result_of
from workbook.xlsx.book import Book


class Area(Struct, frozen=True):
    """The sheet of a table, the number of each column, its first and its last row.

    `heads` are those of an Excel table's columns; else these have names, `项目_金额` of 项目.金额.
    """

    table: Table
    sheet: str
    columns: Mapping[str, int]
    top: int
    bottom: int
    heads: Mapping[str, str] = {}

    @property
    def is_excels(self) -> bool:
        """Whether it is an Excel table."""
        return bool(self.heads)

    def source(self, column: str) -> str:
        """How a formula names the cells of a column."""
        key = self.table.key
        head = self.heads.get(column)
        return column_name(key, column) if head is None else column_cells(key, head)

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
            said = {
                number: str(result_of(cell, book).value).strip()
                for number in range(left, right + 1)
                if (cell := cells.get((top, number)))
            }
            by_key = dict(zip(table.keys_of([*said.values()]), said, strict=True))
            columns = {c.key: by_key[c.key] for c in table.column if c.key in by_key}
            heads = {key: said[number] for key, number in columns.items()}
            return Area(table, one.sheet, columns, top + 1, bottom - one.totals, heads)
    found = named_columns(table, book.names)
    if found is None:
        return None
    return Area(table, found.sheet, found.columns, found.top, found.bottom)
