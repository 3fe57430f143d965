"""Quantities that plain rows of cells state, and what an indicator's cell says."""

import pytest

from workbook.stated.model import Basis
from workbook.stated.tables.cells import Around, read_rows
from workbook.stated.tables.targets import Target, read_target, sign_of
from workbook.stated.words import canonical

SIGNS = ("≥", "≤", "=", "定性", "不适用")


def told(rows, unit="", basis=Basis.NONE):
    return [
        (row, column, f"{one.name} {one.year}{one.basis.value} {one.figure}{one.unit}")
        for row, column, one in read_rows(rows, Around(unit, basis))
    ]


def test_a_figure_beside_its_label_is_named_by_it():
    rows = [["编制数", "65"], ["在职人员", "41人", "离退休", "12"]]
    assert told(rows) == [
        (0, 1, "编制数  65"),
        (1, 1, "在职人员  41人"),
        (1, 3, "离退休  12"),
    ]


def test_a_figure_below_a_head_has_the_basis_and_the_unit_of_it():
    rows = [
        ["项目", "上年决算数", "本年预算数（元）", "2023年决算数"],
        ["其中：公务接待费", "1.5", "30000", "2"],
    ]
    assert told(rows, "万元") == [
        (1, 1, "公务接待费 上年决算 1.5万元"),
        (1, 2, "公务接待费 预算 30000元"),
        (1, 3, "公务接待费 2023决算 2万元"),
    ]


def test_a_head_of_two_rows_is_read_as_one():
    rows = [["项目", "人员经费", "人员经费"], ["项目", "年初预算数", "决算数"], ["", "80", "79"]]
    assert told(rows, "万元") == [
        (2, 1, "人员经费 年初预算 80万元"),
        (2, 2, "人员经费 决算 79万元"),
    ]


def test_heads_that_are_names_name_a_row_without_a_label():
    assert told([["编制数", "在职人数"], ["65", "41"]]) == [
        (1, 0, "编制数  65"),
        (1, 1, "在职人数  41"),
    ]


def test_a_row_that_its_head_does_not_fit_says_nothing():
    assert told([["项目", "年初预算数", "决算数"], ["人员经费", "80"]]) == []


def test_the_title_says_the_basis_where_no_head_does():
    assert told([["项目", "金额"], ["人员经费", "80"]], "万元", Basis.BUDGET) == [
        (1, 1, "人员经费 预算 80万元")
    ]


@pytest.mark.parametrize(
    ("text", "sign", "said"),
    [
        *(("≥", "≥", ""), (">=", "≥", ""), ("≧", "≥", ""), ("大于等于", "≥", "")),
        *(("≤", "≤", ""), ("<=", "≤", ""), ("不超过", "≤", "")),
        *(("=", "=", ""), ("＝", "=", ""), ("﹦", "=", ""), ("等于", "=", "")),
        *(("＜", "≤", "＜"), ("<", "≤", "<"), (">", "≥", ">"), ("﹥", "≥", "﹥")),
        ("定性", "定性", ""),
    ],
)
def test_a_sign_is_read_however_it_is_typed(text, sign, said):
    assert sign_of(text, SIGNS) == Target(sign, said=said)


def test_a_sign_that_the_form_has_not_is_none():
    assert sign_of("≠", SIGNS) is None
    assert sign_of("≥", ("=",)) is None


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("≥266米", Target("≥", "266", "米")),
        ("<=1,200.50万元", Target("≤", "1200.50", "万元")),
        ("＝100％", Target("=", "100", "%")),
        ("＜3次", Target("≤", "3", "次", "<")),
        ("95%以上", Target("≥", "95", "%")),
        ("不超过5座", Target("≤", "5", "座")),
        ("266米", Target("", "266", "米")),
        ("有效提升", Target("定性")),
        ("12月底前", Target()),
        ("约5次", Target()),
        ("", Target()),
    ],
)
def test_a_target_is_a_sign_a_figure_and_a_unit(text, target):
    assert read_target(text, SIGNS) == target


def quantities(rows, around=None):
    return [(one.name, str(one.figure), one.unit) for *_, one in read_rows(rows, around)]


def test_a_head_of_three_rows_below_a_title_with_a_unit():
    title = ["年度支出情况（万元）"] * 5
    rows = [
        title,
        ["机构名称", "支出合计", "其中：", "其中：", "其中："],
        ["机构名称", "支出合计", "基本支出", "其中：", "其中："],
        ["机构名称", "支出合计", "基本支出", "人员支出", "公用支出"],
        ["石塘镇人民政府", "90", "70", "60", "10"],
        ["某某站", "9", "7", "6", "1"],
    ]
    assert quantities(rows, Around(bodies=["平江口县石塘镇人民政府"])) == [
        ("支出合计", "90", "万元"),
        ("基本支出", "70", "万元"),
        ("人员支出", "60", "万元"),
        ("公用支出", "10", "万元"),
        ("某某站支出", "9", "万元"),
        ("某某站基本支出", "7", "万元"),
        ("某某站人员支出", "6", "万元"),
        ("某某站公用支出", "1", "万元"),
    ]


def test_a_row_of_all_is_named_by_its_heads_but_not_below_names_of_items():
    posts = [["类别", "编制人数", "在职人数"], ["管理岗", "12", "11"], ["合计", "65", "59"]]
    assert quantities(posts)[2:] == [("编制人数", "65", ""), ("在职人数", "59", "")]
    items = [["项目名称", "人员经费", "公用经费"], ["合计", "65", "59"]]
    assert quantities(items) == [("合计人员经费", "65", ""), ("合计公用经费", "59", "")]


def test_heads_in_a_table_of_income_are_income():
    rows = [["单位", "财政拨款", "其他"], ["汇总", "9", "1"]]
    assert quantities(rows, Around(title="年度收入情况")) == [
        ("财政拨款收入", "9", ""), ("其他收入", "1", ""),
    ]  # fmt: skip
    assert quantities(rows, Around(title="收入支出情况"))[1] == ("其他", "1", "")


@pytest.mark.parametrize(
    "heads",
    [
        [["收入", "收入", "支出", "支出"], ["项目", "决算数", "项目", "决算数"]],
        [["收入", "金额", "支出", "金额"]],
    ],
)
def test_each_half_of_a_table_has_its_own_labels(heads):
    rows = [*heads, ["一、事业收入", "9", "一、基本支出", "7"], ["", "", "人员经费", "6"]]
    assert quantities(rows) == [
        ("事业收入", "9", ""), ("基本支出", "7", ""), ("人员经费", "6", ""),
    ]  # fmt: skip


def test_people_and_posts_of_those_in_office():
    rows = [
        ["人员类别", "编制数", "年末实有人数"],
        ["在职人员", "21", "19"],
        ["离退休人员", "—", "7"],
    ]
    assert [canonical(name) for name, *_ in quantities(rows)] == [
        "编制数", "在职人员", "离退休人员",
    ]  # fmt: skip
