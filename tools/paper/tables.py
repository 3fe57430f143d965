"""Bordered tables of a template in the way of official forms."""

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from docgen import norm

Align = Literal["left", "center", "right"]
Merge = Literal["", "start", "go"]

SMALL, NORMAL = "表格小字", "表格文字"  # 5号 and 小4号
_PADDING: Final = 45  # twips left and right inside a cell, so that narrow columns hold figures


class Cell(NamedTuple):
    """A cell over `span` columns; each line of its text is a paragraph.

    `merge` begins ("start") or goes on ("go") with a cell over several rows. In rows of a loop the
    tag `{% vm 条件 %}` in the text does so instead.
    """

    text: str
    span: int = 1
    merge: Merge = ""
    align: Align = "center"
    bold: bool = False


class Row(NamedTuple):
    """A row, not split over pages; `head` is repeated on each page and must come first.

    `keep` puts it on the page of the next row.
    """

    cells: tuple[Cell, ...]
    head: bool = False
    keep: bool = False


class Table(NamedTuple):
    """A table with all its borders, or none, as wide as the sum of its columns and centred."""

    widths_mm: tuple[float, ...]
    rows: tuple[Row, ...]
    style: str = SMALL
    bordered: bool = True


def row(*cells: Cell | str, head: bool = False) -> Row:
    """A row of cells, a text being a centred one."""
    return Row(tuple(Cell(one) if isinstance(one, str) else one for one in cells), head)


def each(columns: int, loop: str, *rows: Row) -> Iterator[Row]:
    """The rows, repeated by `for … in …`, in a table of so many columns."""
    yield tag_row(columns, f"for {loop}")
    yield from rows
    yield tag_row(columns, "endfor")


def tag_row(columns: int, tag: str) -> Row:
    """A row that is nothing but the tag `{%tr … %}` and leaves no trace."""
    return Row((Cell(f"{{%tr {tag} %}}", columns),))


def write_table(document: Document, table: Table) -> None:
    """Add `table` to `document`; raises ValueError for a row that is not as wide as the table."""
    body = document.element.body
    made = _element("w:tbl")
    made.append(_table_properties(table))
    grid = _element("w:tblGrid")
    for width in table.widths_mm:
        grid.append(_element("w:gridCol", w=_twips(width)))
    made.append(grid)
    for one in table.rows:
        made.append(_row(one, table))
    body.insert(len(body) - 1, made)


def _table_properties(table: Table) -> Element:
    properties = _element("w:tblPr")
    if table.bordered:
        properties.append(_element("w:tblStyle", val="TableGrid"))
    properties.append(_element("w:tblW", w=_twips(sum(table.widths_mm)), type="dxa"))
    properties.append(_element("w:jc", val="center"))
    properties.append(_element("w:tblLayout", type="fixed"))
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w=_PADDING, type="dxa"))
    properties.append(margins)
    return properties


def _row(one: Row, table: Table) -> Element:
    if sum(cell.span for cell in one.cells) != len(table.widths_mm):
        raise ValueError(f"{one.cells} do not fill {len(table.widths_mm)} columns")
    made, properties = _element("w:tr"), _element("w:trPr")
    properties.append(_element("w:cantSplit"))
    if one.head:
        properties.append(_element("w:tblHeader"))
    made.append(properties)
    begin = 0
    for cell in one.cells:
        width = sum(table.widths_mm[begin : begin + cell.span])
        made.append(_cell(cell, width, table.style, one.head or one.keep))
        begin += cell.span
    return made


def _cell(cell: Cell, width_mm: float, style: str, keep: bool) -> Element:
    made, properties = _element("w:tc"), _element("w:tcPr")
    properties.append(_element("w:tcW", w=_twips(width_mm), type="dxa"))
    if cell.span > 1:
        properties.append(_element("w:gridSpan", val=cell.span))
    if cell.merge:
        kind = {"val": "restart"} if cell.merge == "start" else {}
        properties.append(_element("w:vMerge", **kind))
    properties.append(_element("w:vAlign", val="center"))
    made.append(properties)
    for line in cell.text.split("\n"):
        made.append(_paragraph(line, cell, style, keep))
    return made


def _paragraph(text: str, cell: Cell, style: str, keep: bool) -> Element:
    made, properties = _element("w:p"), _element("w:pPr")
    properties.append(_element("w:pStyle", val=_STYLE_IDS[style]))
    if keep:
        properties.append(_element("w:keepNext"))
    properties.append(_element("w:jc", val=cell.align))
    made.append(properties)
    if not text:
        return made
    run = _element("w:r")
    letters = _element("w:rPr")
    if "㎡" in text:  # which 仿宋_GB2312 has not
        font = norm.NUMBER_FONT
        letters.append(_element("w:rFonts", ascii=font, hAnsi=font, eastAsia=font))
    if cell.bold:
        letters.append(_element("w:b"))
    if len(letters):
        run.append(letters)
    words = OxmlElement("w:t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    made.append(run)
    return made


_STYLE_IDS: Final = {SMALL: "SmallTableText", NORMAL: "TableText"}


def _element(name: str, **attributes: object) -> Element:
    made: Element = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def _twips(width_mm: float) -> int:
    return round(width_mm / 25.4 * 1440)
