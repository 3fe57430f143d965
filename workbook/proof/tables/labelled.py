"""Cells with label and figure in one, below 其中, against the row of totals above them."""

import re
from collections.abc import Iterator, Sequence

from workbook.proof.arithmetic import (
    Term,
    best_sum,
    is_slip,
    sum_of,
)
from workbook.proof.model import Severity, Slip
from workbook.proof.tables.grid import Grid, labelled
from workbook.proof.tables.lines import TOTAL
from workbook.proof.tables.structures import RULE


def labelled_sums(grid: Grid) -> Iterator[tuple[str, Slip | None]]:
    """Cells with label and figure in one, below 其中, against the row of totals above them."""
    width = max((len(row) for row in grid.cells), default=0)
    for column in range(width):
        run: list[tuple[int, Term]] = []
        for row in range(len(grid.cells) + 1):
            cells = grid.cells[row] if row < len(grid.cells) else ()
            is_new = column < len(cells) and not (
                column and grid.place(row, column) == grid.place(row, column - 1)
            )
            found = labelled(cells[column]) if is_new else None
            if found is not None and (run or found[0].startswith("其中")):
                run.append((row, found[1]))
            elif run:
                yield from _labelled_sum(grid, column, run)
                run = []


def _labelled_sum(
    grid: Grid, column: int, run: Sequence[tuple[int, Term]]
) -> Iterator[tuple[str, Slip | None]]:
    first = run[0][0]
    above = grid.cells[first - 1][column] if first and column < len(grid.cells[first - 1]) else ""
    asked = re.search(r"\(([^()]{3,8})\)", above)
    totals = [
        (row, at, term)
        for row in range(max(first - 3, 0), first)
        for at, term in enumerate(grid.terms[row])
        if term is not None and TOTAL.search(grid.label(row, at)) and not grid.is_percent(row, at)
    ]
    if asked:
        totals = [one for one in totals if _is_under(grid, one[0], one[1], asked[1])]
    parts = [term for _, term in run]
    if len(parts) < 2 or not totals:
        return
    if any(best_sum(term, parts) for _, _, term in totals):
        yield RULE, None
        return
    row, at, total = totals[0]
    if len(totals) == 1 and (asked or is_slip(total, parts)):
        due = sum_of(parts) / total.factor
        yield RULE, Slip(
            RULE, Severity.ERROR, grid.place(row, at), grid.row_words(row),
            (total.printed, *(part.printed for part in parts)),
            f"{grid.label(row, at)} {total.printed}", f"{due:f}",
            f"{' + '.join(part.printed for part in parts)} = {due:f}",
        )  # fmt: skip


def _is_under(grid: Grid, row: int, column: int, head: str) -> bool:
    """Whether a figure stands below a cell that says `head`."""
    above = (grid.cells[at] for at in range(row))
    return any(head in cells[column] for cells in above if column < len(cells))
