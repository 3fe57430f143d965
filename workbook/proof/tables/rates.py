"""Rates in tables: 执行率 and 控制率 against the columns that their heads name."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import Fit, Term, percent, rate_fit, rounded_to
from workbook.proof.model import Severity, Slip, Table
from workbook.proof.tables.grid import Grid, sections

RULE: Final = "table-rate"
# The head of a rate, of what was done, of what was due: the first pair that fits is meant.
_RATES: Final = (
    (r"(?:预算)?执行率|预算完成率|支出进度", r"执行数|支出数|决算数|实际支出|支出$|执行$",
     r"全年预算|调整后?预算|预算数|年初预算|预算"),
    (r"控制率$", r"在职|实际|决算数", r"编制|批复|预算"),
    (r"(?:完成)?(?:年初)?预算的?[%比]|完成率", r"决算数|执行数|支出数", r"预算数|预算"),
    (r"到位率", r"到位", r"预算|计划|应到位"),
)  # fmt: skip


def table_rates(table: Table) -> Iterator[Slip | None]:
    """Each rate of the table against its two figures in the same row."""
    for grid in sections(table):
        for column, head in enumerate(grid.heads):
            for word, done, due in _RATES:
                if re.search(word, head) and (not column or head != grid.heads[column - 1]):
                    yield from _column(grid, column, done, due)
                    break


def _column(grid: Grid, column: int, done: str, due: str) -> Iterator[Slip | None]:
    heads = grid.heads
    pairs = [
        (top, bottom)
        for top in range(len(heads)) if re.search(done, heads[top]) and _is_own(grid, top)
        for bottom in range(len(heads)) if re.search(due, heads[bottom]) and _is_own(grid, bottom)
        if top != bottom and column not in (top, bottom) and not re.search(done, heads[bottom])
    ]  # fmt: skip
    if not pairs:
        return
    full = [pair for pair in pairs if re.search(r"全年预算|调整", heads[pair[1]])]
    rows = [row for row in grid.rows if _rate(grid, row, column) is not None]
    fits = {
        pair: sum(_fits(grid, row, column, pair) is Fit.EXACT for row in rows) for pair in pairs
    }
    best = max(full or pairs, key=lambda pair: fits[pair])
    others = [pair for pair in pairs if pair != best]
    for row in rows:
        how = _fits(grid, row, column, best)
        if how is Fit.EXACT or any(_fits(grid, row, column, pair) is Fit.EXACT for pair in others):
            yield None
        elif how is not None and (fits[best] > 1 or len(full or pairs) == 1):
            yield _slip(grid, row, column, best, how)


def _is_own(grid: Grid, column: int) -> bool:
    """Whether a column begins here, and is no merged cell's second one, nor a rate."""
    head = grid.heads[column]
    return not re.search(r"率|%|占比", head) and (not column or head != grid.heads[column - 1])


def _rate(grid: Grid, row: int, column: int) -> Term | None:
    cells = grid.cells[row]
    if column >= len(cells) or len(cells) != grid.width:
        return None
    term = grid.terms[row][column]
    is_rate = cells[column].endswith("%") or "%" in grid.heads[column]
    return term if term is not None and is_rate else None


def _fits(grid: Grid, row: int, column: int, pair: tuple[int, int]) -> Fit | None:
    rate = _rate(grid, row, column)
    top, bottom = (grid.terms[row][at] for at in pair)
    if rate is None or top is None or bottom is None or not bottom.value:
        return None
    return rate_fit(rate, top.value, bottom.value, (top.half, bottom.half))


def _slip(grid: Grid, row: int, column: int, pair: tuple[int, int], how: Fit) -> Slip:
    rate = _rate(grid, row, column)
    top, bottom = (grid.terms[row][at] for at in pair)
    assert rate is not None and top is not None and bottom is not None
    due = rounded_to(percent(top.value, bottom.value), max(rate.decimals, 2))
    is_near = how is Fit.ROUNDED and abs(due - rate.value) < Decimal(1)
    label = grid.label(row, min(pair)) or grid.heads[column]
    return Slip(
        RULE, Severity.HINT if is_near else Severity.ERROR, grid.place(row, column),
        grid.row_words(row), (top.printed, bottom.printed, rate.printed),
        f"{label} {grid.heads[column][-8:]} {rate.printed}", f"{due}%",
        f"{top.printed} ÷ {bottom.printed} = {due}%",
    )  # fmt: skip
