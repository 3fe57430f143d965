"""Text brought together before blocks are moved: paragraphs that dashes join, runs of one format.

`{%-` joins its paragraph to the one before, `-%}` to the one after. Word cuts a text into runs
anywhere; `{% filter upper %}` is to see the text, not where it was cut.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.tags import SPECIAL, Tag, TagBlock, TagKind, TagScope
from docgen.template.read.placing import fill
from docgen.template.word.names import BR, CR, P_PR, PROOF_ERR, R_PR, SECT_PR, P, R, T, W
from docgen.template.word.xml import ends, nearest, starts

TAKING: Final = frozenset(("filter", "set", "macro", "call"))
RECURSIVE: Final = " recursive"  # a loop that calls itself prints what it holds elsewhere, too


def join_paragraphs(tags: Sequence[Tag]) -> None:
    """Join the paragraphs whose edges `tags` ask to join."""
    printing = frozenset(tag.node for tag in tags if tag.said.kind is not TagKind.COMMENT)
    for tag in tags:
        if tag.said.scope is not TagScope.TEXT or tag.form in SPECIAL:
            continue
        if tag.said.joins_before:
            _drop_breaks(tag.node, before=True)
            _join(tag.node, printing, before=True)
        if tag.said.joins_after:
            _drop_breaks(tag.node, before=False)
            _join(tag.node, printing, before=False)


def _drop_breaks(node: Element, *, before: bool) -> None:
    """Take the line breaks beside a dash away, as docxtpl does; other things stop it."""
    paragraph = nearest(node, P)
    if paragraph is None:
        return
    pieces = list(_pieces(paragraph))
    at = next(index for index, (element, _) in enumerate(pieces) if element is node)
    for element, is_break in reversed(pieces[:at]) if before else pieces[at + 1 :]:
        run = element.getparent() if is_break else None
        if run is None:
            return
        run.remove(element)


def _pieces(paragraph: Element) -> Iterator[tuple[Element, bool]]:
    """What a paragraph shows, in order: its texts and whatever else, and whether it is a break."""
    for run in paragraph.iter(R):
        for child in run:
            if child.tag == T:
                if child.text:
                    yield child, False
                for node in child:
                    yield node, False
                    if node.tail:
                        yield child, False
            elif child.tag != R_PR:
                yield child, child.tag == CR or (child.tag == BR and _is_of_a_line(child))


def _is_of_a_line(element: Element) -> bool:
    return element.get(f"{W}type", "textWrapping") == "textWrapping"


def _join(node: Element, printing: frozenset[Element], *, before: bool) -> None:
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
    if _section(first) is not None:
        return
    if (section := _section(second)) is not None:
        properties = first.find(P_PR)
        if properties is None:
            properties = etree.Element(P_PR)
            first.insert(0, properties)
        change = properties.find(f"{P_PR}Change")
        properties.insert(len(properties) - (change is not None), section)
    for child in list(second):
        if child.tag != P_PR:
            first.append(child)
    parent = second.getparent()
    if parent is not None:
        parent.remove(second)


def _section(paragraph: Element) -> Element | None:
    """The properties of the section that ends with `paragraph`."""
    return paragraph.find(f"{P_PR}/{SECT_PR}")


def merge_runs(blocks: Sequence[TagBlock]) -> None:
    """Make neighbours of one format one run in the paragraphs of blocks that take text away."""
    for block in blocks:
        if block.keyword in TAKING or block.tags[0].body.endswith(RECURSIVE):
            for paragraph in {nearest(tag.node, P) for tag in block.tags}:
                if paragraph is not None:
                    _merge(paragraph)


def _merge(paragraph: Element) -> None:
    last: Element | None = None
    for child in list(paragraph):
        if child.tag == PROOF_ERR:
            paragraph.remove(child)
        elif last is not None and _is_plain(child) and _format(last) == _format(child):
            fill(_text(last), [*_contents(_text(last)), *_contents(_text(child))])
            paragraph.remove(child)
        else:
            last = child if _is_plain(child) else None


def _is_plain(run: Element) -> bool:
    """Whether `run` holds one text and nothing else."""
    return run.tag == R and [child.tag for child in run if child.tag != R_PR] == [T]


def _format(run: Element) -> bytes:
    properties = run.find(R_PR)
    return b"" if properties is None else etree.tostring(properties, with_tail=False)


def _text(run: Element) -> Element:
    text = run.find(T)
    assert text is not None
    return text


def _contents(text: Element) -> Iterator[str | Element]:
    """The texts and nodes in a `w:t`, in order."""
    yield text.text or ""
    for node in list(text):
        tail = node.tail or ""
        yield node
        yield tail
