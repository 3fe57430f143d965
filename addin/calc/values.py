"""Blocks of values: out of Calc and into it, each in one call where it can be."""

import datetime as dt
import numbers
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from addin.calc.bridge import is_mixed, struct
from addin.calc.formulas import has_intersection, is_formula, to_calc, to_excel
from addin.calc.number_formats import Formats, Shows
from addin.calc.own_table import OwnTable

DAY: Final = dt.timedelta(days=1)
_ERRORS: Final = 4  # com.sun.star.sheet.FormulaResult.ERROR
_REFERENCE: Final = 524  # Calc's number of #REF!
_DATES: Final = 2  # com.sun.star.sheet.CellFlags.DATETIME
_FORMULAS: Final = 16  # com.sun.star.sheet.CellFlags.FORMULA
_NOTES: Final = 8  # com.sun.star.sheet.CellFlags.ANNOTATION
_NUMBER: Final = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*\Z", re.ASCII)
_MOST_SINGLE: Final = 16
_MILLISECONDS_PER_DAY: Final = 86_400_000

_KEEPING: Final = {float, int, str, type(None)}  # values that leave a cell's format alone

Rows = list[list[Any]]
Data = tuple[tuple[Any, ...], ...]


class Spot(NamedTuple):
    """A cell of a block, counted from its first."""

    row: int
    column: int


def read(
    cells: Any, formats: Formats, *, with_errors: bool = False, data: Data | None = None
) -> Rows:
    """A block's values: dates and truths by their format, None for blanks and for errors.

    With `with_errors` an error is its text (`#N/A`); `data` are the cells' data if at hand.
    """
    # The data come first: Calc calculates, and so chooses formats, only when it is asked.
    rows = [
        [None if value == "" else value for value in row] for row in data or cells.getDataArray()
    ]
    has_numbers = any(type(value) is float for row in rows for value in row)
    may_err = with_errors and any(value is None for row in rows for value in row)
    formulas = cells.queryContentCells(_FORMULAS).RangeAddresses if has_numbers or may_err else ()
    if has_numbers:
        _read_formats(rows, cells, formats, formulas)
    if may_err and formulas:
        _read_errors(rows, cells)
    return rows


def _read_formats(rows: Rows, cells: Any, formats: Formats, formulas: Sequence[Any]) -> None:
    """Turn numbers into the dates and truths that they are shown as."""
    whole = cells.RangeAddress
    if not is_mixed(cells, "NumberFormat"):
        _show(rows, _spots(whole, whole), formats.shows(cells.NumberFormat), formats)
        return
    # Asking for the formats of a large block is dear: Calc knows where it has typed dates, and
    # what is neither 0 nor 1 is no truth.
    for area in cells.queryContentCells(_DATES).RangeAddresses:
        _show(rows, _spots(area, whole), Shows.DATE, formats)
    for area in formulas:
        for shows, inner in formats.of(_part(cells, area, whole)):
            _show(rows, _spots(inner, whole), shows, formats)
    _show_truths(rows, cells, formats)


def _show_truths(rows: Rows, cells: Any, formats: Formats) -> None:
    """Turn 0 and 1 into truths where they are shown so; few are looked at one by one."""
    whole = cells.RangeAddress
    spots = [
        Spot(number, column)
        for number, row in enumerate(rows)
        for column, value in enumerate(row)
        if type(value) is float and value in (0.0, 1.0)
    ]
    if len(spots) > _MOST_SINGLE:
        for shows, area in formats.of(cells):
            if shows is Shows.TRUTH:
                _show(rows, _spots(area, whole), shows, formats)
        return
    for spot in spots:
        cell = cells.getCellByPosition(spot.column, spot.row)
        _show(rows, [spot], formats.shows(cell.NumberFormat), formats)


def _show(rows: Rows, spots: Iterable[Spot], shows: Shows, formats: Formats) -> None:
    """Turn the numbers at these spots into what they are shown as."""
    if shows not in (Shows.DATE, Shows.TRUTH):
        return
    for row, column in spots:
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
        for row, column in _spots(area, whole):
            rows[row][column] = _error(cells.getCellByPosition(column, row))


def _error(cell: Any) -> str:
    """An error's text in Excel's words: ranges without a common cell are #REF! only in Calc."""
    if cell.getError() == _REFERENCE and has_intersection(str(cell.getFormula())):
        return "#NULL!"
    return str(cell.getString())


def _spots(area: Any, whole: Any) -> Iterator[Spot]:
    for row in range(area.StartRow - whole.StartRow, area.EndRow - whole.StartRow + 1):
        for column in range(
            area.StartColumn - whole.StartColumn, area.EndColumn - whole.StartColumn + 1
        ):
            yield Spot(row, column)


def from_serial(serial: float, epoch: dt.datetime) -> Any:
    """A serial number as a date and time, to the millisecond; the number itself when too large."""
    try:
        return epoch + dt.timedelta(milliseconds=round(serial * _MILLISECONDS_PER_DAY))
    except OverflowError:
        return serial


def to_serial(value: dt.date | dt.time, epoch: dt.datetime) -> float:
    """A date, a date and time or a time as a serial number."""
    if isinstance(value, dt.time):
        return (dt.datetime.combine(epoch, value.replace(tzinfo=None)) - epoch) / DAY
    if isinstance(value, dt.datetime):
        return (value.replace(tzinfo=None) - epoch) / DAY
    return (dt.datetime(value.year, value.month, value.day) - epoch) / DAY


