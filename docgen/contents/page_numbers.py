"""The pages of a document's page references, as LibreOffice lays it out."""

import re
import tempfile
from pathlib import Path
from typing import Final

from docgen.printing.libreoffice import by_libreoffice
from workbook.files.save import OutputError

_PAGES: Final = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_OBJECT: Final = re.compile(rb"\n(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_NUMBER: Final = re.compile(rb"(\d+) 0 R")
_LINKS: Final = re.compile(rb"/Annots\s*\[([^\]]*)\]")
# A reference is a link within the document, and says what is printed: the digits of a page.
_LINK: Final = re.compile(
    rb"/Subtype/Link.*?/Rect\[([\d.]+) ([\d.]+) .*?/Contents<FEFF((?:003[0-9])+)>/Dest\["
)


def page_numbers(document: bytes) -> list[str]:
    """The page of each page reference in order; none where no LibreOffice can be asked."""
    with tempfile.TemporaryDirectory(prefix="gouji") as folder:
        source, made = Path(folder, "report.docx"), Path(folder, "report.pdf")
        try:
            source.write_bytes(document)
            by_libreoffice([source], "pdf")
        except (OutputError, OSError):  # of the folder for temporary files, which may be full
            return []
        return _printed_references(made.read_bytes()) if made.exists() else []


def _printed_references(pdf: bytes) -> list[str]:
    """What the links to places in the document say, from the first page on, down each page.

    LibreOffice writes all but the streams of a PDF as plain text.
    """
    objects = dict(_OBJECT.findall(pdf))
    pages = _PAGES.search(pdf)
    found = []
    for number in _NUMBER.findall(pages[1]) if pages else ():
        links = _LINKS.search(objects.get(number, b""))
        listed = (objects.get(one, b"") for one in _NUMBER.findall(links[1])) if links else ()
        matches = [match for one in listed if (match := _LINK.search(one))]
        matches.sort(key=lambda match: (-float(match[2]), float(match[1])))
        found += [bytes.fromhex(match[3].decode()).decode("utf-16-be") for match in matches]
    return found
