"""A workbook of an older form in today's form: what is carried by key, and what is told."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from loaded import load_workbook
from spoiled import typing

from workbook.checking.intake import take_in
from workbook.checking.kinds import load_kind
from workbook.form.sample import Sample
from workbook.making.build import build_workbook
from workbook.years.account import rollover_lines, upgrade_lines
from workbook.years.rollover import Rollover, roll_over_file
from workbook.years.upgrade import Upgrade, upgrade_file

OLD = Path(__file__).parents[1] / "old"


def upgraded(path: Path, kinds: Path | None = None) -> Upgrade:
    made = upgrade_file(path, kinds)
    assert isinstance(made, Upgrade)
    return made


def test_the_workbook_of_the_version_before_is_whole_in_the_new_form(tmp_path: Path) -> None:
    made, path = upgraded(OLD / "department_4.xlsx"), tmp_path / "新.xlsx"
    made.save(path)
    checked = take_in(path).checked
    assert {one.severity for one in checked.findings} == {"warning"}
    fields = checked.values.fields
    assert [str(fields[key].value) for key in ("年度", "成文日期", "人员经费", "支出合计")] == [
        "2022",
        "2023-03-15",
        "171.74",
        "265.24",
    ]
    old = load_workbook(OLD / "department_4.xlsx")["提纲"]
    added = [row[1].value for row in old.iter_rows(min_row=5) if row[4].value == "自己写"]
    now = checked.values.tables["提纲"]
    assert [row["节"].value for row in now if row["处理"].value == "自己写"] == added
    assert list(upgrade_lines(made, path, OLD / "department_4.xlsx"))[:3] == [
        f"已新建:{path}(原来是第 4 版表单,现在是第 5 版)",
        "搬过去了:",
        "  基本情况:沿用 16 格",
    ]


def test_what_has_no_place_any_more_is_listed() -> None:
    made = upgraded(OLD / "department_2.xlsx")
    lines = list(upgrade_lines(made, Path("新.xlsx"), Path("旧.xlsx")))
    assert "  项目自评!E5 项目自评.年初财政:表单里没有这一项(7 行)" in lines
    assert "  工作表“提纲”" in lines


def test_a_workbook_of_todays_form_needs_none(sample_file: Path) -> None:
    made = upgraded(sample_file)
    assert list(upgrade_lines(made, Path("新.xlsx"), Path("旧.xlsx"))) == [
        "旧.xlsx 已经是现在的表单,没有另做。"
    ]


FORM = """
kind = "小表"
version = 1
title = "小表"
[[sheet]]
name = "表"
  [[sheet.block]]
  type = "fields"
  title = "各项"
    [[sheet.block.field]]
    key = "年度"
    type = "year"
    [[sheet.block.field]]
    key = "经费"
    type = "number"
    unit = "UNIT"
    decimals = 2
    carry = true
    [[sheet.block.field]]
    key = "说明"
    type = "text"
    required = false
  [[sheet.block]]
  type = "table"
  key = "明细"
  title = "明细"
  row_name = "名称"
    [[sheet.block.column]]
    key = "名称"
    type = "text"
    [[sheet.block.column]]
    key = "金额"
    type = "number"
    unit = "UNIT"
    carry = true
