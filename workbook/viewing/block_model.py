"""What a sheet's rows are: cells that have a label each, or rows under heads."""

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Final

from workbook.viewing.boxes import Box

OF_LINES: Final = "行次"
CODES = ("代码", "编码", "行号", "栏次")
ORDINAL = ("序号", "编号", OF_LINES, "No", "NO")


@dataclass(slots=True)
class Pair:
    """A cell and the label that stands beside it or above it."""

    label: str
    box: Box
    counted_in: str = ""  # that stands between them


@dataclass(slots=True)
class Pairs:
    """Cells that have a label each, under a title."""

    title: str
    pairs: list[Pair] = field(default_factory=list)


@dataclass(slots=True)
class Body:
    """Rows under heads: `heads` by column, what stands above one another joined.

    `values` are the boxes to be filled or calculated, by row; `labels` the words of each row;
    `parts` the words that stand alone in a row above some of the others: 流通情况.

    村名|户数 in A2:B2 above 甲村 and a blank cell: heads 1 村名 and 2 户数, row 3,
    whose label is 甲村 and whose value is B3
    """

    title: str
    heads: dict[int, str]
    head_rows: list[list[Box]]
    rows: list[int] = field(default_factory=list)
    values: dict[int, list[Box]] = field(default_factory=dict)
    labels: dict[int, list[Box]] = field(default_factory=dict)
    parts: dict[int, str] = field(default_factory=dict)
    is_list: bool = False

    def lowest_head(self, column: int) -> str:
        """The words right above the cells of a column, of heads in several rows the lowest."""
        boxes = (one for row in reversed(self.head_rows) for one in row)
        return next((one.text for one in boxes if one.column <= column <= one.right), "")

    def part_of(self, row: int) -> str:
        """The words that stand alone above a row and those beside it, "" for none."""
        return self.parts.get(self.part_row(row), "")

    def part_row(self, row: int) -> int:
        """The row of the words that stand alone above a row, 0 for none."""
        return max((one for one in self.parts if one < row), default=0)

    @property
    def ordinal(self) -> int | None:
        """The column that numbers the rows."""
        named = (c for c, head in self.heads.items() if head in ORDINAL or self._counts_up(c))
        return next(named, None)

    def _counts_up(self, column: int) -> bool:
        """Whether codes number the rows: 1, 2, 3 under 代码."""
        if self.heads[column] not in CODES:
            return False
        boxes = (one for row in self.rows for one in self.values[row] if one.column == column)
        codes = [one.value for one in boxes]
        return len(codes) > 1 and codes == list(range(1, len(codes) + 1))

    def is_printed(self, column: int) -> bool:
        """Whether codes stand in a column, each another and higher than the one before.

        They are the form's own: nobody is asked for 13, 14, 17 under 代码.
        """
        if not self.heads.get(column, "").endswith(CODES):
            return False
        boxes = (one for row in self.rows for one in self.values[row] if one.column == column)
        codes = [one.value for one in boxes if isinstance(one.value, int | Decimal)]
        is_higher = all(before < code for before, code in pairwise(codes))
        return len(codes) > 1 and is_higher and all(code == int(code) for code in codes)


RawBlock = Pairs | Body


def first_row(block: RawBlock) -> int:
    """The row in which the first cell of a block stands, 0 for none."""
    rows = block.rows if isinstance(block, Body) else [pair.box.row for pair in block.pairs]
    return min(rows, default=0)


def last_row(block: RawBlock) -> int:
    """The row in which the last cell of a block stands, 0 for none."""
    rows = block.rows if isinstance(block, Body) else [pair.box.row for pair in block.pairs]
    return max(rows, default=0)


def is_figure(box: Box) -> bool:
    """Whether a figure stands in a box, or a formula that may give one."""
    return bool(box.formula) or isinstance(box.value, int | Decimal)
