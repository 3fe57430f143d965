"""Rows of heads above the columns of a body, one above another."""

from collections.abc import Sequence
from itertools import pairwise

from workbook.viewing.boxes import Box
from workbook.viewing.typed_beside import ends_a_label

_MOST_HEADS = 3  # rows of heads above one another


def is_head_with_gaps(values: Sequence[Box], labels: Sequence[Box]) -> bool:
    """Whether a row is one of heads, though a corner of it is blank."""
    are_blank = all(box.is_blank and not box.choices for box in values)
    in_line = sum(one.right + 1 == two.column for one, two in pairwise(labels))
    most = 2 if in_line > 1 and not any(map(ends_a_label, labels)) else 3
    return are_blank and len(labels) > 2 and len(values) * most <= len(labels)


def goes_on(rows: Sequence[Sequence[Box]], labels: Sequence[Box]) -> bool:
    """Whether a row of words is the next row of heads: under a wide head, or beside a high one."""
    if len(rows) >= _MOST_HEADS:
        return False
    for head in rows[-1]:
        under = [one for one in labels if head.column <= one.column <= head.right]
        if len(under) > 1 or head.bottom >= labels[0].row:
            return True
    return False


def heads_by_column(rows: Sequence[Sequence[Box]]) -> dict[int, str]:
    """The head of each column: what stands in each row of heads, joined, nothing twice."""
    found: dict[int, list[str]] = {}
    for row in rows:
        for box in row:
            for column in range(box.column, box.right + 1):
                words = found.setdefault(column, [])
                if box.text not in words:
                    words.append(box.text)
    return {column: "".join(words) for column, words in sorted(found.items())}
