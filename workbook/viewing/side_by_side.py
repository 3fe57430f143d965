"""Tables that share the rows of a body, each with its own labels."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import dropwhile, pairwise
from typing import Final

from workbook.viewing.block_model import ORDINAL, Body, RawBlock, is_figure
from workbook.viewing.boxes import Box
from workbook.viewing.formulas import cells_read
from workbook.viewing.heads import heads_by_column
from workbook.viewing.row_names import is_remark_head, is_unit_head
from workbook.viewing.totals import own_rows
from workbook.viewing.words import bare_words, is_numbered, is_total

_OF_NAMES: Final = re.compile(r"(?:项目|指标|类别|科目|分类|种类)(?:名称)?$")


def side_by_side(body: Body) -> list[RawBlock]:
    """The tables that share the rows of a body: 收入 金额 | 支出 金额, each with its labels.

    They do where the same heads stand over and over behind a column of words. Whatever their heads,
    they do where a column that is blank from the heads on parts them, or wide heads above the first
    column of words of each: 收入 above 项目 and 金额, 支出 above 项目 and 数量.
    """
    for parted in (_parted_by_gaps(body), _parted_by_wide_heads(body)):
        firsts = [_first_of_words(body, one) for one in parted]
        if len(parted) > 1 and all(map(_is_wide, parted)) and _all_have_labels(body, firsts):
            return _parts(body, parted)
    columns = [*body.heads]
    for count in (2, 3):
        width = len(columns) // count
        groups = [columns[start : start + width] for start in range(0, len(columns), width or 1)]
        if width < 2 or len(columns) % count:
            continue
        heads = {_heads_of_values(body, group) for group in groups}
        if len(heads) > 1 or () in heads:
            continue
        if _all_have_labels(body, [_first_of_words(body, group) for group in groups]):
            return _parts(body, groups)
    return _parts(body, _parted_by_names(body)) or [body]


def _parts(body: Body, groups: Sequence[Sequence[int]]) -> list[RawBlock]:
    """The tables of some columns each, and of those the ones that stand below one another."""
    return [one for group in groups for one in _below_one_another(_part(body, group))]


def _below_one_another(body: Body) -> list[Body]:
    """A table as several where words stand under its figures, as heads of those below them."""
    first = next((column for column in body.heads if column != body.ordinal), 0)
    figures = {one.column for row in body.rows for one in body.values[row] if is_figure(one)}
    for at, row in enumerate(body.rows):
        labels = [one for one in body.labels[row] if one.row == row]
        said = [one for one in labels if one.column in figures - {first}]
        are_words = all(re.fullmatch(r"\D{2,}", one.text) for one in said)
        if not at or not said or not are_words or any(map(is_figure, body.values[row])):
            continue
        upper = replace(body, rows=body.rows[:at])
        heads = heads_by_column([labels])
        below = [
            one
            for one in body.rows[at + 1 :]
            if {box.column for box in body.values[one] if not box.is_blank} <= heads.keys()
        ]
        lower = replace(body, heads=heads, head_rows=[labels], rows=below)
        return [upper, *_below_one_another(lower)]
    return [body]


def _parted_by_names(body: Body) -> list[list[int]]:
    """The columns of a body from each column of words to the next that begins a table."""
    columns = [*body.heads]
    starts = columns[:1]
    for before, column in pairwise(columns):
        is_numbered_too = body.lowest_head(before) in ORDINAL and before != starts[-1]
        if _begins_table(body, starts[-1], column, is_numbered_too=is_numbered_too):
            starts.append(before if is_numbered_too else column)
    ends = [*starts[1:], columns[-1] + 1]
    groups = [
        [one for one in columns if start <= one < end]
        for start, end in zip(starts, ends, strict=True)
    ]
    return groups if len(groups) > 1 else []


def _begins_table(body: Body, start: int, column: int, *, is_numbered_too: bool) -> bool:
    """Whether a column of words behind figures holds the row names of another table.

    In a list they may be one column of several; so a row has to show that both are names.
    """
    head = body.lowest_head(column)
    left = [one for one in body.heads if start <= one < column]
    right = [one for one in body.heads if one > column]
    if is_unit_head(head) or is_remark_head(head) or not _has_labels(body, column):
        return False
    first = _first_of_words(body, left)
    inside = [one for one in left if one > first]
    if not (_figures(body, inside) and _figures(body, right)) or _are_crossed(body, left, right):
        return False
    return (
        (is_numbered_too and body.lowest_head(start) in ORDINAL)
        or bare_words(head) == bare_words(body.lowest_head(first))
        or _are_told_by_wide_heads(body, first, column)
        or any(_totals_apart(body, row, first, column) for row in body.rows)
        or _goes_further(body, left, column)
    )


def _are_crossed(body: Body, left: Sequence[int], right: Sequence[int]) -> bool:
    """Whether formulas of one side work with the other's figures of their own row, in some rows."""
    crossed = {
        row
        for row in body.rows
        for box in body.values[row]
        if box.formula and not re.fullmatch(r"=\$?[A-Z]+\$?\d+", box.formula)
        for spot in cells_read(box.formula, "")
        if spot.sheet == "" and spot.row == row
        if (spot.column in left and box.column in right)
        or (spot.column in right and box.column in left)
    }
    return len(crossed) > 1


