"""Sections that each count the same, against the total before them.

共反映82个问题,已整改71个, and five sections that each say 查出问题21个,已整改20个: where one of the
two ties over all sections, none of them is left out, and the other has to tie as well.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from workbook.proof.adding.claim import SUM
from workbook.proof.arithmetic import is_slip, slipped, term
from workbook.proof.corrected import Change, likely, told
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.stated.clauses import Said, Way

_FEWEST: Final = 3  # sections that count the same
_SHORTEST: Final = 3  # letters of what they count
_STEM: Final = 2  # letters of it that the total has too


class _Item(NamedTuple):
    """A figure, and where it stands."""

    at: int
    said: Said
    spot: Spot


def sectioned(statements: Sequence[Statement]) -> Iterator[Slip | None]:
    """Each count of several sections against the total of an earlier paragraph."""
    items = [
        _Item(at, one, Spot(sentence, statement))
        for at, statement in enumerate(statements) if not statement.is_cell
        for sentence in statement.sentences for one in sentence.figures
        if one.way is Way.VALUE and one.is_exact and not one.depth and one.unit not in ("", "%")
    ]  # fmt: skip
    series: dict[tuple[str, str], dict[int, _Item]] = defaultdict(dict)
    for one in items:
        if len(one.said.clause) >= _SHORTEST:
            series[one.said.clause, one.said.kind].setdefault(one.at, one)
    long = [tuple(held.values()) for held in series.values() if len(held) >= _FEWEST]
    by_place: dict[tuple[int, ...], list[tuple[_Item, ...]]] = defaultdict(list)
    for ones in long:
        by_place[tuple(one.at for one in ones)].append(ones)
    for several in by_place.values():
        if len(several) > 1:
            yield from _held(several, items)


def _held(several: Sequence[tuple[_Item, ...]], items: Sequence[_Item]) -> Iterator[Slip | None]:
    totals = [_totals(ones, items) for ones in several]
    ties = [
        any(one.said.amount == _sum(ones) for one in found)
        for ones, found in zip(several, totals, strict=True)
    ]
    if not any(ties):
        return
    for ones, found, is_right in zip(several, totals, ties, strict=True):
        near = [x for x in found if is_slip(term(x.said), [term(one.said) for one in ones])]
        if is_right:
            yield None
        elif len({one.said.amount for one in near}) == 1:
            yield _off(near[0], ones)


def _totals(ones: Sequence[_Item], items: Sequence[_Item]) -> list[_Item]:
    """The figures before all sections that speak of what the sections count."""
    first = ones[0]
    stem = first.said.clause[-_STEM:]
    return [
        one for one in items
        if one.at < first.at and one.said.kind == first.said.kind
        and re.search(stem, one.said.clause + one.said.after[:4])
    ]  # fmt: skip


def _sum(ones: Sequence[_Item]) -> Decimal:
    return sum((one.said.amount for one in ones), Decimal(0))


def _off(total: _Item, ones: Sequence[_Item]) -> Slip:
    off = total.said.amount - _sum(ones)
    tried = [(total, _sum(ones)), *((one, one.said.amount + off) for one in ones)]
    changes = [
        _change(one.said, due)
        for one, due in tried if due >= 0
    ]  # fmt: skip
    # One section alone is told of where only its figure can be the slip.
    wrong = [one for one, due in tried if due >= 0 and slipped(term(one.said), due)]
    spot = wrong[0].spot if len(wrong) == 1 else total.spot
    added = " + ".join(str(one.said) for one in ones)
    words = Words(
        f"{total.said.clause[-12:]}{total.said}", told(likely(changes), "各段里有一个数写错"),
        f"{added} = {_sum(ones):f}{total.said.unit}",
    )  # fmt: skip
    return spot.slip(SUM, Severity.ERROR, (total.said, *(one.said for one in ones)), words)


def _change(one: Said, amount: Decimal) -> Change:
    due = amount / term(one).factor
    return Change(one, due, f"{one.clause[-8:]}{due:f}{one.unit}")
