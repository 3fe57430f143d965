"""What is printed of a sheet."""

import contextlib
from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from addin.calc.notation import addresses
from addin.calc.places.model import OpenSheet

A4_MM100 = 29_700, 21_000  # lying, in hundredths of a millimetre


class PageSetup(base_classes.PageSetup):
    """How a sheet is printed."""

    def __init__(self, sheet: OpenSheet) -> None:
        self.sheet = sheet

    @property
    def api(self) -> Any:
        """The page style."""
        styles = self.sheet.book.document.getStyleFamilies().getByName("PageStyles")
        return styles.getByName(self.sheet.api.PageStyle)

    @property
    def print_area(self) -> str | None:
        """The address of what is printed; None where all of it is."""
        areas = [self.sheet.of_area(area).address for area in self.sheet.api.getPrintAreas()]
        return ",".join(areas) or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        parts = value.split(",") if value else []
        areas = [addresses.split(part)[1].strip() for part in parts]
        self.sheet.api.setPrintAreas(tuple(self.sheet.range(area).range_address for area in areas))

    def fit_lying(self, head_row: int) -> None:
        """Print the sheet lying and one page wide, with a row that every page repeats.

        Sheets share page styles, so that it gets one of its own.
        """
        document, sheet = self.sheet.book.document, self.sheet.api
        styles = document.getStyleFamilies().getByName("PageStyles")
        name = str(sheet.Name)
        if not styles.hasByName(name):
            styles.insertByName(name, document.createInstance("com.sun.star.style.PageStyle"))
        style = styles.getByName(name)
        style.IsLandscape = True
        style.Width, style.Height = A4_MM100
        style.ScaleToPagesX, style.ScaleToPagesY = 1, 0  # 0: as many as there are
        sheet.PageStyle = name
        sheet.setTitleRows(self.sheet.block(head_row, 1, 1, 1).range_address)
        sheet.setPrintTitleRows(True)


@contextlib.contextmanager
def without_header_and_footer(sheet: OpenSheet) -> Iterator[None]:
    """Print without header and footer for a while."""
    style = PageSetup(sheet).api
    before = {name: getattr(style, name) for name in ("HeaderIsOn", "FooterIsOn")}
    try:
        for name in before:
            setattr(style, name, False)
        yield
    finally:
        for name, value in before.items():
            setattr(style, name, value)
