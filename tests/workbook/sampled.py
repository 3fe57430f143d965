"""The department's sample as a snapshot, with cells typed over in memory: no file, no Excel."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import structs
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
    for value in cells.values():
        assert not isinstance(value, Decimal) or from_excel(float(value)) == value
    return retyped(sample(), cells, number_format)


def retyped(
    snapshot: Snapshot,
    cells: Mapping[str, Typed],
    number_format: str = "",
    defaults: Collection[str] = (),
) -> Snapshot:
    """The snapshot as it is read from a file into which this was typed.

    Nothing typed into one of the `defaults` leaves its formula there.
    """
    names = dict(snapshot.names)
    rows = {key: [dict(row) for row in table.rows] for key, table in snapshot.tables.items()}
    for key, value in cells.items():
        table, _, cell = key.partition(".")
        number, _, column = cell.partition(".")
        of, name = (rows[table][int(number)], column) if cell else (names, key)
        of[name] = _with(of[name], value, number_format)
        if value is None and key in defaults:
            of[name] = structs.replace(of[name], kind="default")
    tables = {key: replace(snapshot.tables[key], rows=tuple(found)) for key, found in rows.items()}
    return replace(snapshot, names=names, tables=tables)


def _with(cell: RawCell | None, value: Typed, number_format: str) -> RawCell:
    """A cell with a value; a text that begins with # is an error, one with = a formula."""
    assert cell is not None
    text = value if isinstance(value, str) else ""
    value = float(value) if isinstance(value, Decimal) else value
    kind, read = classified(value, is_error=text.startswith("#"))
    if text.startswith("=") and text != "=":
        return RawCell(cell.place, "unsaved", formula=text)
    return RawCell(cell.place, kind, read, number_format=number_format or cell.number_format)


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
