"""The quantities that plain rows of cells state, named by the labels beside and the heads above."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, NamedTuple

from workbook.stated.folded import fold, letters, numbering
from workbook.stated.model import Basis, Quantity, Relation
from workbook.stated.tables.heads import (
    ALL,
    BRACKETED,
    COUNTED,
    FIGURE,
    UNIT,
    is_all,
    is_basis_alone,
    is_figure,
    is_row_of_heads,
    joined_heads,
)
from workbook.stated.units import is_contradicted
from workbook.stated.words import Named, canonical, general, named

_IN_UNIT: Final = re.compile(rf"\((?:单位:)?(?:人民币)?({UNIT})\)|单位:(?:人民币)?({UNIT})")
_OWN: Final = re.compile(r"(?:局|委|部)?(?:本级|机关|本部)*")  # behind the name of a unit: no other
_OF_ALL: Final = re.compile(
    r"本年(?:收入|支出)"
)  # a label below a head; in prose it may be an item's
_ITEM: Final = re.compile(r"项目|专项|名称及内容")  # a corner above names of items
_INCOME: Final = re.compile(r"拨款$|^其他$|^其它$")  # heads that say no 收入 in a table of income
_SORTED: Final = re.compile(r"按[^:,。\d]{2,8}分类?:")  # before the first of a group of labels
_THERE: Final = "在职人员"  # what a head 实有人数 counts …
_PEOPLE: Final = (_THERE, "离退休人员")  # … of these
_FULL: Final = "全年预算数"
_LEAST: Final = 2  # letters of a head's name
BARE: Final = frozenset(
    ("", "金额", "数", "数额", "合计", "数量", "人数")
)  # heads that name nothing
_NO_NAMES: Final = (*BARE, "支出", "年", "本年", "年度")  # what heads of a total's columns may say


class Stated(NamedTuple):
    """A quantity and its cell, both counted from 0."""

    row: int
    column: int
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class _Named:
    """A label or a head: its words without number and unit, and the unit."""

    words: str
    unit: str


@dataclass(frozen=True, slots=True)
class Around:
    """What is said around a table: the unit above it, the basis of its title, its own bodies.

    `total` is what its row 合计 is of, where the title says so.
    """

    unit: str = ""
    basis: Basis = Basis.NONE
    title: str = ""
    total: str = ""
    bodies: Collection[str] = ()

    def below(self, words: str) -> "Around":
        """The same below a row that is one cell, as `年度收入情况(万元)`."""
        found = _IN_UNIT.search(words)
        unit = (found[1] or found[2]) if found else self.unit
        return replace(self, unit=unit, title=words)

    @property
    def is_income(self) -> bool:
        """Whether all figures are income."""
        return _is_income(self.title)

    def has(self, label: str) -> bool:
        """Whether a row's label says nothing but whose it is: 合计, or the report's own unit."""
        said = letters(label)
        own = (letters(one) for one in self.bodies)
        return ALL.fullmatch(said) is not None or any(
            said and (said in one or _OWN.fullmatch(said.replace(one, "", 1))) for one in own if one
        )


def read_rows(rows: Sequence[Sequence[str]], around: Around | None = None) -> Iterator[Stated]:
    """The quantities of a table in reading order.

    A row counts under a head only where it has as many cells; without a head a figure is named by
    the cell before it, `编制数 | 65`. In a table of two halves each has labels of its own.
    """
    around = around or Around()
    head: list[str] = []
    starts = [0]
    was_head = False
    whole = ""  # the item of the rows above, of which 其中:购置费 is a part
    for number, row in enumerate(rows):
        cells = [fold(cell).text for cell in row]
        if is_row_of_heads(cells):
            starts = _halves(cells)
            head = joined_heads(head, cells) if was_head and len(head) == len(cells) else cells
            was_head = True
            continue
        if not was_head and len(cells) > 1 and len(set(cells)) == 1:
            around = around.below(cells[0])
        was_head = False
        own = _without_groups(
            cells, [rows[n] for n in (number - 1, number + 1) if 0 <= n < len(rows)]
        )
        for column, cell in enumerate(cells):
            match = FIGURE.fullmatch(cell)
            first = max(start for start in starts if start <= column)
            names = _names(head, own, (first, column), around) if match else None
            if match and names:
                over = named(names[1].words).name
                over = "" if over in _NO_NAMES else over
                names = _whole_label(names[0], over, whole, around), names[1]
                whole = _whole_of(names[0].words, whole)
                corner = _named(head[0]).unit if head else ""
                one = _quantity(match, names, replace(around, unit=corner or around.unit))
                yield Stated(number, column, replace(one, sentence="|".join(cells)))


def _whole_label(label: _Named, head: str, whole: str, around: Around) -> _Named:
    """A label with its whole name: 购置费 below 公务用车购置及运行维护费, or a titled 合计."""
    name = named(label.words).name
    part = general().part.get(whole, {}).get(name)
    if part is None and around.total and not head and is_all(label.words):
        part = around.total
    return label if part is None else replace(label, words=part)


def _whole_of(words: str, whole: str) -> str:
    """The item whose parts the rows below may be."""
    name = canonical(named(words).name)
    if name in general().part:
        return name
    return whole if name in general().part.get(whole, {}).values() else ""


def _without_groups(cells: Sequence[str], beside: Sequence[Sequence[str]]) -> Sequence[str]:
    """The cells without those that name several rows, where a label of its own stands behind.

    按支出性质分 goes over the rows 基本支出 and 项目支出.
    """
    others = [[fold(cell).text for cell in row] for row in beside if len(row) == len(cells)]
    own = list(cells)
    for column, cell in enumerate(cells[:-1]):
        behind = cells[column + 1]
        is_label = behind not in ("", cell) and not is_figure(behind)
        if not is_label or is_figure(cell) or not any(row[column] == cell for row in others):
            break
        own[column] = ""
    return own


def _halves(head: Sequence[str]) -> list[int]:
    """Where the labels of a table's halves stand, by the last row of its head.

    项目|决算数|项目|决算数 has two, 收入|金额|支出|金额 as well.
    """
    again = [n for n, cell in enumerate(head) if n > 1 and cell == head[0] != head[n - 1]]
    half, odd = divmod(len(head), 2)
    if not again and not odd and half > 1 and head[1:half] == head[half + 1 :]:
        again = [half]
    return [0, *again]


def _names(
    head: Sequence[str], cells: Sequence[str], place: tuple[int, int], around: Around
) -> tuple[_Named, _Named] | None:
    """The label and the head of a figure, None where nothing says whose it is."""
    first, column = place
    labels = [cell for cell in cells[first:column] if cell and not is_figure(cell)]
    if head:
        if len(head) != len(cells):
            return None
        label, over = labels[0] if labels else "", _named(head[column])
        if _OF_ALL.fullmatch(label, len(numbering(label))):
            label = f"{label}合计"
        if label and not _ITEM.search(head[first]) and around.has(label):
            label = ""
        if around.is_income and _INCOME.search(over.words):
            over = replace(over, words=f"{over.words}收入")
        if _is_income(head[first]) and _INCOME.search(label):
            label = f"{label}收入"
        return _named(label), over
    before = cells[column - 1] if column else ""
    if not before or is_figure(before):
        return None
    return _named(before), _named("")


def _is_income(words: str) -> bool:
    """Whether words say 收入 and no 支出: the head of a half of 收入支出决算表."""
    return "收入" in words and "支出" not in words


def _named(cell: str) -> _Named:
    units = BRACKETED.findall(cell)
    words = BRACKETED.sub("", cell)
    words = _SORTED.sub("", words[len(numbering(words)) :])
    return _Named(words, units[-1] if units else "")


def _quantity(match: re.Match[str], names: tuple[_Named, _Named], around: Around) -> Quantity:
    label, head = names
    if head.words.removesuffix("金额") in general().head[_FULL]:
        head = replace(head, words=_FULL)  # 调整预算 above 金额
    over = named(head.words)
    words = label.words if _says_no_more(label, over) else label.words + head.words
    found = named(words)
    over_all = "" if COUNTED.search(label.words + head.words) else around.unit
    own = found.basis if found.basis is not Basis.NONE else over.basis
    figure = Decimal(match[1].replace(",", ""))
    is_compared = any(
        way in words for way in (*general().words.change, *general().words.rate, "占")
    )
    return Quantity(
        found.name, figure, match[2] or head.unit or label.unit or over_all,
        max(0, -int(figure.as_tuple().exponent)), match.start(1), match.end(1), "",
        year=found.year or over.year, basis=own if own is not Basis.NONE else around.basis,
        relation=Relation.RATE if is_compared else Relation.PLAIN,
        is_exact=not is_contradicted(match[2] or "", {head.unit or label.unit or over_all} - {""}),
    )  # fmt: skip


def _says_no_more(label: _Named, over: Named) -> bool:
    """Whether a head names nothing that its row's label has not: 行政编制 below 编制数.

    Of 预算调整 below 决算数 the head says which amount it is, the label does not.
    """
    name = over.name
    own = named(label.words).basis if over.basis is not Basis.NONE else over.basis
    if own not in (Basis.NONE, over.basis) and not is_basis_alone(label.words):
        return False
    stem = name.removesuffix("数")
    if name in BARE or (len(stem) >= _LEAST and label.words.endswith(stem)):
        return True
    return canonical(name) == _THERE and canonical(named(label.words).name) in _PEOPLE
