"""`{% restart_numbering %}`: the list that follows begins again each time the tag is passed."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.errors import TemplateFault
from docgen.template.model.names import P_PR, P, W
from docgen.template.read.splice import Tag
from docgen.template.read.tree import is_blank, nearest, replace_by, take_out
from docgen.template.shape.ids import token
from docgen.template.shape.numbering import LEVEL, NUM_ID, VAL

STYLE, NUM_PR = f"{W}pStyle", f"{W}numPr"
SCOPE = "restart_numbering"
# what may stand before `w:numPr` in `w:pPr` (ECMA-376 part 1, 17.3.1.26)
_BEFORE = [f"{W}{name}" for name in (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl",
)]  # fmt: skip

ListStyles = Callable[[], Mapping[str, str]]


def restart_lists(root: Element, tags: list[Tag], styles: ListStyles) -> list[TemplateFault]:
    """Say which list each tag restarts, and let the paragraphs of these lists ask for its id."""
    chosen = [tag for tag in tags if tag.found.scope == SCOPE]
    if not chosen:
        return []
    known = styles()
    lists = {paragraph: _list_of(paragraph, known) for paragraph in root.iter(P)}
    restarted: set[str] = set()
    faults = []
    for tag in chosen:
        number = _following(tag.node, lists)
        if not number:
            faults.append(TemplateFault("no-list", tag.where, tag.text))
            continue
        restarted.add(number)
        tags[tag.number] = replace(tag, found=replace(tag.found, body=repr(number)))
        _settle(tag.node)
    for paragraph, number in lists.items():
        if number in restarted:
            _ask(paragraph, number)
    return faults


def _list_of(paragraph: Element, styles: Mapping[str, str]) -> str:
    properties = paragraph.find(P_PR)
    if properties is None:
        return ""
    number = properties.find(f"{NUM_PR}/{NUM_ID}")
    if number is not None:
        return number.get(VAL, "")
    style = properties.find(STYLE)
    return styles.get(style.get(VAL, ""), "") if style is not None else ""


def _following(node: Element, lists: Mapping[Element, str]) -> str:
    """The list of the tag's own paragraph or of the first list paragraph after it."""
    own = nearest(node, P)
    started = False
    for paragraph, number in lists.items():
        started = started or paragraph is own
        if started and number not in ("", "0"):
            return number
    return ""


def _settle(node: Element) -> None:
    """Put the tag before its paragraph, or in its place where the paragraph holds nothing else."""
    paragraph = nearest(node, P)
    take_out(node)
    if paragraph is None:
        return
    lonely = is_blank(paragraph, frozenset())
    if lonely and next(paragraph.iter(etree.ProcessingInstruction), None) is None:
        replace_by(paragraph, node)
    else:
        paragraph.addprevious(node)


def _ask(paragraph: Element, number: str) -> None:
    properties = paragraph.find(P_PR)
    assert properties is not None
    numbering = properties.find(NUM_PR)
    if numbering is None:
        numbering = etree.Element(NUM_PR)
        etree.SubElement(numbering, LEVEL).set(VAL, "0")
        etree.SubElement(numbering, NUM_ID)
        before = [item for item in properties if item.tag in _BEFORE]
        properties.insert(len(before), numbering)
    numbering.find(NUM_ID).set(VAL, token("l", number))  # type: ignore[union-attr]
