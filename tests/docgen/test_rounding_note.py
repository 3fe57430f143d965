"""The note on 尾差: printed where printed parts miss their printed total, and only there."""

from decimal import Decimal

import pytest
from small import check_of, details, form_of, money, rule, rules_of, text

from docgen.report.rounding_note import rounding_note
from workbook.catalogue.reports import ROUNDED
from workbook.form.field import Field

SENTENCE = ROUNDED.zh
YUAN = {
    "type": "number",
    "unit": "元",
    "decimals": 2,
    "printed_unit": "万元",
    "printed_decimals": 2,
}


def yuan(key, **options):
    return Field(key=key, **YUAN, **options)


def note(form, specs=(), rows=(), **typed):
    return rounding_note(check_of(form, specs, rows, **typed).values, rules_of(form, *specs))


SUM = yuan("总", compute="甲 + 乙")


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (50049, 20049, SENTENCE),  # 5.00 + 2.00, printed total 7.01
        (50050, 20050, SENTENCE),  # 5.01 + 2.01, printed total 7.01
        (50000, 20000, ""),
        (50049, 20000, ""),
        (0, 0, ""),
        (None, 20000, ""),
    ],
)
def test_a_computed_sum_typed_in_yuan(first, second, said):
    assert note(form_of(yuan("甲"), yuan("乙"), SUM), 甲=first, 乙=second) == said


def test_a_total_of_a_column():
    form = form_of(
        yuan("总", compute="sum(明细.金额)"), tables=[details(text("名称"), yuan("金额"))]
    )
    rows = [{"名称": name, "金额": 10049} for name in "甲乙"]
    assert note(form, (), rows) == SENTENCE
    assert note(form, (), rows[:1]) == ""


def test_a_sum_on_each_row():
    table = details(text("名称"), yuan("甲"), yuan("乙"), yuan("总", compute="total(甲, 乙)"))
    rows = [{"名称": "一", "甲": 10000, "乙": 20000}, {"名称": "二", "甲": 10049, "乙": 10049}]
    assert note(form_of(tables=[table]), (), rows) == SENTENCE
    assert note(form_of(tables=[table]), (), rows[:1]) == ""


def test_a_rule_whose_total_is_typed():
    form = form_of(money("总"), money("甲"), money("乙"))
    ties = [rule("构成", "总 == 甲 + 乙", tolerance="rounding")]
    assert note(form, ties, 总=3.01, 甲=1, 乙=2) == SENTENCE
    assert note(form, ties, 总=3, 甲=1, 乙=2) == ""


def test_a_difference_that_rounding_cannot_explain_is_no_rounding():
    form = form_of(money("总"), money("甲"), money("乙"))
    assert note(form, [rule("构成", "总 == 甲 + 乙")], 总=4, 甲=1, 乙=2) == ""


def test_what_is_no_plain_sum_is_passed_over():
    form = form_of(yuan("甲"), yuan("乙"), yuan("差", compute="甲 - 乙"))
    assert note(form, 甲=Decimal("20049.99"), 乙=Decimal("10049.99")) == ""
