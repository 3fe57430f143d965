"""Which units of a sheet are to be filled: as it protects, else colours, else holds something."""

from collections import Counter
from collections.abc import Callable
from typing import Final

from workbook.adopting.model import Unit
from workbook.adopting.views import SheetView

IsInput = Callable[[Unit], bool]
_FEW: Final = 2  # cells of a colour that say nothing yet
_MOST_OF: Final = 0.6  # of the cells without words, for their colour to be that of inputs
_NO_COLOUR: Final = ("", "rgb00000000", "rgbFFFFFFFF", "indexed64")


def inputs_of(sheet: SheetView) -> IsInput | None:
    """Whether a unit is to be filled, where the form itself says so; None where it does not.

    It says so by cells left open in a protected sheet, or by one colour for what is to be typed.
    """
    units = [unit for unit in sheet.each() if not unit.formula]
    if sheet.is_protected and any(not unit.is_locked for unit in units):
        return lambda unit: not unit.is_locked and not unit.formula
    bare = [unit for unit in units if not unit.text and (unit.is_bordered or not unit.is_blank)]
    colours = Counter(unit.fill for unit in bare if unit.fill not in _NO_COLOUR)
    for colour, count in colours.most_common(1):
        words = sum(unit.fill != colour for unit in units if unit.text)
        if count > _FEW and count >= _MOST_OF * len(bare) and words:
            return lambda unit: unit.fill == colour and not unit.formula
    return None


def looks_like_input(unit: Unit) -> bool:
    """Whether a unit is to be filled, in a form that does not say: a figure, a date, a blank."""
    return not unit.formula and not unit.text and (unit.is_bordered or not unit.is_blank)
