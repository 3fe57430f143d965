"""Rows by the function codes of the budget: 201 is 20101 + 20103."""

import re
from collections.abc import Iterator
from typing import Final

from workbook.proof.tables.grid import Grid
from workbook.proof.tables.lines import Lines, Sum

_CODE: Final = re.compile(r"\d{3}(?:\d{2}){0,2}")


def by_code(lines: Lines) -> Iterator[Sum]:
    """The rows of a code of 类 or 款 and those of its next level: 201 is 20101 + 20103."""
    columns = _code_columns(lines.grid)
    for number, column in enumerate(columns):
        end = columns[number + 1] if number + 1 < len(columns) else lines.grid.width
        codes = {line: code for line in lines.lines if (code := _code(lines.grid, line, column))}
        for line, code in codes.items():
            parts = tuple(
                other for other, one in codes.items()
                if one.startswith(code) and len(one) == len(code) + 2
            )  # fmt: skip
            if parts and list(codes.values()).count(code) == 1:
                yield Sum(line, parts, True, range(column + 1, end))


def _code_columns(grid: Grid) -> list[int]:
    """The columns in which codes begin: one, or one in each of two halves side by side."""
    return [
        column for column, head in enumerate(grid.heads)
        if re.search(r"编码|代码|科目$|类$", head)
        and (not column or head != grid.heads[column - 1])
        and any(
            column < len(grid.cells[row]) and _CODE.fullmatch(grid.cells[row][column])
            for row in grid.rows
        )
    ]  # fmt: skip


def _code(grid: Grid, row: int, column: int) -> str:
    """The function code of a row, in one cell or in three for 类, 款 and 项."""
    cells = grid.cells[row]
    if column >= len(cells) or not _CODE.fullmatch(cells[column]):
        return ""
    code = cells[column]
    for cell in cells[column + 1 : column + 3]:
        if len(code) in (3, 5) and re.fullmatch(r"\d{2}", cell) and "款" in "".join(grid.heads):
            code += cell
    return code
