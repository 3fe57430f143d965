"""Findings shown in the open book: coloured cells with notes, and the sheet that lists them.

What a cell looked like before is kept in hidden columns of that sheet, so that it comes back even
if the book was saved, closed and opened again in between. It is written down before the first cell
is coloured: whatever breaks in the middle, the next press or 清除标记 finds it.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import xlwings as xw

from addin.marking.looks import Look, dress, looks
from addin.marking.marked_list import tell_marked
from addin.marking.results_sheet import Listed, before_in, listed, remove_results, write_results
from addin.open_book.sheets_and_names import sheet_names
from workbook.findings.groups import in_order
from workbook.findings.model import Finding
from workbook.marking.remarks import Remark, remarks, result_lines

LINE: Final = "———"

CellAddress = tuple[str, str]  # a sheet's name and a cell's address


def show(book: xw.Book, findings: Sequence[Finding], summary: str) -> list[str]:
    """Mark the cells and list the findings, in place of what was shown before.

    Gives the names of the sheets that would not be marked; their findings are listed like others.
    Cells that look as they should already are left alone, as most are at a second press.
    """
    if not findings:
        clear(book)
        return []
    findings = in_order(findings)
    with book.app.properties(screen_updating=False, enable_events=False):
        names = sheet_names(book)
        said = {
            (place.sheet, place.address): remark
            for place, remark in remarks(findings).items()
            if place.sheet in names
        }
        there = listed(book)
        kept = {_address(one): one for one in _before(there) if one.sheet in names}
        now = {_address(one): one for one in looks(book, list({**said, **kept}))}
        before = {spot: kept.get(spot, now[spot]) for spot in said}
        _change(book, [one for spot, one in kept.items() if spot not in said], now)
        write_results(book, list(result_lines(findings)), list(before.values()), summary, there)
        tell_marked(book, said)
        return _change(book, [_marked(before[spot], said[spot]) for spot in said], now)


def clear(book: xw.Book) -> int:
    """How many cells look again as they did before they were marked; the list is gone."""
    with book.app.properties(screen_updating=False, enable_events=False):
        names = sheet_names(book)
        there = listed(book)
        if there is None:
            return 0
        before = [one for one in _before(there) if one.sheet in names]
        tell_marked(book, ())
        refused = dress(book, before)
        remove_results(book.sheets[there.sheet])
        return sum(one.sheet not in refused for one in before)


def listed_cells(book: xw.Book) -> list[CellAddress]:
    """Each cell that the list in the book is about, in its order."""
    return list(dict.fromkeys(map(_address, _before(listed(book)))))


def _before(there: Listed | None) -> list[Look]:
    """How the marked cells looked before; none where there is no list."""
    return before_in(there.rows) if there else []


def _change(book: xw.Book, wanted: Sequence[Look], now: Mapping[CellAddress, Look]) -> list[str]:
    """Dress the cells that look otherwise now; the names of the sheets that refused."""
    changes = [one for one in wanted if one != now[_address(one)]]
    return dress(book, changes) if changes else []


def _address(look: Look) -> CellAddress:
    return look.sheet, look.address


def _marked(before: Look, remark: Remark) -> Look:
    """The cell with its finding's colour, and what is said of it above its own note."""
    text = f"{remark.text}\n{LINE}\n{before.note}" if before.note else remark.text
    return before._replace(colour=f"#{remark.look[0][2:]}", note=text)
