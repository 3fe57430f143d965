"""Word's XML: trees taken apart and put together, and text written as XML.

What shows, what is nearest, splitting at a node, ids that copies would repeat, escaping, many texts
as one: a thousand figures with an element for each of their texts take three times the room.
"""

import re
from collections.abc import Collection, Container, Iterable, Sequence
from copy import deepcopy
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element
from lxml.etree import _ProcessingInstruction as Instruction

from docgen.template.word.names import (
    DRAWING_R,
    DRAWING_R_PR,
    MATH,
    MATH_TEXT,
    P_PR,
    PROPERTIES_ID,
    R_PR,
    SDT,
    SDT_PR,
    SECT_PR,
    R,
    T,
    W,
)

_PROPERTIES: Final = (R_PR, DRAWING_R_PR, SDT_PR, f"{W}sdtEndPr")
_PARTED: Final = re.compile(r"\\(.)", re.DOTALL)
_MEANT: Final = {"-": "|", "\\": "\\"}
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
SHOWS: Final = frozenset(
    f"{W}{name}"
    for name in (
        "drawing", "pict", "object", "fldChar", "fldSimple", "instrText", "sym", "ptab",
        "footnoteReference", "endnoteReference", "pgNum", "ruby", "br", "cr",
    )
) | {f"{MATH}oMath"}  # fmt: skip


def nearest(node: Element, tag: str) -> Element | None:
    """The innermost `tag` element around `node`."""
    return next(node.iterancestors(tag), None)


def common_ancestor(nodes: Sequence[Element]) -> Element | None:
    """The innermost element around all `nodes`."""
    chains = [list(node.iterancestors()) for node in nodes]
    shared = set(chains[0]).intersection(*chains[1:])
    return next((element for element in chains[0] if element in shared), None)


def child_towards(ancestor: Element, node: Element) -> Element:
    """The child of `ancestor` in which `node` stands."""
    for element in (node, *node.iterancestors()):
        if element.getparent() is ancestor:
            return element
    raise ValueError("not an ancestor")


def is_blank(element: Element, printing: Container[Element]) -> bool:
    """Whether nothing of `element` shows; `printing` are the nodes of tags that print."""
    return not any(_shows(item, printing) for item in element.iter())


def starts(container: Element, node: Element, printing: Container[Element]) -> bool:
    """Whether nothing shows in `container` before `node`."""
    for item in container.iter():
        if item is node:
            return True
        if _shows(item, printing):
            return False
    return False


def ends(container: Element, node: Element, printing: Container[Element]) -> bool:
    """Whether nothing shows in `container` after `node`."""
    after = False
    for item in container.iter():
        if item is node:
            after = not (item.tail or "").strip()
            if not after:
                return False
        elif after and _shows(item, printing):
            return False
    return after


def _shows(item: Element, printing: Container[Element]) -> bool:
    if isinstance(item, Instruction):
        return item in printing or bool((item.tail or "").strip())
    if item.tag in (T, MATH_TEXT):
        return bool((item.text or "").strip())
    return item.tag in SHOWS


def hoist(node: Element, ancestor: Element | None) -> None:
    """Make `node` a child of `ancestor` by splitting every element between them."""
    while (parent := node.getparent()) is not None and parent is not ancestor:
        _split(node, parent)


def _split(node: Element, parent: Element) -> None:
    """Move `node` behind `parent`, and what follows it in `parent` into a twin behind `node`."""
    twin = _twin(parent)
    twin.text, node.tail = node.tail, None
    for sibling in list(node.itersiblings()):
        twin.append(sibling)
    parent.addnext(node)
    if not is_hollow(twin):
        node.addnext(twin)
    if is_hollow(parent):
        remove(parent)


def stand_alone(run: Element, child: Element) -> None:
    """Leave nothing but `child` and the properties in `run`: the rest goes into twins beside it."""
    before = [one for one in child.itersiblings(preceding=True) if one.tag not in _PROPERTIES]
    behind = list(child.itersiblings())
    for others, put in ((before[::-1], run.addprevious), (behind, run.addnext)):
        if others:
            twin = _twin(run)
            twin.extend(others)
            put(twin)


def _twin(element: Element) -> Element:
    twin = etree.SubElement(element, element.tag)
    element.remove(twin)
    for name, value in element.items():
        twin.set(name, value)
    properties = element.find(f"{element.tag}Pr") if element.tag in (R, DRAWING_R, SDT) else None
    if properties is not None:
        twin.append(deepcopy(properties))
        for number in twin[0].findall(PROPERTIES_ID):
            twin[0].remove(number)  # a control's, which no two may have
    return twin


def is_hollow(element: Element) -> bool:
    """Whether `element` holds neither text nor anything but properties of a run or control."""
    return not element.text and all(child.tag in _PROPERTIES for child in element)


def take_out(node: Element) -> None:
    """Take a tag's node out of its text, and the run that then is empty out of its paragraph."""
    parent, previous = node.getparent(), node.getprevious()
    if parent is None:
        return
    if previous is None:
        parent.text = (parent.text or "") + (node.tail or "") or None
    else:
        previous.tail = (previous.tail or "") + (node.tail or "")
    node.tail = None
    parent.remove(node)
    while parent is not None and parent.tag in (T, R) and is_hollow(parent):
        hollow, parent = parent, parent.getparent()
        remove(hollow)


def remove(element: Element) -> None:
    """Take `element` out of its parent."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def replace_by(element: Element, node: Element, *, closing: bool = False) -> None:
    """Put `node` where `element` stood; a section break in `element` stays, outside the block."""
    element.addprevious(node)
    properties = element.find(P_PR)
    if properties is None or properties.find(SECT_PR) is None:
        remove(element)
        return
    keep_only(element, [properties])
    if not closing:
        node.addprevious(element)


def keep_only(element: Element, kept: Iterable[Element]) -> None:
    """Remove all children of `element` but those in `kept`."""
    chosen = set(kept)
    for child in list(element):
        if child not in chosen:
            element.remove(child)


def escaped(value: str) -> str:
    """`value` with the signs of XML as entities."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(value: str) -> str:
    """`value` for the inside of an attribute in double quotes."""
    return plain_text(value).replace('"', "&quot;")


def plain_text(value: str) -> str:
    """The inside of an element or attribute that holds no Word markup."""
    return _ILLEGAL.sub("", escaped(value))


def joined(texts: Collection[str]) -> str:
    r"""The texts as one, which `parted` gives again: `甲\-乙|5.01` of `甲|乙` and `5.01`."""
    text = "|".join(texts)
    if "\\" not in text and text.count("|") < len(texts):
        return text
    return "|".join([one.replace("\\", r"\\").replace("|", r"\-") for one in texts])


def parted(text: str) -> Sequence[str]:
    """The texts in such a one; of an empty one there is one, which is empty."""
    texts = text.split("|")
    if "\\" not in text:
        return texts
    return [_PARTED.sub(lambda sign: _MEANT.get(sign[1], sign[0]), one) for one in texts]
