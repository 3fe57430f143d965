"""What all sheets share: how they are locked and print, and how things are written on them."""

import re
from collections.abc import Mapping

from msgspec.structs import replace
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from workbook.catalogue.model import Language
from workbook.catalogue.sheets import BACK, GUIDE, PAGES, UNIT_ABOVE
from workbook.form.field import Field
from workbook.form.sample import SampleValue
from workbook.making.planning.plan import LABEL, TITLE_ROW
from workbook.making.styles import BAND, LINK, NOTE, dress, write
from workbook.saving.book import language_of
from workbook.saving.cells import FORMULA_SIGNS

A4 = 9
_CURRENCIES = {"zh": re.compile("万?元"), "en": re.compile(r"[A-Z]{3}|[$€£]")}


def is_currency(unit: str, language: Language) -> bool:
    """Whether a unit is one of money: 万元, 元; in English a code such as USD."""
    return _CURRENCIES[language].fullmatch(unit) is not None


def protect(sheet: Worksheet) -> None:
    """Lock all but the input cells, without a password; how they look stays the clerk's own.

    Excel refuses a colour on any cell of a sheet that locks formatting, and a note where objects
    are locked. To unlock a cell it never allows on a protected sheet.
    """
    protection = sheet.protection
    protection.sheet = True
    protection.objects = False
    protection.formatCells = protection.formatRows = protection.formatColumns = False


def set_up_page(
    sheet: Worksheet, *, landscape: bool = False, repeat: str = "", tab: str, wide: int = 1
) -> None:
    """A4, `wide` pages beside one another, sheet name above, page number below.

    The rows `repeat` are on every page, and so is the first column of what is wider than a page.
    """
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = tab
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = wide, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(0.6, 0.6, 0.75, 0.75, 0.3, 0.3)
    sheet.print_options.horizontalCentered = True
    if repeat:
        sheet.print_title_rows = repeat
    if wide > 1:
        sheet.print_title_cols = f"A:{get_column_letter(LABEL)}"
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(PAGES(language_of(sheet))))
    sheet.oddHeader = HeaderFooterItem(right=_HeaderFooterPart("&A"))


def write_band(sheet: Worksheet, row: int, title: str, last: int, *, first: int = LABEL) -> None:
    """The heading of a block, across the columns from `first` to `last`."""
    for column in range(first, last + 1):
        dress(sheet.cell(row, column), BAND)
    write(sheet, row, first, title)


def link_back(sheet: Worksheet, column: int) -> None:
    """A link to the first sheet, beside the title."""
    cell = sheet.cell(TITLE_ROW, column)
    dress(cell, replace(LINK, boxed=False, horizontal="left", wrap=False))
    guide = GUIDE(language_of(sheet))
    cell.value = BACK(language_of(sheet), sheet=guide)
    cell.hyperlink = Hyperlink(cell.coordinate, location=f"'{guide}'!A1")


def write_units(sheet: Worksheet, row: int, fields: Mapping[int, Field], last: int) -> None:
    """The unit of money above the right end of a block, and those of columns that have another.

    So the words at the left, which say how the block is filled, have room.
    """
    units = {number: one.unit for number, one in fields.items() if one.unit and number > LABEL}
    language = language_of(sheet)
    money = next((unit for unit in units.values() if is_currency(unit, language)), "")
    is_free = units.get(last, money) == money
    for number, unit in units.items():
        if unit != money or not is_free:
            dress(sheet.cell(row, number, UNIT_ABOVE(language, unit=unit)), NOTE)
    if money and is_free:
        dress(
            sheet.cell(row, last, UNIT_ABOVE(language, unit=money)),
            replace(NOTE, horizontal="right"),
        )


def type_in(sheet: Worksheet, row: int, column: int, value: SampleValue | None) -> None:
    """Write a value as somebody would type it; text stays text, whatever it begins with."""
    if isinstance(value, str):
        write(sheet, row, column, value.strip())
        sheet.cell(row, column).quotePrefix = value.strip().startswith(FORMULA_SIGNS)
    elif value is not None:
        sheet.cell(row, column, value)
