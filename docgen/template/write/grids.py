"""A table whose cells the data decide: its grid made to fit the cells."""

import re
from typing import Final

_STEP: Final = re.compile(
    r"<(/?)w:tbl(?=[ />])|<w:(tr|tc)(?=[ />])"
    r"|<w:(?:gridSpan|gridBefore|gridAfter) w:val=\"(\d+)\""
)
_GRID: Final = re.compile(r"<w:tblGrid>(.*?)</w:tblGrid>|<w:tblGrid/>", re.DOTALL)
_COLUMN: Final = re.compile(r'<w:gridCol(?: w:w="(\d+)")?[^>]*/>')


def fitted(table: str) -> str:
    """The XML of `table` with as many grid columns as its widest row covers, and the same width."""
    grid = _GRID.search(table)
    if grid is None or not (needed := _widest(table)):
        return table
    widths = [int(match[1] or 0) for match in _COLUMN.finditer(grid[1] or "")]
    if not widths or len(widths) == needed:
        return table
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in _shared(widths, needed))
    return f"{table[: grid.start()]}<w:tblGrid>{columns}</w:tblGrid>{table[grid.end() :]}"


def _shared(widths: list[int], needed: int) -> list[int]:
    """`needed` widths of the same sum: new ones of average width, old ones shared out."""
    if needed > len(widths):
        average = sum(widths) / needed
        scale = len(widths) / needed
        return [int(width * scale) for width in widths] + [int(average)] * (needed - len(widths))
    extra = sum(widths[needed:]) // needed
    return [width + extra for width in widths[:needed]]


def _widest(table: str) -> int:
    """How many grid columns the widest of the table's own rows covers."""
    widest = columns = depth = 0
    for match in _STEP.finditer(table):
        closes, name, span = match.groups()
        if closes is not None:
            depth += -1 if closes else 1
        elif depth != 1:
            continue
        elif name == "tr":
            widest, columns = max(widest, columns), 0
        elif name == "tc":
            columns += 1
        else:
            columns += int(span) - (1 if match[0].startswith("<w:gridSpan") else 0)
    return max(widest, columns)
