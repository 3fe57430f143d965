"""The words right before and behind a figure, which say how exact it is and whose."""

from decimal import Decimal

import pytest

from workbook.stated.folded import sentence
from workbook.stated.nothing import nothing_in
from workbook.stated.sentences import read_text
from workbook.stated.units import MONEY


def told(text):
    """Each quantity as its name, year with basis, and figure."""
    return [
        f"{one.name or one.subject} {one.year}{one.basis.value} {one.figure}{one.unit}"
        for one in read_text(text, {"基本支出", "人员经费", "公用经费"})
    ]


@pytest.mark.parametrize(
    ("text", "is_exact"),
    [
        ("全年基本支出12万元。", True),
        ("全年基本支出12余万元。", False),
        ("全年基本支出12万余元。", False),
        ("全年基本支出12多万元。", False),
    ],
)
def test_a_figure_with_more_behind_it_is_not_exact(text, is_exact):
    (found,) = read_text(text)
    assert (found.figure, found.unit, found.is_exact) == (Decimal(12), "万元", is_exact)


def test_a_fall_goes_on_with_the_name_of_the_figure_that_it_fell_from():
    assert told("公用经费由上年的9万元降至8万元。") == ["公用经费 上年 9万元", "公用经费  8万元"]


def test_words_that_name_another_do_not_go_on_with_the_figure_before():
    names = [one.split()[0] for one in told("公用经费由上年的9万元,人员经费8万元。")]
    assert names == ["公用经费", "人员经费"]


def test_a_budget_after_changes_is_the_one_of_the_whole_year():
    assert told("年初预算20万元,调整后30万元。") == [" 年初预算 20万元", " 全年预算 30万元"]


def test_units_inside_a_body_are_not_those_under_it():
    assert [one.name for one in read_text("内设事业单位3个。")] == ["内设事业单位"]
    assert [one.name for one in read_text("本局下设事业单位3个。")] == ["所属单位数"]


def test_nothing_is_said_of_a_sum_by_any_of_its_names():
    ways = ("公务用车运行费", "公车运行维护费", "公务用车运维费")
    found = [one.name for way in ways for one in nothing_in(f"本年{way}为零。")]
    assert found == ["公务用车运行维护费"] * 3


def test_a_long_sentence_is_cut_to_what_is_allowed_with_its_dots():
    assert sentence("甲" * 300, 5, 6) == "甲" * 239 + "…"
    assert sentence("甲" * 240, 5, 6) == "甲" * 240


def test_units_of_money_are_powers_of_ten_of_a_yuan():
    assert {unit: 10**power for unit, power in MONEY.items()} == {
        "元": 1,
        "百元": 100,
        "千元": 1_000,
        "万元": 10_000,
        "百万元": 1_000_000,
        "亿元": 100_000_000,
    }


LATER = "培训费  2万元"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("会议费由上年的7万元变为6万元。", ["会议费 上年 7万元", "会议费  6万元"]),
        ("会议费由去年的7万元变成了6万元。", ["会议费 上年 7万元", "会议费  6万元"]),
        ("会议费由上年度的7万元调整至6万元。", ["会议费 上年 7万元", "会议费  6万元"]),
        ("会议费由上年的7万元到6万元。", ["会议费 上年 7万元", "会议费  6万元"]),
        ("会议费由上年的7万元,今年为6万元。", ["会议费 上年 7万元", "会议费  6万元"]),
        ("会议费从2022年的7万元变为2023年的6万元。", ["会议费 2022 7万元", "会议费 2023 6万元"]),
        ("会议费7万元,上年为6万元,培训费2万元。", ["会议费  7万元", "会议费 上年 6万元", LATER]),
        ("上年会议费7万元,培训费2万元。", ["会议费 上年 7万元", "培训费 上年 2万元"]),
    ],
)  # fmt: skip
def test_a_year_said_of_one_figure_ends_with_it_and_what_it_became_goes_on_with_its_name(
    text, said
):
    found = [f"{one.name} {one.year} {one.figure}{one.unit}" for one in read_text(text)]
    assert found == said


def test_a_figure_behind_one_of_last_year_that_became_nothing_is_of_no_sure_year():
    first, other = read_text("会议费由上年的7万元,培训费6万元。")
    assert (first.year, other.year) == ("上年", "")
    assert (first.is_exact, other.is_exact) == (True, False)
