"""What stands under a table, down to where the form's next block begins."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from workbook.form.model import Fields, Form, Grid, Table
from workbook.reading.cell_formulas import asks_ours
from workbook.reading.snapshot import RawCell
from workbook.reading.spots import Cells, Spot, TableCorners

MORE_ROWS: Final = 1_000  # under a table, in which something typed is still looked for
# The rows that the form writes above a block's first one: heading, words or units, heads.
_HEADING: Final = {Fields: 2, Grid: 3, Table: 2}

Spots = Mapping[str, Spot | None]
Located = Mapping[str, tuple[str, TableCorners]]  # the sheet that a table stands on, and where


class Below(NamedTuple):
    """The first cell of each row that is filled: right under the table, and behind a blank row."""

    next: tuple[RawCell, ...]
    apart: tuple[RawCell, ...]


def ends(form: Form, spots: Spots, tables: Located) -> dict[str, int]:
    """For each table the row at which nothing is its own any more: where another block begins."""
    blocks = list(_blocks(form, spots, tables))
    found = {}
    for key, (sheet, corners) in tables.items():
        last = corners.bottom + corners.totals
        heads = (max(head, last + 1) for name, head, row in blocks if name == sheet and row > last)
        found[key] = min(heads, default=last + MORE_ROWS + 1)
    return found


def _blocks(form: Form, spots: Spots, tables: Located) -> Iterator[tuple[str, int, int]]:
    """The sheet of each block, the row where its heading begins, and its first row."""
    for block in (block for sheet in form.sheet for block in sheet.block):
        if isinstance(block, Table) and block.key in tables:
            sheet, corners = tables[block.key]
            yield sheet, corners.top - _HEADING[Table], corners.top
        elif isinstance(block, Fields | Grid):
            fields = [one for _, _, one in block.cells] if isinstance(block, Grid) else block.field
            there = [spot for field in fields if (spot := spots.get(field.key))]
            if there:
                first = min(there, key=lambda spot: spot.row)
                yield first.sheet, first.row - _HEADING[type(block)], first.row


def below(cells: Cells, bottom: int, end: int, columns: Sequence[int]) -> Below:
    """What is typed in a table's columns under its last row, before `end`.

    A formula that asks our functions checks the table and is no row of it. Formulas are asked for
    only where something stands: of an open book each is a call.
    """
    touching: list[RawCell] = []
    apart: list[RawCell] = []
    expected = bottom + 1
    last = min(end - 1, bottom + MORE_ROWS)
    for row in cells.rows(bottom + 1, last, columns):
        found = {column: cells.at(row, column) for column in columns}
        typed = {column: one for column, one in found.items() if one.kind != "blank"}
        if not typed:
            continue
        is_next, expected = row == expected, row + 1 if row == expected else 0
        told = (one for column, one in typed.items() if not asks_ours(cells.formula(row, column)))
        # One cell of each row is enough to tell it, whatever else stands in it.
        (touching if is_next else apart).extend(islice(told, 1))
    return Below(tuple(touching), tuple(apart))
