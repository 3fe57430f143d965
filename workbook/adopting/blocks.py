"""A sheet's rows as blocks: cells beside their labels, and bodies of rows under their heads."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import dropwhile, pairwise
from typing import Final

from workbook.adopting.formulas import cells_read, single_cells
from workbook.adopting.model import Box
from workbook.adopting.views import SheetView, inputs_of, looks_like_input
from workbook.adopting.words import (
    bare_words,
    is_note,
    is_numbered,
    is_total,
    is_unit,
    labels_inside,
    says_both,
    unit_in,
)
from workbook.reading.spots import Spot
from workbook.xlsx.addresses import corners_of

_SENTENCE: Final = re.compile(r"[。；;]|^.{16,}$", re.DOTALL)
_OF_A_UNIT: Final = ("单位", "计量单位", "度量单位")
_LEAST_HEADS: Final = 3  # of a row of figures that has no words
_MOST_LABELS: Final = 2  # columns of words before the figures of a row
_LONG: Final = 8  # letters of words that are no label
_MOST_HEADS = 3  # rows of heads above one another
_COLONS: Final = (":", "：")
_LABEL: Final = re.compile(
    r"(?:名称|单位|部门|负责人|联系人|填报人|电话|日期|时间|编码|代码|属性|类别|类型|期限|年度|月份|季度|地址|方式)$"
)
_HEAD: Final = re.compile(
    _LABEL.pattern
    + r"|(?:指标|项目|内容|主题|事由|用途|标准|备注|说明|数|数量|额|率|费用|合计|单价)$"
)
_OF_RECORDS: Final = re.compile(
    r"^(?:日期|时间|.*姓名|供货商|供货单位|商户|书名|品名|.*项目名称|.*物品名称|设备名称|资产名称|.*供应商|合同.*|发票.*|凭证.*)$"
)
_OF_PLACES: Final = re.compile(  # heads of rows that are another year others, or more of them
    r"^(?:行政|自然|各)?(?:村|居|村居|村社区|社区)(?:名称?|委会|民组)?$"
    r"|^(?:企业|学校|乡镇|街道|合作社|站点|小区|路段|路线|线路|桥梁|车辆|基地|网点|门店)名称?$"
)
_WORDS: Final = re.compile(r"\D{2,}")
_REMARKS: Final = re.compile(r"(?:原因|说明|备注|情况|措施|依据)$")
_OF_LINES: Final = "行次"
_CODES = ("代码", "编码", "行号", "栏次")
_ORDINAL = ("序号", "编号", _OF_LINES, "No", "NO")


@dataclass(slots=True)
class Pair:
    """A cell and the label that stands beside it or above it."""

    label: str
    box: Box
    counted_in: str = ""  # that stands between them


@dataclass(slots=True)
class Pairs:
    """Cells that have a label each, under a title."""

    title: str
    pairs: list[Pair] = field(default_factory=list)


@dataclass(slots=True)
class Body:
    """Rows under heads: `heads` by column, what stands above one another joined.

    `values` are the boxes to be filled or calculated, by row; `labels` the words of each row.
    """

    title: str
    heads: dict[int, str]
    head_rows: list[list[Box]]
    rows: list[int] = field(default_factory=list)
    values: dict[int, list[Box]] = field(default_factory=dict)
    labels: dict[int, list[Box]] = field(default_factory=dict)
    is_list: bool = False

    @property
    def ordinal(self) -> int | None:
        """The column that numbers the rows."""
        named = (c for c, head in self.heads.items() if head in _ORDINAL or self._counts_up(c))
        return next(named, None)

    def _counts_up(self, column: int) -> bool:
        """Whether codes number the rows: 1, 2, 3 under 代码."""
        if self.heads[column] not in _CODES:
            return False
        boxes = (one for row in self.rows for one in self.values[row] if one.column == column)
        codes = [one.value for one in boxes]
        return len(codes) > 1 and codes == list(range(1, len(codes) + 1))


RawBlock = Pairs | Body


def first_row(block: RawBlock) -> int:
    """The row in which the first cell of a block stands, 0 for none."""
    rows = block.rows if isinstance(block, Body) else [pair.box.row for pair in block.pairs]
    return min(rows, default=0)


def blocks_of(sheet: SheetView) -> list[RawBlock]:
    """The blocks of a sheet from top to bottom."""
    given = inputs_of(sheet)
    is_value = _with_formulas(given or looks_like_input)
    reader = _Reader(sheet, is_value, says_inputs=given is not None)
    for row in range(1, sheet.last_row + 1):
        reader.read(row)
    blocks = [
        part
        for block in reader.blocks
        for part in (_side_by_side(block) if isinstance(block, Body) else [block])
        if not isinstance(part, Body) or part.rows
    ]
    for block in blocks:
        if isinstance(block, Body):
            _settle(block, sheet, says_inputs=given is not None)
    return [_told_by_heads(one) if isinstance(one, Body) else one for one in blocks]


def _told_by_heads(body: Body) -> RawBlock:
    """A body of one row without words as cells under their labels: 编制数 above 78."""
    columns = [column for column in body.heads if column != body.ordinal]
    if len(body.rows) != 1 or len(columns) < _LEAST_HEADS or body.labels[body.rows[0]]:
        return body
    values = body.values[body.rows[0]]
    first = next((one for one in values if one.column == columns[0]), None)
    is_labelled = first is not None and not (first.is_blank or _is_figure(first))
    if is_labelled or not any(map(_is_figure, values)):
        return body
    values = [one for one in values if one is not first or _is_figure(one)]
    group = body.heads[columns[0]] if first not in values else ""
    told = [Pair(body.heads[one.column], one, unit_in(group)) for one in values]
    return Pairs(group, told)


def is_signed(box: Box, row: Sequence[Box]) -> bool:
    """Whether a cell holds labels and what is typed behind them: `填表人：张三　　电话：…`.

    So does one of a blank form with several labels, with names, or with room for more and no
    cell behind it that is to be filled.
    """
    labels = labels_inside(box.text)
    if not labels or box.formula:
        return False
    if len(labels) > 1 or says_both(box.text) or box.is_named:
        return True
    behind = next((one for one in row if one.column > box.right), None)
    is_last = behind is None or bool(behind.text)
    return is_last and box.right > box.column + 1


def _with_formulas(is_input: Callable[[Box], bool]) -> Callable[[Box], bool]:
    return lambda box: box.is_named or bool(box.formula) or is_input(box)


class _Reader:
    """Goes down a sheet, and knows the heads that it is under."""

    def __init__(
        self, sheet: SheetView, is_value: Callable[[Box], bool], *, says_inputs: bool
    ) -> None:
        self.blocks: list[RawBlock] = []
        self._sheet, self._is_value, self._says_inputs = sheet, is_value, says_inputs
        self._title = ""

    def read(self, row: int) -> None:
        """Take in one row."""
        boxes = self._sheet.row(row)
        own = [box for box in boxes if box.row == row]
        if not any(map(self._says, own)):
            if not boxes:
                self._title = ""
                self._end()
            return
        signed = [box for box in own if is_signed(box, boxes)]
        own = [box for box in own if box not in signed]
        boxes = [box for box in boxes if box not in signed]
        if signed and not any(not is_note(one.text) and self._says(one) for one in own):
            self._end()  # 填表人：张三 is no title and no head
            return
        values = [box for box in own if self._is_value(box)]
        labels = [box for box in boxes if box.text and not self._is_value(box)]
        own_labels = [box for box in labels if box.row == row]
        if not values or _is_head_with_gaps(values, own_labels):
            self._words(own_labels)
        elif self._fits_body(values) and not self._is_signed(own_labels):
            self._body_row(row, values, labels)
        else:
            self._pairs(values, boxes)

    def _says(self, box: Box) -> bool:
        return not box.is_blank or self._is_value(box)

    def _is_signed(self, labels: Sequence[Box]) -> bool:
        """Whether a row under a body is none of it: a label with a colon, the first one there."""
        body = self._body
        known = [one.text for row in body.rows for one in body.labels[row]] if body else []
        ends = [one.text.endswith(_COLONS) for one in labels]
        return any(ends) and not any(one.endswith(_COLONS) for one in known)

    def _end(self) -> None:
        """What comes next is under no heads."""
        if self.blocks and isinstance(self.blocks[-1], Body) and self.blocks[-1].rows:
            self.blocks.append(Pairs(""))

    def _words(self, labels: list[Box]) -> None:
        """A row of nothing but words: a title, a note, heads, or a filled row of words."""
        plain = [box for box in labels if not is_note(box.text)]
        if not self._says_inputs and (told := _said_in_words(plain)):
            self._pairs_block().pairs += told
            return
        body = self._body
        if any(_SENTENCE.search(box.text) for box in labels) and self._sentences(labels):
            return
        if body and body.rows and self._is_row_of_words(body, labels):
            self._body_row(labels[0].row, [], labels)
            return
        if len(labels) == 1 and not (body and not body.rows):
            if not is_note(bare_words(labels[0].text)):  # 资金汇总(单位:万元) is a title
                self._title = labels[0].text
            self._end()
            return
        labels = [box for box in labels if not is_note(box.text)]
        if not labels:
            return
        if body and not body.rows and _goes_on(body.head_rows, labels):
            body.head_rows.append(labels)
            body.heads = _heads(body.head_rows)
            return
        self.blocks.append(Body(self._title, _heads([labels]), [labels]))

    def _sentences(self, labels: Sequence[Box]) -> bool:
        """Whether sentences stand under heads, or beside labels, and are what was typed."""
        body = self._body
        if body and not body.rows:
            last = {box.column: box.text for box in body.head_rows[-1]}
            told = [Pair(last[one.column], one) for one in labels if one.column in last]
            if told:
                self.blocks[-1] = Pairs(body.title, told)
                return True
        told = [
            Pair(before.text, one)
            for before, one in pairwise(labels)
            if _SENTENCE.search(one.text) and not _SENTENCE.search(before.text)
        ]
        if told:
            self._pairs_block().pairs += told
        return bool(told)

    def _is_row_of_words(self, body: Body, labels: list[Box]) -> bool:
        """Whether a row of words goes on under heads: in a form that is filled, and in line."""
        columns = {box.column for box in labels}
        if self._is_under_figures(body, labels):
            return False
        if any(sign in box.text for box in labels for sign in _COLONS):
            return False
        return not self._says_inputs and len(columns) > 1 and columns <= body.heads.keys()

    def _is_under_figures(self, body: Body, labels: list[Box]) -> bool:
        """Whether words stand in columns of figures: they are the heads of a table of their own."""
        figures = {box.column for row in body.rows for box in body.values[row] if _is_figure(box)}
        figures &= {*range(labels[0].column, labels[-1].right + 1)}
        said = [one for one in labels if one.column in figures and _WORDS.fullmatch(one.text)]
        below = self._sheet.row(labels[0].bottom + 1)
        again = {box.column for box in below if not box.text and self._is_value(box)}
        is_other = len({one.text for one in said}) == len(said) > 1
        return is_other and len(said) * 2 > len(figures) and bool(again & figures)

    @property
    def _body(self) -> Body | None:
        return self.blocks[-1] if self.blocks and isinstance(self.blocks[-1], Body) else None

    def _fits_body(self, values: Sequence[Box]) -> bool:
        """Whether each value stands under one head."""
        body = self._body
        values = [box for box in values if not self._is_beside(box)]
        if body is None or not values:
            return False
        starts = {start for row in body.head_rows for box in row for start in (box.column,)}
        for box in values:
            inside = [one for one in starts if box.column < one <= box.right]
            if box.column not in body.heads or inside:
                return False
        return True

    def _is_beside(self, box: Box) -> bool:
        """Whether a box is a blank one under no head, which asks for nothing."""
        heads = self._body.heads if self._body else {}
        return box.column not in heads and box.is_blank and not (box.choices or box.is_named)

    def _body_row(self, row: int, values: list[Box], labels: list[Box]) -> None:
        body = self._body
        assert body is not None
        body.rows.append(row)
        body.values[row] = [box for box in values if not self._is_beside(box)]
        body.labels[row] = labels

    def _pairs(self, values: Sequence[Box], boxes: Sequence[Box]) -> None:
        """Each value with the nearest words to its left, else those above it."""
        block = self._pairs_block()
        filled = [box for box in boxes if not box.is_blank and not is_note(box.text)]
        if not self._says_inputs:
            block.pairs += _in_pairs(filled) or _said_in_words(
                filled, only_colons=not _is_in_turns(filled)
            )
        told = {id(pair.box) for pair in block.pairs}
        for box in values:
            if id(box) in told:
                continue
            before = [one for one in boxes if one.right < box.column]
            words = [one for one in before if one.text and not self._is_value(one)]
            if not box.is_named and box.is_blank and words and words[-1] is not before[-1]:
                continue  # the cell before it is the label's
            is_typed = words and (id(words[-1]) in told or _ends_in_a_value(words))
            if box.is_blank and not self._says_inputs and is_typed:
                continue
            counted_in = words.pop().text.strip() if _end_in_a_unit(words) else ""
            counted_in = counted_in or _unit_behind(box, boxes)
            label = words[-1].text if words else self._above(box)
            label = label or self._sheet.names.get((box.row, box.column), "")
            if label:
                block.pairs.append(Pair(label, box, counted_in))

    def _pairs_block(self) -> Pairs:
        if not self.blocks or not isinstance(self.blocks[-1], Pairs):
            self.blocks.append(Pairs(self._title))
        block = self.blocks[-1]
        assert isinstance(block, Pairs)
        block.title = block.title or self._title
        return block

    def _above(self, box: Box) -> str:
        above = self._sheet.boxes.get((box.row - 1, box.column))
        return above.text if above is not None else ""


def _is_head_with_gaps(values: Sequence[Box], labels: Sequence[Box]) -> bool:
    """Whether a row is one of heads, though a corner of it is blank."""
    are_blank = all(box.is_blank and not box.choices for box in values)
    in_line = sum(one.right + 1 == two.column for one, two in pairwise(labels))
    most = 2 if in_line > 1 and not any(map(_ends_a_label, labels)) else 3
    return are_blank and len(labels) > 2 and len(values) * most <= len(labels)


def _goes_on(rows: Sequence[Sequence[Box]], labels: Sequence[Box]) -> bool:
    """Whether a row of words is the next row of heads: under a wide head, or beside a high one."""
    if len(rows) >= _MOST_HEADS:
        return False
    for head in rows[-1]:
        under = [one for one in labels if head.column <= one.column <= head.right]
        if len(under) > 1 or head.bottom >= labels[0].row:
            return True
    return False


def _is_figure(box: Box) -> bool:
    """Whether a figure stands in a box, or a formula that may give one."""
    return bool(box.formula) or isinstance(box.value, int | Decimal)


def _side_by_side(body: Body) -> list[RawBlock]:
    """The tables that share the rows of a body: 收入 金额 | 支出 金额, each with its labels.

    They do where the same heads stand over and over behind a column of words, and where a column
    that is blank from the heads on parts them, whatever their heads.
    """
    parted = _parted_by_gaps(body)
    if len(parted) > 1 and all(len(one) > 1 and _has_labels(body, one[0]) for one in parted):
        return [_part(body, group) for group in parted]
    columns = [*body.heads]
    for count in (2, 3):
        width = len(columns) // count
        groups = [columns[start : start + width] for start in range(0, len(columns), width or 1)]
        if width < 2 or len(columns) % count:
            continue
        heads = {_heads_of_values(body, group) for group in groups}
        if len(heads) > 1 or () in heads:
            continue
        if all(_has_labels(body, _first_of_words(body, group)) for group in groups):
            return [_part(body, group) for group in groups]
    return [body]


def _heads_of_values(body: Body, group: Sequence[int]) -> tuple[str, ...]:
    """The lowest heads of some columns but those of their numbers and of their labels before."""
    heads = [_lowest_head(body, column) for column in group]
    if heads[0] in _ORDINAL:
        heads = heads[1:]
    return tuple(dropwhile(lambda head: head == heads[0], heads))


def _first_of_words(body: Body, group: Sequence[int]) -> int:
    """The first of some columns that does not number the rows."""
    return next((one for one in group if _lowest_head(body, one) not in _ORDINAL), group[0])


def _parted_by_gaps(body: Body) -> list[list[int]]:
    """The columns of a body in runs, where no head stands above a column between them."""
    covered = {
        one for row in body.head_rows for box in row for one in range(box.column, box.right + 1)
    }
    groups: list[list[int]] = []
    for column in body.heads:
        if groups and covered.issuperset(range(groups[-1][-1], column)):
            groups[-1].append(column)
        else:
            groups.append([column])
    return groups


def _lowest_head(body: Body, column: int) -> str:
    """The words right above the cells of a column."""
    boxes = (one for row in reversed(body.head_rows) for one in row)
    return next((one.text for one in boxes if one.column <= column <= one.right), "")


def _has_labels(body: Body, column: int) -> bool:
    """Whether a column holds words in more than one row, and no figure."""
    words = [one for row in body.rows for one in body.labels[row] if one.column == column]
    figures = [b for row in body.rows for b in body.values[row] if b.column == column]
    return len(words) > 1 and not any(map(_is_figure, figures))


def _part(body: Body, columns: Sequence[int]) -> Body:
    """The columns of a body as one of its own, without rows that say nothing there."""
    inside = range(columns[0], columns[-1] + 1)
    head_rows = [[one for one in row if one.column in inside] for row in body.head_rows]
    head_rows = [row for row in head_rows if row]
    if len(head_rows) > 1 and head_rows[0][0].right >= columns[-1]:  # 收入 above all of them
        head_rows = head_rows[1:]
    part = Body(body.title, _heads(head_rows), head_rows)
    first = _first_of_words(body, columns)
    for row in body.rows:
        labels = [one for one in body.labels[row] if one.column in inside]
        if any(one.column <= first <= one.right for one in labels):
            part.rows.append(row)
            part.labels[row] = labels
            part.values[row] = [one for one in body.values[row] if one.column in inside]
    return part


def _is_in_turns(boxes: Sequence[Box]) -> bool:
    """Whether labels and what was typed beside them stand in turns: 单位名称 某局 年度 2025."""
    labels = [bare_words(one.text) for one in boxes[::2]]
    return len(boxes) % 2 == 0 and all(_LABEL.search(one) for one in labels)


def _in_pairs(boxes: Sequence[Box]) -> list[Pair]:
    """Labels with words typed beside them, where blank cells part them: `甲方 某会 _ 周期 年`."""
    runs: list[list[Box]] = []
    for box in boxes:
        if runs and runs[-1][-1].right + 1 == box.column:
            runs[-1].append(box)
        else:
            runs.append([box])
    turns = [turn for run in runs for turn in zip(run[::2], run[1::2], strict=False)]
    is_even = len(runs) > 1 and not any(len(run) % 2 for run in runs)
    if not is_even or any(not label.text or label.bottom > label.row for label, _ in turns):
        return []
    if any(_HEAD.search(bare_words(value.text)) for _, value in turns):
        return []
    return [Pair(label.text, value) for label, value in turns if value.text]


def _unit_behind(value: Box, boxes: Sequence[Box]) -> str:
    """The unit right behind a figure, where it is not before another: 原值 5.8 万元."""
    behind = [one for one in boxes if one.column > value.right][:2]
    is_units = len(behind) > 0 and behind[0].column == value.right + 1 and is_unit(behind[0].text)
    is_others = len(behind) > 1 and not behind[1].text
    return behind[0].text.strip() if is_units and not is_others else ""


def _end_in_a_unit(words: Sequence[Box]) -> bool:
    """Whether a label's unit stands between it and the figure: 户数 户 602."""
    is_beside = len(words) > 1 and words[-2].right + 1 == words[-1].column
    return is_beside and is_unit(words[-1].text) and not is_unit(words[-2].text)


