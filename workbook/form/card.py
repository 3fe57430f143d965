"""A card: a sheet that shows one chosen row of a table, and the rows that belong to it."""

from typing import Annotated

from msgspec import Meta, Struct


class CardCell(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A cell of a card, `span` columns wide: words of its own, or what it shows.

    `value` names columns of the row; several are shown behind one another, unless a figure among
    them is blank. Where `rather` is filled it is shown instead.

        cell = { value = ["年度指标值", "度量单位"], rather = "定性目标" }
    """

    words: str = ""
    value: tuple[str, ...] = ()
    rather: str = ""
    span: Annotated[int, Meta(ge=1, le=20)] = 1

    @property
    def read(self) -> tuple[str, ...]:
        """The names of all that it may show."""
        return (*self.value, self.rather) if self.rather else self.value


class CardLine(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A line of a card, `lines` lines of text high; one for `each` row of the chosen."""

    cell: tuple[CardCell, ...]
    each: bool = False
    lines: Annotated[int, Meta(ge=1, le=20)] = 1


class Card(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="card"):
    """A block that shows the row of `table` that somebody chooses by its `row_name`.

    The rows of the table `rows` whose column `by` holds the same name belong to it; at most `most`
    of them are shown. Nothing on it is typed or checked. `widths` are those of its columns.

        [[sheet.block]]
        type = "card"
        title = "项目支出绩效自评表"
        table = "项目"
        rows = "项目指标"
        by = "项目名称"
        widths = [12, 30]
        line = [{ cell = [{ words = "项目名称" }, { value = ["名称"] }] }]
    """

    title: str
    table: str
    line: tuple[CardLine, ...]
    widths: tuple[Annotated[float, Meta(ge=4, le=120)], ...]
    rows: str = ""
    by: str = ""
    most: Annotated[int, Meta(ge=1, le=60)] = 15
