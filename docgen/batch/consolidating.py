"""The units' figures summed up, level by level: 镇 into 县, 县 into 市 (层层汇总)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from docgen.batch.ledger import Entry
from docgen.batch.units import Unit, Units, unit_key
from docgen.report.given_faults import DataError
from workbook.form.model import Field, Form

ALL: Final = "合计"
SCORES: Final = ("自评总分", "总分")
_NO_AMOUNTS: Final = ("", "%", "‰", "分", "倍")  # units of what nobody adds up
Sums = Mapping[str, Decimal]  # by field, `基本支出` or `项目.金额`


@dataclass(frozen=True, slots=True)
class Part:
    """What one workbook brings to the totals."""

    entry: Entry
    year: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class Level:
    """A unit that others stand below, with all that is at it and below it.

    `depth` counts from the whole, which is 0; `due` are the workbooks that the list asks for,
    `counted` those that are in the sums.
    """

    name: str
    depth: int
    due: int
    counted: int
    sums: Sums


def summed_fields(form: Form) -> dict[str, Field]:
    """The figures of a form that may be added up, by the ledger's names; tables by column.

    Rates, scores and years are no amounts; the rows that a form gives may hold totals.
    """
    found = {key: one for key, one in form.fields.items() if _is_amount(one)}
    for key, table in form.tables.items():
        if not table.row:
            found |= {f"{key}.{one.key}": one for one in table.column if _is_amount(one)}
    return found


def _is_amount(field: Field) -> bool:
    return field.is_number and field.type != "year" and field.unit not in _NO_AMOUNTS


def score_of(figures: Mapping[str, str]) -> Decimal | None:
    """The score among the single figures of a workbook; None where it has none."""
    text = next((figures[key] for key in SCORES if key in figures), "")
    try:
        return Decimal(text)
    except InvalidOperation:  # 不适用
        return None


def levels(parts: Sequence[Part], kind: str, units: Units) -> list[Level]:
    """The whole, and where there is a list each unit that others stand below, from above down."""
    if not units.all:
        return [Level(ALL, 0, len(parts), len(parts), added(one.sums for one in parts))]
    chains = {unit_key(one.name, one.code): (one, *_above(one, units)) for one in units.all}
    below: dict[tuple[str, ...], list[Part]] = {}
    due: dict[tuple[str, ...], int] = {}
    for unit in units.all:
        if unit.kind in ("", kind):
            for path in _paths(chains[unit_key(unit.name, unit.code)]):
                due[path] = due.get(path, 0) + 1
    for part in parts:
        for path in _paths(chains[unit_key(part.entry.unit, part.entry.code)]):
            below.setdefault(path, []).append(part)
    heads = {path[:-1] for path in due.keys() | below.keys() if path}
    return [
        Level(
            path[-1].partition("\n")[0] if path else ALL,
            len(path),
            due.get(path, 0),
            len(below.get(path, ())),
            added(one.sums for one in below.get(path, ())),
        )
        for path in sorted(heads)
    ]


def added(all_sums: Iterable[Sums]) -> Sums:
    """The sum of each field; one that nobody has filled has none."""
    total: dict[str, Decimal] = {}
    for sums in all_sums:
        for key, value in sums.items():
            total[key] = total.get(key, Decimal(0)) + value
    return total


def _paths(chain: Sequence[Unit]) -> Iterator[tuple[str, ...]]:
    """Where a unit stands: the whole, whoever is above it from the top down, the unit itself."""
    names = tuple(f"{one.name}\n{one.code}" for one in reversed(chain))
    return (names[:count] for count in range(len(names) + 1))


def _above(unit: Unit, units: Units) -> Iterator[Unit]:
    """Who stands above a unit, the next one first; the last may be in no line of the list."""
    passed = {unit_key(unit.name, unit.code)}
    while unit.above:
        unit = units.named(unit.above) or Unit(unit.above)
        if unit_key(unit.name, unit.code) in passed:
            raise DataError(f"名单里的上级绕成了一圈:「{unit.name}」在它自己的下面。请核对“上级”")
        passed.add(unit_key(unit.name, unit.code))
        yield unit
