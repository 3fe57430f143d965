"""What Excel hands a cell function, as `workbook.figures.cell_functions` takes it.

xlwings' own reading makes blanks of error cells, knows seven names of errors, reads the first area
of a union alone, and brings a million cells for a whole column.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import xlwings as xw
from xlwings.conversion import Accessor, Pipeline

from workbook.figures.cell_functions import Block, excel_value

FEW: Final = 1_000  # cells that are brought in a moment; to ask for the used range is three calls


class Argument(Accessor):
    """Leaves a range a range, and any other argument as it came; `values` reads them."""

    @staticmethod
    def reader(_: Any) -> Pipeline:
        """The one stage, in the place of xlwings' four."""
        return Pipeline([_left_as_it_is])


def _left_as_it_is(context: Any) -> None:
    if context.range is not None:
        context.value = context.range


def values(argument: Any) -> Any:
    """The values of an argument; those of a range know where they stand."""
    if isinstance(argument, xw.Range):
        return [_block(area) for area in _areas(argument.api)]
    if isinstance(argument, list | tuple):
        return [values(one) for one in argument]
    return excel_value(argument)


def _areas(found: Any) -> Iterator[Any]:
    """The areas of a COM range: its `Value` is that of the first alone."""
    areas = found.Areas
    for number in range(1, areas.Count + 1):
        yield areas.Item(number)


def _block(area: Any) -> Block:
    """The cells of one area, those outside the used range of their sheet left out."""
    if area.CountLarge > FEW:
        area = area.Application.Intersect(area, area.Worksheet.UsedRange)
        if area is None:
            return Block([])
    rows = _rows(area.Value)
    if any(isinstance(value, Decimal) for row in rows for value in row):
        rows = _with_all_decimals(rows, _rows(area.Value2))
    found = [[excel_value(value) for value in row] for row in rows]
    return Block(found, area.Row, area.Column)


def _with_all_decimals(rows: Any, exact: Any) -> list[list[Any]]:
    """The values of cells with figures for amounts.

    `Value` cuts what is formatted as currency to four decimals; `Value2` does not, but has numbers
    for dates.
    """
    return [
        [two if isinstance(one, Decimal) else one for one, two in zip(*pair, strict=True)]
        for pair in zip(rows, exact, strict=True)
    ]


def _rows(value: Any) -> Any:
    """The rows of what COM gives, which for a single cell is its value alone."""
    return value if isinstance(value, tuple) else ((value,),)
