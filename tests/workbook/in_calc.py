"""A workbook open in LibreOffice, into which one case after the other is typed.

To load a workbook with thousands of formulas takes several times as long as to calculate it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from cases import Case, Cell, Spots
from light import light
from openpyxl.utils import coordinate_to_tuple

from workbook.reading.results import Result

FIRST_DAY = date(1899, 12, 30)
Block = tuple[int, int, Sequence[Sequence[Any]]]
LOGICAL = 1024  # com.sun.star.util.NumberFormat
ERROR = "#"  # what any error cell shows


@dataclass(frozen=True)
class Shown:
    """What a calculated workbook shows, `cell("校验", "I5")`, and the cells of its names."""

    cell: Callable[[str, str], Any]
    names: Mapping[str, tuple[str, str]]

    def named(self, name: str) -> Any:
        """What the cell of a name shows."""
        return self.cell(*self.names[name])


def _split(reference: str, sign: str) -> tuple[str, str]:
    sheet, _, address = reference.rpartition(sign)
    return sheet.strip("$'"), address.replace("$", "")


@dataclass
class Run:
    """Cells below one another that are typed into."""

    sheet: str
    column: int
    first: int
    has_defaults: bool = False
    keys: list[str] = field(default_factory=list)
    entered: list[Any] = field(default_factory=list)  # what stands there, where it is known

    def cells(self, document: Any) -> Any:
        """LibreOffice's range of them."""
        last = self.first + len(self.keys) - 1
        sheet = document.Sheets.getByName(self.sheet)
        return sheet.getCellRangeByPosition(self.column, self.first, self.column, last)


class InCalc:
    """A workbook's file open in LibreOffice."""

    def __init__(self, office: Any, document: Any, spots: Spots) -> None:
        self._document = document
        # To ask for cells takes longer than to type into them.
        self._runs = [(run, run.cells(document)) for run in _runs(spots)]
        self._defaults = dict(self._standing())
        keys = document.NamedRanges.ElementNames
        found = office.job.references(document, keys)
        self._names = {
            key: _split(where or "", ".") for key, where in zip(keys, found, strict=True)
        }

    def shown(self) -> Shown:
        """What it shows, all of it calculated anew."""
        self._document.calculateAll()
        sheets = self._document.Sheets
        read = {name: _used(sheets.getByName(name)) for name in sheets.ElementNames}
        return Shown(lambda sheet, address: _value(read[sheet], address), self._names)

    def results(self, spots: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Result]:
        """What the formulas in these cells give, calculated anew: a text, a number or so or not."""
        shown, sheets = self.shown(), self._document.Sheets
        found = {}
        for sheet, address in spots:
            value = shown.cell(sheet, address)
            if value in (ERROR, 0, 1):  # an error has a name, and 1 may be a truth
                cell = sheets.getByName(sheet).getCellRangeByName(address)
                if value == ERROR and cell.getError():
                    found[sheet, address] = Result(cell.getString(), is_error=True)
                    continue
                if value != ERROR and self._is_truth(cell):
                    value = bool(value)
            found[sheet, address] = Result(value)
        return found

    def _is_truth(self, cell: Any) -> bool:
        kind = self._document.NumberFormats.getByKey(cell.NumberFormat).Type
        return bool(kind & LOGICAL)

    def choose(self, sheet: str, address: str, text: str) -> None:
        """Type a text into a cell that is no field."""
        self._document.Sheets.getByName(sheet).getCellRangeByName(address).setString(text)

    def type_in(self, case: Case) -> None:
        """Type a case over what stood there before."""
        for run, cells in self._runs:
            entered = self._entered if run.has_defaults else _data
            wanted = [entered(case, key) for key in run.keys]
            for first, last in _changed(run.entered, wanted):
                part = cells.getCellRangeByPosition(0, first, 0, last)
                rows = tuple((one,) for one in wanted[first : last + 1])
                (part.setFormulaArray if run.has_defaults else part.setDataArray)(rows)
            run.entered = wanted
            for row, key in enumerate(run.keys):
                if _is_error(case.get(key)):
                    cells.getCellByPosition(0, row).setFormula(f"={case[key]}")
                    run.entered[row] = None

    def _standing(self) -> Iterator[tuple[str, str]]:
        """The formulas of the defaults, which the file must have been saved with."""
        for run, cells in self._runs:
            formulas = cells.getFormulaArray() if run.has_defaults else ()
            yield from ((key, row[0]) for key, row in zip(run.keys, formulas, strict=False))

    def _entered(self, case: Case, key: str) -> str:
        """What is entered into a cell with a default: a text is told by the sign before it."""
        value = case.get(key)
        if value is None:
            return self._defaults[key]
        typed = _typed(value)
        return f"'{typed}" if isinstance(typed, str) and typed else repr(typed)


