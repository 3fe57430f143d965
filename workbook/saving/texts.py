"""A file as it is, with other texts in some of its cells: every other byte of its parts stays.

openpyxl loses what it does not know; here only the parts of the sheets that change are written.
"""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

from lxml import etree

from workbook.findings.place import Place
from workbook.xlsx.book import Book
from workbook.xlsx.package import MAIN, Package

_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def with_texts(file: bytes, texts: Mapping[Place, str]) -> tuple[bytes, frozenset[Place]]:
    """The file with these texts, and the cells that have them: not those in which a formula stands.

    A text of several looks gets that of its cell. Raises `PackageError` for a broken part.
    """
    package = Package.of(file)
    parts = Book(package).parts
    changed: dict[str, bytes] = {}
    written: set[Place] = set()
    for sheet in dict.fromkeys(place.sheet for place in texts):
        root = package.tree(parts[sheet])
        wanted = {place.address: place for place in texts if place.sheet == sheet}
        for cell in root.iter(f"{MAIN}c"):
            place = wanted.get(cell.get("r", ""))
            if place is not None and cell.find(f"{MAIN}f") is None:
                _write(cell, texts[place])
                written.add(place)
        changed[parts[sheet].lower()] = etree.tostring(
            root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
    return _rewritten(file, changed), frozenset(written)


def _write(cell: Any, text: str) -> None:
    """Put a text into a cell itself, and not among those that cells share."""
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    words = etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t")
    words.text = text
    words.set(_SPACE, "preserve")


def _rewritten(file: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The archive with other bytes for some members, the rest in its order as it was."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(file)) as old, zipfile.ZipFile(made, "w") as new:
        for member in old.infolist():
            data = changed.get(member.filename.lower())
            new.writestr(member, old.read(member) if data is None else data)
    return made.getvalue()
