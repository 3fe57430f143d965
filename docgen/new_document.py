"""An empty Word document in the official format of GB/T 9704-2012.

It is written part by part, because python-docx's own template brings the styles, the fonts and the
page of an American letter.
"""

import io
import zipfile
from typing import Final

import docx
from docx.document import Document

from docgen import norm
from docgen.norm import CHARACTER, LINE_PITCH, SIZE_3, SIZE_4, STYLES, Style

_SCHEMAS: Final = "http://schemas.openxmlformats.org"
_NAMESPACES: Final = (
    f'xmlns:w="{_SCHEMAS}/wordprocessingml/2006/main" '
    f'xmlns:r="{_SCHEMAS}/officeDocument/2006/relationships"'
)
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE: Final = "application/vnd.openxmlformats-package.core-properties+xml"
# The parts beside the document and what each is; the section refers to the first two as rId1, rId2.
_TEXT_WIDTH: Final = norm.PAGE_WIDTH - norm.LEFT - norm.RIGHT
_KINDS: Final = {
    "footer1": "footer",
    "footer2": "footer",
    "styles": "styles",
    "settings": "settings",
    "fontTable": "fontTable",
}


def new_document() -> Document:
    """A document without text in the official format, its pages numbered `— 1 —`."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        for name, content in _parts().items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return docx.Document(package)


def _parts() -> dict[str, str]:
    """The parts of the package: their names and their XML."""
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument/2006/relationships/officeDocument", "word/document.xml"),
            ("package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core_properties(),
        "word/document.xml": _document(),
        "word/_rels/document.xml.rels": _relations(
            *(
                (f"officeDocument/2006/relationships/{kind}", f"{part}.xml")
                for part, kind in _KINDS.items()
            )
        ),
        "word/footer1.xml": _footer("right"),
        "word/footer2.xml": _footer("left"),
        "word/styles.xml": _styles(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _font_table(),
    }


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for part, kind in {"document": "document.main", **_KINDS}.items()
    )
    return (
        f'<Types xmlns="{_SCHEMAS}/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'{overrides}<Override PartName="/docProps/core.xml" ContentType="{_CORE}"/></Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    """The relationships rId1, rId2 … to the targets, each given by kind and place."""
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_SCHEMAS}/{kind}" Target="{place}"/>'
        for number, (kind, place) in enumerate(targets, 1)
    )
    return (
        f'<Relationships xmlns="{_SCHEMAS}/package/2006/relationships">{relations}</Relationships>'
    )


def _core_properties() -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_SCHEMAS}/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:language>zh-CN</dc:language>'
        "</cp:coreProperties>"
    )


def _document() -> str:
    """The body: one section with the page and its grid, odd pages' and even pages' footers."""
    return f"""<w:document {_NAMESPACES}><w:body><w:sectPr>
      <w:footerReference w:type="default" r:id="rId1"/>
      <w:footerReference w:type="even" r:id="rId2"/>
      <w:pgSz w:w="{norm.PAGE_WIDTH}" w:h="{norm.PAGE_HEIGHT}"/>
      <w:pgMar w:top="{norm.TOP}" w:right="{norm.RIGHT}" w:bottom="{norm.BOTTOM}"
        w:left="{norm.LEFT}" w:header="{norm.HEADER_DISTANCE}"
        w:footer="{norm.FOOTER_DISTANCE}" w:gutter="0"/>
      <w:pgNumType w:start="1"/>
      <w:cols w:space="425"/>
      <w:docGrid w:type="linesAndChars" w:linePitch="{LINE_PITCH}"
        w:charSpace="{norm.CHARACTER_SPACE}"/>
      </w:sectPr></w:body></w:document>"""


def _footer(side: str) -> str:
    """`— 1 —` one character in from the edge at `side`: GB/T 9704-2012, 7.5."""
    return f"""<w:ftr {_NAMESPACES}><w:p>
      <w:pPr><w:pStyle w:val="Footer"/>
        <w:ind w:{side}Chars="100" w:{side}="{SIZE_4 * 20}"/><w:jc w:val="{side}"/></w:pPr>
      <w:r><w:t xml:space="preserve">— </w:t></w:r>
      <w:r><w:fldChar w:fldCharType="begin"/></w:r>
      <w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>
      <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>
      <w:r><w:fldChar w:fldCharType="end"/></w:r>
      <w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>"""


def _styles() -> str:
    """All styles; Word's other built-in ones stay out of its list until somebody uses them."""
    line = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'
    borders = "".join(
        f"<w:{edge} {line}/>" for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return f"""<w:styles {_NAMESPACES}>
      <w:docDefaults><w:rPrDefault><w:rPr>{_fonts(norm.BODY_FONT)}<w:color w:val="000000"/>
        <w:sz w:val="{SIZE_3 * 2}"/><w:szCs w:val="{SIZE_3 * 2}"/>
        <w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>
        </w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>
      <w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1"
        w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>
      {"".join(map(_paragraph_style, STYLES))}
      {"".join(_linked_style(style) for style in STYLES if style.level)}
      <w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
        <w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>
      <w:style w:type="numbering" w:default="1" w:styleId="NoList">
        <w:name w:val="No List"/><w:semiHidden/></w:style>
      <w:style w:type="table" w:default="1" w:styleId="TableNormal">
        <w:name w:val="Normal Table"/><w:semiHidden/><w:tblPr><w:tblCellMar>
        <w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>
        </w:tblCellMar></w:tblPr></w:style>
      <w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>
        <w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>
        </w:style></w:styles>"""


def _paragraph_style(style: Style) -> str:
    """The style as Word reads it; every style says all of its layout, for it inherits nothing."""
    own = "" if style.name.isascii() else ' w:customStyle="1"'
    default = ' w:default="1"' if style.id == "Normal" else ""
    based = "" if default else '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>'
    link = f'<w:link w:val="{style.id}Char"/>' if style.level else ""
    return f"""<w:style w:type="paragraph"{default}{own} w:styleId="{style.id}">
      <w:name w:val="{style.name}"/>{based}{link}<w:uiPriority w:val="1"/><w:qFormat/>
      <w:pPr>{_layout(style)}</w:pPr><w:rPr>{_letters(style)}</w:rPr></w:style>"""


def _layout(style: Style) -> str:
    """The paragraph properties; a page is filled to its last line, so there is no widow control."""
    line, rule = (style.line, "exact") if style.line else (240, "auto")
    keep = "<w:keepNext/><w:keepLines/>" if style.keep_next else ""
    level = f'<w:outlineLvl w:val="{style.level - 1}"/>' if style.level else ""
    # Without the blanks that Word puts beside digits, two digits fill one square of the grid.
    tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{_TEXT_WIDTH}"/></w:tabs>'
    paged = tabs if style.paged else ""
    return f"""{keep}<w:widowControl w:val="0"/>{paged}
      <w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>
      <w:spacing w:before="{style.lines_before * LINE_PITCH}" w:after="0"
        w:line="{line}" w:lineRule="{rule}"/>
      <w:ind {_indents(style)}/><w:jc w:val="{style.align}"/>{level}"""


def _indents(style: Style) -> str:
    """Indents in hundredths of a character, and in twips for programs that read no characters."""
    first = "hanging" if style.first < 0 else "firstLine"
    # Word's leftChars leaves the hanging part out, `left` does not.
    indents = (
        ("left", style.left + min(style.first, 0), style.left),
        ("right", style.right, style.right),
        (first, abs(style.first), abs(style.first)),
    )
    return " ".join(
        f'w:{name}Chars="{chars * 100:.0f}" w:{name}="{width * CHARACTER:.0f}"'
        for name, chars, width in indents
    )


def _letters(style: Style) -> str:
    spacing = norm.LETTER_SPACING if style.size_pt == SIZE_3 else 0
    return (
        f'{_fonts(style.font)}<w:snapToGrid w:val="0"/><w:spacing w:val="{spacing}"/>'
        f'<w:sz w:val="{style.size_pt * 2:g}"/><w:szCs w:val="{style.size_pt * 2:g}"/>'
    )


def _fonts(font: str) -> str:
    """One font for all scripts; the hint has Word lay out “ ” as Chinese signs too."""
    return (
        f'<w:rFonts w:ascii="{font}" w:eastAsia="{font}" w:hAnsi="{font}" w:cs="{font}"'
        ' w:hint="eastAsia"/>'
    )


def _linked_style(style: Style) -> str:
    """The character half of a heading style, for heading words inside a paragraph of text."""
    return f"""<w:style w:type="character" w:customStyle="1" w:styleId="{style.id}Char">
      <w:name w:val="{style.name.title()} Char"/><w:basedOn w:val="DefaultParagraphFont"/>
      <w:link w:val="{style.id}"/><w:uiPriority w:val="1"/>
      <w:rPr>{_letters(style)}</w:rPr></w:style>"""


def _settings() -> str:
    """The settings; doNotExpandShiftReturn leaves a justified line before a forced break alone."""
    modes = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    return f"""<w:settings {_NAMESPACES}><w:zoom w:percent="100"/>
      <w:defaultTabStop w:val="{round(CHARACTER * 2)}"/><w:evenAndOddHeaders/>
      <w:characterSpacingControl w:val="compressPunctuation"/><w:compat>
      <w:balanceSingleByteDoubleByteWidth/><w:doNotExpandShiftReturn/><w:useFELayout/>{modes}
      </w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>
      <w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>"""


def _font_table() -> str:
    """The fonts of the styles, each with the one that Word takes where it is not installed."""
    fonts = "".join(
        f"""<w:font w:name="{name}"><w:altName w:val="{other}"/><w:panose1 w:val="{panose}"/>
        <w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="{pitch}"/></w:font>"""
        for name, other, panose, pitch in norm.FONTS
    )
    return f"<w:fonts {_NAMESPACES}>{fonts}</w:fonts>"
