"""A sheet's rows as blocks: cells beside their labels, and bodies of rows under their heads."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from workbook.viewing.block_model import Body, Pair, Pairs, RawBlock, is_figure
from workbook.viewing.boxes import Box
from workbook.viewing.formulas import cells_read
from workbook.viewing.heads import goes_on, heads_by_column, is_head_with_gaps
from workbook.viewing.repeating import by_part, settle
from workbook.viewing.side_by_side import side_by_side
from workbook.viewing.told_by_heads import told_by_heads
from workbook.viewing.totals import own_rows
from workbook.viewing.typed_beside import (
    COLONS,
    are_labelled_figures,
    end_in_a_unit,
    ends_in_a_value,
    in_pairs,
    is_in_turns,
    is_signed,
    measured_beside,
    said_in_words,
    unit_behind,
)
from workbook.viewing.views import SheetView, inputs_of, looks_like_input
from workbook.viewing.words import (
    bare_words,
    is_note,
    is_total,
)

_SENTENCE: Final = re.compile(r"[。；;]|^.{16,}$", re.DOTALL)
_STOP: Final = re.compile(r"[。；;]")
_WORDS: Final = re.compile(r"\D{2,}")
_MOST_GAP: Final = 3  # rows without cells between the rows of a body


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
        for part in (side_by_side(block) if isinstance(block, Body) else [block])
        if not isinstance(part, Body) or part.rows
    ]
    for block in blocks:
        if isinstance(block, Body):
            settle(block, sheet, says_inputs=given is not None)
    blocks = [part for one in blocks for part in (by_part(one) if isinstance(one, Body) else [one])]
    return [told_by_heads(one) if isinstance(one, Body) else one for one in blocks]


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
            if not boxes and not self._rows_go_on(row):
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
        if not values or is_head_with_gaps(values, own_labels):
            self._words(own_labels)
        elif self._fits_body(values) and not self._is_none_of_body(row, own_labels):
            self._body_row(row, values, labels)
        else:
            self._pairs(values, boxes)

    def _says(self, box: Box) -> bool:
        return not box.is_blank or self._is_value(box)

    def _is_none_of_body(self, row: int, labels: Sequence[Box]) -> bool:
        if self._is_in_turns(row):
            self._drop_gap()
            return True
        return self._is_signed(labels)

    def _drop_gap(self) -> None:
        """Leave out a blank row that parts a body from what is below: it is no room for more."""
        body = self._body
        last = body.rows[-2:] if body else []
        bare = [row for row in last if body and not body.labels[row]]
        bare = [row for row in bare if body and all(one.is_blank for one in body.values[row])]
        if body and bare == last[-1:]:
            body.rows.remove(bare[0])

    def _is_in_turns(self, row: int) -> bool:
        """Whether labels and values stand in turns under a body, where it has figures for labels.

        学生每餐 9.5 _ 教职工每餐 12 below 就餐人数: they are known by the words beside them.
        """
        body = self._body
        if body is None:
            return False
        figures = {box.column for one in body.rows for box in body.values[one] if is_figure(box)}
        own = [one for one in self._sheet.row(row) if one.row == row and not one.is_blank]
        return are_labelled_figures(own, figures - {body.ordinal})

    def _is_signed(self, labels: Sequence[Box]) -> bool:
        """Whether a row under a body is none of it: a label with a colon, the first one there."""
        body = self._body
        known = [one.text for row in body.rows for one in body.labels[row]] if body else []
        ends = [one.text.endswith(COLONS) for one in labels]
        return any(ends) and not any(one.endswith(COLONS) for one in known)

    def _end(self) -> None:
        """What comes next is under no heads."""
        if self.blocks and isinstance(self.blocks[-1], Body) and self.blocks[-1].rows:
            self.blocks.append(Pairs(""))

    def _words(self, labels: list[Box]) -> None:
        """A row of nothing but words: a title, a note, heads, or a filled row of words."""
        plain = [box for box in labels if not is_note(box.text)]
        body = self._body
        told = [] if self._says_inputs else said_in_words(plain)
        told = told or ([] if body or self._says_inputs else measured_beside(plain))
        if told:
            self._pairs_block().pairs += told
            return
        if body and len(plain) == 1 and self._is_part(body, plain[0]):
            body.parts[plain[0].row] = plain[0].text
            return
        is_told = any(_SENTENCE.search(box.text) for box in labels) and not self._are_heads(labels)
        if is_told and self._sentences(labels):
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
        if body and not body.rows and goes_on(body.head_rows, labels):
            body.head_rows.append(labels)
            body.heads = heads_by_column(body.head_rows)
            return
        self.blocks.append(Body(self._title, heads_by_column([labels]), [labels]))

    def _is_part(self, body: Body, label: Box) -> bool:
        """Whether words alone in a row are the name of the rows below, which go on under heads."""
        if label.text.endswith(COLONS) or _SENTENCE.search(label.text):
            return False
        below = [one for one in self._sheet.row(label.bottom + 1) if one.row > label.bottom]
        said = [one for one in below if self._says(one)]
        columns = [column for column in body.heads if column != body.ordinal]
        names = [one for one in said if one.column <= columns[0] <= one.right]
        is_above_all = label.right > label.column + 1 and label.right + 1 >= columns[-1]
        return (
            label.column <= columns[0] <= label.right
            and any(is_above_all if self._is_value(one) else one.text for one in names)
            and 1 < len(columns) - 1 <= 2 * (len(said) - 1)
            and self._fits_body([one for one in said if self._is_value(one)])
        )

    def _rows_go_on(self, gap: int) -> bool:
        """Whether what stands under a row without cells goes on with the rows of the body above.

        So does a label under the first head with values under half of the others, and a number
        where rows have one, or a part's words with such rows below; so does a total of those above.
        """
        body = self._body
        rows = range(gap + 1, min(gap + _MOST_GAP, self._sheet.last_row) + 1)
        row = next((one for one in rows if any(map(self._says, self._sheet.row(one)))), 0)
        if body is None or not body.rows or not row:
            return False
        said = [one for one in self._sheet.row(row) if one.row == row and self._says(one)]
        values = [one for one in said if self._is_value(one) and not one.is_blank]
        words = [one for one in said if one.text and not self._is_value(one)]
        first = next(column for column in body.heads if column != body.ordinal)
        if not values and len(words) == 1:
            return self._is_part(body, words[0])
        label = next((one for one in words if one.column <= first <= one.right), None)
        if label is None or self._is_signed(words) or not self._fits_body(values):
            return False
        others = len({*body.heads} - {body.ordinal, first})
        added = {one for box in values if box.formula for one in own_rows(box, cells_read)}
        counts_on = body.ordinal is None or any(one.column == body.ordinal for one in said)
        are_many = counts_on and len(values) > 1 and len(values) * 2 >= others
        return are_many or (is_total(label.text) and not added.isdisjoint(body.rows))

    def _are_heads(self, labels: Sequence[Box]) -> bool:
        """Whether words without a full stop stand above columns of which most hold figures."""
        bottom = max(one.bottom for one in labels)
        rows = range(bottom + 1, min(bottom + _MOST_GAP, self._sheet.last_row) + 1)
        below = [{one.column for one in self._sheet.row(row) if is_figure(one)} for row in rows]
        figures = next(filter(None, below), set())
        over = [one for one in labels if not figures.isdisjoint(range(one.column, one.right + 1))]
        return (
            not any(_STOP.search(one.text) for one in labels)
            and len(labels) > 2
            and len(over) * 2 > len(labels)
        )

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
        if self._is_under_figures(body, labels) or any(self._is_across(body, o) for o in labels):
            return False
        if any(sign in box.text for box in labels for sign in COLONS):
            return False
        return not self._says_inputs and len(columns) > 1 and columns <= body.heads.keys()

    @staticmethod
    def _is_across(body: Body, box: Box) -> bool:
        """Whether words stand across several heads, of which the first is not that of the names."""
        starts = {one.column for row in body.head_rows for one in row}
        first = min(body.heads)
        return box.column > first and any(box.column < one <= box.right for one in starts)

    def _is_under_figures(self, body: Body, labels: list[Box]) -> bool:
        """Whether words stand in columns of figures: they are the heads of a table of their own."""
        figures = {box.column for row in body.rows for box in body.values[row] if is_figure(box)}
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
            block.pairs += (
                in_pairs(filled)
                or measured_beside(filled)
                or said_in_words(filled, only_colons=not is_in_turns(filled))
            )
        told = {id(pair.box) for pair in block.pairs}
        for box in values:
            if id(box) in told:
                continue
            before = [one for one in boxes if one.right < box.column]
            words = [one for one in before if one.text and not self._is_value(one)]
            if not box.is_named and box.is_blank and words and words[-1] is not before[-1]:
                continue  # the cell before it is the label's
            is_typed = words and (id(words[-1]) in told or ends_in_a_value(words))
            if box.is_blank and not self._says_inputs and is_typed:
                continue
            counted_in = words.pop().text.strip() if end_in_a_unit(words) else ""
            counted_in = counted_in or unit_behind(box, boxes)
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
        """The words above a box, unless something was typed beside them."""
        above = self._sheet.boxes.get((box.row - 1, box.column))
        block = self.blocks[-1] if self.blocks else None
        told = block.pairs if isinstance(block, Pairs) else []
        is_told = any((one.label, one.box.row) == (above.text, above.row) for one in told if above)
        return above.text if above is not None and not is_told else ""
