"""A table seen along its columns or along its rows, and what one of its lines is called."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import Term
from workbook.proof.tables.grid import BLANKS, NO_SUM, Grid, depth_of, indent

TOTAL: Final = re.compile(
    r"(?:合计|总计|小计|总额|共计|总和)(?:数|\(.*\))?[:,]?$|^(?:合计|总计|小计|共计)"
)
# A row of rates below its figures: 2016年比2015年增减%, 同比增长率.
_CHANGES: Final = re.compile(
    r"(?:(?:19|20)\d\d年度?)?(?:同比|[比较与](?:上年|去年|(?:19|20)\d\d年)).*(?:%|率|幅)"
)


@dataclass(frozen=True, slots=True)
class Sum:
    """A line of cells that is the total of others, by their numbers; lines are rows or columns.

    `is_named` where the words alone say that the parts are all there are; `within` are the
    positions at which it holds, None for all.
    """

    total: int
    parts: tuple[int, ...]
    is_named: bool
    within: Collection[int] | None = None


class Lines:
    """A table seen along its columns, or along its rows: values of a line at each position."""

    def __init__(self, grid: Grid, is_turned: bool) -> None:
        self.grid = grid
        self.is_turned = is_turned
        width = grid.width
        whole = [
            row for row in grid.rows
            if len(grid.cells[row]) == width and not _CHANGES.match(grid.cells[row][0])
        ]  # fmt: skip
        columns = [
            column for column in range(width)
            if not NO_SUM.search(grid.heads[column])
            and not any(grid.is_percent(row, column) for row in whole)
        ]  # fmt: skip
        self.lines, self.positions = (columns, whole) if is_turned else (whole, columns)

    def cell(self, line: int, position: int) -> tuple[int, int]:
        """The row and the column of a cell."""
        return (position, line) if self.is_turned else (line, position)

    def term(self, line: int, position: int) -> Term | None:
        """The figure of a cell, None where it holds none."""
        row, column = self.cell(line, position)
        return self.grid.terms[row][column]

    def is_blank(self, line: int, position: int) -> bool:
        """Whether a cell says nothing, or that there is nothing."""
        row, column = self.cell(line, position)
        return self.grid.cells[row][column] in BLANKS

    def label(self, line: int, position: int) -> str:
        """What the figures of a line are of, beside a position."""
        if self.is_turned:
            return self.grid.heads[line]
        return self.grid.label(line, position)


def any_label(lines: Lines, at: int) -> str:
    """What the first figure of a line is of."""
    line = lines.lines[at]
    figures = [one for one in lines.positions if lines.term(line, one) is not None]
    return next((word for one in figures if (word := lines.label(line, one))), "")


def depth_at(lines: Lines, at: int) -> tuple[int, int]:
    """How deep a line stands: by its indent, then by its number."""
    if lines.is_turned:
        return 0, 0
    line = lines.lines[at]
    for position in lines.positions:
        if lines.term(line, position) is None and not lines.is_blank(line, position):
            continue
        raw = lines.grid.raw_label(line, position)
        if raw and lines.grid.label(line, position) not in BLANKS:
            words = lines.grid.label(line, position)
            deeper = 6 if words.startswith("其中") else 0  # as wide as 其中： itself
            return indent(raw) + deeper, depth_of(words)
    return 0, 0


def tops(lines: Lines, way: Iterable[int], position: int) -> Iterator[Decimal]:
    """The figures at a position of those lines that stand below no other, by indent and 其中."""
    depths = {at: depth_at(lines, at) for at in way}
    for at, depth in depths.items():
        term = lines.term(lines.lines[at], position)
        if term is not None and depth == min(depths.values()):
            yield term.amount
