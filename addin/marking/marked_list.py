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
from workbook.xlsx.addresses import sheet_and_area


def tell_marked(book: xw.Book, cells: Collection[tuple[str, str]]) -> None:
    """Put the cells, by sheet and address, in place of what is listed; an older book has no list.

    Each is a formula that goes with its cell when rows are inserted above it. A hidden sheet that
    somebody has locked keeps its list, and the colours may cover the marks.
    """
    asked = (references(book, [one]).get(one) for one in MARKED)
    reference = next(filter(None, asked), "")
    name, area = sheet_and_area(reference)
    if not name or name not in sheet_names(book):
        return
    places = [Place(*cell) for cell in islice(cells, MOST_MARKED)]
    blank: list[None] = [None] * (MOST_MARKED - len(places))
    written = book.sheets[name].range(area)
    if written.options(ndim=1).value == [*map(marked_text, places), *blank]:
        return  # as it is at a second press: whatever asks the list need not be calculated anew
    with unlocked(book.sheets[name]):
        formulas = [[one] for one in (*marked_formulas(places), *blank)]
        taken(lambda: setattr(written, "value", formulas))


def marked_formulas(cells: Iterable[Place]) -> list[str]:
    """A formula for each of the cells that the list has room for, which goes with its cell."""
    return [_formula(place) for place in islice(cells, MOST_MARKED)]


def _formula(place: Place) -> str:
    head = marked_text(Place(place.sheet, "")).replace('"', '""')
    return f'="{head}"&ADDRESS(ROW({place}),COLUMN({place}),4)'
