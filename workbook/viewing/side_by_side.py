"""Tables that share the rows of a body, each with its own labels."""

from collections.abc import Sequence
from itertools import dropwhile

from workbook.viewing.block_model import ORDINAL, Body, RawBlock, is_figure
from workbook.viewing.heads import heads_by_column


def side_by_side(body: Body) -> list[RawBlock]:
    """The tables that share the rows of a body: 收入 金额 | 支出 金额, each with its labels.

    They do where the same heads stand over and over behind a column of words. Whatever their heads,
    they do where a column that is blank from the heads on parts them, or wide heads above the first
    column of words of each: 收入 above 项目 and 金额, 支出 above 项目 and 数量.
    """
    for parted in (_parted_by_gaps(body), _parted_by_wide_heads(body)):
        firsts = [_first_of_words(body, one) for one in parted]
        if len(parted) > 1 and all(map(_is_wide, parted)) and _all_have_labels(body, firsts):
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
        if _all_have_labels(body, [_first_of_words(body, group) for group in groups]):
            return [_part(body, group) for group in groups]
    return [body]


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
