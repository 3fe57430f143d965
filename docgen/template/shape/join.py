"""`{%-` and `-%}`: the tag's paragraph joined to the one before or after it."""

from collections.abc import Sequence

from lxml.etree import _Element as Element

from docgen.template.model.names import P_PR, SECT_PR, P
from docgen.template.read.splice import Tag
from docgen.template.read.tree import ends, nearest, starts


def join_paragraphs(tags: Sequence[Tag]) -> None:
    """Join the paragraphs whose edges `tags` ask to join."""
    printing = frozenset(str(tag.number) for tag in tags if tag.found.kind != "comment")
    for tag in tags:
        if tag.found.scope:
            continue
        if tag.found.joins_before:
            _join(tag.node, printing, before=True)
        if tag.found.joins_after:
            _join(tag.node, printing, before=False)


def _join(node: Element, printing: frozenset[str], *, before: bool) -> None:
    """Make the paragraph of `node` one with its neighbour, where `node` stands at that edge."""
    paragraph = nearest(node, P)
    at_edge = starts if before else ends
    if paragraph is None or not at_edge(paragraph, node, printing):
        return
    other = paragraph.getprevious() if before else paragraph.getnext()
    if other is not None and other.tag == P:
        first, second = (other, paragraph) if before else (paragraph, other)
        _append(first, second)


def _append(first: Element, second: Element) -> None:
    """Move what stands in `second` to the end of `first`, whose properties both have then."""
    properties = first.find(P_PR)
    if properties is not None and properties.find(SECT_PR) is not None:
        return
    for child in list(second):
        if child.tag != P_PR:
            first.append(child)
    parent = second.getparent()
    if parent is not None:
        parent.remove(second)
