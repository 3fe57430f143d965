"""Rows, blocks and units of forms told apart: lists from fixed rows, halves, whose unit it is."""

import pytest
from test_odd_forms import computes, found_in


def keys(found):
    return [one.key for one in found.asked()]


def units(found):
    return {one.key: one.unit for one in found.asked()}


def test_halves_under_wide_heads_are_read_each_by_itself_and_no_list():
    found = found_in(
        [
            ("收入项目", None, "金额（元）", "支出项目", None, "金额（元）"),
            ("上月结余", None, 100.5, "食材支出", None, "=SUM(F3:F4)"),
            ("本月收入", None, "=SUM(C4:C5)", "其中", "粮油", 60.2),
            ("其中", "学生餐费", 80.4, None, "肉类", 30.1),
            (None, "其他收入", 10.6, "支出合计", None, "=F2"),
        ],
        merged=("A1:B1", "A2:B2", "A3:B3", "A4:A5", "D1:E1", "D2:E2", "D3:D4", "D5:E5"),
        results={"F2": 90.3, "C3": 91, "F5": 90.3},
    )
    assert (keys(found), found.suspects) == (
        ["上月结余", "本月收入", "学生餐费", "其他收入", "食材支出", "支出合计", "粮油", "肉类"],
        [],
    )
    assert computes(found)["本月收入"] == "学生餐费 + 其他收入"


def test_halves_that_number_their_rows_are_lists_of_their_own():
    found = found_in(
        [
            ("序号", "收入项目", "金额", "序号", "支出项目", "金额"),
            (1, "学生餐费", 80.4, 1, "粮油", 60.2),
            (2, "其他收入", 10.6, 2, "肉类", 30.1),
        ]
    )
    assert [[one.key for one in table.columns] for table in found.tables()] == [
        ["收入项目", "金额"],
        ["支出项目", "金额"],
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("村名", "人口", "资金"), ("石桥村", 2316, 168.5), ("柳塘村", 1874, 142)],
        [("供货商", "供货品类", "次数"), ("粮油公司", "米面油", 4), ("肉联厂", "肉类", 20)],
        [("任务", "主要内容", "预算数"), ("治理", "网格化", 4.5), ("民生", "低保", 20.5)],
    ],
)
def test_rows_that_may_be_others_next_year_are_a_list(rows):
    (table,) = found_in(rows).tables()
    assert len(table.rows) == len(rows) - 1


def test_rows_of_the_same_words_under_parts_are_fixed_and_named_by_their_part():
    found = found_in(
        [
            ("指标名称", "代码", "本季数", "上年同期"),
            ("一、预算总额", 1, "=C3+C4", 5.5),
            ("货物", 2, 2.5, 3.5),
            ("服务", 3, 3.5, 2),
            ("二、采购总额", 4, "=C6+C7", 5),
            ("货物", 5, 2.25, 3),
            ("服务", 6, 3.25, 2),
        ],
        results={"C2": 6, "C5": 5.5},
    )
    assert not found.tables()
    assert {one for one in keys(found) if one.endswith("上年同期")} == {
        "预算总额_上年同期", "预算总额货物_上年同期", "预算总额服务_上年同期",
        "采购总额_上年同期", "采购总额货物_上年同期", "采购总额服务_上年同期",
    }  # fmt: skip
    assert computes(found)["采购总额_本季数"] == "采购总额货物_本季数 + 采购总额服务_本季数"


@pytest.mark.parametrize(
    ("formula", "missed"),
    [("=C2+SUM(C5:C6)", []), ("=SUM(C3:C5)+C6", []), ("=SUM(C3:C5)", ["C6"])],
)
def test_what_a_total_reads_one_by_one_is_not_missing(formula, missed):
    rows = [
        ("项目", "说明", "金额"),
        ("食材", "小计", "=SUM(C3:C4)"),
        ("食材", "粮油", 60),
        ("食材", "肉类", 30),
        ("其他", "水费", 9),
        ("其他", "电费", 8),
        ("支出", "合计", formula),
    ]
    found = found_in(rows, results={"C2": 90, "C7": 107})
    told = [one for one in found.suspects if one.spot.row == 7]
    assert [spot.place.address for one in told for spot in one.missed] == missed


@pytest.mark.parametrize(
    ("part", "whole", "says"),
    [
        ("=SUBTOTAL(9,C2:C3)", "=SUBTOTAL(9,C2:C6)", []),
        ("=SUM(C2:C3)", "=SUBTOTAL(9,C2:C6)", ["C2:C6 里的 C4 本身是合计,重复计算了"]),
        ("=SUBTOTAL(9,C2:C3)", "=SUM(C2:C6)", ["C2:C6 里的 C4 本身是合计,重复计算了"]),
        ("=SUBTOTAL(9,C2:C3)", "=SUBTOTAL(9,C2:C5)", ["C2:C5 旁边的 C6 没有加进去"]),
    ],
)
def test_subtotal_passes_over_subtotals_and_misses_rows_as_a_sum_does(part, whole, says):
    rows = [
        ("项目", "说明", "金额"),
        ("食材", "粮油", 60),
        ("食材", "肉类", 30),
        ("食材", "小计", part),
        ("其他", "水费", 9),
        ("其他", "电费", 8),
        ("支出", "合计", whole),
    ]
    found = found_in(rows, results={"C4": 90, "C7": 107})
    assert [one.says for one in found.suspects if one.spot.row == 7] == says


def test_a_unit_is_that_of_the_labels_head_of_a_sign_behind_a_head_or_of_a_lone_corner():
    found = found_in(
        [
            ("2024年第二季度", None, None, "万元"),
            ("财政供养人员（人）", "编制数", "实有数", "增减%"),
            ("行政", 32, 30, 1.5),
            ("事业", 41, 39, 2.5),
        ],
        top=2,
    )
    assert units(found) == {
        "季度": "",
        "行政_编制数": "人", "行政_实有数": "人", "行政_增减": "%",
        "事业_编制数": "人", "事业_实有数": "人", "事业_增减": "%",
    }  # fmt: skip
    rows = [("2024年第二季度", None, "万元"), ("项目", "预算数", "决算数"), ("支出", 3.2, 3)]
    told = {"季度": "", "支出_预算数": "万元", "支出_决算数": "万元"}
    assert units(found_in(rows, top=2)) == told
