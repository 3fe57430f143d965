"""A report's table of contents with its entries, as Word would write them, and their pages.

Word fills such a field only after it has asked the reader, WPS and LibreOffice leave it as it is.
So the entries stand in the file from the start, inside the field, for Word to make anew.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.contents.word_fields import (
    PAGEREF,
    TOC,
    Field,
    between,
    field_runs,
    fields,
    made,
    paragraph_of,
    run_of,
    take,
    text,
)
from docgen.template.word.changes import Changes, serialised
from docgen.template.word.hollow import Hollow, hollow
from docgen.template.word.names import P_PR, SECT_PR, VAL, P, T, W
from docgen.template.word.package import Package, deflated, main_part, pack, replaced, unpack

# Asked with a document, it gives the pages of its page references in order, or nothing.
PageFinder = Callable[[bytes], Sequence[str]]

_DEPTHS: Final = re.compile(r'\\o\s+"?(\d)-(\d)')
_OTHER_STYLES: Final = re.compile(r'\\t\s+"([^"]*)"')
_ANY_STYLE: Final = b"\\t"  # of a table of contents that lists other styles than headings
_MARK_NUMBER: Final = re.compile(rb'<\w+:bookmarkStart\b[^>]*? \w+:id="(\d+)"')
_DEEPEST: Final = 9
_FIRST_MARK: Final = 100_000_000  # Word's own marks have nine digits


def with_contents(document: bytes, pages: PageFinder) -> bytes:
    """The Word document with its tables of contents filled, and the page of each reference.

    A page that `pages` cannot tell stays blank until Word updates the field.
    """
    package = unpack(document)
    name = main_part(package)
    content = package.read(name)
    if b"TOC" not in content and b"PAGEREF" not in content:
        return document
    styles = _styles(package, name)
    cut = _cut(content, styles)
    root = etree.fromstring(cut.content)

    def packed(root: Element) -> bytes:
        part = deflated(name, cut.filled(serialised(root)))
        return b"".join(pack(replaced(package, [part])))

    number = _free_number(content)
    for field in fields(root, TOC):
        number += _fill(field, _headings(root, field.says, styles), styles, number)
    references = fields(root, PAGEREF)
    found = pages(packed(_probe(root))) if references else ()
    if len(found) == len(references):
        for field, page in zip(references, found, strict=True):
            field.show(page)
    return packed(root)


def _cut(content: bytes, styles: Mapping[str, str]) -> Hollow:
    """The part without tables in which no field and no heading stands."""
    if _ANY_STYLE in content:
        return Hollow(content)
    headings = (f'"{key}"'.encode() for name, key in styles.items() if name.startswith("heading"))
    return hollow(content, (b"<w:fldChar", b"<w:instrText", *headings))


def _styles(package: Package, name: str) -> dict[str, str]:
    """The ids of the paragraph styles by their names in small letters."""
    part = Changes(package).related(name, "styles")
    if part is None:
        return {}
    root = etree.fromstring(package.read(part))
    return {
        called.get(VAL, "").lower(): style.get(f"{W}styleId", "")
        for style in root.iter(f"{W}style")
        for called in style.iter(f"{W}name")
    }


def _headings(
    root: Element, says: str, styles: Mapping[str, str]
) -> list[tuple[int, Element, str]]:
    """The paragraphs that a table of contents lists: their levels from 1, their words."""
    levels = _levels(says, styles)
    found = []
    for paragraph in root.iter(P):
        style = paragraph.find(f"{P_PR}/{W}pStyle")
        level = levels.get(style.get(VAL, "")) if style is not None else None
        words = "".join(one.text or "" for one in paragraph.iter(T)).strip()
        if level is not None and words:
            found.append((level, paragraph, words))
    return found


def _levels(says: str, styles: Mapping[str, str]) -> dict[str, int]:
    """The levels of the styles, by id, that a table of contents asks for."""
    depths, others = _DEPTHS.search(says), _OTHER_STYLES.search(says)
    first, last = (int(depths[1]), int(depths[2])) if depths else (1, 0 if others else _DEEPEST)
    levels = {
        styles[f"heading {level}"]: level
        for level in range(first, last + 1)
        if f"heading {level}" in styles
    }
    listed = re.split("[,;，；]", others[1]) if others else []
    for name, level in zip(listed[::2], listed[1::2], strict=False):
        if name.strip().lower() in styles and level.strip().isdigit():
            levels[styles[name.strip().lower()]] = int(level)
    return levels


def _fill(
    field: Field,
    headings: Sequence[tuple[int, Element, str]],
    styles: Mapping[str, str],
    free: int,
) -> int:
    """Put an entry for each heading into a table of contents; how many it has.

    Bookmarks have numbers from `free` on.
    """
    first, last = paragraph_of(field.begin), paragraph_of(field.end)
    around = first.getparent()
    if not headings or around is None or around is not last.getparent():
        return 0
    field.clean()
    entries = [
        _entry(level, words, _marked(heading, number), styles.get(f"toc {level}"))
        for number, (level, heading, words) in enumerate(headings, free)
    ]
    begin, separate = run_of(field.begin), run_of(field.separate)
    for place, run in enumerate([begin, *between(begin, separate), separate], 1):
        entries[0].insert(place, run)
    entries[-1].append(run_of(field.end))
    if (section := last.find(f"{P_PR}/{SECT_PR}")) is not None:
        entries[-1][0].append(section)
    place, end = around.index(first), around.index(last) + 1
    around[place:end] = entries
    return len(entries)


def _entry(level: int, words: str, mark: str, style: str | None) -> Element:
    """An entry as Word writes it: a link to the heading, dots, its page."""
    properties = made("pPr", {}, *([made("pStyle", {VAL: style})] if style else []))
    link = made("hyperlink", {f"{W}anchor": mark, f"{W}history": "1"})
    link.extend((made("r", {}, text(words)), made("r", {}, made("tab", {}))))
    link.extend(field_runs(f" PAGEREF {mark} \\h "))
    return made("p", {}, properties, link)


def _free_number(content: bytes) -> int:
    """A number from which on no bookmark of the document has one."""
    return max((int(found[1]) for found in _MARK_NUMBER.finditer(content)), default=0) + 1


def _marked(heading: Element, number: int) -> str:
    """The bookmark around a heading, by which Word finds its page."""
    name = f"_Toc{_FIRST_MARK + number}"
    start = made("bookmarkStart", {f"{W}id": str(number), f"{W}name": name})
    heading.insert(0 if heading.find(P_PR) is None else 1, start)
    heading.append(made("bookmarkEnd", {f"{W}id": str(number)}))
    return name


def _probe(root: Element) -> Element:
    """The document with no field around its contents.

    LibreOffice computes the page of a reference, but takes what stands in a table of contents as
    plain text.
    """
    probe = deepcopy(root)
    for field in fields(probe, TOC):
        begin, separate = run_of(field.begin), run_of(field.separate)
        for run in [begin, *between(begin, separate), separate, run_of(field.end)]:
            take(run)
    return probe
