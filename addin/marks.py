"""Findings shown in the open book: coloured cells with notes, and the sheet that lists them.

What a cell looked like before is kept in hidden columns of that sheet, so that it comes back even
if the book was saved, closed and opened again in between. It is written down before the first cell
is coloured: whatever breaks in the middle, the next press or 清除标记 finds it.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import xlwings as xw

from addin.at_once import sheet_names
from addin.looks import Look, dress, looks
from addin.results_sheet import (
    BEFORE,
    BEFORE_COLUMN,
    FIRST_ROW,
    is_ours,
    remove_results,
    write_results,
)
from workbook.findings import Finding, everything
from workbook.remarks import LOOKS, RESULTS_SHEET, Remark, remarks

LINE: Final = "———"


def show(book: xw.Book, findings: Sequence[Finding], summary: str) -> list[str]:
    """Mark the cells and list the findings, in place of what was shown before.

    Gives the names of the sheets that would not be marked; their findings are listed like others.
    """
    with book.app.properties(screen_updating=False, enable_events=False):
        _clear(book)
        if not findings:
            return []
        names = sheet_names(book)
        said = {place: one for place, one in remarks(findings).items() if place.sheet in names}
        before = looks(book, [(place.sheet, place.address) for place in said])
        write_results(book, everything(findings), before, summary)
        return dress(book, [_marked(*pair) for pair in zip(before, said.values(), strict=True)])


def clear(book: xw.Book) -> int:
    """How many cells look again as they did before they were marked; the list is gone."""
    with book.app.properties(screen_updating=False, enable_events=False):
        return _clear(book)


def kept(book: xw.Book) -> Iterator[Look]:
    """How each marked cell looked before, in the order of the findings."""
    names = sheet_names(book)
    if RESULTS_SHEET not in names or not is_ours(book.sheets[RESULTS_SHEET]):
        return
    results = book.sheets[RESULTS_SHEET]
    bottom = results.used_range.last_cell.row
    if bottom < FIRST_ROW:
        return
    block = results.range((FIRST_ROW, BEFORE_COLUMN), (bottom, BEFORE_COLUMN + len(BEFORE) - 1))
    for sheet, address, colour, note in block.options(ndim=2).value:
        if sheet and address:
            yield Look(str(sheet), str(address), str(colour or ""), str(note or ""))


def _clear(book: xw.Book) -> int:
    names = sheet_names(book)
    if RESULTS_SHEET not in names or not is_ours(book.sheets[RESULTS_SHEET]):
        return 0
    before = [one for one in kept(book) if one.sheet in names]
    refused = dress(book, before)
    remove_results(book)
    return sum(one.sheet not in refused for one in before)


def _marked(before: Look, remark: Remark) -> Look:
    """The cell with its finding's colour, and what is said of it above its own note."""
    text = f"{remark.text}\n{LINE}\n{before.note}" if before.note else remark.text
    return before._replace(colour=f"#{LOOKS[remark.severity][0][2:]}", note=text)
