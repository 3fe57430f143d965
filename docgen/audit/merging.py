"""The rows and paragraphs of a report that its workbook gives otherwise now, each with its place.

Three documents are laid beside each other: as printed, as it stands, and made anew. What differs
between the first and the last is the workbook's doing; what differs between the first two is
somebody's, and that is left.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import Final

from docgen.audit.aligning import opcodes
from docgen.audit.locating import Found, Token, located, tokens
from docgen.manifest.blocks import NO_TABLE, Block, Trace
from docgen.template.word.names import SECT_PR, W

# What belongs to other parts of the document.
_TIED: Final = (SECT_PR, f"{W}footnoteReference", f"{W}endnoteReference")


# Its kind, and where it begins and ends as printed and as made anew.
Part = tuple[str, int, int, int, int]


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

    def can_be_made(self, *, force: bool) -> bool:
        """Whether it is known where it is to be made, and nobody's words go with it."""
        return self.at is not None and (force or not self.is_edited)


@dataclass(frozen=True, slots=True)
class Segment:
    """Some blocks as they were printed, where they stand, and as they would be printed now.

    `change` is what is to be done about the difference; None where there is none, or where
    somebody has done it by hand.
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
    one, other = tokens(printed, [block.trace for block in fresh], names)
    traces = [block.trace for block in fresh]
    parts = list(_widened(_parts(one, other), printed, traces))
    work = _Merging(located(printed, page, touched), page, fresh, parts)
    return [
        Segment(
            tuple(printed[a:b]), tuple(work.found[a:b]), tuple(fresh[c:d]), kind == "equal",
            None if kind == "equal" else work.change(kind, a, b, c, d),
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
            if kind != "other"
            for step in range(b - a)
        }

    def change(self, kind: str, a: int, b: int, c: int, d: int) -> Change | None:
        """What is to be done on the page; None where somebody has done it already."""
        found, new = self.found[a:b], tuple(self._fresh[c:d])
        there = [one for one in found if one is not None]
        if b > a and not there and (kind == "words" or not new):
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
                found = self._counterpart.get(index)
                if found is not None and found.is_in_place and found.block.is_row:
                    return found.block, spot
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


def _parts(one: Sequence[Token], other: Sequence[Token]) -> Iterator[Part]:
    """What is "equal", what are the same blocks in "other words", and what is "other" altogether.

    Rows come and go one by one; paragraphs only together with those that they stand for.
    """
    for kind, a, b, c, d in opcodes(one, other):
        if kind == "equal":
            yield kind, a, b, c, d
            continue
        marks = [[token.mark or f"{sign}{index}" for index, token in enumerate(some)]
                 for sign, some in (("<", one[a:b]), (">", other[c:d]))]  # fmt: skip
        for same, i, j, k, m in opcodes(*marks):
            if same == "equal":
                for step in range(j - i):
                    yield "words", a + i + step, a + i + step + 1, c + k + step, c + k + step + 1
            else:
                yield from _apart(one, other, (a + i, a + j, c + k, c + m))


def _widened(parts: Iterable[Part], one: Sequence[Trace], other: Sequence[Trace]) -> Iterator[Part]:
    """The parts, of which those with paragraphs begin and end in the midst of no table."""
    done: list[Part] = []
    left = deque(parts)
    while left:
        kind, a, b, c, d = left.popleft()
        if kind == "other" and any(trace.table == NO_TABLE for trace in (*one[a:b], *other[c:d])):
            while _cuts(one, a) or _cuts(other, c):
                before, start, end, begin, last = done.pop()
                step = end - start if before == "other" else 1
                a, c = a - step, c - (last - begin if before == "other" else 1)
                if a > start:
                    done.append((before, start, a, begin, c))
            while _cuts(one, b) or _cuts(other, d):
                behind, start, end, begin, last = left.popleft()
                step = end - start if behind == "other" else 1
                b, d = b + step, d + (last - begin if behind == "other" else 1)
                if end > b:
                    left.appendleft((behind, b, end, d, last))
        done.append((kind, a, b, c, d))
    yield from done


def _cuts(traces: Sequence[Trace], index: int) -> bool:
    """Whether the blocks before and behind this number are of one table."""
    if not 0 < index < len(traces):
        return False
    return NO_TABLE != traces[index].table == traces[index - 1].table


def _apart(
    one: Sequence[Token], other: Sequence[Token], where: tuple[int, int, int, int]
) -> Iterator[Part]:
    """Blocks that have nothing in common: rows one by one, but a whole table at once."""
    start, end, begin, last = where
    if not all(token.is_row for token in (*one[start:end], *other[begin:last])):
        yield "other", start, end, begin, last
        return
    index = start
    for table, rows in groupby(one[start:end], key=lambda token: token.table):
        count = len(list(rows))
        is_whole = count == sum(token.table == table for token in one)
        for _ in range(1 if is_whole else count):
            step = count if is_whole else 1
            yield "other", index, index + step, begin, begin
            index += step
    if begin < last:
        yield "other", end, end, begin, last
