"""What of a ledger counts, by kind and period, and who is left out."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from docgen.batch.ledger import Entry, Ledger
from docgen.batch.model import LEDGER, Status
from docgen.batch.units import Units, unit_key
from docgen.consolidate.model import EXACT, Gathered, Group, Part
from docgen.report.given_faults import DataError
from workbook.across.summing import ranked, summed_fields
from workbook.checking.kinds import find_kind
from workbook.form.field import Field

_NOT_LISTED = "不在名单里"


@contextmanager
def settled_ledger(out: Path) -> Iterator[Ledger]:
    """The ledger of a batch that is done; raises `DataError` where it is not."""
    if not (out / LEDGER).is_file():
        raise DataError(f"「{out}」里没有台账。请先运行 gouji batch")
    ledger = Ledger(out / LEDGER)
    try:
        if not ledger.is_settled:
            raise DataError(f"「{out}」里的批量没有做完。请先再运行一次 gouji batch")
        yield ledger
    finally:
        ledger.close()


def gathered(ledger: Ledger, units: Units, templates: Path | None) -> Gathered:
    """What counts: workbooks that are 通过 or 有警告 and of a unit of the list.

    Two of one unit, kind and period are never both fit. Raises `KindError` for a kind that is gone.
    """
    grouped: dict[tuple[str, str], list[Entry]] = {}
    entries = ledger.entries()
    for entry, period in entries:
        if entry.path and entry.status.is_fit and units.lists(entry.unit, entry.code):
            grouped.setdefault((entry.kind, period), []).append(entry)
    groups = [
        _group(ledger, kind, period, found, templates)
        for (kind, period), found in sorted(grouped.items())
    ]
    return Gathered(groups, list(_left_out([entry for entry, _ in entries], units)))


def _group(
    ledger: Ledger, name: str, period: str, entries: list[Entry], templates: Path | None
) -> Group:
    kind = find_kind(name, templates)
    fields = summed_fields(kind.form)
    others = {key for key, one in kind.form.fields.items() if one.unit == "%"}
    others |= {one.key for one in ranked(kind)}
    keys = {key: key for key in fields.keys() | others}
    parts = [_part(ledger, one, fields, keys) for one in entries]
    filled = {key for part in parts for key in part.sums}
    return Group(kind, period, parts, {key: one for key, one in fields.items() if key in filled})


def _part(
    ledger: Ledger, entry: Entry, fields: Mapping[str, Field], keys: Mapping[str, str]
) -> Part:
    """The amounts of a workbook, a column of a table added up, and of other figures those wanted.

    `keys` are the very texts by which all parts have them: fifty thousand parts share them.
    """
    sums: dict[str, Decimal] = {}
    others: dict[str, Decimal] = {}
    for said, text in ledger.numbers(entry.path or ""):
        key = keys.get(said, "")
        if key in fields:
            sums[key] = EXACT.add(sums.get(key, Decimal(0)), Decimal(text))
        elif key:
            others[key] = Decimal(text)
    return Part(entry, sums, others)


def _left_out(entries: list[Entry], units: Units) -> Iterator[Entry]:
    """The workbooks that do not count, and the units that have handed in none."""
    for entry in entries:
        if not entry.status.is_fit:
            yield entry
        elif not units.lists(entry.unit, entry.code):
            message = "。".join(filter(None, (_NOT_LISTED, entry.message)))
            yield replace(entry, message=message)
    known = {unit_key(one.unit, one.code) for one in entries}
    for one in units.all:
        if unit_key(one.name, one.code) not in known:
            yield Entry(None, one.name, one.code, one.kind, Status.MISSING)
