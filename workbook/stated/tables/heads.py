"""The heads of plain rows of cells: whether a row is one, and two rows of one head as one."""

import re
from collections.abc import Sequence
from typing import Final

from workbook.stated.figures import NUMBER
from workbook.stated.folded import letters
from workbook.stated.model import Basis
from workbook.stated.units import UNITS
from workbook.stated.words import is_known, named

UNIT: Final = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
FIGURE: Final = re.compile(rf"({NUMBER})({UNIT})?")
BRACKETED: Final = re.compile(rf"\((?:单位:)?({UNIT})\)")
ALL: Final = re.compile(r"合计|总计|共计|.{0,12}汇总")  # labels of a row of all bodies
COUNTED: Final = re.compile(
    r"编制|人数|人次|个数|辆数|户数|批次|次数|批数|件数|台数|数量|(?:在职|离退休|在编)(?:人员)?$"
)  # no money


_YEAR: Final = re.compile(r"(?:19|20)\d\d年")
_OF_FIGURES: Final = re.compile(r"[数额值元]|预算|决算|执行|金|支出|收入|年|情况|完成|内容")
_CALLED: Final = re.compile(r"(?:名称|单位|部门)(?:\([^()]*\))?$")


def is_all(label: str) -> bool:
    """Whether a label is that of a total: 合计."""
    return ALL.fullmatch(letters(label)) is not None


def is_figure(cell: str) -> bool:
    """Whether a cell holds a figure, with its unit or without, and nothing else."""
    return FIGURE.fullmatch(cell) is not None


def is_row_of_heads(cells: Sequence[str]) -> bool:
    """Whether two cells or more say something, and none begins with a figure, years aside."""
    words = list(dict.fromkeys(cell for cell in cells if any(one.isalnum() for one in cell)))
    is_pair = len(words) == 2 and (len(cells) == 2 or _CALLED.search(words[0]))
    if is_pair and not (_OF_FIGURES.search(words[1]) or COUNTED.fullmatch(words[1])):
        return False  # 单位名称 | 某某局, which may take several columns
    return len(words) > 1 and not any(
        FIGURE.match(cell) and not _YEAR.match(cell) for cell in words
    )


def joined_heads(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Two rows of one head as one; a cell that is merged with the one above says nothing anew."""
    return [in_two_rows(a, b) for a, b in zip(above, below, strict=True)]


def in_two_rows(above: str, below: str) -> str:
    """The words of a head in two rows, in the order that says which amount is meant.

    预算 above 年初 is 年初预算, 预算 above 全年预算数 is 全年预算数; 上年 stays before 决算数.
    What has a name of its own is not named by what stands above it: 三公经费支出 above 公务接待费.
    """
    if not below or above.endswith(below):
        return above
    over = named(BRACKETED.sub("", above))
    if is_known(named(below).name) and not over.year and over.basis is Basis.NONE:
        return below + "".join(match[0] for match in BRACKETED.finditer(above))
    if is_basis_alone(above) and is_basis_alone(below):
        return below
    turned = below + above
    return turned if is_basis_alone(turned) and not is_basis_alone(above + below) else above + below


def is_basis_alone(words: str) -> bool:
    """Whether words say nothing but budget, outturn or the like."""
    found = named(BRACKETED.sub("", words))
    return not found.name and found.basis is not Basis.NONE and not found.year
