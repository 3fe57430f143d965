"""Whether the rows of a body are those of a list, or always the same ones."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from workbook.viewing.block_model import CODES, OF_LINES, Body, is_figure
from workbook.viewing.formulas import single_cells
from workbook.viewing.row_names import (
    OF_A_UNIT,
    holds_code,
    holds_unit,
    is_remark_head,
    row_label,
    row_words,
)
from workbook.viewing.totals import own_rows, total_row
from workbook.viewing.views import SheetView
from workbook.viewing.words import (
    bare_words,
    is_numbered,
)
from workbook.xlsx.addresses import corners_of

_MOST_LABELS: Final = 2  # columns of words before the figures of a row
_OF_RECORDS: Final = re.compile(
    r"^(?:日期|时间|.*姓名|供货商|供货单位|商户|书名|品名|.*项目名称|.*物品名称|设备名称|资产名称|.*供应商|合同.*|发票.*|凭证.*)$"
)
_OF_PLACES: Final = re.compile(  # heads of rows that are another year others, or more of them
    r"^(?:行政|自然|各)?(?:村|居|村居|村社区|社区)(?:名称?|委会|民组)?$"
    r"|^(?:企业|学校|乡镇|街道|合作社|站点|小区|路段|路线|线路|桥梁|车辆|基地|网点|门店)名称?$"
)


def settle(body: Body, sheet: SheetView, *, says_inputs: bool) -> None:
    """Find out whether the rows repeat; if so, words typed into them are values."""
    columns = [column for column in body.heads if column != body.ordinal]
    rows = [row for row in body.rows if not total_row(body, row)]
    if not columns or not rows:
        return
    first = columns[0]
    gaps = [] if says_inputs else _gaps(body, rows)
    rows = rows if says_inputs else _without_parts(body, [one for one in rows if one not in gaps])
    typed = [any(box.column == first for box in body.values[row]) for row in rows]
    body.is_list = (
        any(typed)
        or (body.ordinal is not None and not _are_fixed(body, rows))
        or _OF_RECORDS.match(bare_words(body.heads[first])) is not None
        or (_is_of_places(body.heads[first]) and not _are_fixed(body, rows))
        or (not says_inputs and _is_excels(sheet, rows[0]))
        or (not says_inputs and _repeats(body, rows) and not _are_parts(body))
    )
    if not says_inputs and _are_crossed(body, rows):
        body.is_list = any(typed)
    elif not says_inputs and not body.is_list:
        has_words = _has_words_of_its_own(body, columns, rows) or _are_described(body, rows)
        body.is_list = has_words and not _are_parts(body)
        if not body.is_list:
            _take_remarks(body)
    if not says_inputs and not body.is_list:
        body.rows = [row for row in body.rows if row not in gaps]
        _take_parts(body)
    if body.is_list and not says_inputs:
        for row in rows:
            words = [box for box in body.labels[row] if box.row == row]
            body.values[row] += [box for box in words if box.column in columns]
            body.labels[row] = []
    for row in body.rows:
        is_ordinal = [box for box in body.values[row] if box.column == body.ordinal]
        body.values[row] = sorted(
            (box for box in body.values[row] if box not in is_ordinal),
            key=lambda box: box.column,
        )


def _gaps(body: Body, rows: Sequence[int]) -> list[int]:
    """Rows with nothing in them before others that are filled: they only part these.

    In a blank form whose rows have no numbers 行次 they may be there to be filled.
    """
    figures = (box for row in rows for box in body.values[row] if box.column != body.ordinal)
    if body.heads.get(body.ordinal or 0) != OF_LINES and not any(map(is_figure, figures)):
        return []
    filled = [row for row in rows if _is_filled(body, row)]
    last = max(filled, default=0)
    return [row for row in rows if row < last and row not in filled]


def _is_filled(body: Body, row: int) -> bool:
    """Whether words or a figure stand in a row."""
    return bool(body.labels[row]) or not all(box.is_blank for box in body.values[row])


def _without_parts(body: Body, rows: list[int]) -> list[int]:
    """The rows but those that only name the part below, where the same words stand in several.

    职工医保 without a figure above 普通门诊 and 住院, and 居民医保 above the same again.
    """
    named = [
        row
        for row, below in pairwise(rows)
        if all(box.is_blank for box in body.values[row]) and _is_filled(body, row)
        if any(map(is_figure, body.values[below]))
    ]
    parts = body.parts | {row: row_words(body, row) for row in named}
    rest = [row for row in rows if row not in named]
    parted = replace(body, parts=parts)
    if not named or not _repeats(body, rest) or _repeats(parted, rest):
        return rows
    body.parts = parts
    body.rows = [row for row in body.rows if row not in named]
    return rest


def _take_parts(body: Body) -> None:
    """Labels of fixed rows without figures, and without the number that all others have.

    They are the words of a part: 五、主要营运指标 above 20 期末营运车辆.
    """
    numbered = [
        row
        for row in body.rows
        if any(box.column == body.ordinal and not box.is_blank for box in body.values[row])
    ]
    others = [row for row in body.rows if row not in numbered]
    if len(numbered) < 2 or any(not box.is_blank for row in others for box in body.values[row]):
        return
    body.parts |= {row: row_words(body, row) for row in others}
    body.rows = numbered


def by_part(body: Body) -> list[Body]:
    """A list whose rows stand under words of their own as a list for each: 货物类, 服务类."""
    if not body.is_list or not body.parts:
        return [body]
    rows: dict[int, list[int]] = {}
    for row in body.rows:
        rows.setdefault(body.part_row(row), []).append(row)
    titles = {**body.parts, 0: body.title}
    return [replace(body, title=titles[part], rows=own, parts={}) for part, own in rows.items()]


def _is_of_places(head: str) -> bool:
    """Whether rows are those of villages, firms or roads, which need not be the same next year."""
    return _OF_PLACES.match(bare_words(head)) is not None


def _are_fixed(body: Body, rows: Sequence[int]) -> bool:
    """Whether rows that are numbered are always the same ones.

    They are where they are numbered 行次, where labels are parts of others (一、, 其中:), and where
    a total adds one of them to others.
    """
    words = [row_words(body, row) for row in body.rows]
    is_of_lines = body.heads.get(body.ordinal or 0) in (OF_LINES, *CODES)
    if is_of_lines or any(map(is_numbered, words)):
        return True
    totals = [one for row in body.rows if row not in rows for one in body.values[row]]
    added = [own_rows(one, single_cells) - {one.row} for one in totals if one.formula]
    return any(len(one) > 1 and one & {*rows} for one in added)


def _are_parts(body: Body) -> bool:
    """Whether rows are parts of one another, as those of no list are: 一、公务用车, 其中:购置费."""
    return sum(is_numbered(row_words(body, row)) for row in body.rows) > 1


def _are_crossed(body: Body, rows: Sequence[int]) -> bool:
    """Whether the same rows stand in each of several groups: 集中采购, 分散采购 in each quarter."""
    groups: dict[tuple[int, str], list[str]] = {}
    for row in rows:
        wide = [one for one in body.labels[row] if one.bottom > one.row]
        own = [one.text for one in body.labels[row] if one.bottom == one.row]
        if len(wide) != 1 or len(own) != 1:
            return False
        groups.setdefault((wide[0].row, wide[0].text), []).append(own[0])
    alike = [*groups.values()]
    return len(alike) > 1 and len(alike[0]) > 1 and all(one == alike[0] for one in alike)


def _take_remarks(body: Body) -> None:
    """Words typed behind the last figures of fixed rows, under 增减原因 or 备注, are values."""
    figures = [box.column for row in body.rows for box in body.values[row] if is_figure(box)]
    last = max(figures, default=0)
    for row in body.rows:
        told = [
            box
            for box in body.labels[row]
            if figures and box.column > last and box.row == row
            if is_remark_head(bare_words(body.heads.get(box.column, "")))
        ]
        body.labels[row] = [box for box in body.labels[row] if box not in told]
        body.values[row] = [*body.values[row], *told]


def _has_words_of_its_own(body: Body, columns: Sequence[int], rows: Sequence[int]) -> bool:
    """Whether rows hold words behind figures, or in many columns, as fixed rows do not."""
    with_words = 0
    for row in rows:
        figures = [box.column for box in body.values[row]]
        words = [
            one
            for one in body.labels[row]
            if body.heads.get(one.column) not in (*OF_A_UNIT, body.heads[columns[0]])
            if bare_words(one.text) and not holds_code(body, one)
        ]
        behind = [box for box in words if figures and box.column > min(figures)]
        with_words += bool(behind) or len(words) > _MOST_LABELS
    return len(columns) > 2 and with_words * 2 > len(rows)


def _are_described(body: Body, rows: Sequence[int]) -> bool:
    """Whether each row has a name that no other has, and words beside it: 供货商, 供货品类."""
    names: list[str] = []
    for row in rows:
        words = [one for one in body.labels[row] if not holds_unit(body, one)]
        words = [one for one in words if one.column != body.ordinal and not holds_code(body, one)]
        words = [one for one in words if one.row == one.bottom]  # 年度主要任务 beside all of them
        if len(words) != _MOST_LABELS:
            return False
        names += [one.text for one in words]
    return len(rows) > 1 and len({*names}) == len(names)


def _is_excels(sheet: SheetView, row: int) -> bool:
    """Whether a row is one of an Excel table, or of a list whose columns have names."""
    areas = (corners_of(area) for area in sheet.tables.values())
    in_table = any(area is not None and area.top < row <= area.bottom for area in areas)
    return in_table or bool(list_name(sheet, row))


def list_name(sheet: SheetView, row: int) -> str:
    """The name that an author gave the list of a row, "" for none."""
    return next((name for name, one in sheet.lists.items() if one.top <= row <= one.bottom), "")


def _repeats(body: Body, rows: Sequence[int]) -> bool:
    """Whether rows of one part have the same words for their figures, as no fixed rows do."""
    said = [
        (box.column, label.text, body.part_of(row))
        for row in rows
        for box in body.values[row]
        if (label := row_label(body, row, box)) is not None and label.row == row
        if all(one.row == row for one in body.labels[row])
    ]
    return len(set(said)) < len(said)