def _ends_in_a_value(words: Sequence[Box]) -> bool:
    """Whether the last words before a blank cell were typed behind the label before them."""
    if len(words) < 2 or words[-2].right + 1 != words[-1].column:
        return False
    label, said = (bare_words(one.text) for one in words[-2:])
    if words[-2].bottom > words[-2].row or _HEAD.search(said):
        return False
    is_long = len(said) >= _LONG or any(sign.isdigit() for sign in said)
    return is_long or _LABEL.search(label) is not None


def _said_in_words(boxes: Sequence[Box], *, only_colons: bool = False) -> list[Pair]:
    """Labels with the words that were typed beside them: after a colon, or in turns."""
    told = [
        Pair(label.text, value)
        for label, value in pairwise(boxes)
        if _ends_a_label(label) and value.text and not _ends_a_label(value)
    ]
    if told or only_colons or len(boxes) % 2:
        return told
    labels, values = boxes[::2], boxes[1::2]
    pairs = list(zip(labels, values, strict=True))
    if any(one.column != label.right + 1 or _ends_a_label(one) for label, one in pairs):
        return []
    in_turns = all(_LABEL.search(bare_words(one.text)) for one in labels)
    if not in_turns or any(_HEAD.search(bare_words(one.text)) for one in values):
        return []
    if any(is_unit(one.text) for one in values):  # 2024年第二季度 万元 are of the whole sheet
        return []
    return [Pair(label.text, value) for label, value in pairs]


