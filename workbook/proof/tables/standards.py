"""Standards in tables: so many at so much each, whose amount other columns of the row show.

`|巡逻辅警|86|4.20|361.20|` under 人数, 标准 and 金额: which column is what, and by what power of
ten the units differ, the rows tell themselves.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations
from typing import Final, NamedTuple

from workbook.proof.arithmetic import ONE, Term, rounded_to, significant, slipped
from workbook.proof.model import Slip, Table, Words, error
from workbook.proof.tables.grid import Grid, sections

RULE: Final = "product"
_EACH: Final = re.compile(
    r"标准(?!化|数|差|面积|值|分)|单价|均价|单位成本|亩产|单产|"
    r"每(?:平方米|公里|[人名生户个台套期件份场辆亩座村间项吨])|[人户生亩台车床村校场期]均"
)
_NO_EACH: Final = re.compile(r"率|增|幅|[与比较]|不|最|规定|限")
_TIMES: Final = re.compile(r"月数|天数|次数|期数|月份数|发放月|补助月|年数|学期")
_NO_TERM: Final = re.compile(r"率|占比|比重|%|序号|编码|代码|上年|去年|差|分值|得分")
_FEWEST: Final = 2  # rows that show what the columns are
_TELLING: Final = 4  # digits of figures that hardly tie by chance
_POWERS: Final = range(-6, 7)


class _Way(NamedTuple):
    """The columns of a price, of what it is multiplied with and of the amount; the power of ten."""

    each: int
    many: tuple[int, ...]
    total: int
    power: int


def table_standards(table: Table) -> Iterator[Slip | None]:
    """Each amount that is so many at so much each, in rows of columns that most others show."""
    for grid in sections(table):
        for column, head in enumerate(grid.heads[: grid.width]):
            if _EACH.search(head) and not _NO_EACH.search(head):
                yield from _column(grid, column)


def _column(grid: Grid, each: int) -> Iterator[Slip | None]:
    rows = [
        row for row in grid.rows
        if len(grid.cells[row]) == grid.width and grid.terms[row][each] is not None
    ]  # fmt: skip
    tied: list[int] = []
    best: _Way | None = None
    for columns in _columns(grid, each) if len(rows) > _FEWEST else ():
        way, ties = _likeliest(grid, rows, columns)
        if way is not None and len(ties) > len(tied):
            best, tied = way, ties
    if best is None:
        return
    odd = [row for row in rows if row not in tied and _terms(grid, row, best) is not None]
    if len(odd) * 2 > len(tied):
        return
    yield from [None] * len(tied)
    for row in odd:
        yield from _slip(grid, row, best)


def _columns(grid: Grid, each: int) -> Iterator[_Way]:
    """What may be multiplied with a price, and what may be the amount."""
    others = [
        at for at in range(grid.width)
        if at != each and not _NO_TERM.search(grid.heads[at]) and not _EACH.search(grid.heads[at])
    ]  # fmt: skip
    times = [at for at in others if _TIMES.search(grid.heads[at])]
    for many, total in permutations(others, 2):
        yield _Way(each, (many,), total, 0)
        yield from (_Way(each, (many, at), total, 0) for at in times if at not in (many, total))


def _likeliest(grid: Grid, rows: Sequence[int], way: _Way) -> tuple[_Way | None, list[int]]:
    """The power of ten that most rows show, and those rows."""
    found: dict[int, list[int]] = {}
    for row in rows:
        terms = _terms(grid, row, way)
        power = _power(terms) if terms and sum(map(significant, terms)) >= _TELLING else None
        if power is not None:
            found.setdefault(power, []).append(row)
    if not found:
        return None, []
    power, tied = max(found.items(), key=lambda one: len(one[1]))
    return (way._replace(power=power), tied) if len(tied) >= _FEWEST else (None, [])


def _terms(grid: Grid, row: int, way: _Way) -> tuple[Term, ...] | None:
    """The price, what it is multiplied with, and the amount; None where one is missing or 0."""
    terms = tuple(grid.terms[row][at] for at in (way.each, *way.many, way.total))
    return None if any(one is None or one.value <= 0 for one in terms) else terms  # type: ignore[return-value]


def _product(terms: Sequence[Term]) -> Decimal:
    made = ONE
    for one in terms:
        made *= one.value
    return made


def _power(terms: Sequence[Term]) -> int | None:
    """By which power of ten the product is the amount to its last digit."""
    made, total = _product(terms[:-1]), terms[-1]
    if all(one.value == 1 for one in terms[1:-1]):
        return None  # one at that price shows nothing
    power = total.value.adjusted() - made.adjusted()
    for tried in (power, power - 1, power + 1):
        if tried in _POWERS and rounded_to(made.scaleb(tried), total.decimals) == total.value:
            return tried
    return None


def _slip(grid: Grid, row: int, way: _Way) -> Iterator[Slip | None]:
    """An error where one slip of the hand in one cell explains it: months are left out too."""
    terms = _terms(grid, row, way)
    assert terms is not None
    total, rest = terms[-1], terms[:-1]
    due = rounded_to(_product(rest).scaleb(way.power), total.decimals)
    if due == total.value:
        yield None
        return
    if not _is_slip(rest, total, due, way.power):
        return
    reckoned = " × ".join(one.printed for one in reversed(rest))
    words = Words(
        f"{grid.label(row, min(way.many))}{grid.heads[way.total]} {total.printed}",
        f"{due:f}或其中一个数写错", f"{reckoned} = {due:f}",
    )  # fmt: skip
    printed = tuple(one.printed for one in terms)
    yield error(RULE, grid.place(row, way.total), grid.row_words(row), words, printed)


def _is_slip(rest: Sequence[Term], total: Term, due: Decimal, power: int) -> bool:
    """Whether one figure, written otherwise, gives the amount as it is printed."""
    if slipped(total._replace(factor=ONE), due):
        return True
    for one in rest:
        others = _product([other for other in rest if other is not one]).scaleb(power)
        right = rounded_to(total.value / others, one.decimals)
        made = rounded_to(right * others, total.decimals)
        if made == total.value and slipped(one._replace(factor=ONE), right):
            return True
    return False
