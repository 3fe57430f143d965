"""The cells of a range that the clerk wants printed as a table."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from openpyxl.utils import range_boundaries

from workbook.figures.numbers import from_excel
from workbook.findings.model import Finding, finding
from workbook.reading.ranges import MOST_COLUMNS, MOST_ROWS
from workbook.reading.snapshot import RawCell, Snapshot
from workbook.reading.values import CellRange, Entry

WIDEST, LONGEST = 12, 200  # columns and rows of a table that a page can hold
MOST_DECIMALS: Final = 2  # of a printed figure
_FULL_WIDTH: Final = str.maketrans("：＄", ":$")
_CELL: Final = r"[$＄]?[A-Za-z]{1,3}[$＄]?[1-9]\d{0,6}"
_RANGE: Final = re.compile(
    r"(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>.+))[!！])?" rf"(?P<cells>{_CELL}[:：]{_CELL})"
)


def range_at(entry: Entry, snapshot: Snapshot) -> CellRange | Finding:
    """The cells of the range that the text of `entry` names, or what is wrong with it.

    Without a sheet it is a range of the sheet on which the text stands. Blank rows at its end and
    blank columns at its right do not count.
    """
    text = str(entry.value).strip()
    match = _RANGE.fullmatch(text)
    if match is None:
        return finding("range-unknown", entry.place, entry.label, text)
    own = entry.place.sheet if entry.place else ""
    quoted = match["quoted"].replace("''", "'") if match["quoted"] else ""
    named = (quoted or match["plain"] or own).strip()
    sheet = next((one for one in snapshot.sheets if one.casefold() == named.casefold()), None)
    if sheet is None:
        known = "、".join(snapshot.sheets)
        return finding("range-no-sheet", entry.place, entry.label, text, known, sheet=named)
    left, top, right, bottom = range_boundaries(
        match["cells"].translate(_FULL_WIDTH).replace("$", "").upper()
    )
    assert left and top and right and bottom, text
    is_beyond = max(right, left) > MOST_COLUMNS or max(bottom, top) > MOST_ROWS
    if is_beyond or abs(right - left) >= WIDEST or abs(bottom - top) >= LONGEST:
        return finding(
            "range-too-large", entry.place, entry.label, text, columns=WIDEST, rows=LONGEST
        )
    rows = range(min(top, bottom), max(top, bottom) + 1)
    columns = range(min(left, right), max(left, right) + 1)
    cells = _trimmed([[snapshot.cell(sheet, row, column) for column in columns] for row in rows])
    return cells or finding("range-blank", entry.place, entry.label, text)


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
