"""The cells of one sheet, in one pass over its part: texts as the file has them."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

from msgspec import Struct, field

from workbook.xlsx.addresses import (
    MOST_ROWS,
    Corners,
    address_of,
    cell_at,
    column_letters,
    corners_of,
)
from workbook.xlsx.formulas import moved
from workbook.xlsx.package import MAIN, Package, PackageError, TooLargeError

_ROW, _CELL, _MERGE = f"{MAIN}row", f"{MAIN}c", f"{MAIN}mergeCell"
_SHEET: Final = f"{MAIN}worksheet"
_VALUE, _FORMULA, _INLINE = f"{MAIN}v", f"{MAIN}f", f"{MAIN}is"
_RUN, _TEXT = f"{MAIN}r", f"{MAIN}t"

_LARGE, _MOST_LARGE = 10_000, 50  # cells of a merged rectangle, and how many such there may be
_MOST_BELOW = 100_000  # cells with something in them under all that a form asks for
_COLUMNS = {column_letters(number): number for number in range(1, 105)}  # A to CZ
ODD: Final = "?"  # the type of a cell that holds two values, or more than text as one
Spot = tuple[int, int]  # row and column, from 1


class FileCell(Struct, frozen=True):
    """A cell as its XML says: the type (`n`, `s`, `b`, …), the text of its value, its style.

    `value` is None where none was saved. `formula` is "" for none; one that stands elsewhere for
    this cell too is `=` alone, and `shared` tells which.

    `<c r="C9" t="s" s="4"><v>12</v></c>` is `FileCell("s", "12", 4)`.
    """

    type: str
    value: str | None
    style: int
    formula: str = ""
    shared: str = ""


class SharedFormula(NamedTuple):
    """A formula that is written once, and the cell where it is."""

    formula: str
    row: int
    column: int


class FileSheet(Struct):
    """A sheet's cells by row and column; cells without anything are there if the file has them.

    `doubled` are cells that the file has twice, `merged` the rectangles that are shown as one cell,
    `swallowed` their other cells, whatever the file says is in them.

    Where `B2:C3` is merged, (2, 3), (3, 2) and (3, 3) are swallowed: C2, B3 and C3.
    """

    cells: dict[Spot, FileCell] = field(default_factory=dict)
    doubled: set[Spot] = field(default_factory=set)
    merged: list[Corners] = field(default_factory=list)
    shared: dict[str, SharedFormula] = field(default_factory=dict)
    swallowed: set[Spot] = field(default_factory=set)

    def formulas(self) -> Iterator[tuple[str, FileCell]]:
        """Each cell that has a formula, by address."""
        for (row, column), cell in self.cells.items():
            if cell.formula:
                yield address_of(row, column), cell

    def formula(self, row: int, column: int) -> str:
        """The formula of a cell with its sign, "" where it has none."""
        cell = self.cells.get((row, column))
        if cell is None or cell.formula != "=":
            return "" if cell is None else cell.formula
        source = self.shared.get(cell.shared)
        if source is None:
            return "="
        return moved(source.formula, row - source.row, column - source.column)


def read_sheet(package: Package, part: str, last: int = MOST_ROWS) -> FileSheet:
    """All cells of a sheet's part; raises PackageError where it is broken, or holds too many.

    Below the row `last`, where nothing is asked for, only cells that hold something are kept.
    """
    sheet = FileSheet()
    number = below = 0
    for element in package.elements(part, _SHEET, _ROW, _MERGE):
        if element.tag == _MERGE:
            if corners := corners_of(element.get("ref", "")):
                sheet.merged.append(corners)
            continue
        number = _number(element.get("r"), number + 1, part)
        package.spend(len(element))
        below += _read_row(sheet, element, number, part, last)
        if below > _MOST_BELOW:
            raise TooLargeError(part)
    sheet.swallowed.update(_swallowed(sheet, part))
    return sheet


def _swallowed(sheet: FileSheet, part: str) -> Iterator[Spot]:
    """The cells of merged rectangles but their first; a large one is looked at from its cells."""
    if sum(one.rows * one.columns > _LARGE for one in sheet.merged) > _MOST_LARGE:
        raise PackageError(f"{part}:合并的单元格太多、太大")
    for corners in sheet.merged:
        left, top, right, bottom = corners
        if corners.rows * corners.columns > _LARGE:
            inside = ((r, c) for r, c in sheet.cells if top <= r <= bottom and left <= c <= right)
        else:
            inside = (
                (row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)
            )
        yield from (spot for spot in inside if spot != (top, left))


def _read_row(sheet: FileSheet, row: Any, number: int, part: str, last: int) -> int:
    """Keep the cells of a row; how many of them lie below the row `last` comes back."""
    column = below = 0
    usual = str(number)
    for element in row.iterchildren(_CELL):
        address = element.get("r", "")
        if address.endswith(usual) and (known := _COLUMNS.get(address[: -len(usual)])):
            spot = number, known
        else:
            spot = _spot(element.get("r"), number, column + 1, part)
        column = spot[1]
        is_blank = not len(element)
        cell = _blank(element.get("s"), part) if is_blank else _cell(sheet, element, spot, part)
        if spot[0] > last:
            if cell.value is None and not cell.formula:
                continue
            below += 1
        if spot in sheet.cells:
            sheet.doubled.add(spot)
        sheet.cells[spot] = cell
    return below


def _spot(address: str | None, row: int, column: int, part: str) -> Spot:
    """Where a cell is: its own address, else behind the one before it."""
    if address is None:
        return row, column
    if (spot := cell_at(address)) is None:
        raise PackageError(f"{part}:单元格地址“{address[:20]}”有误")
    return spot


def _number(text: str | None, otherwise: int, part: str) -> int:
    if text is None:
        return otherwise
    if not text.isascii() or not text.isdigit():
        raise PackageError(f"{part}:“{text[:20]}”应当是整数")
    return int(text[:9])


@lru_cache(maxsize=4096)
def _blank(style: str | None, part: str) -> FileCell:
    """A cell that holds nothing; a sheet has thousands of them in a few styles."""
    return FileCell("n", None, _number(style, 0, part))


def _cell(sheet: FileSheet, element: Any, spot: Spot, part: str) -> FileCell:
    """A cell that holds something."""
    type_, formula, shared = element.get("t", "n"), "", ""
    style = _blank(element.get("s"), part).style
    first = element[0]
    if len(element) == 1:  # as nearly all
        tag = first.tag
        if tag == _VALUE and not len(first) and type_ != "inlineStr":
            return FileCell(type_, first.text or "", style)
        if tag == _INLINE and type_ == "inlineStr":
            return FileCell(type_, text_of(first), style)
    found: dict[str, str] = {}
    for child in element:
        if child.tag == _FORMULA:
            formula = f"={child.text or ''}"
            shared = child.get("si", "") if child.get("t") == "shared" else ""
            if shared and child.text:
                sheet.shared[shared] = SharedFormula(formula, *spot)
        elif child.tag in (_VALUE, _INLINE):
            is_plain = child.tag == _VALUE
            text = (child.text or "") if is_plain else text_of(child)
            if child.tag in found or (is_plain and len(child)):  # programs choose one, each its own
                type_, text = ODD, found.get(child.tag) or text or ODD
            found[child.tag] = text
    own, other = (_INLINE, _VALUE) if type_ == "inlineStr" else (_VALUE, _INLINE)
    if own not in found and found.get(other):  # where no program looks for it, or not all
        type_ = ODD
    return FileCell(type_, found.get(own, found.get(other)), style, formula, shared)


def text_of(element: Any) -> str:
    """The text of a string with or without runs; how it is to be pronounced is left out."""
    if len(element) == 1 and element[0].tag == _TEXT:  # as nearly all
        return element[0].text or ""
    runs = (child.find(_TEXT) if child.tag == _RUN else child for child in element)
    return "".join(run.text or "" for run in runs if run is not None and run.tag == _TEXT)
