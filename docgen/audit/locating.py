"""The blocks of a report as they were printed, found again on the page of today."""

import math
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import Final, NamedTuple

from docgen.audit.aligning import opcodes
from docgen.manifest.blocks import NO_TABLE, Block, Trace
from docgen.template.word.names import COMMENT_REFERENCE, SECT_PR, W
from workbook.catalogue.findings import AUTHOR

# What somebody may have added to a block without changing a word of it; a refresh tracks changes.
_ADDED: Final = (COMMENT_REFERENCE, f"{W}footnoteReference", f"{W}endnoteReference", f"{W}ins",
                 f"{W}del", SECT_PR)  # fmt: skip
_DRAWN: Final = (f"{W}drawing", f"{W}pict", f"{W}object")


@dataclass(frozen=True, slots=True)
class Found:
    """A printed block on the page: whether nobody has edited it, and whether it was not moved."""

    block: Block
    is_ours: bool
    is_in_place: bool = True


class Token(NamedTuple):
    """By what blocks of two documents are the same: words, first figure, and a table's number."""

    words: str
    mark: str
    table: str
    is_row: bool


class Likeness(Enum):
    """How a part of one document is like that of another: the same, but for words, not at all."""

    SAME = "same"
    WORDS = "words"
    OTHER = "other"


# Where a part begins and ends in one document and in the other.
Part = tuple[Likeness, int, int, int, int]


def tokens(
    old: Sequence[Trace], new: Sequence[Trace], names: Mapping[str, str]
) -> tuple[list[Token], list[Token]]:
    """Both documents' blocks by what they have in common; `names` leads from marks to marks.

    A row is only the same in the same table; of tables those with most figures in common are.
    """
    same = same_tables(old, new, names)
    before = {table: str(other) for table, other in same.items()}
    behind = {other: str(other) for other in same.values()}
    return (
        _tokens(old, {one.mark: names.get(one.mark, f"-{one.mark}") for one in old}, before, "-"),
        _tokens(new, {one.mark: one.mark for one in new}, behind, "+"),
    )


def _tokens(
    traces: Sequence[Trace], names: Mapping[str, str], tables: Mapping[int, str], sign: str
) -> list[Token]:
    called = {**_called(traces, sign), **tables}
    return [
        Token(
            one.words,
            names[one.mark] if one.mark else "",
            called.get(one.table, ""),
            one.table != NO_TABLE,
        )
        for one in traces
    ]


def _called(traces: Sequence[Trace], sign: str) -> dict[int, str]:
    """What tables without a counterpart are called: by all of their words, if without figures."""
    words: dict[int, list[str]] = {}
    marked = {one.table for one in traces if one.mark}
    for one in traces:
        if one.table != NO_TABLE:
            words.setdefault(one.table, []).append(one.words)
    return {
        table: f"{sign}{table}" if table in marked else "".join(some)
        for table, some in words.items()
    }


def same_tables(
    old: Sequence[Trace], new: Sequence[Trace], names: Mapping[str, str]
) -> dict[int, int]:
    """Of each table the one that has the most marks in common with it.

    Those are of figures, and where there were none left for rows, one of the table.
    """
    marked = {one.mark: one.table for one in new if one.mark}
    of_tables = {one.of_table: one.table for one in reversed(new) if one.of_table}
    votes = Counter(
        (one.table, marked[names[one.mark]])
        for one in old
        if one.mark in names and names[one.mark] in marked and one.table != NO_TABLE
    )
    votes.update((one.table, of_tables[one.of_table]) for one in old if one.of_table in of_tables)
    same: dict[int, int] = {}
    for (table, other), _ in votes.most_common():
        if other != NO_TABLE and table not in same and other not in same.values():
            same[table] = other
    return same


def located(
    printed: Sequence[Trace], page: Sequence[Block], touched: Collection[str]
) -> list[Found | None]:
    """Where each printed block stands now, None for one that is gone or cannot be told.

    `touched` are the marks of figures that somebody has retyped or copied.
    """
    names = {trace.mark: trace.mark for trace in printed}
    one, other = tokens(printed, [block.trace for block in page], names)
    found: list[Found | None] = [None] * len(printed)
    for kind, a, b, c, d in opcodes(one, other):
        if kind == "equal":
            for index, block in zip(range(a, b), page[c:d], strict=True):
                found[index] = Found(block, _is_ours(block, touched))
        elif kind == "replace" and b - a == d - c:
            for index, block in zip(range(a, b), page[c:d], strict=True):
                if not (printed[index].mark or block.trace.mark):
                    found[index] = Found(block, is_ours=False)
    by_mark = {mark: block for block in page for mark in block.marks}
    moved = _moved(one, other, found)
    behind = _next_in_place(found)
    last = -1
    for index, trace in enumerate(printed):
        there = found[index]
        if there is None and trace.mark in by_mark:
            block = by_mark[trace.mark]
            is_same = block.trace[:2] == trace[:2] and _is_ours(block, touched)
            is_in_order = last < block.number < behind[index]
            there = found[index] = Found(block, is_same, is_in_order)
        elif there is None and index in moved:
            block = page[moved[index]]
            is_in_order = last < block.number < behind[index]
            there = found[index] = Found(block, _is_ours(block, touched), is_in_order)
        if there is not None and there.is_in_place:
            last = there.block.number
    return found


