"""The quantities that plain rows of cells state, named by the labels beside and the heads above."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, NamedTuple

from workbook.stated.figures import NUMBER
from workbook.stated.folded import fold, numbering
from workbook.stated.model import Basis, Quantity, Relation
from workbook.stated.units import UNITS, is_contradicted
from workbook.stated.words import general, named

_UNIT: Final = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_FIGURE: Final = re.compile(rf"({NUMBER})({_UNIT})?")
_BRACKETED: Final = re.compile(rf"\((?:单位:)?({_UNIT})\)")
_YEAR: Final = re.compile(r"(?:19|20)\d\d年")
_OF_FIGURES: Final = re.compile(r"[数额值元]|预算|决算|执行|金|支出|收入|年|情况|完成|内容")
_COUNTED: Final = re.compile(r"编制|人数|个数|辆数|户数|(?:在职|离退休|在编)(?:人员)?$")  # no money
_LEAST: Final = 2  # letters of a head's name
BARE: Final = frozenset(
    ("", "金额", "数", "数额", "合计", "数量", "人数")
)  # heads that name nothing


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


def read_rows(
    rows: Sequence[Sequence[str]], unit: str = "", basis: Basis = Basis.NONE
) -> Iterator[Stated]:
    """The quantities of a table in reading order.

    `unit` is what stands above the table, `basis` what its title says of all figures. A row counts
    under a head only where it has as many cells; without a head a figure is named by the cell
    before it, `编制数 | 65`.
    """
    head: list[str] = []
    was_head = False
    for number, row in enumerate(rows):
        cells = [fold(cell).text for cell in row]
        if _is_head(cells):
            head = _joined(head, cells) if was_head and len(head) == len(cells) else cells
            was_head = True
            continue
        was_head = False
        for column, cell in enumerate(cells):
            match = _FIGURE.fullmatch(cell)
            names = _names(head, cells, column) if match else None
            if match and names:
                corner = _named(head[0]).unit if head else ""
                one = _quantity(match, names, corner or unit, basis)
                yield Stated(number, column, replace(one, sentence="|".join(cells)))


def is_figure(cell: str) -> bool:
    """Whether a cell holds a figure, with its unit or without, and nothing else."""
    return _FIGURE.fullmatch(cell) is not None


def _is_head(cells: Sequence[str]) -> bool:
    """Whether two cells or more say something, and none begins with a figure, years aside."""
    words = {cell for cell in cells if any(letter.isalnum() for letter in cell)}
    if len(cells) == 2 and not _OF_FIGURES.search(cells[1]):
        return False  # 单位名称 | 某某局
    return len(words) > 1 and not any(
        _FIGURE.match(cell) and not _YEAR.match(cell) for cell in words
    )


def _joined(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Two rows of one head as one; a cell that is merged with the one above says nothing anew."""
    return [in_two_rows(a, b) for a, b in zip(above, below, strict=True)]


def in_two_rows(above: str, below: str) -> str:
    """The words of a head in two rows, in the order that says which amount is meant.

    预算 above 年初 is 年初预算, 预算 above 全年预算数 is 全年预算数; 上年 stays before 决算数.
    """
    if below in ("", above):
        return above
    if _is_basis(above) and _is_basis(below):
        return below
    turned = below + above
    return turned if _is_basis(turned) and not _is_basis(above + below) else above + below


def _is_basis(words: str) -> bool:
    """Whether words say nothing but budget, outturn or the like."""
    found = named(_BRACKETED.sub("", words))
    return not found.name and found.basis is not Basis.NONE and not found.year


def _names(head: Sequence[str], cells: Sequence[str], column: int) -> tuple[_Named, _Named] | None:
    """The label and the head of a figure, None where nothing says whose it is."""
    labels = [cell for cell in cells[:column] if cell and not is_figure(cell)]
    if head:
        if len(head) != len(cells):
            return None
        return _named(labels[0] if labels else ""), _named(head[column])
    before = cells[column - 1] if column else ""
    if not before or is_figure(before):
        return None
    return _named(before), _named("")


def _named(cell: str) -> _Named:
    units = _BRACKETED.findall(cell)
    words = _BRACKETED.sub("", cell)
    return _Named(words[len(numbering(words)) :], units[-1] if units else "")


def _quantity(
    match: re.Match[str], names: tuple[_Named, _Named], unit: str, basis: Basis
) -> Quantity:
    label, head = names
    over = named(head.words)
    words = label.words if _says_no_more(label, over.name) else label.words + head.words
    found = named(words)
    over_all = "" if _COUNTED.search(label.words + head.words) else unit
    own = found.basis if found.basis is not Basis.NONE else over.basis
    figure = Decimal(match[1].replace(",", ""))
    is_compared = any(
        way in words for way in (*general().words.change, *general().words.rate, "占")
    )
    return Quantity(
        found.name, figure, match[2] or head.unit or label.unit or over_all,
        max(0, -int(figure.as_tuple().exponent)), match.start(1), match.end(1), "",
        year=found.year or over.year, basis=own if own is not Basis.NONE else basis,
        relation=Relation.RATE if is_compared else Relation.PLAIN,
        is_exact=not is_contradicted(match[2] or "", {head.unit or label.unit or over_all} - {""}),
    )  # fmt: skip


def _says_no_more(label: _Named, name: str) -> bool:
    """Whether a head names nothing that its row's label has not: 行政编制 below 编制数."""
    stem = name.removesuffix("数")
    return name in BARE or (len(stem) >= _LEAST and label.words.endswith(stem))
