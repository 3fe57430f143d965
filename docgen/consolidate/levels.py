"""The units' figures summed up, level by level: 镇 into 县, 县 into 市 (层层汇总)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from docgen.batch.units import Unit, Units, unit_key
from docgen.consolidate.model import Part, Sums, added
from docgen.report.given_faults import DataError

ALL: Final = "合计"
Path = tuple[str, ...]  # of names and codes, from the top down


@dataclass(frozen=True, slots=True)
class Level:
    """A unit that others stand below, with all that is at it and below it.

    `path` leads to it from the whole, whose own is (); `due` are the workbooks that the list asks
    for, `parts` those that are in the sums.
    """

    path: Path
    due: int
    parts: Sequence[Part]
    sums: Sums

    @property
    def name(self) -> str:
        """What it is called."""
        return self.path[-1].partition("\n")[0] if self.path else ALL

    @property
    def depth(self) -> int:
        """How far below the whole it is, which is 0."""
        return len(self.path)

    @property
    def counted(self) -> int:
        """How many workbooks are in its sums."""
        return len(self.parts)


def levels(parts: Sequence[Part], kind: str, units: Units) -> list[Level]:
    """The whole, and where there is a list each unit that others stand below, from above down."""
    if not units.all:
        return [Level((), len(parts), parts, added([one.sums for one in parts]))]
    chains = {unit_key(one.name, one.code): (one, *above(one, units)) for one in units.all}
    below: dict[Path, list[Part]] = {}
    due: dict[Path, int] = {}
    for unit in units.all:
        if unit.kind in ("", kind):
            for path in _paths(chains[unit_key(unit.name, unit.code)]):
                due[path] = due.get(path, 0) + 1
    for part in parts:
        for path in _paths(chains[part.key]):
            below.setdefault(path, []).append(part)
    return [
        Level(path, due.get(path, 0), found, added([one.sums for one in found]))
        for path in sorted({path[:-1] for path in due.keys() | below.keys() if path})
        for found in (below.get(path, []),)
    ]


def first_split(found: Sequence[Level]) -> list[Level]:
    """The levels beside one another right below the whole, or lower where there is only one."""
    for depth in range(1, max(one.depth for one in found) + 1):
        beside = [one for one in found if one.depth == depth]
        if len(beside) > 1:
            return beside
    return []


def _paths(chain: Sequence[Unit]) -> Iterator[Path]:
    """Where a unit stands: the whole, whoever is above it from the top down, the unit itself."""
    names = tuple(f"{one.name}\n{one.code}" for one in reversed(chain))
    return (names[:count] for count in range(len(names) + 1))


def above(unit: Unit, units: Units) -> Iterator[Unit]:
    """Who stands above a unit, the next one first; the last may be in no line of the list."""
    passed = {unit_key(unit.name, unit.code)}
    while unit.above:
        unit = units.named(unit.above) or Unit(unit.above)
        if unit_key(unit.name, unit.code) in passed:
            raise DataError(f"名单里的上级绕成了一圈:「{unit.name}」在它自己的下面。请核对“上级”")
        passed.add(unit_key(unit.name, unit.code))
        yield unit
