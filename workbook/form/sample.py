"""One filled form, from `sample.toml`: the source of examples and tests."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from workbook.form.card import Card
from workbook.form.field import Field, Fields
from workbook.form.grid import Grid
from workbook.form.likely import likely
from workbook.form.model import Form
from workbook.form.table import Table

SampleValue = Decimal | int | str | date


class SampleFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `sample.toml`, keys as in the form."""

    fields: dict[str, Any] = {}
    tables: dict[str, tuple[dict[str, Any], ...]] = {}


@dataclass(frozen=True, slots=True)
class Sample:
    """Values to type into a new workbook, by field key and by table key."""

    fields: Mapping[str, SampleValue]
    tables: Mapping[str, tuple[Mapping[str, SampleValue], ...]]

    def row(self, table: Table, number: int) -> Mapping[str, SampleValue]:
        """What stands in a row: what the form gives and, by the row's name or place, the sample."""
        rows = self.tables.get(table.key, ())
        if not table.row:
            return rows[number] if number < len(rows) else {}
        given = table.row[number].given
        own = (row for row in rows if row.get(table.row_name) == given[table.row_name])
        return {**next(own, {}), **given}


NOTHING = Sample({}, {})


def with_room(form: Form, tables: Mapping[str, Sequence[object]]) -> Form:
    """The form, each table with at least as many ready rows as there are to be typed into it."""

    def fitted(block: Fields | Grid | Table | Card) -> Fields | Grid | Table | Card:
        if not isinstance(block, Table):
            return block
        return replace(block, rows=max(block.rows, len(tables.get(block.key, ()))))

    return replace(
        form,
        sheet=tuple(
            replace(sheet, block=tuple(fitted(block) for block in sheet.block))
            for sheet in form.sheet
        ),
    )


def prepare_sample(file: SampleFile, form: Form) -> tuple[Sample, list[str]]:
    """The sample, and which of its keys, types or row counts the form does not have."""
    return Sample(file.fields, file.tables), list(_faults(file, form))


def _faults(file: SampleFile, form: Form) -> Iterator[str]:
    yield from _misfits(file.fields, form.fields, "表单")
    for key, rows in file.tables.items():
        table = form.tables.get(key)
        if table is None:
            yield f"表单里没有表「{key}」{likely(key, form.tables)}"
            continue
        room = len(table.row) or table.rows
        if len(rows) > room:
            yield f"表「{key}」只有 {room} 行,样例写了 {len(rows)} 行"
        for row in rows:
            yield from _misfits(row, {c.key: c for c in table.column}, f"表「{key}」")


def _misfits(values: Mapping[str, Any], fields: Mapping[str, Field], where: str) -> Iterator[str]:
    for key, value in values.items():
        if key not in fields:
            yield f"{where}里没有「{key}」{likely(key, fields)}"
        elif fields[key].compute:
            yield f"「{key}」是算出来的,样例里不写"
        elif not fields[key].takes(value):
            yield f"「{key}」要写{_WANTED[fields[key].type]},样例写的是 {_shown(value)}"


_WANTED = {
    "text": "文字,两边加引号",
    "paragraphs": "文字,两边加引号",
    "choice": "选项里的一个,两边加引号",
    "date": "日期,如 2023-03-15,不加引号",
    "year": "年份,如 2023,不加引号",
    "integer": "整数,不加引号",
    "number": "数字,如 12.50,不加引号",
}


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)
