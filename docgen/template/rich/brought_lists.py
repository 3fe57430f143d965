"""The numbered lists of another document begin at their own first number.

A list that is copied is one of its own. One that a paragraph has from its style, which both
documents have, would go on counting where the last paragraph of that style stopped.
"""

from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.word.changes import Changes
from docgen.template.word.names import LEVEL, NUM_ID, NUM_PR, P_PR, VAL, P, W
from docgen.template.word.package import main_part
from docgen.template.write.numbering import Numbering

_STYLE: Final = f"{W}pStyle"
# what stands behind `w:numPr` in a style's `w:pPr` and makes a heading of it
_OUTLINE: Final = f"{P_PR}/{W}outlineLvl"
# what may stand before `w:numPr` in `w:pPr` (ECMA-376 part 1, 17.3.1.26)
_BEFORE: Final = frozenset(f"{W}{name}" for name in (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl",
))  # fmt: skip


def begin_lists(holder: Element, changes: Changes) -> None:
    """Let the paragraphs of `holder` that have a list from their style ask for a new one.

    Headings go on with the numbers of the document that they come into.
    """
    styles = _numbered_styles(changes)
    numbering = Numbering(changes)
    begun: dict[str, str] = {}
    for paragraph in holder.iter(P) if styles else ():
        properties = paragraph.find(P_PR)
        style = None if properties is None else properties.find(_STYLE)
        if properties is None or style is None or properties.find(NUM_PR) is not None:
            continue
        number, level = styles.get(style.get(VAL, ""), ("", ""))
        if number and number not in begun:
            begun[number] = "" if numbering.is_bulleted(number) else numbering.restarted(number)
        if begun.get(number):
            _ask(properties, begun[number], level)


def _numbered_styles(changes: Changes) -> dict[str, tuple[str, str]]:
    """The list and the level that paragraph styles have, by the id of the style."""
    name = changes.related(main_part(changes.package), "styles")
    found: dict[str, tuple[str, str]] = {}
    for style in etree.fromstring(changes.read(name)).iter(f"{W}style") if name else ():
        numbering = style.find(f"{P_PR}/{NUM_PR}")
        number = None if numbering is None else numbering.find(NUM_ID)
        if numbering is None or number is None or style.find(_OUTLINE) is not None:
            continue
        level = numbering.find(LEVEL)
        found[style.get(f"{W}styleId", "")] = (
            number.get(VAL, "").removeprefix("0"),
            "0" if level is None else level.get(VAL, "0"),
        )
    return found


def _ask(properties: Element, number: str, level: str) -> None:
    asked = etree.Element(NUM_PR)
    etree.SubElement(asked, LEVEL).set(VAL, level)
    etree.SubElement(asked, NUM_ID).set(VAL, number)
    properties.insert(sum(item.tag in _BEFORE for item in properties), asked)
