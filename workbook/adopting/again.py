"""Next year's form beside the kind that was made of last year's: what came, went and moved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workbook.adopting.model import Found
from workbook.form.model import Form
from workbook.reading.named_columns import column_name, named_columns
from workbook.reading.spots import referred


@dataclass(frozen=True)
class Moves:
    """The names that a new form has and the kind does not, the other way round, and those moved.

    `changed` are formulas that say something else now, `known` how many names both have.
    """

    new: tuple[str, ...]
    gone: tuple[str, ...]
    moved: tuple[str, ...]
    changed: tuple[str, ...]
    known: int


def moves(form: Form, names: Mapping[str, str], found: Found) -> Moves:
    """What differs between a kind's form, the names in its own workbook, and the new workbook."""
    there = {one.key: str(one.spot.place) for one in found.asked()}
    for table in found.tables():
        for column in table.columns:
            there[column_name(table.key, column.key)] = str(column.spot.place)
    asked = [*form.fields]
    for table_key, own in form.tables.items():
        asked += [column_name(table_key, column.key) for column in own.column]
    before = dict(_places(form, names))
    return Moves(
        tuple(f"{place}「{key}」" for key, place in there.items() if key not in asked),
        tuple(f"「{key}」" for key in asked if key not in there),
        tuple(
            f"「{key}」:{before[key]} → {place}"
            for key, place in there.items()
            if key in before and before[key] != place
        ),
        tuple(_changed(form, found)),
        sum(key in there for key in asked),
    )


def _changed(form: Form, found: Found) -> Iterator[str]:
    """Cells whose formula in the new form is not what `compute` says."""
    pairs = [(one.key, one, form.fields.get(one.key)) for one in found.asked()]
    for table in (one for one in found.tables() if one.key in form.tables):
        own = {one.key: one for one in form.tables[table.key].column}
        pairs += [(f"{table.key}.{one.key}", one, own.get(one.key)) for one in table.columns]
    for name, one, field in pairs:
        if field is not None and field.compute != one.compute:
            old, new = _said(field.compute), _said(one.compute)
            yield f"{one.spot.place}「{name}」:form.toml 里是 {old},新表是 {new}"


def _said(compute: str) -> str:
    return compute or "要填的数"


def _places(form: Form, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key in form.fields:
        if spot := referred(names.get(key, "")):
            yield key, str(spot.place)
    for key, table in form.tables.items():
        led = named_columns(table, names)
        for column, number in led.columns.items() if led else ():
            corner = referred(f"'{led.sheet}'!A{led.top}") if led else None
            if corner:
                place = corner._replace(column=number).place
                yield column_name(key, column), str(place)
