"""What a bureau's workbook is found to ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbook.form.field import FieldType
from workbook.reading.spots import Spot
from workbook.viewing.boxes import Value


@dataclass(frozen=True, slots=True)
class Asked:
    """A cell, or a column of a table, that is to be filled or calculates.

    `words` are those beside it, `compute` the expression of its formula, "" for none or for one
    that this program does not understand. `value` is what last year's book holds.

    基本支出（万元） beside a blank C9: key 基本支出, type number, unit 万元, and C9 the spot.
    """

    key: str
    words: str
    type: FieldType
    spot: Spot
    unit: str = ""
    decimals: int | None = None
    choices: tuple[str, ...] = ()
    is_required: bool = True
    is_percent: bool = False
    is_partly_percent: bool = False  # of a column: some cells show a percentage, others none
    is_merged: bool = False
    compute: str = ""
    formula: str = ""
    value: Value | None = None
    known_by: tuple[str, ...] = ()  # of a cell that was one of rows and columns: both words
    prior: str = ""  # the key of the closing balance that it opens with
    is_period: bool = False
    is_own_formula: bool = False  # that nobody understands here
    is_carried: bool = True
    is_signed: bool = False  # an amount that may be negative
    behind: str = ""  # the label in the cell itself, with what is typed
    own_words: str = ""  # of the form before the first label of that cell
    lowest: str = ""  # of heads in several rows the words of the lowest, "" where there is one
    is_uneven: bool = False  # of a column: its rows calculate differently, or not all of them do


@dataclass(frozen=True, slots=True)
class AskedGrid:
    """Rows and columns of cells; `cells` by row label and column head.

    `rows` and `columns` are labels and heads with their keys; a cell's key is both with _ between.
    """

    title: str
    rows: Mapping[str, str]
    columns: Mapping[str, str]
    cells: Mapping[tuple[str, str], Asked]


@dataclass(frozen=True, slots=True)
class AskedTable:
    """Rows that repeat: the key, a column each, the first and last row.

    `rows` are those in use, with what was typed and what formulas gave.

    受益村情况 with the column 村名, for which there is room from A2 to A6: top 2, bottom 6.
    """

    key: str
    title: str
    sheet: str
    columns: tuple[Asked, ...]
    top: int
    bottom: int
    rows: tuple[Mapping[str, Value], ...] = ()
    numbers: tuple[int, ...] = ()  # of these rows on the sheet
    shares: frozenset[tuple[int, str]] = frozenset()  # percentages in columns that have others too

    @property
    def row_name(self) -> Asked | None:
        """The column by which a row is known: the first text that each row has."""
        texts = (one for one in self.columns if one.is_required and one.type == "text")
        return next(texts, None)


Block = tuple[Asked, ...] | AskedGrid | AskedTable


@dataclass(frozen=True, slots=True)
class Suspect:
    """A total that misses rows beside it, which are `missed`, or counts one twice."""

    spot: Spot
    formula: str
    says: str
    missed: tuple[Spot, ...] = ()


@dataclass(slots=True)
class Found:
    """All that was found: blocks by sheet, suspect totals, and what is to be decided by somebody.

    `open` are sentences, each with its place and what was proposed.

    `open` says of a hidden sheet 附表2:隐藏的表照原样留着,没有要填的,内容也没有清掉.
    """

    title: str = ""
    period: str = "year"
    sheets: dict[str, list[Block]] = field(default_factory=dict)
    suspects: list[Suspect] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    names: frozenset[str] = frozenset()  # that cells had already

    def asked(self) -> list[Asked]:
        """Every single cell, those of grids among them."""
        found: list[Asked] = []
        for block in (block for blocks in self.sheets.values() for block in blocks):
            if isinstance(block, AskedGrid):
                found += block.cells.values()
            elif not isinstance(block, AskedTable):
                found += block
        return found

    def tables(self) -> list[AskedTable]:
        """Every table."""
        blocks = (block for blocks in self.sheets.values() for block in blocks)
        return [block for block in blocks if isinstance(block, AskedTable)]
