"""Rows of the form's tables in a report's own tables, known by their heads."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, NamedTuple

from docgen.importing.cards import Segment, hole_of, segments
from docgen.importing.matching.found import Found, Row, Statement, years_of
from docgen.importing.matching.own_names import OwnNames, own_names, own_ways
from docgen.importing.matching.patterns import NUMBER, UNIT, Catch
from docgen.importing.scored import near, scored, settled
from docgen.stated.grids import Cell, below, cells_of, joined
from docgen.stated.outline import Line
from workbook.catalogue import imports as told
from workbook.catalogue.model import Said
from workbook.form.model import Field, Form, Table
from workbook.stated.cells import BARE, is_figure
from workbook.stated.folded import CELL, fold, letters
from workbook.stated.item_names import Kept, is_generic, is_head, item_words, parted
from workbook.stated.model import Basis
from workbook.stated.targets import sign_of
from workbook.stated.units import MONEY
from workbook.stated.words import BEFORE, general, named, source_of

TOTALS: Final = frozenset(("合计", "总计", "小计", "共计", "合计数", "总分"))
_COUNTS: Final = frozenset(("序号", "编号", "序"))  # heads of the rows' numbers
_ITEM_NAME: Final = "项目名称"
_PLAIN_HEADS: Final = frozenset(("项目", "专项", "项目支出"))
_OF_ITEMS: Final = re.compile(r"项目|专项")
_OF_SORTS: Final = re.compile(r"分类|科目|三公|收支|收入|资产|采购")  # their 项目 are no items
_BRACKETED: Final = re.compile(r"\(([^()]*)\)")
_AMOUNT: Final = re.compile(rf"({NUMBER})({UNIT})?")
_ALONE: Final = re.compile(r"(?:金额)?\(?(?:单位)?:?(亿元|百万元|万元|千元|元)\)?")
_GROUP: Final = re.compile(r"(?:绩效|评价|考核|评分)?指标(?:体系|名称)?")  # above 一级指标
# 预算执行 above 执行金额: the lower words alone say which amount is meant.
_SAYS_NOTHING: Final = re.compile(
    r"(?:预算|决算|资金|经费|执行|支出|使用|安排|到位|情况|金额|数|额)+"
)
# What a blank form leaves for the clerk to write over.
_RESIDUE: Final = re.compile(
    r"\(?(?:每|一)个?.{0,8}一[行张]\)?|[×Xx]{2,}.*|[.…]+|\(?(?:可|请).{0,6}填写?\)?"
)


class _Column(NamedTuple):
    """A column of the form, the amounts' unit there, and how it was recognised by other words."""

    field: Field
    unit: str
    remark: Said | None = None


@dataclass(frozen=True, slots=True)
class _Head:
    """A head: which column of the form stands in which cell, and the words of all other cells."""

    table: Table
    columns: dict[int, _Column]
    unused: dict[int, str]
    cells: Sequence[Cell] = ()


def name_column(table: Table) -> str:
    """The column that names a row: the form's own choice, else its first text that is asked."""
    texts = (c.key for c in table.column if c.type == "text" and c.is_asked)
    return table.row_name or next(texts, "")


def column_of(table: Table, kept: Kept, years: Collection[str]) -> Field | None:
    """The column for an amount of a row, by its basis and year; None where there is no such one.

    A budget of the beginning of the year goes to the column of the budget, where the form has
    none of its own for it; an amount without a basis is an outturn.
    """
    before = {str(int(year) - 1) for year in years}
    year = {**dict.fromkeys(before, BEFORE), **dict.fromkeys(years, "")}.get(kept.year, kept.year)
    asked = {
        _spent(basis): column
        for column in table.column
        if column.unit in MONEY and not column.compute
        for name, basis, of in [named(column.name)]
        if name in BARE and of == year
    }
    basis = _spent(kept.basis)
    if basis is Basis.INITIAL and basis not in asked:
        basis = Basis.BUDGET
    return asked.get(basis)


def _spent(basis: Basis) -> Basis:
    return Basis.OUTTURN if basis is Basis.NONE else basis


