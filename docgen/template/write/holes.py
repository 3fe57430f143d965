"""Holes in tables, filled or left out while the document is written.

Compilation sets signals where a loop or condition may leave a table without rows, a row without
cells or a cell without a paragraph (see `shape.holes`). The writer acts on them: it drops an empty
table or row, puts an empty paragraph where a cell has to end with one, and fits a table's grid.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from docgen.template.model.signs import HOLE, TOKEN_END, TOKEN_START, Signal, Token
from docgen.template.write.grids import fitted

# a paragraph one point high, which parts two tables for Word and shows nothing
PARTING: Final = (
    b'<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    b'<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:pPr></w:p>'
)
_HOLE: Final = HOLE.encode()
_TOKEN_START, _TOKEN_END = TOKEN_START.encode(), TOKEN_END.encode()
_RANGE: Final = re.compile(rb"<w:(?:bookmark|perm|move|comment|customXml)\w+[^<>]*/>")
# becomes nothing
_PASS: Final = f"{TOKEN_START}[{Token.ROUND}{Token.ROUND_END}][^{TOKEN_END}]*{TOKEN_END}".encode()
_BEGINS_TABLE: Final = re.compile(rb"(?:%s|%s)*<w:tbl[ >]" % (_RANGE.pattern, _PASS))
_PASS_ALONE: Final = re.compile(_PASS)


@dataclass(slots=True)
class _Held:
    """Text held back until it is known whether something stands in it.

    Behind the start of a table that may be empty, `<w:tbl>` is held in `pieces`; the signal before
    its first row lets it go, and it is `kept`.
    """

    pieces: list[bytes] = field(default_factory=list)
    kept: bool = False
    ends_well: bool = False
    ends_table: bool = False
    is_grid: bool = False


class HoleWriter:
    r"""Takes XML with signals in batches and gives it without signals and without holes.

    `\x0e\x0f<w:tbl>\x0e\x10<w:tr>…</w:tr></w:tbl>\x0e\x11` comes out as it is, less the signals;
    without the row, and so without `\x0e\x10`, nothing comes out.
    """

    def __init__(self) -> None:
        self._stack = [_Held(kept=True)]
        self._keeps_apart = False

    def feed(self, batch: bytes) -> bytes:
        """What of the text so far can be written."""
        before, *signalled = batch.split(_HOLE)
        if before:
            self._write(before)
        for piece in signalled:
            _ACTIONS[piece[:1]](self)
            if len(piece) > 1:
                self._write(piece[1:])
        pieces, self._stack[0].pieces = self._stack[0].pieces, []
        return b"".join(pieces)

    def _write(self, piece: bytes) -> None:
        here = self._stack[-1]
        if self._keeps_apart and here.ends_table and _BEGINS_TABLE.match(piece):
            piece = PARTING + piece
        self._keeps_apart = False
        self._sink(len(self._stack) - 1).pieces.append(piece)
        if ending := _ending(piece):
            here.ends_well = ending.endswith((b"</w:p>", b"<w:p/>"))
            here.ends_table = ending == b"</w:tbl>"

    def _sink(self, index: int) -> _Held:
        """Where text goes that is written at this depth: past all that is kept already."""
        while index and self._stack[index].kept:
            index -= 1
        return self._stack[index]

    def _hold(self) -> None:
        self._stack.append(_Held(ends_table=self._stack[-1].ends_table))

    def _let_go(self) -> None:
        """Something stands in all that is held: let it go."""
        for index, held in enumerate(self._stack):
            if not held.kept and not held.is_grid:
                held.kept = True
                self._sink(index - 1).pieces += held.pieces
                held.pieces = []

    def _end(self) -> None:
        held = self._stack.pop()
        if held.kept:
            self._stack[-1].ends_well = held.ends_well
            self._stack[-1].ends_table = held.ends_table

    def _apart(self) -> None:
        self._keeps_apart = True

    def _grid(self) -> None:
        self._stack.append(_Held(ends_table=self._stack[-1].ends_table, is_grid=True))

    def _fit(self) -> None:
        table = b"".join(self._stack.pop().pieces)
        if table:
            self._write(fitted(table.decode()).encode())

    def _paragraph(self) -> None:
        self._stack[-1].ends_well = True

    def _close(self) -> None:
        if not self._stack[-1].ends_well:
            self._write(b"<w:p/>")


_ACTIONS: Final = {  # by what follows the sign of a hole
    Signal.MAYBE_START[-1].encode(): HoleWriter._hold,
    Signal.FOUND[-1].encode(): HoleWriter._let_go,
    Signal.MAYBE_END[-1].encode(): HoleWriter._end,
    Signal.PARAGRAPH[-1].encode(): HoleWriter._paragraph,
    Signal.CELL_END[-1].encode(): HoleWriter._close,
    Signal.GRID_START[-1].encode(): HoleWriter._grid,
    Signal.GRID_END[-1].encode(): HoleWriter._fit,
    Signal.APART[-1].encode(): HoleWriter._apart,
}


def _ending(piece: bytes) -> bytes:
    """What `piece` ends with, the ends of ranges left aside; empty if it is nothing but these."""
    end = len(piece)
    while True:
        if piece.endswith(_TOKEN_END, 0, end):
            sign, ends = _TOKEN_START, _PASS_ALONE
        elif piece.endswith(b"/>", 0, end):
            sign, ends = b"<", _RANGE
        else:
            break
        start = piece.rfind(sign, 0, end)
        if not ends.match(piece, start):
            break
        end = start
    return piece[max(end - len(b"</w:tbl>"), 0) : end]
