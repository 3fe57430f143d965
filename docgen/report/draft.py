"""A report that may not leave the house yet: 草稿 across every page."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from lxml import etree

from docgen.template.word.hollow import hollow
from docgen.template.word.package import Package, deflated, main_part, pack, replaced, unpack
from workbook.catalogue.model import Language
from workbook.catalogue.reports import DRAFT, FONT_OF_DRAFT

# Few reports are drafts, so no other one shall wait for python-docx to be imported.
if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import _Header

_NAMESPACES: Final = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "w10": "urn:schemas-microsoft-com:office:word",
    }.items()
)
# Word's own text watermark (设计 > 水印), so that Word's 删除水印 takes it away again. It knows its
# watermarks by the beginning of their names. 136 is the shape of plain straight WordArt.
_NAME: Final = "PowerPlusWaterMarkObject"
_SHAPE_TYPE: Final = """<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136"
  adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>
  <v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>
  <v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>
  <v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>
  <v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>
  <v:f eqn="sum @6 0 @5"/></v:formulas>
  <v:path textpathok="t" o:connecttype="custom" o:connectangles="270,180,90,0"
    o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"/>
  <v:textpath on="t" fitshape="t"/>
  <v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>
  <o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>"""
# Turned by 45 degrees the two letters are 382 pt wide and high: they fit a landscape A4 page too.
_STYLE: Final = (
    "position:absolute;margin-left:0;margin-top:0;width:360pt;height:180pt;rotation:315;"
    "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    "mso-position-vertical:center;mso-position-vertical-relative:margin"
)
_TEXT_PATH: Final = "{urn:schemas-microsoft-com:vml}textpath"
_LOW_LINE: Final = f"""<w:pPr {_NAMESPACES}>
  <w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr>"""


def mark_draft(docx: bytes, language: Language = "zh") -> bytes:
    """The Word document `docx` with a large, light grey, diagonal 草稿 on each of its pages."""
    from docx import Document  # noqa: PLC0415

    package = unpack(docx)
    name = main_part(package)
    cut = hollow(package.read(name))  # marks are in the headers
    document = Document(io.BytesIO(_with(package, name, cut.content)))
    for number, header in enumerate(_headers(document), 1):
        _mark(header, number, language)
    file = io.BytesIO()
    document.save(file)
    if not cut.tables:
        return file.getvalue()
    marked = unpack(file.getvalue())
    return _with(marked, name, cut.filled(marked.read(name)))


def _with(package: Package, name: str, content: bytes) -> bytes:
    return b"".join(pack(replaced(package, [deflated(name, content)])))


def _headers(document: "Document") -> "Iterator[_Header]":
    """Every header that a page can show; of the first section also those that it had not yet.

    Later sections show the first one's where they have none of their own.
    """
    document.element.body.get_or_add_sectPr()
    for index, section in enumerate(document.sections):
        for header in (section.header, section.even_page_header, section.first_page_header):
            if not header.is_linked_to_previous:
                yield header
            elif index == 0:
                header.is_linked_to_previous = False
                _flatten(header)
                yield header


def _flatten(header: "_Header") -> None:
    """Make the line of a new, empty header so low that no page breaks elsewhere for it."""
    paragraph = header.paragraphs[0]._p
    paragraph.clear()
    paragraph.append(etree.fromstring(_LOW_LINE))


def _mark(header: "_Header", number: int, language: Language) -> None:
    """Hang the mark on the header's first paragraph, unless the header has it already."""
    paragraphs = header.paragraphs or [header.add_paragraph()]
    if not any(
        path.get("string") == DRAFT(language) for path in header.part.element.iter(_TEXT_PATH)
    ):
        paragraphs[0]._p.append(etree.fromstring(_run(number, language)))


def _run(number: int, language: Language) -> str:
    """The run with the mark as Word itself writes it, its name made unique by `number`."""
    font, mark = FONT_OF_DRAFT(language), DRAFT(language)
    return f"""<w:r {_NAMESPACES}><w:rPr><w:noProof/></w:rPr><w:pict>{_SHAPE_TYPE}
      <v:shape id="{_NAME}{number}" type="#_x0000_t136" style="{_STYLE}" o:allowincell="f"
        fillcolor="silver" stroked="f"><v:fill opacity=".5"/>
        <v:textpath style="font-family:&quot;{font}&quot;;font-size:1pt" string="{mark}"/>
        <w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>"""
