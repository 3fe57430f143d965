"""Every rule of the project forms: a change of the sample, and all that is said about it.

`tests/golden/rules/` holds the changes (`表.行.列 = 值`, rows from 0) and the findings under each.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

from workbook.checking.check import Checked, check
from workbook.checking.kinds import Kind, find_kind
from workbook.findings.model import Finding, flattened
from workbook.making.build import as_bytes, build_workbook
from workbook.reading.saved import open_saved
from workbook.reading.snapshot import RawCell, Snapshot, classified

FOLDER = Path(__file__).resolve().parents[2] / "golden" / "rules"
KINDS = ("project", "project_sichuan")
BLANK = "空白"


def cases(kind: str) -> list[tuple[dict[str, str], list[str]]]:
    found = []
    for block in (FOLDER / f"{kind}.txt").read_text(encoding="utf-8").split("\n\n"):
        lines = block.splitlines()
        changes = dict(line.split(" = ") for line in lines if not line.startswith(" "))
        found.append((changes, [line.strip() for line in lines if line.startswith(" ")]))
    return found


ALL = [(kind, *case) for kind in KINDS for case in cases(kind)]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Snapshot]:
    """The samples, saved once and read."""
    found = {}
    for kind in map(find_kind, KINDS):
        path = tmp_path_factory.mktemp(kind.name) / "样例.xlsx"
        filled = build_workbook(kind.form, kind.rules, kind.sample)
        filled.results.clear()  # nothing recalculates what is changed in memory
        path.write_bytes(as_bytes(filled))
        book = open_saved(path)
        assert not isinstance(book, Finding)
        found[kind.name] = book.snapshot(kind.form)
    return found


@pytest.mark.parametrize(
    ("kind", "changes", "said"), ALL, ids=[f"{kind}-{said[0][:12]}" for kind, _, said in ALL]
)
def test_a_sample_that_breaks_a_rule_is_told_so(
    kind: str, changes: dict[str, str], said: list[str], samples: dict[str, Snapshot]
) -> None:
    checked = check_changed(find_kind(kind), changes, samples[kind])
    assert [f"{one.rule}: {one}" for one in flattened(checked.findings)] == said


@pytest.mark.parametrize("kind", KINDS)
def test_no_rule_is_without_a_sample_that_breaks_it(kind: str) -> None:
    broken = {line.split(":")[0] for _, said in cases(kind) for line in said}
    assert broken == {rule.spec.id for rule in find_kind(kind).rules.rules}


@pytest.mark.parametrize("kind", KINDS)
def test_the_sample_breaks_none(kind: str, samples: dict[str, Snapshot]) -> None:
    assert list(check_changed(find_kind(kind), {}, samples[kind]).findings) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_total_typed_over_is_told(kind: str, samples: dict[str, Snapshot]) -> None:
    found = find_kind(kind)
    checked = check_changed(found, {"项目自评.0.年初预算数": "9.99"}, samples[kind])
    total = {"project": "30.00", "project_sichuan": "380049.00"}[kind]
    name = found.sample.tables["项目自评"][0]["项目名称"]
    assert [str(one) for one in checked.findings] == [
        f"项目自评!P6 项目自评「{name}」年初预算数:这里由公式算出 {total},单元格里却是 9.99;"
        "报告仍用算出的数。公式可能被改掉了;请恢复公式,需要改的是它引用的数"
    ]


def check_changed(kind: Kind, changes: dict[str, str], sample: Snapshot) -> Checked:
    """What is said about the sample with other values typed into some of its cells."""
    names, tables = dict(sample.names), dict(sample.tables)
    for key, text in changes.items():
        table, _, cell = key.partition(".")
        if not cell:
            names[key] = retyped(names[key], text)
            continue
        number, column = cell.split(".")
        rows = [dict(row) for row in tables[table].rows]
        rows[int(number)][column] = retyped(rows[int(number)][column], text)
        tables[table] = replace(tables[table], rows=tuple(rows))
    return check(replace(sample, names=names, tables=tables), kind.form, kind.rules)


def retyped(cell: RawCell | None, text: str) -> RawCell:
    assert cell is not None
    is_figure = text.replace(".", "").isdigit()
    value = float(text) if is_figure else None if text == BLANK else text
    if len(text) == len("2023-03-15") and text[4] == "-":
        value = date.fromisoformat(text)
    kind, value = classified(value)
    return structs.replace(cell, kind=kind, value=value, formula="")
