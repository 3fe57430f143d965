"""Descriptions of charts, which LibreOffice leaves out of a PDF: put in behind its end.

A PDF may be changed by what is added to it: objects that are written anew, and a list of where they
lie that goes before the older one (ISO 32000-1, 7.5.6).
"""

import re
from collections.abc import Mapping
from typing import Final

from lxml import etree

from docgen.template.word.names import WP
from docgen.template.word.package import Package, main_part

_INLINE, _ANCHOR = f"{WP}inline", f"{WP}anchor"
_FIGURE: Final = re.compile(
    rb"\n(\d+) 0 obj\s*(<<\s*/Type\s*/StructElem\s*/S\s*/Figure\b.*?)>>\s*endobj", re.DOTALL
)
_END: Final = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s*(\d+)\s*%%EOF\s*$", re.DOTALL)
_CHECKSUM: Final = re.compile(rb"/DocChecksum\s*/\w+\s*")  # of the file as LibreOffice wrote it


def described(pdf: bytes, package: Package) -> bytes:
    """The PDF with the descriptions that the document's drawings have, at figures that have none.

    It stays as it is where drawings and figures are not certain to be the same.
    """
    texts = _descriptions(package)
    figures = sorted((int(one[1]), one[2].rstrip()) for one in _FIGURE.finditer(pdf))
    if len(figures) != len(texts):
        return pdf
    return _with(
        pdf,
        {
            number: b"%b\n/Alt<%b>>>" % (said, _text(text))
            for (number, said), text in zip(figures, texts, strict=True)
            if text and b"/Alt" not in said
        },
    )


def _descriptions(package: Package) -> list[str]:
    """Those of a document's drawings; none where some float, which are printed in any order."""
    drawings = list(etree.fromstring(package.read(main_part(package))).iter(_INLINE, _ANCHOR))
    if len(drawings) > 1 and any(one.tag == _ANCHOR for one in drawings):
        return []
    return [one.find(f"{WP}docPr").get("descr", "") for one in drawings]  # type: ignore[union-attr]


def _with(pdf: bytes, objects: Mapping[int, bytes]) -> bytes:
    """The PDF with these objects in place of those of their numbers."""
    end = _END.search(pdf)
    if end is None or not objects:
        return pdf
    made, listed = pdf.rstrip() + b"\n", b"xref\n"
    for number, content in objects.items():
        listed += b"%d 1\n%010d 00000 n \n" % (number, len(made))
        made += b"%d 0 obj\n%b\nendobj\n\n" % (number, content)
    trailer = b"trailer\n<<%b\n/Prev %b>>\n" % (_CHECKSUM.sub(b"", end[1]).rstrip(), end[2])
    return b"%b%b%bstartxref\n%d\n%%%%EOF\n" % (made, listed, trailer, len(made))


def _text(text: str) -> bytes:
    """A text as a PDF writes it in hexadecimal digits."""
    return b"FEFF" + text.encode("utf-16-be").hex().upper().encode()
