"""The sheets of a book, the cells that they use, and what its defined names stand for.

Calc tells all of them in one call. Excel has no such call and is asked for each by itself.
"""

from collections.abc import Mapping, Sequence

import xlwings as xw


def sheet_names(book: xw.Book) -> tuple[str, ...]:
    """The names of the sheets, in their order."""
    together = getattr(book.sheets.impl, "names", None)
    return tuple(sheet.name for sheet in book.sheets) if together is None else together()


def used_ranges(book: xw.Book, wanted: Sequence[str]) -> Mapping[str, xw.Range]:
    """The used ranges of sheets with their values at hand; none in Excel, which brings each."""
    together = getattr(book.sheets.impl, "used", None)
    found = {} if together is None else together(wanted)
    return {name: xw.Range(impl=one) for name, one in found.items()}


def references(book: xw.Book, wanted: Sequence[str]) -> Mapping[str, str]:
    """What each wanted defined name stands for, `=预算收支!$C$9`; none for no name."""
    names = book.names
    together = getattr(names.impl, "references", None)
    if together is not None:
        return dict(together(wanted))
    there = (key for key in wanted if names.contains(key))
    return {key: text for key in there if (text := names(key).refers_to) is not None}
