"""A saved .xlsx file as a snapshot."""

import re
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from lxml import etree
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import range_boundaries
from openpyxl.utils.datetime import from_excel
from openpyxl.workbook import Workbook
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.worksheet import Worksheet

from workbook.files.archive import archive_fault
from workbook.files.reasons import why
from workbook.findings.model import Finding, finding
from workbook.findings.place import Place
from workbook.form.model import Form, Table
from workbook.reading.ranges import Cells, Corners, raw_table, referred
from workbook.reading.results import NONE, Results, saved_results
from workbook.reading.snapshot import (
    CellKind,
    Identity,
    RawCell,
    RawTable,
    Snapshot,
    classified,
    identity_of,
)

TABLE_RANGE = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}:[A-Z]{1,3}[1-9]\d{0,6}")
_ILLEGAL = re.compile(r"_x([0-9A-Fa-f]{4})_")


def open_saved(path: Path) -> "SavedBook | Finding":
    """The workbook at `path`, or the finding that says why it cannot be read."""
    try:
        fault = archive_fault(path)
    except OSError as error:
        return finding("file-unreadable", name=path.name, reason=why(error))
    if fault is not None:
        return finding(f"file-{fault}", name=path.name)
    try:
        book = _load(path)
    except Exception as error:  # noqa: BLE001 - openpyxl raises anything on a broken file
        return finding("file-broken", name=path.name, reason=str(error)[:200])
    if not any(isinstance(sheet, Worksheet) for sheet in book.worksheets):
        return finding("file-strict", name=path.name)
    return SavedBook(path, book)


def saved_identity(path: Path) -> Identity:
    """The kind and version that the file at `path` carries, without reading its sheets."""
    try:
        if archive_fault(path) is not None:
            return Identity(None, None)
        with zipfile.ZipFile(path) as package:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(package.read("docProps/custom.xml"), parser)
    except (OSError, KeyError, zipfile.BadZipFile, etree.XMLSyntaxError):
        return Identity(None, None)
    return identity_of({one.get("name", ""): "".join(map(str, one.itertext())) for one in root})


def _load(path: Path) -> Workbook:
    # openpyxl leaves a broken file open, and on Windows that locks it.
    with path.open("rb") as file, warnings.catch_warnings():
        # It warns of what it cannot keep; nothing of this book is ever written back.
        warnings.simplefilter("ignore")
        return load_workbook(file, keep_links=False)


@dataclass(frozen=True)
class SavedBook:
    """A workbook file that could be opened."""

    path: Path
    book: Workbook

    @property
    def identity(self) -> Identity:
        """The kind and form version that the workbook carries."""
        book: Any = self.book  # the type stubs do not know custom properties
        return identity_of({p.name: p.value for p in book.custom_doc_props.props})

    def snapshot(self, form: Form) -> Snapshot:
        """The cells and tables that `form` asks for."""
        names = {key: self._named(key) for key in form.fields if key in self.book.defined_names}
        tables = {
            t.key: self._table(t, *found)
            for t in form.tables.values()
            if (found := self._find_table(t.key))
        }
        sheets = tuple(sheet.title for sheet in self.book.worksheets)
        return Snapshot(self.identity, sheets, names, tables, cell=self._at)

    @cached_property
    def _results(self) -> Results:
        """What the formulas gave when the book was saved: only read when a formula is met."""
        return saved_results(self.path)

    def _at(self, sheet: str, row: int, column: int) -> RawCell:
        shown = str(self.book[sheet].cell(row, column).number_format)
        return replace(self._cell(self.book[sheet], row, column), number_format=shown)

    def _named(self, key: str) -> RawCell | None:
        spot = referred(self.book.defined_names[key].attr_text or "")
        if spot is None:
            return None
        sheet = next((one for one in self.book.worksheets if one.title == spot.sheet), None)
        return None if sheet is None else self._cell(sheet, spot.row, spot.column)

    def _find_table(self, key: str) -> tuple[Worksheet, ExcelTable] | None:
        for sheet in self.book.worksheets:
            if key in sheet.tables and TABLE_RANGE.fullmatch(sheet.tables[key].ref):
                return sheet, sheet.tables[key]
        return None

    def _table(self, table: Table, sheet: Worksheet, found: ExcelTable) -> RawTable:
        corners = _corners(found)
        by_row = partial(_formulas, sheet)
        cells = Cells(partial(self._cell, sheet), partial(_formula, sheet), by_row)
        rows = partial(_existing_rows, sheet, corners)
        return raw_table(table, sheet.title, corners, cells, rows)

    def _cell(self, sheet: Worksheet, row: int, column: int) -> RawCell:
        cell: Any = sheet.cell(row, column)
        address = cell.coordinate
        kind, value = self._computed(cell) if cell.data_type == "f" else _classify(cell)
        is_percent = kind == "number" and "%" in str(cell.number_format)
        formula = str(cell.value) if cell.data_type == "f" else ""
        return RawCell(Place(sheet.title, address), kind, value, is_percent, formula)

    def _computed(self, cell: Cell) -> tuple[CellKind, Any]:
        """The saved result of a formula; a number in a format for days is a day."""
        result = self._results.get(cell.parent.title, {}).get(cell.coordinate, NONE)
        value: Any = result.value
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if is_number and is_date_format(cell.number_format):
            value = from_excel(value, self.book.epoch)
        if result is NONE:
            return "unsaved", None
        kind, value = classified(value, is_error=result.is_error)
        return kind, _unescaped(value) if kind == "text" else value


def _corners(table: ExcelTable) -> Corners:
    left, top, right, bottom = range_boundaries(table.ref)
    assert left and top and right and bottom, table.ref
    totals = table.totalsRowCount or 0
    return Corners(left, top, right, bottom - totals, totals)


def _existing_rows(sheet: Worksheet, corners: Corners, columns: Iterable[int]) -> list[int]:
    """Rows of the range in which a cell exists: a table may claim a million of them."""
    wanted = set(columns)
    cells = sheet._cells  # iter_rows would create every cell up to a stray one far away
    first, last = corners.top + 1, corners.bottom
    return sorted({row for row, column in cells if first <= row <= last and column in wanted})


def _formula(sheet: Worksheet, row: int, column: int) -> str:
    cell: Any = sheet._cells.get((row, column))
    return str(cell.value) if cell is not None and cell.data_type == "f" else ""


def _formulas(sheet: Worksheet, rows: Sequence[int], column: int) -> list[str]:
    return [_formula(sheet, row, column) for row in rows]


def _classify(cell: Any) -> tuple[CellKind, Any]:
    value = cell.value if isinstance(cell, Cell) else None  # a merged cell's other parts are blank
    kind, value = classified(value, is_error=cell.data_type == "e")
    return kind, _unescaped(value) if kind == "text" else value


def _unescaped(text: str) -> str:
    """Excel keeps control characters in escaped form; none may reach a document."""
    return _ILLEGAL.sub(_unescape, text)


def _unescape(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character.isprintable() or character in "\n\t" else ""
