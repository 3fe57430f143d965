"""A block of fixed rows and columns, whose every cell is a field of its own.

What a cell is follows from its row and its column: its key, its words, its unit, its formula.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from workbook.form.field import Field

# In a formula of a grid, before a column of its own row, behind a row in its own column.
THIS_ROW = re.compile(r"本行\.|\bthis_row\.")
THIS_COLUMN = re.compile(r"\.本列|\.this_column\b")
OF_WHICH = re.compile("^其中[:：]")  # before the first part in a grid, and not in a sentence
NUMBERED = re.compile(  # the number of a label: `一、`, `（二）`, `3.`
    r"^\s*(?:第?[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十\d]+[)）]|\d+[、.．](?!\d)|[①-⑳])\s*"
)


class GridCell(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one cell of a grid has that its row and its column do not say; None changes nothing.

    [sheet.block.row.cells]
    预算数 = { required = false, empty = "zero" }
    """

    compute: str | None = None
    default: str | None = None
    required: bool | None = None
    empty: Literal["skip", "zero"] | None = None
    prior: str | None = None
    help: str | None = None
    own_formula: bool | None = None


class GridRow(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One row of a grid; `only` names the columns in which it has a cell, all when empty.

    In `compute`, `甲.本列` is the cell of row 甲 in the same column.

        row = { key = "合计", label = "三公经费合计", compute = "出国.本列 + 接待.本列" }
    """

    key: str
    label: str = ""
    unit: str | None = None
    indent: Annotated[int, Meta(ge=0, le=4)] = 0
    required: bool | None = None
    compute: str = ""
    default: str = ""
    only: tuple[str, ...] = ()
    cells: dict[str, GridCell] = {}

    @property
    def name(self) -> str:
        """The words on the sheet."""
        return self.label or self.key


class Grid(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="grid", dict=True):
    """A block of fixed rows and columns; the cell of a row and a column is the field `行_列`.

    A column's `compute` is that of its cells in rows that have none of their own. In it,
    `本行.乙` is the cell of column 乙 in the same row.

    `between` parts the row's words and the column's in the name of a cell, which Chinese needs not.

    With the column 本年, the row 出国 has the one field `出国_本年`, called 因公出国(境)费本年.
    """

    title: str
    column: tuple[Field, ...]
    row: tuple[GridRow, ...]
    row_title: str = ""
    help: str = ""
    between: str = ""

    @cached_property
    def cells(self) -> tuple[tuple[GridRow, Field, Field], ...]:
        """Each cell's row, column and field, row by row."""
        return tuple(
            (row, column, _cell_field(row, column, self.between))
            for row in self.row
            for column in self.column
            if not row.only or column.key in row.only
        )


def _cell_field(row: GridRow, column: Field, between: str) -> Field:
    cell = row.cells.get(column.key, GridCell())
    own = {key: getattr(cell, key) for key in GridCell.__struct_fields__}
    changed = {key: value for key, value in own.items() if value is not None}
    formulas: dict[str, str] = {
        kind: THIS_COLUMN.sub(f"_{column.key}", THIS_ROW.sub(f"{row.key}_", text))
        for kind, text in _formulas(row, column, changed)
    }
    prior = f"{row.key}_{column.prior}" if column.prior else ""
    return replace(
        column,
        **{
            "key": f"{row.key}_{column.key}",
            "label": f"{OF_WHICH.sub('', row.name)}{between}{column.name}",
            "unit": column.unit if row.unit is None else row.unit,
            "required": column.required if row.required is None else row.required,
            "prior": prior,
            **changed,
            **formulas,
        },
    )


def _says_value(source: Mapping[str, Any]) -> bool:
    return bool(source.get("compute") or source.get("default"))


def _formulas(
    row: GridRow, column: Field, cell: Mapping[str, Any]
) -> Iterator[tuple[Literal["compute", "default"], str]]:
    """What gives a cell its value: said of the cell, else of its row, else of its column."""
    of_row = {"compute": row.compute, "default": row.default}
    sources = (cell, of_row, {"compute": column.compute, "default": column.default})
    is_own = "compute" in cell or "default" in cell  # an empty one takes the row's away
    said = cell if is_own else next(filter(_says_value, sources), sources[-1])
    yield "compute", said.get("compute") or ""
    yield "default", said.get("default") or ""
