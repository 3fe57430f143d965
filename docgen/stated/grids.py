"""The rows of a Word table as a grid: merged cells stand in each column and row that they cover."""

from collections.abc import Sequence
from dataclasses import dataclass

from docgen.stated.outline import Line, Span
from workbook.stated.cells import is_figure
from workbook.stated.folded import CELL


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
