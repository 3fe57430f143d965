"""A report as its paragraphs and tables, for computers that cannot print it."""

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.table import CT_Row, CT_Tc
from docx.table import Table
from docx.text.paragraph import Paragraph

Cell = dict[str, Any]


def plain_blocks(document: bytes) -> list[dict[str, Any]]:
    """The blocks of a .docx in order, blank paragraphs left out.

    [{"text": "一、部门概况", "centred": False},
     {"rows": [[{"text": "合计", "across": 2, "down": 1}]]}]
    """
    blocks: list[dict[str, Any]] = []
    for block in Document(io.BytesIO(document)).iter_inner_content():
        if isinstance(block, Table):
            blocks.append({"rows": _rows(block)})
        elif block.text.strip():
            blocks.append({"text": block.text.strip(), "centred": _is_centred(block)})
    return blocks


def _is_centred(paragraph: Paragraph) -> bool:
    alignment = paragraph.alignment
    if alignment is None and paragraph.style is not None:
        alignment = paragraph.style.paragraph_format.alignment
    return alignment is not None and int(alignment) == 1  # WD_ALIGN_PARAGRAPH.CENTER


def _rows(table: Table) -> list[list[Cell]]:
    """The cells of each row; one that goes on from the row above makes that one longer."""
    above: dict[int, Cell] = {}
    rows = []
    for row in table._tbl.tr_lst:
        cells = []
        for column, cell in _placed(row):
            if cell.vMerge == "continue" and column in above:
                above[column]["down"] += 1
                continue
            text = "\n".join(Paragraph(one, table).text.strip() for one in cell.p_lst)
            above[column] = {"text": text, "across": cell.grid_span, "down": 1}
            cells.append(above[column])
        rows.append(cells)
    return rows


def _placed(row: CT_Row) -> Iterator[tuple[int, CT_Tc]]:
    """The cells of a row, each with the column of the grid in which it begins."""
    column = row.grid_before
    for cell in row.tc_lst:
        yield column, cell
        column += cell.grid_span
