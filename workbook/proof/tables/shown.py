"""Rates of any name in tables: the rows show which two columns divide, 支出占计划比例."""

from collections.abc import Sequence
from itertools import permutations
from typing import Final

from workbook.proof.arithmetic import Fit, Term, rounded_to
from workbook.proof.model import Severity, Slip, Words
from workbook.proof.percentages import is_share_slip, percent, rate_fit
from workbook.proof.tables.grid import Grid

RULE: Final = "table-rate"
_FEWEST: Final = 3  # rows that show what a rate is of
_WIDEST: Final = 16  # columns that are tried in pairs
_TELLING: Final = 2  # rates that differ, and are neither none nor all
_FREE: Final = (0, 100)  # fit by chance: two columns are often equal
_MEAN: Final = "平均"
_Pair = tuple[int, int]


def learned_rates(grid: Grid, column: int, others: Sequence[int]) -> list[Slip | None]:
    """The rates of a column where one column over another shows them in all rows but a few.

    A row counts against the pair only where one slip of the hand in it explains what is off.
    """
    rows = [
        row for row in grid.rows
        if len(grid.cells[row]) == grid.width and grid.terms[row][column] is not None
        and _MEAN not in "".join(grid.cells[row])
    ]  # fmt: skip
    columns = [one for one in others if one != column]
    if len(rows) < _FEWEST or len(columns) > _WIDEST:
        return []
    fits = {pair: [_fit(grid, row, column, pair) for row in rows] for pair in _pairs(columns)}
    best = max(fits, key=lambda pair: fits[pair].count(Fit.EXACT), default=None)
    if best is None or not _is_shown(grid, rows, column, fits[best]):
        return []
    as_well = [pair for pair in fits if fits[pair].count(Fit.EXACT) == fits[best].count(Fit.EXACT)]
    if len(as_well) > 1:
        return []  # which of them is meant nobody can tell
    told = zip(rows, fits[best], strict=True)
    return [
        None if how is Fit.EXACT else _slip(grid, row, column, best) for row, how in told
        if how is not None and (how is not Fit.OFF or _is_slip(grid, row, column, best))
        and how is not Fit.ROUNDED
    ]  # fmt: skip


def _pairs(columns: Sequence[int]) -> list[_Pair]:
    return list(permutations(columns, 2))


def _is_shown(grid: Grid, rows: Sequence[int], column: int, fits: Sequence[Fit | None]) -> bool:
    """Whether enough rows have the rate of a pair, with figures that no chance gives."""
    held = fits.count(Fit.EXACT)
    values = {
        one.value for row, how in zip(rows, fits, strict=True)
        if how is Fit.EXACT and (one := grid.terms[row][column]) and one.value not in _FREE
    }  # fmt: skip
    return held >= max(_FEWEST, 3 * fits.count(Fit.OFF)) and len(values) >= _TELLING


def _three(grid: Grid, row: int, column: int, pair: _Pair) -> tuple[Term, Term, Term] | None:
    """The rate and its two figures, None where one is missing or nothing can be divided by."""
    rate, top, bottom = (grid.terms[row][at] for at in (column, *pair))
    if rate is None or top is None or bottom is None or not bottom.value:
        return None
    return rate, top, bottom


def _fit(grid: Grid, row: int, column: int, pair: _Pair) -> Fit | None:
    found = _three(grid, row, column, pair)
    if found is None:
        return None
    rate, top, bottom = found
    return rate_fit(rate, top.value, bottom.value, (top.half, bottom.half))


def _is_slip(grid: Grid, row: int, column: int, pair: _Pair) -> bool:
    found = _three(grid, row, column, pair)
    return found is not None and is_share_slip(*found)


def _slip(grid: Grid, row: int, column: int, pair: _Pair) -> Slip:
    found = _three(grid, row, column, pair)
    assert found is not None
    rate, top, bottom = found
    due = rounded_to(percent(top.value, bottom.value), max(rate.decimals, 2))
    says = f"{grid.label(row, min(pair))} {grid.heads[column][-8:]} {rate.printed}".strip()
    words = Words(says, f"{due}%", f"{top.printed} ÷ {bottom.printed} = {due}%")
    printed = (top.printed, bottom.printed, rate.printed)
    return Slip(RULE, Severity.ERROR, grid.place(row, column), grid.row_words(row), printed, *words)
