"""A copy of a Word file with a comment at each place of which something is to be said."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.errors import Location, TemplateFault
from docgen.template.read.part import paragraphs
from docgen.template.word.changes import Changes, serialised
from docgen.template.word.names import MAIN, P_PR, W
from docgen.template.word.package import main_part, pack, read_document, replaced

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
AUTHOR: Final = "勾稽"
AUTHOR_EN: Final = "Gouji"


def annotate_template(
    path: str | os.PathLike[str], faults: Sequence[TemplateFault], language: str = "zh"
) -> bytes:
    """The template with a comment at each fault, in a language."""
    author = AUTHOR if language == "zh" else AUTHOR_EN
    return commented(path, [(one.where, (one.said(language),)) for one in faults], author)


def commented(
    path: str | os.PathLike[str],
    remarks: Sequence[tuple[Location, Sequence[str]]],
    author: str = AUTHOR,
) -> bytes:
    """The document with comments; those on headers, notes and properties stand at the beginning.

    A file that is no readable Word file raises what reading it raises.
    """
    source = Path(path)
    package = read_document(source.read_bytes(), source.name)
    changes = Changes(package)
    main = main_part(package)
    root = etree.fromstring(package.read(main))
    places = {where: paragraph for paragraph, where in paragraphs(root, main)}
    first = next(iter(places.values()), None)
    name, comments = _comments(changes, main)
    number = max((int(item.get(f"{W}id", "0")) for item in comments), default=-1)
    for where, lines in remarks:
        paragraph = places.get(where.around(), first)
        if paragraph is not None:
            number += 1
            comments.append(_comment(number, lines, author))
            _point_at(paragraph, number)
    changes.put(name, serialised(comments), CONTENT_TYPE)
    changes.put(main, serialised(root))
    return b"".join(pack(replaced(package, changes.members())))


def _comments(changes: Changes, main: str) -> tuple[str, Element]:
    name = changes.related(main, "comments")
    if name is not None:
        return name, etree.fromstring(changes.read(name))
    changes.relate(main, "comments", "word/comments.xml")
    return "word/comments.xml", etree.Element(f"{W}comments", nsmap={"w": MAIN})


def _comment(number: int, lines: Sequence[str], author: str) -> Element:
    comment = etree.Element(f"{W}comment")
    for name, value in (("id", str(number)), ("author", author), ("initials", author)):
        comment.set(f"{W}{name}", value)
    for line in lines:
        run = etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r")
        etree.SubElement(run, f"{W}t").text = "".join(c for c in line if c.isprintable())
    return comment


def _point_at(paragraph: Element, number: int) -> None:
    start, end = etree.Element(f"{W}commentRangeStart"), etree.Element(f"{W}commentRangeEnd")
    run = etree.Element(f"{W}r")
    reference = etree.SubElement(run, f"{W}commentReference")
    for element in (start, end, reference):
        element.set(f"{W}id", str(number))
    properties = paragraph.find(P_PR)
    if properties is None:
        paragraph.insert(0, start)
    else:
        properties.addnext(start)
    paragraph.extend((end, run))
