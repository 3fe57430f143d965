"""A document's paragraphs as texts, parts of which can be replaced with the look that they have."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from docx.document import Document
from docx.oxml.ns import qn

_TEXT: Final = qn("w:t")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_HEADING: Final = re.compile(
    r"(?:[(（]?[一二三四五六七八九十]+[)）、]|[(（]?\d+[)）、.．](?!\d))\s*"
)
_FIELDS: Final = (qn("w:fldSimple"), qn("w:fldChar"))
_WORDS: Final = re.compile(r"[^\W\d_]{2}")
_ENDED: Final = re.compile(r"[。:：]")
_LONGEST: Final = 20  # letters of a heading
_TABLE, _ROW, _CELL, _PARAGRAPH = qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:p")


@dataclass(frozen=True, slots=True)
class Span:
    """What is to stand instead of a part of a paragraph's text, from `start` to `end`."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in the body or in a cell; `row` and `table` are the elements that it stands in.

    `before` is what is said of it elsewhere: the first cell of its row and the head of its column.
    `topic` is what its heading says, above it or at its beginning: （一）货物类。
    """

    element: Any
    row: Any = None
    table: Any = None
    before: tuple[str, ...] = ()
    topic: str = ""

    @property
    def text(self) -> str:
        """Its words."""
        return text_of(self.element)


def text_of(element: Any) -> str:
    """All words below an element."""
    return "".join(one.text or "" for one in element.iter(_TEXT))


def paragraphs(document: Document) -> list[Paragraph]:
    """Every paragraph in the order in which it is read, those of headers and footers behind."""
    found = list(_paragraphs(document.element.body, None, None, ()))
    for part in _around_pages(document):
        found += [one for one in _paragraphs(part, None, None, ()) if _is_of_words(one.element)]
    topics = _topics(found)
    return [replace(one, topic=topic) for one, topic in zip(found, topics, strict=True)]


def _around_pages(document: Document) -> Iterator[Any]:
    """The headers and footers of a document's sections, each once."""
    for section in document.sections:
        for part in (
            section.header,
            section.footer,
            section.first_page_header,
            section.first_page_footer,
            section.even_page_header,
            section.even_page_footer,
        ):
            if not part.is_linked_to_previous:
                yield part._element


def _is_of_words(paragraph: Any) -> bool:
    """Whether a paragraph says words, and does not count pages."""
    is_field = any(True for _ in paragraph.iter(*_FIELDS))
    return not is_field and _WORDS.search(text_of(paragraph)) is not None


def _topics(found: Sequence[Paragraph]) -> Iterator[str]:
    """What each paragraph is about, by the numbered heading that it begins with or stands under."""
    above = ""
    for one in found:
        text = one.text.strip()
        numbered = _HEADING.match(text) if one.table is None else None
        if numbered is None:
            yield above
            continue
        rest = text[numbered.end() :]
        is_alone = not _ENDED.search(rest) and len(rest) <= _LONGEST
        head = rest if is_alone else (_ENDED.split(rest)[0] if _ENDED.search(rest) else "")
        topic = head if len(head) <= _LONGEST else ""
        above = topic if is_alone else ""
        yield topic


def _paragraphs(element: Any, row: Any, table: Any, before: tuple[str, ...]) -> Iterator[Paragraph]:
    for child in element:
        if child.tag == _PARAGRAPH:
            yield Paragraph(child, row, table, before)
        elif child.tag == _TABLE:
            yield from _of_table(child)
        elif child.tag != _ROW:
            yield from _paragraphs(child, row, table, before)


def _of_table(table: Any) -> Iterator[Paragraph]:
    heads: list[str] = []
    for row in table.iter(_ROW):
        cells = cells_of(row)
        texts = [text_of(cell) for cell in cells]
        first = next(filter(None, texts), "")
        for number, cell in enumerate(cells):
            head = heads[number] if number < len(heads) else ""
            yield from _paragraphs(cell, row, table, (first, head))
        if not heads and any(texts):
            heads = texts


def cells_of(row: Any) -> list[Any]:
    """The cells of a row."""
    return [child for child in row.iter(_CELL) if child.getparent() is row]


def rows_of(table: Any) -> list[Any]:
    """The rows of a table."""
    return [child for child in table.iter(_ROW) if child.getparent() is table]


def put(element: Any, spans: Sequence[Span]) -> None:
    """Replace parts of a paragraph's text; a tag has the look of the first letter it replaces."""
    leaves = list(element.iter(_TEXT))
    for span in sorted(spans, key=lambda one: -one.start):
        end = 0
        is_put = False
        for leaf in leaves:
            start, end = end, end + len(leaf.text or "")
            if end <= span.start or start >= span.end:
                continue
            text = leaf.text or ""
            left, right = text[: max(span.start - start, 0)], text[max(span.end - start, 0) :]
            middle = "" if is_put else span.tag
            right = right if span.end < end else ""
            leaf.text, is_put = f"{left}{middle}{right}", True
            leaf.set(_SPACE, "preserve")
            end = start + len(text)  # the places are those of the text before


def say(element: Any, text: str) -> None:
    """Let a paragraph say this in place of all its words."""
    whole = text_of(element)
    if whole:
        put(element, [Span(0, len(whole), text)])