def _ends_a_label(box: Box) -> bool:
    return box.text.endswith(_COLONS)


def _heads(rows: Sequence[Sequence[Box]]) -> dict[int, str]:
    """The head of each column: what stands in each row of heads, joined, nothing twice."""
    found: dict[int, list[str]] = {}
    for row in rows:
        for box in row:
            for column in range(box.column, box.right + 1):
                words = found.setdefault(column, [])
                if box.text not in words:
                    words.append(box.text)
    return {column: "".join(words) for column, words in sorted(found.items())}


def _settle(body: Body, sheet: SheetView, *, says_inputs: bool) -> None:
    """Find out whether the rows repeat; if so, words typed into them are values."""
    columns = [column for column in body.heads if column != body.ordinal]
    rows = [row for row in body.rows if not _total_row(body, row)]
    if not columns or not rows:
        return
    first = columns[0]
    typed = [any(box.column == first for box in body.values[row]) for row in rows]
    body.is_list = (
        any(typed)
        or (body.ordinal is not None and not _are_fixed(body, rows))
        or _OF_RECORDS.match(bare_words(body.heads[first])) is not None
        or (_is_of_places(body.heads[first]) and not _are_fixed(body, rows))
        or (not says_inputs and _is_excels(sheet, rows[0]))
        or (not says_inputs and _repeats(body, rows) and not _are_parts(body))
    )
    if not says_inputs and not body.is_list:
        has_words = _has_words_of_its_own(body, columns, rows) or _are_described(body, rows)
        body.is_list = has_words and not _are_parts(body)
        if not body.is_list:
            _take_remarks(body)
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