"""
RULES = """
[[rule]]
id = "相符"
claim = "经费 == sum(明细.金额)"
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A filled workbook of a kind that asked for 元, and now asks for 万元 under its version."""
    folder = tmp_path / "种类" / "小表"
    folder.mkdir(parents=True)
    (folder / "form.toml").write_text(FORM.replace("UNIT", "元"), "utf-8")
    (folder / "rules.toml").write_text(RULES, "utf-8")
    kind = load_kind(folder)
    path = tmp_path / "旧.xlsx"
    build_workbook(kind.form, kind.rules).save(path)
    book = load_workbook(path)
    sheet = book["表"]
    sheet["C5"], sheet["C6"], sheet["C7"] = 2022, 19549, "照旧"
    sheet["B12"], sheet["C12"] = "甲", 19549
    book.save(path)
    (folder / "form.toml").write_text(FORM.replace("UNIT", "万元"), "utf-8")
    return path


CHANGED = ("“经费”的单位由“元”改为“万元”", "“明细.金额”的单位由“元”改为“万元”")


def test_a_unit_that_was_changed_under_the_same_version_is_refused(small: Path) -> None:
    intake = take_in(small, small.parent / "种类")
    assert [str(one) for one in intake.checked.findings] == [
        f"工作簿新建以后,表单改过,版本号却没有变:{'、'.join(CHANGED)}。"
        "请用 gouji upgrade 旧.xlsx 新.xlsx 换成现在的表单,填过的会搬过去;这一份请留着,不要改动"
    ]


@pytest.mark.parametrize("is_told", [True, False])
def test_figures_in_another_unit_are_listed_and_not_carried(small: Path, is_told: bool) -> None:
    if not is_told:  # as workbooks were before: only the words on the sheet say the unit
        book = load_workbook(small)
        properties = book.custom_doc_props
        for name in [one for one in properties.names if one.startswith("GoujiForm")]:
            del properties[name]
        book.save(small)
    kinds = small.parent / "种类"
    made, path = upgraded(small, kinds), small.with_name("新.xlsx")
    made.save(path)
    lines = list(upgrade_lines(made, path, small))
    of = [("经费", "表!C6 经费"), ("明细.金额", "表!C12 明细「甲」金额")]
    for (key, where), words in zip(of, CHANGED, strict=True):
        said = words if is_told else f"“{key}”的单位由“元”改为“万元”"
        assert f"  {where}:{said},请换算、核对后自己填" in lines
    values = take_in(path, kinds).checked.values
    assert values.fields["经费"].is_blank and str(values.fields["说明"].value) == "照旧"
    assert [row["名称"].value for row in values.tables["明细"]] == ["甲"]


def test_words_beside_the_form_are_listed(small: Path) -> None:
    book = load_workbook(small)
    sheet = book["表"]
    sheet["A6"], sheet["H12"], sheet["H13"] = "问老张", "含上年的", "=C6"
    book.save(small)
    lines = list(upgrade_lines(upgraded(small, small.parent / "种类"), Path("新.xlsx"), small))
    assert [line for line in lines if "表单旁边" in line] == [
        "  表!A6 表单旁边写的:表单里没有这一项(问老张)",
        "  表!H12 表单旁边写的:表单里没有这一项(含上年的)",
    ]


def test_names_that_changed_places_are_a_change_of_the_form(small: Path) -> None:
    folder = small.parent / "种类" / "小表"
    form = FORM.replace("UNIT", "元")
    for names in (('"经费"', '"说明"'), ('"经费合计"', '"说明"')):
        swapped = form.replace('key = "经费"', f'key = "经费"\n    label = {names[1]}')
        swapped = swapped.replace('key = "说明"', f'key = "说明"\n    label = {names[0]}')
        (folder / "form.toml").write_text(swapped, "utf-8")
        (fault,) = take_in(small, folder.parent).checked.findings
        assert fault.code == "form-changed"
        assert "“经费”的名称由“经费”改为“说明”" in str(fault)
    made = upgraded(small, folder.parent)
    assert not made.is_needless
    assert "经费" not in made.sample.fields
    # Other words alone are no other field.
    (folder / "form.toml").write_text(
        form.replace('key = "经费"', 'key = "经费"\n    label = "经费合计"'), "utf-8"
    )
    assert "form-changed" not in {
        one.code for one in take_in(small, folder.parent).checked.findings
    }
    assert upgraded(small, folder.parent).is_needless


def test_heads_that_changed_places_are_a_change_of_the_form(small: Path) -> None:
    folder = small.parent / "种类" / "小表"
    other = '\n    [[sheet.block.column]]\n    key = "实付"\n    type = "number"\n    unit = "元"'

    def written(first: str, second: str) -> None:
        form = FORM.replace("UNIT", "元").rstrip() + f'\n    label = "{first}"'
        (folder / "form.toml").write_text(f'{form}{other}\n    label = "{second}"\n', "utf-8")

    written("预算(元)", "支出(元)")
    kind = load_kind(folder)
    row = {"名称": "甲", "金额": 8, "实付": 7}
    build_workbook(kind.form, kind.rules, Sample({"年度": 2022, "经费": 8}, {"明细": (row,)})).save(
        small
    )
    written("预算数(元)", "支出(元)")
    checked = take_in(small, folder.parent).checked
    assert (
        {one.code for one in checked.findings},
        checked.values.tables["明细"][0]["金额"].value,
    ) == (
        set(),
        8,
    )
    assert upgraded(small, folder.parent).sample.tables["明细"] == (row,)
    written("支出(元)", "预算(元)")
    (fault,) = take_in(small, folder.parent).checked.findings
    assert fault.code == "form-changed"
    assert "“明细.金额”的名称由“明细.预算(元)”改为“明细.支出(元)”" in str(fault)
    assert upgraded(small, folder.parent).sample.tables["明细"] == ({"名称": "甲"},)


def test_a_rollover_carries_no_figure_in_another_unit(small: Path) -> None:
    made = roll_over_file(small, small.parent / "种类")
    assert isinstance(made, Rollover)
    assert dict(made.sample.fields) == {"年度": 2023, "说明": "照旧"}
    lines = list(rollover_lines(made, Path("新.xlsx"), small))
    assert f"  表!C6 经费:{CHANGED[0]},请换算、核对后自己填" in lines


def test_a_figure_that_the_form_does_not_allow_is_carried_for_the_check(sample_file: Path) -> None:
    typing(人员经费=-3, 公用经费="约 5")(sample_file)
    made = upgraded(sample_file)
    assert made.sample.fields["人员经费"] == Decimal(-3)
    lines = list(upgrade_lines(replace(made, is_needless=False), Path("新.xlsx"), sample_file))
    assert "  预算收支!C19 公用经费:「约 5」不是数字" in lines


def test_a_list_of_choices_that_was_changed_is_told_and_new_in_the_workbook(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "小表"
    folder.mkdir()
    choice = 'type = "choice"\n    choices = ["优", "良"]\n    required'
    form = FORM.replace("UNIT", "元").replace('type = "text"\n    required', choice)
    (folder / "form.toml").write_text(form, "utf-8")
    kind = load_kind(folder)
    path, made = tmp_path / "旧.xlsx", tmp_path / "新.xlsx"
    build_workbook(kind.form, kind.rules, Sample({"年度": 2022, "说明": "良"}, {})).save(path)
    (folder / "form.toml").write_text(form.replace('"良"', '"良好"'), "utf-8")
    codes = [one.code for one in take_in(path, tmp_path).checked.findings]
    assert sorted(codes) == ["not-a-choice", "required", "rules-changed"]
    done = upgraded(path, tmp_path)
    assert not done.is_needless
    done.save(made)
    assert [one.value for one in load_workbook(made)["选项"]["A"][:3]] == ["说明", "优", "良好"]
