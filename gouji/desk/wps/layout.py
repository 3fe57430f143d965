"""What the JavaScript must know that is said elsewhere already: buttons, and how the list looks."""

from typing import Final

import msgspec

from addin.commands import offered
from addin.marking import results_sheet
from addin.ribbon.actions import WITHOUT_BOOK
from gouji.desk.wps.ribbon import BUTTON
from workbook.catalogue import buttons as said
from workbook.catalogue.findings import RESULTS_SHEET, SENTENCE
from workbook.catalogue.model import LANGUAGES, LIST_MARK, Language
from workbook.findings.marked_list import MARKED
from workbook.findings.model import Severity
from workbook.marking.remarks import RESULT_WIDTHS

CANNOT: Final = {
    "insert_check": "“插入核对”写的公式要用勾稽的函数,Excel 和 LibreOffice 里有,WPS 表格里没有。"
    "请在合计旁边自己写一个公式,如 =C9-SUM(C10:C12),结果是 0 就相符;"
    "或用 Excel、LibreOffice 打开这本工作簿再按“插入核对”。",
}


SAID: Final = {  # what the pages say of a book without asking the desk
    "name_taken": said.NAME_TAKEN,
    "structure_locked": said.STRUCTURE_LOCKED,
    "locked_sheets": said.LOCKED_SHEETS,
    "in_book": said.IN_BOOK,
    "not_kept": said.NOT_KEPT,
    "not_marked": said.NOT_MARKED,
    "cleared": said.CLEARED,
    "no_marks": said.NO_MARKS,
    "nothing_to_visit": said.NOTHING_TO_VISIT,
    "visited": said.VISITED,
    "then": said.THEN,
    "possibly": said.POSSIBLY,
    "sentence": SENTENCE,
    "list_mark": LIST_MARK,
    "cannot_go": said.CANNOT_GO,
}


def _said(language: Language) -> dict[str, str]:
    return {name: text.bare(language) for name, text in SAID.items()}


def layout_js() -> str:
    """`layout.js`, which the pages load first."""
    layout = {
        "sheets": RESULTS_SHEET._asdict(),
        "said": {one: _said(one) for one in LANGUAGES},
        "head_row": results_sheet.HEAD_ROW,
        "before_column": results_sheet.BEFORE_COLUMN,
        "before": {one: [text(one) for text in said.BEFORE] for one in LANGUAGES},
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
        "words": {lan: {one.value: one.text(lan) for one in Severity} for lan in LANGUAGES},
        "without_book": sorted(WITHOUT_BOOK),
        "cannot": CANNOT,
    }
    return f'"use strict";\nconst LAYOUT = {msgspec.json.encode(layout).decode()};\n'