def _is_of_places(head: str) -> bool:
    """Whether rows are those of villages, firms or roads, which need not be the same next year."""
    return _OF_PLACES.match(bare_words(head)) is not None


def _are_fixed(body: Body, rows: Sequence[int]) -> bool:
    """Whether rows that are numbered are always the same ones.

    They are where they are numbered 行次, where labels are parts of others (一、, 其中:), and where
    a total adds one of them to others.
    """
    words = [row_words(body, row) for row in body.rows]
    is_of_lines = body.heads.get(body.ordinal or 0) in (_OF_LINES, *_CODES)
    if is_of_lines or any(map(is_numbered, words)):
        return True
    totals = [one for row in body.rows if row not in rows for one in body.values[row]]
    added = [_own_rows(one, single_cells) - {one.row} for one in totals if one.formula]
    return any(len(one) > 1 and one & {*rows} for one in added)


def _are_parts(body: Body) -> bool:
    """Whether rows are parts of one another, as those of no list are: 一、公务用车, 其中:购置费."""
    return sum(is_numbered(row_words(body, row)) for row in body.rows) > 1


def _take_remarks(body: Body) -> None:
    """Words typed behind the last figures of fixed rows, under 增减原因 or 备注, are values."""
    figures = [box.column for row in body.rows for box in body.values[row] if _is_figure(box)]
    last = max(figures, default=0)
    for row in body.rows:
        told = [
            box
            for box in body.labels[row]
            if figures and box.column > last and box.row == row
            if _REMARKS.search(bare_words(body.heads.get(box.column, "")))
        ]
        body.labels[row] = [box for box in body.labels[row] if box not in told]
        body.values[row] = [*body.values[row], *told]


