"""The row of an item from its card: who carries it out, its funds by source, its aims.

项目资金(万元) |              | 年初预算数 | 全年预算数 | 全年执行数
| 年度资金总额  | 150.00    | 162.50    | 160.20
| 当年财政拨款  | 140.00    | 150.00    | 148.70
| 上年结转资金  | 10.00     | 12.50     | 11.50
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Final

from docgen.importing.matching.found import Found, Row, Statement, years_of
from docgen.importing.matching.model import Catch
from docgen.importing.matching.own_names import BRACKETED, own_names, own_ways
from docgen.importing.matching.patterns import AMOUNT
from docgen.importing.tables.amounts import (
    ALL_FUNDS,
    BASES,
    Amount,
    in_yuan,
    put_amounts,
    put_row,
    tell,
)
from docgen.importing.tables.cards import Segment, hole_of, segments
from docgen.importing.tables.columns import unit_of
from docgen.stated.grids import Cell, below, cells_of
from docgen.stated.outline import Line
from workbook.catalogue import imports as told
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.form.table import Table
from workbook.stated.item_names import is_sum, parted
from workbook.stated.model import Basis
from workbook.stated.words import general, source_of

FEWEST: Final = 2  # heads of amounts by which a head of funds is known
_FISCAL: Final = source_of("财政")
_OF_FISCAL: Final = re.compile(r"财政|拨款|预算|补助|基金|债")  # what may be a part of it
_CODE: Final = re.compile(r"(?:及|和)?(?:代码|编码)$")


def add_cards(found: Found, form: Form, lines: Sequence[Line]) -> None:
    """Add the rows that the cards among the lines say, one a card; a name alone is none."""
    own = own_names(form)
    for number, group in groupby(lines, key=lambda line: line.table):
        for part in segments(form, list(group), own) if number is not None else ():
            if part.card is None:
                continue
            table = form.tables[part.card.table]
            reader = _Reader(found, table, part, years_of(found, form))
            reader.read()
            if reader.row:
                name = {table.row_name: part.named(table.key, table.row_name)}
                put_row(found, table, name | reader.row)
                found.used |= reader.used


@dataclass(slots=True)
class _Reader:
    """Reads one card: the row without the item's name, and the lines that it understood.

    Of the card at the top of this file: `amounts` has 150.00 for 年初预算 of all sources together,
    and 10.00 for 年初预算 of 上年结转.
    """

    found: Found
    table: Table
    part: Segment
    years: Collection[str]
    row: Row = field(default_factory=dict)
    used: set[Line] = field(default_factory=set)
    amounts: dict[tuple[Basis, str], list[Amount]] = field(default_factory=dict)
    is_whole: bool = True
    is_split: bool = False

    def read(self) -> None:
        """Read the lines from the label of the item on."""
        lines = self.part.lines
        self.used.add(lines[0])
        for number, line in enumerate(lines):
            cells = cells_of(line)
            self._labels(line, cells)
            if heads := _bases(cells):
                self._funds(line, heads, lines[number + 1 :])
            elif number + 1 < len(lines):
                self._aims(line, lines[number + 1])
        if self.is_split:
            self._without_fiscal()
        self.row |= put_amounts(
            self.found, self.table, self.amounts, self.years, is_whole=self.is_whole
        )

    def _without_fiscal(self) -> None:
        """Leave out 财政拨款 where another row may be a part of it, unless the sources tie."""
        for basis in BASES:
            own = {source: one for (of, source), (one, *_) in self.amounts.items() if of is basis}
            total = own.pop(ALL_FUNDS, None)
            if total is None or in_yuan(total) != sum(map(in_yuan, own.values())):
                self.amounts.pop((basis, _FISCAL), None)

    def _labels(self, line: Line, cells: Sequence[Cell]) -> None:
        """Take the words behind 主管部门 and the like."""
        names = {way: c for c in self.table.column if c.type == "text" for way in own_ways(c)}
        words = [cell for cell in cells if cell.words]
        for label, value in pairwise(words):
            column = names.get(_CODE.sub("", _plain(label)))
            is_own = column is not None and column.key != self.table.row_name
            if is_own and column is not None and _CODE.sub("", _plain(value)) not in names:
                self._put(column, line, value)

    def _put(self, column: Field, line: Line, cell: Cell) -> None:
        hole = hole_of(self.table.key, column.key)
        catch = Catch(hole, cell.words, line, cell.start, cell.end)
        self.row.setdefault(column.key, Statement([catch], told.BY_NAME.said(name=column.key)))
        self.used.add(line)

    def _aims(self, head: Line, line: Line) -> None:
        """Take the texts below 预期目标 and 实际完成情况."""
        names = {way: c for c in self.table.column if c.type == "paragraphs" for way in own_ways(c)}
        cells = cells_of(head)
        columns = {n: names[text] for n, c in enumerate(cells) if (text := _plain(c)) in names}
        if len(columns) < FEWEST:
            return
        for number, cell in below(cells, cells_of(line)).items():
            if number in columns and cell.words and _plain(cell) not in names:
                self._put(columns[number], line, cell)
                self.used.add(head)

    def _funds(self, head: Line, heads: Mapping[int, Basis], lines: Sequence[Line]) -> None:
        """Take the amounts of the rows below a head of funds, up to the first row of another kind.

        Each stands below its basis and behind its source.
        """
        cells = cells_of(head)
        units = [unit_of(cell.text, "") for cell in cells]
        unit = next(filter(None, units), head.unit)
        self.used.add(head)
        first = min(heads)
        for line in lines:
            row = cells_of(line)
            under = below(cells, row)
            amounts = {heads[n]: under[n] for n in heads if n in under and under[n].words}
            if not under or any(not _is_amount(cell) for cell in amounts.values()):
                return
            edge = under[first].column if first in under else cells[first].column
            labels = [c for c in row if c.column < edge and c.words and not _is_amount(c)]
            source = _source(labels[-1]) if labels else None
            figures = [c for c in amounts.values() if _is_some(c)]
            if source is None:
                self.is_whole = self.is_whole and not figures
                said = labels[-1].text if labels and figures else ""
                self.is_split = self.is_split or _OF_FISCAL.search(said) is not None
                continue
            self.used.add(line)
            for basis, cell in amounts.items():
                self._take((basis, source), line, cell, unit)

    def _take(self, key: tuple[Basis, str], line: Line, cell: Cell, unit: str) -> None:
        match = AMOUNT.fullmatch(cell.text)
        if match is None:
            return
        if match[2] and unit and match[2] != unit:
            tell(self.found, line, told.OTHER_UNIT.said(words=cell.text, unit=unit))
            return
        hole = hole_of(self.table.key, self.table.row_name)
        catch = Catch(hole, match[1], line, cell.start, cell.end, match[2] or unit)
        value = Decimal(match[1].replace(",", ""))
        self.amounts.setdefault(key, []).append(Amount(value, catch))


def _plain(cell: Cell) -> str:
    return BRACKETED.sub("", cell.text).rstrip(":")


def _is_amount(cell: Cell) -> bool:
    return AMOUNT.fullmatch(cell.text) is not None or not cell.text.strip("—-/")


def _is_some(cell: Cell) -> bool:
    """Whether a cell states an amount other than 0, which leaves nothing out."""
    match = AMOUNT.fullmatch(cell.text)
    return match is not None and Decimal(match[1].replace(",", "")) != 0


def _source(cell: Cell) -> str | None:
    """The source that a label names, empty for all funds together, None for one of another name."""
    text = _plain(cell)
    return ALL_FUNDS if is_total(text) else source_of(text) or None


def is_total(text: str) -> bool:
    """Whether words name all funds together: 年度资金总额, 合计."""
    return text in general().words.totals or is_sum(text) or text in general().all_funds


def _bases(cells: Sequence[Cell]) -> dict[int, Basis]:
    """Which cells of a head are of which basis; none where that is not plain of two or more.

    A budget of no plain basis is none: 年度预算数 may stand above the sources.
    """
    said: dict[int, Basis] = {}
    for number, cell in enumerate(cells):
        name, kept = parted(_plain(cell))
        if cell.words and not name and kept is not None and kept.basis is not Basis.NONE:
            said[number] = kept.basis
    ones = list(said.values())
    return (
        {n: one for n, one in said.items() if ones.count(one) == 1 and one in BASES}
        if len(ones) >= FEWEST
        else {}
    )