def _used(sheet: Any) -> Block:
    """The first row and column of a sheet's used area, from 0, and what stands in it."""
    cursor = sheet.createCursor()
    cursor.gotoStartOfUsedArea(False)
    cursor.gotoEndOfUsedArea(True)
    area = cursor.getRangeAddress()
    return area.StartRow, area.StartColumn, cursor.getDataArray()


def _value(block: Block, address: str) -> Any:
    """What a cell of a sheet's used area shows: a number, a text, or nothing."""
    top, left, rows = block
    row, column = coordinate_to_tuple(address)
    down, right = row - 1 - top, column - 1 - left
    if not (0 <= down < len(rows) and 0 <= right < len(rows[0])):
        return None
    return ERROR if rows[down][right] is None else rows[down][right]


def _data(case: Case, key: str) -> float | str:
    return _typed(case.get(key))


def _changed(before: Sequence[Any], wanted: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """First and last of each run of cells that are to hold something else than before."""
    rows = [n for n, one in enumerate(wanted) if n >= len(before) or before[n] != one]
    for _, group in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        run = [row for _, row in group]
        yield run[0], run[-1]


def _runs(spots: Spots) -> Iterator[Run]:
    ends: dict[tuple[str, int, bool, int], Run] = {}  # by sheet, column and the row after it
    for key, (sheet, address, asked) in spots.items():
        row, column = coordinate_to_tuple(address)
        kind = sheet, column, bool(asked.default)
        run = ends.pop((*kind, row), None) or Run(sheet, column - 1, row - 1, kind[-1])
        run.keys.append(key)
        ends[(*kind, row + 1)] = run
    return iter(ends.values())


def _typed(value: Cell) -> float | str:
    if value is None or _is_error(value):
        return ""
    if isinstance(value, Decimal | int):
        return float(value)
    return float((value - FIRST_DAY).days) if isinstance(value, date) else value


def _is_error(value: Cell) -> bool:
    return isinstance(value, str) and value.startswith("#")


@contextmanager
def in_calc(office: Any, file: Path, spots: Spots) -> Iterator[InCalc]:
    """A workbook's file, open for as long as it takes."""
    from addin.calc.program.bridge import properties, url

    hidden = properties(Hidden=True)
    made = file.with_name(f"light {file.name}")
    made.write_bytes(light(file.read_bytes()))
    document = office.desktop.loadComponentFromURL(url(str(made)), "_blank", 0, hidden)
    document.enableAutomaticCalculation(False)
    document.IsAdjustHeightEnabled = False  # it would measure every text that is typed
    document.addActionLock()  # which nothing shows, so that nothing is drawn
    try:
        yield InCalc(office, document, spots)
    finally:
        document.removeActionLock()
        document.close(True)


def calculated(office: Any, files: Iterable[Path]) -> Iterator[Shown]:
    """What each workbook shows once LibreOffice has calculated all of it."""
    for file in files:
        with in_calc(office, file, {}) as book:
            yield book.shown()
