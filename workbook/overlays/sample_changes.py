"""The few lines of an overlay's sample.toml laid over the sample that it extends."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from workbook.form.field import Field
from workbook.form.likely import likely
from workbook.form.model import Form
from workbook.overlays.laid import Laid

Data = dict[str, Any]


class SampleChanges(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole of an overlay's `sample.toml`: what it leaves out, and values in place of others.

    drop = ["单位类型"]
    [fields]
    "单位名称" = "某县文化馆"
    """

    drop: tuple[str, ...] = ()
    fields: dict[str, Any] = {}
    tables: dict[str, tuple[dict[str, Any], ...]] = {}


def lay_sample(base: Data, own: Data, form: Form) -> Laid:
    """The data of `sample.toml` with an overlay's; `own` has the shape of `SampleChanges`.

    What the overlay's form does not ask any more falls out of the base's sample by itself.
    """
    changes = msgspec.convert(own, SampleChanges)
    fields, tables = _asked(base.get("fields", {}), form.fields), _asked_rows(base, form)
    faults = [*_dropped(changes, {*fields, *tables}), *_same(changes, fields, tables)]
    kept = {key: value for key, value in fields.items() if key not in changes.drop}
    rows = {key: value for key, value in tables.items() if key not in changes.drop}
    return Laid(
        {
            "fields": kept | changes.fields,
            "tables": rows | {key: list(value) for key, value in changes.tables.items()},
        },
        faults,
        {
            **{key: [" [fields]"] for key in changes.fields},
            **{key: [" [[tables]]"] for key in changes.tables},
        },
    )


def _asked(values: Mapping[str, Any], among: Mapping[str, Field]) -> Data:
    """The values of what is there and is typed."""
    return {k: value for k, value in values.items() if k in among and not among[k].compute}


def _asked_rows(base: Data, form: Form) -> dict[str, list[Data]]:
    columns = {t.key: {column.key: column for column in t.column} for t in form.tables.values()}
    return {
        key: [_asked(row, columns[key]) for row in rows]
        for key, rows in base.get("tables", {}).items()
        if key in columns
    }


def _dropped(changes: SampleChanges, known: set[str]) -> Iterator[str]:
    for number, name in enumerate(changes.drop):
        if name in changes.fields or name in changes.tables:
            yield f"「{name}」也写在 drop 里"
        elif name not in known:
            yield f"drop:要去掉的样例里没有「{name}」{likely(name, known)}"
        elif name in changes.drop[:number]:
            yield f"drop:「{name}」写了两次"


def _same(changes: SampleChanges, fields: Data, tables: Mapping[str, Any]) -> Iterator[str]:
    for key, value in changes.fields.items():
        if key in fields and fields[key] == value:
            yield f"「{key}」本来就是 {value},不用写"
    for key, rows in changes.tables.items():
        if tables.get(key) == list(rows):
            yield f"表「{key}」和本来的一样,不用写"
