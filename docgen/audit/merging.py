"""The rows and paragraphs of a report that its workbook gives otherwise now, each with its place.

Three documents are laid beside each other: as printed, as it stands, and made anew. What differs
between the first and the last is the workbook's doing; what differs between the first two is
somebody's, and that is left.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import Final

from docgen.audit.aligning import opcodes
from docgen.audit.locating import Found, Likeness, Part, located, parted
from docgen.manifest.blocks import Block, Trace
from docgen.template.word.names import SECT_PR, W

# What belongs to other parts of the document.
_TIED: Final = (SECT_PR, f"{W}footnoteReference", f"{W}endnoteReference")


class Spot(Enum):
    """On which side of a block something comes; ABOVE and BELOW mean the block's whole table."""

    BEFORE = "before"
    BEHIND = "behind"
    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Change:
    """Blocks of the page that are to give way to blocks of the report made anew.

    `at` is a block of the page beside which they come, None where nobody can tell what is to go or
    where it is to come. `is_edited`: somebody has rewritten what would go, so that it is left.
    """

    old: tuple[Block, ...]
    new: tuple[Block, ...]
    at: tuple[Block, Spot] | None
    is_edited: bool

    @property
    def place(self) -> Block | None:
        """The block of the page that is changed, or beside which something comes."""
        if self.old:
            return self.old[0]
        return self.at[0] if self.at else None

    def can_be_made(self, *, force: bool) -> bool:
        """Whether it is known where it is to be made, and nobody's words go with it."""
        return self.at is not None and (force or not self.is_edited)


@dataclass(frozen=True, slots=True)
class Segment:
    """Some blocks as they were printed, where they stand, and as they would be printed now.

    `change` is what is to be done about the difference; None where there is none, or where
    somebody has done it by hand.

    Of an item that is no more in the workbook: its row in `was` and `found`, nothing in `now`, and
    a `change` by which the row goes.
    """

    was: tuple[Trace, ...]
    found: tuple[Found | None, ...]
    now: tuple[Block, ...]
    is_same: bool
    change: Change | None


def merged(
    printed: Sequence[Trace],
    page: Sequence[Block],
    fresh: Sequence[Block],
    names: Mapping[str, str],
    touched: Collection[str],
) -> list[Segment]:
    """The whole report in segments, those that are to be changed with what is to be done.

    `names` leads from the marks of printed figures to those made anew, `touched` are the marks of
    figures that somebody has retyped or copied.
    """
    parts = list(parted(printed, [block.trace for block in fresh], names))
    work = _Merging(located(printed, page, touched), page, fresh, parts)
    return [
        Segment(
            tuple(printed[a:b]), tuple(work.found[a:b]), tuple(fresh[c:d]), kind is Likeness.SAME,
            None if kind is Likeness.SAME else work.change(kind, a, b, c, d),
        )
        for kind, a, b, c, d in work.parts
    ]  # fmt: skip


class _Merging:
    """The three documents, and which parts of the printed one are which of the fresh one."""

    def __init__(
        self,
        found: Sequence[Found | None],
        page: Sequence[Block],
        fresh: Sequence[Block],
        parts: Sequence[Part],
    ) -> None:
        self.found, self._page, self._fresh = found, page, fresh
        self.parts = parts
        self._counterpart = {
            c + step: found[a + step]
            for kind, a, b, c, _ in self.parts
            if kind is not Likeness.OTHER
            for step in range(b - a)
        }
        self._beside = {
            index: block
            for _, rows in groupby(self._counterpart, key=lambda index: fresh[index].trace.table)
            for index, block in _in_order({index: self._counterpart[index] for index in rows})
        }

    def change(self, kind: Likeness, a: int, b: int, c: int, d: int) -> Change | None:
        """What is to be done on the page; None where somebody has done it already."""
        found, new = self.found[a:b], tuple(self._fresh[c:d])
        there = [one for one in found if one is not None]
        if b > a and not there and (kind is Likeness.WORDS or not new):
            return None
        old = tuple(one.block for one in there)
        is_gone = len(there) < len(found)
        at = None if is_gone else self._place(a, b, c, d, old)
        return Change(old, new, at, is_gone or not all(one.is_ours for one in there))

    def _place(
        self, a: int, b: int, c: int, d: int, old: Sequence[Block]
    ) -> tuple[Block, Spot] | None:
        """Beside which block of the page the new ones come; None where there is none."""
        new = self._fresh[c:d]
        if not new:
            return old[0], Spot.BEFORE
        if any(next(block.element.iter(*_TIED), None) is not None for block in new):
            return None
        if _is_whole(new, self._fresh):
            if old:
                return self._outside(old[0], Spot.ABOVE)
            return self._between(a, b)
        tables = {block.trace.table for block in new}
        if len(tables) > 1 or not all(block.is_row for block in new):
            return None
        if old and old[0].is_row:
            return old[0], Spot.BEFORE
        return self._in_table(c, d)

    def _in_table(self, c: int, d: int) -> tuple[Block, Spot] | None:
        """A row beside which new rows come, in the table of theirs that stands on the page."""
        table = self._fresh[c].trace.table
        for steps, spot in ((range(c - 1, -1, -1), Spot.BEHIND),
                            (range(d, len(self._fresh)), Spot.BEFORE)):  # fmt: skip
            for index in steps:
                if self._fresh[index].trace.table != table:
                    break
                if index in self._beside:
                    return self._beside[index], spot
        return None

    def _between(self, a: int, b: int) -> tuple[Block, Spot] | None:
        """A place for paragraphs and whole tables between two printed blocks."""
        following = self.found[b] if b < len(self.found) else None
        if following is not None and following.is_in_place:
            return self._outside(following.block, Spot.ABOVE)
        for index in range(a - 1, -1, -1):
            found = self.found[index]
            if found is not None and found.is_in_place:
                return self._outside(found.block, Spot.BELOW)
        return None

    def _outside(self, block: Block, spot: Spot) -> tuple[Block, Spot] | None:
        """The place above or below a block, None where that is in the midst of its table."""
        step = -1 if spot is Spot.ABOVE else 1
        beside = block.number + step
        return None if _is_joined(block, beside, self._page) else (block, spot)


def _in_order(rows: Mapping[int, Found | None]) -> Iterator[tuple[int, Block]]:
    """The rows of one table beside which others may come: those in place, or of a moved table.

    Of that, they are in order among themselves.
    """
    there = {index: found for index, found in rows.items() if found and found.block.is_row}
    in_place = {index: found.block for index, found in there.items() if found.is_in_place}
    if in_place or not there:
        yield from in_place.items()
        return
    counts = Counter(found.block.trace.table for found in there.values())
    ((table, _),) = counts.most_common(1)
    moved = [(index, found.block) for index, found in there.items()
             if found.block.trace.table == table]  # fmt: skip
    numbers = [block.number for _, block in moved]
    for kind, a, b, _, _ in opcodes(numbers, sorted(numbers)):
        yield from moved[a:b] if kind == "equal" else ()


def _is_whole(new: Sequence[Block], fresh: Sequence[Block]) -> bool:
    """Whether these neighbours are paragraphs and whole tables."""
    if not new:
        return True
    first, last = new[0], new[-1]
    return not (
        _is_joined(first, first.number - 1, fresh) or _is_joined(last, last.number + 1, fresh)
    )


def _is_joined(block: Block, beside: int, blocks: Sequence[Block]) -> bool:
    """Whether a row and the block of that number are of one table."""
    if not block.is_row or not 0 <= beside < len(blocks):
        return False
    return blocks[beside].trace.table == block.trace.table
