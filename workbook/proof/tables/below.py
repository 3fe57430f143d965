"""A row and those below it that are its parts: by indents, by numbers, by 其中."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from workbook.proof.tables.lines import Lines, Sum, any_label, depth_at

_MOST_BELOW: Final = 8  # rows that 其中 speaks of
_TIES: Final = 2  # columns that show which rows it speaks of


def by_indent(lines: Lines) -> Iterator[Sum]:
    """A row and those below it that stand deeper: by indent, else by their numbers."""
    depths = [depth_at(lines, at) for at in range(len(lines.lines))]
    for at, own in enumerate(depths):
        below: list[int] = []
        for other in range(at + 1, len(depths)):
            if not _is_deeper(depths[other], own):
                break
            below.append(other)
        if len(below) < 2:
            continue
        least = min(depths[one] for one in below)
        direct = [
            one
            for one in below
            if depths[one][0] <= least[0] + 1 and _is_as_deep(depths[one], least)
        ]
        if len(direct) > 1:
            yield Sum(lines.lines[at], tuple(lines.lines[one] for one in direct), False)


def by_number(lines: Lines) -> Iterator[Sum]:
    """A row without a number and those below it that are numbered 1, 2, 3, whatever is between."""
    counts = [_count(any_label(lines, at)) for at in range(len(lines.lines))]
    for at, own in enumerate(counts[:-1]):
        if own or counts[at + 1] != 1:
            continue
        parts: list[int] = []
        for other in range(at + 1, len(counts)):
            if counts[other] == len(parts) + 1:
                parts.append(other)
            elif counts[other]:
                break
        if len(parts) > 1:
            yield Sum(lines.lines[at], tuple(lines.lines[one] for one in parts), False)


def by_word(lines: Lines) -> Iterator[Sum]:
    """A row, the one below that begins with 其中, and as many more as tie with it twice."""
    for at in range(1, len(lines.lines)):
        is_part = any_label(lines, at).startswith("其中")
        if not is_part or any_label(lines, at - 1).startswith("其中"):
            continue
        for end in range(at + 2, min(at + 1 + _MOST_BELOW, len(lines.lines) + 1)):
            parts = range(at, end)
            tied = sum(_ties(lines, at - 1, parts, position) for position in lines.positions)
            if tied >= _TIES:
                yield Sum(lines.lines[at - 1], tuple(lines.lines[one] for one in parts), False)
                break


def _ties(lines: Lines, at: int, parts: Sequence[int], position: int) -> bool:
    """Whether all of the lines are figures at a position and add up to more than nothing."""
    terms = [lines.term(lines.lines[one], position) for one in parts]
    total = lines.term(lines.lines[at], position)
    values = [one.amount for one in terms if one is not None]
    return bool(total and total.value) and len(values) == len(terms) and total is not None and (
        sum(values) == total.amount
    )  # fmt: skip


def _count(label: str) -> int:
    """The number that a label begins with, `1.` or `(2)`; 0 where it has none."""
    match = re.match(r"\(?(\d{1,2})[.、)](?!\d)", label)
    return int(match[1]) if match else 0


def _is_deeper(one: tuple[int, int], other: tuple[int, int]) -> bool:
    if one[0] != other[0]:
        return one[0] > other[0]
    return one[1] > other[1] > 0


def _is_as_deep(one: tuple[int, int], least: tuple[int, int]) -> bool:
    return one == least or (one[0] == least[0] and not (one[1] and least[1] and one[1] > least[1]))
