"""Where a form's figures stand in an open book, and how those cells look."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from addin.open_book.blocks import Block
from addin.open_book.cell_looks import Cell, Looks, formats, merges, runs
from workbook.form.model import Form
from workbook.reading.below import Located, Spots
from workbook.reading.named_columns import NamedColumns
from workbook.reading.spots import TableCorners


@dataclass(slots=True)
class Figures:
    """The figures on one sheet: cells with a name, and columns of tables by their heads."""

    cells: list[Cell] = field(default_factory=list)
    tables: list[tuple[TableCorners, frozenset[str]]] = field(default_factory=list)


def figures(
    form: Form, spots: Spots, tables: Located, by_name: Mapping[str, NamedColumns]
) -> Mapping[str, Figures]:
    """The figures that are read, by sheet; what the program works out is not, but for shares.

    A share that a bureau's own form works out is compared as the percentage that its cell shows.
    `by_name` are tables whose columns have names.
    """
    found: dict[str, Figures] = {}
    for key, spot in spots.items():
        if spot:
            on_sheet = found.setdefault(spot.sheet, Figures())
            one = form.fields[key]
            if one.is_number and (one.as_share or not one.compute):
                on_sheet.cells.append((spot.row, spot.column))
    for key, (sheet, corners) in tables.items():
        asked = (one for one in form.tables[key].column if one.is_number and not one.compute)
        heads = frozenset(head for one in asked for head in (one.key, one.name))
        found.setdefault(sheet, Figures()).tables.append((corners, heads))
    for key, named in by_name.items():
        on_sheet = found.setdefault(named.sheet, Figures())
        for one in form.tables[key].column:
            if one.as_share and (column := named.columns.get(one.key)):
                on_sheet.cells += [(row, column) for row in range(named.top, named.bottom + 1)]
    return found


def looked_at(block: Block, asked: Figures) -> Block:
    """The cells of a sheet with the formats of its figures, and with what is merged on it."""
    if block.looks:
        return block
    shown = formats(block.sheet, _groups(block, asked))
    return replace(block, looks=Looks(shown, merges(block.sheet, block.corners)))


def _groups(block: Block, asked: Figures) -> Iterator[list[Cell]]:
    yield from runs(cell for cell in asked.cells if block.is_figure(*cell))
    for corners, heads in asked.tables:
        rows = block.rows_in_use(corners.top + 1, corners.bottom, ())
        for column in range(corners.left, corners.right + 1):
            if block.text(corners.top, column).strip() in heads:
                yield [(row, column) for row in rows if block.is_figure(row, column)]
