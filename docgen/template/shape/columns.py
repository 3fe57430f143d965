"""Columns whose number the data decide: the cells that reach over them become as wide as they are.

`{%tc for y in 年度 %}` takes, with its end, three columns of the template and makes any number of
them. A row without a loop of its own, such as a merged heading, is told how many.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element
from lxml.etree import _ProcessingInstruction as Instruction

from docgen.template.model.signs import Signal
from docgen.template.model.tags import SIGNAL_NODE, Tag, TagBlock, TagScope, TemplatePart
from docgen.template.shape.carriers import columns_of
from docgen.template.word.names import GRID_SPAN, TBL, TC, TC_PR, TR, VAL, W
from docgen.template.word.xml import nearest

_BEFORE: Final = f"{W}trPr/{W}gridBefore"
_AFTER: Final = f"{W}trPr/{W}gridAfter"
_GRID_COLUMNS: Final = f"{W}tblGrid/{W}gridCol"

Region = tuple[int, int]  # the columns of the template from the first up to one behind the last


def note_columns(tags: Iterable[Tag]) -> None:
    """Let each tag that stands for a cell know the columns of it, while all cells are there."""
    known: dict[Element, dict[Element, Region]] = {}
    for tag in tags:
        cell = nearest(tag.node, TC) if tag.said.scope is TagScope.CELL else None
        row = None if cell is None else nearest(cell, TR)
        if cell is None or row is None:
            continue
        if row not in known:
            known[row] = {one: span for span, one in columns_of(row)}
        tag.columns = known[row].get(cell, (0, 0))


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
            first.node.addprevious(_node(Signal.COLUMNS_START, region))
            last.node.addnext(_node(Signal.COLUMNS_END))
    tags = {tag.node: tag for tag in part.tags}
    for table, regions in varying.items():
        for row in table.iterchildren(TR):
            _follow(row, regions, part, tags)


def _follow(
    row: Element,
    regions: Mapping[Region, TagBlock],
    part: TemplatePart,
    tags: Mapping[Element, Tag],
) -> None:
    """Let the cells of `row`, and what stands empty beside them, follow the regions below them."""
    cells = list(_columns_of(row, tags))
    if not any(isinstance(child, Instruction) for child in row):
        _must_not_shift(cells, regions, part)
    own = {tag.columns[0] for child in row if (tag := tags.get(child)) and tag.columns[1]}
    for cell, inside in _followed(cells, [one for one in regions if one[0] not in own]):
        _stretch(cell.find(f"{TC_PR}/{GRID_SPAN}"), inside)
    table = nearest(row, TBL)
    grid = 0 if table is None else len(table.findall(_GRID_COLUMNS))
    before, behind = (0, cells[0][0][0] if cells else 0), (cells[-1][0][1] if cells else grid, grid)
    for edge, columns in ((_BEFORE, before), (_AFTER, behind)):
        _stretch(row.find(edge), [one for one in regions if _common(one, columns) == _width(one)])


def _columns_of(row: Element, tags: Mapping[Element, Tag]) -> Iterator[tuple[Region, Element]]:
    """The cells of `row` with their columns of the template, those that tags took counted."""
    moved = 0
    taken = [tag.columns for child in row if (tag := tags.get(child)) and tag.columns[1]]
    for (start, end), cell in columns_of(row):
        while taken and taken[0][0] <= start + moved:
            moved += taken[0][1] - taken[0][0]
            taken.pop(0)
        yield (start + moved, end + moved), cell


def _must_not_shift(
    cells: Sequence[tuple[Region, Element]], regions: Mapping[Region, TagBlock], part: TemplatePart
) -> None:
    """Note each condition over columns that would move others under the cells of a row."""
    edges = {edge for span, _ in cells for edge in span}
    for (start, end), block in regions.items():
        if any(start < edge < end for edge in edges) and _moves_others(block):
            first, last = block.tags[0], block.tags[-1]
            part.fault("shifted-cells", first, **last.as_other())


def _followed(
    cells: Sequence[tuple[Region, Element]], regions: Iterable[Region]
) -> Iterator[tuple[Element, list[Region]]]:
    """The cells that span columns, with the regions that each of them is to follow.

    Where the edge between two cells lies in a region, the one that covers more of it follows.
    """
    followed: dict[Element, list[Region]] = {}
    starts = [span[0] for span, _ in cells]
    for region in regions:
        near = cells[max(bisect_right(starts, region[0]) - 1, 0) : bisect_left(starts, region[1])]
        common = [(_common(region, span), cell) for span, cell in near]
        spanning = [one for one in common if one[1].find(f"{TC_PR}/{GRID_SPAN}") is not None]
        widest, cell = max(spanning, key=itemgetter(0), default=(0, None))
        if cell is not None and widest and sum(width for width, _ in common) == _width(region):
            followed.setdefault(cell, []).append(region)
    yield from followed.items()


def _common(one: Region, other: Region) -> int:
    return max(min(one[1], other[1]) - max(one[0], other[0]), 0)


def _width(region: Region) -> int:
    return region[1] - region[0]


def _stretch(span: Element | None, inside: Sequence[Region]) -> None:
    """Let what `span` says grow by the columns of the regions `inside` it, which vary."""
    if span is not None and inside:
        span.set(VAL, str(int(span.get(VAL, "1")) - sum(map(_width, inside))))
        span.addprevious(_node(Signal.STRETCH, *inside))


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


def _node(signal: Signal, *regions: Region) -> Element:
    """A signal that names regions, each by its first column of the template."""
    said = "_".join(str(start) for start, _ in regions)
    return etree.ProcessingInstruction(
        SIGNAL_NODE, f"{signal.name}__{said}" if said else signal.name
    )
