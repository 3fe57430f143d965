"""What stands under a table, down to where the form's next block begins."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from workbook.form.field import Fields
from workbook.form.grid import Grid
from workbook.form.model import Form
from workbook.form.table import Table
from workbook.reading.cell_formulas import asks_ours
from workbook.reading.snapshot import RawCell
from workbook.reading.spots import Cells, Spot, TableCorners

MORE_ROWS: Final = 1_000  # under a table, in which something typed is still looked for
TOTALS: Final = frozenset(("合计", "小计", "总计", "共计"))
# The rows that the form writes above a block's first one: heading, words or units, heads.
_HEADING: Final = {Fields: 2, Grid: 3, Table: 2}

Spots = Mapping[str, Spot | None]
Located = Mapping[str, tuple[str, TableCorners]]  # the sheet that a table stands on, and where


class Below(NamedTuple):
    """The first cell of each row that is filled: of those that the table lacks, and of others.

    A row right under the table was meant for it, and so was one behind a blank row that has words
    and a figure; anything else there may be a note, or a total that the clerk worked out.
    """

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


def says_total(words: object) -> bool:
    """Whether the words at the head of a row say that it adds up others."""
    return isinstance(words, str) and "".join(words.split()).rstrip(":：") in TOTALS


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
        is_row = is_next or _is_row(cells, row, typed)
        (touching if is_row else apart).extend(islice(told, 1))
    return Below(tuple(touching), tuple(apart))


def _is_row(cells: Cells, row: int, typed: Mapping[int, RawCell]) -> bool:
    """Whether words and a typed figure stand in a row, and no total."""
    words = [one.value for one in typed.values() if one.kind == "text"]
    if not words or any(map(says_total, words)):
        return False
    figures = (column for column, one in typed.items() if one.kind == "number")
    return any(not cells.formula(row, column) for column in figures)