def _are_told_by_wide_heads(body: Body, first: int, column: int) -> bool:
    """Whether heads above those of the names say so: 一、收费 and 二、窗口, or over a 项目 each."""
    tops = body.head_rows[0] if len(body.head_rows) > 1 else []
    over = [
        next((box for box in tops if box.column <= one <= box.right), None)
        for one in (first, column)
    ]
    one, other = over
    if one is None or other is None or one is other:
        return False
    if is_numbered(one.text) and is_numbered(other.text):
        return True
    heads = [bare_words(body.lowest_head(at)) for at in (first, column)]
    are_wide = one.right > one.column and other.right > other.column
    are_named = all(map(_OF_NAMES.search, heads)) and all(
        len({*said}) == len(said) for at in (first, column) if (said := _said_in(body, at))
    )
    return are_wide and are_named


def _said_in(body: Body, column: int) -> list[str]:
    """The words of a column, from top to bottom."""
    return [one.text for row in body.rows for one in body.labels[row] if one.column == column]


def _totals_apart(body: Body, row: int, first: int, column: int) -> bool:
    """Whether a row is named on both sides and adds up the rows above on one of them, or on each.

    The total of a list has no words behind its figures, or such as say nothing more: 5家.
    """
    left, right = _name_at(body, row, first), _name_at(body, row, column)
    if not left or not right or re.search(r"\d", right):
        return False
    if is_total(right):
        return True
    here = [one for one in body.values[row] if is_figure(one)]
    behind = [one for one in here if one.column > column]
    before = [one for one in here if first < one.column < column]
    if is_total(left):
        return bool(behind) and not any(_adds_above(body, one) for one in behind)
    added = [
        any(_adds_above(body, one, formulas=True) for one in side) for side in (before, behind)
    ]
    return added == [False, True] and bool(before)


def _name_at(body: Body, row: int, column: int) -> str:
    """The words of a row at a column, "" for none and for signs alone."""
    boxes = (one for one in body.labels[row] if one.column <= column <= one.right)
    return next((words for one in boxes if (words := bare_words(one.text))), "")


def _adds_above(body: Body, box: Box, *, formulas: bool = False) -> bool:
    """Whether a figure adds up those above it: by its formula, else as it happens to be."""
    if box.formula:
        return len(own_rows(box, cells_read) - {box.row}) > 1
    if formulas or not isinstance(box.value, int | Decimal):
        return False
    above = [
        one.shown
        for row in body.rows
        if row < box.row
        for one in body.values[row]
        if one.column == box.column and isinstance(one.shown, int | Decimal)
    ]
    return len(above) > 1 and sum(above) == box.value


