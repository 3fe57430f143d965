"""A table's cells as figures with labels and heads: what the rules on tables reckon with."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Final

from workbook.proof.arithmetic import ONE, Term
from workbook.proof.model import Place, Table
from workbook.stated.clauses import FACTORS
from workbook.stated.figures import NUMBER
from workbook.stated.folded import numbering

_CELL: Final = re.compile(rf"({NUMBER})(%|亿元|万元|元|人|名|个|分|辆|次|家|项)?")
_LABELLED: Final = re.compile(rf"(\D*[\u4e00-\u9fff)][:：])({NUMBER})(万元|元|人|名)?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?:年度?)?")
NO_SUM: Final = re.compile(
    r"序号|行次|栏次|编码|代码|科目$|率|占比|比重|比例|单价|标准|排名|年度$|日期|电话|权重|分值|得分|总分|人均|均价|价格|单位成本|年限|平均|[一-龥]均(?!衡)|满意度|系数|名次|年份|时间|%|"
    r"比(?:$|\((?!.*[万亿]?元|人\)))|班额|[单亩]产(?!值)|密度|浓度|强度|指数|倍|可支付月"
)
_HEAD: Final = re.compile(
    r"数$|数\(|额|率|分值?$|分\(|得分|金额|指标|名称|规模|投资|合计|小计|预算|决算|收入|支出|完成|年度|年$|项目|"
    r"标准|单位|编码|代码|科目|备注|行次|人数|情况|资金|内容|比|值|面积|[产数]量|[亩单]产|单价"
)
_LONG: Final = 24  # letters of what is no head
_LEAST: Final = 2  # figures below the words of a head
BLANKS: Final = frozenset(("", "-", "--", "/", "—", "——", "无", "*"))


@dataclass(frozen=True)
class Grid:
    """The figures of a table, or of a section below a head of its own, and the words around them.

    A figure in a merged cell stands in its first column alone. `terms[row][column]` is None where
    no figure is; `is_percent` says which are percentages.
    """

    table: Table
    head_rows: tuple[int, ...]
    rows: tuple[int, ...]

    @cached_property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The words as they are compared."""
        return self.table.cells

    @cached_property
    def terms(self) -> tuple[tuple[Term | None, ...], ...]:
        """The figures."""
        return _terms(self.table)

    def is_percent(self, row: int, column: int) -> bool:
        """Whether a cell shows a percentage."""
        return self.cells[row][column].endswith("%")

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """The words above each column, those of all head rows joined."""
        rows = (*self.head_rows, *self.rows)
        made = [""] * max((len(self.cells[row]) for row in rows), default=0)
        for row in self.head_rows:
            if len(self.cells[row]) != self.width:
                continue
            for column, word in enumerate(self.cells[row]):
                if word and word not in made[column]:
                    made[column] += word
        return tuple(made)

    @cached_property
    def width(self) -> int:
        """How many columns the rows of the section have, but for a few that differ."""
        widths = Counter(len(self.cells[row]) for row in (*self.head_rows, *self.rows))
        return widths.most_common(1)[0][0] if widths else 0

    def label_column(self, row: int, column: int) -> int | None:
        """Where the words stand that are nearest to the left of a figure."""
        if row not in self._nearest:
            self._nearest[row] = list(_nearest_words(self.cells[row]))
        return self._nearest[row][column]

    @cached_property
    def _nearest(self) -> dict[int, list[int | None]]:
        """By the row, for each of its cells where the nearest words stand; made when asked for."""
        return {}

    def label(self, row: int, column: int) -> str:
        """The words left of a figure that are nearest to it, as they are compared."""
        at = self.label_column(row, column)
        return "" if at is None else self.cells[row][at]

    def raw_label(self, row: int, column: int) -> str:
        """The same words as they were written, with their indent."""
        at = self.label_column(row, column)
        return "" if at is None else self.table.rows[row][at]

    def row_words(self, row: int) -> str:
        """All that a row says, merged cells once."""
        return "|".join(dict.fromkeys(filter(None, self.cells[row])))

    def place(self, row: int, column: int) -> Place:
        """Where a cell stands."""
        return self.table.places[row][column]


def _nearest_words(cells: Sequence[str]) -> Iterator[int | None]:
    nearest = None
    for at, cell in enumerate(cells):
        yield nearest
        if cell and cell not in BLANKS and read_term(cell) is None:
            nearest = at


