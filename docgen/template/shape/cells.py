"""`{% colspan n %}`, `{% cellbg c %}`, `{% hm %}`, `{% vm %}`: tags that shape their cell."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element
from lxml.etree import _ProcessingInstruction as Instruction

from docgen.template.model.errors import TemplateFault
from docgen.template.model.names import P_PR, TC, TC_PR, P, W
from docgen.template.read.scan import Found
from docgen.template.read.splice import Tag, new_tag
from docgen.template.read.tree import nearest, take_out

CELL_SCOPES: Final = frozenset(("colspan", "cellbg", "hm", "vm"))
# the order of `w:tcPr` (ECMA-376 part 1, 17.4.69); everything else comes after these
_ORDER: Final = ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd")
_ELEMENTS: Final = {"colspan": "gridSpan", "hm": "gridSpan", "vm": "vMerge", "cellbg": "shd"}


def shape_cells(tags: list[Tag]) -> list[TemplateFault]:
    """Move the tags that shape cells into the properties of their cells; new tags are appended."""
    faults = []
    for tag in list(tags):
        if tag.found.scope in CELL_SCOPES and not tag.found.troubles:
            cell = nearest(tag.node, TC)
            if cell is None:
                faults.append(_misplaced(tag))
            else:
                _shape(tag, cell, tags)
    return faults


def _shape(tag: Tag, cell: Element, tags: list[Tag]) -> None:
    take_out(tag.node)
    properties = cell.find(TC_PR)
    if properties is None:
        properties = etree.Element(TC_PR)
        cell.insert(0, properties)
    old = _place(tag, properties, tags)
    if tag.found.scope == "hm":
        span = (old.get(f"{W}val") if old is not None else "") or "1"
        if span != "1":
            _say(tag, tags, f"loop.length * {span}")
        cell.addprevious(_statement(tag, "if loop.first", tags))
        cell.addnext(_statement(tag, "endif", tags))
    if tag.found.scope == "vm":
        for paragraph in cell.iterchildren(P):
            _show_first_time(tag, paragraph, tags)


def _place(tag: Tag, properties: Element, tags: Sequence[Tag]) -> Element | None:
    """Put the tag's node where its element belongs; the element that it replaces."""
    name = _ELEMENTS[tag.found.scope]
    old = next((child for child in properties if _name(child, tags) == name), None)
    if old is not None:
        properties.remove(old)
    later = _ORDER[_ORDER.index(name) + 1 :]
    for index, child in enumerate(properties):
        other = _name(child, tags)
        if other in later or other not in _ORDER:
            properties.insert(index, tag.node)
            return old
    properties.append(tag.node)
    return old


def _name(child: Element, tags: Sequence[Tag]) -> str:
    """The local name of a property, or of the one that a tag prints there."""
    if isinstance(child, Instruction):
        return _ELEMENTS[tags[int(child.text or 0)].found.scope]
    return str(child.tag).rpartition("}")[2]


def _say(tag: Tag, tags: list[Tag], body: str) -> None:
    tags[tag.number] = replace(tag, found=replace(tag.found, body=body))


def _show_first_time(tag: Tag, paragraph: Element, tags: list[Tag]) -> None:
    """Let what stands in `paragraph` show only where the merged cell begins."""
    properties = paragraph.find(P_PR)
    opener = _statement(tag, f"if ({tag.found.body})", tags)
    if properties is None:
        paragraph.insert(0, opener)
    else:
        properties.addnext(opener)
    paragraph.append(_statement(tag, "endif", tags))


def _statement(tag: Tag, body: str, tags: list[Tag]) -> Element:
    """The node of a new tag that says `body` in the name of `tag`."""
    made = new_tag(len(tags), Found(0, 0, "block", tag.text, body), tag.where)
    tags.append(made)
    return made.node


def _misplaced(tag: Tag) -> TemplateFault:
    return TemplateFault("outside-table", tag.where, tag.text, {"scope": tag.found.scope})


def shapes_columns(tags: Sequence[Tag], node: Element) -> bool:
    """Whether `node` is a tag that changes how many columns its cell covers."""
    return tags[int(node.text or 0)].found.scope in ("colspan", "hm")
