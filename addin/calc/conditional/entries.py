"""Calc's own conditional formats: areas of cells with entries, one for each rule."""

from collections.abc import Sequence
from typing import Any, Final

from addin.calc.places.model import Block
from addin.calc.program.bridge import call, typed

# com.sun.star.sheet.ConditionEntryType
CONDITION, COLOR_SCALE, DATA_BAR, ICON_SET = range(4)
_AREAS: Final = "[]com.sun.star.table.CellRangeAddress"


def ranges(block: Block, areas: Sequence[Any]) -> Any:
    """Areas of a sheet, as UNO addresses, as one object of Calc."""
    several = block.sheet.book.document.createInstance("com.sun.star.sheet.SheetCellRanges")
    call(several, "addRangeAddresses", typed(_AREAS, tuple(areas)), True)
    return several


def new_format(block: Block, area: Any, *kinds: int) -> Any:
    """A new format of an area, with entries of these kinds that still say nothing."""
    formats = block.sheet.api.ConditionalFormats
    number = formats.createByRange(ranges(block, [area]))
    found = reversed(formats.getConditionalFormats())  # the newest is last
    made = next(one for one in found if number == one.ID)
    for kind in kinds:
        made.createEntry(kind, 0)  # which puts it last, whatever the place
    return made


def entries(owner: Any) -> list[Any]:
    """The entries of a format in their order."""
    return [owner.getByIndex(index) for index in range(owner.getCount())]


def holds_conditions(owner: Any) -> bool:
    """Whether all entries are conditions, which can be copied, and none is a scale."""
    return all(entry.getType() == CONDITION for entry in entries(owner))


def make_anew(block: Block, owner: Any, leave_out: int | None = None) -> None:
    """Replace a format of conditions by a newer one, without one of its entries if so told.

    Calc tries the newest last, and takes no single entry out.
    """
    kept = [entry for index, entry in enumerate(entries(owner)) if index != leave_out]
    where = owner.Range
    if kept:
        made = new_format(block, where.getRangeAddresses()[0], *[CONDITION] * len(kept))
        for entry, copy in zip(kept, entries(made), strict=True):
            for name in ("Operator", "Formula1", "Formula2", "StyleName"):
                setattr(copy, name, getattr(entry, name))
        made.Range = where
    block.sheet.api.ConditionalFormats.removeByID(owner.ID)
