"""Which rows or columns of a table are totals, and of which others.

A total is told by its words (合计, 小计), by codes, by indents and by numbers. What its parts are
is learned from the positions at which they add up.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import Fit, Term, best_sum, is_slip
from workbook.proof.tables.grid import BLANKS, NO_SUM, Grid, depth_of, indent

RULE: Final = "table-sum"
CODES: Final = "code-sum"
TOTAL: Final = re.compile(
    r"(?:合计|总计|小计|总额|共计|总和)(?:数|\(.*\))?[:,]?$|^(?:合计|总计|小计|共计)"
)
_MOST_BELOW: Final = 8  # rows that 其中 speaks of
_TIES: Final = 2  # columns that show which rows it speaks of
_SUB: Final = re.compile(r"小计")
# A row of rates below its figures: 2016年比2015年增减%, 同比增长率.
_CHANGES: Final = re.compile(
    r"(?:(?:19|20)\d\d年度?)?(?:同比|[比较与](?:上年|去年|(?:19|20)\d\d年)).*(?:%|率|幅)"
)
_CODE: Final = re.compile(r"\d{3}(?:\d{2}){0,2}")


@dataclass(frozen=True, slots=True)
class Sum:
    """A line of cells that is the total of others, by their numbers; lines are rows or columns.

    `is_named` where the words alone say that the parts are all there are; `within` are the
    positions at which it holds, None for all.
    """

    total: int
    parts: tuple[int, ...]
    is_named: bool
    within: Collection[int] | None = None


class Lines:
    """A table seen along its columns, or along its rows: values of a line at each position."""

    def __init__(self, grid: Grid, is_turned: bool) -> None:
        self.grid = grid
        self.is_turned = is_turned
        width = grid.width
        whole = [
            row for row in grid.rows
            if len(grid.cells[row]) == width and not _CHANGES.match(grid.cells[row][0])
        ]  # fmt: skip
        columns = [
            column for column in range(width)
            if not NO_SUM.search(grid.heads[column])
            and not any(grid.is_percent(row, column) for row in whole)
        ]  # fmt: skip
        self.lines, self.positions = (columns, whole) if is_turned else (whole, columns)

    def cell(self, line: int, position: int) -> tuple[int, int]:
        """The row and the column of a cell."""
        return (position, line) if self.is_turned else (line, position)

    def term(self, line: int, position: int) -> Term | None:
        """The figure of a cell, None where it holds none."""
        row, column = self.cell(line, position)
        return self.grid.terms[row][column]

    def is_blank(self, line: int, position: int) -> bool:
        """Whether a cell says nothing, or that there is nothing."""
        row, column = self.cell(line, position)
        return self.grid.cells[row][column] in BLANKS

    def label(self, line: int, position: int) -> str:
        """What the figures of a line are of, beside a position."""
        if self.is_turned:
            return self.grid.heads[line]
        return self.grid.label(line, position)


def structures(lines: Lines) -> Iterator[tuple[str, Sum]]:
    """All totals of a table seen in one direction, with the rule that judges them."""
    if not lines.is_turned:
        yield from ((CODES, one) for one in _by_code(lines))
    yield from ((RULE, one) for one in _by_total(lines))
    if not lines.is_turned:
        yield from ((RULE, one) for one in (*_by_indent(lines), *_by_number(lines)))
        yield from ((RULE, one) for one in _by_word(lines))


def _by_total(lines: Lines) -> Iterator[Sum]:
    """合计 above its parts or below them; which parts is learned from the columns that tie."""
    numbers = lines.lines
    if not lines.positions:
        return
    totals = [
        at for at, line in enumerate(numbers)
        if any(_is_total(lines, line, position) for position in lines.positions)
    ]  # fmt: skip
    for number, at in enumerate(totals):
        ranges = list(_ranges(lines, totals, number))
        for positions in _halves(lines, at):
            yield from _learned(lines, at, ranges, positions)


def _halves(lines: Lines, at: int) -> Iterator[list[int]]:
    """The positions that one label stands before: each half of a table that lies side by side."""
    by_label: dict[str, list[int]] = {}
    for position in lines.positions:
        if lines.term(lines.lines[at], position) is not None:
            by_label.setdefault(lines.label(lines.lines[at], position), []).append(position)
    yield from (one for label, one in by_label.items() if TOTAL.search(label))


def _is_total(lines: Lines, line: int, position: int) -> bool:
    return lines.term(line, position) is not None and bool(
        TOTAL.search(lines.label(line, position))
    )


def _ranges(lines: Lines, totals: Sequence[int], number: int) -> Iterator[tuple[int, ...]]:
    """The lines that may be the parts of a total, the likeliest first."""
    at, count = totals[number], len(lines.lines)
    after = totals[number + 1] if number + 1 < len(totals) else count
    before = totals[number - 1] + 1 if number else 0
    subs = tuple(one for one in totals if _SUB.search(any_label(lines, one)) and one != at)
    is_sub = bool(_SUB.search(any_label(lines, at)))
    ways = [
        tuple(range(at + 1, after)), tuple(range(before, at)),
        tuple(range(max(before - 1, 0), at)), tuple(range(at + 1, count)), tuple(range(at)),
    ]  # fmt: skip
    if subs and not is_sub:
        ways += [
            tuple(one for one in subs if one > at), tuple(one for one in subs if one < at),
            tuple(one for one in range(count) if one not in totals),
        ]  # fmt: skip
    if lines.is_turned:
        ways = [way for way in ways if way and (min(way) > at or at == count - 1)]
    yield from (way for way in dict.fromkeys(ways) if len(way) > 1)


def any_label(lines: Lines, at: int) -> str:
    """What the first figure of a line is of."""
    line = lines.lines[at]
    figures = [one for one in lines.positions if lines.term(line, one) is not None]
    return next((word for one in figures if (word := lines.label(line, one))), "")


def _learned(
    lines: Lines, at: int, ranges: Sequence[tuple[int, ...]], positions: Sequence[int]
) -> Iterator[Sum]:
    """The parts of a total, as the positions that tie have them.

    Halves side by side may have other parts under one word: each position that ties has its own,
    and those that do not tie have what most have.
    """
    tied: dict[tuple[int, ...], list[int]] = {}
    rest: list[int] = []
    for position in positions:
        total = lines.term(lines.lines[at], position)
        ways = (_tied(lines, total, way, position) for way in ranges if total and total.value)
        found = next(filter(None, ways), None)
        (rest if found is None else tied.setdefault(found, [])).append(position)
    if not tied and ranges:
        least = min((_depth(lines, one) for one in ranges[0]), default=(0, 0))
        top = tuple(one for one in ranges[0] if _depth(lines, one) == least)
        if len(top) > 1 and _is_plain(lines, top):
            tied[top] = []
    for parts in sorted(tied, key=lambda one: -len(tied[one])):
        own = {_half(lines, at, one) for one in tied[parts]}
        held = {one for one in rest if not own or _half(lines, at, one) in own}
        rest = [one for one in rest if one not in held]
        if held or tied[parts]:
            yield _sum(lines, at, parts, (*tied[parts], *held))
    for position in rest:
        yield from _slipped(lines, at, (*tied, *ranges), position)


def _half(lines: Lines, at: int, position: int) -> int | None:
    """The column of the words that a position stands behind; one for all where rows add up."""
    return None if lines.is_turned else lines.grid.label_column(lines.lines[at], position)


def _sum(lines: Lines, at: int, parts: Sequence[int], positions: Iterable[int]) -> Sum:
    numbers = tuple(lines.lines[one] for one in parts)
    return Sum(lines.lines[at], numbers, True, frozenset(positions))


def _slipped(lines: Lines, at: int, ways: Iterable[Sequence[int]], position: int) -> Iterator[Sum]:
    """The first parts that one slip of the hand keeps from the total of a half of its own."""
    total = lines.term(lines.lines[at], position)
    for way in ways if total is not None else ():
        terms = [lines.term(lines.lines[one], position) for one in way]
        if total and is_slip(total, [one for one in terms if one is not None]):
            yield _sum(lines, at, way, (position,))
            return


def _tied(lines: Lines, total: Term, way: tuple[int, ...], position: int) -> tuple[int, ...] | None:
    """The lines of `way` that add up to the total at a position."""
    held = [one for one in way if lines.term(lines.lines[one], position) is not None]
    terms = [lines.term(lines.lines[one], position) for one in held]
    found = best_sum(total, [one for one in terms if one is not None])
    if found is None or found.fit is not Fit.EXACT:
        return None
    chosen = {held[number] for number in found.parts}
    if sum(bool(_value(lines, one, position)) for one in chosen) < 2:
        return None
    last = max(chosen)
    # What is blank in this column belongs to the sum all the same, unless it lies below a part.
    return tuple(
        one for one in way
        if one in chosen or (one < last and one not in held and not _below(lines, one, chosen))
    )  # fmt: skip


def _below(lines: Lines, at: int, chosen: set[int]) -> bool:
    above = [one for one in chosen if one < at]
    if not above or lines.is_turned:
        return False
    return _depth(lines, at) > _depth(lines, max(above))


def _value(lines: Lines, at: int, position: int) -> Decimal:
    term = lines.term(lines.lines[at], position)
    return Decimal(0) if term is None else term.value


def _is_plain(lines: Lines, way: Sequence[int]) -> bool:
    """Whether the lines are one simple list: no 其中, no total, none deeper than another."""
    words = [any_label(lines, one) for one in way]
    depths = {_depth(lines, one) for one in way}
    is_free = not any(re.search(r"其中|合计|小计|总计|总额", word) for word in words)
    return is_free and len(depths) == 1 and all(words) and len(set(words)) == len(words)


def _depth(lines: Lines, at: int) -> tuple[int, int]:
    if lines.is_turned:
        return 0, 0
    line = lines.lines[at]
    for position in lines.positions:
        if lines.term(line, position) is None and not lines.is_blank(line, position):
            continue
        raw = lines.grid.raw_label(line, position)
        if raw and lines.grid.label(line, position) not in BLANKS:
            words = lines.grid.label(line, position)
            deeper = 6 if words.startswith("其中") else 0  # as wide as 其中： itself
            return indent(raw) + deeper, depth_of(words)
    return 0, 0


def tops(lines: Lines, way: Iterable[int], position: int) -> Iterator[Decimal]:
    """The figures at a position of those lines that stand below no other, by indent and 其中."""
    depths = {at: _depth(lines, at) for at in way}
    for at, depth in depths.items():
        term = lines.term(lines.lines[at], position)
        if term is not None and depth == min(depths.values()):
            yield term.amount


def _by_indent(lines: Lines) -> Iterator[Sum]:
    """A row and those below it that stand deeper: by indent, else by their numbers."""
    depths = [_depth(lines, at) for at in range(len(lines.lines))]
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
            one for one in below if depths[one][0] <= least[0] + 1 and _same(depths[one], least)
        ]
        if len(direct) > 1:
            yield Sum(lines.lines[at], tuple(lines.lines[one] for one in direct), False)


def _by_number(lines: Lines) -> Iterator[Sum]:
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


def _by_word(lines: Lines) -> Iterator[Sum]:
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


def _same(one: tuple[int, int], least: tuple[int, int]) -> bool:
    return one == least or (one[0] == least[0] and not (one[1] and least[1] and one[1] > least[1]))


def _by_code(lines: Lines) -> Iterator[Sum]:
    """The rows of a code of 类 or 款 and those of its next level: 201 is 20101 + 20103."""
    columns = _code_columns(lines.grid)
    for number, column in enumerate(columns):
        end = columns[number + 1] if number + 1 < len(columns) else lines.grid.width
        codes = {line: code for line in lines.lines if (code := _code(lines.grid, line, column))}
        for line, code in codes.items():
            parts = tuple(
                other for other, one in codes.items()
                if one.startswith(code) and len(one) == len(code) + 2
            )  # fmt: skip
            if parts and list(codes.values()).count(code) == 1:
                yield Sum(line, parts, True, range(column + 1, end))


def _code_columns(grid: Grid) -> list[int]:
    """The columns in which codes begin: one, or one in each of two halves side by side."""
    return [
        column for column, head in enumerate(grid.heads)
        if re.search(r"编码|代码|科目$|类$", head)
        and (not column or head != grid.heads[column - 1])
        and any(
            column < len(grid.cells[row]) and _CODE.fullmatch(grid.cells[row][column])
            for row in grid.rows
        )
    ]  # fmt: skip


def _code(grid: Grid, row: int, column: int) -> str:
    """The function code of a row, in one cell or in three for 类, 款 and 项."""
    cells = grid.cells[row]
    if column >= len(cells) or not _CODE.fullmatch(cells[column]):
        return ""
    code = cells[column]
    for cell in cells[column + 1 : column + 3]:
        if len(code) in (3, 5) and re.fullmatch(r"\d{2}", cell) and "款" in "".join(grid.heads):
            code += cell
    return code
