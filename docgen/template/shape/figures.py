"""Where figures stand: their tags brought into runs of their own, to be marked when printed.

A figure outside table rows that loop is marked by itself, a row that a loop repeats at its start.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element
from lxml.etree import _ProcessingInstruction as Instruction

from docgen.template.model.names import FALLBACK, P_PR, TBL, TC, TR, P, R, T
from docgen.template.read.scan import Found
from docgen.template.read.splice import Tag, new_tag
from docgen.template.read.tree import hoist, nearest
from docgen.template.shape.blocks import ENDS, is_opener
from docgen.template.shape.lift import Frame, frame

FIGURE, ROW = "figure", "row"
MARK_SCOPES: Final = frozenset((FIGURE, ROW))


def find_figures(root: Element, tags: list[Tag]) -> dict[int, Frame]:
    """The frames of the tags that print figures; the tags now say that they do."""
    frames: dict[int, Frame] = {}
    rows: dict[Element, Tag] = {}
    for tag, loops in list(_printing(root, tags)):
        row = _looped_row(tag.node, loops)
        if row is not None:
            rows.setdefault(*row)
        elif (run := nearest(tag.node, R)) is not None and tag.node.getparent().tag == T:  # type: ignore[union-attr]
            parent = run.getparent()
            if parent is None or nearest(tag.node, FALLBACK) is not None:
                continue
            frames[tag.number] = frame(tag.node, run)
            hoist(tag.node, parent)
            tags[tag.number] = replace(tag, found=replace(tag.found, scope=FIGURE))
    for row_element, loop in rows.items():
        _mark_row(row_element, loop, tags)
    return frames


def _printing(root: Element, tags: list[Tag]) -> Iterator[tuple[Tag, list[Tag]]]:
    """The tags that print plainly, each with the loops around it, outermost first."""
    openers: list[Tag] = []
    for node in root.iter(etree.ProcessingInstruction):
        tag = tags[int(node.text or 0)]
        if tag.found.kind == "output" and not tag.found.scope:
            yield tag, [opener for opener in openers if opener.found.keyword == "for"]
        elif tag.found.kind == "block" and is_opener(tag):
            openers.append(tag)
        elif tag.found.kind == "block" and tag.found.keyword in ENDS and openers:
            openers.pop()


def _looped_row(node: Element, loops: list[Tag]) -> tuple[Element, Tag] | None:
    """The row around `node` that the outermost loop over rows repeats."""
    for loop in loops:
        table = loop.node.getparent()
        if table is not None and table.tag == TBL:
            row = next((row for row in node.iterancestors(TR) if row.getparent() is table), None)
            return None if row is None else (row, loop)
    return None


def _mark_row(row: Element, loop: Tag, tags: list[Tag]) -> None:
    """Put a mark at the start of the row's first cell, if it is sure to be there."""
    cell = next((child for child in row if child.tag == TC or isinstance(child, Instruction)), None)
    first = None if cell is None else cell.find(P)
    if cell is None or first is None or any(isinstance(child, Instruction) for child in cell):
        return
    made = new_tag(len(tags), Found(0, 0, "output", loop.text, "none", ROW), loop.where)
    tags.append(made)
    properties = first.find(P_PR)
    if properties is None:
        first.insert(0, made.node)
    else:
        properties.addnext(made.node)
