"""What a form asks: sheets of blocks, blocks of fields or of repeating rows, read from `form.toml`.

A block is a tagged union on `type`, so that further block shapes (fixed grids, indicator trees)
join without changing the ones that are here. `docs/forms.md` is the author's side of this file.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct

FieldType = Literal["text", "paragraphs", "choice", "date", "year", "integer", "number"]
NUMERIC: frozenset[FieldType] = frozenset({"integer", "number", "year"})
TEXTUAL: frozenset[FieldType] = frozenset({"text", "paragraphs", "choice"})


class Field(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing asked: a cell of its own, or a column of a table.

    `decimals` is how many the figure may have and is printed with; None keeps what was typed.
    `empty` says what a blank optional number means to a rule: "zero", or "skip" the rule.
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
    help: str = ""
    width: Annotated[int, Meta(ge=4, le=120)] | None = None

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


class Fields(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="fields"):
    """A block of single cells under one heading, each a defined name."""

    title: str
    field: tuple[Field, ...]


class QuoteAs(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Columns that let each row be quoted by a name that the clerk chose."""

    name: str
    value: str


class Table(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="table"):
    """A block of repeating rows, an Excel table named `key` with `rows` ready blank rows."""

    key: str
    title: str
    column: tuple[Field, ...]
    help: str = ""
    rows: Annotated[int, Meta(ge=1, le=1000)] = 20
    min_rows: Annotated[int, Meta(ge=0)] = 0
    row_name: str = ""
    quote_as: QuoteAs | None = None


class Sheet(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One topic of the form, a worksheet."""

    name: str
    block: tuple[Fields | Table, ...]
    landscape: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """The single fields of every block."""
        return tuple(f for block in self.block if isinstance(block, Fields) for f in block.field)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The repeating blocks."""
        return tuple(block for block in self.block if isinstance(block, Table))


class Form(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything one kind of report asks for."""

    kind: str
    version: Annotated[int, Meta(ge=1)]
    title: str
    sheet: tuple[Sheet, ...]
    report_name: str = ""
    guide: tuple[str, ...] = ()

    @property
    def fields(self) -> dict[str, Field]:
        """Every single field by key."""
        return {f.key: f for sheet in self.sheet for f in sheet.fields}

    @property
    def tables(self) -> dict[str, Table]:
        """Every repeating table by key."""
        return {t.key: t for sheet in self.sheet for t in sheet.tables}


GUIDE_SHEET, CHECK_SHEET, CHOICES_SHEET = GENERATED_SHEETS = ("填报说明", "校验", "选项")
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
        *(fault for table in form.tables.values() for fault in _table_faults(table)),
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
