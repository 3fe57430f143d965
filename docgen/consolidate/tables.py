"""A ledger as tables for an analyst: exact decimals, with units, kinds and periods in columns.

    workbooks   the rows of the ledger's workbooks, each with its period
    figures     the rows of the ledger's figures, with whose they are and what the form calls them
    fields      what each kind asks, the dictionary of the figures
    units       the list of units
    and for each kind a table of its own, a row for each workbook, a column for each single field,
    and for each table of its form one with a row for each of its rows.

Needs pyarrow, which the extra `data` brings.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from docgen.batch.ledger import Ledger
from docgen.batch.units import Units
from workbook.checking.data_files import KindError
from workbook.checking.kinds import find_kind
from workbook.form.field import Field
from workbook.form.model import Form

MOST_DIGITS: Final = 38  # of a DECIMAL, in Parquet as in DuckDB
_MOST_DECIMALS: Final = 18  # so that a column has room for amounts too
_AT_ONCE: Final = 100_000  # rows
_WHOSE: Final = ("path", "unit", "code", "kind", "period", "status")
_TEXT: Final = pa.string()
_COUNT: Final = pa.int64()
OF_LEDGER: Final = ("workbooks", "figures", "fields", "units")


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table that is written piece by piece: its name, its columns, and what gives its rows."""

    name: str
    schema: pa.Schema
    rows: Callable[[], Iterator[Sequence[Any]]]

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows, many at once."""
        rows = self.rows()
        while piece := list(islice(rows, _AT_ONCE)):
            columns = zip(*piece, strict=True)
            arrays = [
                pa.array(column, one.type) for column, one in zip(columns, self.schema, strict=True)
            ]
            yield pa.RecordBatch.from_arrays(arrays, schema=self.schema)


@dataclass(frozen=True, slots=True)
class KindTable:
    """The single fields of a kind, or with `table` one of its tables, as columns.

    `columns` gives for each column the ledger's name of the field, and its type.
    """

    name: str
    kind: str
    table: str
    columns: Mapping[str, tuple[str, pa.DataType]]


@dataclass(frozen=True, slots=True)
class Source:
    """What the tables are made of.

    `forms` are those of the kinds that are there, `scales` the decimals of each field by kind;
    `notes` say what could not be put into a column.

    Where the kind 月报 is gone, one of `notes` is 没有「月报」这种报告了,它的数只在 figures 里.
    """

    ledger: Ledger
    units: Units
    forms: Mapping[str, Form]
    scales: Mapping[tuple[str, str], int]
    notes: tuple[str, ...]


def source_of(ledger: Ledger, units: Units, templates: Path | None) -> Source:
    """A ledger looked through once for its kinds, and for how long its figures are."""
    forms: dict[str, Form] = {}
    notes = []
    for name in sorted({entry.kind for entry, _ in ledger.entries() if entry.kind}):
        try:
            forms[name] = find_kind(name, templates).form
        except KindError:
            notes.append(f"没有「{name}」这种报告了,它的数只在 figures 里")
    lengths = ledger.lengths()
    scale = _scale(max((one[3] for one in lengths), default=0))
    too_long = [
        f"{kind} {field}"
        for kind, field, whole, decimals in lengths
        if whole > MOST_DIGITS - scale or decimals > scale
    ]
    if too_long:
        told = "、".join(too_long)
        notes.append(f"{told}:有的数太长,DECIMAL 列里空着,全文在 figures 的 text 里")
    scales = {(kind, field): _scale(decimals) for kind, field, _, decimals in lengths}
    return Source(ledger, units, forms, scales, tuple(notes))


def ledger_tables(source: Source) -> list[DataTable]:
    """The tables that hold the ledger as it stands, the list of units, and what the fields are."""
    return [_workbooks(source), _figures(source), _fields(source), _units(source)]


def kind_tables(source: Source) -> Iterator[KindTable]:
    """For each kind its single fields, and each table of its form."""
    for kind, form in source.forms.items():
        own = {key: (key, _type(source, kind, key, one)) for key, one in form.fields.items()}
        name = f"{kind}_" if kind.lower() in OF_LEDGER else kind
        yield KindTable(name, kind, "", _renamed(own))
        for key, table in form.tables.items():
            names = {one.key: (f"{key}.{one.key}", one) for one in table.column}
            columns = {c: (at, _type(source, kind, at, one)) for c, (at, one) in names.items()}
            yield KindTable(f"{name}.{key}", kind, key, _renamed(columns))


def filled(source: Source, table: KindTable) -> DataTable:
    """A kind's table with its rows: one for each workbook, or for each row of its own table."""
    own = [(name, type_) for name, (_, type_) in table.columns.items()]
    number = [("row", _COUNT)] if table.table else []
    schema = pa.schema([*((name, _TEXT) for name in _WHOSE), *number, *own])
    keys = [(at.rpartition(".")[2], type_) for at, type_ in table.columns.values()]

    def rows() -> Iterator[Sequence[Any]]:
        for path, owner in _whose(source).items():
            if owner[3] != table.kind:
                continue
            if not table.table:
                said = source.ledger.figures(path)
                yield (*owner, *(_value(said.get(key), type_) for key, type_ in keys))
                continue
            for n, row in enumerate(source.ledger.rows(path, table.table), start=1):
                yield (*owner, n, *(_value(row.get(key), type_) for key, type_ in keys))

    return DataTable(table.name, schema, rows)


