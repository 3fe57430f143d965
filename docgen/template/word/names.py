"""The names of WordprocessingML that the engine speaks of, in lxml's notation."""

from typing import Final

MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
W: Final = f"{{{MAIN}}}"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING_WP: Final = WP[1:-1]
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
CHART: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
NOTE_SIGN: Final = b"noteReference"  # of what refers to a note, to a chart
CHART_SIGN: Final = f'uri="{CHART}"'.encode()
R_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

BODY, P, R, T = f"{W}body", f"{W}p", f"{W}r", f"{W}t"
PROOF_ERR = f"{W}proofErr"
P_PR, R_PR, SECT_PR = f"{W}pPr", f"{W}rPr", f"{W}sectPr"
TBL, TR, TC, TC_PR = f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}tcPr"
SDT, SDT_PR, SDT_CONTENT = f"{W}sdt", f"{W}sdtPr", f"{W}sdtContent"
PROPERTIES_ID: Final = f"{W}id"
HYPERLINK: Final = f"{W}hyperlink"
TEXT_BOX: Final = f"{W}txbxContent"
TAB, BR, CR = f"{W}tab", f"{W}br", f"{W}cr"
NO_BREAK_HYPHEN: Final = f"{W}noBreakHyphen"
# What stands for a letter; a sign of another font may be a minus.
LETTERS: Final = {BR: "\n", CR: "\n", TAB: "\n", NO_BREAK_HYPHEN: "-", f"{W}sym": "-"}
MATH_TEXT: Final = f"{MATH}t"
ALTERNATE, FALLBACK = f"{MC}AlternateContent", f"{MC}Fallback"

BLOCK_CONTAINERS: Final = frozenset(
    (BODY, TC, TEXT_BOX, f"{W}hdr", f"{W}ftr", f"{W}footnote", f"{W}endnote", f"{W}comment")
)

NUM_PR, NUM_ID, LEVEL, VAL = f"{W}numPr", f"{W}numId", f"{W}ilvl", f"{W}val"
GRID_SPAN, V_MERGE = f"{W}gridSpan", f"{W}vMerge"

# the two ends of what reaches over several elements, by the name that both have in common
RANGE_NAMES: Final = (
    "bookmark", "perm", "moveFromRange", "moveToRange", "commentRange", "customXmlInsRange",
    "customXmlDelRange", "customXmlMoveFromRange", "customXmlMoveToRange",
)  # fmt: skip
PARAGRAPHS: Final = "paragraphs"  # of a comment in a loop, by the ids by which others know them
COMMENT_SIGN: Final = b"commentReference"
COMMENT_REFERENCE: Final = f"{W}commentReference"
COMMENT_ANCHORS: Final = (f"{W}commentRangeStart", f"{W}commentRangeEnd", COMMENT_REFERENCE)
RANGES: Final = tuple(
    f"{W}{name}{end}" for name in RANGE_NAMES if name != "commentRange" for end in ("Start", "End")
)

DELETED: Final = (f"{W}delText", f"{W}delInstrText")
FIELD_CHAR, INSTRUCTION = f"{W}fldChar", f"{W}instrText"
COMMENT: Final = f"{W}comment"
DRAWING_P, DRAWING_R, DRAWING_T = (f"{{{DRAWING}}}{name}" for name in ("p", "r", "t"))
DRAWING_R_PR: Final = f"{{{DRAWING}}}rPr"
FIELD_MARK: Final = f"{W}fldCharType"
VML: Final = "{urn:schemas-microsoft-com:vml}"
OFFICE: Final = "{urn:schemas-microsoft-com:office:office}"
# what notes a change that somebody has to accept, in order of ECMA-376 part 1, 17.13.5
CHANGES: Final = tuple(f"{W}{name}" for name in (
    "cellDel", "cellIns", "cellMerge", "del", "ins", "moveFrom", "moveTo", "numberingChange",
    "pPrChange", "rPrChange", "sectPrChange", "tblGridChange", "tblPrChange", "tblPrExChange",
    "tcPrChange", "trPrChange",
))  # fmt: skip
