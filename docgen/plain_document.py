"""An empty Word document for reports in English: A4, Calibri, pages numbered at the foot.

python-docx's own template brings all the styles that Word shows; here they get one font, quiet
headings and the language that spelling is checked in.
"""

from typing import Final

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

FONT: Final = "Calibri"
LANGUAGE: Final = "en-US"
_INK: Final = RGBColor(0x1F, 0x4E, 0x79)
_SIZES: Final = {"Title": 22, "Subtitle": 12, "Heading 1": 14, "Heading 2": 12}
_MARGIN: Final = 22  # millimetres
_FONT_TABLE: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?><w:fonts xmlns:w="http://schemas.openxmlformats.org'
    b'/wordprocessingml/2006/main"><w:font w:name="Calibri"><w:altName w:val="Carlito"/>'
    b'<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)


def plain_document() -> WordDocument:
    """A document without text."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin = section.bottom_margin = Mm(_MARGIN)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for name, size in _SIZES.items():
        style = document.styles[name]
        _set_font(style.element)
        style.font.size, style.font.color.rgb = Pt(size), _INK
        style.font.bold, style.font.italic = name != "Subtitle", False
    for language in document.styles.element.iter(qn("w:lang")):
        for name in ("val", "eastAsia"):
            language.set(qn(f"w:{name}"), LANGUAGE)
    package = document.part.package
    for name in [name for name, one in package.rels.items() if one.reltype.endswith("/thumbnail")]:
        package.rels.pop(name)  # a picture of python-docx's own blank page
    for part in package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = _FONT_TABLE
    _number_pages(section.footer.paragraphs[0])
    document.core_properties.language = LANGUAGE
    document.core_properties.comments = ""
    return document


def _set_font(style: object) -> None:
    """One font, whatever the theme says."""
    fonts = style.get_or_add_rPr().get_or_add_rFonts()  # type: ignore[attr-defined]
    fonts.attrib.clear()
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), FONT)


def _number_pages(paragraph: Paragraph) -> None:
    """`Page 1 of 3`, in the middle."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.add_run(words)
        for kind, text in (("begin", ""), ("", field), ("separate", ""), ("", "1"), ("end", "")):
            run = paragraph.add_run()
            if kind:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
                run._r.append(mark)
            elif text == field:
                code = OxmlElement("w:instrText")
                code.set(qn("xml:space"), "preserve")
                code.text = f" {field} "
                run._r.append(code)
            else:
                run.text = text
