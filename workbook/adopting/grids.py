"""Cells in rows and columns as the grids that a form can have: one type a column, units by row."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from workbook.adopting.model import Asked, AskedGrid, Block
from workbook.viewing.words import bare_words

_FIGURES = {"number", "integer"}


def grids(whole: AskedGrid) -> list[Block]:
    """The grid, its columns whose unit differs from row to row apart, and cells that fit no column.

    What a column takes is one thing; a unit is that of a column, or of a row.
    """
    cells = {place: one for head in whole.columns for place, one in _of_column(whole, head)}
    odd = {place: one for place, one in whole.cells.items() if place not in cells}
    heads = [head for head in whole.columns if _units(cells, head)]
    mixed = [head for head in heads if len(_units(cells, head)) > 1]
    own = (
        {one.unit for (row, head), one in cells.items() if row == label and head in mixed}
        for label in whole.rows
    )
    if len(cells) <= len(odd) or any(len(units) > 1 for units in own):
        return [_single(whole.cells)]
    plain = [head for head in heads if head not in mixed]
    parts: list[Block] = [_part(whole, cells, some) for some in (mixed, plain) if some]
    return [*parts, _single(odd)] if odd else parts


def _of_column(whole: AskedGrid, head: str) -> Iterator[tuple[tuple[str, str], Asked]]:
    """The cells of a column that take what most of it does, all with as many decimals as any."""
    cells = {place: one for place, one in whole.cells.items() if place[1] == head}
    kinds = Counter(_kind(one) for one in cells.values())
    usual = kinds.most_common(1)[0][0]
    cells = {place: one for place, one in cells.items() if _kind(one) == usual}
    numbers = [one for one in cells.values() if one.type == "number"]
    said = [one.decimals for one in numbers if one.decimals is not None]
    is_open = len(said) * 2 < len(numbers)  # most of the cells have as many as come
    most = None if is_open else max(said, default=None)
    for place, one in cells.items():
        yield place, replace(one, type="number", decimals=most) if numbers else one


def _kind(one: Asked) -> tuple[str, bool, bool]:
    """What must be alike in a column: the type, whether shares are shown, and open decimals.

    An amount that is divided, and that others calculate with, is rounded where it is printed alone.
    """
    is_open = one.unit.endswith("元") and one.type == "number" and one.decimals is None
    return ("number" if one.type in _FIGURES else one.type), one.is_percent, is_open


def _units(cells: dict[tuple[str, str], Asked], head: str) -> set[str]:
    return {one.unit for (_, other), one in cells.items() if other == head}


def _part(whole: AskedGrid, cells: dict[tuple[str, str], Asked], heads: Iterable[str]) -> AskedGrid:
    own = {place: one for place, one in cells.items() if place[1] in heads}
    labels = {label for label, _ in own}
    rows = {label: key for label, key in whole.rows.items() if label in labels}
    columns = {head: key for head, key in whole.columns.items() if head in heads}
    return AskedGrid(whole.title, rows, columns, own)


def _single(cells: Mapping[tuple[str, str], Asked]) -> Block:
    return tuple(
        replace(one, known_by=(bare_words(label), bare_words(head)))
        for (label, head), one in cells.items()
    )


def column_unit(grid: AskedGrid, head: str) -> str:
    """The unit that most cells of a column have."""
    units = Counter(one.unit for (_, other), one in grid.cells.items() if other == head)
    return units.most_common(1)[0][0]
