"""Rows of the form's tables in a report's own tables, known by their heads."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from docgen.importing.matching.found import Found, Row, Statement, years_of
from docgen.importing.matching.model import Catch
from docgen.importing.matching.own_names import OwnNames, own_names
from docgen.importing.matching.patterns import AMOUNT
from docgen.importing.tables.cards import Segment, hole_of, segments
from docgen.importing.tables.columns import name_column
from docgen.importing.tables.heads import Head, HeadColumn, head_at
from docgen.importing.tables.scored import near, scored, settled
from docgen.stated.grids import below, cells_of
from docgen.stated.outline import Line
from workbook.catalogue import imports as told
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.form.table import Table
from workbook.stated.folded import CELL, fold, letters
from workbook.stated.item_names import item_words
from workbook.stated.tables.targets import sign_of
from workbook.stated.units import MONEY
from workbook.stated.words import general

TOTALS: Final = frozenset(("合计", "总计", "小计", "共计", "合计数", "总分"))
_PLAIN_HEADS: Final = frozenset(("项目", "专项", "项目支出"))
_OF_ITEMS: Final = re.compile(r"项目|专项")
_OF_SORTS: Final = re.compile(r"分类|科目|三公|收支|收入|资产|采购")  # their 项目 are no items
# What a blank form leaves for the clerk to write over.
_RESIDUE: Final = re.compile(
    r"\(?(?:每|一)个?.{0,8}一[行张]\)?|[×Xx]{2,}.*|[.…]+|\(?(?:可|请).{0,6}填写?\)?"
)


def add_tables(found: Found, form: Form, rest: Sequence[Line], titles: Mapping[int, str]) -> None:
    """Add the rows of the tables among the lines that no template line fits.

    `titles` are the words above each table: below 项目支出明细 a head 项目 stands above names.
    """
    reader = _Reader(found, form, own_names(form), titles)
    for number, group in groupby(rest, key=lambda line: line.table):
        if number is not None:
            reader.table(number, group)


def retract_sorts(found: Found, form: Form) -> None:
    """Take back rows that are totals of the table's own sorts, and leave them to be listed.

    业务工作专项 and 运行维护专项 are no projects; 上级专项 alone among others may be one.
    """
    for key, table in form.tables.items():
        sorts = {letters(one) for c in table.column if c.type == "choice" for one in c.choices}
        name = table.row_name
        for place, rows in found.tables.get(key, {}).items():
            of_sorts = [row for row in rows if name in row and letters(row[name].text) in sorts]
            is_alone = len(of_sorts) == 1 and len(rows) > 1
            if table.scoring or is_alone or not of_sorts:
                continue
            found.tables[key][place] = [row for row in rows if row not in of_sorts]
            found.used -= {one.catches[0].line for row in of_sorts for one in row.values()}


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
        head: Head | None = None
        above: Row = {}
        years = years_of(self.found, self.form)
        skipped: Line | None = None
        names = self._names(number, part)
        for place, line in enumerate(part.lines):
            if line is skipped:
                continue
            both = part.lines[place : place + 2]
            other, count = head_at(self.form, both, key, years, names)
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

    def _tell(self, head: Head, top: Line, line: Line) -> None:
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


def _is_of_two_units(cell: str, column: HeadColumn) -> bool:
    """Whether an amount has a unit beside it, and another one in the head or above the table."""
    match = AMOUNT.fullmatch(cell) if column.field.unit in MONEY else None
    return match is not None and bool(match[2] and column.unit) and match[2] != column.unit


def _is_row(table: Table, row: Row, own: OwnNames) -> bool:
    """Whether a row says something: it has a name, and that is no example and no other figure's."""
    name = row.get(name_column(table))
    if name is None or len(row) < 2 or _RESIDUE.fullmatch(fold(name.text).text):
        return False
    return bool(table.scoring) or not own.has(name.text)


def _with_merged(head: Head, row: Row, above: Row) -> Row:
    """A row with the choices that a merged cell above says of it too."""
    names = [one.field.key for one in head.columns.values()]
    before = names[: names.index(name_column(head.table))]
    merged = {
        one.field.key: above[one.field.key]
        for one in head.columns.values()
        if one.field.key in before and one.field.type == "choice" and one.field.key in above
    }
    return merged | row


def _row(head: Head, line: Line) -> Iterator[tuple[str, Statement]]:
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
    if match := AMOUNT.fullmatch(text) if field.is_number else None:
        catch = replace(catch, text=match[1], unit=match[2] or catch.unit)
    elif field.type == "choice":
        sign = sign_of(catch.text, field.choices)
        yield field.key, Statement([catch], near(sign) if sign else None)
        return
    yield field.key, Statement([catch])


def _is_total(line: Line) -> bool:
    return any(cell in TOTALS for cell in line.folded.text.split(CELL))
