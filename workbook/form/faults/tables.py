"""Grids and tables that name columns they have not, or give rows that do not fit their columns."""

from collections.abc import Iterator

from workbook.form.grid import Grid
from workbook.form.likely import likely
from workbook.form.model import Sheet
from workbook.form.table import Table


def grid_faults(sheet: Sheet) -> Iterator[str]:
    """Rows of a sheet's grids that name columns which are not there."""
    for grid in (block for block in sheet.block if isinstance(block, Grid)):
        columns = {column.key for column in grid.column}
        for row in grid.row:
            for name in {*row.only, *row.cells} - columns:
                yield f"「{grid.title}」的行「{row.key}」写了没有的列「{name}」"


def table_faults(table: Table) -> Iterator[str]:
    """Columns that are missing or twice there, and rows given that do not fit them."""
    columns = {c.key for c in table.column}
    if not columns:
        yield f"表「{table.key}」没有列"
    if len({key.casefold() for key in columns}) < len(table.column):
        yield f"表「{table.key}」的列名有重复"
    named = [table.row_name] if table.row_name else []
    if table.quote_as:
        named += [table.quote_as.name, table.quote_as.value]
    for name in named:
        if name not in columns:
            hint = likely(name, columns)
            yield f"表「{table.key}」没有列「{name}」(写在 row_name 或 quote_as 里){hint}"
    for name in table.together:
        if name not in columns:
            yield f"表「{table.key}」没有列「{name}」(写在 together 里)"
    if table.row and (table.together or table.follows):
        yield f"表「{table.key}」给定了行,不写 together,default 里也不写 above"
    yield from _given_faults(table, columns)


def _given_faults(table: Table, columns: set[str]) -> Iterator[str]:
    for number, row in enumerate(table.row, start=1):
        for name in {*row.given, *row.compute} - columns:
            yield f"表「{table.key}」第 {number} 行写了没有的列「{name}」"
        for column in table.column:
            if column.key in row.given and not column.takes(row.given[column.key]):
                yield f"表「{table.key}」第 {number} 行给「{column.key}」的值类型不对"
        for name in row.given.keys() & row.compute.keys():
            yield f"表「{table.key}」第 {number} 行的「{name}」既给定又计算"
    names = [str(row.given.get(table.row_name, "")).strip() for row in table.row]
    if "" in names or len(set(names)) < len(names):
        yield f"表「{table.key}」给定的每一行都要有自己的 row_name"
    if table.row and any(c.key == table.row_name and c.type != "text" for c in table.column):
        yield f"表「{table.key}」给定了行,row_name 要是一个文字列"
