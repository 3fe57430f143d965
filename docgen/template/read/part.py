"""A part of a Word file read: its paragraphs, their places, and the tags taken out of their text.

Word scatters a tag over runs as it likes. A tag becomes one node, a processing instruction inside
the `w:t` of the first run that it touches, so it has that run's formatting; what the tag left
behind in other runs is removed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.errors import Location, Step, TemplateFault, Unit
from docgen.template.model.tags import TAG_NODE, Tag, TagKind, TagScope, TagText, TemplatePart
from docgen.template.read.scan import scan
from docgen.template.word.names import (
    BODY,
    BR,
    CR,
    FALLBACK,
    MATH_TEXT,
    NO_BREAK_HYPHEN,
    R_PR,
    STRICT,
    TAB,
    TBL,
    TC,
    TEXT_BOX,
    TR,
    XML_SPACE,
    P,
    R,
    T,
    W,
)

NOTES = frozenset(f"{W}{name}" for name in ("footnote", "endnote", "comment"))
NOTE_TYPE = f"{W}type"
TAG_SIGNS = (b"{", "｛".encode(), b"&#", b"_}")
SIGNS = {TAB: "\t", BR: "\n", CR: "\n", NO_BREAK_HYPHEN: "-"}

TextLeaf = tuple[Element, str]  # an element that holds text, and the text


@dataclass(slots=True)
class _Count:
    """How many paragraphs, tables and notes of one container were met so far.

    `boxed` are the part's paragraphs that hold text boxes: few, and dear to look for one by one.
    """

    boxed: frozenset[Element]
    paragraphs: int = 0
    tables: int = 0
    notes: int = 0


def parse_part(file: str, data: bytes) -> Element | TemplateFault:
    """The tree of a part, read without entities, comments and instructions."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return TemplateFault("bad-xml", Location(file), details={"reason": error.msg})
    if b"<!DOCTYPE" in data or root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        return TemplateFault("bad-xml", Location(file), details={"reason": "DOCTYPE"})
    if str(root.tag).startswith(f"{{{STRICT}}}"):
        return TemplateFault("strict", Location(file))
    return root


def read_part(file: str, data: bytes) -> TemplatePart | None:
    """The part with its tags as nodes, and the faults of their writing; None where it has no tags.

    From `<w:t>共{{ 户</w:t>…<w:t>数 }}户</w:t>` comes a tree with `<w:t>共<?t 0?></w:t>…
    <w:t>户</w:t>` and one tag. A part that cannot be parsed has an empty tree and one fault.
    """
    is_utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")  # in which the signs cannot be looked for
    if not is_utf16 and not any(sign in data for sign in TAG_SIGNS):
        return None
    root = parse_part(file, data)
    if isinstance(root, TemplateFault):
        return TemplatePart(file, etree.Element("none"), faults=[root])
    part = TemplatePart(file, root)
    raw: tuple[TagText, Location] | None = None
    found: list[tuple[list[TextLeaf], list[TagText], Location]] = []
    for text_leaves, text, where in list(_texts(root, file)):  # the tree is changed below
        tag_texts = scan(text, in_raw=raw is not None)
        for said in tag_texts:
            if said.kind is TagKind.COMMENT and said.keyword:
                raw = (said, where) if said.keyword == "raw" else None
        if tag_texts:
            found.append((text_leaves, tag_texts, where))
    for text_leaves, tag_texts, where in found:
        _put_tags(text_leaves, tag_texts, where, part)
    if raw is not None:
        details = {"keyword": "raw", "instead": "{% endraw %}"}
        part.faults.append(TemplateFault("unclosed-block", raw[1], raw[0].text, details))
    return part if found else None


def _texts(root: Element, file: str) -> Iterator[tuple[list[TextLeaf], str, Location]]:
    """The texts that may hold tags, paragraph by paragraph, or property by property."""
    if file.startswith("docProps/"):
        for item in root:
            if text := item.text:
                step = Step(Unit.PROPERTY, (etree.QName(item).localname,))
                yield [(item, text)], text, Location(file, (step,))
        return
    for paragraph, where in paragraphs(root, file):
        text_leaves = leaves(paragraph)
        text = "".join([piece for _, piece in text_leaves])
        if "{" in text or "｛" in text or "_}" in text:
            yield text_leaves, text, where


def _put_tags(
    text_leaves: Sequence[TextLeaf],
    tag_texts: Sequence[TagText],
    where: Location,
    part: TemplatePart,
) -> None:
    """Put the tags into the part, and their nodes and literals in the places of their texts."""
    nodes: list[Element | None] = []
    for said in tag_texts:
        is_tag = said.kind in (TagKind.OUTPUT, TagKind.BLOCK) or said.scope is not TagScope.TEXT
        number, node = len(part.tags), None
        if is_tag:
            node = etree.ProcessingInstruction(TAG_NODE, str(number))
            part.tags.append(Tag(number, said, where, node, said.body, said.form))
        nodes.append(node)
        # the second copy of a text box says the same again: its faults are told once
        if said.troubles and next(text_leaves[0][0].iterancestors(FALLBACK), None) is None:
            for code, details in said.troubles:
                part.faults.append(TemplateFault(code, where, said.text, dict(details)))
    _replace_texts(text_leaves, tag_texts, nodes)


