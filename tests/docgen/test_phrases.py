"""Words that follow from figures, at the edges where words and figures could part."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from docgen.report import phrases
from docgen.report.context import ToFill
from docgen.report.filters import FILTERS
from docgen.template.model.sourced import Amount, Source, SourcedText

D = Decimal
DAY = date(2023, 3, 15)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (("232.34", "220.00"), "增加12.34万元，增长5.6%"),
        (("220.00", "232.34"), "减少12.34万元，下降5.3%"),
        (("5.00", "5.00"), "持平"),
        (("0.00", "0.00"), "持平"),
        (("12.34", "0.00"), "增加12.34万元"),
        (("0.00", "12.34"), "减少12.34万元，下降100.0%"),
        (("30.00", "10.00"), "增加20.00万元，增长200.0%"),
        (("-5.00", "10.00"), "减少15.00万元，下降150.0%"),
        (("5.00", "-10.00"), "增加15.00万元"),
        (("-0.00", "0.00"), "持平"),
        (("200.5", "200"), "增加0.5万元，增长0.3%"),
        (("199.5", "200"), "减少0.5万元，下降0.3%"),
        (("1000000.01", "1000000.00"), "增加0.01万元"),
        (("1" + "0" * 40, "1"), f"增加{'9' * 40}万元，增长{'9' * 40}00.0%"),
    ],
)
def test_a_change_says_direction_amount_and_rate(call, words):
    assert phrases.change(*map(D, call)) == words


def test_a_change_can_say_what_it_is_compared_with_its_unit_and_its_decimals():
    assert phrases.change(D("7"), D("4"), "上年", "人") == "比上年增加3人，增长75.0%"
    assert phrases.change(D("4"), D("4"), "上年", "人") == "与上年持平"
    assert phrases.change(D("1.015"), D("1"), decimals=2, rate_decimals=2) == (
        "增加0.02万元，增长1.50%"
    )
    assert phrases.change(D("1.004"), D("1"), decimals=2) == "持平"
    assert phrases.change(D("0.996"), D("1"), "上年", decimals=2) == "与上年持平"
    assert phrases.change(D("99.27"), D("95"), unit="个百分点", rate_decimals=None) == (
        "增加4.27个百分点"
    )
    assert phrases.change(1.5, 1) == "增加0.5万元，增长50.0%"


def test_completion_takes_its_base_word_from_the_base():
    budget = Amount(D("203.87"), Source("年初预算", "预算收支!C7"))
    column = Amount(D("4"), Source("项目[*].全年预算", "项目支出!D6"))
    assert phrases.completion(D("195.49"), budget) == "完成年初预算的95.89%"
    assert phrases.completion(D("3"), column) == "完成全年预算的75.00%"
    assert phrases.completion(D("3"), column, "调整后预算", decimals=1) == "完成调整后预算的75.0%"
    assert phrases.completion(D("3"), D("4")) == "完成预算的75.00%"
    assert phrases.completion(D("5"), D("4"), "年初预算") == "完成年初预算的125.00%"
    assert phrases.completion(D("0"), D("4"), "年初预算") == "完成年初预算的0.00%"
    assert phrases.completion(D("1"), D("8"), "年初预算", decimals=1) == "完成年初预算的12.5%"
    assert phrases.completion(D("0.5"), D("400"), decimals=2) == "完成预算的0.13%"


@pytest.mark.parametrize(("value", "base"), [("12", "0.00"), ("0", "0"), ("-1", "0")])
def test_a_budget_of_nothing_has_no_completion(value, base):
    words = phrases.completion(D(value), D(base), "年初预算")
    assert words == "年初预算为0万元，不计算完成率"


def test_a_negative_budget_has_no_completion():
    assert phrases.completion(D("1"), D("-3.50"), "年初预算", "元") == (
        "年初预算为-3.5元，不计算完成率"
    )


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        ("5", "7", "71.4%"),
        ("1", "16", "6.3%"),
        ("0", "7", "0.0%"),
        ("8", "5", "160.0%"),
        ("-1", "10000", "0.0%"),
        ("-1", "4", "-25.0%"),
        ("0", "0", "不适用"),
        ("3", "0", "不适用"),
        ("3", "-4", "不适用"),
    ],
)
def test_a_share_is_a_percentage_of_the_whole(part, whole, words):
    assert phrases.share(D(part), D(whole)) == words


def test_shares_are_not_bent_to_sum_to_a_hundred():
    assert [phrases.share(D(1), D(3)) for _ in range(3)] == ["33.3%"] * 3
    assert phrases.share(D(2), D(3), 2) == "66.67%"


def test_an_amount_in_capitals_is_told_its_unit():
    assert phrases.upper_amount(D("1409.50")) == "壹仟肆佰零玖元伍角"
    assert phrases.upper_amount(D("195.49"), "万元") == "壹佰玖拾伍万肆仟玖佰元整"
    assert phrases.upper_amount(D("-0.5"), "万元") == "负伍仟元整"
    with pytest.raises(ValueError, match="大写金额的单位是元或万元,不是「亿元」"):
        phrases.upper_amount(D(1), "亿元")
    with pytest.raises(ValueError, match="金额太大"):
        phrases.upper_amount(D(10) ** 8, "万元")


def test_rows_and_listed_items_are_counted():
    counted = ([1, 2], "甲、乙、丙", "甲、、乙、", "、 、　、", "甲", " ", None, [])
    assert [phrases.count_items(items) for items in counted] == [2, 3, 2, 0, 1, 0, 0, 0]


def test_counts_are_said_in_chinese():
    said = {
        0: "零", 1: "一", 3: "三", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 99: "九十九",
        100: "一百", 105: "一百零五", 110: "一百一十", 2023: "二千零二十三", 10_015: "一万零一十五",
        100_000: "十万", 350_000_000: "三亿五千万",
    }  # fmt: skip
    assert {number: phrases.chinese(number) for number in said} == said
    assert phrases.chinese(D("7.00")) == "七"
    for number in (D("1.5"), -1):
        with pytest.raises(ValueError, match="不是个数"):
            phrases.chinese(number)


def test_dates_are_written_in_every_usual_way():
    assert phrases.long_date(DAY) == "2023年3月15日"
    assert phrases.chinese_date(DAY) == "二〇二三年三月十五日"
    assert phrases.chinese_date(date(2010, 12, 31)) == "二〇一〇年十二月三十一日"
    assert (phrases.year(DAY), phrases.month(DAY), phrases.quarter(DAY)) == (2023, 3, 1)
    assert [phrases.quarter(date(2023, n, 1)) for n in range(1, 13)] == [
        1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4,
    ]  # fmt: skip


def test_every_filter_of_reports_stands_on_the_page():
    page = (Path(__file__).resolve().parents[2] / "docs" / "templates.md").read_text("utf-8")
    assert [name for name in FILTERS if f"|{name}" not in page] == []


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("≥420座", "420"),
        ("58.4公里", "58.4"),
        ("不超过2,200元", "2,200"),
        ("≤42万元/公里", "42"),
        ("99.10%", "99.10"),
        ("PM2.5≤35微克", "35"),
        ("-3℃", "-3"),
    ],
)
def test_the_figure_of_a_text_prints_as_it_is_written(text, printed):
    assert phrases.figure(text) == printed
    cell = SourcedText(text, Source("指标[0].年度指标值", "指标!D3"))
    made = phrases.figure(cell)
    assert made == printed
    assert made.source == Source("指标[0].年度指标值", "指标!D3", raw=text)


def test_a_number_is_its_own_figure_and_a_blank_text_has_none():
    assert phrases.figure(D("420.50")) == D("420.50")
    assert phrases.figure("") == phrases.figure(" ") == ""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("健全", "「健全」里没有数"),
        ("10-20座", "「10-20座」里不止一个数"),
        ("3个,8公里", "「3个,8公里」里不止一个数"),
    ],
)
def test_a_text_without_one_figure_is_refused(text, fault):
    with pytest.raises(ValueError, match=fault):
        phrases.figure(text)


ONE = ["figure", "upper_amount", "chinese", "year", "month", "quarter", "long_date", "chinese_date"]
TWO = ["change", "completion", "share"]


@pytest.mark.parametrize("name", ONE)
def test_a_missing_value_makes_no_words(name):
    assert FILTERS[name](None) == ""
    assert FILTERS[name](ToFill()) == "【待填】"


@pytest.mark.parametrize("name", TWO)
def test_a_missing_figure_makes_no_phrase(name):
    assert FILTERS[name](None, D(1)) == FILTERS[name](D(1), None) == ""
    for due in [(ToFill(), D(1)), (D(1), ToFill()), (ToFill(), None), (None, ToFill())]:
        assert FILTERS[name](*due) == "【待填】"
    assert isinstance(FILTERS[name](D(1), ToFill()), ToFill)


def test_a_list_that_is_due_is_not_counted():
    assert phrases.count_items(ToFill()) == "【待填】"


@pytest.mark.parametrize("value", ["5", True, [1]])
def test_what_is_no_figure_is_refused(value):
    with pytest.raises(TypeError, match="不是数"):
        phrases.share(value, D(7))


INDICATORS = [
    {"一级指标": SourcedText(name, Source("指标[*].一级指标", f"指标!A{row}")), "三级指标": third,
     "分值": Amount(D(score), Source("指标[*].分值", f"指标!C{row}"))}
    for row, (name, third, score) in enumerate(
        [("过程", "甲", 5), ("产出", "乙", 20), ("过程", "丙", 10)], 3
    )
]  # fmt: skip


def test_rows_are_grouped_in_the_order_of_the_table_and_keep_their_cells():
    made = FILTERS["groups"](INDICATORS, "一级指标")
    assert [(group.name, group.rows) for group in made] == [
        ("过程", [INDICATORS[0], INDICATORS[2]]),
        ("产出", [INDICATORS[1]]),
    ]
    assert made[0].name.source == Source("指标[*].一级指标", "指标!A3")
    assert made[0].rows[1]["分值"].source.cell == "指标!C5"
    assert FILTERS["groups"]([], "一级指标") == FILTERS["groups"](None, "一级指标") == []


def test_grouped_rows_fill_a_table_with_merged_cells(word):
    rows = word.render(
        [["{%tr for 甲 in 指标|groups('一级指标') %}", "", ""],
         ["{%tr for 行 in 甲.rows %}", "", ""],
         ["{% vm %}{{ 甲.name }}({{ 甲.rows|sum(attribute='分值') }})",
          "{{ 行.三级指标 }}", "{{ 行.分值 }}"],
         ["{%tr endfor %}", "", ""], ["{%tr endfor %}", "", ""]],
        options={"filters": FILTERS}, 指标=INDICATORS,
    )[0]  # fmt: skip
    assert [row[0] for row in rows] == ["过程(15)", "", "产出(20)"]
    assert [row[1:] for row in rows] == [["甲", "5"], ["丙", "10"], ["乙", "20"]]


def test_rows_can_be_chosen_by_a_column(word):
    assert word.render(
        "{{ 指标|selectattr('一级指标', 'equalto', 名)|map(attribute='三级指标')|join('、') }}",
        options={"filters": FILTERS}, 指标=INDICATORS, 名="过程",
    ) == ["甲、丙"]  # fmt: skip


def test_phrases_are_printed_by_a_template(word):
    assert word.render(
        "支出{{ 本年|change(上年, '上年') }}，{{ 本年|completion(年初预算, '年初预算') }}。",
        "{% for x in 措施 %}{{ loop.index|chinese }}是{{ x }}{% if not loop.last %}；{% endif %}"
        "{% endfor %}",
        options={"filters": FILTERS}, 本年=D("11.00"), 上年=D("10.00"), 年初预算=D("12.00"),
        措施=["加强学习", "严格审批"],
    ) == [
        "支出比上年增加1.00万元，增长10.0%，完成年初预算的91.67%。", "一是加强学习；二是严格审批",
    ]  # fmt: skip
