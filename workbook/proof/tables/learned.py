"""合计 and 小计 with their parts, which are learned from the positions at which they add up."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import Fit, Term, best_sum, is_slip
from workbook.proof.tables.lines import TOTAL, Lines, Sum, any_label, depth_at

_SUB: Final = re.compile(r"小计")


def by_total(lines: Lines) -> Iterator[Sum]:
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
        least = min((depth_at(lines, one) for one in ranges[0]), default=(0, 0))
        top = tuple(one for one in ranges[0] if depth_at(lines, one) == least)
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
    return depth_at(lines, at) > depth_at(lines, max(above))


def _value(lines: Lines, at: int, position: int) -> Decimal:
    term = lines.term(lines.lines[at], position)
    return Decimal(0) if term is None else term.value


def _is_plain(lines: Lines, way: Sequence[int]) -> bool:
    """Whether the lines are one simple list: no 其中, no total, none deeper than another."""
    words = [any_label(lines, one) for one in way]
    depths = {depth_at(lines, one) for one in way}
    is_free = not any(re.search(r"其中|合计|小计|总计|总额", word) for word in words)
    return is_free and len(depths) == 1 and all(words) and len(set(words)) == len(words)
