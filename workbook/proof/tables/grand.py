"""收入总计 and 支出总计 of two halves side by side, which are the same."""

import re
from collections.abc import Iterator
from typing import Final

from workbook.proof.model import Severity, Slip
from workbook.proof.tables.grid import NO_SUM, Grid, read_term

BALANCE: Final = "balance"


def grand_totals(grid: Grid) -> Iterator[tuple[str, Slip | None]]:
    """收入总计 and 支出总计 of two halves side by side are the same."""
    for row in grid.rows:
        ends: list[tuple[str, list[int]]] = []
        for column, term in enumerate(grid.terms[row]):
            is_amount = not grid.is_percent(row, column) and not NO_SUM.search(grid.heads[column])
            if term is not None and is_amount:
                label = grid.label(row, column)
                if (
                    not ends
                    or ends[-1][0] != label
                    or read_term(grid.cells[row][column - 1]) is None
                ):
                    ends.append((label, []))
                ends[-1][1].append(column)
        if len(ends) != 2 or not all(_is_grand(label) for label, _ in ends):
            continue
        left, right = (columns for _, columns in ends)
        if len(left) == len(right) == 1:
            yield BALANCE, _balance(grid, row, left[0], right[0])


def _is_grand(label: str) -> bool:
    return bool(re.search(r"总计$", label))


def _balance(grid: Grid, row: int, left: int, right: int) -> Slip | None:
    one, other = grid.terms[row][left], grid.terms[row][right]
    assert one is not None and other is not None
    if one.amount == other.amount:
        return None
    near = abs(one.amount - other.amount) <= one.half + other.half
    return Slip(
        BALANCE, Severity.HINT if near else Severity.ERROR, grid.place(row, right),
        grid.row_words(row), (one.printed, other.printed),
        f"收入总计 {one.printed},支出总计 {other.printed}", "两边的总计相等",
        f"{one.printed} ≠ {other.printed}",
    )  # fmt: skip
