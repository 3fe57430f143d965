"""What a figure is the sum of: by the form's rules, or by the figures beside it."""

import pytest
from small import form_of, money, rule, rules_of

from workbook.rules.addends import addends_of, figures_beside


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("基本支出", ["人员经费", "公用经费"]),
        ("支出合计", ["基本支出", "项目支出", "其他各项支出"]),
        ("三公经费", ["因公出国费", "公务用车费", "公务接待费"]),
        ("项目支出", ["项目.金额"]),
        (
            "总额_年初预算数",
            [f"{fund}_年初预算数" for fund in ("公共预算", "基金", "国资", "专户", "其他资金")],
        ),
        (
            "三公_本年预算数",
            ["公车_本年预算数", "出国_本年预算数", "接待_本年预算数"],
        ),  # by compute
        ("专项_上年决算数", ["项目.上年决算数"]),
    ],
)
def test_a_field_is_the_sum_that_a_rule_or_its_own_expression_says(department, key, parts):
    assert [leaf.key for leaf in addends_of(key, department.rules)] == parts


@pytest.mark.parametrize("key", ["人员经费", "供养_控制率", "执行得分", "年度", "成文日期"])
def test_what_is_no_plain_sum_has_no_parts(department, key):
    assert addends_of(key, department.rules) == ()


@pytest.mark.parametrize(("applies", "parts"), [(True, ["乙", "丙"]), (False, ["丁", "乙"])])
def test_only_a_rule_with_a_condition_is_asked_whether_it_applies(applies, parts):
    form = form_of(*(money(key) for key in "甲乙丙丁"))
    specs = rule("一", "甲 == 乙 + 丙", when="丁 > 0"), rule("二", "甲 == 丁 + 乙")
    asked = []

    def asking(one):
        asked.append(one.spec.id)
        return applies

    found = addends_of("甲", rules_of(form, *specs), asking)
    assert ([leaf.key for leaf in found], asked) == (parts, ["一"])


def column(*values):
    return [[value] for value in values]


@pytest.mark.parametrize(
    ("rows", "total", "found"),
    [
        # above, up to words and to a blank
        (column("金额", 1, 2, 3), (3, 0), [(1, 0), (2, 0)]),
        (column(9, None, 1, 2, 3), (4, 0), [(2, 0), (3, 0)]),
        # left
        ([["甲", 1, 2, 3]], (0, 3), [(0, 1), (0, 2)]),
        # both: what ties, else what is nearest, else above
        ([["", "", 5], ["", "", 6], [1, 2, 3]], (2, 2), [(2, 0), (2, 1)]),
        ([["", "", 1], ["", "", 2], [5, 6, 3]], (2, 2), [(0, 2), (1, 2)]),
        ([["", "", 5], ["", "", 6], [1, 3, 3]], (2, 2), [(2, 0), (2, 1)]),
        ([["", "", 2], ["", "", 2], [2, 2, 3]], (2, 2), [(0, 2), (1, 2)]),
        # a year is a heading
        (column(2023, 1.5, 2.5, 4), (3, 0), [(1, 0), (2, 0)]),
        # subtotals stand for what they add up
        (column(10, 20, 30, 4, 1, 5, 35), (6, 0), [(2, 0), (5, 0)]),
        (column(10, 20, 30, 5, 35), (4, 0), [(2, 0), (3, 0)]),
        # the total in front of its parts, as Chinese tables often have it
        (column("合计", 3, 1, 2, None), (1, 0), [(2, 0), (3, 0)]),
        (column("合计", 4, 1, 2, None), (1, 0), [(2, 0), (3, 0)]),
        # an error takes part, so that it is named
        (column(1, "#N/A", 3), (2, 0), [(0, 0), (1, 0)]),
        # and counts for nothing, so that the column misses by 1 and the row by less
        ([["", "", 2], ["", "", "#N/A"], [1, 1.25, 3]], (2, 2), [(2, 0), (2, 1)]),
        ([["", "", 2.5], ["", "", "#N/A"], [1, 1.25, 3]], (2, 2), [(0, 2), (1, 2)]),
        # no sum: one figure, words, truth values
        (column(1, 3), (1, 0), []),
        (column("甲", True, "乙", 3), (3, 0), []),
    ],
)
def test_the_figures_beside_a_total(rows, total, found):
    assert list(figures_beside(rows, *total)) == found
