"""The department's sample as a snapshot, with cells typed over in memory: no file, no Excel."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from small import Typed
from spoiled import DEPARTMENT

from workbook.checking.check import Checked, check
from workbook.figures.numbers import from_excel
from workbook.findings.model import Finding, flattened
from workbook.making.build import build_workbook
from workbook.reading.saved import SavedBook, open_saved
from workbook.reading.snapshot import CellKind, RawCell, Snapshot

KINDS: list[tuple[type, CellKind]] = [(date, "date"), (str, "text"), (Decimal, "number")]


@cache
def sample() -> Snapshot:
    """The filled form as it is read from its file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "填报.xlsx"
        filled = build_workbook(DEPARTMENT.form, DEPARTMENT.rules, DEPARTMENT.sample)
        filled.results.clear()  # nothing recalculates what is typed over in memory
        filled.save(path)
        book = open_saved(path)
        assert isinstance(book, SavedBook)
        return book.snapshot(DEPARTMENT.form)


def typed_over(cells: Mapping[str, Typed]) -> Snapshot:
    """The sample with other values in `人员经费` or `项目.0.金额`; None clears the cell."""
    snapshot = sample()
    names, tables = dict(snapshot.names), dict(snapshot.tables)
    for key, value in cells.items():
        if "." not in key:
            names[key] = _retyped(names[key], value)
            continue
        table, number, column = key.split(".")
        rows = [dict(row) for row in tables[table].rows]
        rows[int(number)][column] = _retyped(rows[int(number)][column], value)
        tables[table] = replace(tables[table], rows=tuple(rows))
    return replace(snapshot, names=names, tables=tables)


def _retyped(cell: RawCell | None, value: Typed) -> RawCell:
    assert cell is not None
    if isinstance(value, Decimal):
        assert from_excel(float(value)) == value
    kind = next((kind for type_, kind in KINDS if isinstance(value, type_)), "number")
    number = float(value) if isinstance(value, Decimal) else value
    return replace(cell, kind="blank" if value is None else kind, value=number)


def check_of(snapshot: Snapshot) -> Checked:
    """Everything there is to say about a filling of the department's form."""
    return check(snapshot, DEPARTMENT.form, DEPARTMENT.rules)


@cache
def known() -> frozenset[str]:
    """What is said of the sample as it is."""
    return frozenset(str(one) for one in flattened(check_of(sample()).findings))


def news(checked: Checked) -> list[Finding]:
    """The findings, without those of the sample as it is."""
    return [one for one in checked.findings if str(one) not in known()]
