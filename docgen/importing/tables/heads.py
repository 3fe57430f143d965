"""The head of a report's table: which column of the form stands below which of its cells."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from docgen.importing.matching.own_names import BRACKETED, own_ways
from docgen.importing.tables.columns import column_of, column_of_source, name_column, unit_of
from docgen.stated.grids import Cell, cells_of, joined
from docgen.stated.outline import Line
from workbook.catalogue import imports as told
from workbook.catalogue.model import Said
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.form.table import Table
from workbook.stated.item_names import is_generic, is_head, parted
from workbook.stated.model import Basis
from workbook.stated.tables.heads import is_figure
from workbook.stated.words import named

_COUNTS: Final = frozenset(("序号", "编号", "序"))  # heads of the rows' numbers
_ITEM_NAME: Final = "项目名称"
_ALONE: Final = re.compile(r"(?:金额)?\(?(?:单位)?:?(亿元|百万元|万元|千元|元)\)?")
_GROUP: Final = re.compile(r"(?:绩效|评价|考核|评分)?指标(?:体系|名称)?")  # above 一级指标
# 预算执行 above 执行金额: the lower words alone say which amount is meant.
_SAYS_NOTHING: Final = re.compile(
    r"(?:预算|决算|资金|经费|执行|支出|使用|安排|到位|情况|金额|数|额)+"
)


class HeadColumn(NamedTuple):
    """A column of the form, the amounts' unit there, and how it was recognised by other words."""

    field: Field
    unit: str
    remark: Said | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A head: which column of the form stands in which cell, and the words of all other cells."""

    table: Table
    columns: dict[int, HeadColumn]
    unused: dict[int, str]
    cells: Sequence[Cell] = ()


def head_at(
    form: Form, lines: Sequence[Line], key: str, years: Collection[str], names: Collection[str]
) -> tuple[Head | None, int]:
    """The head that begins with the first of two lines, and how many lines it has.

    `names` are words above names of items that the form has not.
    """
    cells = cells_of(lines[0])
    if len(lines) > 1 and (words := _in_two_rows(cells, cells_of(lines[1]))):
        under = cells_of(lines[1])
        words = [_ITEM_NAME if word in names else word for word in words]
        head = _head(form, (under, words), lines[0].unit, key, years)
        if head is not None:
            return head, 2
    words = [_ITEM_NAME if cell.text in names else cell.text for cell in cells]
    return _head(form, (cells, words), lines[0].unit, key, years), 1


def _in_two_rows(top: Sequence[Cell], sub: Sequence[Cell]) -> list[str]:
    """The words of a head whose lower row parts a cell of the upper one, none where it does not.

    Below 预算 stand 年初 and 调整后: these are 年初预算 and 调整后预算.
    """
    both = joined(top, sub)
    parted_ones = [words for words, cell in both if words and cell.text not in ("", words)]
    is_parted = len(parted_ones) > len(set(parted_ones))
    if not is_parted or any(is_figure(cell.text) for _, cell in both):
        return []
    return [_of_two(words, "" if cell.is_below else cell.text) for words, cell in both]


def _of_two(above: str, under: str) -> str:
    """The words of a head that stand in two rows, in the order that says which amount is meant."""
    if not under or under == above:
        return above
    if alone := _ALONE.fullmatch(above):  # 金额单位:万元 above 全年预算
        return f"{under.removeprefix('其中:')}({alone[1]})"
    bare = BRACKETED.sub("", above)
    unit = above.removeprefix(bare)
    if _GROUP.fullmatch(bare):
        return under
    ways = (f"{bare}{under}{unit}", f"{under}{bare}{unit}")
    name = parted(bare).name
    is_empty = (
        is_head(bare) or _SAYS_NOTHING.fullmatch(bare) or (bool(name) and is_generic(name))
    )  # 资金安排 above 年初预算
    own = [f"{under}{unit}"] if is_empty and not named(bare).year else []
    for way in (*ways, *own):
        name, kept = parted(BRACKETED.sub("", way))
        if not name and kept is not None and kept.basis is not Basis.NONE:
            return way
    return ways[0]


def _head(
    form: Form,
    row: tuple[Sequence[Cell], Sequence[str]],
    unit: str,
    key: str,
    years: Collection[str],
) -> Head | None:
    """The head that names a table's rows and one more column, or all that the table asks for.

    `row` are its cells and their words; `key` is the table that a card's rows go to, where the
    head stands on a card.
    """
    cells = dict(enumerate(row[1]))
    for table in [form.tables[key]] if key else form.tables.values():
        columns = dict(_named(table, cells, unit))
        if name_column(table) not in {one.field.key for one in columns.values()}:
            continue
        is_titled = f"{table.key}{table.row_name}" in cells.values()
        others = dict(_by_basis(table, cells, unit, years)) if table.row_name else {}
        taken = [one.field.key for one in (*columns.values(), *others.values())]
        others = {n: one for n, one in others.items() if taken.count(one.field.key) == 1}
        names = {one.field.key for one in columns.values()}
        asked = {c.key for c in table.column if c.required}
        enough = len(names) > 1 or asked <= names or (is_titled and others)
        if enough and len(names) == len(columns):
            whole = columns | others
            unused = {
                n: cell
                for n, cell in cells.items()
                if cell not in ("", *_COUNTS) and n not in whole
            }
            return Head(table, whole, unused, row[0])
    return None


def _named(table: Table, cells: Mapping[int, str], unit: str) -> Iterator[tuple[int, HeadColumn]]:
    """The columns that the cells of a head name."""
    columns: dict[str, Field] = {}
    for column in table.column:
        for name in own_ways(column):
            columns.setdefault(name, column)
            columns.setdefault(f"{table.key}{name}", column)
    bare = {place: BRACKETED.sub("", cell) for place, cell in cells.items()}
    own = {column.key for column in table.column if column.key in bare.values()}
    for place, cell in bare.items():
        named = columns.get(cell)
        if named is not None and (cell == named.key or named.key not in own):
            yield place, HeadColumn(named, unit_of(cells[place], unit))


def _by_basis(
    table: Table, cells: Mapping[int, str], unit: str, years: Collection[str]
) -> Iterator[tuple[int, HeadColumn]]:
    """The columns of amounts that are meant by the cells of a head: 执行数 is the outturn."""
    named_ones = dict(_named(table, cells, unit))
    for place, cell in cells.items():
        name, kept = parted(BRACKETED.sub("", cell))
        is_amount = place not in named_ones and not name and kept is not None
        if place not in named_ones and (of_source := column_of_source(table, cell)) is not None:
            remark = told.BY_HEAD.said(head=cell, column=of_source.name)
            yield place, HeadColumn(of_source, unit_of(cell, unit), remark)
        if not is_amount or kept is None or kept.basis is Basis.NONE:
            continue
        column = column_of(table, kept, years)
        if column is not None:
            remark = told.BY_HEAD.said(head=cell, column=column.name)
            yield place, HeadColumn(column, unit_of(cell, unit), remark)
