"""Holes in tables, filled or left out while the document is written.

Compilation sets signals where a loop or condition may leave a table without rows, a row without
cells or a cell without a paragraph (see `shape.holes`). The writer acts on them: it drops an empty
table or row, puts an empty paragraph where a cell has to end with one, and fits a table's grid.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from docgen.template.model.signs import Signal

_SIGNALS: Final = re.compile(f"([{Signal.MAYBE_START}-{Signal.GRID_END}])")
_STEP: Final = re.compile(
    r"<(/?)w:tbl(?=[ />])|<w:(tr|tc)(?=[ />])"
    r"|<w:(?:gridSpan|gridBefore|gridAfter) w:val=\"(\d+)\""
)
_GRID: Final = re.compile(r"<w:tblGrid>(.*?)</w:tblGrid>|<w:tblGrid/>", re.DOTALL)
_COLUMN: Final = re.compile(r'<w:gridCol(?: w:w="(\d+)")?[^>]*/>')


@dataclass(slots=True)
class _Held:
    """Text held back until it is known whether something stands in it."""

    pieces: list[str] = field(default_factory=list)
    kept: bool = False
    ends_well: bool = False
    is_grid: bool = False


class HoleWriter:
    r"""Takes XML with signals in batches and gives it without signals and without holes.

    `\x0e<w:tbl>\x0f<w:tr>…</w:tr></w:tbl>\x10` comes out as it is, less the signals; without
    the row, and so without `\x0f`, nothing comes out.
    """

    def __init__(self) -> None:
        self._stack = [_Held(kept=True)]

    def feed(self, batch: str) -> str:
        """What of the text so far can be written."""
        for piece in _SIGNALS.split(batch):
            if piece in _ACTIONS:
                _ACTIONS[piece](self)
            elif piece:
                self._write(piece)
        pieces, self._stack[0].pieces = self._stack[0].pieces, []
        return "".join(pieces)

    def _write(self, piece: str) -> None:
        self._sink(len(self._stack) - 1).pieces.append(piece)
        self._stack[-1].ends_well = piece.endswith(("</w:p>", "<w:p/>"))

    def _sink(self, index: int) -> _Held:
        """Where text goes that is written at this depth: past all that is kept already."""
        while index and self._stack[index].kept:
            index -= 1
        return self._stack[index]

    def _hold(self) -> None:
        self._stack.append(_Held())

    def _let_go(self) -> None:
        """Something stands in all that is held: let it go."""
        for index, held in enumerate(self._stack):
            if not held.kept and not held.is_grid:
                held.kept = True
                self._sink(index - 1).pieces += held.pieces
                held.pieces = []

    def _end(self) -> None:
        if self._stack.pop().kept:
            self._stack[-1].ends_well = False

    def _grid(self) -> None:
        self._stack.append(_Held(is_grid=True))

    def _fit(self) -> None:
        table = "".join(self._stack.pop().pieces)
        if table:
            self._write(_fitted(table))

    def _paragraph(self) -> None:
        self._stack[-1].ends_well = True

    def _close(self) -> None:
        if not self._stack[-1].ends_well:
            self._write("<w:p/>")


_ACTIONS: Final = {
    Signal.MAYBE_START.value: HoleWriter._hold,
    Signal.FOUND.value: HoleWriter._let_go,
    Signal.MAYBE_END.value: HoleWriter._end,
    Signal.PARAGRAPH.value: HoleWriter._paragraph,
    Signal.CELL_END.value: HoleWriter._close,
    Signal.GRID_START.value: HoleWriter._grid,
    Signal.GRID_END.value: HoleWriter._fit,
}


def _fitted(table: str) -> str:
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
