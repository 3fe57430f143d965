"""Cells by number and by address: C9 is row 9, column 3."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_CELL: Final = r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})"
_ONE: Final = re.compile(_CELL, re.ASCII)
_RANGE: Final = re.compile(f"{_CELL}(?::{_CELL})?", re.ASCII)


class Corners(NamedTuple):
    """A rectangle of cells by its first and last column and row, counted from 1."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.bottom - self.top + 1

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return self.right - self.left + 1


@cache
def column_number(letters: str) -> int:
    """The number of a column, 28 for AB."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@cache
def column_letters(number: int) -> str:
    """The letters of a column, AB for 28."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address_of(row: int, column: int) -> str:
    """The address of a cell, C9 for row 9 and column 3."""
    return f"{column_letters(column)}{row}"


def quoted_sheet(name: str) -> str:
    """A sheet's name as formulas take any name, `'预算 收支'`."""
    return "'" + name.replace("'", "''") + "'"


def sheet_and_area(reference: str) -> tuple[str, str]:
    """A reference's sheet without quotes, "" where it names none, and what is behind the `!`."""
    sheet, _, area = reference.removeprefix("=").rpartition("!")
    if len(sheet) > 1 and sheet[0] == sheet[-1] == "'":
        sheet = sheet[1:-1].replace("''", "'")
    return sheet, area


def cell_at(address: str) -> tuple[int, int] | None:
    """The row and the column of an address; None where it is none of a sheet."""
    match = _ONE.fullmatch(address)
    if match is None:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if row <= MOST_ROWS and column <= MOST_COLUMNS else None


def corners_of(reference: str) -> Corners | None:
    """The rectangle of `B5:D35`, whichever corner comes first; None for anything else."""
    match = _RANGE.fullmatch(reference)
    if match is None:
        return None
    one = cell_at(f"{match[1]}{match[2]}")
    other = cell_at(f"{match[3]}{match[4]}") if match[3] else one
    if one is None or other is None:
        return None
    rows, columns = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return Corners(columns[0], rows[0], columns[1], rows[1])


def merge_over(merged: Iterable[Corners], row: int, column: int) -> str:
    """The merged rectangle under which a cell lies, `C17:C18` for C18 and "" for C17, its first."""
    for left, top, right, bottom in merged:
        is_inside = top <= row <= bottom and left <= column <= right
        if is_inside and (row, column) != (top, left):
            return f"{address_of(top, left)}:{address_of(bottom, right)}"
    return ""
