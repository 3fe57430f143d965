"""`{% restart_numbering %}`: the list that follows begins again each time the tag is passed."""

from collections.abc import Callable, Mapping
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.signs import Token, held_token
from docgen.template.model.tags import TagForm, TemplatePart
from docgen.template.shape.carriers import content, take_place
from docgen.template.word.names import LEVEL, NUM_ID, NUM_PR, P_PR, VAL, P, W
from docgen.template.word.xml import nearest, take_out

STYLE: Final = f"{W}pStyle"
# what may stand before `w:numPr` in `w:pPr` (ECMA-376 part 1, 17.3.1.26)
_BEFORE: Final = [f"{W}{name}" for name in (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl",
)]  # fmt: skip

ListStyles = Callable[[], Mapping[str | None, str | None]]


def restart_lists(part: TemplatePart, styles: ListStyles) -> None:
    """Say which list each tag restarts, and let the paragraphs of these lists ask for its id.

    `styles` gives the lists of paragraph styles, `{"列表编号": "3"}`, and is only asked if needed.
    """
    known = styles()
    lists = {paragraph: _list_of(paragraph, known) for paragraph in part.root.iter(P)}
    restarted: set[str] = set()
    for tag in part.tags:
        if tag.form is not TagForm.RESTART:
            continue
        number = _following(tag.node, lists)
        if number:
            restarted.add(number)
            tag.say(repr(number))
            _settle(tag.node)
        else:
            part.fault("no-list", tag)
    for paragraph, number in lists.items():
        if number in restarted:
            _ask(paragraph, number)


def _list_of(paragraph: Element, styles: Mapping[str | None, str | None]) -> str | None:
    properties = paragraph.find(P_PR)
    if properties is None:
        return None
    number = properties.find(f"{NUM_PR}/{NUM_ID}")
    if number is not None:
        return number.get(VAL)
    style = properties.find(STYLE)
    return None if style is None else styles.get(style.get(VAL))


def _following(node: Element, lists: Mapping[Element, str | None]) -> str | None:
    """The list of the tag's own paragraph or of the first list paragraph after it."""
    own = nearest(node, P)
    started = False
    for paragraph, number in lists.items():
        started = started or paragraph is own
        if started and number not in (None, "0"):
            return number
    return None


def _settle(node: Element) -> None:
    """Put the tag before its paragraph, or in its place where the paragraph holds nothing else."""
    paragraph = nearest(node, P)
    take_out(node)
    if paragraph is None:
        return
    has_tags = next(paragraph.iter(etree.ProcessingInstruction), None) is not None
    if not has_tags and not content(paragraph, own_place=False):
        take_place(paragraph, node)
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
    numbering.find(NUM_ID).set(VAL, held_token(Token.LIST, number))  # type: ignore[union-attr]
