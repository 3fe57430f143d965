"""Figures that another state of a form asked in another unit or type: none is carried as it is."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from workbook.catalogue.model import Language
from workbook.catalogue.years import UNIT_CHANGED
from workbook.checking.fingerprint import read_fingerprint, renamed
from workbook.checking.intake import changes_since
from workbook.checking.kinds import Kind
from workbook.form.field import Field
from workbook.reading.snapshot import Snapshot
from workbook.xlsx.addresses import cell_at
from workbook.years.carry import Fate, Move

CURRENCIES = ("万元", "元")
_UNIT_OF_BLOCK = "单位："  # stands above the heads of a table
_CARRIED = (Fate.KEPT, Fate.PRIOR)


def changed_units(snapshot: Snapshot, kind: Kind) -> Mapping[str, str]:
    """By key, columns as 项目.金额, why what was typed there cannot be carried.

    A workbook without the state of its form is known by the units that stand on its sheets.
    """
    then = read_fingerprint(snapshot.identity.fingerprint)
    if then is None:
        return dict(_by_words(snapshot, kind))
    now = kind.fingerprint.fields
    told = changes_since(snapshot.identity, kind)
    both = [key for key in told if key in now and key in then.fields]
    others = {key for key in both if now[key][:2] != then.fields[key][:2]}
    others |= dict(renamed(then, kind.fingerprint, kind.form.language)).keys()
    return {key: told[key] for key in both if key in others}


def without_changed(
    moves: tuple[Move, ...], changed: Mapping[str, str], language: Language
) -> Iterator[Move]:
    """The moves, those of changed figures as such that cannot be used."""
    for move in moves:
        own = move.entry.field.key
        why = changed.get(f"{move.table}.{own}" if move.table else own)
        if why and move.fate in _CARRIED:
            told = UNIT_CHANGED(language, why=why)
            yield replace(move, fate=Fate.UNUSABLE, value=None, why=told)
        else:
            yield move


def _by_words(snapshot: Snapshot, kind: Kind) -> Iterator[tuple[str, str]]:
    for key, field in kind.form.fields.items():
        cell = snapshot.names.get(key)
        spot = cell_at(cell.place.address) if cell else None
        if cell and spot:
            beside = snapshot.text(cell.place.sheet, spot[0], spot[1] + 1).strip()
            yield from _if_other(key, field, beside)
    for table in kind.form.tables.values():
        raw = snapshot.tables.get(table.key)
        top = cell_at(raw.place.address) if raw else None
        if raw is None or top is None:
            continue
        row, left = top
        above = [
            snapshot.text(raw.place.sheet, row - 1, left + index)
            for index in range(len(raw.columns))
        ]
        said = next((one.strip() for one in above if one.startswith(_UNIT_OF_BLOCK)), "")
        for column in table.column:
            unit = said.removeprefix(_UNIT_OF_BLOCK)
            yield from _if_other(f"{table.key}.{column.key}", column, unit)


def _if_other(key: str, field: Field, said: str) -> Iterator[tuple[str, str]]:
    if said in CURRENCIES and field.unit in CURRENCIES and said != field.unit:
        yield key, f"“{key}”的单位由“{said}”改为“{field.unit}”"
