"""The words of a template on both sides of each marked tag, which its manifest says once.

They are the template's own: what somebody typed into a workbook or deletes from a report is none
of them.
"""

from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.tags import MARKED_FORMS, TAG_NODE, Tag, TagKind, TemplatePart
from docgen.template.word.names import LETTERS, P_PR, TR, P, T
from docgen.template.word.xml import nearest

WORDS: Final = 12  # letters on each side, each as wide as a Chinese one
EDGE: Final = "|"  # of a cell, or of one of its paragraphs

Tags = Mapping[Element, Tag]  # by the nodes that stand in the tree


def tell_words(part: TemplatePart) -> None:
    """Let each marked tag know the words of its paragraph, or of its row, before and behind it.

    In `收入{{ 收入 }}万元,支出{{ 支出 }}万元。` the second has `万元,支出` and `万元。`; in a
    row of `人员经费` and `{{ 人员经费 }}` they are `|人员经费|` and none.
    """
    tags = {tag.node: tag for tag in part.tags}
    marked = (tag.node for tag in part.tags if tag.form in MARKED_FORMS)
    for paragraph in dict.fromkeys(nearest(node, P) for node in marked):
        if paragraph is not None and nearest(paragraph, TR) is None:
            _tell([*_pieces(paragraph, tags)])
    marked = (tag.node for tag in part.tags if tag.form in MARKED_FORMS)
    for row in dict.fromkeys(nearest(node, TR) for node in marked):
        if row is not None:
            _tell([EDGE, *_pieces_of_row(row, tags)])


def _tell(pieces: list[str | Tag]) -> None:
    """Tell the tags of a paragraph or row what stands between them."""
    between = [""]
    found: list[Tag] = []
    for piece in pieces:
        if isinstance(piece, Tag):
            found.append(piece)
            between.append("")
        else:
            between[-1] += piece
    words = [one if one.strip(f"{EDGE} \n\u3000") else "" for one in between]
    for tag, before, behind in zip(found, words, words[1:], strict=False):
        if tag.form in MARKED_FORMS:
            tag.beside = _nearest(before[::-1])[::-1].lstrip(), _nearest(behind).rstrip()


def _nearest(words: str) -> str:
    """The first dozen letters, or twice as many Latin ones."""
    widths = accumulate(1 + (letter > "\u2e80") for letter in words)
    return words[: sum(width <= 2 * WORDS for width in widths)]


def _pieces_of_row(row: Element, tags: Tags) -> Iterator[str | Tag]:
    """The letters and tags of a row in order, with an edge behind each paragraph."""
    for paragraph in row.iter(P):
        if nearest(paragraph, TR) is row:
            yield from _pieces(paragraph, tags)
            yield EDGE


def _pieces(paragraph: Element, tags: Tags) -> Iterator[str | Tag]:
    """The letters and tags of a paragraph in order, without those of a text box in it."""
    for item in paragraph.iter():
        is_own = nearest(item, P) is paragraph
        if is_own and isinstance(item, etree._ProcessingInstruction):
            tag = tags.get(item) if item.target == TAG_NODE else None
            if tag is not None and tag.said.kind is not TagKind.COMMENT:
                yield tag
            parent = item.getparent()
            if parent is not None and parent.tag == T:
                yield item.tail or ""
        elif is_own and item.tag == T:
            yield item.text or ""
        elif is_own and item.tag in LETTERS and nearest(item, P_PR) is None:
            yield LETTERS[str(item.tag)]
