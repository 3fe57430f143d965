"""What a form asks: sheets of blocks, read from `form.toml`.

A block is a tagged union on `type`: single fields, a grid of rows and columns, a table whose
rows repeat or are given, or a card that shows one row of such a table. `docs/forms.md` is the
author's side of this file.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from workbook.catalogue.model import Language
from workbook.form.card import Card
from workbook.form.own_functions import OwnFunction
from workbook.form.scoring import Grades, Method, Scoring
from workbook.form.sections import Section

FieldType = Literal["text", "paragraphs", "choice", "date", "year", "integer", "number"]
NUMERIC: frozenset[FieldType] = frozenset({"integer", "number", "year"})
TEXTUAL: frozenset[FieldType] = frozenset({"text", "paragraphs", "choice"})
COMPUTED: frozenset[FieldType] = frozenset({"integer", "number", "text"})
CONVERSIONS = {("元", "万元"): 4}  # powers of ten between what is typed and what is printed
RULES_SHEET = "规则"  # of a kind's own form.xlsx, where its author writes rules; never handed out
_READS_ABOVE = re.compile(r"\babove\(")


class Field(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing asked: a cell of its own, or a column of a table.

    `decimals` is how many the figure may have and is printed with; None keeps what was typed.
    `empty` says what a blank optional number means to a rule: "zero", or "skip" the rule.
    `compute` makes it a locked cell whose value is that expression's, in the language of rules.
    `default` puts such a formula into a cell that stays open: what is typed over it goes before.
    `prior` names the field, or the column of the same table, whose figure next year's workbook puts
    here. `carry` says whether next year's workbook takes over what stands here; None leaves it to
    the type: texts and choices stay, figures and dates do not, a year of its own counts on by one.
    `choices_from` offers the filled rows of a table's column, written `项目.名称`.
    `grades` makes the cell the word for the total that `compute` gives.
    `aside` puts a computed column to the right, among what only the program looks at.
    `printed_unit` and `printed_decimals` are what a report prints, where that is not what is typed.
    `said` are other names that texts have for the figure: reports made by hand, the clerk's prose.
    `own_formula` says that a bureau's own formula stands there, whose result is rounded when read.
    In a bureau's own form `as_share` says of a percentage that its cell holds 0.714 and shows
    71.40%, `merged` of a column that a merged cell speaks for all the rows that it covers.
    `behind` is the label in the cell itself behind which a text is typed: 填表人 of `填表人：张三`.
    `own_words` are what the form itself says in that cell before its first label.
    `period` says that the cell tells the month or the quarter of a form that is not of a year.
    `signed` lets an amount be negative. `year` says of a date whether it lies in the reported year.

        field = { key = "基本支出", type = "number", unit = "万元", decimals = 2 }
    """

    key: str
    type: FieldType
    label: str = ""
    required: bool = True
    empty: Literal["skip", "zero"] = "skip"
    unit: str = ""
    decimals: Annotated[int, Meta(ge=0, le=6)] | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    choices: tuple[str, ...] = ()
    choices_from: str = ""
    help: str = ""
    width: Annotated[int, Meta(ge=4, le=120)] | None = None
    compute: str = ""
    default: str = ""
    prior: str = ""
    carry: bool | None = None
    printed_unit: str = ""
    printed_decimals: Annotated[int, Meta(ge=0, le=6)] | None = None
    grades: Grades | None = None
    aside: bool = False
    signed: bool = False
    year: Literal["reported", "any"] = "reported"
    said: tuple[str, ...] = ()
    as_share: bool = False
    merged: bool = False
    own_formula: bool = False
    period: bool = False
    behind: str = ""
    own_words: str = ""

    @property
    def name(self) -> str:
        """The words on the sheet."""
        return self.label or self.key

    @property
    def formula(self) -> str:
        """The expression that gives the cell its value, unless a default is typed over."""
        return self.compute or self.default

    @property
    def may_be_absent(self) -> bool:
        """Whether the cell says 不适用 of itself; in a text that is a word like any other."""
        return bool(self.compute) or (bool(self.default) and self.is_number)

    @property
    def is_asked(self) -> bool:
        """Whether somebody has to type it: the program has no value for it."""
        return not self.formula

    @property
    def is_due(self) -> bool:
        """Whether a blank cell is told: it is required, and only somebody's typing can fill it."""
        return self.required and self.is_asked

    @property
    def places(self) -> int | None:
        """Decimals of the figure, None for as many as were typed."""
        return 0 if self.type in ("integer", "year") else self.decimals

    @property
    def least(self) -> Decimal | None:
        """The smallest figure that may be typed: an amount is not negative unless it is signed."""
        is_amount = self.type == "number" and self.unit.endswith("元")
        return Decimal(0) if self.min is None and is_amount and not self.signed else self.min

    @property
    def follows(self) -> bool:
        """Whether a default takes over what stands in the row above, as `above(项目名称)` does."""
        return bool(self.default) and _READS_ABOVE.search(self.default) is not None

    @property
    def is_number(self) -> bool:
        """Whether the cell holds a figure."""
        return self.type in NUMERIC

    @property
    def is_carried(self) -> bool:
        """Whether next year's workbook takes over what stands here."""
        return self.type in TEXTUAL if self.carry is None else self.carry

    def takes(self, value: Any) -> bool:
        """Whether a value from a data file is of the field's type; True is no figure."""
        if self.type == "date":
            return type(value) is date
        return type(value) in (int, Decimal) if self.is_number else type(value) is str


