"""Comments put on the cells of a file that is being edited, beside those that it has.

A comment is two things: its words in a part of comments, and a shape in a drawing of the old kind
(ECMA-376 part 4, 19.1), without which Excel takes the file for damaged.
"""

import re
from collections.abc import Mapping
from html import escape
from itertools import count
from typing import Any, Final, NamedTuple

from lxml import etree

from workbook.saving.cells import NO_XML
from workbook.saving.edited import Edited
from workbook.saving.elements import SPACE
from workbook.saving.sheets import in_order
from workbook.xlsx.addresses import cell_at
from workbook.xlsx.package import MAIN, RELATION, PackageError

_KINDS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEETS: Final = MAIN[1:-1]
_WORDS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_SHAPES_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
# What may stand behind the drawing of a sheet's comments (ECMA-376 part 1, 18.3.1.99).
_AFTER_DRAWING: Final = (
    "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
    "extLst",
)  # fmt: skip
_NO_SHAPES: Final = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE: Final = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
    "margin-left:59.25pt;margin-top:1.5pt;width:{width}px;height:{height}px;z-index:1;"
    'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)
_FIRST_SHAPE: Final = 1026
_NUMBER: Final = re.compile(r"_x0000_s(\d+)", re.ASCII)


class Comment(NamedTuple):
    """The words of a comment and the size of its box in pixels."""

    words: str
    width: int
    height: int


def comment_on(edited: Edited, sheet: str, comments: Mapping[str, Comment], author: str) -> None:
    """Put comments on cells of a sheet, `{"C9": Comment("原文:…", 420, 58)}`.

    Raises `PackageError` where the file's own comments are broken.
    """
    part = edited.book.parts[sheet]
    related = edited.package.relations(part)
    words = next((one.part for one in related.values() if one.type == "comments"), None)
    words = words or _new_words(edited, part)
    # A picture in the sheet's header is in a drawing of the same kind.
    drawing = edited.seen(part).find(f"{MAIN}legacyDrawing")
    drawn = None if drawing is None else related.get(drawing.get(RELATION, ""))
    shapes = drawn.part if drawn else _new_shapes(edited, part)
    new = _write_words(edited.tree(words), comments, author)
    _draw(edited.tree(shapes), new)


def _new_words(edited: Edited, sheet: str) -> str:
    part = _free(edited, "xl/comments/gouji{}.xml")
    made = etree.fromstring(f'<comments xmlns="{_SHEETS}"><authors/><commentList/></comments>')
    edited.add(part, made, _WORDS_TYPE)
    edited.relate(sheet, f"{_KINDS}/comments", part)
    return part


def _new_shapes(edited: Edited, sheet: str) -> str:
    part = _free(edited, "xl/drawings/gouji{}.vml")
    edited.add(part, etree.fromstring(_NO_SHAPES), _SHAPES_TYPE)
    drawing = etree.Element(f"{MAIN}legacyDrawing", nsmap={"r": _KINDS})
    drawing.set(RELATION, edited.relate(sheet, f"{_KINDS}/vmlDrawing", part))
    in_order(edited.tree(sheet), drawing, _AFTER_DRAWING)
    return part


def _free(edited: Edited, name: str) -> str:
    return next(part for n in count(1) if not edited.has(part := name.format(n)))


def _write_words(root: Any, comments: Mapping[str, Comment], author: str) -> Mapping[str, Comment]:
    """Write the words; those for a cell that has a comment go below its own. The others come back.

    Excel knows one comment a cell.
    """
    authors, listed = root.find(f"{MAIN}authors"), root.find(f"{MAIN}commentList")
    if authors is None or listed is None:
        raise PackageError("批注不全")
    there = {one.get("ref"): one for one in listed}
    for address, one in comments.items():
        if address in there:
            text = there[address].find(f"{MAIN}text")
            if text is None:
                text = etree.SubElement(there[address], f"{MAIN}text")
            below = etree.SubElement(etree.SubElement(text, f"{MAIN}r"), f"{MAIN}t")
            below.text = f"\n———\n{_written(one)}"
            below.set(SPACE, "preserve")
    new = {address: one for address, one in comments.items() if address not in there}
    etree.SubElement(authors, f"{MAIN}author").text = author
    made = "".join(
        f'<comment ref="{address}" authorId="{len(authors) - 1}" shapeId="0"><text>'
        f'<t xml:space="preserve">{escape(_written(one), quote=False)}</t></text></comment>'
        for address, one in new.items()
    )
    listed.extend(etree.fromstring(f'<l xmlns="{_SHEETS}">{made}</l>'))
    return new


def _written(comment: Comment) -> str:
    return NO_XML.sub("", comment.words)


def _draw(root: Any, comments: Mapping[str, Comment]) -> None:
    drawn = [int(n) for one in root.iter("{*}shape") for n in _NUMBER.findall(one.get("id", ""))]
    first = max([_FIRST_SHAPE - 1, *drawn]) + 1
    made = []
    for number, (address, one) in enumerate(comments.items(), start=first):
        found = cell_at(address)
        assert found is not None, address
        row, column = found
        made.append(
            _SHAPE.format(
                number=number, width=one.width, height=one.height, row=row - 1, column=column - 1
            )
        )
    drawing: Any = etree.fromstring(_NO_SHAPES.replace("</xml>", f"{''.join(made)}</xml>"))
    root.extend(drawing[2:])  # behind the layout and the kind of shape
