"""A way in which a cell is printed, and all ways of a workbook by the text that they print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Final, NamedTuple

from workbook.reading.spots import Spot

ROW: Final = "行"  # what loops call a row


class Pinned(NamedTuple):
    """The row of a table that last year's report names, by which column and by which words.

    Where several rows have these words, `group` is the column whose words part them: 甲班 of 语文.
    """

    table: str
    column: str
    words: str
    group: str = ""
    of: str = ""  # the words in it

    @property
    def said(self) -> str:
        """The words by which the row is known."""
        return f"{self.of}{self.words}"

    def tag(self, said: str) -> str:
        """What is said of that row; where next year has none of this name a blank that says so."""
        blank = f"＿＿＿（{self.table}里没有“{self.said}”）"
        asked = f"{ROW}.{self.column} == '{self.words}'"
        asked += f" and {ROW}.{self.group} == '{self.of}'" if self.group else ""
        each = f"{{% for {ROW} in {self.table} if {asked} %}}"
        return f"{each}{said}{{% else %}}{blank}{{% endfor %}}"


@dataclass(frozen=True, slots=True)
class Printed:
    """A way in which a cell is printed: what the tag says, and the words by which it is known.

    `direction` is 1 or -1 where the amount is printed behind a word such as 增加 or 减少.
    """

    key: str
    expression: str
    known_by: tuple[str, ...]
    unit: str = ""
    is_exact: bool = True
    direction: int = 0
    has_direction: bool = False  # another way of the cell is behind such a word
    same_as: str = ""  # the key of the cell whose figure its formula repeats
    divided_by: str = ""  # the key of the cell by which its formula divides
    subject: str = ""  # whose sign is asked, where that is not the cell
    title: str = ""  # what the table is about in which the cell stands
    whole: str = ""  # the text of the cell, where the expression takes its figure alone
    lowest: str = ""  # of the words above it in several rows those right above it
    row: Pinned | None = None  # of a list, to which the expression's 行 belongs


class Cell(NamedTuple):
    """A single cell with a number, and the words by which it is known."""

    key: str
    value: Decimal
    unit: str
    known_by: tuple[str, ...]
    title: str


@dataclass(frozen=True)
class Ways:
    """All ways by the text that they print; `texts` are those of words, longest first.

    Of 基本支出 195.49 in 万元 `figures["195.49"]` has the way `基本支出`, and `names` has 基本支出.
    """

    figures: Mapping[str, Sequence[Printed]]
    texts: Sequence[tuple[str, Printed]]
    names: frozenset[str] = frozenset()  # of all cells
    rows: frozenset[str] = frozenset()  # words that begin the rows of tables
    heads: frozenset[tuple[str, str]] = frozenset()  # above cells, each with their unit
    cells: Sequence[Cell] = ()  # all that hold a number
    text: str = ""  # the whole report
    spots: Mapping[str, Spot] = field(default_factory=dict)  # of cells, and of those of rows
    year: int | None = None  # that is reported on
    month: int | None = None  # of a report of one month

    @cached_property
    def rows_of(self) -> Mapping[str, frozenset[str]]:
        """The words of the rows of each table, by what it is about."""
        rows: dict[str, set[str]] = {}
        for one in self.cells:
            rows.setdefault(one.title, set()).add(one.known_by[0])
        return {title: frozenset(words) for title, words in rows.items()}

    @cached_property
    def columns_of(self) -> Mapping[str, frozenset[str]]:
        """The heads of the columns of each list whose rows are printed, by the list."""
        heads: dict[str, set[str]] = {}
        for some in self.figures.values():
            for one in some:
                if one.row is not None:
                    heads.setdefault(one.row.table, set()).add(one.known_by[-1])
        return {table: frozenset(words) for table, words in heads.items()}

    def lines_of(self, key: str) -> list[Sequence[str]]:
        """The cells in the row of a cell and in its column, by their keys as they stand."""
        spot = self.spots.get(key)
        if spot is None:
            return []
        row = self._lines.get((spot.sheet, spot.row, 0), ())
        return [row, self._lines.get((spot.sheet, 0, spot.column), ())]

    @cached_property
    def _lines(self) -> Mapping[tuple[str, int, int], Sequence[str]]:
        """The keys in each row of a sheet, and in each column, as they stand."""
        lines: dict[tuple[str, int, int], list[str]] = {}
        for key, spot in sorted(self.spots.items(), key=lambda one: one[1]):
            lines.setdefault((spot.sheet, spot.row, 0), []).append(key)
            lines.setdefault((spot.sheet, 0, spot.column), []).append(key)
        return lines
