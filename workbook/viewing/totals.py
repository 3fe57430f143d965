"""Which rows of a body add up others, and what they say of it."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from workbook.reading.spots import Spot
from workbook.viewing.block_model import Body
from workbook.viewing.boxes import Box
from workbook.viewing.formulas import cells_read
from workbook.viewing.row_names import row_words
from workbook.viewing.words import bare_words, is_total

_HAS_DIGIT: Final = re.compile(r"\d")  # 合计 | 5家 is no total of 5家


def total_row(body: Body, row: int) -> bool:
    """Whether a row adds up others: by its words, or by a formula over rows of its column.

    So is one behind all of these that is made of the others: 日均清运量 below 合计.
    """
    if _is_said_total(body, row) or any(_adds_up(box) for box in body.values[row] if box.formula):
        return True
    return _is_made_of_others(body, row)


def _is_said_total(body: Body, row: int) -> bool:
    return any(is_total(box.text) for box in body.labels[row][:2])


def _is_made_of_others(body: Body, row: int) -> bool:
    """Whether a row below the last total is no other of those above: it only calculates with them.

    Or it has no number though each of those has one: 上年同期 below 合计.
    """
    last = max((one for one in body.rows if _is_said_total(body, one)), default=row)
    if row <= last or not body.labels[row]:
        return False
    own = [one for one in body.values[row] if one.column != body.ordinal and not one.is_blank]
    numbered = [
        any(one.column == body.ordinal and not one.is_blank for one in body.values[other])
        for other in body.rows
        if other < last and not _is_said_total(body, other)
    ]
    is_numbered = any(one.column == body.ordinal and not one.is_blank for one in body.values[row])
    if numbered and all(numbered) and not is_numbered:
        return True
    return bool(own) and all(
        one.formula and not own_rows(one, cells_read).isdisjoint({*body.rows} - {row})
        for one in own
    )


def _adds_up(box: Box) -> bool:
    return len(own_rows(box, cells_read) - {box.row}) > 1


def own_rows(box: Box, read: Callable[[str, str], Iterable[Spot]]) -> set[int]:
    """The rows of its own column that a formula reads."""
    cells = read(box.formula, "")
    return {one.row for one in cells if (one.sheet, one.column) == ("", box.column)}


def total_rows(body: Body) -> Iterator[int]:
    """The rows of a list that are totals of the others."""
    yield from (row for row in body.rows if total_row(body, row))


def total_words(body: Body, row: int) -> tuple[str, str]:
    """What a total adds up, "" for all, and its own words: 货物 and 小计 of one category's."""
    labels = body.labels[row]
    words = [bare_words(box.text) for box in labels if box.column != body.ordinal]
    total = next(filter(is_total, (bare_words(box.text) for box in labels)), "")
    if not total:
        return "", bare_words(row_words(body, row)) or "合计"
    return next(
        (one for one in words if one and one != total and not _HAS_DIGIT.search(one)), ""
    ), total
