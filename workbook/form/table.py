"""A block whose rows repeat: as many as the clerk needs, or those that the form itself gives."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from workbook.form.field import Field
from workbook.form.scoring import Method, Scoring


class GivenRow(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A row that the form itself gives: fixed values, and cells computed in this row alone.

    `score` is how the row's score follows from its value; one that has no value loses no point
    ("full"), or is dropped and the others count for more ("drop").
    """

    given: dict[str, Any]  # text for a text column, int or Decimal for figures
    compute: dict[str, str] = {}
    score: Method | None = None
    absent: Literal["drop", "full"] = "drop"


class QuoteAs(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Columns that let each row be quoted by a name that the clerk chose."""

    name: str
    value: str


class Table(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="table", dict=True):
    """A block of repeating rows, an Excel table named `key` with `rows` ready blank rows.

    With `row` the rows are given: nobody adds one, and what is given in them is locked. A value
    that is given goes before the column's `compute`. Rows with the same words in the columns that
    `together` names stand together, those of a choice in the order of its choices.

        [[sheet.block]]
        type = "table"
        key = "项目"
        title = "项目支出"
        column = [{ key = "名称", type = "text" }, { key = "金额", type = "number", decimals = 2 }]
    """

    key: str
    title: str
    column: tuple[Field, ...]
    help: str = ""
    rows: Annotated[int, Meta(ge=1, le=1000)] = 20
    min_rows: Annotated[int, Meta(ge=0)] = 0
    row_name: str = ""
    quote_as: QuoteAs | None = None
    row: tuple[GivenRow, ...] = ()
    scoring: Scoring | None = None
    together: tuple[str, ...] = ()

    def keys_of(self, heads: Sequence[str]) -> tuple[str, ...]:
        """The heads of an Excel table, those of the form's columns as their keys.

        A column may stand under its key too: so it does in workbooks that were made before it had a
        label. Where its label stands, its key is a head of somebody's own. A label that is more
        than one column's says of none where it is.
        """
        said = Counter(word for one in self.column for word in {one.key, one.name})
        labels = {one.name: one.key for one in self.column if said[one.name] == 1}
        away = {labels[head] for head in heads if head in labels} - labels.keys()
        return tuple(labels.get(head, f"[{head}]" if head in away else head) for head in heads)

    @cached_property
    def given(self) -> frozenset[str]:
        """The columns in which the form gives something."""
        return frozenset(key for row in self.row for key in row.given)

    @property
    def typed(self) -> tuple[Field, ...]:
        """The columns that somebody types into, or that are given."""
        return tuple(column for column in self.column if not column.compute)

    @property
    def asked(self) -> tuple[Field, ...]:
        """The columns by which a row is known to be in use: those without a default too."""
        return tuple(column for column in self.column if column.is_asked)

    @property
    def follows(self) -> bool:
        """Whether a row takes something over from the row above."""
        return any(column.follows for column in self.column)

    def cell(self, column: Field, number: int) -> Field:
        """The field of a column in the row `number`, which begins at 0; above the first is none."""
        if number == 0 and column.follows:
            return replace(column, default="")
        own = self._own(column, number)
        return column if own is None else replace(column, compute=own)

    def _own(self, column: Field, number: int) -> str | None:
        """What a given row computes in a column; nothing where it gives a value."""
        if number >= len(self.row):
            return None
        row = self.row[number]
        return "" if column.key in row.given and column.compute else row.compute.get(column.key)

    def read_as(self, column: Field) -> Field:
        """A column as whoever reads it whole must take it: computed where one of its cells is."""
        cells = (self.cell(column, number) for number in range(len(self.row)))
        return next((cell for cell in cells if cell.compute), column)
