"""Tables that are no Excel tables: a name for the cells of each column, `项目_金额` of 项目.金额.

So a bureau's own form keeps its layout: heads of several rows, totals right under the last row and
signatures below make no Excel table, but names may lead to any cells.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from workbook.form.table import Table
from workbook.reading.ranges import raw_rows
from workbook.reading.snapshot import RawCell, RawTable
from workbook.reading.spots import Cells, Spot, TableCorners
from workbook.xlsx.addresses import Corners, cell_at, corners_of

_AREA: Final = re.compile(
    r"=?(?:'((?:[^']|'')+)'|([^'!\[\]]+))!(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)"
)
_ENDS: Final = re.compile(r"\s*(?:[合总小共]\s*计|本页|累\s*计|注|说明|备注)|.*[:：]")
Rows = tuple[Mapping[str, RawCell], ...]
_WORDS: Final = re.compile(r"[^\W\d_]{2}")
_TYPED: Final = re.compile(
    r"\d|暂[无缺]|[待未][定填]|不[详适]|没有|尚未|同上"
)  # for want of a figure
_MOST_BELOW: Final = 200  # rows under a table in which its end is looked for


class NamedColumns(NamedTuple):
    """Where a table's columns stand: the sheet, each column's number, the first and last row."""

    sheet: str
    columns: Mapping[str, int]
    top: int
    bottom: int

    @property
    def corners(self) -> TableCorners:
        """The cells that it covers, the row above its first one taken for its head."""
        left, right = min(self.columns.values()), max(self.columns.values())
        return TableCorners(left, self.top - 1, right, self.bottom, 0)


def column_name(table: str, column: str) -> str:
    """The name that leads to the cells of a column."""
    return f"{table}_{column}"


def named_columns(table: Table, references: Mapping[str, str]) -> NamedColumns | None:
    """Where the names of a table's columns lead, None where they lead to no rows of one sheet."""
    found: dict[str, tuple[str, Corners]] = {}
    for column in table.column:
        area = area_named(references.get(column_name(table.key, column.key), ""))
        if area is not None:
            found[column.key] = area
    sheets = {sheet for sheet, _ in found.values()}
    rows = {(area.top, area.bottom) for _, area in found.values()}
    if len(sheets) != 1 or len(rows) != 1:
        return None
    ((top, bottom),) = rows
    columns = {key: area.left for key, (_, area) in found.items()}
    return NamedColumns(sheets.pop(), columns, top, bottom)


def area_named(reference: str) -> tuple[str, Corners] | None:
    """The sheet and the cells to which a name's reference leads, None for anything else."""
    match = _AREA.fullmatch(reference)
    area = corners_of(match[3].replace("$", "")) if match else None
    return ((match[1] or match[2]).replace("''", "'"), area) if match and area else None


def beginnings(
    named: Iterable[NamedColumns], others: Iterable[tuple[str, TableCorners]]
) -> Iterator[Spot]:
    """Cells with which the tables of a form begin: their first row, and what stands above it.

    That is the words of a list's part, or the heads. `others` are Excel's own tables.
    """
    corners = [*((one.sheet, one.corners) for one in named), *others]
    for sheet, one in corners:
        yield Spot(sheet, one.top, one.left)
        yield Spot(sheet, one.top + 1, one.left)


def named_table(
    table: Table, found: NamedColumns, cells: Cells, fields: Iterable[Spot | None]
) -> RawTable:
    """The rows in use, and what is typed under them before the form goes on.

    It goes on where words say so, and with the first of `fields`, the form's own cells and the
    beginnings of its tables, that stands under the table.
    """
    asked = [found.columns[one.key] for one in table.asked if one.key in found.columns]
    numbers = {one.key for one in table.column if one.is_number}
    figures = [column for key, column in found.columns.items() if key in numbers]
    below = found.bottom + 1
    own = (one.row for one in fields if one and one.sheet == found.sheet and one.row >= below)
    end = min(_end(below, asked, cells), _next_heads(below, figures, cells), *own)
    place = Spot(found.sheet, found.top, min(found.columns.values())).place
    rows, under = raw_rows(table, found.columns, (found.top, found.bottom, end), cells)
    rows = _typed(table, found.columns, rows, cells)
    return RawTable(place, tuple(found.columns), rows, under.next, under.apart)


def _typed(table: Table, columns: Mapping[str, int], rows: Rows, cells: Cells) -> Rows:
    """The rows without those in which only formulas stand, of columns that need not be filled.

    A bureau's form may have such a formula, a price looked up, in every row down to its last one.
    """
    optional = [one.key for one in table.asked if not one.required and one.key in columns]
    needed = [one.key for one in table.asked if one.required and one.key in columns]
    places = [next(iter(row.values())).place.address for row in rows]
    numbers = [at[0] if (at := cell_at(one)) else 0 for one in places]
    bare = [all(row[key].kind == "blank" for key in needed) for row in rows]
    if not any(bare):
        return rows
    formulas = {key: cells.formulas(numbers, columns[key]) for key in optional}
    return tuple(
        row
        for index, row in enumerate(rows)
        if not bare[index]
        or any(row[key].kind != "blank" and not formulas[key][index] for key in optional)
    )


def _end(first: int, columns: Iterable[int], cells: Cells) -> int:
    """The row under a table that is none of its own: with a total, a note or a signature."""
    asked = list(columns)
    for row in cells.rows(first, first + _MOST_BELOW, range(1, max(asked, default=1) + 1)):
        if any(_is_no_row(cells.at(row, column)) for column in range(1, max(asked) + 1)):
            return row
        if any(cells.formula(row, column) for column in asked):
            return row
    return first + _MOST_BELOW


def _next_heads(first: int, figures: Sequence[int], cells: Cells) -> int:
    """The row under a table with words over all its columns of figures: the heads of what follows.

    12万元 and 待定 are no heads: somebody typed them, and they are told as what lies below.
    """
    for row in cells.rows(first, first + _MOST_BELOW, figures):
        found = [cells.at(row, column) for column in figures]
        words = [str(cell.value).strip() for cell in found if cell.kind == "text"]
        if len(words) == len(figures) and len(set(words)) > 1 and all(map(_is_head, words)):
            return row
    return first + _MOST_BELOW


def _is_head(words: str) -> bool:
    return bool(_WORDS.search(words)) and not _TYPED.search(words)


def _is_no_row(cell: RawCell) -> bool:
    return cell.kind == "text" and _ENDS.match(str(cell.value)) is not None