@lru_cache(maxsize=64)  # each section asks for them
def _terms(table: Table) -> tuple[tuple[Term | None, ...], ...]:
    return tuple(
        tuple(
            None if column and places[column] == places[column - 1] else read_term(cell)
            for column, cell in enumerate(cells)
        )
        for places, cells in zip(table.places, table.cells, strict=True)
    )


@lru_cache(maxsize=64)  # as many rules ask for them as there are rules on tables
def sections(table: Table) -> Sequence[Grid]:
    """The sections of a table: rows that stand below one head, or below the rows of one."""
    made: list[Grid] = []
    heads: list[int] = []
    rows: list[int] = []
    for row in range(len(table.cells)):
        if _only_counts(table.cells[row]):
            continue
        if _is_head(table, row):
            if rows:
                made.append(Grid(table, tuple(heads), tuple(rows)))
                heads, rows = [], []
            if heads and not _goes_on(table.cells[heads[-1]], table.cells[row]):
                heads = []
            heads.append(row)
        else:
            rows.append(row)
    if rows:
        made.append(Grid(table, tuple(heads), tuple(rows)))
    return made


def _only_counts(cells: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: 栏次 1 2 3."""
    figures = [cell for cell in dict.fromkeys(cells) if cell.isdigit()]
    return cells[0] in ("栏次", "行次") or (
        len(figures) > 2 and figures == [str(at + 1) for at in range(len(figures))]
        and len(figures) >= len(set(cells)) - 2
    )  # fmt: skip


def _goes_on(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether two rows are one head: a cell goes over both, or nothing stands below the first."""
    if len(above) != len(below):
        return False
    return not below[0] or any(
        one and one == other for one, other in zip(above, below, strict=True)
    )


def _is_head(table: Table, row: int) -> bool:
    """Whether a row only names: no figure in it, most of its cells filled, with words of heads."""
    places = table.places[row]
    cells = [
        cell for at, cell in enumerate(table.cells[row])
        if not at or places[at] != places[at - 1]
    ]  # fmt: skip
    words = [cell for cell in cells if cell not in BLANKS]
    if any((read_term(cell) and not _YEAR.fullmatch(cell)) or labelled(cell) for cell in words):
        return False
    is_full = len(set(words)) > 1 and len(words) >= 0.6 * len(cells)
    is_named = any(_HEAD.search(word) and len(word) < _LONG for word in words[1:] or words)
    return is_full and (is_named or _is_above_figures(table, row))


def _is_above_figures(table: Table, row: int) -> bool:
    """Whether a table begins with this row, and in the next one stand figures below its words."""
    if row or len(table.cells) < _LEAST or len(table.cells[0]) != len(table.cells[1]):
        return False
    below = [
        read_term(under) is not None
        for over, under in zip(*table.cells[:_LEAST], strict=True)
        if over not in BLANKS and len(over) < _LONG
    ]
    return sum(below) >= _LEAST and not (below[0] and len(below) == sum(below))


@lru_cache(maxsize=8192)  # each rule asks for the cells of each table
def read_term(cell: str) -> Term | None:
    """The figure that a cell holds alone, None for words, blanks and years."""
    match = _CELL.fullmatch(cell)
    if match is None or cell.endswith("年"):
        return None
    value = Decimal(match[1].replace(",", ""))
    decimals = max(0, -int(value.as_tuple().exponent))
    half = Decimal(5).scaleb(-decimals - 1) if decimals else Decimal(0)
    factor = FACTORS.get(match[2] or "", ONE)
    return Term(value, factor, decimals, half * factor, cell)


def labelled(cell: str) -> tuple[str, Term] | None:
    """The label and the figure of a cell that holds both: 其中:基本支出:195.49."""
    match = _LABELLED.fullmatch(cell)
    if match is None:
        return None
    term = read_term(match[2] + (match[3] or ""))
    return None if term is None else (match[1].rstrip(":"), term)


def indent(raw: str) -> int:
    """How deep a label stands below another: its blanks, 其中 and its number."""
    text = raw.replace("　", "  ").replace("\xa0", " ")
    return len(text) - len(text.lstrip(" "))


def depth_of(words: str) -> int:
    """The depth of a label by the number that it begins with, 0 where it has none."""
    number = numbering(words)
    if re.match(r"[一二三四五六七八九十]+[、.]", number):
        return 1
    if re.match(r"\([一二三四五六七八九十]+\)", number):
        return 2
    if re.match(r"\d+[.、]", number):
        return 3
    return 4 if re.match(r"\(\d+\)", number) else 0
