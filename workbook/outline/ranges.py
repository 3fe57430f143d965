"""The cells of a range that the clerk wants printed as a table."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final
from unicodedata import normalize

from workbook.figures.number_formats import number_format
from workbook.figures.numbers import decimals_of, from_excel
from workbook.findings.model import Finding, finding
from workbook.reading.snapshot import RawCell, Snapshot
from workbook.reading.values import CellRange, Entry
from workbook.xlsx.addresses import corners_of

WIDEST, LONGEST = 12, 200  # columns and rows of a table that a page can hold
MOST_DECIMALS: Final = 2  # of a printed figure
_ON_SHEET: Final = re.compile(r"(?:'((?:[^']|'')+)'|(.+))[!！]([^!！]+)")
_CELL: Final = r"\$?[A-Z]{1,3}\$?[1-9]\d{0,6}"
_CELLS: Final = re.compile(f"{_CELL}:{_CELL}")


def range_at(entry: Entry, snapshot: Snapshot) -> CellRange | Finding:
    """The cells of the range that the text of `entry` names, or what is wrong with it.

    Blank rows at its end and blank columns at its right do not count.
    """
    text = str(entry.value).strip()
    match = _ON_SHEET.fullmatch(text)
    cells = normalize("NFKC", match[3]).strip().upper() if match else ""
    if match is None or not _CELLS.fullmatch(cells):
        return finding("range-unknown", entry.place, entry.label, text)
    named = (match[1].replace("''", "'") if match[1] else match[2]).strip()
    sheet = next((one for one in snapshot.sheets if one.casefold() == named.casefold()), None)
    if sheet is None:
        known = "、".join(snapshot.sheets)
        return finding("range-no-sheet", entry.place, entry.label, text, known, sheet=named)
    corners = corners_of(cells)
    if corners is None or corners.columns > WIDEST or corners.rows > LONGEST:
        return finding(
            "range-too-large", entry.place, entry.label, text, columns=WIDEST, rows=LONGEST
        )
    rows = range(corners.top, corners.bottom + 1)
    columns = range(corners.left, corners.right + 1)
    found = _trimmed([[snapshot.cell(sheet, row, column) for column in columns] for row in rows])
    return found or finding("range-blank", entry.place, entry.label, text)


def _trimmed(rows: Sequence[Sequence[RawCell]]) -> CellRange:
    used = [n for n, row in enumerate(rows) if any(cell.kind != "blank" for cell in row)]
    wide = [n for row in rows for n, cell in enumerate(row) if cell.kind != "blank"]
    if not used:
        return ()
    return tuple(tuple(row[: max(wide) + 1]) for row in rows[: max(used) + 1])


def is_figure(cell: RawCell) -> bool:
    """Whether a cell holds a number; 1e999 in a file is none."""
    return cell.kind == "number" and abs(cell.value) != float("inf")


def figure_of(cell: RawCell) -> Decimal:
    """The number of a cell as it is shown: a percentage is a hundred times what is kept."""
    number = from_excel(cell.value)
    return number * 100 if cell.is_percent else number


def is_rounded(cell: RawCell) -> bool:
    """Whether a figure is printed with fewer decimals than its cell shows."""
    return (
        number_format(cell.number_format).decimals is None
        and decimals_of(figure_of(cell)) > MOST_DECIMALS
    )
