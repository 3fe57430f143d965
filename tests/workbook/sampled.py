"""The department's sample as a snapshot, with cells typed over in memory: no file, no Excel."""

from collections.abc import Mapping
from dataclasses import replace
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
from workbook.reading.snapshot import RawCell, Snapshot, classified


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


def typed_over(cells: Mapping[str, Typed], number_format: str = "") -> Snapshot:
    """The sample with other values in `人员经费` or `项目.0.金额`; None clears the cell."""
    snapshot = sample()
    names, tables = dict(snapshot.names), dict(snapshot.tables)
    for key, value in cells.items():
        if "." not in key:
            names[key] = _retyped(names[key], value, number_format)
            continue
        table, number, column = key.split(".")
        rows = [dict(row) for row in tables[table].rows]
        rows[int(number)][column] = _retyped(rows[int(number)][column], value, number_format)
        tables[table] = replace(tables[table], rows=tuple(rows))
    return replace(snapshot, names=names, tables=tables)


def _retyped(cell: RawCell | None, value: Typed, number_format: str) -> RawCell:
    """The cell as it is read with this value in it; `spoiled.Typing` types it into a file."""
    assert cell is not None
    if isinstance(value, Decimal):
        assert from_excel(float(value)) == value
        value = float(value)
    text = value if isinstance(value, str) else ""
    kind, read = classified(value, is_error=text.startswith("#"))
    if text.startswith("="):
        kind, read = "unsaved", None
    is_percent = kind == "number" and "%" in (number_format or ("%" * cell.is_percent))
    return RawCell(cell.place, kind, read, is_percent)


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
