"""Figures without a mark: of long tables, found by row and column, and somebody's own."""

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from docgen.audit.judging import Audited, State
from docgen.audit.merging import Segment
from docgen.manifest.blocks import Block
from docgen.manifest.lines import Line
from docgen.manifest.page import NUMBERING
from docgen.manifest.reading import Printed

_OF_NUMBERS: Final = tuple("0123456789.,，")


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in a row or paragraph that has no mark for it: its line, and the letters around it.

    Other figures of the line may have marks; each stands among the letters as one sign.

    `Cell(figure, 1, "", "万元", False)` is the 0.03 in the row `统战工作经费 | 0.03万元`.
    """

    figure: Printed
    line: int
    before: str
    behind: str
    has_neighbours: bool


Told = Mapping[int, Container[str]]  # numbers by the identity of their line
WRITTEN: Final = re.compile(rf"(?!{NUMBERING})\d[\d,]*(?:\.\d+)?")
# What numbers a paragraph or a piece of one: 2. before a digit is a decimal's, but for a year.
_ORDINAL: Final = re.compile(
    r"(?:^|(?<=[；;。：:\s]))\s*"
    rf"(?:[(（]\d{{1,3}}[)）]|\d{{1,3}}[)）、]|\d{{1,3}}[.．](?!\d)|{NUMBERING})"
)


def written_in(
    lines: Sequence[Line], anew: Sequence[Line], told: Told
) -> Iterator[tuple[Line, str]]:
    """The figures that somebody wrote into a report, each with its paragraph.

    Those of a line that are `told` of already are none; the same number in another line is one.
    They have no cell and so nothing to be held against. What the report made anew prints outside
    its marks too, such as a year in a heading, is the template's.
    """
    left = Counter(number for line in anew for number in WRITTEN.findall(line.words))
    known = {line.words for line in anew}
    left -= Counter(n for one in lines if one.words in known for n in WRITTEN.findall(one.words))
    for line in lines:
        words = _ORDINAL.sub(" ", line.words)
        for number in () if line.words in known else WRITTEN.findall(words):
            if number not in told.get(id(line), ()) and not left[number]:
                yield line, number
            left[number] -= left[number] > 0


def unmarked(
    fresh: Sequence[Block],
    every: Sequence[Block],
    figures: Mapping[str, Printed],
    segments: Sequence[Segment],
    page: Sequence[Block],
) -> Iterator[Audited]:
    """The state of each figure that has a mark in `every` alone.

    `fresh` and `every` are the blocks of the report made anew, as Word gets it and with a mark at
    each figure. What was printed there is not listed: a row that reads as it was printed tells.
    """
    rows = _Rows(segments, page, fresh)
    for block, marked in zip(fresh, every, strict=True):
        if cells := list(_cells(block, marked, figures)):
            copies = rows.copies_of(block, cells)
            found = copies or (rows.row_of(block, cells),)
            for row in found:
                for one in _judged(cells, row, rows):
                    yield replace(one, state=State.DOUBLED) if copies else one


def same_rows(
    fresh: Sequence[Block],
    every: Sequence[Block],
    figures: Mapping[str, Printed],
    segments: Sequence[Segment],
    page: Sequence[Block],
) -> Iterator[tuple[Block, Block]]:
    """The rows of `fresh` with such figures, each with the row of the page that shows it."""
    rows = _Rows(segments, page, fresh)
    for block, marked in zip(fresh, every, strict=True):
        cells = list(_cells(block, marked, figures))
        row = rows.row_of(block, cells) if cells else None
        if row is not None:
            yield block, row


def _cells(block: Block, marked: Block, figures: Mapping[str, Printed]) -> Iterator[Cell]:
    known = set(block.marks)
    for number, (line, own) in enumerate(zip(marked.lines, block.lines, strict=True)):
        marks = [mark for mark in own.marks if mark[0] in known]
        spans = {(start, end) for _, start, end in marks}
        for name, start, end in line.marks:
            if name in figures and (start, end) not in spans:
                before, behind = _beside(own, marks, start, end)
                yield Cell(figures[name], number, before, behind, len(line.marks) > 1)


def _beside(
    line: Line, marks: Sequence[tuple[str, int, int]], start: int, end: int
) -> tuple[str, str]:
    """The letters on both sides of a figure, without the figures there that have marks."""
    left = [one for one in marks if one[2] <= start]
    right = [(name, a - end, b - end) for name, a, b in marks if a >= end]
    before = Line(line.where, line.element, line.text[:start]).without(left)
    return before, Line(line.where, line.element, line.text[end:]).without(right)


class _Rows:
    """The rows of the page that may hold such figures, by the texts in them."""

    def __init__(
        self, segments: Sequence[Segment], page: Sequence[Block], fresh: Sequence[Block]
    ) -> None:
        pairs = [pair for one in segments if one.is_same
                 for pair in zip(one.found, one.now, strict=True)]  # fmt: skip
        self._same = {block.number: found for found, block in pairs if found is not None}
        own = _tables(page) if segments else {}  # another template's marks are of other tables
        self._marked = {
            table: own[mark] for mark, (table, *_) in _tables(fresh).items() if mark in own
        }
        self._tables = {
            block.trace.table: found.block.trace.table for found, block in pairs if found
        } | {table: first for table, (first, *_) in self._marked.items()}
        found = (one for segment in segments for one in segment.found if one is not None)
        self.ours = {one.block.number for one in found if one.is_ours}
        self._taken = {one.block.number for one in self._same.values() if one.is_ours}
        self._by_mark: dict[str, list[Block]] = {}
        self._by_word: dict[str, dict[int, Block]] = {}
        for row in page:
            for mark in row.marks:
                self._by_mark.setdefault(mark, []).append(row)
            if row.is_row and not row.marks:
                for word in {line.text.strip() for line in row.lines}:
                    self._by_word.setdefault(word, {})[row.number] = row

    def row_of(self, block: Block, cells: Sequence[Cell]) -> Block | None:
        """The row of the page that shows a row of the report made anew; None where none does."""
        same = self._same.get(block.number)
        if same is not None and same.is_ours:
            return same.block
        table = self._tables.get(block.trace.table)
        fit = [row for row in self._named(cells) if row.number not in self._taken]
        fit = [row for row in fit if table in {None, row.trace.table}]
        if len(fit) == 1:
            return fit[0]
        return same.block if same is not None else None

    def copies_of(self, block: Block, cells: Sequence[Cell]) -> Sequence[Block | None]:
        """The rows that show it where there are several: all with its marks, or its table's."""
        same = self._same.get(block.number)
        if same is not None and same.block.marks:
            rows = self._by_mark[same.block.marks[0]]
            return rows if len(rows) > 1 else ()
        tables = self._marked.get(block.trace.table, ())
        if len(tables) < 2:
            return ()
        rows = [row for row in self._named(cells) if row.trace.table in tables]
        return rows if len({row.trace.table for row in rows}) == len(rows) > 1 else ()

    def _named(self, cells: Sequence[Cell]) -> list[Block]:
        """The rows in which all texts stand that a row is known by, each in a cell of its own."""
        words = {one.figure.text for one in cells if _names(one)}
        rows = sorted((self._by_word.get(word, {}) for word in words), key=len)
        return [
            row for number, row in (rows[0].items() if rows else ())
            if all(number in others for others in rows)
        ]  # fmt: skip


