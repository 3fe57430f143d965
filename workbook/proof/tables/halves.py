"""Tables in two halves under the same heads, with one grand total of both.

村|份数|金额|村|份数|金额: each half is a list of its own, and 合计 in the last row is of both.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from workbook.proof.arithmetic import Fit, Term, fit, is_slip, significant
from workbook.proof.model import Severity, Slip
from workbook.proof.tables.grid import NO_SUM, Grid
from workbook.proof.tables.structures import RULE, TOTAL

_SUBTOTAL: Final = "小计"
_LEAST: Final = 2  # columns of a half: a label and a figure


class Whole(NamedTuple):
    """A grand total with where it stands and the figures of both halves above it."""

    row: int
    column: int
    total: Term
    parts: list[Term]

    @property
    def due(self) -> Decimal:
        """What the parts add up to, in the smallest unit."""
        return sum((one.amount for one in self.parts), Decimal(0))


def halves_sums(grid: Grid) -> Iterator[Slip | None]:
    """Each grand total of a table in two halves; off is an error where one slip explains it."""
    found = of_both(grid)
    fits = [fit(one.total.amount, one.due, _slack(one)) for one in found]
    yield from (None for how in fits if how is Fit.EXACT)
    is_proven = Fit.EXACT in fits
    for one, how in zip(found, fits, strict=True):
        is_near = is_slip(one.total, one.parts) and significant(one.total) > _LEAST
        if how is Fit.OFF and (is_proven or is_near):
            yield _slip(grid, one)


def of_both(grid: Grid) -> list[Whole]:
    """The grand totals that are of both halves, none where the heads do not repeat."""
    half = _half(grid)
    return list(_wholes(grid, half)) if half else []


def _half(grid: Grid) -> int:
    """How many columns a half has, 0 where the heads do not repeat."""
    half, odd = divmod(grid.width, 2)
    heads = grid.heads
    return half if half >= _LEAST and not odd and heads[:half] == heads[half : 2 * half] else 0


def _wholes(grid: Grid, half: int) -> Iterator[Whole]:
    """The figures of the last row, where it is 合计 and each is stated in one half alone."""
    rows = [row for row in grid.rows if len(grid.cells[row]) == 2 * half]
    if len(rows) <= _LEAST or not _is_grand(grid.cells[rows[-1]]):
        return
    last = rows[-1]
    for column in range(half):
        if NO_SUM.search(grid.heads[column]):
            continue
        both = [(at, one) for at in (column, column + half) if (one := grid.terms[last][at])]
        if len(both) == 1:
            at, total = both[0]
            yield Whole(last, at, total, _parts(grid, rows[:-1], (column, half)))


def _is_grand(cells: Sequence[str]) -> bool:
    return any(TOTAL.search(cell) and cell != _SUBTOTAL for cell in cells)


def _parts(grid: Grid, rows: Sequence[int], place: tuple[int, int]) -> list[Term]:
    """The figures of a column in both halves, those of 小计 left out."""
    column, half = place
    return [
        one for row in rows for start in (0, half)
        if (one := grid.terms[row][start + column]) is not None
        and not TOTAL.search(grid.label(row, start + column))
    ]  # fmt: skip


def _slack(one: Whole) -> Decimal:
    return sum((part.half for part in one.parts), one.total.half)


def _slip(grid: Grid, one: Whole) -> Slip:
    due = one.due / one.total.factor
    words = " + ".join(f"{part.value:f}" for part in one.parts)
    head = grid.heads[one.column]
    return Slip(
        RULE, Severity.ERROR, grid.place(one.row, one.column), grid.row_words(one.row),
        (one.total.printed, *(part.printed for part in one.parts)),
        f"合计·{head} {one.total.printed}", f"{due:f}", f"{words} = {due:f}",
    )  # fmt: skip
