"""Everything in a form's data that has a name, and how an overlay calls it.

In a form whose sheet 收支 has a table 项目 with a column 金额, that column is called 项目.金额,
收支.项目.金额, 收支.金额, or plainly 金额 where nothing else is.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, product
from typing import Any, Final

from msgspec import Struct

from workbook.form.card import Card
from workbook.form.field import Field, Fields
from workbook.form.grid import Grid, GridCell, GridRow
from workbook.form.likely import likely
from workbook.form.model import Sheet
from workbook.form.sections import Section
from workbook.form.table import GivenRow, Table

Data = dict[str, Any]


class Sort(StrEnum):
    """What a named thing is; the values are what `what` says in an overlay."""

    SHEET = "sheet"
    BLOCK = "block"
    FIELD = "field"
    COLUMN = "column"
    ROW = "row"
    CELL = "cell"
    SECTION = "section"

    @property
    def word(self) -> str:
        """The author's word for it."""
        return _WORDS[self]


_WORDS: Final = dict(zip(Sort, ("工作表", "块", "字段", "列", "行", "单元格", "节"), strict=True))
# A section is often called like the field that it prints, so only `what` leads to it.
UNTOLD: Final = tuple(sort for sort in Sort if sort is not Sort.SECTION)
BLOCKS: Final[dict[str, type[Struct]]] = {
    "fields": Fields,
    "grid": Grid,
    "table": Table,
    "card": Card,
}


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A named thing: its names, the key first, its data, its neighbours and what it stands in.

    A cell of a grid has its row's data, in which `column` says what is its own.

    The field 基本支出 stands in 支出构成 on 预算收支, so its path is 预算收支.支出构成.基本支出.
    """

    sort: Sort
    names: tuple[str, ...]
    data: Data
    shape: type[Struct]
    among: list[Data]
    above: tuple["Spot", ...] = ()
    column: str = ""

    @property
    def path(self) -> str:
        """Its name in full, from the sheet on."""
        return ".".join(spot.names[0] for spot in (*self.above, self))

    def is_called(self, name: str, *, by_key: bool) -> bool:
        """Whether it may be called so, by keys alone or by the words on the sheet as well."""
        return name in self.spellings(by_key=by_key)

    def spellings(self, *, by_key: bool) -> set[str]:
        """All that it may be called: its own name behind any of those that it stands in."""
        found: set[str] = set()
        for count in range(len(self.above) + 1):
            for some in combinations(self.above, count):
                names = [spot.names[:1] if by_key else spot.names for spot in (*some, self)]
                found |= {".".join(one) for one in product(*names)}
        return found

    def __str__(self) -> str:
        """As a message calls it."""
        return f"{self.sort.word}「{self.path}」"


def spots(form: Data) -> list[Spot]:
    """All that has a name in a form's data, which has been checked."""
    sections = form.setdefault("section", [])
    of_sheets = [spot for sheet in form["sheet"] for spot in of_sheet(sheet, form["sheet"])]
    return [*of_sheets, *(of_section(section, sections) for section in sections)]


def find(among: Collection[Spot], name: str, sorts: Collection[Sort]) -> Spot | str:
    """What is called so, or in words why nothing is, or more than one thing."""
    near = [spot for spot in among if spot.sort is not Sort.SECTION or Sort.SECTION in sorts]
    called = [spot for spot in near if spot.is_called(name, by_key=True)]
    called = called or [spot for spot in near if spot.is_called(name, by_key=False)]
    fitting = [spot for spot in called if spot.sort in sorts]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        narrower = ",或加上 what" if len(sorts) > 1 else ""
        return f"「{name}」不止一处:{_listed(fitting)}。请写全{narrower}"
    if called:
        wanted = "或".join(sort.word for sort in sorts)
        return f"「{name}」是{called[0].sort.word},这里要写{wanted}"
    allowed = (spot.spellings(by_key=False) for spot in among if spot.sort in sorts)
    return f"表单里没有「{name}」{likely(name, set().union(*allowed))}"


def _listed(fitting: list[Spot]) -> str:
    return "、".join(f'{spot}(what = "{spot.sort}")' for spot in fitting)


def of_sheet(sheet: Data, among: list[Data]) -> Iterator[Spot]:
    """A sheet and all that it holds."""
    spot = Spot(Sort.SHEET, (sheet["name"],), sheet, Sheet, among)
    yield spot
    for block in sheet["block"]:
        yield from of_block(block, spot)


def of_section(section: Data, among: list[Data]) -> Spot:
    """A section of the report's outline."""
    return Spot(Sort.SECTION, _names(section, "heading"), section, Section, among)


def of_block(block: Data, sheet: Spot) -> Iterator[Spot]:
    """A block and all that it holds."""
    shape, names = BLOCKS[block["type"]], _names(block, "title")
    spot = Spot(Sort.BLOCK, names, block, shape, sheet.data["block"], (sheet,))
    yield spot
    above = (sheet, spot)
    for sort, key in ((Sort.FIELD, "field"), (Sort.COLUMN, "column")):
        yield from (single(sort, one, above) for one in block.get(key, ()))
    for row in block.get("row", ()):
        yield single(Sort.ROW, row, above)
        if shape is Grid:
            yield from _cells(row, above)


def single(sort: Sort, data: Data, above: tuple[Spot, ...]) -> Spot:
    """A field, a column or a row of the block that is last in `above`."""
    block = above[-1].data
    shape: type[Struct] = Field
    names = _names(data, "label")
    if sort is Sort.ROW and block["type"] == "grid":
        shape = GridRow
    elif sort is Sort.ROW:  # which is called by what it gives in the column that names rows
        shape = GivenRow
        names = (str(data.get("given", {}).get(block.get("row_name"), "")),)
    return Spot(sort, names, data, shape, block.setdefault(str(sort), []), above)


def _cells(row: Data, above: tuple[Spot, ...]) -> Iterator[Spot]:
    """The cells of a grid's row, each a field of the form."""
    grid, only = above[-1].data, row.get("only")
    for column in grid["column"]:
        key = column["key"]
        if not only or key in only:
            yield Spot(Sort.CELL, (f"{row['key']}_{key}",), row, GridCell, grid["row"], above, key)


def _names(one: Data, words: str) -> tuple[str, ...]:
    found = (one.get("key", ""), one.get(words, ""))
    return tuple(dict.fromkeys(name for name in found if name))
