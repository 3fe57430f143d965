"""Lists whose items are counted: which of them are asked about."""

import pytest
from small import check_of, details, form_of, money, text

from workbook.form.field import Field


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ("办公室、侨务办、民族办", False),
        ("办公室", False),
        ("人力资源和社会保障科、文教和卫生科", False),
        ("办公室（党建，人事）、侨务办", False),
        (" 办公室 、 侨务办 ", True),
        ("办公室，侨务办", True),
        ("办公室,侨务办", True),
        ("办公室；侨务办", True),
        ("办公室\n侨务办", True),
        ("办公室 侨务办", True),
        ("办公室/侨务办", True),
        ("办公室､侨务办", True),
        ("办公室、侨务办等3个科室", True),
        ("办公室、侨务办等", True),
    ],
)
def test_a_list_with_other_marks_than_the_one_that_counts(words: str, is_told: bool) -> None:
    number = Field(key="个数", type="integer", compute="count_items(名单)")
    found = check_of(form_of(text("名单"), number), [], 名单=words).findings
    assert [one.code for one in found] == (["list-unclear"] if is_told else [])
    assert [str(one.place) for one in found] == ["表!C5"] * is_told


def test_a_count_that_was_typed_is_not_asked_about() -> None:
    number = Field(key="个数", type="integer", default="count_items(名单)")
    form = form_of(text("名单"), number)
    found = check_of(form, [], 名单="办公室，侨务办", 个数=2).findings
    assert [one.rule for one in found] == ["个数与算出的一致"]


@pytest.mark.parametrize("words", ["合计", "小 计", "总计：", "合　计"])
def test_a_row_that_adds_up_the_others_is_told(words: str) -> None:
    table = details(text("名称"), money("金额"), row_name="名称")
    rows = [{"名称": "甲", "金额": 1}, {"名称": words, "金额": 1}]
    found = check_of(form_of(money("总"), tables=[table]), [], rows, 总=2).findings
    assert [(one.code, str(one.place)) for one in found] == [("row-is-total", "表!B11")]


def test_a_row_that_only_speaks_of_a_total_is_none() -> None:
    table = details(text("名称"), money("金额"), row_name="名称")
    rows = [{"名称": "统计工作合计划", "金额": 1}]
    assert check_of(form_of(money("总"), tables=[table]), [], rows, 总=1).findings == ()
