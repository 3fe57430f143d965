"""The sheets of a workbook as boxes of cells, with looks, locks, lists and notes.

Which boxes are to be filled a sheet says by what it protects, else by what it colours.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from io import BytesIO
from typing import Any, Final
from warnings import catch_warnings, simplefilter

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import range_boundaries
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from workbook.catalogue.sheets import generated_names
from workbook.reading.named_columns import area_named
from workbook.viewing.boxes import Box, Value
from workbook.viewing.formulas import is_arithmetic
from workbook.xlsx.addresses import Corners, sheet_and_area
from workbook.xlsx.bounds import must_be_bounded

MOST_ROWS, MOST_COLUMNS = 3_000, 200  # of a form; what lies beyond is no form's
IsInput = Callable[[Box], bool]
_FEW: Final = 2  # cells of a colour that say nothing yet
_MOST_OF: Final = 0.6  # of the cells without words, for their colour to be that of inputs
_NO_COLOUR: Final = ("", "rgb00000000", "rgbFFFFFFFF", "indexed64")


@dataclass(frozen=True)
class SheetView:
    """One sheet: its boxes by row and column, each under every cell that it covers.

    Where C9 and D9 are merged `boxes[9, 3]` and `boxes[9, 4]` are the same box.
    """

    name: str
    boxes: Mapping[tuple[int, int], Box]
    is_protected: bool
    tables: Mapping[str, str]  # Excel's own, by name
    is_hidden: bool = False
    is_cut: bool = False  # something stands beyond what is read
    names: Mapping[tuple[int, int], str] = field(default_factory=dict)  # of single cells
    lists: Mapping[str, Corners] = field(default_factory=dict)  # whose columns have names

    @cached_property
    def last_row(self) -> int:
        """The last row in which something stands."""
        return max((row for row, _ in self.boxes), default=0)

    @cached_property
    def width(self) -> int:
        """The last column in which something stands."""
        return max((column for _, column in self.boxes), default=0)

    def row(self, number: int) -> list[Box]:
        """The boxes that a row crosses, from left to right."""
        columns = range(1, self.width + 1)
        found = (self.boxes.get((number, column)) for column in columns)
        return list({id(box): box for box in found if box is not None}.values())

    def each(self) -> Iterator[Box]:
        """Every box once, from top to bottom."""
        yield from {id(box): box for _, box in sorted(self.boxes.items())}.values()


def views(file: bytes) -> list[SheetView]:
    """All sheets; raises what openpyxl raises for a broken file."""
    book, cached = _loaded(file), _loaded(file, data_only=True)
    named = _Named(book)
    return [_view(sheet, cached[sheet.title], book, named) for sheet in book.worksheets]


def names_of(file: bytes) -> dict[str, str]:
    """What the names of the whole book lead to."""
    names = _loaded(file).defined_names
    return {name: str(one.attr_text) for name, one in names.items()}


def _loaded(file: bytes, *, data_only: bool = False) -> Workbook:
    """Openpyxl's book, which is only read: what it would lose on saving is nobody's concern."""
    must_be_bounded(file)
    with catch_warnings():
        simplefilter("ignore", UserWarning)
        return load_workbook(BytesIO(file), data_only=data_only)


class _Named:
    """What the names of a book lead to: single cells, and columns of lists, `采购明细_品名`."""

    def __init__(self, book: Workbook) -> None:
        self._cells: dict[str, dict[tuple[int, int], str]] = {}
        self._lists: dict[str, dict[str, list[Corners]]] = {}
        for name, one in book.defined_names.items():
            found = area_named(str(one.attr_text))
            if found is None or name.startswith((*generated_names("zh"), "_xlnm")):
                continue
            sheet, area = found
            list_name, _, column = name.rpartition("_")
            if area.rows == area.columns == 1:
                self._cells.setdefault(sheet, {})[area.top, area.left] = name
            elif area.columns == 1 and list_name and column:
                self._lists.setdefault(sheet, {}).setdefault(list_name, []).append(area)

    def cells(self, sheet: str) -> Mapping[tuple[int, int], str]:
        """The names of single cells."""
        return self._cells.get(sheet, {})

    def lists(self, sheet: str) -> Iterator[tuple[str, Corners]]:
        """The lists of a sheet with the cells that they cover, their heads left out."""
        for name, columns in self._lists.get(sheet, {}).items():
            if len({(one.top, one.bottom) for one in columns}) == 1:
                left, right = min(o.left for o in columns), max(o.right for o in columns)
                yield name, Corners(left, columns[0].top, right, columns[0].bottom)


def _view(sheet: Worksheet, cached: Worksheet, book: Workbook, named: _Named) -> SheetView:
    merged = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    choices, whole = _choices(sheet, book), set(_whole(sheet))
    boxes: dict[tuple[int, int], Box] = {}
    names, lists = named.cells(sheet.title), list(named.lists(sheet.title))
    asked = {*names, *(spot for _, area in lists for spot in _spots_of(area))}
    far = [(sheet.max_row, sheet.max_column), *asked]
    last = min(max(r for r, _ in far), MOST_ROWS), min(max(c for _, c in far), MOST_COLUMNS)
    for row in sheet.iter_rows(max_row=last[0], max_col=last[1]):
        for cell in row:
            if isinstance(cell, MergedCell):
                continue
            area = merged.get((cell.row, cell.column))
            bottom, right = (area.max_row, area.max_col) if area else (cell.row, cell.column)
            listed = choices.get((cell.row, cell.column), ())
            box = _unit(cell, cached.cell(cell.row, cell.column).value, bottom, right, listed)
            box = replace(box, is_named=True) if (box.row, box.column) in asked else box
            box = replace(box, is_whole=True) if (box.row, box.column) in whole else box
            is_bare = box.is_blank and not box.is_bordered and not box.fill and box.is_locked
            if box.is_named or not is_bare:
                covered = _cells(box, last)
                boxes |= dict.fromkeys(covered, box)
    tables = {table.displayName: table.ref for table in sheet.tables.values()}
    is_hidden = sheet.sheet_state != "visible"
    is_protected = bool(sheet.protection.sheet)
    # openpyxl's own cells: to ask for all of them row by row would make each that is missing.
    is_cut = any(
        cell.value is not None and (row > MOST_ROWS or column > MOST_COLUMNS)
        for (row, column), cell in sheet._cells.items()
    )
    return SheetView(
        sheet.title, boxes, is_protected, tables, is_hidden, is_cut, names, dict(lists)
    )


def _spots_of(area: Corners) -> Iterator[tuple[int, int]]:
    for row in range(area.top, min(area.bottom, MOST_ROWS) + 1):
        yield from ((row, column) for column in range(area.left, area.right + 1))


def _cells(box: Box, last: tuple[int, int]) -> Iterator[tuple[int, int]]:
    for row in range(box.row, min(box.bottom, last[0]) + 1):
        for column in range(box.column, min(box.right, last[1]) + 1):
            yield row, column


def _unit(cell: Cell, cached: Any, bottom: int, right: int, choices: tuple[str, ...]) -> Box:
    value: Any = cell.value
    if not isinstance(value, str | int | float | dt.date | type(None)):
        value = getattr(value, "text", str(value))  # an array formula
    is_formula = isinstance(value, str) and value.startswith("=") and len(value) > 1
    has_result = is_formula and isinstance(cached, int | float)
    typed_as = value if has_result and is_arithmetic(value) else ""
    if typed_as:
        value, is_formula = cached, False
    border = cell.border
    sides = (border.left, border.right, border.top, border.bottom)
    fill = cell.fill
    colour = fill.fgColor
    return Box(
        cell.row,
        cell.column,
        bottom,
        right,
        None if is_formula else exact(value),
        value if is_formula else "",
        exact(cached) if is_formula else None,
        cell.number_format or "General",
        bool(cell.protection.locked),
        sum(side is not None and bool(side.style) for side in sides) >= 2,
        f"{colour.type}{colour.value}" if fill.fill_type == "solid" else "",
        choices,
        cell.comment.text.strip() if cell.comment and cell.comment.text else "",
        typed_as=typed_as,
    )


def exact(value: Any) -> Value | None:
    """A value of openpyxl's as this program has it: figures exact, truths as words."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        number = Decimal(repr(round(value, 10))).normalize()
        return int(number) if number == number.to_integral_value() else number
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, str | int | dt.date):
        return value
    return None if value is None else str(value)


