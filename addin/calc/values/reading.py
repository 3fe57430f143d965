"""A block's values and formulas out of Calc, in one call where it can be."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from addin.calc.notation.formulas import has_intersection
from addin.calc.notation.number_formats import Formats, Shows
from addin.calc.program.bridge import is_mixed
from addin.calc.values.at_hand import AtHand
from addin.calc.values.serials import from_serial
from addin.calc.values.spots import Spot, spots

_ERRORS: Final = 4  # com.sun.star.sheet.FormulaResult.ERROR
_REFERENCE: Final = 524  # Calc's number of #REF!
_DATES: Final = 2  # com.sun.star.sheet.CellFlags.DATETIME
_FORMULAS: Final = 16  # com.sun.star.sheet.CellFlags.FORMULA
_MOST_SINGLE: Final = 16  # cells that are asked one by one rather than by their formats

Rows = list[list[Any]]


def read(cells: Any, formats: Formats, *, with_errors: bool = False) -> Rows:
    """A block's values: dates and truths by their format, None for blanks and for errors.

    With `with_errors` an error is its text (`#N/A`).
    """
    # The data come first: Calc calculates, and so chooses formats, only when it is asked.
    rows = _rows(cells.getDataArray())
    has_numbers = any(type(value) is float for row in rows for value in row)
    may_err = with_errors and any(value is None for row in rows for value in row)
    formulas = cells.queryContentCells(_FORMULAS).RangeAddresses if has_numbers or may_err else ()
    if has_numbers:
        _read_formats(rows, cells, formats, formulas)
    if may_err and formulas:
        _read_errors(rows, cells)
    return rows


def read_at_hand(first: Spot, held: AtHand, formats: Formats, *, with_errors: bool) -> Rows:
    """The same values out of what is at hand of the block that begins at `first`, from 0."""
    rows = _rows(held.data)
    for area in held.formats:
        inside = (
            Spot(row - first.row, column - first.column)
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
        )
        _show(rows, inside, formats.shows(area.key), formats)
    for one in held.failed if with_errors else ():
        text = _error_text(one.number, one.text, one.formula)
        rows[one.row - first.row][one.column - first.column] = text
    return rows


def _rows(data: Sequence[Sequence[Any]]) -> Rows:
    return [[None if value == "" else value for value in row] for row in data]


def _read_formats(rows: Rows, cells: Any, formats: Formats, formulas: Sequence[Any]) -> None:
    """Turn numbers into the dates and truths that they are shown as."""
    whole = cells.RangeAddress
    if not is_mixed(cells, "NumberFormat"):
        _show(rows, spots(whole, whole), formats.shows(cells.NumberFormat), formats)
        return
    # To ask for all formats of a large block is slow. But Calc knows where it has typed dates, and
    # what is neither 0 nor 1 is no truth.
    for area in cells.queryContentCells(_DATES).RangeAddresses:
        _show(rows, spots(area, whole), Shows.DATE, formats)
    for area in formulas:
        for shows, inner in formats.of(_part(cells, area, whole)):
            _show(rows, spots(inner, whole), shows, formats)
    _show_truths(rows, cells, formats)


def _show_truths(rows: Rows, cells: Any, formats: Formats) -> None:
    """Turn 0 and 1 into truths where they are shown so; few are looked at one by one."""
    whole = cells.RangeAddress
    found = [
        Spot(number, column)
        for number, row in enumerate(rows)
        for column, value in enumerate(row)
        if type(value) is float and value in (0.0, 1.0)
    ]
    if len(found) > _MOST_SINGLE:
        for shows, area in formats.of(cells):
            if shows is Shows.TRUTH:
                _show(rows, spots(area, whole), shows, formats)
        return
    for spot in found:
        cell = cells.getCellByPosition(spot.column, spot.row)
        _show(rows, [spot], formats.shows(cell.NumberFormat), formats)


def _show(rows: Rows, where: Iterable[Spot], shows: Shows, formats: Formats) -> None:
    """Turn the numbers at these spots into what they are shown as."""
    if shows not in (Shows.DATE, Shows.TRUTH):
        return
    for row, column in where:
        value = rows[row][column]
        if type(value) is not float:
            continue
        if shows is Shows.DATE:
            rows[row][column] = from_serial(value, formats.epoch)
        elif value in (0.0, 1.0):
            rows[row][column] = bool(value)


def _part(cells: Any, area: Any, whole: Any) -> Any:
    """The cells of an area inside a block."""
    left, top = area.StartColumn - whole.StartColumn, area.StartRow - whole.StartRow
    right, bottom = area.EndColumn - whole.StartColumn, area.EndRow - whole.StartRow
    return cells.getCellRangeByPosition(left, top, right, bottom)


def _read_errors(rows: Rows, cells: Any) -> None:
    """Put each error's text in its place."""
    whole = cells.RangeAddress
    for area in cells.queryFormulaCells(_ERRORS).RangeAddresses:
        for row, column in spots(area, whole):
            rows[row][column] = error_text(cells.getCellByPosition(column, row))


def error_text(cell: Any) -> str:
    """An error's text in Excel's words: ranges without a common cell are #REF! only in Calc."""
    return _error_text(cell.getError(), str(cell.getString()), str(cell.getFormula()))


def _error_text(number: int, text: str, formula: str) -> str:
    return "#NULL!" if number == _REFERENCE and has_intersection(formula) else text


def read_formulas(cells: Any, formats: Formats) -> list[list[str]]:
    """A block's formulas in Excel's notation; a constant as its text, a blank as ''."""
    return [[_formula(text, formats) for text in row] for row in cells.getFormulaArray()]


def _formula(text: str, formats: Formats) -> str:
    if text[:1] == "'":
        return text[1:]
    return formats.to_excel(text) if text[:1] in ("=", "{") else text