def add_tables(found: Found, form: Form, rest: Sequence[Line], titles: Mapping[int, str]) -> None:
    """Add the rows of the tables among the lines that no template line fits.

    `titles` are the words above each table: below 项目支出明细 a head 项目 stands above names.
    """
    reader = _Reader(found, form, own_names(form), titles)
    for number, group in groupby(rest, key=lambda line: line.table):
        if number is not None:
            reader.table(number, group)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Puts the rows of one table of the report after the other into `found`."""

    found: Found
    form: Form
    own: OwnNames
    titles: Mapping[int, str]

    def table(self, number: int, lines: Iterable[Line]) -> None:
        """Add the rows below each head of the table `number`, card by card where it holds some."""
        for part in segments(self.form, list(lines), self.own):
            self._part(number, part)

    def _part(self, number: int, part: Segment) -> None:
        key = part.card.rows if part.card else ""
        shared = {part.card.by: part.named(part.card.rows, part.card.by)} if part.card else {}
        head: _Head | None = None
        above: Row = {}
        years = years_of(self.found, self.form)
        skipped: Line | None = None
        names = self._names(number, part)
        for place, line in enumerate(part.lines):
            if line is skipped:
                continue
            both = part.lines[place : place + 2]
            other, count = _head_at(self.form, both, key, years, names)
            if other is not None:
                head, above, top = other, {}, line
                self.found.used.update(part.lines[place : place + count])
                skipped = part.lines[place + 1] if count > 1 else None
            elif head is not None and not _is_total(line):
                row, untaken = settled(head.table, dict(_row(head, line)))
                if _is_row(head.table, row, self.own):
                    above = _with_merged(head, row, above)
                    self._add(("table", 0 if shared else number, head.table.key), shared | above)
                    self.found.used.add(line)
                    self._tell(head, top, line)
                    for of, why in untaken:
                        self.found.untaken.setdefault(of, {})[why] = None

    def _names(self, number: int, part: Segment) -> frozenset[str]:
        """The heads above names of items in the table `number`: none of 办公费 and the like."""
        title = self.titles.get(number, "")
        cells = (letters(cell.text) for line in part.lines for cell in cells_of(line))
        is_of_sorts = _OF_SORTS.search(title) or any(one in item_words().objects for one in cells)
        is_of_items = _OF_ITEMS.search(title) and not is_of_sorts
        return frozenset(general().item_head) | (_PLAIN_HEADS if is_of_items else frozenset())

    def _tell(self, head: _Head, top: Line, line: Line) -> None:
        """Tell of the cells of a row that are not taken: below a head of no column, or doubtful."""
        untaken = self.found.untaken
        for place, cell in below(head.cells, cells_of(line)).items():
            text = cell.text
            if text.strip("—-") and place in head.unused:
                why = told.NO_COLUMN.said(head=head.unused[place])
                untaken.setdefault(top, {})[why] = None
            if place in head.columns and _is_of_two_units(text, head.columns[place]):
                why = told.OTHER_UNIT.said(words=text, unit=head.columns[place].unit)
                untaken.setdefault(line, {})[why] = None

    def _add(self, place: tuple[str, int, str], row: Row) -> None:
        self.found.tables.setdefault(place[2], {}).setdefault(place, []).append(row)


def _head_at(
    form: Form, lines: Sequence[Line], key: str, years: Collection[str], names: Collection[str]
) -> tuple[_Head | None, int]:
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
    bare = _BRACKETED.sub("", above)
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
        name, kept = parted(_BRACKETED.sub("", way))
        if not name and kept is not None and kept.basis is not Basis.NONE:
            return way
    return ways[0]


def _head(
    form: Form,
    row: tuple[Sequence[Cell], Sequence[str]],
    unit: str,
    key: str,
    years: Collection[str],
) -> _Head | None:
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
            return _Head(table, whole, unused, row[0])
    return None


def _named(table: Table, cells: Mapping[int, str], unit: str) -> Iterator[tuple[int, _Column]]:
    """The columns that the cells of a head name."""
    columns: dict[str, Field] = {}
    for column in table.column:
        for name in own_ways(column):
            columns.setdefault(name, column)
            columns.setdefault(f"{table.key}{name}", column)
    for place, cell in cells.items():
        if (named := columns.get(_BRACKETED.sub("", cell))) is not None:
            yield place, _Column(named, unit_of(cell, unit))


def _by_basis(
    table: Table, cells: Mapping[int, str], unit: str, years: Collection[str]
) -> Iterator[tuple[int, _Column]]:
    """The columns of amounts that are meant by the cells of a head: 执行数 is the outturn."""
    named_ones = dict(_named(table, cells, unit))
    for place, cell in cells.items():
        name, kept = parted(_BRACKETED.sub("", cell))
        is_amount = place not in named_ones and not name and kept is not None
        if place not in named_ones and (of_source := _by_source(table, cell)) is not None:
            remark = told.BY_HEAD.said(head=cell, column=of_source.name)
            yield place, _Column(of_source, unit_of(cell, unit), remark)
        if not is_amount or kept is None or kept.basis is Basis.NONE:
            continue
        column = column_of(table, kept, years)
        if column is not None:
            remark = told.BY_HEAD.said(head=cell, column=column.name)
            yield place, _Column(column, unit_of(cell, unit), remark)


def sourced(table: Table) -> dict[tuple[Basis, str], Field]:
    """The columns of amounts by basis and source: 年初预算数:上年结转资金, or 年初结转 in short."""
    made: dict[tuple[Basis, str], Field] = {}
    for column in table.column:
        for name in (column.key, column.name) if column.unit in MONEY else ():
            text = fold(name).text
            for word, basis in general().short_basis.items():
                rest = text.removeprefix(word)
                source = source_of(rest) if rest != text else ""
                if source and not column.compute:
                    made[Basis(basis), source] = column
    return made


def _by_source(table: Table, cell: str) -> Field | None:
    """The column for 全年预算数其中:财政拨款, a source below the basis that stands above it."""
    text = _BRACKETED.sub("", cell)
    for basis, ways in general().basis.items():
        for way in ways:
            source = source_of(text.removeprefix(way)) if text.startswith(way) else ""
            if source:
                return sourced(table).get((Basis(basis), source))
    return None


def unit_of(cell: str, unit: str) -> str:
    """The unit in the brackets of a head, else the one that stands above the table."""
    units = [u for words in _BRACKETED.findall(cell) for u in MONEY if words.endswith(u)]
    return max(units, key=len, default=unit)


def _is_of_two_units(cell: str, column: _Column) -> bool:
    """Whether an amount has a unit beside it, and another one in the head or above the table."""
    match = _AMOUNT.fullmatch(cell) if column.field.unit in MONEY else None
    return match is not None and bool(match[2] and column.unit) and match[2] != column.unit


def _is_row(table: Table, row: Row, own: OwnNames) -> bool:
    """Whether a row says something: it has a name, and that is no example and no other figure's."""
    name = row.get(name_column(table))
    if name is None or len(row) < 2 or _RESIDUE.fullmatch(fold(name.text).text):
        return False
    return bool(table.scoring) or not own.has(name.text)


