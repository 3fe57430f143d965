"""Shares in tables: a column of 占比 against the column of figures that its 合计 is of."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import Fit, Term, rounded_to
from workbook.proof.model import Severity, Slip, Table
from workbook.proof.percentages import percent, rate_fit
from workbook.proof.tables.grid import NO_SUM, Grid, sections
from workbook.proof.tables.lines import TOTAL
from workbook.proof.tables.rates import RULE

_SHARE: Final = re.compile(r"占比|比重|(?:^|所)占[^,;]{0,8}(?:%|比例)|构成比|^比例(?:\(%\))?$")
_FEWEST: Final = 2  # rows that show what a share is of


def table_shares(table: Table) -> Iterator[Slip | None]:
    """Each share of a column whose rows show, all but a few, that it is of their total."""
    for grid in sections(table):
        totals = [row for row in grid.rows if TOTAL.search(_label(grid, row))]
        if len(totals) != 1:
            continue
        for column, head in enumerate(grid.heads[: grid.width]):
            if _SHARE.search(head) and (not column or head != grid.heads[column - 1]):
                yield from _column(grid, column, totals[0])


def _label(grid: Grid, row: int) -> str:
    return next((cell for cell in grid.cells[row] if cell), "")


def _column(grid: Grid, column: int, total: int) -> Iterator[Slip | None]:
    """The shares of one column, of the nearest figures left of it that fit best."""
    rows = [
        row for row in grid.rows
        if len(grid.cells[row]) == grid.width and grid.terms[row][column] is not None
    ]  # fmt: skip
    if len(grid.cells[total]) != grid.width:
        return
    best, held = -1, list[Fit | None]()
    for other in range(column - 1, -1, -1):
        whole = grid.terms[total][other]
        if whole is None or not whole.value or NO_SUM.search(grid.heads[other]):
            continue
        ways = [_fits(grid, (row, column), other, whole) for row in rows]
        if ways.count(Fit.EXACT) > held.count(Fit.EXACT):
            best, held = other, ways
    # The row of the total is 100% of any column.
    shown = held.count(Fit.EXACT) - (total in rows)
    off = sum(how is not None and how is not Fit.EXACT for how in held)
    if shown < _FEWEST or off > max(1, shown // 2):
        return
    for row, how in zip(rows, held, strict=True):
        if how is Fit.EXACT:
            yield None
        elif how is not None:
            yield _slip(grid, (row, column), (best, total), how)


def _fits(grid: Grid, cell: tuple[int, int], other: int, whole: Term) -> Fit | None:
    row, column = cell
    rate, part = grid.terms[row][column], grid.terms[row][other]
    if rate is None or part is None:
        return None
    return rate_fit(rate, part.value, whole.value, (part.half, whole.half))


def _slip(grid: Grid, cell: tuple[int, int], of: tuple[int, int], how: Fit) -> Slip:
    row, column = cell
    other, total = of
    figures: Sequence[Term | None] = (
        grid.terms[row][other], grid.terms[total][other], grid.terms[row][column],
    )  # fmt: skip
    part, whole, rate = (one for one in figures if one is not None)
    due = rounded_to(percent(part.value, whole.value), max(rate.decimals, 2))
    is_near = how is Fit.ROUNDED and abs(due - rate.value) < Decimal(1)
    return Slip(
        RULE, Severity.HINT if is_near else Severity.ERROR, grid.place(row, column),
        grid.row_words(row), (part.printed, whole.printed, rate.printed),
        f"{_label(grid, row)} {grid.heads[column][-8:]} {rate.printed}", f"{due}%",
        f"{part.printed} ÷ {whole.printed} = {due}%",
    )  # fmt: skip
