"""By what words a row of a body is known, and what its figures are counted in."""

import re
from typing import Final

from workbook.viewing.block_model import CODES, ORDINAL, Body
from workbook.viewing.boxes import Box
from workbook.viewing.words import bare_words, is_numbered, is_unit, unit_in

OF_A_UNIT: Final = ("单位", "计量单位", "度量单位")
_REMARK: Final = re.compile(r"(?:原因|说明|备注|情况|措施|依据)$")
_CODE_HEAD: Final = re.compile(rf"(?:{'|'.join((*CODES, *ORDINAL))})$")
_FIGURE: Final = re.compile(r"-?\d[\d,]*(?:\.\d+)?[%％]?")
_CODE: Final = re.compile(r"[A-Za-z]{0,3}\d[\d.\-]*[A-Za-z]?")


def label_head(body: Body) -> str:
    """The words above the labels of the rows."""
    columns = [column for column in body.heads if column != body.ordinal]
    return body.heads[columns[0]] if columns else ""


def row_words(body: Body, row: int) -> str:
    """The first words of a row that are not its number, and no code where others are."""
    words = [one for one in body.labels[row] if one.column != body.ordinal]
    named = [one for one in words if not holds_code(body, one)]
    return next((one.text for one in (*named, *words, *body.labels[row])), "")


def row_label(body: Body, row: int, box: Box) -> Box | None:
    """The label of a box in a row: the nearest words to its left that are no unit."""
    return next(iter(row_labels(body, row, box)), None)


def row_labels(body: Body, row: int, box: Box) -> list[Box]:
    """The words to the left of a box in its row that name it, the nearest first.

    A unit, a code (01 of 代码), a remark and a figure typed as words name nothing where others do.
    """
    before = [one for one in body.labels[row] if one.right < box.column]
    words = [one for one in before if bare_words(one.text)]
    labels = [one for one in words if not holds_unit(body, one)]
    named = [one for one in labels if not (holds_code(body, one) or _says_no_name(body, one))]
    return (named or labels or words)[::-1]


def row_name(body: Body, row: int, box: Box) -> str:
    """The words of a box's row; those of its category before such as several rows have: 小计."""
    labels = row_labels(body, row, box)
    if not labels:
        return ""
    own = labels[0]
    others = (row_label(body, other, box) for other in body.rows if other != row)
    is_common = any(one is not None and one is not own and one.text == own.text for one in others)
    category = labels[1].text if is_common and len(labels) > 1 else ""
    if is_common and not category:
        category = bare_words(body.part_of(row) or _part_above(body, row))
    return f"{category}{own.text}"


def _part_above(body: Body, row: int) -> str:
    """The label of the part in which a row stands: 二、实际采购总额 above 货物."""
    above = [row_words(body, one) for one in body.rows if one < row]
    return next((words for words in reversed(above) if is_numbered(words)), "")


def row_unit(body: Body, row: int) -> str:
    """The unit that a row's words name: in brackets, or in a column of units; else its part's."""
    labels = [one for one in body.labels[row] if bare_words(one.text)]
    alone = [one.text.strip() for one in labels if len(labels) > 1 and holds_unit(body, one)]
    said = [*alone, *(unit_in(one.text) for one in labels), unit_in(body.part_of(row))]
    return next(filter(None, said), "")


def holds_unit(body: Body, box: Box) -> bool:
    """Whether a box holds a unit: any under 计量单位; a known one under 单位, which may be a body.

    So does 台班 in a column of which most are known.
    """
    head = body.heads.get(box.column, "")
    if not is_unit_head(head):
        return False
    if head != OF_A_UNIT[0] or is_unit(box.text):
        return True
    column = [one.text for row in body.rows for one in body.labels[row] if one.column == box.column]
    return sum(map(is_unit, column)) * 2 > len(column)


def holds_code(body: Body, box: Box) -> bool:
    """Whether a box holds the code of its row: by the head above it and as it looks, 2080101."""
    head = bare_words(body.lowest_head(box.column))
    return _CODE.fullmatch(box.text) is not None and _CODE_HEAD.search(head) is not None


def _says_no_name(body: Body, box: Box) -> bool:
    """Whether a box holds a remark or a figure: 2100.4, typed as words."""
    is_remark = is_remark_head(bare_words(body.lowest_head(box.column)))
    return is_remark or _FIGURE.fullmatch(box.text) is not None


def is_remark_head(head: str) -> bool:
    """Whether a head stands over remarks on rows: 备注, 增减原因."""
    return _REMARK.search(head) is not None


def is_unit_head(head: str) -> bool:
    """Whether a head stands over the units of figures."""
    return head in OF_A_UNIT
