"""The tables on a sheet of cells, the same for a file and for a live book."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from workbook.catalogue.sheets import ROW_ORDER
from workbook.form.table import Table
from workbook.reading.below import Below, below
from workbook.reading.snapshot import RawCell, RawTable
from workbook.reading.spots import CellAt, Cells, Spot, TableCorners


def raw_table(table: Table, sheet: str, corners: TableCorners, cells: Cells, end: int) -> RawTable:
    """The columns that the form asks for, and what is typed under the table before row `end`."""
    left, top, right, bottom, totals = corners
    cell = cells.at
    headers = table.keys_of([_words(cell(top, column)) for column in range(left, right + 1)])
    keys = {column.key for column in table.column}
    known = {word for word in keys if headers.count(word) == 1}
    columns = {word: left + index for index, word in enumerate(headers) if word in known}
    filled, under = raw_rows(table, columns, (top + 1, bottom, end), cells, totals)
    order = next((left + n for n, word in enumerate(headers) if word in ROW_ORDER), None)
    in_use = cells.rows(top + 1, bottom, columns.values()) if order else ()
    numbers = tuple(cell(row, order) for row in in_use) if order else ()
    place = Spot(sheet, top, left).place
    return RawTable(place, headers, filled, under.next, under.apart, numbers)


def raw_rows(
    table: Table,
    columns: Mapping[str, int],
    span: tuple[int, int, int],
    cells: Cells,
    totals: int = 0,
) -> tuple[tuple[Mapping[str, RawCell], ...], Below]:
    """The rows in use of some columns, and what is typed under them.

    `span` is the first row, the last one, and the one at which nothing is the table's own any more.
    """
    first, last, end = span
    in_use = list(cells.rows(first, last, columns.values()))
    filled = tuple(_row(cells.at, row, columns) for row in in_use)
    for column in (one.key for one in table.column if one.follows and one.key in columns):
        filled = tuple(_with_formulas(filled, column, cells, columns[column], in_use))
    # A table made smaller leaves the formulas of its last rows behind.
    asked = [columns[one.key] for one in table.asked if one.key in columns]
    return filled, below(cells, last + totals, end, asked)


def _words(cell: RawCell) -> str:
    return "" if cell.value is None else str(cell.value).strip()


def _row(cell: CellAt, row: int, columns: Mapping[str, int]) -> dict[str, RawCell]:
    return {key: cell(row, column) for key, column in columns.items()}


def _with_formulas(
    filled: Sequence[dict[str, RawCell]],
    key: str,
    cells: Cells,
    column: int,
    rows: Sequence[int],
) -> Iterator[dict[str, RawCell]]:
    """The rows, each cell of one column with its formula."""
    formulas = cells.formulas(rows, column)
    for row, formula in zip(filled, formulas, strict=True):
        yield {**row, key: replace(row[key], formula=formula if formula[:1] == "=" else "")}
