"""Fields of a template that Word fills: a table of contents, and the pages of other places."""

from collections.abc import Iterator
from typing import NamedTuple

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element as Element


class Contents(NamedTuple):
    """Word's own table of contents over the headings down to `depth`.

    A report's entries are filled in when it is made; Word makes them anew.
    """

    depth: int = 2


class Entry(NamedTuple):
    """A line of a list: words, dots, and the page on which the bookmark `mark` stands."""

    style: str
    text: str
    mark: str


def write_contents(document: Document, contents: Contents) -> None:
    """Add the table of contents to `document`, as yet without an entry."""
    paragraph = document.add_paragraph(style="toc 1")._p
    paragraph.extend(field(f' TOC \\o "1-{contents.depth}" \\h \\z '))


def write_entry(document: Document, entry: Entry) -> None:
    """Add the line of `entry` to `document`."""
    paragraph = document.add_paragraph(f"{entry.text}\t", style=entry.style)._p
    paragraph.extend(field(f" PAGEREF {entry.mark} \\h "))


def field(says: str) -> Iterator[Element]:
    """The runs of a field whose result is blank."""
    for sign in ("begin", says, "separate", "", "end"):
        run = OxmlElement("w:r")
        is_sign = sign in ("begin", "separate", "end")
        name = "w:fldChar" if is_sign else "w:instrText" if sign else "w:t"
        inside = OxmlElement(name)
        if is_sign:
            inside.set(qn("w:fldCharType"), sign)
        else:
            inside.text = sign or None
            inside.set(qn("xml:space"), "preserve")
        run.append(inside)
        yield run
