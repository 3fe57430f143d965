"""Figures as people type them, and as Excel keeps them, made exact.

Read by Python 3.8 too, inside LibreOffice: see `cell_functions`.
"""

from __future__ import annotations

import re
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

MOST_DECIMALS = 9  # the most that Excel's doubles can be asked for
_DIGITS = 100  # more than figures have; to make a context takes longer than to round in it
_ROOM = Context(prec=_DIGITS)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋％−\u3000\u00a0", "0123456789.,-+%-  ")
_PLAIN = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_NUMBER = re.compile(rf"(?P<number>{_PLAIN})\s*(?P<unit>[^\d\s.,+-][^\d\s]*)?", re.ASCII)


class NotNumber(NamedTuple):
    """Why a text is no figure of the field; `unit` is the one that was typed."""

    reason: Literal["text", "unit"]
    unit: str = ""


def parse_number(text: str, unit: str) -> Decimal | NotNumber:
    """The figure that `text` states in `unit`; full-width forms and thousands commas are read."""
    match = _NUMBER.fullmatch(text.translate(_FULL_WIDTH).strip())
    if match is None:
        return NotNumber("text")
    typed = match["unit"] or ""
    if typed and typed != unit:
        return NotNumber("unit", typed)
    return Decimal(match["number"].replace(",", ""))


def from_excel(value: float) -> Decimal:
    """The figure that Excel shows for a stored double, which is 15 significant digits."""
    # Decimal of the XML's own digits would carry the writer's noise: 71.24 as 71.23999999999999.
    return Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)


def decimals_of(number: Decimal) -> int:
    """How many decimals the figure needs, trailing zeros aside."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def round_half_up(number: Decimal, decimals: int) -> Decimal:
    """`number` with `decimals` decimals, 5 away from zero, as Excel's ROUND and as offices do."""
    digits = number.adjusted() + decimals + 2
    room = _ROOM if digits <= _DIGITS else Context(prec=digits)
    return number.quantize(_unit(decimals), ROUND_HALF_UP, room)


@lru_cache(maxsize=64)
def _unit(decimals: int) -> Decimal:
    """One of the last of so many decimals."""
    return Decimal(1).scaleb(-decimals)


def rounded(number: Decimal, decimals: int) -> Decimal:
    """`number` rounded half up after the noise behind `MOST_DECIMALS` is off, as the sheet does.

    A double's 0.00499999999999989 and Decimal's own 28 digits of 1/3 both stop short of a half.
    """
    return round_half_up(round_half_up(number, MOST_DECIMALS), decimals)


def whole(number: Decimal) -> Decimal:
    """The largest whole number not above `number`, noise behind `MOST_DECIMALS` aside.

    2.9999999999, as a quotient of doubles may come out for 3, is 3; -0.5 is -1, as Excel's INT.
    """
    exact = round_half_up(number, MOST_DECIMALS)
    return exact.to_integral_value(ROUND_FLOOR) + 0


def plain(number: Decimal) -> str:
    """The figure in digits, never in powers of ten, without superfluous zeros."""
    text = f"{number.normalize():f}"
    return "0" if text == "-0" else text
