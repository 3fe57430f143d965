"""The time that a bureau's form says of itself: 2024年第三季度 above its cells."""

import pytest
from test_odd_forms import book

from workbook.adopting.adopt import adopt
from workbook.checking.intake import take_in
from workbook.checking.kinds import load_kind
from workbook.reading.results import text_at
from workbook.reading.spots import Spot
from workbook.xlsx.book import Book
from workbook.xlsx.package import Package
from workbook.years.beginning import new_workbook
from workbook.years.rollover import roll_over_file

ROWS = [("项目", "预算数", "决算数"), ("基本支出", 120.5, 118.2), ("项目支出", 80.25, 79.9)]
LEFT = "照原样留在空表里,没有收进来;下一{}请在 form.xlsx 里改,或另设一格填写({})"
QUARTER, YEAR = LEFT.format("期", "季度,period = true"), LEFT.format("年", '年度,type = "year"')


def adopted(*above):
    return adopt("收支", book([*above, *ROWS], top=len(above) + 1))


@pytest.mark.parametrize(
    ("above", "period", "asked", "left"),
    [
        ([("填报单位：某局", None, "2024年第三季度")], "quarter", ["季度", "填报单位"], []),
        ([("2024年9月", None, "万元")], "month", ["月份"], []),
        ([("2024年9月份",)], "month", ["月份"], []),
        ([("二〇二四年八月", None, "万元")], "month", ["月份"], []),
        ([("二〇二四年十二月份",)], "month", ["月份"], []),
        ([("填报单位：某局", "填表日期：", "2024年9月")], "year", ["填表日期", "填报单位"], []),
        ([("2024年第三季度收支表",)], "year", [], [f"表!A1:「2024年第三季度」{QUARTER}"]),
        ([("某局2024年度收支表",)], "year", [], [f"表!A1:「2024年度」{YEAR}"]),
        ([("2023年至2024年收支表",)], "year", [], []),
        ([("收支表",)], "year", [], []),
        ([("报告期：2024年二季度",)], "quarter", ["报告期"], []),
        ([("统计期：2024年9月",)], "month", ["统计期"], []),
    ],
)
def test_a_cell_with_a_period_alone_is_asked_and_other_words_are_told(above, period, asked, left):
    found = adopted(*above).found
    assert found.period == period
    assert [one.key for one in found.asked() if "支出" not in one.key] == asked
    assert [one for one in found.open if "照原样留在空表里" in one] == left


@pytest.mark.parametrize(
    "above", [("收支表", None, "2024年第三季度"), ("填报单位：", None, "2024年第三季度")]
)
def test_the_period_is_blank_in_the_form_and_counted_on(above, tmp_path):
    folder = tmp_path / "收支"
    folder.mkdir()
    for name, data in adopted(above).files.items():
        (folder / name).write_bytes(data)
    blank = Book(Package.of((folder / "form.xlsx").read_bytes()))
    assert text_at(blank, Spot("表", 1, 3)) == ""
    file = tmp_path / "某局2024年第三季度.xlsx"
    file.write_bytes(new_workbook(load_kind(folder), sample=True))
    assert take_in(file, tmp_path).checked.findings == ()
    made = roll_over_file(file, tmp_path)
    assert made.period == ("2024年第三季度", "2024年第四季度")
    assert {move.field.key: move.value for move in made.moves if move.field.period} == {
        "季度": "2024年第四季度"
    }


def test_of_two_cells_with_the_period_the_second_is_told():
    found = adopted(("2024年9月", None, "2024年9月")).found
    assert [(one.key, one.is_period) for one in found.asked() if "月" in one.key] == [
        ("月份", True)
    ]
    assert [one.partition("」")[0] for one in found.open if "照原样" in one] == [
        "表!C1:「2024年9月"
    ]


def test_a_second_label_for_the_period_is_asked_and_not_carried():
    rows = [("季度：", "第三季度"), ("上报季度：", "第三季度"), ("支出", 3.5)]
    found = adopt("收支", book(rows)).found
    told = {one.key: (one.is_period, one.is_carried) for one in found.asked()}
    assert told["季度"] == (True, True)
    assert told["上报季度"] == (False, False)
