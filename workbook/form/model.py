"""What a form asks: sheets of blocks, read from `form.toml`.

A block is a tagged union on `type`: single fields, a grid of rows and columns, or a table whose
rows repeat or are given. `docs/forms.md` is the author's side of this file.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from workbook.form.scoring import Grades, Method

FieldType = Literal["text", "paragraphs", "choice", "date", "year", "integer", "number"]
NUMERIC: frozenset[FieldType] = frozenset({"integer", "number", "year"})
TEXTUAL: frozenset[FieldType] = frozenset({"text", "paragraphs", "choice"})
COMPUTED: frozenset[FieldType] = frozenset({"integer", "number", "text"})
CONVERSIONS = {("元", "万元"): 4}  # powers of ten between what is typed and what is printed


class Field(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing asked: a cell of its own, or a column of a table.

    `decimals` is how many the figure may have and is printed with; None keeps what was typed.
    `empty` says what a blank optional number means to a rule: "zero", or "skip" the rule.
    `compute` makes it a locked cell whose value is that expression's, in the language of rules.
    `prior` names the field, or the column of the same table, whose figure next year's workbook puts
    here. `carry` says whether next year's workbook takes over what stands here; None leaves it to
    the type: texts and choices stay, figures and dates do not, a year of its own counts on by one.
    `choices_from` offers the filled rows of a table's column, written `项目.名称`.
    `grades` makes the cell the word for the total that `compute` gives.
    `printed_unit` and `printed_decimals` are what a report prints, where that is not what is typed.
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
    prior: str = ""
    carry: bool | None = None
    printed_unit: str = ""
    printed_decimals: Annotated[int, Meta(ge=0, le=6)] | None = None
    grades: Grades | None = None

    @property
    def name(self) -> str:
        """The words on the sheet."""
        return self.label or self.key

    @property
    def places(self) -> int | None:
        """Decimals of the figure, None for as many as were typed."""
        return 0 if self.type in ("integer", "year") else self.decimals

    @property
    def is_number(self) -> bool:
        """Whether the cell holds a figure."""
        return self.type in NUMERIC

    @property
    def is_carried(self) -> bool:
        """Whether next year's workbook takes over what stands here."""
        return self.type in TEXTUAL if self.carry is None else self.carry


class Fields(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="fields"):
    """A block of single cells under one heading, each a defined name."""

    title: str
    field: tuple[Field, ...]


THIS_ROW, THIS_COLUMN = "本行.", ".本列"
OF_WHICH = "其中:"  # stands before the first part in a grid, and not in a sentence


