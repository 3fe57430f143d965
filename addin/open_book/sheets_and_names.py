"""The sheets of a book, the cells that they use, and what its defined names stand for.

Calc tells all of them in one call. Excel has no such call and is asked for each by itself.
"""

from collections.abc import Mapping, Sequence

import xlwings as xw

from addin.open_book.busy import is_busy, is_gone
from workbook.findings.place import Place


def sheet_names(book: xw.Book) -> tuple[str, ...]:
    """The names of the sheets, in their order."""
    together = getattr(book.sheets.impl, "names", None)
    return tuple(sheet.name for sheet in book.sheets) if together is None else together()


def used_ranges(book: xw.Book, wanted: Sequence[str]) -> Mapping[str, xw.Range]:
    """The used ranges of sheets with their values at hand; none in Excel, which brings each."""
    together = getattr(book.sheets.impl, "used", None)
    found = {} if together is None else together(wanted)
    return {name: xw.Range(impl=one) for name, one in found.items()}


def formulas_at(book: xw.Book, places: Sequence[Place]) -> Sequence[str]:
    """The formula of each cell, "" where there is none."""
    together = getattr(book.sheets.impl, "formulas_at", None)
    found = together and together([(one.sheet, one.address) for one in places])
    if found is not None:
        return list(found)
    return [str(book.sheets[one.sheet].range(one.address).formula or "") for one in places]


def references(book: xw.Book, wanted: Sequence[str]) -> Mapping[str, str]:
    """What each wanted defined name stands for, `=预算收支!$C$9`; none for no name."""
    names = book.names
    together = getattr(names.impl, "references", None)
    if together is not None:
        return dict(together(wanted))
    there = (key for key in wanted if names.contains(key))
    return {key: text for key in there if (text := names(key).refers_to) is not None}


def table_of(sheet: xw.Sheet, name: str) -> xw.main.Table | None:
    """The sheet's table of that name; None where it has none.

    xlwings finds no table either where the program is busy or gone: that is raised here.
    """
    try:
        return sheet.tables[name]
    except KeyError as error:
        why = error.__context__
        if why is not None and (is_busy(why) or is_gone(why)):
            raise why from None
        return None
