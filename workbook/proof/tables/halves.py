"""Tables in two halves under the same heads, with one grand total of both.

村|份数|金额|村|份数|金额: each half is a list of its own, and 合计 in the last row is of both.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from workbook.proof.arithmetic import Fit, Term, fit, is_slip, significant, slack_of, sum_of
from workbook.proof.model import Severity, Slip
from workbook.proof.tables.grid import NO_SUM, Grid
from workbook.proof.tables.lines import TOTAL
from workbook.proof.tables.structures import RULE

_SUBTOTAL: Final = "小计"
_LEAST: Final = 2  # columns of a half: a label and a figure


class Whole(NamedTuple):
    """A grand total with where it stands and the figures above it, of its own half and of both.

    甲村|10|丙村|30 and 乙村|20|丁村|40 above a 合计 of 100 in the last column:
    own 30 and 40, parts 10, 30, 20 and 40
    """

    row: int
    column: int
    total: Term
    own: list[Term]
    parts: list[Term]

    @property
    def due(self) -> Decimal:
        """What the parts add up to, in the smallest unit."""
        return sum_of(self.parts)

    @property
    def fit(self) -> Fit:
        """How the total agrees with the figures of both halves."""
        return fit(self.total.amount, self.due, slack_of(self.total, self.parts))

    @property
    def is_own(self) -> bool:
        """Whether the total is of its own half: they tie, or nearly and no others do."""
        how = fit(self.total.amount, sum_of(self.own), slack_of(self.total, self.own))
        return how is Fit.EXACT or (how is Fit.ROUNDED and self.fit is Fit.OFF)

    @property
    def is_near(self) -> bool:
        """Whether the total agrees with both halves but for one slip of the hand."""
        is_telling = significant(self.total) > _LEAST
        return self.fit is not Fit.OFF or (is_telling and is_slip(self.total, self.parts))


def halves_sums(grid: Grid) -> Iterator[Slip | None]:
    """Each grand total of both halves of a table: those that are off are errors."""
    for one in of_both(grid):
        if one.fit is Fit.EXACT:
            yield None
        elif one.fit is Fit.OFF:
            yield _slip(grid, one)


def of_both(grid: Grid) -> list[Whole]:
    """The grand totals that are of both halves, none where the heads do not repeat.

    One shows it by adding up, but for one slip; where one does exactly, the others are too.
    """
    half = _half(grid)
    found = [one for one in _wholes(grid, half) if not one.is_own] if half else []
    is_proven = any(one.fit is Fit.EXACT for one in found)
    return [one for one in found if is_proven or one.is_near]


def _half(grid: Grid) -> int:
    """How many columns a half has, 0 where the heads do not repeat."""
    half, odd = divmod(grid.width, 2)
    heads = grid.heads
    is_repeated = any(heads[:half]) and heads[:half] == heads[half : 2 * half]
    return half if half >= _LEAST and not odd and is_repeated else 0


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
            own, parts = (
                _parts(grid, rows[:-1], columns) for columns in ((at,), (column, column + half))
            )
            yield Whole(last, at, total, own, parts)


def _is_grand(cells: Sequence[str]) -> bool:
    return any(TOTAL.search(cell) and cell != _SUBTOTAL for cell in cells)


def _parts(grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> list[Term]:
    """The figures of these columns, those of 小计 left out."""
    return [
        one for row in rows for column in columns
        if (one := grid.terms[row][column]) is not None
        and not TOTAL.search(grid.label(row, column))
    ]  # fmt: skip


def _slip(grid: Grid, one: Whole) -> Slip:
    due = one.due / one.total.factor
    words = " + ".join(f"{part.value:f}" for part in one.parts)
    head = grid.heads[one.column]
    return Slip(
        RULE, Severity.ERROR, grid.place(one.row, one.column), grid.row_words(one.row),
        (one.total.printed, *(part.printed for part in one.parts)),
        f"合计·{head} {one.total.printed}", f"{due:f}", f"{words} = {due:f}",
    )  # fmt: skip
