"""The row of totals under a table, filled as Excel fills it when it is first shown."""

from typing import Any, Final

from addin.calc.data.table_area import TableArea
from addin.calc.data.table_parts import TableColumns
from addin.calc.places.model import Block
from addin.calc.values.changes import clear_contents, insert
from addin.calc.values.contents import formulas_of, value_of, write_into

_LABEL: Final = "Total"
# The functions of SUBTOTAL that leave out hidden rows.
_SUM, _COUNT = 109, 103
_KEPT: Final = "totals"


def show(table: TableArea) -> None:
    """Add the row, with what it held before it was hidden; filled cells below move down."""
    row, column, rows, columns = table.range.area
    place = table.parent.block(row + rows, column, 1, columns)
    if _is_filled(place):
        insert(place, "down")
        place = table.parent.block(row + rows, column, 1, columns)
    formulas = table.kept.pop((table.name, _KEPT), None) or (_first(table),)
    table.api.TotalsRow = True
    table.resize_to(table.parent.block(row, column, rows + 1, columns))
    write_into(place, formulas)


def hide(table: TableArea) -> None:
    """Take the row away, and keep what it held while the book is open."""
    row, column, rows, columns = table.range.area
    place = table.parent.block(row + rows - 1, column, 1, columns)
    table.kept[table.name, _KEPT] = formulas_of(place)
    clear_contents(place)
    table.api.TotalsRow = False
    table.resize_to(table.parent.block(row, column, rows - 1, columns))


def _is_filled(block: Block) -> bool:
    return any(text != "" for text in formulas_of(block)[0])


def _first(table: TableArea) -> list[Any]:
    """The word Total, and the sum of the last column, or how many texts stand in it."""
    last = list(TableColumns(table))[-1]
    body = last.data_body_range
    values = value_of(body) if body else None
    rows = values if isinstance(values, list) else [[values]]
    has_text = any(isinstance(value, str) for (value,) in rows)
    area = body.address if body else ""
    total = f"=SUBTOTAL({_COUNT if has_text else _SUM},{area})" if area else ""
    columns = table.range.shape[1]
    return [total] if columns == 1 else [_LABEL, *[""] * (columns - 2), total]
