"""Quantities that plain rows of cells state, and what an indicator's cell says."""

import pytest

from workbook.stated.cells import read_rows
from workbook.stated.model import Basis
from workbook.stated.targets import Target, read_target, sign_of

SIGNS = ("≥", "≤", "=", "定性", "不适用")


def told(rows, unit="", basis=Basis.NONE):
    return [
        (row, column, f"{one.name} {one.year}{one.basis.value} {one.figure}{one.unit}")
        for row, column, one in read_rows(rows, unit, basis)
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
