"""Means in tables: a column of 户均 or 人均 against the two columns that most rows show."""

import math
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice, permutations
from typing import Final, NamedTuple

from workbook.proof.arithmetic import Term, rounded_to
from workbook.proof.model import Slip, Table, Words, error
from workbook.proof.tables.grid import Grid, sections
from workbook.proof.tables.rates import RULE

_MEAN: Final = re.compile(
    r"[人户生亩车床村校次例日台场期]均|平均|均价|[亩单]产|每[人户亩床](?!月)|[生师床护]比|班额|密度"
)
_FEWEST: Final = 3  # rows that show what a mean is of
_LEEWAY: Final = 1e-6  # of what is reckoned roughly
_WIDE: Final = 0.5  # what is known so roughly tells nothing
_FACTORS: Final = tuple(Decimal(10) ** one for one in range(5))  # of 万元 by head, in 元: 10,000


def table_means(table: Table) -> Iterator[Slip | None]:
    """Each mean whose column is, in most rows, one column over another."""
    for grid in sections(table):
        for column, head in enumerate(grid.heads[: grid.width]):
            if _MEAN.search(head) and (not column or head != grid.heads[column - 1]):
                yield from _column(grid, column)


def _column(grid: Grid, column: int) -> Iterator[Slip | None]:
    rows = [
        row for row in grid.rows
        if len(grid.cells[row]) == grid.width and grid.terms[row][column] is not None
    ]  # fmt: skip
    others = [
        one for one in range(grid.width) if one != column and not _MEAN.search(grid.heads[one])
    ]
    best: tuple[int, int, Decimal] | None = None
    held: list[bool | None] = []
    others = [one for one in others if _is_telling(grid, rows, one)]
    rough = {one: [_Rough.of(grid.terms[row][one]) for row in rows] for one in (column, *others)}
    pairs = (
        pair for pair in permutations(others, 2)
        if _may_hold(rough[column], rough[pair[0]], rough[pair[1]])
    )  # fmt: skip
    for of in ((*pair, factor) for pair in pairs for factor in _FACTORS):
        ways = _more_than(held.count(True), grid, (rows, column), of)
        if ways:
            best, held = of, ways
        if held and all(held):
            break  # no other pair can hold in more rows
    if best is None or held.count(True) < max(_FEWEST, 2 * held.count(False)):
        return
    for row, is_right in zip(rows, held, strict=True):
        if is_right is not None:
            yield None if is_right else _slip(grid, (row, column), best)


def _is_telling(grid: Grid, rows: Sequence[int], column: int) -> bool:
    """Whether a column has figures, not 0, in as many rows as show what a mean is of."""
    found = (one for row in rows if (one := grid.terms[row][column]) is not None and one.value)
    return sum(1 for _ in islice(found, _FEWEST)) == _FEWEST


class _Rough(NamedTuple):
    """A figure to look at before it is reckoned with: its last digit and what was rounded away."""

    value: float
    step: float
    slack: float

    @classmethod
    def of(cls, one: Term | None) -> "_Rough | None":
        """None where there is no figure."""
        if one is None:
            return None
        value = float(one.value)
        return cls(value, 10.0**-one.decimals, float(one.half) / abs(value) if value else 0)


def _may_hold(
    means: Sequence[_Rough | None], tops: Sequence[_Rough | None], bottoms: Sequence[_Rough | None]
) -> bool:
    """Whether enough means may be those of a pair, with room to spare: most pairs are far off."""
    found = (1 for row in zip(means, tops, bottoms, strict=True) if _is_near(*row))
    return sum(islice(found, _FEWEST)) == _FEWEST


def _is_near(mean: _Rough | None, top: _Rough | None, bottom: _Rough | None) -> bool:
    if mean is None or top is None or bottom is None or not top.value or not bottom.value:
        return False
    slack = top.slack + bottom.slack
    if abs(mean.value) <= 2 * mean.step:
        return True
    ratio = mean.value * bottom.value / top.value
    bound = 2 * (mean.step * (1 + slack) / abs(mean.value) + slack) + _LEEWAY
    if bound >= _WIDE or not ratio or not math.isfinite(ratio):
        return True
    return ratio > 0 and abs(ratio / 10.0 ** round(math.log10(ratio)) - 1) <= bound


def _more_than(
    least: int, grid: Grid, of_mean: tuple[Sequence[int], int], of: tuple[int, int, Decimal]
) -> list[bool | None]:
    """In which rows a mean is that of a pair, if in more than `least` and enough; else nothing."""
    rows, column = of_mean
    wanted = max(least + 1, _FEWEST)
    ways: list[bool | None] = []
    missed = 0
    for row in rows:
        ways.append(_fits(grid, (row, column), of))
        missed += not ways[-1]
        if len(rows) - missed < wanted:
            return []
    return ways


def _due(grid: Grid, row: int, of: tuple[int, int, Decimal]) -> tuple[Decimal, Decimal] | None:
    """The mean, and how much may have been rounded away of it."""
    top, bottom = grid.terms[row][of[0]], grid.terms[row][of[1]]
    if top is None or bottom is None or not bottom.value or not top.value:
        return None
    due = top.value * of[2] / bottom.value
    return due, abs(due) * (top.half / abs(top.value) + bottom.half / abs(bottom.value))


def _fits(grid: Grid, cell: tuple[int, int], of: tuple[int, int, Decimal]) -> bool | None:
    mean, found = grid.terms[cell[0]][cell[1]], _due(grid, cell[0], of)
    if mean is None or found is None:
        return None
    return abs(mean.value - found[0]) <= Decimal(1).scaleb(-mean.decimals) + found[1]


def _slip(grid: Grid, cell: tuple[int, int], of: tuple[int, int, Decimal]) -> Slip:
    row, column = cell
    mean, top, bottom = (grid.terms[row][at] for at in (column, of[0], of[1]))
    found = _due(grid, row, of)
    assert mean is not None and top is not None and bottom is not None and found is not None
    due = rounded_to(found[0], max(mean.decimals, 2))
    words = Words(
        f"{grid.label(row, min(of[:2]))} {grid.heads[column]} {mean.printed}", f"{due}",
        f"{top.printed} ÷ {bottom.printed} = {due}",
    )  # fmt: skip
    printed = (top.printed, bottom.printed, mean.printed)
    return error(RULE, grid.place(row, column), grid.row_words(row), words, printed)
