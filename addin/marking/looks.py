"""The colours and notes of many cells, read and given in as few calls as the program allows.

Calc takes all of them in one call. Excel takes the cells of one sheet and colour together, and
notes one by one. What a sheet refuses is left alone: nothing else depends on it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import xlwings as xw

from addin.marking import excel_looks
from addin.marking.cell_runs import cell_at, runs, unions
from addin.open_book.busy import is_busy, is_gone
from addin.open_book.program import is_com
from addin.open_book.protection import unlocked


class Look(NamedTuple):
    """How a cell looks: `#FFC7CE` or '' for no colour, the text of its note or ''."""

    sheet: str
    address: str
    colour: str
    note: str


def looks(book: xw.Book, places: Sequence[tuple[str, str]]) -> list[Look]:
    """How the cells, given by sheet and address, look now."""
    together = getattr(book.sheets.impl, "looks", None)
    found = together(places) if together is not None else None
    if found is not None:
        return [Look(*place, *look) for place, look in zip(places, found, strict=True)]
    by_sheet: dict[str, list[str]] = defaultdict(list)
    for name, address in places:
        by_sheet[name].append(address)
    read = {name: _read(book.sheets[name], addresses) for name, addresses in by_sheet.items()}
    return [Look(*place, *read[place[0]][place[1]]) for place in places]


def dress(book: xw.Book, wanted: Sequence[Look]) -> list[str]:
    """Give the cells these looks; the names of the sheets that refused some of it."""
    together = getattr(book.sheets.impl, "dress", None)
    if together is not None and together(wanted):
        return []
    by_sheet: dict[str, list[Look]] = defaultdict(list)
    for one in wanted:
        by_sheet[one.sheet].append(one)
    return [name for name, some in by_sheet.items() if not _dress(book.sheets[name], some)]


def ranges(sheet: xw.Sheet, addresses: Sequence[str]) -> Iterator[xw.Range]:
    """As few ranges as there can be that together are these cells."""
    cells = [cell_at(address) for address in addresses]
    found = [address for address, _ in unions(cells)] if is_com(sheet.book) else runs(cells)
    return map(sheet.range, found)


def _read(sheet: xw.Sheet, addresses: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The colour and the note of each cell of one sheet."""
    if not is_com(sheet.book):
        return {address: _look(sheet.range(address)) for address in addresses}
    cells = {address: cell_at(address) for address in addresses}
    colours = excel_looks.colours(sheet.api, list(cells.values()))
    notes = excel_looks.notes(sheet.api, list(cells.values()))
    return {address: (colours[cell], notes.get(cell, "")) for address, cell in cells.items()}


def _look(cell: xw.Range) -> tuple[str, str]:
    colour, note = cell.color, cell.note
    words = "" if colour is None else "#{:02X}{:02X}{:02X}".format(*colour)
    return words, note.text if note is not None else ""


def _dress(sheet: xw.Sheet, wanted: Sequence[Look]) -> bool:
    """Whether the sheet took all of it; it may allow colours and refuse notes."""
    with unlocked(sheet):
        if not is_com(sheet.book):
            return taken(partial(_dress_one_by_one, sheet, wanted))
        cells = {cell_at(one.address): one for one in wanted}
        colours = {cell: one.colour for cell, one in cells.items()}
        notes = {cell: one.note for cell, one in cells.items()}
        has_colours = taken(partial(excel_looks.colour, sheet.api, colours))
        return taken(partial(excel_looks.annotate, sheet.api, notes)) and has_colours


def _dress_one_by_one(sheet: xw.Sheet, wanted: Sequence[Look]) -> None:
    for one in wanted:
        cell = sheet.range(one.address)
        cell.color = one.colour or None
        if cell.note is not None:
            cell.note.delete()
        if one.note:
            cell.add_note(one.note)


def taken(change: Callable[[], object]) -> bool:
    """Whether the sheet let it be done; that the program is busy or gone is another matter."""
    try:
        change()
    except Exception as error:
        if is_busy(error) or is_gone(error):
            raise
        return False
    return True
