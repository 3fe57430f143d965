"""Tables without rows, rows without cells and cells without paragraphs, prevented while writing.

Where a loop or condition may leave such a hole, compilation sets marks (control characters, which
XML text cannot hold) and the writer acts on them: it drops an empty table or row, and puts an
empty paragraph where a cell has to end with one.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element
from lxml.etree import _ProcessingInstruction as Instruction

from docgen.template.model.names import BLOCK_CONTAINERS, SDT, SDT_CONTENT, TBL, TC, TC_PR, TR, P, W
from docgen.template.read.splice import TAG_NODE, Tag
from docgen.template.read.tree import nearest
from docgen.template.shape.blocks import ENDS, is_opener
from docgen.template.shape.cells import shapes_columns
from docgen.template.shape.grid import fitted

MARK_NODE: Final = "g"
HOLD, HIT, END, PARAGRAPH, CLOSE, GRID, FIT = "\x0e\x0f\x10\x11\x12\x13\x14"
MARKS: Final = {
    "hold": HOLD, "hit": HIT, "end": END, "paragraph": PARAGRAPH, "close": CLOSE,
    "grid": GRID, "fit": FIT,
}  # fmt: skip
_MARK = re.compile("([\x0e-\x14])")
_UNSEEN = frozenset(f"{W}{name}" for name in ("bookmarkStart", "bookmarkEnd", "proofErr"))


def set_marks(root: Element, tags: Sequence[Tag]) -> bool:
    """Whether marks were needed, which now stand in the tree."""
    holders = {holder for tag in tags if (holder := _holder(tag.node)) is not None}
    rows = {row for row in holders if row.tag == TR and _may_lack(row, TC, tags)}
    around = {holder for row in rows if (holder := _holder(row)) is not None}
    tables = {
        table for table in holders | around if table.tag == TBL and _may_lack(table, TR, tags, rows)
    }
    cells = {cell for cell in root.iter(*BLOCK_CONTAINERS) if cell in holders or not len(cell)}
    open_cells = [cell for cell in cells if not _ends_with_paragraph(cell, tags)]
    for row in rows:
        _hold(row, [cell for cell in _children(row) if cell.tag == TC or _prints(cell, tags)])
    for table in tables:
        own = list(_children(table))
        _hold(table, [r for r in own if (r.tag == TR and r not in rows) or _prints(r, tags)])
    grids = list(dict.fromkeys(_changing_tables(tags)))
    for table in grids:
        table.addprevious(_mark("grid"))
        table.addnext(_mark("fit"))
    for cell in open_cells:
        for paragraph in cell.iterchildren(P):
            paragraph.addnext(_mark("paragraph"))
        cell.append(_mark("close"))
    return bool(rows or tables or open_cells or grids)


def _changing_tables(tags: Sequence[Tag]) -> Iterator[Element]:
    """The tables in whose rows tags make cells, or cells that span a number of columns."""
    for tag in tags:
        parent = tag.node.getparent()
        if parent is None:
            continue
        if parent.tag == TR or (parent.tag == TC_PR and shapes_columns(tags, tag.node)):
            table = nearest(parent, TBL)
            if table is not None:
                yield table


def _may_lack(
    holder: Element, wanted: str, tags: Sequence[Tag], unsure: Collection[Element] = ()
) -> bool:
    """Whether all `wanted` children of `holder` stand inside blocks or are `unsure` themselves."""
    depth = 0
    for child in _children(holder):
        depth += _step(child, tags)
        is_sure = child.tag == wanted and child not in unsure
        if depth == 0 and (is_sure or _prints(child, tags)):
            return False
    return True


def _holder(node: Element) -> Element | None:
    """What `node` stands in, content controls left aside."""
    holder = node.getparent()
    while holder is not None and holder.tag in (SDT_CONTENT, SDT):
        holder = holder.getparent()
    return holder


def _children(holder: Element) -> Iterator[Element]:
    """The children of `holder`, those in its content controls in place of these."""
    for child in holder:
        if child.tag in (SDT, SDT_CONTENT):
            yield from _children(child)
        else:
            yield child


def _ends_with_paragraph(cell: Element, tags: Sequence[Tag]) -> bool:
    depth, sure = 0, False
    for child in cell:
        depth += _step(child, tags)
        if child.tag == P:
            sure = depth == 0
        elif isinstance(child, Instruction):
            sure = sure and tags[int(child.text or 0)].found.kind != "output"
        elif child.tag not in _UNSEEN:
            sure = child.tag == SDT and depth == 0
        if depth:
            sure = False
    return sure


def _step(child: Element, tags: Sequence[Tag]) -> int:
    """How much deeper into blocks one is after `child`."""
    if not isinstance(child, Instruction) or child.target != TAG_NODE:
        return 0
    tag = tags[int(child.text or 0)]
    if tag.found.kind != "block":
        return 0
    return 1 if is_opener(tag) else -1 if tag.found.keyword in ENDS else 0


def _prints(child: Element, tags: Sequence[Tag]) -> bool:
    """Whether `child` is a tag that prints a cell or row in its place."""
    if not isinstance(child, Instruction) or child.target != TAG_NODE:
        return False
    return tags[int(child.text or 0)].found.kind == "output"


def _hold(holder: Element, children: Sequence[Element]) -> None:
    holder.addprevious(_mark("hold"))
    holder.addnext(_mark("end"))
    for child in children:
        child.addprevious(_mark("hit"))


def _mark(name: str) -> Element:
    return etree.ProcessingInstruction(MARK_NODE, name)


@dataclass(slots=True)
class _Held:
    """Text held back until it is known whether something stands in it."""

    pieces: list[str] = field(default_factory=list)
    kept: bool = False
    ends_well: bool = False
    is_grid: bool = False


class Guard:
    """Takes marked text in batches and gives the text without marks and without holes."""

    def __init__(self) -> None:
        self._stack = [_Held(kept=True)]

    def feed(self, batch: str) -> str:
        """What of the text so far can be written."""
        for piece in _MARK.split(batch):
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

    def _hit(self) -> None:
        """Something stands in all that is held: let it go."""
        for index, held in enumerate(self._stack):
            if not held.kept and not held.is_grid:
                held.kept = True
                self._sink(index - 1).pieces += held.pieces
                held.pieces = []

    def _end(self) -> None:
        if len(self._stack) > 1 and self._stack.pop().kept:
            self._stack[-1].ends_well = False

    def _grid(self) -> None:
        self._stack.append(_Held(is_grid=True))

    def _fit(self) -> None:
        table = "".join(self._stack.pop().pieces)
        if table:
            self._write(fitted(table))

    def _paragraph(self) -> None:
        self._stack[-1].ends_well = True

    def _close(self) -> None:
        if not self._stack[-1].ends_well:
            self._write("<w:p/>")


_ACTIONS: Final = {
    HOLD: Guard._hold,
    HIT: Guard._hit,
    END: Guard._end,
    PARAGRAPH: Guard._paragraph,
    CLOSE: Guard._close,
    GRID: Guard._grid,
    FIT: Guard._fit,
}
