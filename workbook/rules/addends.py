"""What a figure is the sum of: by the form's own rules, or by the figures that stand beside it.

Pure: expressions in, leaves out; a block of values in, spots out.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from typing import Any, Final

from workbook.entries.limits import YEARS
from workbook.figures.cell_functions import excel_value
from workbook.figures.numbers import from_excel
from workbook.language.model import Leaf
from workbook.language.names import FieldName
from workbook.rules.model import Rule, RuleSet

FEWEST: Final = 2  # figures that make a sum

Positions = tuple[tuple[int, int], ...]
"""Rows and columns of cells, as the block that they were found in counts them."""


def addends_of(
    key: str, rules: RuleSet, applies: Callable[[Rule], bool] = lambda _: True
) -> tuple[Leaf, ...]:
    """The fields and columns that the form adds up to the field `key`; none where it does not.

    `applies` tells whether a rule with a condition is one for the book at hand.
    """
    claims = (
        side.addends()
        for rule in rules.rules
        if not rule.spec.each and rule.total is not None and rule.total.field.key == key
        if rule.equation is not None and (not rule.spec.when or applies(rule))
        for side in rule.equation.sides
        if not (isinstance(side, FieldName) and side.field.key == key)
    )
    computed = (
        one.tree.addends() for one in rules.computed if one.field.key == key and one.table is None
    )
    return next((found for found in (*claims, *computed) if found), ())


@dataclass(frozen=True, slots=True)
class Line:
    """Figures that stand in one row or column, the nearest to the total first.

    20 and 10 under the total 30 in row 0: `Line(((1, 0), (2, 0)), (20, 10), False)`.
    """

    cells: Positions
    figures: tuple[Decimal, ...]
    is_above_or_left: bool

    def gap(self, total: Decimal) -> Decimal:
        """By how much the total misses their sum."""
        return abs(total - sum(self.figures, Decimal(0)))


def figures_beside(rows: Sequence[Sequence[Any]], row: int, column: int) -> Positions:
    """The cells whose sum the figure at `row`, `column` is, counted from 0, top left first.

    Above it or left of it, up to the first blank or words, as Excel's own AutoSum looks for them;
    what ties goes first, then what is nearest, then what is above. In many Chinese tables the
    total comes before its parts: below and right of it count where they tie, or nothing else is.
    """
    total = from_excel(float(rows[row][column]))
    runs = [run for run in _lines(rows, row, column) if len(run.cells) >= FEWEST]
    before = [run for run in runs if run.is_above_or_left]
    tying = [run for run in runs if not run.gap(total)]
    chosen = tying or sorted(before or runs, key=lambda run: run.gap(total))
    return tuple(sorted(chosen[0].cells)) if chosen else ()


def _lines(rows: Sequence[Sequence[Any]], row: int, column: int) -> Iterator[Line]:
    up = [(r, column) for r in reversed(range(row))]
    left = [(row, c) for c in reversed(range(column))]
    down = [(r, column) for r in range(row + 1, len(rows))]
    right = [(row, c) for c in range(column + 1, len(rows[row]))]
    for spots, is_before in ((up, True), (left, True), (down, False), (right, False)):
        run = _without_year(list(takewhile(lambda spot: _is_figure(rows, *spot), spots)), rows)
        figures = [_figure(rows, *spot) for spot in run]
        yield Line(tuple(run), tuple(figures), is_before)
        picked = _without_details(figures)
        if len(picked) < len(run):
            yield Line(tuple(run[i] for i in picked), tuple(figures[i] for i in picked), is_before)


def _is_figure(rows: Sequence[Sequence[Any]], row: int, column: int) -> bool:
    """Whether a cell takes part in a sum; an error does, so that it is named."""
    value = excel_value(rows[row][column]) if column < len(rows[row]) else None
    is_error = isinstance(value, str) and value.startswith("#")
    return is_error or (isinstance(value, int | float) and not isinstance(value, bool))


def _figure(rows: Sequence[Sequence[Any]], row: int, column: int) -> Decimal:
    value = excel_value(rows[row][column])
    return Decimal(0) if isinstance(value, str) else from_excel(float(value))


def _without_year(run: list[tuple[int, int]], rows: Sequence[Sequence[Any]]) -> list[Any]:
    """The run without a heading that is a year, which stands at its far end."""
    years = [
        figure == int(figure) and YEARS[0] <= figure <= YEARS[1]
        for figure in (_figure(rows, *spot) for spot in run)
    ]
    return run[:-1] if years and years[-1] and not all(years) else run


def _without_details(figures: Sequence[Decimal]) -> list[int]:
    """Which of them make the sum where some are subtotals of those behind them.

    The nearest to the total is first: 30, 20, 10, 5, 4, 1 are a subtotal of 20 and 10, and one of
    4 and 1.
    """
    picked: list[int] = []
    at = 0
    while at < len(figures):
        picked.append(at)
        at = _behind(figures, at)
    return picked


def _behind(figures: Sequence[Decimal], at: int) -> int:
    """The next figure that is no part of the one at `at`."""
    added = Decimal(0)
    for count, figure in enumerate(figures[at + 1 :], start=1):
        added += figure
        if count >= FEWEST and added == figures[at] and added:
            return at + 1 + count
    return at + 1
