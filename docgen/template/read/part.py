"""A part of a Word file read: its paragraphs, their places, and the tags taken out of their text.

Word scatters a tag over runs as it likes. A tag becomes one node, a processing instruction inside
the `w:t` of the first run that it touches, so it has that run's formatting; what the tag left
behind in other runs is removed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.errors import Location, Step, TemplateFault, Unit
from docgen.template.model.tags import TagKind, TagText, TemplatePart
from docgen.template.read.links import NO_LINKS, Links, put_links
from docgen.template.read.placing import SIGNS, TextLeaf, drop_inside, put_tags
from docgen.template.read.scan import scan
from docgen.template.read.strings import foreign_comments, put_strings
from docgen.template.word.names import (
    BODY,
    BR,
    COMMENT,
    CR,
    MAIN,
    MATH_TEXT,
    NO_BREAK_HYPHEN,
    STRICT,
    TAB,
    TBL,
    TC,
    TEXT_BOX,
    TR,
    P,
    R,
    T,
    W,
)
from docgen.template.word.package import DOCTYPE, broken_at

NOTES = frozenset((COMMENT, f"{W}footnote", f"{W}endnote"))
NOTE_TYPE = f"{W}type"
TAG_SIGNS = (b"{", "｛".encode(), b"&#", b"_}")
# a text in one piece, as an attribute is, has the two signs of a tag side by side
_TOGETHER: Final = (b"{{", b"{%", b"{#", b"{_", b"}_}", b"%_}", "｛".encode())
_ELSEWHERE: Final = etree.XPath(
    "boolean(//@*[contains(., '{') or contains(., '｛')]"
    " | //text()[(contains(., '{') or contains(., '｛')) and not(parent::w:t or parent::m:t)])",
    namespaces={"w": MAIN, "m": MATH_TEXT[1:].partition("}")[0]},
)


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
        return TemplateFault("bad-xml", Location(file), details=broken_at(error))
    if b"<!DOCTYPE" in data or root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        return TemplateFault("bad-xml", Location(file), details=dict(DOCTYPE))
    if str(root.tag).startswith(f"{{{STRICT}}}"):
        return TemplateFault("strict", Location(file))
    return root


def read_parts(
    contents: Iterable[tuple[str, bytes]],
    links: Mapping[str, Links],
    known: Mapping[str, TemplatePart],
) -> list[TemplatePart]:
    """The parts of these contents that have tags, in order; those that are `known` are not read."""
    parts: list[TemplatePart] = []
    for name, content in contents:
        part = known.get(name) or read_part(name, content, links.get(name, NO_LINKS))
        if part is not None:
            parts.append(part)
    return parts


def read_part(file: str, data: bytes, links: Links = NO_LINKS) -> TemplatePart | None:
    """The part with its tags as nodes, and the faults of their writing; None where it has no tags.

    From `<w:t>共{{ 户</w:t>…<w:t>数 }}户</w:t>` comes a tree with `<w:t>共<?t 0?></w:t>…
    <w:t>户</w:t>` and one tag. A part that cannot be parsed has an empty tree and one fault.
    `links` are the addresses with tags that the part's relationships lead to.
    """
    if not links and not _may_hold_tags(data):
        return None
    root = parse_part(file, data)
    if isinstance(root, TemplateFault):
        return TemplatePart(file, etree.Element("none"), faults=[root])
    part = TemplatePart(file, root)
    places = dict(paragraphs(root, file))
    has_tags = bool(_ELSEWHERE(root)) and put_strings(part, places)
    has_tags |= bool(links) and put_links(part, links, places)
    return part if _put_flow(part, places) or has_tags or part.faults else None


def _may_hold_tags(data: bytes) -> bool:
    """Whether a part's bytes are worth parsing; a paragraph's runs may part even two braces."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):  # UTF-16, in which signs cannot be looked for
        return True
    if not any(sign in data for sign in TAG_SIGNS):  # one sign is looked for faster than two
        return False
    is_text = b":t>" in data or b":t " in data
    return is_text or b"&#" in data or any(signs in data for signs in _TOGETHER)


def _put_flow(part: TemplatePart, places: Mapping[Element, Location]) -> bool:
    """Whether the paragraphs hold tags, whose nodes now stand in them."""
    raw: tuple[TagText, Location] | None = None
    found: list[tuple[list[TextLeaf], list[TagText], Location]] = []
    for text_leaves, text, where in list(_texts(part.root, places)):  # the tree is changed below
        tag_texts = scan(text, in_raw=raw is not None)
        for said in tag_texts:
            if said.kind is TagKind.COMMENT and said.keyword:
                raw = (said, where) if said.keyword == "raw" else None
        if tag_texts:
            found.append((text_leaves, tag_texts, where))
    for text_leaves, tag_texts, where in found:
        if len(text_leaves) > 1:
            drop_inside(text_leaves, tag_texts)
        put_tags(text_leaves, tag_texts, where, part)
    if raw is not None:
        details = {"keyword": "raw", "instead": "{% endraw %}"}
        part.faults.append(TemplateFault("unclosed-block", raw[1], raw[0].text, details))
    return bool(found)


def _texts(
    root: Element, places: Mapping[Element, Location]
) -> Iterator[tuple[list[TextLeaf], str, Location]]:
    """The texts that may hold tags, paragraph by paragraph, foreign comments left out."""
    has_comments = next(root.iterchildren(COMMENT), None) is not None
    foreign = foreign_comments(root) if has_comments else frozenset()
    for paragraph, where in places.items():
        text_leaves = leaves(paragraph)
        text = "".join([piece for _, piece in text_leaves])
        if ("{" in text or "｛" in text or "_}" in text) and foreign.isdisjoint(
            paragraph.iterancestors(COMMENT)
        ):
            yield text_leaves, text, where


# What is looked through for paragraphs most often, and has none.
_WITHOUT_TEXT: Final = frozenset(
    f"{W}{name}" for name in ("tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "sectPr")
)


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
        elif child.tag not in _WITHOUT_TEXT:
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
        elif child.tag != wall and child.tag not in _WITHOUT_TEXT:
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