def label_head(body: Body) -> str:
    """The words above the labels of the rows."""
    columns = [column for column in body.heads if column != body.ordinal]
    return body.heads[columns[0]] if columns else ""


def row_words(body: Body, row: int) -> str:
    """The first words of a row that are not its number."""
    words = (one.text for one in body.labels[row] if one.column != body.ordinal)
    return next(words, next((one.text for one in body.labels[row]), ""))


def _has_words_of_its_own(body: Body, columns: Sequence[int], rows: Sequence[int]) -> bool:
    """Whether rows hold words behind figures, or in many columns, as fixed rows do not."""
    with_words = 0
    for row in rows:
        figures = [box.column for box in body.values[row]]
        words = [
            one
            for one in body.labels[row]
            if body.heads.get(one.column) not in (*_OF_A_UNIT, body.heads[columns[0]])
        ]
        behind = [box for box in words if figures and box.column > min(figures)]
        with_words += bool(behind) or len(words) > _MOST_LABELS
    return len(columns) > 2 and with_words * 2 > len(rows)


def _are_described(body: Body, rows: Sequence[int]) -> bool:
    """Whether each row has a name that no other has, and words beside it: 供货商, 供货品类."""
    names: list[str] = []
    for row in rows:
        words = [one for one in body.labels[row] if not _is_unit(body, one)]
        words = [one for one in words if one.column != body.ordinal]
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
    """Whether rows have the same words for their figures, as no fixed rows do."""
    said = [
        (box.column, label.text)
        for row in rows
        for box in body.values[row]
        if (label := row_label(body, row, box)) is not None and label.row == row
        if all(one.row == row for one in body.labels[row])
    ]
    return len(set(said)) < len(said)


