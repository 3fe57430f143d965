"""Where figures stand: their tags brought into runs of their own, to be marked when printed.

A figure outside table rows that loop is marked by itself, a row that a loop repeats at its start.
"""

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element
from lxml.etree import _ProcessingInstruction as Instruction

from docgen.template.model.tags import Form, Kind, Part, Role, Scope, Tag
from docgen.template.shape.moving import levels_between
from docgen.template.word.names import FALLBACK, P_PR, TBL, TC, TR, P, R, T
from docgen.template.word.tree import hoist, nearest


def mark_figures(part: Part) -> None:
    """Let the tags that print figures print them with marks."""
    rows: dict[Element, Tag] = {}
    for tag, loops in list(_printing(part)):
        row = _looped_row(tag.node, loops)
        if row is not None:
            rows.setdefault(*row)
        elif (run := nearest(tag.node, R)) is not None and tag.node.getparent().tag == T:  # type: ignore[union-attr]
            parent = run.getparent()
            if parent is None or nearest(tag.node, FALLBACK) is not None:
                continue
            tag.mark(levels_between(tag.node, run))
            hoist(tag.node, parent)
    for row_element, loop in rows.items():
        _mark_row(row_element, loop, part)


def _printing(part: Part) -> Iterator[tuple[Tag, list[Tag]]]:
    """The tags that print plainly, each with the loops around it, outermost first."""
    tags = {tag.node: tag for tag in part.tags}
    openers: list[Tag] = []
    for node in part.root.iter(etree.ProcessingInstruction):
        tag = tags[node]
        is_plain = tag.said.scope is Scope.TEXT and tag.form is Form.TEXT
        if tag.said.kind is Kind.OUTPUT and is_plain:
            yield tag, [opener for opener in openers if opener.said.keyword == "for"]
        elif tag.role is Role.OPENS:
            openers.append(tag)
        elif tag.role is Role.ENDS and openers:
            openers.pop()


def _looped_row(node: Element, loops: list[Tag]) -> tuple[Element, Tag] | None:
    """The row around `node` that the outermost loop over rows repeats."""
    for loop in loops:
        table = loop.node.getparent()
        if table is not None and table.tag == TBL:
            row = next((row for row in node.iterancestors(TR) if row.getparent() is table), None)
            return None if row is None else (row, loop)
    return None


def _mark_row(row: Element, loop: Tag, part: Part) -> None:
    """Put a mark at the start of the row's first cell, if it is sure to be there."""
    cell = next((child for child in row if child.tag == TC or isinstance(child, Instruction)), None)
    first = None if cell is None else cell.find(P)
    if cell is None or first is None or any(isinstance(child, Instruction) for child in cell):
        return
    node = part.add(loop, "none", form=Form.ROW_MARK)
    properties = first.find(P_PR)
    if properties is None:
        first.insert(0, node)
    else:
        properties.addnext(node)
