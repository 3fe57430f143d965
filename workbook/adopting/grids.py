"""Cells in rows and columns as the grids that a form can have: one type a column, units by row."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from workbook.adopting.model import Asked, AskedGrid, Block
from workbook.adopting.words import bare_words

_FIGURES = {"number", "integer"}


def grids(whole: AskedGrid) -> list[Block]:
    """The grid, its columns whose unit differs from row to row apart; or single cells.

    What a column takes is one thing; a unit is that of a column, or of a row.
    """
    alike = {head: _of_column(whole, head) for head in whole.columns}
    if any(cells is None for cells in alike.values()):
        return [_single(whole)]
    cells = {place: one for column in alike.values() for place, one in (column or {}).items()}
    mixed = [head for head in whole.columns if len(_units(cells, head)) > 1]
    own = {
        label: {one.unit for (row, head), one in cells.items() if row == label and head in mixed}
        for label in whole.rows
    }
    if any(len(units) > 1 for units in own.values()):
        return [_single(whole)]
    plain = [head for head in whole.columns if head not in mixed]
    return [_part(whole, cells, heads) for heads in (mixed, plain) if heads]


def _of_column(whole: AskedGrid, head: str) -> dict[tuple[str, str], Asked] | None:
    """The cells of a column with one type and as many decimals as any has; None for two types."""
    cells = {place: one for place, one in whole.cells.items() if place[1] == head}
    types = {one.type for one in cells.values()}
    if len({one.is_percent for one in cells.values()}) > 1:
        return None
    if types == _FIGURES:
        most = max(one.decimals or 0 for one in cells.values()) or None
        return {place: replace(one, type="number", decimals=most) for place, one in cells.items()}
    if types == {"number"}:
        known = [one.decimals for one in cells.values() if one.decimals is not None]
        most = max(known, default=0) or None
        return {place: replace(one, decimals=most) for place, one in cells.items()}
    return cells if len(types) == 1 else None


def _units(cells: dict[tuple[str, str], Asked], head: str) -> set[str]:
    return {one.unit for (_, other), one in cells.items() if other == head}


def _part(whole: AskedGrid, cells: dict[tuple[str, str], Asked], heads: Iterable[str]) -> AskedGrid:
    own = {place: one for place, one in cells.items() if place[1] in heads}
    labels = {label for label, _ in own}
    rows = {label: key for label, key in whole.rows.items() if label in labels}
    columns = {head: key for head, key in whole.columns.items() if head in heads}
    return AskedGrid(whole.title, rows, columns, own)


def _single(whole: AskedGrid) -> Block:
    return tuple(
        replace(one, known_by=(bare_words(label), bare_words(head)))
        for (label, head), one in whole.cells.items()
    )


def column_unit(grid: AskedGrid, head: str) -> str:
    """The unit that most cells of a column have."""
    units = Counter(one.unit for (_, other), one in grid.cells.items() if other == head)
    return units.most_common(1)[0][0]
