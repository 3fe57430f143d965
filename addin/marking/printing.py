"""How the list of findings prints: lying, as wide as a page, its head on each of them."""

from contextlib import suppress
from typing import Final

import xlwings as xw

from addin.open_book.program import is_com

LANDSCAPE: Final = 2  # xlLandscape


def fit_to_pages(sheet: xw.Sheet, head_row: int) -> None:
    """Set up the pages of a sheet; a computer without a printer may refuse it in Excel."""
    together = getattr(sheet.page_setup.impl, "fit_lying", None)
    if together is not None:
        together(head_row)
    elif is_com(sheet.book):
        with suppress(Exception):
            setup = sheet.api.PageSetup
            setup.Orientation = LANDSCAPE
            setup.Zoom = False  # or Excel heeds none of the next two
            setup.FitToPagesWide, setup.FitToPagesTall = 1, False
            setup.PrintTitleRows = f"${head_row}:${head_row}"
