"""The units ranked by their score, their execution rate, or whatever their kind is ranked by."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from docgen.consolidate.model import Group, Part
from workbook.across.summing import ranked
from workbook.form.field import Field


@dataclass(frozen=True, slots=True)
class Ranking:
    """The units in order, and beside each unit its places; one without the figure has None.

    `rows[0]` may be `(part, (1, 3))`: first by the first field, third by the second.
    """

    fields: Sequence[Field]
    rows: Sequence[tuple[Part, tuple[int | None, ...]]]


def ranking(group: Group) -> Ranking:
    """The units of a group by the first of its figures, the highest first."""
    fields = ranked(group.kind)
    found = [places([part.figure(field.key) for part in group.parts]) for field in fields]
    rows = [(part, tuple(one[n] for one in found)) for n, part in enumerate(group.parts)]
    last = len(rows) + 1
    rows.sort(key=lambda row: tuple(last if place is None else place for place in row[1]))
    return Ranking(fields, rows)


def places(figures: Sequence[Decimal | None]) -> list[int | None]:
    """The place of each figure, 1 the highest; equal ones share it, and the next is left free."""
    known = sorted(one for one in figures if one is not None)
    return [None if one is None else 1 + len(known) - bisect_right(known, one) for one in figures]
