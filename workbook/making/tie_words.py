"""How the words of GJ_TIES look: the tests of the conditional formats, and their colours."""

from typing import Final

from workbook.figures.cell_functions import TIES, UNFILLED
from workbook.making.styles import BLUE_FILL, BLUE_INK, GREEN_FILL, GREEN_INK, RED_FILL, RED_INK

ROUNDING: Final = "尾差"
LOOKS: Final = (
    (f'{{cell}}="{TIES}"', GREEN_FILL, GREEN_INK),
    (f'LEFT({{cell}},{len(ROUNDING)})="{ROUNDING}"', BLUE_FILL, BLUE_INK),
    (
        f'AND({{cell}}<>"",{{cell}}<>"{TIES}",LEFT({{cell}},{len(ROUNDING)})<>"{ROUNDING}",'
        f'RIGHT({{cell}},{len(UNFILLED)})<>"{UNFILLED}")',
        RED_FILL,
        RED_INK,
    ),
)
"""Test, fill and ink; no two tests are ever true together, so that their order does not matter."""
