"""A template's document: its pieces written one after another, the same bytes at every build."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from docgen.new_document import new_document
from tools.paper.fields import Contents, Entry, write_contents, write_entry
from tools.paper.lines import BODY, Line, is_tag, write_line
from tools.paper.sections import Gap, PageEnd, Section, write_end, write_page_end, write_section
from tools.paper.tables import Table, write_table

Piece = Line | Table | Section | Gap | PageEnd | Contents | Entry
# The earliest time that a zip archive can hold: the same template has the same bytes.
ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)


def build(pieces: Iterable[Piece], title: str, author: str) -> bytes:
    """The Word document of `pieces` in the official format."""
    document = new_document()
    for piece in pieces:
        match piece:
            case Line():
                write_line(document, piece)
            case Table():
                write_table(document, piece)
            case Section():
                write_section(document, piece)
            case PageEnd():
                write_page_end(document)
            case Gap():
                write_end(document)
            case Contents():
                write_contents(document, piece)
            case Entry():
                write_entry(document, piece)
    if _ends_with_table(document.element.body):
        write_end(document)
    document.core_properties.title = title
    document.core_properties.author = author
    file = io.BytesIO()
    document.save(file)
    return without_times(file.getvalue())


def choice(branches: Iterable[tuple[str, Iterable[Piece]]]) -> Iterator[Piece]:
    """`if`, `elif` and `endif` around the pieces of each condition."""
    word = "if"
    for condition, pieces in branches:
        yield Line(BODY, f"{{%p {word} {condition} %}}")
        yield from pieces
        word = "elif"
    yield Line(BODY, "{%p endif %}")


def _ends_with_table(body: Iterable[Element]) -> bool:
    """Whether nothing but tags, which leave no trace, stands behind the last table."""
    for element in list(body)[-2::-1]:
        if element.tag == qn("w:tbl"):
            return True
        if not is_tag(element):
            return False
    return False


def without_times(package: bytes) -> bytes:
    """`package` with one fixed time on each of its files."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            new.writestr(entry, old.read(name), zipfile.ZIP_DEFLATED)
    return file.getvalue()
