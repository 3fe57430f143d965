"""Tags taken out of the runs that Word scattered them over and set down as one node each.

A tag becomes a processing instruction inside the `w:t` of the first run that it touches, so it has
that run's formatting. What the tag left behind in other runs is removed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.errors import Place
from docgen.template.model.names import R_PR, XML_SPACE, R, T
from docgen.template.read.scan import Found
from docgen.template.read.walk import SIGNS, Piece

TAG_NODE = "t"


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of a part: its number in reading order, what it says, and the node in its place."""

    number: int
    found: Found
    where: Place
    node: Element

    @property
    def text(self) -> str:
        """The tag as its author wrote it."""
        return self.found.text


def new_tag(number: int, found: Found, where: Place) -> Tag:
    """A tag with a fresh node that is in no tree yet."""
    return Tag(number, found, where, etree.ProcessingInstruction(TAG_NODE, str(number)))


def splice(pieces: Sequence[Piece], founds: Sequence[Found], tags: Iterable[Tag]) -> None:
    """Replace the text of `founds` in `pieces` by literals and the nodes of `tags`."""
    nodes = {id(tag.found): tag.node for tag in tags}
    end, first = 0, 0
    for leaf, text in pieces:
        start, end = end, end + len(text)
        while first < len(founds) and founds[first].end <= start:
            first += 1
        touching = [found for found in founds[first:] if found.start < end] if text else []
        if touching:
            _rewrite(leaf, _contents(text, start, touching, nodes))


def _contents(
    text: str, start: int, founds: Sequence[Found], nodes: dict[int, Element]
) -> list[str | Element]:
    """What is left of a leaf's `text`, which begins at `start` of the paragraph's text."""
    contents: list[str | Element] = []
    position = start
    for found in founds:
        contents.append(text[position - start : max(found.start - start, 0)])
        if found.start >= start:
            contents.append(found.body if found.kind == "literal" else "")
            if (node := nodes.get(id(found))) is not None:
                contents.append(node)
        position = found.end
    contents.append(text[position - start :])
    return [content for content in contents if not isinstance(content, str) or content]


def _rewrite(leaf: Element, contents: list[str | Element]) -> None:
    if not contents:
        _remove_leaf(leaf)
    elif leaf.tag not in SIGNS:
        fill(leaf, contents)


def fill(leaf: Element, contents: Iterable[str | Element]) -> None:
    """Give `leaf` the texts and nodes of `contents` in order, blanks preserved."""
    leaf.text = None
    last: Element | None = None
    for content in contents:
        if not isinstance(content, str):
            content.tail = None
            leaf.append(content)
            last = content
        elif last is None:
            leaf.text = (leaf.text or "") + content
        else:
            last.tail = (last.tail or "") + content
    if leaf.tag == T:
        leaf.set(XML_SPACE, "preserve")


def _remove_leaf(leaf: Element) -> None:
    """Take out a leaf that a tag emptied, and its run where nothing else is left in it."""
    run = leaf.getparent()
    if run is None:
        return
    run.remove(leaf)
    parent = run.getparent()
    if run.tag == R and parent is not None and all(child.tag == R_PR for child in run):
        parent.remove(run)