def _goes_further(body: Body, left: Sequence[int], column: int) -> bool:
    """Whether rows at the end have a name at a column, and nothing before it."""
    rows = [row for row in body.rows if _name_at(body, row, column)]
    bare = [row for row in body.rows if not _says_in(body, row, left)]
    first = _first_of_words(body, left)
    named = [row for row in body.rows if row not in bare]
    at_end = [row for row in bare if not named or row > named[-1]]
    is_total_last = bool(named) and is_total(_name_at(body, named[-1], first))
    own = [row for row in at_end if row in rows]
    return bare == at_end and len(own) >= (1 if is_total_last else 2)


def _says_in(body: Body, row: int, columns: Sequence[int]) -> bool:
    boxes = [*body.labels[row], *body.values[row]]
    return any(one.column in columns and not one.is_blank for one in boxes)


def _heads_of_values(body: Body, group: Sequence[int]) -> tuple[str, ...]:
    """The lowest heads of some columns but those of their numbers and of their labels before."""
    heads = [body.lowest_head(column) for column in group]
    if heads[0] in ORDINAL:
        heads = heads[1:]
    return tuple(dropwhile(lambda head: head == heads[0], heads))


def _first_of_words(body: Body, group: Sequence[int]) -> int:
    """The first of some columns that does not number the rows."""
    return next((one for one in group if body.lowest_head(one) not in ORDINAL), group[0])


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


def _parted_by_wide_heads(body: Body) -> list[list[int]]:
    """The columns of a body under the wide heads that part them all, none where others do not."""
    tops = body.head_rows[0] if len(body.head_rows) > 1 else []
    groups = [[*range(box.column, box.right + 1)] for box in tops if box.right > box.column]
    is_all = [one for group in groups for one in group] == [*body.heads]
    firsts = [_first_of_words(body, group) for group in groups]
    heads = {
        body.lowest_head(first).removeprefix("".join(box.text.split()))
        for first, box in zip(firsts, tops, strict=False)
    }
    rows = {tuple(row for row in body.rows if _says_at(body, row, first)) for first in firsts}
    are_tables = (len(heads) == 1 or len(rows) > 1) and all(_figures(body, one) for one in groups)
    return groups if is_all and len(groups) == len(tops) and are_tables else []


def _says_at(body: Body, row: int, column: int) -> bool:
    """Whether words stand in a row at a column."""
    return any(one.column == column and one.text for one in body.labels[row])


def _figures(body: Body, group: Sequence[int]) -> bool:
    """Whether figures stand in some columns."""
    boxes = (box for row in body.rows for box in body.values[row])
    return any(is_figure(box) for box in boxes if box.column in group)


def _is_wide(group: Sequence[int]) -> bool:
    return len(group) > 1


def _all_have_labels(body: Body, columns: Sequence[int]) -> bool:
    return all(_has_labels(body, one) for one in columns)


def _has_labels(body: Body, column: int) -> bool:
    """Whether a column holds words in more than one row, and no figure."""
    words = [one for row in body.rows for one in body.labels[row] if one.column == column]
    figures = [b for row in body.rows for b in body.values[row] if b.column == column]
    return len(words) > 1 and not any(map(is_figure, figures))


def _part(body: Body, columns: Sequence[int]) -> Body:
    """The columns of a body as one of its own, without rows that say nothing there."""
    inside = range(columns[0], columns[-1] + 1)
    head_rows = [[one for one in row if one.column in inside] for row in body.head_rows]
    head_rows = [row for row in head_rows if row]
    if len(head_rows) > 1 and head_rows[0][0].right >= columns[-1]:  # 收入 above all of them
        head_rows = head_rows[1:]
    part = Body(body.title, heads_by_column(head_rows), head_rows)
    first = _first_of_words(body, columns)
    for row in body.rows:
        labels = [one for one in body.labels[row] if one.column in inside]
        if any(one.column <= first <= one.right for one in labels):
            part.rows.append(row)
            part.labels[row] = labels
            part.values[row] = [one for one in body.values[row] if one.column in inside]
    return part