def _total_row(body: Body, row: int) -> bool:
    """Whether a row adds up others: by its words, or by a formula over rows of its column."""
    if any(is_total(box.text) for box in body.labels[row][:2]):
        return True
    return any(_adds_up(box) for box in body.values[row] if box.formula)


def _adds_up(box: Box) -> bool:
    return len(_own_rows(box, cells_read) - {box.row}) > 1


def _own_rows(box: Box, read: Callable[[str, str], Iterable[Spot]]) -> set[int]:
    """The rows of its own column that a formula reads."""
    cells = read(box.formula, "")
    return {one.row for one in cells if (one.sheet, one.column) == ("", box.column)}


def total_rows(body: Body) -> Iterator[int]:
    """The rows of a list that are totals of the others."""
    yield from (row for row in body.rows if _total_row(body, row))


def total_words(body: Body, row: int) -> tuple[str, str]:
    """What a total adds up, "" for all, and its own words: 货物 and 小计 of one category's."""
    words = [bare_words(box.text) for box in body.labels[row] if box.column != body.ordinal]
    total = next(filter(is_total, words), "")
    if not total:
        return "", bare_words(row_words(body, row)) or "合计"
    return next((one for one in words if one and one != total), ""), total


def row_label(body: Body, row: int, box: Box) -> Box | None:
    """The label of a box in a row: the nearest words to its left that are no unit."""
    return next(iter(row_labels(body, row, box)), None)


