"""The paragraph, row or cell of a tag, and whether it may go when the tag takes its place.

Only what is known to be nothing goes with a tag: properties, blanks, what Word notes for itself.
The ends of bookmarks and other ranges are put beside the tag; anything else is content.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element
from lxml.etree import _ProcessingInstruction as Instruction

from docgen.template.word.names import (
    ALTERNATE,
    BR,
    COMMENT_ANCHORS,
    CR,
    GRID_SPAN,
    MATH_TEXT,
    NO_BREAK_HYPHEN,
    P_PR,
    PROOF_ERR,
    R_PR,
    RANGES,
    SDT,
    SDT_CONTENT,
    SDT_PR,
    TAB,
    TC,
    TC_PR,
    TR,
    V_MERGE,
    VAL,
    P,
    R,
    T,
    W,
)
from docgen.template.word.xml import remove, replace_by

_PROPERTIES: Final = frozenset(
    (P_PR, R_PR, TC_PR, SDT_PR, f"{W}sdtEndPr", f"{W}trPr", f"{W}tblPrEx")
)
_DELETED: Final = (f"{W}del", f"{W}moveFrom")  # which somebody took away before
# a note or chart of a loop, which stands before its reference
_TAKEN: Final = (f"{W}footnote", f"{W}endnote", "part")
_PASSED_OVER: Final = _PROPERTIES.union(_DELETED, _TAKEN)
_NOTHING: Final = frozenset(
    (P, R, TC, SDT, SDT_CONTENT, PROOF_ERR, *RANGES, *COMMENT_ANCHORS)
).union(f"{W}{name}" for name in ("ins", "smartTag", "hyperlink", "lastRenderedPageBreak"))
_BREAKS: Final = {"page": "分页符", "column": "分栏符"}
_NAMED: Final = {
    CR: "换行",
    TAB: "制表符",
    NO_BREAK_HYPHEN: "不间断连字符",
    f"{W}drawing": "图形",
    f"{W}pict": "图形",
    ALTERNATE: "图形",
    f"{W}object": "嵌入的对象",
    f"{W}fldChar": "域",
    f"{W}fldSimple": "域",
    f"{W}tbl": "表格",
    f"{W}footnoteReference": "脚注",
    f"{W}endnoteReference": "尾注",
}
_IN_ENGLISH: Final = {
    "换行": "a line break",
    "制表符": "a tab",
    "不间断连字符": "a non-breaking hyphen",
    "图形": "a picture or shape",
    "嵌入的对象": "an embedded object",
    "域": "a field",
    "表格": "a table",
    "脚注": "a footnote",
    "尾注": "an endnote",
    "分页符": "a page break",
    "分栏符": "a column break",
    "段前分页": "a page break before the paragraph",
    "别的内容": "other content",
}
_QUOTES: Final = str.maketrans("「」", '""')
_OFF: Final = ("0", "false", "off")


def content(element: Element, *, own_place: bool) -> str:
    """What a clerk would miss if `element` went, as it is called to him; empty if nothing.

    Where a tag says that it stands for the element (`own_place`) blanks of every kind are nothing,
    for `　　{%p for x in 项目 %}` is only indented; beside a bare tag a wide blank is a letter.
    """
    for item in _inside(element):
        if said := _content(item, own_place=own_place):
            return said
    return "" if own_place else break_before(element)


def in_english(said: str) -> str:
    """What `content` says, in English; the document's own words are as they are."""
    return _IN_ENGLISH.get(said) or said.translate(_QUOTES)


def break_before(element: Element) -> str:
    """The name of a page break that is a property of a paragraph of `element`, empty if none."""
    for item in element.iter(f"{W}pageBreakBefore"):
        if item.get(VAL) not in _OFF:
            return "段前分页"
    return ""


def _inside(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag not in _PASSED_OVER:
            yield child
            yield from _inside(child)


def _content(item: Element, *, own_place: bool) -> str:
    if isinstance(item, Instruction):
        return _words(item.tail, own_place=own_place)
    if item.tag in (T, MATH_TEXT):
        return _words(item.text, own_place=own_place)
    if item.tag in _NOTHING or (own_place and item.tag == TAB):
        return ""
    if item.tag == BR:
        return _BREAKS.get(item.get(f"{W}type", ""), "换行")
    return _NAMED.get(str(item.tag), "别的内容")


def _words(text: str | None, *, own_place: bool) -> str:
    words = (text or "").strip(None if own_place else " \n")
    return f"「{words}」" if words else ""


def begins_merge(row: Element) -> bool:
    """Whether a cell of `row` is the beginning of one that goes on in the row below."""
    below = next(row.itersiblings(TR), None)
    if below is None:
        return False
    goes_on = {span[0] for span, cell in columns_of(below) if merge_of(cell) == "continue"}
    return any(span[0] in goes_on for span, cell in columns_of(row) if merge_of(cell) == "restart")


def columns_of(row: Element) -> Iterator[tuple[tuple[int, int], Element]]:
    """The cells of `row`, each with its first column of the grid and the one behind its last."""
    start = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for cell in row.iter(TC):
        if next(cell.iterancestors(TR)) is row:
            end = start + _number(cell.find(f"{TC_PR}/{GRID_SPAN}"), 1)
            yield (start, end), cell
            start = end


def _number(element: Element | None, missing: int) -> int:
    value = "" if element is None else element.get(VAL, "")
    return int(value) if value.isdigit() else missing


def merge_of(cell: Element) -> str:
    """What a cell says of merges downwards: `restart`, `continue`, or nothing."""
    found = cell.find(f"{TC_PR}/{V_MERGE}")
    return "" if found is None else found.get(VAL, "continue")


def take_place(element: Element, node: Element, *, closing: bool = False) -> None:
    """Put `node` where `element` stood; ends of ranges in it stand outside the block then."""
    node.tail = None  # blanks that stood behind the tag in its text
    ranges = list(element.iter(*RANGES))
    replace_by(element, node, closing=closing)
    if ranges:
        _put_beside(ranges, node, closing=closing)


def drop(element: Element, node: Element, *, closing: bool) -> None:
    """Take `element` away, from which `node` was moved; ends of ranges go outside its block."""
    marker = etree.ProcessingInstruction("x", "")
    ranges = list(element.iter(*RANGES))
    replace_by(element, marker)
    remove(marker)
    _put_beside(ranges, node, closing=closing)


def _put_beside(ranges: Sequence[Element], node: Element, *, closing: bool) -> None:
    for one in ranges:
        remove(one)
        one.tail = None
        if not closing:
            node.addprevious(one)
    for one in reversed(ranges) if closing else ():
        node.addnext(one)
