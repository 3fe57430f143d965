"""The paragraphs of a part in reading order, each with its place in the reader's words."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from docgen.template.model.errors import Place, Step
from docgen.template.model.names import (
    BODY,
    BR,
    CR,
    MATH_TEXT,
    NO_BREAK_HYPHEN,
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

NOTES = frozenset(f"{W}{name}" for name in ("footnote", "endnote", "comment"))
NOTE_TYPE = f"{W}type"
PROPERTIES = frozenset(
    f"{W}{name}" for name in ("pPr", "rPr", "tblPr", "tblGrid", "sectPr", "sdtPr")
)
SIGNS = {TAB: "\t", BR: "\n", CR: "\n", NO_BREAK_HYPHEN: "-"}

Piece = tuple[Element, str]


@dataclass(slots=True)
class _Count:
    """How many paragraphs, tables and notes of one container were met so far.

    `boxed` are the part's paragraphs that hold text boxes: few, and dear to look for one by one.
    """

    boxed: frozenset[Element]
    paragraphs: int = 0
    tables: int = 0
    notes: int = 0


def paragraphs(root: Element, file: str) -> Iterator[tuple[Element, Place]]:
    """Every `w:p` below `root` with its place, text boxes and nested tables included."""
    body = root.find(BODY)
    boxed = frozenset(holder for box in root.iter(TEXT_BOX) for holder in box.iterancestors(P))
    for paragraph, steps in _blocks(root if body is None else body, (), _Count(boxed)):
        yield paragraph, Place(file, steps)


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
            yield from _blocks(child, (*steps, ("note", count.notes)), _Count(count.boxed))
        elif child.tag not in PROPERTIES and len(child):
            yield from _blocks(child, steps, count)


def _paragraph_step(container: Element, number: int) -> tuple[Step, ...]:
    """The first paragraph of a cell, box or note needs no number of its own."""
    alone = container.tag in (TC, TEXT_BOX) or container.tag in NOTES
    return () if alone and number == 1 else (("paragraph", number),)


def _cells(
    table: Element, steps: tuple[Step, ...], count: _Count
) -> Iterator[tuple[Element, tuple[Step, ...]]]:
    for row_number, row in enumerate(_nearest(table, TR, TBL), 1):
        for column, cell in enumerate(_nearest(row, TC, TBL), 1):
            place = ("cell", count.tables, row_number, column)
            yield from _blocks(cell, (*steps, place), _Count(count.boxed))


def _nearest(container: Element, wanted: str, wall: str) -> Iterator[Element]:
    """The `wanted` elements below `container`, through content controls but not through `wall`."""
    for child in container:
        if child.tag == wanted:
            yield child
        elif child.tag != wall and child.tag not in PROPERTIES and len(child):
            yield from _nearest(child, wanted, wall)


def _boxes(
    paragraph: Element, steps: tuple[Step, ...], count: _Count
) -> Iterator[tuple[Element, tuple[Step, ...]]]:
    number = 0
    for box in paragraph.iter(TEXT_BOX):
        if next(box.iterancestors(P)) is paragraph:
            number += 1
            yield from _blocks(box, (*steps, ("box", number)), _Count(count.boxed))


def pieces(paragraph: Element) -> list[Piece]:
    """The text leaves of `paragraph` in order with their text, those of its text boxes left out."""
    boxed = next(paragraph.iter(TEXT_BOX), None) is not None
    found: list[Piece] = []
    for leaf in paragraph.iter(T, TAB, BR, CR, NO_BREAK_HYPHEN, MATH_TEXT):
        if boxed and next(leaf.iterancestors(P)) is not paragraph:
            continue
        if leaf.tag in (T, MATH_TEXT):
            found.append((leaf, leaf.text or ""))
        elif (parent := leaf.getparent()) is not None and parent.tag == R:
            found.append((leaf, SIGNS[str(leaf.tag)]))
    return found