def _with_merged(head: _Head, row: Row, above: Row) -> Row:
    """A row with the choices that a merged cell above says of it too."""
    names = [one.field.key for one in head.columns.values()]
    before = names[: names.index(name_column(head.table))]
    merged = {
        one.field.key: above[one.field.key]
        for one in head.columns.values()
        if one.field.key in before and one.field.type == "choice" and one.field.key in above
    }
    return merged | row


def _row(head: _Head, line: Line) -> Iterator[tuple[str, Statement]]:
    """The values of one row by column, those that have one."""
    for place, cell in below(head.cells, cells_of(line)).items():
        if place not in head.columns or cell.words in ("", "—", "-", "——"):
            continue
        column = head.columns[place]
        if _is_of_two_units(cell.text, column):
            continue
        hole = hole_of(head.table.key, column.field.key)
        catch = Catch(hole, cell.words, line, cell.start, cell.end, column.unit)
        for key, statement in _values(head.table, column.field, catch):
            yield key, replace(statement, remark=statement.remark or column.remark)


def _values(table: Table, field: Field, catch: Catch) -> Iterator[tuple[str, Statement]]:
    """What a cell says: of an indicator's target its sign, its figure and its unit."""
    scoring = table.scoring
    if scoring and field.key in (scoring.target, scoring.value):
        yield from scored(table, field, catch)
        return
    text = fold(catch.text).text
    if match := _AMOUNT.fullmatch(text) if field.is_number else None:
        catch = replace(catch, text=match[1], unit=match[2] or catch.unit)
    elif field.type == "choice":
        sign = sign_of(catch.text, field.choices)
        yield field.key, Statement([catch], near(sign) if sign else None)
        return
    yield field.key, Statement([catch])


def _is_total(line: Line) -> bool:
    return any(cell in TOTALS for cell in line.folded.text.split(CELL))
