"""The figures of a table with their whole names: by label and head, under the name of a project."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from workbook.proof.arithmetic import ONE, Term
from workbook.proof.model import Table
from workbook.proof.tables.grid import NO_SUM, Grid, labelled, sections
from workbook.proof.whole.fact import GRANDS, SHORT, YEARS, Fact, scope_of, year_of_figure
from workbook.stated.clauses import FACTORS
from workbook.stated.folded import letters
from workbook.stated.model import Basis
from workbook.stated.words import canonical, general, named

_UNIT: Final = re.compile(r"\((亿元|万元|元|人|名|个|辆)\)")
_NUMBERS: Final = (
    r"(?:[①-⑳]|\d{1,2}[.、)]|\(\d{1,2}\)|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))*"
)
_LABEL: Final = re.compile(rf"^(?:其中[:,]?)?{_NUMBERS}(?:其中[:,]?)?")
_POSTS: Final = frozenset(("编制数", "行政编制", "事业编制", "工勤编制", "在职人员", "离退休人员"))
_STAFF: Final = re.compile(r"财政供养人员")
_PROJECT: Final = re.compile(r"项目名称$|专项名称$")
_GRAND: Final = re.compile(r"年度资金总额|资金总额|总金额|项目资金")
_SIDES: Final = ("收入", "支出")
_PLAIN_HEADS: Final = frozenset(
    (
        *("金额", "数", "数额", "合计", "支出", "年", "资金", "万元"),
        *("金额万元", "数万元", "按支出", "支出数"),
    )
)


def tabled(table: Table, year: str) -> Iterator[Fact]:
    """The figures of a table by label and head; of a project's own table under its name."""
    unit = table.unit or "".join(_UNIT.findall("".join(map("".join, table.cells[:4])))[:1])
    captioned = set(YEARS.findall(table.caption))
    own = captioned.pop() if len(captioned) == 1 else ""
    about = _About(_project(table), year or own, unit)
    for grid in sections(table):
        for row in grid.rows:
            for column, term in enumerate(grid.terms[row]):
                if term is not None and len(grid.cells[row]) == grid.width:
                    fact = _cell(grid, (row, column), term, about)
                    if fact is not None:
                        yield fact
    if not about.project and unit:
        yield from _labelled(table, about)


class _About(NamedTuple):
    """What is said of a whole table: the project that it is of, the year, the unit."""

    project: str
    year: str
    unit: str


def _labelled(table: Table, about: _About) -> Iterator[Fact]:
    """Cells with label and figure in one: 其中:基本支出:195.49."""
    for row, cells in enumerate(table.cells):
        for column, cell in enumerate(cells):
            found = labelled(cell)
            if found is None or (column and cells[column - 1] == cell):
                continue
            name, place = canonical(_LABEL.sub("", found[0])), table.places[row][column]
            factor = FACTORS.get(about.unit, ONE)
            term = found[1]._replace(factor=factor, printed=f"{found[1].value}{about.unit}")
            if len(name) >= SHORT:
                yield Fact(name, about.year, Basis.OUTTURN, True, term, about.unit, place, cell)


def _project(table: Table) -> str:
    """The project that a table is of, empty for a table of many."""
    for row in table.cells[:4]:
        words = list(dict.fromkeys(filter(None, row)))
        for at, cell in enumerate(words[:-1]):
            if _PROJECT.search(cell):
                return "" if len(words) > 4 else letters(words[at + 1])
    return ""


def _cell(grid: Grid, cell: tuple[int, int], term: Term, about: _About) -> Fact | None:
    row, column = cell
    head, label = grid.heads[column], grid.label(row, column)
    is_staff = bool(_STAFF.match(label)) and canonical(named(head).name) in _POSTS
    if grid.is_percent(row, column) or NO_SUM.search(head) or _is_of_side(grid, head, label):
        return None
    if head.endswith("人数") and not is_staff:
        return None
    words, of_head = _LABEL.sub("", label) or head, named(head)
    if about.project:
        if not _GRAND.search(words):
            return None
        words = about.project
    if is_staff:
        words = head  # 财政供养人员 | 编制数 | 在职人数: the heads name the figures
    elif label and of_head.name and of_head.name not in _PLAIN_HEADS:
        return None
    found = named(words)
    name = canonical(found.name)
    unit = "人" if name in _POSTS else _unit(head, label) or about.unit
    if len(name) < SHORT or not unit or name in general().words.totals or name in GRANDS:
        return None
    bases = (found.basis, of_head.basis, named(grid.table.caption).basis)
    basis = next((one for one in bases if one is not Basis.NONE), Basis.NONE)
    factor, is_lone = FACTORS.get(unit, ONE), name in _POSTS
    shown = term._replace(factor=factor, half=term.half * factor, printed=f"{term.printed}{unit}")
    return Fact(
        name, year_of_figure(of_head.year or found.year, about.year),
        Basis.OUTTURN if basis is Basis.NONE else basis, basis is Basis.NONE and not is_lone,
        shown, unit, grid.place(row, column), grid.row_words(row), scope_of(grid.table.caption),
        is_lone=is_lone,
    )  # fmt: skip


def _is_of_side(grid: Grid, head: str, label: str) -> bool:
    """Whether a row has a figure of income and one of spending, so that its label names neither."""
    is_said = any(word in label for word in _SIDES)
    return not is_said and any(word in head for word in _SIDES) and (
        all(any(word in one for one in grid.heads) for word in _SIDES)
    )  # fmt: skip


def _unit(head: str, label: str) -> str:
    return next(iter(_UNIT.findall(head) or _UNIT.findall(label)), "")
