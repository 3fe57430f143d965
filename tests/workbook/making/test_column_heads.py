"""The label of a table's column is its head: in the sheet, in formulas and in messages."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from loaded import load_workbook
from small import details, form_of, kind_of, money, rule, text
from written import differing

from workbook.checking.check import Checked, check
from workbook.checking.kinds import Kind
from workbook.form.faults.heads import head_faults
from workbook.form.field import Field
from workbook.form.sample import Sample
from workbook.making.build import build_workbook
from workbook.reading.saved import SavedBook, open_saved

BUDGET, SPENT, RATE = "预算金额(万元)", "支出's #1 元)", "执行率(%"
COLUMNS = (
    text("名称", label='项目"名称"'),
    text("上级", required=False, choices_from="明细.名称", label="上级项目(可不填)"),
    money("预算", label=BUDGET),
    money("支出", label=SPENT, default="预算"),
    Field(key="率", type="number", unit="%", decimals=2, label=RATE, compute="支出 / 预算 * 100"),
    money("同名", compute="sum_where(明细.支出, 明细.名称, 名称)", label="同名项目的支出"),
)
ROWS = (
    {"名称": "甲", "预算": 10, "支出": 4},
    {"名称": "乙", "上级": "甲", "预算": 5},
    {"名称": "甲", "上级": "甲", "预算": 8, "支出": 9},
)
RULES = (
    rule("合计对得上", "总支出 == sum(明细.支出)"),
    rule("不超预算", "支出 <= 预算", each="明细"),
    rule("有预算", "预算 > 0", each="明细"),
)


def labelled(*, are_labelled: bool = True) -> Kind:
    bare = tuple(msgspec.structs.replace(one, label="") for one in COLUMNS)
    columns = COLUMNS if are_labelled else bare
    form = form_of(money("总支出"), tables=[details(*columns, row_name="名称")])
    return kind_of(form, *RULES)


def filled(kind: Kind, path: Path) -> Path:
    sample = Sample({"总支出": 18}, {"明细": ROWS})
    build_workbook(kind.form, kind.rules, sample).save(path)
    return path


def checked(kind: Kind, path: Path) -> Checked:
    book = open_saved(path)
    assert isinstance(book, SavedBook)
    return check(book.snapshot(kind.form), kind.form, kind.rules)


def said(found: Checked) -> list[str]:
    return [f"{one.place} {one.label}:{one.what}" for one in found.findings]


def test_the_label_stands_above_the_column_and_every_formula_finds_it(
    office: Any, tmp_path: Path
) -> None:
    path = filled(labelled(), tmp_path / "表.xlsx")
    table = load_workbook(path)["表"].tables["明细"]
    heads = ['项目"名称"', "上级项目(可不填)", BUDGET, SPENT, RATE, "同名项目的支出"]
    assert table.column_names[:6] == heads
    assert [cell.value for cell in load_workbook(path)["表"][table.ref][0]] == table.column_names
    assert list(differing(path, office)) == []


def test_messages_and_values_know_the_column_by_its_label(tmp_path: Path) -> None:
    found = checked(labelled(), filled(labelled(), tmp_path / "表.xlsx"))
    rows = found.values.tables["明细"]
    assert [str(row["支出"].value) for row in rows] == ["4.00", "5.00", "9.00"]
    assert [str(row["同名"].value) for row in rows] == ["13.00", "5.00", "13.00"]
    assert said(found) == [
        "表!E12 明细「甲」支出's #1 元):9.00 > 预算金额(万元) 8.00,差 1.00",
    ]


def test_a_head_that_is_gone_is_told_by_its_words(tmp_path: Path) -> None:
    path = filled(labelled(), tmp_path / "表.xlsx")
    book = load_workbook(path)
    book["表"]["D9"].value = "预算数"
    book.save(path)
    (first, *_) = checked(labelled(), path).findings
    assert (first.code, first.what) == ("column-missing", f"表「明细」没有「{BUDGET}」(预算)这一列")


def test_a_column_of_the_clerks_own_that_is_called_as_the_key_is_not_taken_for_it() -> None:
    table = details(*COLUMNS)
    assert table.keys_of(["预算", BUDGET, SPENT, "备注"]) == ("[预算]", "预算", "支出", "备注")
    assert table.keys_of(["预算", SPENT]) == ("预算", "支出")
    both = details(text("甲", label="名"), text("乙", label="名"), text("丙", label="甲"))
    assert both.keys_of(["名", "甲", "乙"]) == ("名", "甲", "乙")


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("名称", "和这张表里另一列的 key 或 label 相同"),
        ("Rate", "和这张表里另一列的 key 或 label 相同"),
        ("核对", "是程序自己要用的名字"),
        ("金额\n(万元)", "要作列头:最多 120 个字,没有 [ ] @,不换行,前后不空格"),
        ("金额[万元]", "要作列头:最多 120 个字,没有 [ ] @,不换行,前后不空格"),
        ("额" * 121, "要作列头:最多 120 个字,没有 [ ] @,不换行,前后不空格"),
    ],
)
def test_a_label_that_cannot_be_a_head_is_the_authors_fault(label: str, told: str) -> None:
    table = details(text("名称"), money("金额", label=label), money("率", label="rate"))
    faults = head_faults(form_of(tables=[table]))
    assert f"表「明细」的列「金额」:label「{label}」{told}" in list(faults)


def test_a_workbook_from_before_the_label_is_read_by_its_keys(tmp_path: Path) -> None:
    path = filled(labelled(are_labelled=False), tmp_path / "旧.xlsx")
    old, now = checked(labelled(are_labelled=False), path), checked(labelled(), path)
    assert now.values.tables["明细"][0]["支出"].value == old.values.tables["明细"][0]["支出"].value
    assert [one.code for one in now.findings] == [one.code for one in old.findings]
