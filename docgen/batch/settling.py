"""All workbooks beside one another: whose each is, which are one too many, who lacks one."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from docgen.batch.ledger import Entry
from docgen.batch.model import Done, Status
from docgen.batch.units import Owner, Unit, Units, unit_key


@dataclass(frozen=True, slots=True)
class Settled:
    """The rows of the ledger in the order of the list, and why some workbooks are nobody's."""

    entries: tuple[Entry, ...]
    doubts: Mapping[str, str]


def settle(
    dones: Mapping[str, tuple[Done, int]],
    units: Units,
    owner_of: Callable[[Done], Owner] | None = None,
) -> Settled:
    """What there is to say of all workbooks, by path with how often each was tried.

    Whose each is says `owner_of`, without it the list and what the workbook itself says.
    """
    owners = {path: (owner_of or units.owner)(done) for path, (done, _) in dones.items()}
    doubts = {path: owner.doubt for path, owner in owners.items() if owner.doubt}
    entries = {path: _entry(*dones[path], owners[path]) for path in dones}
    for paths in _doubles(dones, owners, units):
        for path in paths:
            others = "、".join(one for one in paths if one != path)
            told = f"和 {others} 是同一个单位、{_period(dones[path][0])}同一种报告,只能留一本"
            message = "。".join(filter(None, (told, entries[path].message)))
            entries[path] = replace(entries[path], status=Status.DOUBLE, message=message)
    order = {unit_key(unit.name, unit.code): place for place, unit in enumerate(units.all)}
    missing = list(_missing(units, entries.values(), owners))
    placed = sorted(
        (*entries.values(), *missing),
        key=lambda one: (order.get(unit_key(one.unit, one.code), len(order)), one.path or ""),
    )
    return Settled(tuple(placed), doubts)


def _period(done: Done) -> str:
    """Of which period a workbook is, in words: 同一年(2025)的, 同一期(2025、9)的."""
    return f"同一{'年' if done.year.isdigit() else '期'}({done.year})的" if done.year else ""


def _entry(done: Done, attempts: int, owner: Owner) -> Entry:
    message = "。".join(filter(None, (owner.doubt, done.message)))
    return Entry(
        *(done.path, owner.name, owner.code, done.kind, done.status, done.errors, done.warnings),
        *(done.report, done.copy, message, attempts),
    )


def _doubles(
    dones: Mapping[str, tuple[Done, int]], owners: Mapping[str, Owner], units: Units
) -> Iterator[list[str]]:
    """The paths of workbooks of one unit, kind and year; one that nobody's is, is no double."""
    found: dict[tuple[str, ...], list[str]] = {}
    for path, (done, _) in dones.items():
        owner = owners[path]
        is_known = bool(owner.unit if units.all else owner.name or owner.code)
        if is_known and done.status not in (Status.UNREADABLE, Status.LATE):
            key = (unit_key(owner.name, owner.code), done.kind, done.year)
            found.setdefault(key, []).append(path)
    return (paths for paths in found.values() if len(paths) > 1)


def _missing(
    units: Units, entries: Iterable[Entry], owners: Mapping[str, Owner]
) -> Iterator[Entry]:
    lines = (owners[one.path].line for one in entries if one.path)
    handed_in = {(unit_key(one.name, one.code), one.kind) for one in lines if one}
    for unit in units.all:
        if (unit_key(unit.name, unit.code), unit.kind) not in handed_in:
            yield Entry(None, unit.name, unit.code, unit.kind, Status.MISSING, message=_asked(unit))


def _asked(unit: Unit) -> str:
    return f"上级:{unit.above}" if unit.above else ""
