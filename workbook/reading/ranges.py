"""The tables on a sheet of cells, the same for a file and for a live book."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from workbook.form.model import ROW_ORDER, Table
from workbook.reading.below import below
from workbook.reading.snapshot import RawCell, RawTable
from workbook.reading.spots import CellAt, Cells, Spot, TableCorners


def raw_table(table: Table, sheet: str, corners: TableCorners, cells: Cells, end: int) -> RawTable:
    """The columns that the form asks for, and what is typed under the table before row `end`."""
    left, top, right, bottom, totals = corners
    cell = cells.at
    headers = tuple(_words(cell(top, column)) for column in range(left, right + 1))
    keys = {column.key for column in table.column}
    known = {word for word in keys if headers.count(word) == 1}
    columns = {word: left + index for index, word in enumerate(headers) if word in known}
    in_use = list(cells.rows(top + 1, bottom, columns.values()))
    filled = tuple(_row(cell, row, columns) for row in in_use)
    for column in (one.key for one in table.column if one.follows and one.key in columns):
        filled = tuple(_with_formulas(filled, column, cells, columns[column], in_use))
    order = left + headers.index(ROW_ORDER) if ROW_ORDER in headers else None
    numbers = tuple(cell(row, order) for row in in_use) if order else ()
    # A table made smaller leaves the formulas of its last rows behind.
    asked = [columns[one.key] for one in table.asked if one.key in columns]
    under = below(cells, bottom + totals, end, asked)
    place = Spot(sheet, top, left).place
    return RawTable(place, headers, filled, under.next, under.apart, numbers)


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
