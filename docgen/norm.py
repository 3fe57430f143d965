"""What GB/T 9704-2012 demands of a page, as values: its measures, its grid, its fonts, its styles.

Each style names one Chinese font for all four scripts: Word takes “ ” — … for Western text, so a
Western font there would tear holes into every quotation.
"""

from dataclasses import dataclass
from math import floor
from typing import Final

TITLE_FONT: Final = "方正小标宋简体"
BODY_FONT: Final = "仿宋_GB2312"
HEADING_FONT: Final = "黑体"
SECOND_FONT: Final = "楷体_GB2312"
NUMBER_FONT: Final = "宋体"
# Each font, the one that stands in for it on most machines, its PANOSE number and its pitch.
FONTS: Final = (
    (TITLE_FONT, "华文中宋", "02010600040101010101", "variable"),
    (BODY_FONT, "仿宋", "02010609060101010101", "fixed"),
    (HEADING_FONT, "SimHei", "02010609060101010101", "fixed"),
    (SECOND_FONT, "楷体", "02010609060101010101", "fixed"),
    (NUMBER_FONT, "SimSun", "02010600030101010101", "variable"),
)

# 2号, 3号 and 4号 in points: GB/T 9704-2012, 7.3.1, 5.2.2 and 7.5.
SIZE_2, SIZE_3, SIZE_4 = 22, 16, 14


def _twips(millimetres: float) -> int:
    """Twentieths of a point, in which Word measures a page."""
    return round(millimetres / 25.4 * 1440)


# Page and text block: GB/T 9704-2012, 5.1 and 5.2.1.
PAGE_WIDTH, PAGE_HEIGHT = _twips(210), _twips(297)
TOP, BOTTOM, LEFT, RIGHT = _twips(37), _twips(35), _twips(28), _twips(26)
LINES, CHARACTERS = 22, 28  # GB/T 9704-2012, 5.2.3
CHARACTER: Final = (PAGE_WIDTH - LEFT - RIGHT) / CHARACTERS
# Both grids are rounded down: one twip more and a page holds 21 lines, or a line 27 characters.
LINE_PITCH: Final = (PAGE_HEIGHT - TOP - BOTTOM) // LINES
# What the grid adds to each character of the body's size, in 1/4096 of a point: less than nothing,
# because 28 characters of 16 pt are 448 pt wide and the text block is 442 pt.
CHARACTER_SPACE: Final = floor((CHARACTER / 20 - SIZE_3) * 4096)
# The same in twips for the letters themselves. The page declares its grid, but the text does not
# hang on it: LibreOffice gives two squares to a letter that is wider than one. Set closer by this
# much, and justified, 28 letters fill a line in Word as in LibreOffice; the last twip is for
# LibreOffice, which rounds to hundredths of a millimetre.
LETTER_SPACING: Final = floor(CHARACTER - SIZE_3 * 20) - 1
HEADER_DISTANCE: Final = _twips(15)
# The dash of the page number stands 7 mm under the text block (GB/T 9704-2012, 7.5), so 28 mm above
# the edge. Word measures to the foot of the dash's line, which lies 2.9 mm lower.
FOOTER_DISTANCE: Final = _twips(25.1)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: indents in characters, the line pitch in twips or None for single.

    A negative first-line indent hangs. An English name is Word's own, a Chinese one ours.

    `Style("IssueDate", "成文日期", align="right", first=0, right=4)` ends four characters from the
    right margin.
    """

    id: str
    name: str
    font: str = BODY_FONT
    size_pt: float = SIZE_3
    align: str = "both"
    first: int = 2
    left: float = 0
    right: float = 0
    lines_before: int = 0
    line: int | None = LINE_PITCH
    keep_next: bool = False
    level: int | None = None
    paged: bool = False  # ends with dots and a page number at the right margin


# Levels 一、 （一） 1. and their fonts: GB/T 9704-2012, 7.3.3. Under a seal 成文日期 ends four
# characters from the right and 署名 is centred over it (7.3.5.1): the middle of `2023年3月15日`
# lies 7.25 characters in, so the box that centres 署名 is 14.5 wide, and a longer 署名 has a style
# without the box. Two empty lines above leave room for the seal.
STYLES: Final = (
    Style("Normal", "Normal"),
    Style("Title", "Title", TITLE_FONT, SIZE_2, "center", first=0, keep_next=True),
    Style("Heading1", "heading 1", HEADING_FONT, keep_next=True, level=1),
    Style("Heading2", "heading 2", SECOND_FONT, keep_next=True, level=2),
    Style("Heading3", "heading 3", keep_next=True, level=3),
    Style("Header", "header", NUMBER_FONT, 9, "center", first=0, line=None),
    Style("Footer", "footer", NUMBER_FONT, SIZE_4, "right", 0, line=SIZE_4 * 20),
    Style("Addressee", "抬头", first=0, lines_before=1),
    Style("Attachments", "附件说明", first=-4, left=6, lines_before=1),
    Style("MoreAttachments", "附件续项", first=-1, left=6),
    Style("Signature", "署名", align="center", first=0, left=13.5, lines_before=2, keep_next=True),
    Style(
        "LongSignature", "长署名", align="right", first=0, right=4, lines_before=2, keep_next=True
    ),
    Style("IssueDate", "成文日期", align="right", first=0, right=4),
    # Whole pages before the title, which the norm does not know: 封面 in 一号, lists as the text.
    Style("CoverTitle", "封面标题", TITLE_FONT, 26, "center", first=0, line=800, keep_next=True),
    Style("CoverLine", "封面信息行", first=0, left=4),
    Style("CoverUnit", "封面落款", SECOND_FONT, SIZE_3, "center", first=0),
    Style("PageTitle", "整页标题", TITLE_FONT, SIZE_2, "center", first=0, keep_next=True),
    Style("TOC1", "toc 1", align="left", first=0, paged=True),
    Style("TOC2", "toc 2", align="left", first=0, left=2, paged=True),
    Style("TOC3", "toc 3", align="left", first=0, left=4, paged=True),
    Style("AnnexEntry", "附件目录行", align="left", first=-4, left=4, paged=True),
    Style("TableText", "表格文字", size_pt=12, first=0, line=None),
    Style("SmallTableText", "表格小字", size_pt=10.5, first=0, line=None),
    # An annex begins with 附件1 in 黑体 3号 at the left margin: GB/T 9704-2012, 7.3.7.
    Style("AnnexNumber", "附件编号", HEADING_FONT, align="left", first=0, keep_next=True),
    Style("AnnexTitle", "附件标题", TITLE_FONT, 18, "center", first=0, keep_next=True),
    Style(
        "AnnexSubtitle", "附件副题", size_pt=12, align="center", first=0, line=360, keep_next=True
    ),
    Style("UnitLine", "单位行", size_pt=12, align="right", first=0, line=360, keep_next=True),
    Style("TableNote", "表注", size_pt=10.5, first=0, line=None),
)