def write(cells: Any, rows: Sequence[Sequence[Any]], formats: Formats) -> None:
    """Put values into a block as Excel takes them: `=` begins a formula, "12" is a number."""
    areas = formats.of(cells)
    kinds = {type(value) for row in rows for value in row}
    if not kinds <= {float}:
        keeps_text = any(shows is Shows.TEXT for shows, _ in areas)
        plain = tuple(
            tuple(
                value
                if type(value) is float and value == value  # noqa: PLR0124 - not a number
                else _plain(value, formats.epoch, keeps_text=keeps_text)
                for value in row
            )
            for row in rows
        )
    else:
        plain = tuple(map(tuple, rows))
    notes = _notes(cells)
    cells.setDataArray(plain)  # which takes the notes along
    for place, text in notes:
        cells.Spreadsheet.getAnnotations().insertNew(place, text)
    if str in kinds:
        _write_formulas(cells, rows, formats)
    if not kinds <= _KEEPING or any(shows is Shows.TRUTH for shows, _ in areas):
        _write_formats(cells, rows, formats, areas)


def _notes(cells: Any) -> list[tuple[Any, str]]:
    """The notes in a block: where each stands and what it says."""
    found = []
    for area in cells.queryContentCells(_NOTES).RangeAddresses:
        block = cells.Spreadsheet.getCellRangeByPosition(
            area.StartColumn, area.StartRow, area.EndColumn, area.EndRow
        )
        for row, column in _spots(area, area):
            cell = block.getCellByPosition(column, row)
            found.append((cell.getCellAddress(), cell.getAnnotation().getString()))
    return found


def _plain(value: Any, epoch: dt.datetime, *, keeps_text: bool) -> Any:
    """A value as Calc's data array takes it: a number, a text, '' for a blank."""
    if value is None or value == "":
        return ""  # None would become #N/A
    if type(value) is int:
        return float(value)
    if isinstance(value, str):
        if is_formula(value):
            return ""
        if value[0] == "'":
            return value[1:]
        return float(value) if not keeps_text and _NUMBER.match(value) else value
    if isinstance(value, dt.date | dt.time):
        return to_serial(value, epoch)
    if isinstance(value, numbers.Real) or hasattr(value, "__float__"):
        return "" if value != value else float(value)  # noqa: PLR0124 - not a number
    return str(value)


def _write_formulas(cells: Any, rows: Sequence[Sequence[Any]], formats: Formats) -> None:
    """Put the formulas among the values in, a run down a column in one call."""
    table = OwnTable(cells, formats.document)
    for column in range(len(rows[0])):
        run: list[str] = []
        for row in range(len(rows) + 1):
            if row < len(rows) and is_formula(rows[row][column]):
                run.append(to_calc(table.named_in(rows[row][column]), formats.functions[0]))
            elif run:
                area = cells.getCellRangeByPosition(column, row - len(run), column, row - 1)
                area.setFormulaArray(tuple((formula,) for formula in run))
                run = []


def _write_formats(
    cells: Any, rows: Sequence[Sequence[Any]], formats: Formats, areas: list[tuple[Shows, Any]]
) -> None:
    """Give dates and truths their format, and take it from numbers that stand where a truth did."""
    whole = cells.RangeAddress
    before = {
        spot: shows
        for shows, area in areas
        if shows in (Shows.DATE, Shows.TRUTH)
        for spot in _spots(area, whole)
    }
    changes: dict[int, list[Spot]] = {}
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            shows = before.get(Spot(row, column))
            key = _new_format(value, shows, formats)
            if key is not None:
                changes.setdefault(key, []).append(Spot(row, column))
    for key, spots in changes.items():
        _set_format(cells, key, spots, formats)


def _new_format(value: Any, shows: Shows | None, formats: Formats) -> int | None:
    """The format that a value needs in a cell that shows numbers as `shows`; None to keep it."""
    if isinstance(value, bool):
        return None if shows is Shows.TRUTH else formats.key_for(value)
    if isinstance(value, dt.date | dt.time):
        return None if shows is Shows.DATE else formats.key_for(value)
    return 0 if shows is Shows.TRUTH and value not in (None, "") else None


def _set_format(cells: Any, key: int, spots: list[Spot], formats: Formats) -> None:
    """Set one number format on scattered cells of a block."""
    whole = cells.RangeAddress
    if len(spots) == (whole.EndRow - whole.StartRow + 1) * (
        whole.EndColumn - whole.StartColumn + 1
    ):
        cells.NumberFormat = key
        return
    several = formats.document.createInstance("com.sun.star.sheet.SheetCellRanges")
    several.addRangeAddresses(tuple(_runs(whole, spots)), False)
    several.NumberFormat = key


def _runs(whole: Any, spots: list[Spot]) -> Iterator[Any]:
    """The spots as areas, one for each run down a column."""
    ordered = sorted(spots, key=lambda spot: (spot.column, spot.row))
    start = previous = ordered[0]
    for spot in [*ordered[1:], Spot(-1, -1)]:
        if spot != (previous.row + 1, previous.column):
            yield struct(
                "com.sun.star.table.CellRangeAddress",
                Sheet=whole.Sheet,
                StartRow=whole.StartRow + start.row,
                EndRow=whole.StartRow + previous.row,
                StartColumn=whole.StartColumn + start.column,
                EndColumn=whole.StartColumn + start.column,
            )
            start = spot
        previous = spot


def read_formulas(cells: Any, formats: Formats) -> list[list[str]]:
    """A block's formulas in Excel's notation; a constant as its text, a blank as ''."""
    back = formats.functions[1]
    return [[_formula(text, back) for text in row] for row in cells.getFormulaArray()]


def _formula(text: str, functions: Any) -> str:
    if text[:1] == "'":
        return text[1:]
    return to_excel(text, functions) if text[:1] in ("=", "{") else text
