"""What becomes of each of last year's cells in next year's workbook: pure moves, nothing written.

`docs/forms.md` tells which cells are carried, and how a form says otherwise.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from workbook.catalogue.years import NO_NAME, NOT_TOLD, UNKNOWN
from workbook.findings.model import Finding
from workbook.findings.place import Place
from workbook.form.field import Field
from workbook.form.model import Form, Sheet
from workbook.form.sample import Sample, SampleValue
from workbook.form.table import Table
from workbook.reading.labelled import OF_LABELS
from workbook.reading.values import Entry, Row, Value, Values
from workbook.years.periods import next_period

Faults = Mapping[Place | None, Finding]


class Fate(StrEnum):
    """What becomes of a cell that was filled last year."""

    KEPT = "kept"
    NEXT_YEAR = "next-year"
    PRIOR = "prior"  # last year's figure, now in the prior-year column
    EMPTIED = "emptied"  # it belongs to its year
    UNUSABLE = "unusable"  # it would have been carried, but made no sense


@dataclass(frozen=True, slots=True)
class Move:
    """One cell of next year's workbook, and last year's entry that it comes from.

    `why` says what is wrong with an entry that could not be used, by its Chinese words where it is
    one of `REASONS`.

    Into 上年支出, from last year's entry of 本年支出, with the fate PRIOR and the value 195.49.
    """

    sheet: str
    field: Field
    entry: Entry
    fate: Fate
    value: SampleValue | None = None
    table: str = ""
    row: int = 0  # of the table's rows in use last year, from 0
    why: str = ""


def next_year(field: Field) -> Fate:
    """What becomes of a cell in next year's workbook."""
    return Fate.PRIOR if field.prior else Fate.KEPT if field.is_carried else Fate.EMPTIED


def same_year(_field: Field) -> Fate:
    """What becomes of a cell in another workbook for the same year: it stays as it is."""
    return Fate.KEPT


def moves(
    values: Values, form: Form, faults: Faults, fate_of: Callable[[Field], Fate] = next_year
) -> Iterator[Move]:
    """A move for every cell that holds something, sheet by sheet.

    `values` are last year's with their computed cells, quotes unresolved; `faults` are what is
    wrong with single cells, by place.
    """
    counted = next_period(values, form) if fate_of is next_year else {}
    for sheet in form.sheet:
        for field in sheet.fields:
            fate = Fate.NEXT_YEAR if field.key in counted else fate_of(field)
            for move in _moved(sheet, field, fate, values.fields, faults):
                yield _counted_on(move, counted) if move.fate is Fate.NEXT_YEAR else move
        for table in sheet.tables:
            for number, row in enumerate(values.tables[table.key]):
                for column in _open_columns(table, number):
                    for move in _moved(sheet, column, fate_of(column), row, faults):
                        yield replace(move, table=table.key, row=number)


def _open_columns(table: Table, number: int) -> Iterator[Field]:
    """The cells of a row in which the form gives nothing."""
    given = table.row[number].given if table.row else {}
    columns = (table.cell(column, number) for column in table.column)
    return (column for column in columns if column.key not in given)


def _moved(sheet: Sheet, field: Field, fate: Fate, row: Row, faults: Faults) -> Iterator[Move]:
    """The move into `field`, from its own cell or the one that `prior` names; none from a blank."""
    entry = row[field.prior if fate is Fate.PRIOR else field.key]
    is_there = entry.place is not None or entry.field.compute
    is_own = bool(field.default) and not entry.is_typed  # next year's default follows by itself
    if field.follows and is_there and not entry.value:
        # The formula would take over another name, now that blank rows are left out.
        yield Move(sheet.name, field, entry, Fate.UNUSABLE, "", why=NO_NAME.zh)
        return
    if field.compute or is_own or entry.is_blank or not is_there:
        return
    why = _why(entry, faults)
    if fate is not Fate.EMPTIED and why:
        yield Move(sheet.name, field, entry, Fate.UNUSABLE, why=why)
    elif not entry.is_absent:  # a rate of nothing was no figure last year either
        yield Move(sheet.name, field, entry, fate, _value(entry.value, fate))


def _counted_on(move: Move, counted: Mapping[str, SampleValue | None]) -> Move:
    """The move of a cell that says the period, into the next one."""
    said = counted[move.field.key]
    if said is None:
        return replace(move, fate=Fate.UNUSABLE, why=NOT_TOLD.zh)
    return replace(move, value=said)


def _why(entry: Entry, faults: Faults) -> str:
    """What is wrong with an entry, "" if nothing."""
    fault = faults.get(entry.place) if entry.place is not None else None
    is_others = fault is not None and fault.code in OF_LABELS and entry.readable
    if fault is not None and not is_others:  # labels may share their cell
        return fault.what
    return "" if entry.readable else UNKNOWN.zh


def _value(value: Value, fate: Fate) -> SampleValue | None:
    return value if fate in (Fate.KEPT, Fate.PRIOR) else None


def sample_of(made: Sequence[Move], form: Form) -> Sample:
    """What next year's workbook is filled with; a row left without any value is dropped."""
    fields = {m.field.key: m.value for m in made if not m.table and m.value is not None}
    tables = {key: tuple(_typed_rows(made, table)) for key, table in form.tables.items()}
    return Sample(fields, {key: rows for key, rows in tables.items() if rows})


def _typed_rows(made: Sequence[Move], table: Table) -> Iterator[Mapping[str, SampleValue]]:
    rows: dict[int, dict[str, SampleValue]] = {}
    for move in made:
        if move.table == table.key and move.value is not None:
            rows.setdefault(move.row, {})[move.field.key] = move.value
    for number, typed in rows.items():
        if all(value == "" for value in typed.values()):
            continue
        name = table.row[number].given[table.row_name] if table.row else None
        yield {table.row_name: name, **typed} if name is not None else typed