def row_labels(body: Body, row: int, box: Box) -> list[Box]:
    """The words to the left of a box in its row that are no unit, the nearest first."""
    before = [one for one in body.labels[row] if one.right < box.column]
    words = [one for one in before if bare_words(one.text)]
    labels = [one for one in words if not _is_unit(body, one)]
    return (labels or words)[::-1]


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
        category = bare_words(_part_above(body, row))
    return f"{category}{own.text}"


def _part_above(body: Body, row: int) -> str:
    """The label of the part in which a row stands: 二、实际采购总额 above 货物."""
    above = [row_words(body, one) for one in body.rows if one < row]
    return next((words for words in reversed(above) if is_numbered(words)), "")


def row_unit(body: Body, row: int) -> str:
    """The unit that a row's words name: in brackets, or in a column of units."""
    labels = [one for one in body.labels[row] if bare_words(one.text)]
    alone = [one.text.strip() for one in labels if len(labels) > 1 and _is_unit(body, one)]
    return next(filter(None, [*alone, *(unit_in(one.text) for one in labels)]), "")


def _is_unit(body: Body, box: Box) -> bool:
    """Whether a box holds a unit: any under 计量单位; a known one under 单位, which may be a body.

    So does 台班 in a column of which most are known.
    """
    head = body.heads.get(box.column, "")
    if not is_unit_head(head):
        return False
    if head != _OF_A_UNIT[0] or is_unit(box.text):
        return True
    column = [one.text for row in body.rows for one in body.labels[row] if one.column == box.column]
    return sum(map(is_unit, column)) * 2 > len(column)


def is_unit_head(head: str) -> bool:
    """Whether a head stands over the units of figures."""
    return head in _OF_A_UNIT