def _choices(sheet: Worksheet, book: Workbook) -> dict[tuple[int, int], tuple[str, ...]]:
    """The lists of choices by the cells that have them."""
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for rule in sheet.data_validations.dataValidation:
        if rule.type != "list" or not rule.formula1:
            continue
        listed = _listed(str(rule.formula1), sheet, book)
        for area in rule.sqref.ranges if listed else ():
            for row in range(area.min_row, min(area.max_row, MOST_ROWS) + 1):
                for column in range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1):
                    found[row, column] = listed
    return found


def _whole(sheet: Worksheet) -> Iterator[tuple[int, int]]:
    """The cells that take whole numbers alone."""
    for rule in sheet.data_validations.dataValidation:
        for area in rule.sqref.ranges if rule.type == "whole" else ():
            for row in range(area.min_row, min(area.max_row, MOST_ROWS) + 1):
                yield from (
                    (row, column)
                    for column in range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1)
                )


def _listed(formula: str, sheet: Worksheet, book: Workbook) -> tuple[str, ...]:
    """The words of a list that stands in the rule itself or in a range; none for other formulas."""
    if formula.startswith('"'):
        return tuple(word.strip() for word in formula.strip('"').split(",") if word.strip())
    text = formula.lstrip("=")
    if text in book.defined_names:
        text = str(book.defined_names[text].attr_text)
    name, area = sheet_and_area(text)
    try:
        left, top, right, bottom = range_boundaries(area.replace("$", ""))
        home = book[name] if name else sheet
    except (ValueError, TypeError, KeyError):
        return ()
    if None in (left, top, right, bottom):
        return ()
    rows = home.iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right)
    return tuple(str(cell.value) for row in rows for cell in row if cell.value is not None)


def inputs_of(sheet: SheetView) -> IsInput | None:
    """Whether a box is to be filled, where the form itself says so; None where it does not.

    It says so by cells left open in a protected sheet, or by one colour for what is to be typed.
    """
    boxes = [box for box in sheet.each() if not box.formula]
    if sheet.is_protected and any(not box.is_locked for box in boxes):
        return lambda box: not box.is_locked and not box.formula
    bare = [box for box in boxes if not box.text and (box.is_bordered or not box.is_blank)]
    colours = Counter(box.fill for box in bare if box.fill not in _NO_COLOUR)
    for colour, count in colours.most_common(1):
        words = sum(box.fill != colour for box in boxes if box.text)
        if count > _FEW and count >= _MOST_OF * len(bare) and words:
            return lambda box: box.fill == colour and not box.formula
    return None


def looks_like_input(box: Box) -> bool:
    """Whether a box is to be filled, in a form that does not say: a figure, a date, a blank."""
    return not box.formula and not box.text and (box.is_bordered or not box.is_blank)
