"""The sums of a period beside those of a year before: how much more, who came and who went."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from docgen.batch.ledger import Entry
from docgen.batch.units import Units, unit_key
from docgen.consolidate.levels import Level, levels
from docgen.consolidate.model import EXACT, Gathered, Group, Part, Sums, added
from workbook.across.summing import summed_fields
from workbook.form.field import Field

FROM_FORM: Final = "表内的上年数"
_YEAR: Final = re.compile(r"\d{4}")
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Change:
    """A sum and that of a year before, over the same units; None where nobody has the figure."""

    now: Decimal | None
    before: Decimal | None

    @property
    def amount(self) -> Decimal | None:
        """How much more it is."""
        if self.now is None and self.before is None:
            return None
        return EXACT.subtract(self.now or Decimal(0), self.before or Decimal(0))

    @property
    def rate(self) -> Decimal | None:
        """The same in % of the year before, to two decimals; none of a base that is not above 0."""
        if self.amount is None or self.before is None or self.before <= 0:
            return None
        exact = EXACT.copy()
        exact.clear_traps()  # a quotient may have no end
        return exact.divide(self.amount * 100, self.before).quantize(_CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Compared:
    """The levels of a group beside those of a year before.

    `changes` are over the units that count in both, those of `level` by field; `whole` is over
    all that count in either. `new` and `gone` are those that count in one alone, with the reason;
    `pairs` are each unit's own figures, now and a year before.

    Of a group of 2025: `before` is 2024, and a unit that did not count in 2024 is one of `new`,
    with the reason 上期没有计入.
    """

    before: str
    fields: Mapping[str, Field]
    changes: Sequence[tuple[Level, Mapping[str, Change]]]
    whole: Mapping[str, Change] | None
    new: Sequence[tuple[Part, str]]
    gone: Sequence[tuple[Part, str]]
    pairs: Sequence[tuple[Part, Sums, Sums]]


def compared(group: Group, now: Gathered, prior: Gathered, units: Units) -> Compared | None:
    """A group beside that of the same kind a year before, else beside last year's figures in it."""
    wanted = year_before(group.period)
    before = next(
        (
            one
            for source in (prior, now)
            for one in source.groups
            if one.kind.name == group.kind.name and one.period == wanted and wanted
        ),
        None,
    )
    return _by_form(group, units) if before is None else _by_units(group, before, now, units)


def year_before(period: str) -> str:
    """The same quarter or month a year before; "" where no year is said."""
    return (
        _YEAR.sub(lambda match: str(int(match[0]) - 1), period, 1) if _YEAR.search(period) else ""
    )


def _by_units(group: Group, before: Group, now: Gathered, units: Units) -> Compared:
    old = {part.key: part for part in before.parts}
    new = {part.key: part for part in group.parts}
    both = [part for part in group.parts if part.key in old]
    known = summed_fields(group.kind.form)
    fields = {key: one for key, one in known.items() if key in group.fields or key in before.fields}
    then = {
        level.path: level.sums for level in _levels([old[one.key] for one in both], group, units)
    }
    is_same = len(both) == len(old) == len(new)
    totals = [added([part.sums for part in found]) for found in (group.parts, before.parts)]
    return Compared(
        before.period,
        fields,
        [(one, _changes(fields, one.sums, then[one.path])) for one in _levels(both, group, units)],
        None if is_same else _changes(fields, *totals),
        [(one, "上期没有计入") for key, one in new.items() if key not in old],
        [(one, _why(one, now, units)) for key, one in old.items() if key not in new],
        [(one, one.sums, old[one.key].sums) for one in both],
    )


def _levels(parts: Sequence[Part], group: Group, units: Units) -> list[Level]:
    return levels(parts, group.kind.name, units)


def _changes(
    fields: Mapping[str, Field], now: Mapping[str, Decimal], before: Mapping[str, Decimal]
) -> Mapping[str, Change]:
    return {key: Change(now.get(key), before.get(key)) for key in fields}


def _why(part: Part, now: Gathered, units: Units) -> str:
    """Why a unit that counted a year before does not."""
    if not units.lists(part.entry.unit, part.entry.code):
        return "本期不在名单里"
    left_out: Iterator[Entry] = (
        one
        for one in now.left_out
        if unit_key(one.unit, one.code) == part.key and one.kind in ("", part.entry.kind)
    )
    found = next(left_out, None)
    return f"本期{found.status}" if found else "本期没有交"


def _by_form(group: Group, units: Units) -> Compared | None:
    """By the figures of the form that `prior` says are those of last year; None without any."""
    pairs = {
        one.prior: key
        for key, one in group.kind.form.fields.items()
        if one.prior in group.fields and key in group.fields
    }
    if not pairs:
        return None
    fields = {key: group.fields[key] for key in group.fields if key in pairs}
    found = []
    for level in _levels(group.parts, group, units):
        changes = {}
        for key in fields:  # over those units that have both
            both = [one.sums for one in level.parts if key in one.sums and pairs[key] in one.sums]
            sums = added(both)
            changes[key] = Change(sums.get(key), sums.get(pairs[key]))
        found.append((level, changes))
    own = [
        (
            one,
            {key: one.sums[key] for key in fields if key in one.sums},
            {key: one.sums[pairs[key]] for key in fields if pairs[key] in one.sums},
        )
        for one in group.parts
    ]
    return Compared(FROM_FORM, fields, found, None, (), (), own)