def _tables(blocks: Sequence[Block]) -> dict[str, tuple[int, ...]]:
    """The tables that bear marks, in order: more than one where somebody has copied it."""
    found: dict[str, dict[int, None]] = {}
    for block in blocks:
        if block.trace.of_table:
            found.setdefault(block.trace.of_table, {})[block.trace.table] = None
    return {mark: tuple(tables) for mark, tables in found.items()}


def _names(cell: Cell) -> bool:
    """Whether a cell holds one of the texts that its row is known by, and nothing else."""
    text = cell.figure.text
    return bool(text) and not cell.before + cell.behind and f"/{text}/" in f"/{cell.figure.key}/"


def _judged(cells: Sequence[Cell], row: Block | None, rows: _Rows) -> Iterator[Audited]:
    for one in cells:
        current = one.figure.text
        if row is None or one.line >= len(row.lines):
            yield Audited(State.LOST, one.figure, None, None, current, current, one.figure.exact)
            continue
        line = row.lines[one.line]
        printed = _printed(line.without(mark for mark in line.marks if mark[0] in row.marks), one)
        is_ours = row.number in rows.ours
        state = State.STALE if is_ours else State.EDITED
        if printed == current:
            state = State.OK
        yield Audited(state, one.figure, line, printed, printed if is_ours else current, current)


def _printed(text: str, cell: Cell) -> str:
    """What stands in the place of a figure, without the words and figures around it.

    `text` is that of its line, without the figures there that have marks.

    A cell may hold two: where the other has changed, this one is known by its own text.
    """
    value = cell.figure.text
    if text.startswith(cell.before) and text.endswith(cell.behind):
        return text[len(cell.before) : len(text) - len(cell.behind)]
    is_first = not cell.before
    is_there = text.startswith(value) if is_first else text.endswith(value)
    rest = text[len(value) :][:1] if is_first else text[: -len(value)][-1:]
    is_longer = (value[-1:] if is_first else value[:1]).isdigit() and rest in _OF_NUMBERS
    return value if value and is_there and cell.has_neighbours and not is_longer else text
