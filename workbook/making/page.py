"""How a sheet is locked and how it prints."""

from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

A4 = 9


def protect(sheet: Worksheet) -> None:
    """Lock all but the input cells, without a password; how they look stays the clerk's own.

    Excel refuses a colour on any cell of a sheet that locks formatting, and a note where objects
    are locked. To unlock a cell it never allows on a protected sheet.
    """
    protection = sheet.protection
    protection.sheet = True
    protection.objects = False
    protection.formatCells = protection.formatRows = protection.formatColumns = False


def set_up_page(sheet: Worksheet, *, landscape: bool = False, repeat: str = "", tab: str) -> None:
    """A4, one page wide, the rows `repeat` on every page, sheet name above, page number below."""
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = tab
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(0.6, 0.6, 0.75, 0.75, 0.3, 0.3)
    sheet.print_options.horizontalCentered = True
    if repeat:
        sheet.print_title_rows = repeat
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页,共 &N 页"))
    sheet.oddHeader = HeaderFooterItem(right=_HeaderFooterPart("&A"))
