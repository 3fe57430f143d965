"""The list of marked cells that every workbook of ours has hidden, for its own colours to ask.

A conditional format covers a cell's own colour; those of our workbooks let the listed cells alone.
"""

from collections.abc import Collection, Iterable
from itertools import islice

import xlwings as xw

from addin.marking.looks import taken
from addin.open_book.protection import unlocked
from addin.open_book.sheets_and_names import references, sheet_names
from workbook.findings.marked_list import MARKED, MOST_MARKED, marked_text
from workbook.findings.place import Place


def tell_marked(book: xw.Book, cells: Collection[tuple[str, str]]) -> None:
    """Put the cells, by sheet and address, in place of what is listed; an older book has no list.

    Each is a formula that goes with its cell when rows are inserted above it. A hidden sheet that
    somebody has locked keeps its list, and the colours may cover the marks.
    """
    named = references(book, [*MARKED])
    reference = next((named[one] for one in MARKED if named.get(one)), "")
    sheet, _, area = reference.removeprefix("=").rpartition("!")
    name = sheet.removeprefix("'").removesuffix("'").replace("''", "'")
    if not name or name not in sheet_names(book):
        return
    texts = [[formula] for formula in marked_formulas(Place(*cell) for cell in cells)]
    list_of_all = texts + [[None]] * (MOST_MARKED - len(texts))
    with unlocked(book.sheets[name]):
        taken(lambda: setattr(book.sheets[name].range(area), "value", list_of_all))


def marked_formulas(cells: Iterable[Place]) -> list[str]:
    """A formula for each of the cells that the list has room for, which goes with its cell."""
    return [_formula(place) for place in islice(cells, MOST_MARKED)]


def _formula(place: Place) -> str:
    head = marked_text(Place(place.sheet, "")).replace('"', '""')
    return f'="{head}"&ADDRESS(ROW({place}),COLUMN({place}),4)'
