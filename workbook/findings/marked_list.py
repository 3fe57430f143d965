"""The list that a workbook keeps of its cells that bear a finding's mark."""

from typing import Final

from workbook.catalogue import cells
from workbook.findings.place import Place

MARKED: Final = cells.MARKED  # the list's defined name, in each language
MOST_MARKED: Final = 1200  # cells that it has room for


def marked_text(place: Place) -> str:
    """How the list names a cell, `预算收支!C9`, quoted nowhere."""
    return f"{place.sheet}!{place.address}"