def _moved(
    one: Sequence[Token], other: Sequence[Token], found: Sequence[Found | None]
) -> dict[int, int]:
    """The rows without a mark that stand elsewhere in the order, in the same table, once."""
    taken = {there.block.number for there in found if there is not None}
    lost = _once(one, [index for index, there in enumerate(found) if there is None])
    spare = _once(other, [index for index in range(len(other)) if index not in taken])
    return {index: spare[token] for token, index in lost.items() if token in spare}


def _once(tokens: Sequence[Token], numbers: Sequence[int]) -> dict[Token, int]:
    """The rows without a mark that are like no other of these, with their numbers."""
    rows = [number for number in numbers if tokens[number].is_row and not tokens[number].mark]
    counts = Counter(tokens[number] for number in rows)
    return {tokens[number]: number for number in rows if counts[tokens[number]] == 1}


def _next_in_place(found: Sequence[Found | None]) -> list[float]:
    """Of each printed block, the number of the next found one behind it; infinity behind all."""
    numbers: list[float] = []
    following = math.inf
    for one in reversed(found):
        numbers.append(following)
        following = following if one is None else one.block.number
    return numbers[::-1]


def _is_ours(block: Block, touched: Collection[str]) -> bool:
    """Whether a block that reads as it was printed has nothing of somebody else's in it.

    A picture may be ours or not: only a chart is known by its mark.
    """
    if any(mark in touched for mark in block.marks):
        return False
    if any(one.get(f"{W}author") not in AUTHOR for one in block.element.iter(*_ADDED)):
        return False
    is_drawn = next(block.element.iter(*_DRAWN), None) is not None
    return not is_drawn or any(
        one.get(f"{W}name", "").startswith("_gjchart")
        for one in block.element.iter(f"{W}bookmarkStart")
    )


def parted(
    one: Sequence[Trace], other: Sequence[Trace], names: Mapping[str, str]
) -> Iterator[Part]:
    """Two documents in parts, in order.

    Rows come and go one by one, or as a whole table; paragraphs only together with those that they
    stand for. A part with paragraphs begins and ends in the midst of no table.
    """
    yield from _widened(_parts(*tokens(one, other, names)), one, other)


def _parts(one: Sequence[Token], other: Sequence[Token]) -> Iterator[Part]:
    """The parts, of which some may begin in the midst of a table."""
    sizes = Counter(token.table for token in one if token.is_row)
    for kind, a, b, c, d in opcodes(one, other):
        if kind == "equal":
            yield Likeness.SAME, a, b, c, d
            continue
        marks = [[token.mark or f"{sign}{index}" for index, token in enumerate(some)]
                 for sign, some in (("<", one[a:b]), (">", other[c:d]))]  # fmt: skip
        for same, i, j, k, m in opcodes(*marks):
            if same == "equal":
                for step in range(j - i):
                    x, y = a + i + step, c + k + step
                    yield Likeness.WORDS, x, x + 1, y, y + 1
            else:
                yield from _apart(one, other, (a + i, a + j, c + k, c + m), sizes)


def _widened(parts: Iterable[Part], one: Sequence[Trace], other: Sequence[Trace]) -> Iterator[Part]:
    """The parts, of which those with paragraphs begin and end in the midst of no table."""
    done: list[Part] = []
    left = deque(parts)
    while left:
        kind, a, b, c, d = left.popleft()
        if kind is Likeness.OTHER and any(
            trace.table == NO_TABLE for trace in (*one[a:b], *other[c:d])
        ):
            while _cuts(one, a) or _cuts(other, c):
                before, start, end, begin, last = done.pop()
                step = end - start if before is Likeness.OTHER else 1
                a, c = a - step, c - (last - begin if before is Likeness.OTHER else 1)
                if a > start:
                    done.append((before, start, a, begin, c))
            while _cuts(one, b) or _cuts(other, d):
                behind, start, end, begin, last = left.popleft()
                step = end - start if behind is Likeness.OTHER else 1
                b, d = b + step, d + (last - begin if behind is Likeness.OTHER else 1)
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
    one: Sequence[Token],
    other: Sequence[Token],
    where: tuple[int, int, int, int],
    sizes: Mapping[str, int],
) -> Iterator[Part]:
    """Blocks that have nothing in common: rows one by one, but a whole table at once.

    `sizes` are how many rows each table of the first document has.
    """
    start, end, begin, last = where
    if not all(token.is_row for token in (*one[start:end], *other[begin:last])):
        yield Likeness.OTHER, start, end, begin, last
        return
    index = start
    for table, rows in groupby(one[start:end], key=lambda token: token.table):
        count = len(list(rows))
        is_whole = count == sizes[table]
        for _ in range(1 if is_whole else count):
            step = count if is_whole else 1
            yield Likeness.OTHER, index, index + step, begin, begin
            index += step
    if begin < last:
        yield Likeness.OTHER, end, end, begin, last
