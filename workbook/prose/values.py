"""Whether a figure that is written out is the one in a cell: as it is, in other units, rounded."""

from decimal import Decimal
from typing import Final

from workbook.entries.limits import EXCEL_DIGITS
from workbook.figures.numbers import MOST_DECIMALS, round_half_up
from workbook.prose.cells import Cell
from workbook.prose.figures import is_of_unit
from workbook.stated.model import Quantity
from workbook.stated.units import MONEY

_MAGNITUDE: Final = 9


def is_value(cell: Cell, one: Quantity) -> bool:
    """Whether a cell holds the figure: rounded as it is written, or rounded in the cell.

    12034.56 万元 is 1.2亿元, 12,034.6万元 and 120345623元; 1.3亿元 it is not.
    """
    if round_half_up(_in_unit(cell, one), one.decimals) == _signed(one):
        return True
    places = cell.entry.field.places
    if places is None:
        return False
    return round_half_up(_signed(one).scaleb(-_shift(cell, one)), places) == cell.value


def is_exact_in_a_cell(figure: Decimal) -> bool:
    """Whether a cell could hold the figure: Excel keeps 15 digits."""
    return len(figure.as_tuple().digits) <= EXCEL_DIGITS and figure == round(figure, MOST_DECIMALS)


def is_near(cell: Cell, one: Quantity) -> bool:
    """Whether the figure is the cell's but for its last digit, as where it was cut, not rounded."""
    value = _in_unit(cell, one)
    unit = Decimal(1).scaleb(-one.decimals)
    return value % unit != 0 and abs(value - _signed(one)) < unit


def is_far(cell: Cell, one: Quantity) -> bool:
    """Whether a figure that is said to be about so much is of another magnitude."""
    low, high = sorted((abs(_in_unit(cell, one)), abs(one.figure)))
    return bool(high) and (not low or high / low >= _MAGNITUDE)


def is_literal(cell: Cell, one: Quantity) -> bool:
    """Whether a quote would print the very figure that stands there."""
    unit = cell.entry.field.unit
    return is_of_unit(unit, one.unit) and not one.sign and cell.value == one.figure


def _signed(one: Quantity) -> Decimal:
    return -one.figure if one.sign else one.figure


def _shift(cell: Cell, one: Quantity) -> int:
    """How many powers of ten a figure is larger in the text's unit than in the cell's."""
    unit = cell.entry.field.unit
    return MONEY[unit] - MONEY[one.unit] if unit in MONEY and one.unit in MONEY else 0


def _in_unit(cell: Cell, one: Quantity) -> Decimal:
    return cell.value.scaleb(_shift(cell, one))
