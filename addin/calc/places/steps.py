"""The ways from one block of cells to another: to the edge, to what is filled around it."""

from collections.abc import Sequence
from typing import Final

from addin.calc.notation import addresses
from addin.calc.places.model import Block

_STEPS: Final = {
    "up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1),
    "u": (-1, 0), "d": (1, 0), "l": (0, -1), "r": (0, 1),
}  # fmt: skip


def end(block: Block, direction: str) -> Block:
    """The cell where Ctrl and an arrow key lead to from the first cell."""
    down, right = _STEPS[direction]
    steps = _steps_to_end(_line_towards(block, down, right))
    if steps is None:
        row = {0: block.row, 1: addresses.MAX_ROWS, -1: 1}[down]
        column = {0: block.column, 1: addresses.MAX_COLUMNS, -1: 1}[right]
    else:
        row, column = block.row + down * steps, block.column + right * steps
    return block.sheet.block(row, column, 1, 1)


def _line_towards(block: Block, down: int, right: int) -> list[bool]:
    """Which cells are filled, from the first cell on in one direction."""
    used = block.sheet.used_range
    last_row = max(block.row, used.row + used.shape[0] - 1)
    last_column = max(block.column, used.column + used.shape[1] - 1)
    left, top, bottom, end = block.column, block.row, block.row, block.column
    if down:
        top, bottom = (block.row, last_row) if down > 0 else (1, block.row)
    else:
        left, end = (block.column, last_column) if right > 0 else (1, block.column)
    area = block.sheet.api.getCellRangeByPosition(left - 1, top - 1, end - 1, bottom - 1)
    line = [text != "" for row in area.getFormulaArray() for text in row]
    return line if down + right > 0 else line[::-1]


def _steps_to_end(line: Sequence[bool]) -> int | None:
    """How far the next end of filled cells is along a line; None where nothing more is filled."""
    if len(line) > 1 and line[0] and line[1]:
        return next((i for i, filled in enumerate(line) if not filled), len(line)) - 1
    return next((i for i, filled in enumerate(line) if i and filled), None)


def current_region(block: Block) -> Block:
    """The filled rectangle around the first cell, up to blank rows and columns."""
    if _is_alone(block):
        return block(1, 1)
    cursor = block.sheet.api.createCursorByRange(block(1, 1).cells)
    cursor.collapseToCurrentRegion()
    return block.sheet.of_area(cursor.getRangeAddress())


def _is_alone(block: Block) -> bool:
    """Whether the first cell and all its neighbours are blank: Calc's region would stray."""
    top, left = max(block.row - 1, 1), max(block.column - 1, 1)
    bottom = min(block.row + 1, addresses.MAX_ROWS)
    right = min(block.column + 1, addresses.MAX_COLUMNS)
    near = block.sheet.block(top, left, bottom - top + 1, right - left + 1)
    return not any(text for row in near.cells.getFormulaArray() for text in row)


def within_used(block: Block) -> Block:
    """The part of a block that lies in the sheet's used area."""
    used = block.sheet.used_range
    rows = min(block.row + block.shape[0], used.row + used.shape[0]) - block.row
    columns = min(block.column + block.shape[1], used.column + used.shape[1]) - block.column
    return block.sheet.block(block.row, block.column, max(rows, 0), max(columns, 0))
