"""How cells look that were brought as values: their number formats, and which are merged.

Calc tells both with the values. In Excel neither comes with them: each question is asked of many
cells at once, and of halves of them where they differ: a format is one call for a column in which
all have the same, and a sheet on which nothing is merged says so in one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import xlwings as xw

from workbook.xlsx.addresses import Corners

Cell = tuple[int, int]  # row and column, from 1


@dataclass(frozen=True, slots=True)
class Looks:
    """The number formats of a sheet's cells, and the rectangles that are shown as one cell."""

    formats: Mapping[Cell, str]
    merged: tuple[Corners, ...]


def looks_at_hand(used: xw.Range) -> Looks | None:
    """The looks of all cells of a range that came with its values; None where none did."""
    told = getattr(used.impl, "looks_at_hand", None)
    if told is None or (found := told()) is None:
        return None
    formats, merged = found
    by_cell = {
        (row, column): text
        for text, (left, top, right, bottom) in formats
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    return Looks(by_cell, tuple(Corners(*one) for one in merged))


def formats(sheet: xw.Sheet, groups: Iterable[Sequence[Cell]]) -> Mapping[Cell, str]:
    """The number format of each cell; a group's cells stand in one column, from top to bottom."""
    return {cell: shown for group in groups for cell, shown in _formats(sheet, group)}


def _formats(sheet: xw.Sheet, cells: Sequence[Cell]) -> Iterator[tuple[Cell, str]]:
    if not cells:
        return
    shown = sheet.range(cells[0], cells[-1]).number_format
    if shown is None and len(cells) > 1:
        half = len(cells) // 2
        yield from _formats(sheet, cells[:half])
        yield from _formats(sheet, cells[half:])
    else:
        yield from ((cell, str(shown or "")) for cell in cells)


def runs(cells: Iterable[Cell]) -> Iterator[list[Cell]]:
    """Cells of a column that follow each other, column by column."""
    run: list[Cell] = []
    for cell in sorted(cells, key=lambda one: (one[1], one[0])):
        if run and (run[-1][0] + 1, run[-1][1]) != cell:
            yield run
            run = []
        run.append(cell)
    if run:
        yield run


def merges(sheet: xw.Sheet, area: Corners) -> tuple[Corners, ...]:
    """The merged rectangles that begin in an area."""
    found: list[Corners] = []
    _merges(sheet, area, found)
    return tuple(found)


def _merges(sheet: xw.Sheet, area: Corners, found: list[Corners]) -> None:
    left, top, right, bottom = area
    if any(_covers(one, area) for one in found):
        return
    cells = sheet.range((top, left), (bottom, right))
    # Of cells of which some are merged Excel says neither yes nor no.
    if cells.merge_cells is False:
        return
    if area.rows * area.columns == 1:
        merged = cells.merge_area
        down, across = merged.shape
        found.append(
            Corners(merged.column, merged.row, merged.column + across - 1, merged.row + down - 1)
        )
    elif area.rows >= area.columns:
        half = (top + bottom) // 2
        _merges(sheet, Corners(left, top, right, half), found)
        _merges(sheet, Corners(left, half + 1, right, bottom), found)
    else:
        half = (left + right) // 2
        _merges(sheet, Corners(left, top, half, bottom), found)
        _merges(sheet, Corners(half + 1, top, right, bottom), found)


def _covers(one: Corners, other: Corners) -> bool:
    is_across = one.left <= other.left and other.right <= one.right
    return is_across and one.top <= other.top and other.bottom <= one.bottom
