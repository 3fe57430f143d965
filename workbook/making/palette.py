"""The colours of the workbook, of a finding on its cell and of a verdict."""

from workbook.catalogue.cells import ROUNDING, TIES, UNFILLED
from workbook.catalogue.model import Language

INK, GREY, LINE, BRAND = "FF1F2937", "FF6B7280", "FFBFC7D1", "FF1F4E79"
INPUT_FILL, LABEL_FILL, BAND_FILL, HEAD_FILL = "FFFFF8DC", "FFF3F5F8", "FFDCE6F1", "FF1F4E79"
DEFAULT_FILL = "FFF1F6E4"  # between one to be filled and one that is locked
RED_FILL, RED_INK, AMBER_FILL, AMBER_INK = "FFFFC7CE", "FF9C0006", "FFFCE0C0", "FF7F4A00"
# Of the cell that a finding names, beside the lighter one of those that take part in it.
DARK_RED, DARK_AMBER, DARK_BLUE = "FFEF7272", "FFF5A742", "FF8DB9E2"
NEEDED_FILL, NEEDED_EDGE = "FFFFE94D", "FFB8860B"  # a required cell that is still blank
GREEN_FILL, GREEN_INK, BLUE_FILL, BLUE_INK = "FFC6EFCE", "FF006100", "FFDDEBF7", "FF1F4E79"
INPUT_TAB, CHECK_TAB, GUIDE_TAB = "FFF2C94C", "FF27AE60", "FF1F4E79"


def tie_looks(language: Language) -> tuple[tuple[str, str, str], ...]:
    """How the words of GJ_TIES look: test, fill and ink.

    No two tests are ever true together, so that their order does not matter.
    """
    ties, rounding, blank = (one(language) for one in (TIES, ROUNDING, UNFILLED))
    starts, ends = f"LEFT({{cell}},{len(rounding)})", f"RIGHT({{cell}},{len(blank)})"
    fails = f'{{cell}}<>"",{{cell}}<>"{ties}",{starts}<>"{rounding}",{ends}<>"{blank}"'
    return (
        (f'{{cell}}="{ties}"', GREEN_FILL, GREEN_INK),
        (f'{starts}="{rounding}"', BLUE_FILL, BLUE_INK),
        (f"AND({fails})", RED_FILL, RED_INK),
    )
