"""What a form asks: sheets of blocks, read from `form.toml`.

A block is a tagged union on `type`: single fields (`field`), a grid of rows and columns (`grid`), a
table whose rows repeat or are given (`table`), or a card that shows one row of such a table
(`card`). `docs/forms.md` is the author's side of this file.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from workbook.catalogue.model import Language
from workbook.form.card import Card
from workbook.form.field import Field, Fields
from workbook.form.grid import Grid
from workbook.form.own_functions import OwnFunction
from workbook.form.sections import Section
from workbook.form.table import Table

RULES_SHEET = "规则"  # of a kind's own form.xlsx, where its author writes rules; never handed out


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
