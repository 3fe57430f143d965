"""A saved workbook as the plain book that the double of WPS stands on, read by openpyxl."""

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from loaded import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel
from openpyxl.worksheet.worksheet import Worksheet

# As WPS' and Excel's object model hands error cells over: XlCVError with its facility.
ERRORS = {
    "#NULL!": -2146826288, "#DIV/0!": -2146826281, "#VALUE!": -2146826273, "#REF!": -2146826265,
    "#NAME?": -2146826259, "#NUM!": -2146826252, "#N/A": -2146826246,
}  # fmt: skip
VISIBLE = {"visible": -1, "hidden": 0, "veryHidden": 2}
ALLOWED = {
    "formatCells": "AllowFormattingCells",
    "formatColumns": "AllowFormattingColumns",
    "formatRows": "AllowFormattingRows",
    "insertRows": "AllowInsertingRows",
    "deleteRows": "AllowDeletingRows",
    "sort": "AllowSorting",
    "autoFilter": "AllowFiltering",
}


def plain_book(path: Path, **more: Any) -> dict[str, Any]:
    """The book at `path`; `more` is what it is besides, `read_only=True`."""
    return {**json.loads(plain_text(path)), **more}


@cache
def plain_text(path: Path) -> str:
    """The same as JSON."""
    book, shown = load_workbook(path), load_workbook(path, data_only=True)
    from_1904 = book.epoch == CALENDAR_MAC_1904
    return json.dumps(
        {
            "full_name": str(path),
            "read_only": False,
            "structure_locked": bool(book.security and book.security.lockStructure),
            "from_1904": from_1904,
            "properties": [[one.name, one.value] for one in book.custom_doc_props.props],
            "names": [[name, f"={one.attr_text}"] for name, one in book.defined_names.items()],
            "sheets": [_sheet(one, shown[one.title], book.epoch) for one in book.worksheets],
        }
    )


def _sheet(sheet: Worksheet, shown: Worksheet, epoch: dt.datetime) -> dict[str, Any]:
    is_locked = sheet.protection.sheet
    return {
        "name": sheet.title,
        "visible": VISIBLE[sheet.sheet_state],
        "cells": _cells(sheet, shown, epoch),
        "merged": [list(one.bounds) for one in sheet.merged_cells.ranges],
        "tables": [
            {
                "name": one.displayName,
                "area": list(range_boundaries(one.ref)),
                "totals": bool(one.totalsRowCount),
            }
            for one in sheet.tables.values()
        ],
        "password": (sheet.protection.password or "") if is_locked else None,
        # In the file these say what is forbidden.
        "allowed": [word for key, word in ALLOWED.items() if not getattr(sheet.protection, key)],
    }


def _cells(sheet: Worksheet, shown: Worksheet, epoch: dt.datetime) -> Mapping[str, Any]:
    found = {}
    for (row, column), cell in sheet._cells.items():
        told = shown._cells[row, column]
        plain = {
            "value": _value(told, epoch),
            "formula": cell.value if cell.data_type == "f" else None,
            "format": None if cell.number_format == "General" else cell.number_format,
            "note": cell.comment.text if cell.comment else None,
            "colour": f"#{cell.fill.fgColor.rgb[2:]}" if cell.fill.patternType == "solid" else None,
        }
        kept = {name: value for name, value in plain.items() if value is not None}
        if kept:
            found[f"{row},{column}"] = kept
    return found


def _value(cell: Any, epoch: dt.datetime) -> Any:
    if cell.data_type == "e":
        return ERRORS[cell.value]
    if isinstance(cell.value, dt.datetime | dt.date | dt.time | dt.timedelta):
        return to_excel(cell.value, epoch)
    return cell.value