class GridCell(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one cell of a grid has that its row and its column do not say; None changes nothing."""

    compute: str | None = None
    required: bool | None = None
    empty: Literal["skip", "zero"] | None = None
    prior: str | None = None
    help: str | None = None


class GridRow(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One row of a grid; `only` names the columns in which it has a cell, all when empty.

    In `compute`, `甲.本列` is the cell of row 甲 in the same column.
    """

    key: str
    label: str = ""
    unit: str | None = None
    indent: Annotated[int, Meta(ge=0, le=4)] = 0
    required: bool | None = None
    compute: str = ""
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
    """

    title: str
    column: tuple[Field, ...]
    row: tuple[GridRow, ...]
    row_title: str = "项目"
    help: str = ""

    @cached_property
    def cells(self) -> tuple[tuple[GridRow, Field, Field], ...]:
        """Each cell's row, column and field, row by row."""
        return tuple(
            (row, column, _cell_field(row, column))
            for row in self.row
            for column in self.column
            if not row.only or column.key in row.only
        )


def _cell_field(row: GridRow, column: Field) -> Field:
    cell = row.cells.get(column.key, GridCell())
    own = {key: getattr(cell, key) for key in ("compute", "required", "empty", "prior", "help")}
    changed = {key: value for key, value in own.items() if value is not None}
    compute = changed.pop("compute", row.compute or column.compute)
    compute = compute.replace(THIS_ROW, f"{row.key}_").replace(THIS_COLUMN, f"_{column.key}")
    prior = f"{row.key}_{column.prior}" if column.prior else ""
    return replace(
        column,
        **{
            "key": f"{row.key}_{column.key}",
            "label": f"{row.name.removeprefix(OF_WHICH)}{column.name}",
            "unit": column.unit if row.unit is None else row.unit,
            "required": column.required if row.required is None else row.required,
            "compute": compute,
            "prior": prior,
            **changed,
        },
    )


class GivenRow(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A row that the form itself gives: fixed values, and cells computed in this row alone.

    `score` is how the row's score follows from its value; one that has no value loses no point
    ("full"), or is dropped and the others count for more ("drop").
    """

    given: dict[str, Any]  # text for a text column, int or Decimal for figures
    compute: dict[str, str] = {}
    score: Method | None = None
    absent: Literal["drop", "full"] = "drop"


class ScoreCase(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the rows of one sort are scored; without `score` they are not scored at all."""

    of: str
    score: Method | None = None


class Scoring(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which columns of a table take part in scoring its rows.

    `score` is computed from `value`, `weight` and `target`. Given rows bring their own method; in
    other tables the word in column `sort` picks one of the cases. `entered` is the score that
    somebody typed, `reason` why a point was lost, `rubric` the sentence that says how it is scored,
    `unit` the value's unit, `word` the grade word of a qualitative row.
    """

    score: str
    weight: str
    value: str
    target: str = ""
    sort: str = ""
    entered: str = ""
    reason: str = ""
    rubric: str = ""
    unit: str = ""
    word: str = ""
    case: tuple[ScoreCase, ...] = ()

    @property
    def columns(self) -> dict[str, str]:
        """The columns by what they are to the scoring."""
        return {key: getattr(self, key) for key in self.__struct_fields__ if key != "case"}


class QuoteAs(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Columns that let each row be quoted by a name that the clerk chose."""

    name: str
    value: str


class Table(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="table"):
    """A block of repeating rows, an Excel table named `key` with `rows` ready blank rows.

    With `row` the rows are given: nobody adds one, and what is given in them is locked. A value
    that is given goes before the column's `compute`.
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

    @property
    def typed(self) -> tuple[Field, ...]:
        """The columns that somebody types into, or that are given."""
        return tuple(column for column in self.column if not column.compute)

    def cell(self, column: Field, number: int) -> Field:
        """The field of a column in the row `number`, which begins at 0."""
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
    block: tuple[Fields | Grid | Table, ...]
    landscape: bool = False

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The single fields of every block, the cells of its grids among them."""
        return tuple(field for block in self.block for field in _single(block))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The repeating blocks."""
        return tuple(block for block in self.block if isinstance(block, Table))


def _single(block: Fields | Grid | Table) -> Iterator[Field]:
    if isinstance(block, Fields):
        yield from block.field
    elif isinstance(block, Grid):
        yield from (field for _, _, field in block.cells)


class Form(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """Everything one kind of report asks for."""

    kind: str
    version: Annotated[int, Meta(ge=1)]
    title: str
    sheet: tuple[Sheet, ...]
    report_name: str = ""
    guide: tuple[str, ...] = ()

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Every single field by key."""
        return {f.key: f for sheet in self.sheet for f in sheet.fields}

    @cached_property
    def tables(self) -> dict[str, Table]:
        """Every repeating table by key."""
        return {t.key: t for sheet in self.sheet for t in sheet.tables}


GENERATED_SHEETS = ("填报说明", "校验", "选项", "核对示例")
GUIDE_SHEET, CHECK_SHEET, CHOICES_SHEET, EXAMPLES_SHEET = GENERATED_SHEETS
MOST_LETTERS = 200  # of a key; Excel's names end at 255, and ours put a word before some
GENERATED_NAMES = ("规则_", "选项_")
_CELL_LIKE = re.compile(r"[A-Za-z]{1,3}\d{1,7}|[RrCc]|[Rr]\d*[Cc]\d*")
_SHEET_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def form_faults(form: Form) -> list[str]:
    """What is wrong with a form beyond its types, in words for its author."""
    return [
        *_name_faults(form),
        *_sheet_faults(form),
        *(fault for field in _all_fields(form) for fault in _field_faults(field)),
        *(fault for sheet in form.sheet for fault in _grid_faults(sheet)),
        *(fault for table in form.tables.values() for fault in _table_faults(table)),
        *_reference_faults(form),
    ]


def _all_fields(form: Form) -> Iterator[Field]:
    for sheet in form.sheet:
        yield from sheet.fields
        for table in sheet.tables:
            yield from table.column


def _name_faults(form: Form) -> Iterator[str]:
    """Fields and tables share Excel's one namespace of names, which ignores case."""
    seen: set[str] = set()
    single = [f.key for sheet in form.sheet for f in sheet.fields]
    tables = [t.key for sheet in form.sheet for t in sheet.tables]
    for key in (*single, *tables):
        if key.casefold() in seen:
            yield f"「{key}」重复:字段和表的 key 在整张表单里只能出现一次"
        seen.add(key.casefold())
    for key in {*single, *tables, *(c.key for t in form.tables.values() for c in t.column)}:
        if not key.isidentifier() or key.startswith("_") or len(key) > MOST_LETTERS:
            yield (
                f"「{key}」不能作 key:只能用汉字、字母、数字和下划线,"
                f"不以数字或下划线开头,最多 {MOST_LETTERS} 个字"
            )
        elif _CELL_LIKE.fullmatch(key) or key.startswith(GENERATED_NAMES):
            yield f"「{key}」不能作 key:Excel 会把它当成单元格地址,或与程序自用的名称相同"


def _sheet_faults(form: Form) -> Iterator[str]:
    names = [sheet.name for sheet in form.sheet]
    if not names:
        yield "表单里没有工作表"
    for sheet in form.sheet:
        if not sheet.fields and not sheet.tables:
            yield f"工作表「{sheet.name}」里没有要填的内容"
    for name in names:
        if not 0 < len(name) <= 31 or _SHEET_FORBIDDEN.search(name):
            yield f"工作表名「{name}」不能用:须为 1 至 31 个字,且不含 [ ] : * ? / \\ '"
        if name in GENERATED_SHEETS or [n.casefold() for n in names].count(name.casefold()) > 1:
            yield f"工作表名「{name}」已被占用,请换一个"


def _field_faults(field: Field) -> Iterator[str]:
    if (field.type == "choice") != bool(field.choices):
        yield f"「{field.key}」:choice 类型要写 choices,其他类型不写"
    limits = (field.decimals, field.min, field.max)
    if not field.is_number and any(limit is not None for limit in limits):
        yield f"「{field.key}」:只有数字类型才有 decimals、min、max"
    if field.min is not None and field.max is not None and field.min > field.max:
        yield f"「{field.key}」:min 大于 max,什么数都填不进去"
    if field.empty == "zero" and (field.required or not field.is_number):
        yield f'「{field.key}」:empty = "zero" 只用于可不填(required = false)的数字'
    if field.compute and (field.type not in COMPUTED or field.choices or field.choices_from):
        yield f"「{field.key}」:写了 compute 的只能是数字或文字,也没有可选的内容"
    units = (field.unit, field.printed_unit)
    if field.printed_unit and not (field.is_number and units in CONVERSIONS):
        yield f'「{field.key}」:printed_unit 只用于 unit = "元" 而印 "万元" 的数字'
    if field.printed_decimals is not None and not field.is_number:
        yield f"「{field.key}」:只有数字类型才有 printed_decimals"


def _reference_faults(form: Form) -> Iterator[str]:
    """Names of other fields and columns that are not there."""
    for field in form.fields.values():
        yield from _prior_faults(field, form.fields, "表单")
    for table in form.tables.values():
        for column in table.column:
            yield from _prior_faults(column, {c.key: c for c in table.column}, f"表「{table.key}」")
    for field in _all_fields(form):
        if field.choices_from and not _is_text_column(form, field.choices_from):
            yield f"「{field.key}」:choices_from 要写“表.文字列”,没有「{field.choices_from}」"


def _prior_faults(field: Field, among: Mapping[str, Field], where: str) -> Iterator[str]:
    """What is wrong with the figure of last year that a field takes over."""
    if not field.prior:
        return
    source = among.get(field.prior)
    if source is None:
        yield f"「{field.key}」:{where}里没有 prior 写的「{field.prior}」"
    elif not (field.is_number and source.is_number):
        yield f"「{field.key}」:prior 要写一个数字字段"
    elif field.unit != source.unit or not _has_room(field, source):
        yield f"「{field.key}」:单位要与 prior 写的「{field.prior}」相同,小数位不能比它少"
    if field.carry is not None:
        yield f"「{field.key}」:prior 和 carry 只写一个"


def _has_room(field: Field, source: Field) -> bool:
    """Whether every figure of `source` has no more decimals than `field` may have."""
    return field.places is None or (source.places is not None and source.places <= field.places)


def fits(value: Any, field: Field) -> bool:
    """Whether a value from a data file is of the field's type."""
    if field.type == "date":
        return type(value) is date
    return type(value) in (int, Decimal) if field.is_number else type(value) is str


def _is_text_column(form: Form, path: str) -> bool:
    table, _, column = path.partition(".")
    return table in form.tables and any(
        one.key == column and one.type == "text" for one in form.tables[table].column
    )


def _grid_faults(sheet: Sheet) -> Iterator[str]:
    for grid in (block for block in sheet.block if isinstance(block, Grid)):
        columns = {column.key for column in grid.column}
        for row in grid.row:
            for name in {*row.only, *row.cells} - columns:
                yield f"「{grid.title}」的行「{row.key}」写了没有的列「{name}」"


def _table_faults(table: Table) -> Iterator[str]:
    columns = {c.key for c in table.column}
    if not columns:
        yield f"表「{table.key}」没有列"
    if len({key.casefold() for key in columns}) < len(table.column):
        yield f"表「{table.key}」的列名有重复"
    named = [table.row_name] if table.row_name else []
    if table.quote_as:
        named += [table.quote_as.name, table.quote_as.value]
    for name in named:
        if name not in columns:
            yield f"表「{table.key}」没有列「{name}」(写在 row_name 或 quote_as 里)"
    yield from _given_faults(table, columns)


def _given_faults(table: Table, columns: set[str]) -> Iterator[str]:
    for number, row in enumerate(table.row, start=1):
        for name in {*row.given, *row.compute} - columns:
            yield f"表「{table.key}」第 {number} 行写了没有的列「{name}」"
        for column in table.column:
            if column.key in row.given and not fits(row.given[column.key], column):
                yield f"表「{table.key}」第 {number} 行给「{column.key}」的值类型不对"
        for name in row.given.keys() & row.compute.keys():
            yield f"表「{table.key}」第 {number} 行的「{name}」既给定又计算"
    names = [str(row.given.get(table.row_name, "")).strip() for row in table.row]
    if "" in names or len(set(names)) < len(names):
        yield f"表「{table.key}」给定的每一行都要有自己的 row_name"
    if table.row and any(c.key == table.row_name and c.type != "text" for c in table.column):
        yield f"表「{table.key}」给定了行,row_name 要是一个文字列"
