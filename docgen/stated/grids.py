"""The rows of a Word table as a grid: merged cells stand in each column and row that they cover."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docgen.stated.outline import Line, Span
from workbook.stated.folded import CELL, fold
from workbook.stated.tables.heads import is_figure


@dataclass(frozen=True, slots=True)
class Grid:
    """Words by row and column, and the cell of its row that stands in each column."""

    rows: Sequence[Sequence[str]]
    cells: Sequence[Sequence[int]]


def grid(lines: Sequence[Line]) -> Grid:
    """The grid of a table's lines, one row a line.

    A figure in a cell that goes over two rows is the first row's alone: it is not said twice.
    """
    rows: list[list[str]] = []
    cells: list[list[int]] = []
    for line in lines:
        words: list[str] = []
        numbers: list[int] = []
        texts = line.folded.text.split(CELL)
        spans = line.spans if len(line.spans) == len(texts) else [Span()] * len(texts)
        for number, (text, span) in enumerate(zip(texts, spans, strict=True)):
            above = rows[-1][len(words)] if rows and len(words) < len(rows[-1]) else ""
            shown = above if span.is_below and not text and not is_figure(above) else text
            words += [shown] * span.width
            numbers += [number] * span.width
        rows.append(words)
        cells.append(numbers)
    return Grid(rows, cells)


class Cell(NamedTuple):
    """A cell of a row: its words, where they stand in the line's text, and the columns it takes.

    In the row 基本支出, 195.49 the second is `Cell("195.49", 5, 1, 1, is_below=False)`.
    """

    words: str
    start: int
    column: int
    width: int
    is_below: bool

    @property
    def end(self) -> int:
        """Where the words end in the line's text."""
        return self.start + len(self.words)

    @property
    def text(self) -> str:
        """The words as they are compared."""
        return fold(self.words).text


def cells_of(line: Line) -> list[Cell]:
    """The cells of a row."""
    made: list[Cell] = []
    texts = line.text.split(CELL)
    spans = line.spans if len(line.spans) == len(texts) else [Span()] * len(texts)
    start = column = 0
    for text, span in zip(texts, spans, strict=True):
        words = text.strip()
        first = start + text.index(words)
        made.append(Cell(words, first, column, span.width, span.is_below))
        start, column = start + len(text) + 1, column + span.width
    return made


def below(head: Sequence[Cell], row: Sequence[Cell]) -> Mapping[int, Cell]:
    """The cell of a row below each cell of a head, by the number of the head's cell.

    Rows of as many cells as the head go cell by cell. Of any other row a cell counts that takes
    the same columns as one of the head, or more columns of which the head says nothing.
    """
    if len(head) == len(row):
        return dict(enumerate(row))
    if _width(head) != _width(row):
        return {}
    made: dict[int, Cell] = {}
    for cell in row:
        over = [n for n, one in enumerate(head) if one.words and _overlap(one, cell)]
        if len(over) == 1 and _holds(cell, head[over[0]]):
            made[over[0]] = cell
    return made


def joined(top: Sequence[Cell], sub: Sequence[Cell]) -> list[tuple[str, Cell]]:
    """The words that stand above each cell of a head's second row, as they are compared."""
    made: list[tuple[str, Cell]] = []
    for cell in sub:
        over = [one for one in top if one.column <= cell.column < one.column + one.width]
        if over and not over[0].words and cell.words:  # merged without a mark of it
            over = [one for one in top if one.words and one.column <= cell.column][-1:]
        made.append((over[0].text if over else "", cell))
    return made


def _overlap(one: Cell, other: Cell) -> bool:
    return one.column < other.column + other.width and other.column < one.column + one.width


def _holds(one: Cell, other: Cell) -> bool:
    """Whether a cell takes all columns of another."""
    last = other.column + other.width
    return one.column <= other.column and last <= one.column + one.width


def _width(cells: Sequence[Cell]) -> int:
    return sum(cell.width for cell in cells)
