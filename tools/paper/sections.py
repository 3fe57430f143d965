"""Pages that lie or stand: the sections of a template."""

from copy import deepcopy
from typing import Final, NamedTuple

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from lxml.etree import _Element as Element

from docgen import norm
from tools.paper.lines import is_tag

# A page turned to lie: its head is the side that is bound, so the margins turn with it
# (GB/T 9704-2012, 8 and 5.2.1), and the page number keeps its distance from the text.
_STANDING: Final = {
    "top": norm.TOP,
    "right": norm.RIGHT,
    "bottom": norm.BOTTOM,
    "left": norm.LEFT,
    "footer": norm.FOOTER_DISTANCE,
}
_LYING: Final = {
    "top": norm.LEFT,
    "right": norm.TOP,
    "bottom": norm.RIGHT,
    "left": norm.BOTTOM,
    "footer": norm.FOOTER_DISTANCE - norm.BOTTOM + norm.RIGHT,
}
STANDING_MM, LYING_MM = 156, 225  # how wide the text is
_LEAST_LINE: Final = 20  # twips: a paragraph that only ends a section, or a table


# What only the first numbered section says: the others show its footers, and count on.
_OF_THE_FIRST: Final = (qn("w:footerReference"), qn("w:headerReference"), qn("w:pgNumType"))


class Section(NamedTuple):
    """What follows begins on a new page, and its pages lie or stand.

    Page numbers go on. The footers are those of the first section, which therefore must not stand
    inside a condition.
    """

    lying: bool = False


class PageEnd(NamedTuple):
    """The end of a whole page before the text: it has no page number, and is not counted.

    It may stand in a condition, because it has no footers: those of the text are its own.
    """


class Gap(NamedTuple):
    """Hardly any space between two tables, which Word would else take for one."""


def write_section(document: Document, section: Section) -> None:
    """End the section that `document` is in, and begin `section`."""
    current = document.element.body.sectPr
    _last_paragraph(document).get_or_add_pPr().append(deepcopy(current))
    for reference in list(current):
        if reference.tag in _OF_THE_FIRST:
            current.remove(reference)
    _turn(current, section.lying)


def write_page_end(document: Document) -> None:
    """End a page that shows no number."""
    section = deepcopy(document.element.body.sectPr)
    for element in list(section):
        if element.tag in _OF_THE_FIRST:
            section.remove(element)
    write_end(document).get_or_add_pPr().append(section)


def _turn(section: Element, lying: bool) -> None:
    page, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    assert page is not None
    assert margins is not None
    size = (norm.PAGE_HEIGHT, norm.PAGE_WIDTH) if lying else (norm.PAGE_WIDTH, norm.PAGE_HEIGHT)
    for name, value in zip(("w", "h"), size, strict=True):
        page.set(qn(f"w:{name}"), str(value))
    page.set(qn("w:orient"), "landscape" if lying else "portrait")
    for name, twips in (_LYING if lying else _STANDING).items():
        margins.set(qn(f"w:{name}"), str(twips))


def _last_paragraph(document: Document) -> CT_P:
    """The paragraph that ends the section: the last one, or a new one where that is a tag's."""
    last = document.element.body[-2]
    if isinstance(last, CT_P) and not is_tag(last):
        return last
    return write_end(document)


def write_end(document: Document) -> CT_P:
    """Add a paragraph of hardly any height: Word wants one behind a table."""
    paragraph = document.add_paragraph()._p
    spacing = OxmlElement("w:spacing")
    for name, value in (("before", 0), ("after", 0), ("line", _LEAST_LINE), ("lineRule", "exact")):
        spacing.set(qn(f"w:{name}"), str(value))
    paragraph.get_or_add_pPr().append(spacing)
    return paragraph