class Fields(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="fields"):
    """A block of single cells under one heading, each a defined name."""

    title: str
    field: tuple[Field, ...]


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


class Sheet(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """One topic of the form, a worksheet."""

    name: str
    block: tuple[Fields | Grid | Table | Card, ...]
    landscape: bool = False

    @property
    def card(self) -> Card | None:
        """The card that it shows, on which nothing is asked."""
        return next((block for block in self.block if isinstance(block, Card)), None)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The single fields of every block, the cells of its grids among them."""
        return tuple(field for block in self.block for field in _single(block))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The repeating blocks."""
        return tuple(block for block in self.block if isinstance(block, Table))


def _single(block: Fields | Grid | Table | Card) -> Iterator[Field]:
    if isinstance(block, Fields):
        yield from block.field
    elif isinstance(block, Grid):
        yield from (field for _, _, field in block.cells)


class Form(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """Everything one kind of report asks for; `period` is how long a time one workbook is of.

    `language` is that of the form and its report, in which the program speaks of them too.

    kind = "department"
    version = 1
    title = "部门整体支出绩效自评报告"
    [[sheet]]
    name = "预算收支"
    """

    kind: str
    version: Annotated[int, Meta(ge=1)]
    title: str
    sheet: tuple[Sheet, ...]
    report_name: str = ""
    period: Literal["year", "quarter", "month"] = "year"
    language: Language = "zh"
    guide: tuple[str, ...] = ()
    section: tuple[Section, ...] = ()
    function: tuple[OwnFunction, ...] = ()

    @cached_property
    def functions(self) -> dict[str, OwnFunction]:
        """Every function of the kind's own by name."""
        return {one.name: one for one in self.function}

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Every single field by key."""
        return {f.key: f for sheet in self.sheet for f in sheet.fields}

    @cached_property
    def tables(self) -> dict[str, Table]:
        """Every repeating table by key."""
        return {t.key: t for sheet in self.sheet for t in sheet.tables}


def with_labels(form: Form, labels: Mapping[str, str]) -> Form:
    """The form with other labels of its tables' columns, by `项目.金额`."""

    def labelled(block: Fields | Grid | Table | Card) -> Fields | Grid | Table | Card:
        if not isinstance(block, Table):
            return block
        key = block.key
        columns = (replace(c, label=labels.get(f"{key}.{c.key}", c.label)) for c in block.column)
        return replace(block, column=tuple(columns))

    sheets = (replace(sheet, block=tuple(map(labelled, sheet.block))) for sheet in form.sheet)
    return replace(form, sheet=tuple(sheets))


def with_parted_names(form: Form) -> Form:
    """The form, with a comma in the names of a grid's cells where its language needs one."""
    if form.language == "zh":
        return form
    sheets = (replace(sheet, block=tuple(map(_parted, sheet.block))) for sheet in form.sheet)
    return replace(form, sheet=tuple(sheets))


def _parted(block: Fields | Grid | Table | Card) -> Fields | Grid | Table | Card:
    is_bare = isinstance(block, Grid) and not block.between
    return replace(block, between=", ") if is_bare else block
