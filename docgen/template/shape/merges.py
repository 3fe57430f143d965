"""Cells merged downwards whose first cell the data may leave out.

Word takes a cell that goes on with a merge for part of whatever merge stands above it, so it would
stand under the name of another group. In such columns the writer is told where merges begin and
end, and lets a cell begin one that has nothing to go on with.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element
from lxml.etree import _ProcessingInstruction as Instruction

from docgen.template.model.signs import Merge
from docgen.template.model.tags import Tag, TagForm, TagRole, TemplatePart
from docgen.template.read.placing import new_tag
from docgen.template.shape.carriers import columns_of, merge_of
from docgen.template.word.names import TBL, TC_PR, TR, V_MERGE
from docgen.template.word.xml import replace_by

Path = tuple[tuple[Element, int], ...]  # the tags that open blocks, with the number of the branch


class _Cell(NamedTuple):
    """A cell, the column of the grid where it begins, and the blocks around its row."""

    column: int
    element: Element
    path: Path


def keep_merges_apart(part: TemplatePart) -> None:
    """Let no cell go on with a merge that is not its own."""
    tags = {tag.node: tag for tag in part.tags}
    for number, table in enumerate(list(part.root.iter(TBL))):
        columns: dict[int, list[_Cell]] = {}
        for cell in _cells(table, tags):
            columns.setdefault(cell.column, []).append(cell)
        for column, cells in columns.items():
            openers = [tags[node] for node in dict.fromkeys(_doubtful(cells, tags))]
            name = f"{part.file} {number} {column}"
            for opener in openers:
                opener.node.addprevious(_told(part, opener, name, Merge.CLOSED))
            if openers:
                _tell(part, openers[0], name, cells)


def _cells(table: Element, tags: Mapping[Element, Tag]) -> Iterator[_Cell]:
    """The cells of the table's own rows, in each row but those in which tags make cells."""
    path: Path = ()
    for child in table:
        tag = tags.get(child)
        if tag is not None and tag.role is TagRole.OPENS:
            path = (*path, (child, 0))
        elif tag is not None and tag.role is TagRole.MIDDLE and path:
            path = (*path[:-1], (path[-1][0], path[-1][1] + 1))
        elif tag is not None and tag.role is TagRole.ENDS:
            path = path[:-1]
        elif child.tag == TR and not any(isinstance(one, Instruction) for one in child):
            for (column, _), cell in columns_of(child):
                yield _Cell(column, cell, path)


def _doubtful(cells: Sequence[_Cell], tags: Mapping[Element, Tag]) -> Iterator[Element]:
    """The tags of the blocks that may leave out a merge's first cell but not a further one.

    In a loop a further row may go on with what an earlier pass began, as behind `loop.first`; only
    where it has a loop of its own are its rows those of this pass.
    """
    first: _Cell | None = None
    for cell in cells:
        kind = merge_of(cell.element)
        if kind != "continue":
            first = cell if kind else None
        elif first is not None and cell.path[: len(first.path)] != first.path:
            common = zip(first.path, cell.path, strict=False)
            shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], common))
            if _repeats(cell.path[shared:], tags) or not _repeats(cell.path[:shared], tags):
                yield first.path[shared][0]


def _repeats(path: Path, tags: Mapping[Element, Tag]) -> bool:
    return any(tags[node].said.keyword == "for" for node, _ in path)


def _tell(part: TemplatePart, like: Tag, name: str, cells: Sequence[_Cell]) -> None:
    """Let each cell of a column tell the writer whether a merge is open behind it."""
    for cell in cells:
        properties = cell.element.find(TC_PR)
        if properties is None:
            properties = etree.Element(TC_PR)
            cell.element.insert(0, properties)
        merge = properties.find(V_MERGE)
        kind = merge_of(cell.element)
        if merge is not None and kind == "continue":
            replace_by(merge, _told(part, like, name, Merge.CONTINUED))
        else:
            properties.append(_told(part, like, name, Merge.OPEN if kind else Merge.CLOSED))


def _told(part: TemplatePart, like: Tag, name: str, what: Merge) -> Element:
    return new_tag(part, like, repr(f"{name}:{what}"), form=TagForm.MERGE)
