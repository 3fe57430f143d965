"""Columns whose number the data decide: the cells that reach over them become as wide as they are.

`{%tc for y in 年度 %}` takes, with its end, three columns of the template and makes any number of
them. A row without a loop of its own, such as a merged heading, is told how many.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from lxml import etree
from lxml.etree import _Element as Element
from lxml.etree import _ProcessingInstruction as Instruction

from docgen.template.model.signs import Signal
from docgen.template.model.tags import SIGNAL_NODE, Tag, TagBlock, TagScope, TemplatePart
from docgen.template.shape.carriers import columns_of
from docgen.template.word.names import GRID_SPAN, TBL, TC, TC_PR, TR, VAL
from docgen.template.word.xml import nearest

Region = tuple[int, int]  # the columns of the template from the first up to one behind the last


def note_columns(tags: Iterable[Tag]) -> None:
    """Let each tag that stands for a cell know the columns of it, while all cells are there."""
    for tag in tags:
        cell = nearest(tag.node, TC) if tag.said.scope is TagScope.CELL else None
        row = None if cell is None else nearest(cell, TR)
        if row is not None:
            own = (span for span, one in columns_of(row) if one is cell)
            tag.columns = next(own, (0, 0))


def follow_columns(part: TemplatePart, blocks: Sequence[TagBlock]) -> None:
    """Let the cells that reach over varying columns follow them; a fault where none can."""
    varying: dict[Element, dict[Region, TagBlock]] = {}
    for block in blocks:
        first, last = block.tags[0], block.tags[-1]
        table = nearest(first.node, TBL)
        if (
            first.said.scope is TagScope.CELL
            and block.keyword in ("for", "if")
            and table is not None
        ):
            region = (first.columns[0], last.columns[1])
            varying.setdefault(table, {})[region] = block
            first.node.addprevious(_node(Signal.COLUMNS_START))
            last.node.addnext(_node(Signal.COLUMNS_END))
    for table, regions in varying.items():
        for row in _fixed_rows(table, regions.values()):
            _follow(row, regions, part)


def _fixed_rows(table: Element, blocks: Iterable[TagBlock]) -> Iterator[Element]:
    """The rows of `table` without columns that vary in themselves."""
    with_blocks = {tag.node.getparent() for block in blocks for tag in block.tags}
    for row in table.iterchildren(TR):
        if row not in with_blocks and not any(isinstance(child, Instruction) for child in row):
            yield row


def _follow(row: Element, regions: dict[Region, TagBlock], part: TemplatePart) -> None:
    cells = list(columns_of(row))
    edges = {edge for span, _ in cells for edge in span}
    for (start, end), block in regions.items():
        if any(start < edge < end for edge in edges) and _moves_others(block):
            first, last = block.tags[0], block.tags[-1]
            other = f"{last.text}({last.where.within()})"
            part.fault("shifted-cells", first, other=other)
    for (start, end), cell in cells:
        inside = [one for one in regions if start <= one[0] and one[1] <= end]
        span = cell.find(f"{TC_PR}/{GRID_SPAN}")
        if span is not None and len(inside) == len(regions):
            taken = sum(behind - before for before, behind in inside)
            span.set(VAL, str(end - start - taken))
            span.addprevious(_node(Signal.STRETCH))


def _moves_others(block: TagBlock) -> bool:
    """Whether a condition over cells moves those behind it where it does not hold."""
    is_followed = next(block.tags[-1].node.itersiblings(TC), None) is not None
    return block.keyword == "if" and len(block.tags) == 2 and is_followed


def shifts(nodes: Sequence[Element]) -> bool:
    """Whether the cells behind a block in a row may come to stand in other columns."""
    if nodes[0].getparent() is None or next(nodes[-1].itersiblings(TC), None) is None:
        return False
    counts = {_cells_between(first, second) for first, second in pairwise(nodes)}
    return len(nodes) == 2 or len(counts) > 1


def _cells_between(first: Element, second: Element) -> int:
    behind = set(second.itersiblings(TC))
    return sum(1 for cell in first.itersiblings(TC) if cell not in behind)


def _node(signal: Signal) -> Element:
    return etree.ProcessingInstruction(SIGNAL_NODE, signal.name)