def _replace_texts(
    text_leaves: Sequence[TextLeaf], tag_texts: Sequence[TagText], nodes: Sequence[Element | None]
) -> None:
    end, first = 0, 0
    for leaf, text in text_leaves:
        start, end = end, end + len(text)
        while first < len(tag_texts) and tag_texts[first].end <= start:
            first += 1
        last = first
        while last < len(tag_texts) and tag_texts[last].start < end:
            last += 1
        if text and last > first:
            touching = zip(tag_texts[first:last], nodes[first:last], strict=True)
            contents = _contents(text, start, touching)
            if not contents:
                _remove_leaf(leaf)
            elif leaf.tag not in SIGNS:
                fill(leaf, contents)


def _contents(
    text: str, start: int, tags: Iterable[tuple[TagText, Element | None]]
) -> list[str | Element]:
    """What is left of a leaf's `text`, which begins at `start` of the paragraph's text."""
    contents: list[str | Element] = []
    position = start
    for said, node in tags:
        contents.append(text[position - start : max(said.start - start, 0)])
        if said.start >= start:
            contents.append(said.body if said.kind is TagKind.LITERAL else "")
            if node is not None:
                contents.append(node)
        position = said.end
    contents.append(text[position - start :])
    return [content for content in contents if not isinstance(content, str) or content]


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


def paragraphs(root: Element, file: str) -> Iterator[tuple[Element, Location]]:
    """Every `w:p` below `root` with its place, text boxes and nested tables included.

    The second paragraph of the body comes with `Location(file, (Step(Unit.PARAGRAPH, (2,)),))`.
    """
    body = root.find(BODY)
    boxed = frozenset(holder for box in root.iter(TEXT_BOX) for holder in box.iterancestors(P))
    for paragraph, steps in _blocks(root if body is None else body, (), _Count(boxed)):
        yield paragraph, Location(file, steps)


def _blocks(
    container: Element, steps: tuple[Step, ...], count: _Count
) -> Iterator[tuple[Element, tuple[Step, ...]]]:
    for child in container:
        if child.tag == P:
            count.paragraphs += 1
            own = (*steps, *_paragraph_step(container, count.paragraphs))
            yield child, own
            if child in count.boxed:
                yield from _boxes(child, own, count)
        elif child.tag == TBL:
            count.tables += 1
            yield from _cells(child, steps, count)
        elif child.tag in NOTES:
            count.notes += child.get(NOTE_TYPE, "normal") == "normal"  # a separator is no note
            yield from _blocks(
                child, (*steps, Step(Unit.NOTE, (count.notes,))), _Count(count.boxed)
            )
        else:
            yield from _blocks(child, steps, count)


def _paragraph_step(container: Element, number: int) -> tuple[Step, ...]:
    """The first paragraph of a cell, box or note needs no number of its own."""
    alone = container.tag in (TC, TEXT_BOX) or container.tag in NOTES
    return () if alone and number == 1 else (Step(Unit.PARAGRAPH, (number,)),)


def _cells(
    table: Element, steps: tuple[Step, ...], count: _Count
) -> Iterator[tuple[Element, tuple[Step, ...]]]:
    for row_number, row in enumerate(_nearest(table, TR, TBL), 1):
        for column, cell in enumerate(_nearest(row, TC, TBL), 1):
            place = Step(Unit.CELL, (count.tables, row_number, column))
            yield from _blocks(cell, (*steps, place), _Count(count.boxed))


def _nearest(container: Element, wanted: str, wall: str) -> Iterator[Element]:
    """The `wanted` elements below `container`, through content controls but not through `wall`."""
    for child in container:
        if child.tag == wanted:
            yield child
        elif child.tag != wall:
            yield from _nearest(child, wanted, wall)


def _boxes(
    paragraph: Element, steps: tuple[Step, ...], count: _Count
) -> Iterator[tuple[Element, tuple[Step, ...]]]:
    number = 0
    for box in paragraph.iter(TEXT_BOX):
        if next(box.iterancestors(P)) is paragraph:
            number += 1
            yield from _blocks(box, (*steps, Step(Unit.BOX, (number,))), _Count(count.boxed))


def leaves(paragraph: Element) -> list[TextLeaf]:
    """The text leaves of `paragraph` in order with their text, those of its text boxes left out."""
    boxed = next(paragraph.iter(TEXT_BOX), None) is not None
    found: list[TextLeaf] = []
    for leaf in paragraph.iter(T, TAB, BR, CR, NO_BREAK_HYPHEN, MATH_TEXT):
        if boxed and next(leaf.iterancestors(P)) is not paragraph:
            continue
        if leaf.tag in (T, MATH_TEXT):
            found.append((leaf, leaf.text or ""))
        elif (parent := leaf.getparent()) is not None and parent.tag == R:
            found.append((leaf, SIGNS[str(leaf.tag)]))
    return found
