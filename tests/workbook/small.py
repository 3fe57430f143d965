"""Forms of a few cells, filled in memory: no file, no Excel."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from workbook.checking.check import Checked, check
from workbook.checking.kinds import Kind
from workbook.entries.read import read
from workbook.findings.model import Finding
from workbook.findings.place import Place
from workbook.form.field import Field, Fields
from workbook.form.grid import Grid
from workbook.form.model import Form, Sheet
from workbook.form.table import Table
from workbook.making.planning.layout import plan_sheets
from workbook.reading.snapshot import CellKind, Identity, RawCell, RawTable, Snapshot
from workbook.rules.model import RuleFile, RuleSet, RuleSpec
from workbook.rules.prepare import prepare_rules

Typed = Decimal | int | float | str | bool | date | None
SHEET = "表"


def money(key: str, **options: object) -> Field:
    """A figure in 万元 with two decimals."""
    return Field(**{"key": key, "type": "number", "unit": "万元", "decimals": 2, **options})


def text(key: str, **options: object) -> Field:
    """A text cell."""
    return Field(**{"key": key, "type": "text", **options})


def form_of(*fields: Field, tables: Sequence[Grid | Table] = ()) -> Form:
    """A form of one sheet; a field's cell is C5, C6, …"""
    blocks = (*([Fields(title="各项", field=fields)] if fields else []), *tables)
    return Form(kind="小表", version=1, title="小表", sheet=(Sheet(name=SHEET, block=blocks),))


def details(*columns: Field, **options: object) -> Table:
    """A table called 明细."""
    return Table(**{"key": "明细", "title": "明细", "column": columns, "rows": 5, **options})


def rule(name: str, claim: str, **options: str) -> RuleSpec:
    """One rule."""
    return RuleSpec(id=name, claim=claim, **options)


def rules_of(form: Form, *specs: RuleSpec) -> RuleSet:
    """The rules of a form; they must be without fault."""
    rules, faults = prepare_rules(RuleFile(specs), form)
    assert faults == []
    return rules


def kind_of(form: Form, *specs: RuleSpec) -> Kind:
    """A kind that has no files."""
    kind = Kind(Path("小表"), form)
    vars(kind)["rules"] = rules_of(form, *specs)
    return kind


def rule_faults(form: Form, *specs: RuleSpec) -> list[str]:
    """What is wrong with the rules."""
    return prepare_rules(RuleFile(specs), form)[1]


def snapshot_of(
    form: Form, typed: Mapping[str, Typed], rows: Sequence[Mapping[str, Typed]] = ()
) -> Snapshot:
    """The form filled: single cells by key, rows of its one table from the first on.

    A computed cell is a formula unless something is typed over it.
    """
    (plan,) = plan_sheets(form, RuleSet(()))
    names = {s.field.key: _raw(s.address, s.field, typed) for s in plan.spots}
    tables = {}
    for spot in plan.tables:
        letters = {key: chr(ord("A") + number - 1) for key, number in spot.columns.items()}
        tables[spot.table.key] = RawTable(
            Place(SHEET, f"B{spot.header_row}"),
            tuple(letters),
            tuple(
                {
                    c.key: _raw(f"{letters[c.key]}{number}", spot.table.cell(c, index), filled)
                    for c in spot.table.column
                }
                for index, (number, row) in enumerate(zip(spot.rows, rows, strict=False))
                for filled in [{**_given(spot.table, index), **row}]
            ),
        )
    return Snapshot(Identity(form.kind, form.version), (SHEET,), names, tables)


def _given(table: Table, number: int) -> Mapping[str, Typed]:
    """What the form gives of a row."""
    return table.row[number].given if table.row else {}


def _raw(address: str, field: Field, typed: Mapping[str, Typed]) -> RawCell:
    """The cell of a field; a formula that nobody typed over has no saved result."""
    value = typed.get(field.key)
    if field.compute and field.key not in typed:
        return RawCell(Place(SHEET, address), "unsaved")
    kinds: list[tuple[type, CellKind]] = [(bool, "flag"), (date, "date"), (str, "text")]
    kind = next((kind for type_, kind in kinds if isinstance(value, type_)), "number")
    number = float(value) if isinstance(value, Decimal) else value
    return RawCell(Place(SHEET, address), "blank" if value is None else kind, number)


def check_of(
    form: Form,
    specs: Sequence[RuleSpec] = (),
    rows: Sequence[Mapping[str, Typed]] = (),
    **typed: Typed,
) -> Checked:
    """Everything there is to say about the form so filled."""
    return check(snapshot_of(form, typed, rows), form, rules_of(form, *specs))


def read_of(form: Form, rows: Sequence[Mapping[str, Typed]] = (), **typed: Typed) -> list[Finding]:
    """What is said of single cells of the form so filled."""
    return read(snapshot_of(form, typed, rows), form)[1]


def lines(checked: Checked) -> list[str]:
    """The findings as they read, consequences indented under their cause."""

    def told(findings: Sequence, depth: int) -> list[str]:
        return [
            line
            for one in findings
            for line in (f"{'  ' * depth}{one}", *told(one.consequences, depth + 1))
        ]

    return told(checked.findings, 0)
