"""What people and tools do to a workbook, at random: with the names moving along, or without."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final, NamedTuple

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

_SPOT: Final = re.compile(r"'?((?:[^']|'')+?)'?!\$([A-Z]{1,3})\$(\d+)")
_FIRST_FIGURE: Final = 100_000


@dataclass
class Bent:
    """A workbook that is being bent, and what was done to it."""

    book: Workbook
    sheets: list[str]
    random: Random
    done: list[str] = field(default_factory=list)
    typed: int = _FIRST_FIGURE

    def sheet(self) -> Worksheet:
        """One of the sheets that are bent."""
        return self.book[self.random.choice(self.sheets)]

    def names(self, sheet: str = "") -> dict[str, tuple[str, int, int]]:
        """The cells of names: sheet, row and column."""
        found = {}
        for key, name in self.book.defined_names.items():
            if match := _SPOT.fullmatch(name.attr_text or ""):
                column = range_boundaries(f"{match[2]}1")[0]
                found[key] = (match[1].replace("''", "'"), int(match[3]), int(column or 1))
        return {key: spot for key, spot in found.items() if not sheet or spot[0] == sheet}

    def lead(self, key: str, sheet: str, row: int, column: int) -> None:
        """Lead a name to a cell."""
        is_there = row > 0 and column > 0
        where = f"${get_column_letter(column)}${row}" if is_there else "#REF!"
        name = self.book.defined_names[key]
        name.attr_text = f"{quote_sheetname(sheet)}!{where}" if is_there else where


def bend(bent: Bent, count: int) -> None:
    """So many edits, one after the other."""
    for _ in range(count):
        edit = bent.random.choice(EDITS)
        bent.done.append(f"{edit.__name__} {edit(bent)}")


class Shift(NamedTuple):
    """A row or column put in (1) or taken out (-1) at a number."""

    is_row: bool
    at: int
    by: int


def insert_or_delete(bent: Bent) -> str:
    """Rows or columns put in or taken out, as Excel does it or as a tool that knows no names."""
    sheet, random = bent.sheet(), bent.random
    is_row, is_insert = random.random() < 0.6, random.random() < 0.6
    at = random.randint(1, sheet.max_row if is_row else min(sheet.max_column, 7))
    by = 1 if is_insert else -1
    along = random.random() < 0.6
    tables = {table.displayName: table.ref for table in sheet.tables.values()}
    names = bent.names(sheet.title)
    if is_row:
        (sheet.insert_rows if is_insert else sheet.delete_rows)(at)
    else:
        (sheet.insert_cols if is_insert else sheet.delete_cols)(at)
    if along:
        for key, (title, row, column) in names.items():
            moved = _moved(row if is_row else column, at, by)
            bent.lead(key, title, moved if is_row else row, column if is_row else moved)
        for key, ref in tables.items():
            _move_table(sheet, key, ref, Shift(is_row, at, by))
    return f"{sheet.title} row={is_row} at={at} by={by} along={along}"


def _moved(number: int, at: int, by: int) -> int:
    if by < 0 and number == at:
        return 0
    return number + by if number >= at else number


def _move_table(sheet: Worksheet, key: str, ref: str, shift: Shift) -> None:
    is_row, at, by = shift
    left, top, right, bottom = (int(one or 1) for one in range_boundaries(ref))
    if is_row:
        top, bottom = _edge(top, at, by), _edge(bottom, at, by, is_last=True)
    else:
        left, right = _edge(left, at, by), _edge(right, at, by, is_last=True)
    if bottom > top and right >= left:
        new = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
        sheet.tables[key].ref = new
        sheet.tables[key].autoFilter = None


def _edge(number: int, at: int, by: int, *, is_last: bool = False) -> int:
    if by < 0:
        return number - 1 if number > at or (number == at and is_last) else number
    return number + 1 if number >= at else number


def swap_rows(bent: Bent) -> str:
    """Two rows change places with their labels, as sorting does it; names stay."""
    sheet = bent.sheet()
    rows = sorted(row for _, row, _ in bent.names(sheet.title).values()) or [1, 2]
    one, other = bent.random.choice(rows), bent.random.choice(rows)
    for column in range(1, sheet.max_column + 1):
        _swap(sheet, (one, column), (other, column))
    return f"{sheet.title} {one} {other}"


def swap_columns(bent: Bent) -> str:
    """Two columns change places with their heads; names stay."""
    sheet = bent.sheet()
    one, other = bent.random.sample(range(2, 7), 2)
    for row in range(1, sheet.max_row + 1):
        _swap(sheet, (row, one), (row, other))
    return f"{sheet.title} {one} {other}"


def _swap(sheet: Worksheet, one: tuple[int, int], other: tuple[int, int]) -> None:
    a, b = sheet.cell(*one), sheet.cell(*other)
    a.value, b.value = b.value, a.value


def move_name(bent: Bent) -> str:
    """A name led to a cell near its own."""
    key, (sheet, row, column) = bent.random.choice(list(bent.names().items()))
    down, right = bent.random.choice([(0, 1), (0, -1), (1, 0), (-1, 0), (0, 2), (2, 0)])
    bent.lead(key, sheet, max(row + down, 1), max(column + right, 1))
    return f"{key} {down} {right}"


def cut(bent: Bent) -> str:
    """A cell cut and put elsewhere; its name goes along."""
    key, (sheet, row, column) = bent.random.choice(list(bent.names().items()))
    target = bent.book[sheet].cell(row, column + bent.random.randint(6, 9))
    source = bent.book[sheet].cell(row, column)
    target.value, source.value = source.value, None
    bent.lead(key, sheet, target.row, target.column)
    return key


def rename(bent: Bent) -> str:
    """A sheet called otherwise; Excel writes the new name into the names."""
    sheet = bent.sheet()
    old, new = sheet.title, f"{sheet.title[:20]}{bent.random.randint(1, 99)}"
    names = bent.names(old)
    sheet.title = new
    new = sheet.title
    for key, (_, row, column) in names.items():
        bent.lead(key, new, row, column)
    bent.sheets[bent.sheets.index(old)] = new
    return f"{old} {new}"


def copy(bent: Bent) -> str:
    """A sheet copied; the copy keeps its own name, or takes the original's, and is typed into."""
    sheet = bent.sheet()
    made = bent.book.copy_worksheet(sheet)
    if bent.random.random() < 0.5:
        return f"{sheet.title} {made.title}"
    old, names = sheet.title, bent.names(sheet.title)
    sheet.title = f"{old[:20]}旧{bent.random.randint(1, 99)}"
    made.title = old
    for key, (_, row, column) in names.items():
        bent.lead(key, sheet.title, row, column)
    bent.sheets[bent.sheets.index(old)] = sheet.title
    return f"{old} taken by the copy"


def retype(bent: Bent) -> str:
    """Another figure typed over one."""
    sheet = bent.sheet()
    figures = [cell for cell in _cells(sheet) if isinstance(cell.value, int)]
    if not figures:
        return "nothing"
    bent.typed += 1
    cell = bent.random.choice(figures)
    cell.value = bent.typed
    return f"{sheet.title}!{cell.coordinate} {bent.typed}"


def _cells(sheet: Worksheet) -> Iterator[Any]:
    for row in sheet.iter_rows():
        yield from row


EDITS: Final[tuple[Callable[[Bent], str], ...]] = (
    *(insert_or_delete, insert_or_delete, swap_rows, swap_columns, move_name),
    *(cut, rename, copy, retype),
)
