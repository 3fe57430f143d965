"""Formulas that another program wrote with our functions, turned into this program's own form.

Best effort: what a locked sheet or the program refuses stays as it is, and nothing depends on it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final, TypeVar

import xlwings as xw

from addin.open_book.blocks import MOST_CELLS
from addin.open_book.busy import is_busy, is_gone
from addin.open_book.protection import is_read_only, unlocked
from addin.open_book.sheets_and_names import sheet_names
from workbook.catalogue.findings import ALL_RESULTS
from workbook.catalogue.sheets import ALL_EXAMPLES, ALL_GENERATED
from workbook.figures.native_ties import Area, native_ties
from workbook.reading.cell_formulas import CALC_FORM, EXCEL_FORM, asks_ours, in_form
from workbook.reading.spots import Spot

T = TypeVar("T")
NO_FUNCTION: Final = "#NAME?"
_NOT_OURS: Final = (ALL_GENERATED | ALL_RESULTS) - ALL_EXAMPLES
_CELL: Final = r"\$?[A-Z]{1,3}\$?\d{1,7}"
_UNION: Final = re.compile(
    rf"=GJ_TIES\((?P<total>{_CELL}),\((?P<parts>{_CELL}(?::{_CELL})?(?:,{_CELL}(?::{_CELL})?)+)\)\)"
)


def take_over(book: xw.Book) -> int:
    """How many formulas were written anew because this program did not know them as they stood."""
    if is_read_only(book):
        return 0
    by_sheet: dict[str, list[tuple[str, str]]] = defaultdict(list)
    nothing: list[tuple[Spot, str]] = []
    for spot, formula in _tried(lambda: list(_asking(book)), nothing):
        by_sheet[spot.sheet].append((spot.place.address, formula))
    return sum(
        _tried(partial(_write, book.sheets[name], found), 0) for name, found in by_sheet.items()
    )


def _tried(change: Callable[[], T], otherwise: T) -> T:
    """What comes of it; that the program is busy or gone is another matter."""
    try:
        return change()
    except Exception as error:
        if is_busy(error) or is_gone(error):
            raise
        return otherwise


def _asking(book: xw.Book) -> Iterator[tuple[Spot, str]]:
    """The formulas that ask ours: in Calc of all sheets in one call, in Excel a call a sheet."""
    names = [name for name in sheet_names(book) if name not in _NOT_OURS]
    together = getattr(book.sheets.impl, "formulas_with", None)
    found = None if together is None else together("gj", names)
    for spot in _searched(book, names) if found is None else found:
        if asks_ours(spot[3]):
            yield Spot(*spot[:3]), spot[3]


def _searched(book: xw.Book, names: list[str]) -> Iterator[tuple[str, int, int, str]]:
    for name in names:
        used = book.sheets[name].used_range
        if used.shape[0] * used.shape[1] > MOST_CELLS:  # a stray cell far away, or too much to wait
            continue
        block: Any = used.formula
        rows = block if isinstance(block, tuple | list) else ((block,),)
        for down, row in enumerate(rows):
            for right, formula in enumerate(row):
                if isinstance(formula, str) and "gj" in formula.lower():
                    yield name, used.row + down, used.column + right, formula


def _write(sheet: xw.Sheet, found: list[tuple[str, str]]) -> int:
    """How many of a sheet's formulas are now in this program's form."""
    is_excel = sheet.book.app.engine.name == "excel"
    own = EXCEL_FORM if is_excel else CALC_FORM
    strange = [
        (sheet.range(address), formula)
        for address, formula in found
        if in_form(formula, own) != formula or _is_unknown(sheet.range(address))
    ]
    if not strange:
        return 0
    with unlocked(sheet) as may_change:
        if not may_change:
            return 0
        # Each by itself: one of Calc's errors cannot be raised through this block again.
        return sum(
            _tried(partial(_taken, cell, in_form(formula), is_excel), otherwise=False)
            for cell, formula in strange
        )


def _is_unknown(cell: xw.Range) -> bool:
    return bool(cell.options(err_to_str=True).value == NO_FUNCTION)


def _taken(cell: xw.Range, formula: str, is_excel: bool) -> bool:
    """Whether the cell took the formula."""
    cell.formula = formula if is_excel else _without_union(formula)
    return True


def _without_union(formula: str) -> str:
    """The formula for Calc, to which a union in an argument is an error: its native test."""
    found = _UNION.fullmatch(formula)
    if found is None:
        return formula
    parts = [_area(reference) for reference in found["parts"].split(",")]
    return native_ties(found["total"], parts) or formula


def _area(reference: str) -> Area:
    first, _, last = reference.replace("$", "").partition(":")
    is_row = bool(last) and re.sub(r"\D", "", first) == re.sub(r"\D", "", last)
    return Area(reference, is_single=not last, is_row=is_row)
