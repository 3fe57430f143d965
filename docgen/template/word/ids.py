"""Ids and names in a tree that copies of its parts would repeat, replaced by tokens."""

from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.signs import Token, held_token
from docgen.template.word.names import (
    CHANGES,
    OFFICE,
    PROPERTIES_ID,
    RANGE_NAMES,
    SDT_PR,
    TR,
    VML,
    W14,
    WP,
    P,
    W,
)

# `bookmark` has tokens of its own, the anchors of comments are printed once
_RANGES: Final = tuple(name for name in RANGE_NAMES if name not in ("bookmark", "commentRange"))
# whether there is anything that copies would repeat
NUMBERED: Final = etree.XPath(
    "boolean(//@w:id | //w:sdtPr/w:id | //@w14:paraId | //@w14:textId | //wp:docPr | //v:*/@id)",
    namespaces={"w": W[1:-1], "w14": W14[1:-1], "wp": WP[1:-1], "v": VML[1:-1]},
)
_ID, _NAME = f"{W}id", f"{W}name"


def free_ids(root: Element) -> None:
    """Put tokens for all ids in `root`, which a loop may repeat."""
    _free_bookmarks(root)
    for drawing in root.iter(f"{WP}docPr"):
        drawing.set("id", held_token(Token.DRAWING))
    for properties in root.iter(SDT_PR):
        for number in properties.findall(PROPERTIES_ID):
            properties.remove(number)
    for name in _RANGES:
        for start in root.iter(f"{W}{name}Start"):
            start.set(_ID, held_token(Token.ID, f"{name}:{start.get(_ID, '')}"))
            if (said := start.get(_NAME)) is not None:
                start.set(_NAME, held_token(Token.MOVE_NAME, f"{name}:{said}"))
        for end in root.iter(f"{W}{name}End"):
            end.set(_ID, held_token(Token.SAME_ID, f"{name}:{end.get(_ID, '')}"))
    for change in root.iter(*CHANGES):
        change.set(_ID, held_token(Token.ID, f"change:{change.get(_ID, '')}"))
    _free_shapes(root)


def _free_bookmarks(root: Element) -> None:
    for start in root.iter(f"{W}bookmarkStart"):
        start.set(_ID, held_token(Token.BOOKMARK, start.get(_ID, "")))
        start.set(_NAME, held_token(Token.BOOKMARK_NAME, start.get(_NAME, "")))
    for end in root.iter(f"{W}bookmarkEnd"):
        end.set(_ID, held_token(Token.BOOKMARK_END, end.get(_ID, "")))


def _free_shapes(root: Element) -> None:
    """Shapes of VML go by names, and an embedded object says by which."""
    for shape in root.iter(f"{VML}*"):
        if shape.tag != f"{VML}shapetype" and (old := shape.get("id")):
            shape.set("id", held_token(Token.SHAPE, old))
            shape.attrib.pop(f"{OFFICE}spid", "")
    for thing in root.iter(f"{OFFICE}OLEObject"):
        if old := thing.get("ShapeID"):
            thing.set("ShapeID", held_token(Token.SAME_SHAPE, old))


def part_changes(root: Element) -> None:
    """Give a change an id of its own that has the id of another: a tag has cut it in two."""
    seen: set[str] = set()
    last = max((int(item.get(_ID, "0")) for item in root.iter(*CHANGES)), default=0)
    for change in root.iter(*CHANGES):
        if (old := change.get(_ID, "")) in seen:
            last += 1
            change.set(_ID, str(last))
        seen.add(old)


def drop_paragraph_ids(root: Element) -> None:
    """Remove Word's ids of paragraphs and rows, which nothing else refers to."""
    for element in root.iter(P, TR):
        for name in ("paraId", "textId"):
            element.attrib.pop(f"{W14}{name}", "")
