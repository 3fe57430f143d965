"""`{% colspan n %}`, `{% cellbg c %}`, `{% hm %}`, `{% vm %}`: tags that shape their cell."""

from collections.abc import Mapping
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.tags import CELL_FORMS, Tag, TagForm, TagRole, TemplatePart
from docgen.template.read.placing import new_tag
from docgen.template.word.names import P_PR, TC, TC_PR, P, W
from docgen.template.word.xml import nearest, take_out

# the order of `w:tcPr` (ECMA-376 part 1, 17.4.69); everything else comes after these
_ORDER: Final = ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd")
_ELEMENTS: Final = {
    TagForm.COLSPAN: "gridSpan",
    TagForm.HM: "gridSpan",
    TagForm.VM: "vMerge",
    TagForm.CELLBG: "shd",
}


def shape_cells(part: TemplatePart) -> None:
    """Move the tags that shape cells into the properties of their cells.

    `<w:tc><w:p>…<?t 0?></w:p></w:tc>` of `{% cellbg 颜色 %}` becomes
    `<w:tc><w:tcPr><?t 0?></w:tcPr><w:p>…</w:p></w:tc>`; the writer prints a `w:shd` there.
    """
    shaping = {tag.node: tag for tag in part.tags if tag.form in CELL_FORMS}
    for tag in shaping.values():
        if tag.said.troubles:
            continue
        cell = nearest(tag.node, TC)
        if cell is None:
            part.fault("outside-table", tag, scope=tag.form.value)
        else:
            _shape(tag, cell, shaping, part)


def _shape(tag: Tag, cell: Element, shaping: Mapping[Element, Tag], part: TemplatePart) -> None:
    take_out(tag.node)
    properties = cell.find(TC_PR)
    if properties is None:
        properties = etree.Element(TC_PR)
        cell.insert(0, properties)
    old = _put(tag, properties, shaping)
    if tag.form is TagForm.HM:
        span = (old.get(f"{W}val") if old is not None else "") or "1"
        if span != "1":
            tag.say(f"loop.length * {span}")
        cell.addprevious(new_tag(part, tag, "if loop.first", role=TagRole.OPENS))
        cell.addnext(new_tag(part, tag, "endif", role=TagRole.ENDS))
    if tag.form is TagForm.VM:
        for paragraph in cell.iterchildren(P):
            _show_first_time(tag, paragraph, part)


def _put(tag: Tag, properties: Element, shaping: Mapping[Element, Tag]) -> Element | None:
    """Put the tag's node where its element belongs; the element that it replaces."""
    name = _ELEMENTS[tag.form]
    old = next((child for child in properties if _name(child, shaping) == name), None)
    if old is not None:
        properties.remove(old)
    later = _ORDER[_ORDER.index(name) :]  # with its own name, which none of them has now
    for index, child in enumerate(properties):
        other = _name(child, shaping)
        if other in later or other not in _ORDER:
            properties.insert(index, tag.node)
            return old
    properties.append(tag.node)
    return old


def _name(child: Element, shaping: Mapping[Element, Tag]) -> str:
    """The local name of a property, or of the one that a tag prints there."""
    tag = shaping.get(child)
    return str(child.tag).rpartition("}")[2] if tag is None else _ELEMENTS[tag.form]


def _show_first_time(tag: Tag, paragraph: Element, part: TemplatePart) -> None:
    """Let what stands in `paragraph` show only where the merged cell begins."""
    properties = paragraph.find(P_PR)
    opener = new_tag(part, tag, f"if ({tag.body})", role=TagRole.OPENS)
    if properties is None:
        paragraph.insert(0, opener)
    else:
        properties.addnext(opener)
    paragraph.append(new_tag(part, tag, "endif", role=TagRole.ENDS))
