"""A block's values into Calc, as Excel takes them, in one call where it can be."""

import datetime as dt
import numbers
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from addin.calc.notation.formulas import is_formula
from addin.calc.notation.number_formats import Formats, Shows
from addin.calc.program.bridge import struct
from addin.calc.values.own_table import OwnTable
from addin.calc.values.serials import to_serial
from addin.calc.values.spots import Spot, spots

_NOTES: Final = 8  # com.sun.star.sheet.CellFlags.ANNOTATION
_NUMBER: Final = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*\Z", re.ASCII)
_KEEPING: Final = {float, int, str, type(None)}  # values that leave a cell's format alone


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
        for row, column in spots(area, area):
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
                run.append(formats.to_calc(table.named_in(rows[row][column])))
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
        for spot in spots(area, whole)
    }
    changes: dict[int, list[Spot]] = {}
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            shows = before.get(Spot(row, column))
            key = _new_format(value, shows, formats)
            if key is not None:
                changes.setdefault(key, []).append(Spot(row, column))
    for key, where in changes.items():
        _set_format(cells, key, where, formats)


def _new_format(value: Any, shows: Shows | None, formats: Formats) -> int | None:
    """The format that a value needs in a cell that shows numbers as `shows`; None to keep it."""
    if isinstance(value, bool):
        return None if shows is Shows.TRUTH else formats.key_for(value)
    if isinstance(value, dt.date | dt.time):
        return None if shows is Shows.DATE else formats.key_for(value)
    return 0 if shows is Shows.TRUTH and value not in (None, "") else None


def _set_format(cells: Any, key: int, where: list[Spot], formats: Formats) -> None:
    """Set one number format on scattered cells of a block."""
    whole = cells.RangeAddress
    if len(where) == (whole.EndRow - whole.StartRow + 1) * (
        whole.EndColumn - whole.StartColumn + 1
    ):
        cells.NumberFormat = key
        return
    several = formats.document.createInstance("com.sun.star.sheet.SheetCellRanges")
    several.addRangeAddresses(tuple(_runs(whole, where)), False)
    several.NumberFormat = key


def _runs(whole: Any, where: list[Spot]) -> Iterator[Any]:
    """The cells as areas, one for each run down a column."""
    ordered = sorted(where, key=lambda spot: (spot.column, spot.row))
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
