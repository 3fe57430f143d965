"""What the row 合计 of a table is of, where its title names one thing that has a total."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from workbook.stated.folded import letters, numbering
from workbook.stated.tables.heads import is_all, is_figure
from workbook.stated.words import canonical, general, named

_MORE: Final = re.compile(
    r"(?:(?:19|20)\d\d年度?|一般公共预算|财政拨款|支出|开支|决算|预算|执行|使用|控制|安排|情况|统计|明细|"
    r"汇总|对比|比较|数|及|和|表|万元|单位)*"
)


def titled_total(title: str, rows: Sequence[Sequence[str]], bodies: Collection[str]) -> str:
    """三公经费 of a table of that title, empty where it holds or its title names something else."""
    words = letters(title)
    for body in sorted(map(letters, bodies), key=len, reverse=True):
        words = words.replace(body, "", 1) if body else words
    for whole, parts in general().titled.items():
        before, found, behind = words.partition(whole)
        is_alone = _MORE.fullmatch(before) and _MORE.fullmatch(behind)
        if found and is_alone and _is_of(rows, parts):
            return whole
    return ""


def _is_of(rows: Sequence[Sequence[str]], parts: Collection[str]) -> bool:
    """Whether all rows with figures are of the parts, those of a total aside."""
    labels = [_label(row) for row in rows if any(map(is_figure, row))]
    named_parts = [label for label in labels if not is_all(label)]
    return bool(named_parts) and all(_name(label) in parts for label in named_parts)


def _label(row: Sequence[str]) -> str:
    return next((cell for cell in row if cell and not is_figure(cell)), "")


def _name(label: str) -> str:
    """The name of a part, of half a name too: 其中:购置费."""
    name = named(label[len(numbering(label)) :]).name
    halves = (part[name] for part in general().part.values() if name in part)
    return canonical(next(halves, name))