def _renamed(columns: Mapping[str, tuple[str, pa.DataType]]) -> dict[str, tuple[str, pa.DataType]]:
    """The same under names that no other column has, whatever the case of their letters."""
    taken = {*_WHOSE, "row"}
    made = {}
    for key, one in columns.items():
        name = key
        while name.lower() in taken:
            name += "_"
        taken.add(name.lower())
        made[name] = one
    return made


def _workbooks(source: Source) -> DataTable:
    texts = ("path", "sha256", "unit", "code", "kind", "status")
    schema = pa.schema(
        [
            *((name, _TEXT) for name in texts),
            *(("errors", _COUNT), ("warnings", _COUNT)),
            *((name, _TEXT) for name in ("report", "annotated", "message")),
            *(("attempts", _COUNT), ("period", _TEXT)),
        ]
    )
    return DataTable("workbooks", schema, source.ledger.every_workbook)


def _figures(source: Source) -> DataTable:
    scale = max(source.scales.values(), default=0)
    schema = pa.schema(
        [
            *((name, _TEXT) for name in _WHOSE),
            *(("field", _TEXT), ("row", _COUNT), ("label", _TEXT), ("measure", _TEXT)),
            *(("number", pa.decimal128(MOST_DIGITS, scale)), ("value", pa.float64())),
            ("text", _TEXT),
        ]
    )

    def rows() -> Iterator[Sequence[Any]]:
        whose = _whose(source)
        names = {kind: dict(_named_fields(form)) for kind, form in source.forms.items()}
        for path, field, row, value, text in source.ledger.every_figure():
            owner = whose[path]
            one = names.get(owner[3], {}).get(field)
            called = (one.name, one.unit) if one else ("", "")
            number = None if value is None else _decimal(text, scale)
            yield (*owner, field, row, *called, number, value, text)

    return DataTable("figures", schema, rows)


def _fields(source: Source) -> DataTable:
    texts = ("kind", "field", "table", "key", "label", "type", "measure")
    schema = pa.schema([*((name, _TEXT) for name in texts), ("decimals", _COUNT)])

    def rows() -> Iterator[Sequence[Any]]:
        for kind, form in source.forms.items():
            for name, one in _named_fields(form):
                table = name.partition(".")[0] if "." in name else ""
                yield kind, name, table, one.key, one.name, one.type, one.unit, one.places

    return DataTable("fields", schema, rows)


def _units(source: Source) -> DataTable:
    schema = pa.schema([(name, _TEXT) for name in ("unit", "code", "above", "kind")])
    rows = [(one.name, one.code, one.above, one.kind) for one in source.units.all]
    return DataTable("units", schema, lambda: iter(rows))


def _named_fields(form: Form) -> Iterator[tuple[str, Field]]:
    """The fields of a form by the ledger's names."""
    yield from form.fields.items()
    for key, table in form.tables.items():
        yield from ((f"{key}.{one.key}", one) for one in table.column)


def _whose(source: Source) -> Mapping[str, tuple[str, ...]]:
    """Whose each workbook is, as the columns that each row begins with."""
    return {
        entry.path: (entry.path, entry.unit, entry.code, entry.kind, period, str(entry.status))
        for entry, period in source.ledger.entries()
        if entry.path
    }


def _type(source: Source, kind: str, name: str, field: Field) -> pa.DataType:
    """The type of a column; a figure has the decimals that are declared, or more if it has more."""
    if field.type == "date":
        return pa.date32()
    if not field.is_number:
        return _TEXT
    scale = max(source.scales.get((kind, name), 0), field.places or 0)
    return pa.decimal128(MOST_DIGITS, scale)


def _scale(decimals: int) -> int:
    return min(decimals, _MOST_DECIMALS)


def _value(text: str | None, type_: pa.DataType) -> Any:
    if text is None:
        return None
    if pa.types.is_date(type_):
        return date.fromisoformat(text)
    return _decimal(text, type_.scale) if pa.types.is_decimal(type_) else text


def _decimal(text: str, scale: int) -> Decimal | None:
    """A figure with so many decimals; None of one that is too long for a DECIMAL."""
    number = Decimal(text)
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return number if -exponent <= scale and number.adjusted() < MOST_DIGITS - scale else None
