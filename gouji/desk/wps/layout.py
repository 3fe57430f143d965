"""What the JavaScript must know that is said elsewhere already: buttons, and how the list looks."""

from typing import Final

import msgspec

from addin.commands import offered
from addin.marking import results_sheet
from addin.ribbon.actions import WITHOUT_BOOK
from gouji.desk.wps.ribbon import BUTTON
from workbook.findings.marked_list import MARKED
from workbook.findings.model import Severity
from workbook.marking.remarks import RESULT_WIDTHS

CANNOT: Final = {
    "insert_check": "“插入核对”写的公式要用勾稽的函数,Excel 和 LibreOffice 里有,WPS 表格里没有。"
    "请在合计旁边自己写一个公式,如 =C9-SUM(C10:C12),结果是 0 就相符;"
    "或用 Excel、LibreOffice 打开这本工作簿再按“插入核对”。",
}


def layout_js() -> str:
    """`layout.js`, which the pages load first."""
    layout = {
        "sheet": results_sheet.RESULTS_SHEET,
        "head_row": results_sheet.HEAD_ROW,
        "before_column": results_sheet.BEFORE_COLUMN,
        "before": results_sheet.BEFORE,
        "width": results_sheet.WIDTH,
        "widths": list(RESULT_WIDTHS),
        "head_fill": results_sheet.HEAD_FILL,
        "head_ink": results_sheet.HEAD_INK,
        "link_ink": results_sheet.LINK_INK,
        "band_fill": results_sheet.BAND_FILL,
        "ink": results_sheet.INK,
        "marked": list(MARKED),
        "button": BUTTON,
        "labels": {one.name: one.label for one in offered()},
        "words": {one.value: one.word for one in Severity},
        "without_book": sorted(WITHOUT_BOOK),
        "cannot": CANNOT,
    }
    return f'"use strict";\nconst LAYOUT = {msgspec.json.encode(layout).decode()};\n'
