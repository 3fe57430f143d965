"""Sums and counts of the rows that have certain words in certain columns."""

from decimal import Decimal

from small import check_of, details, form_of, lines, money, rule, text

from workbook.form.field import Field

ROWS = [
    {"单位": "甲", "类": "产出", "金额": 30},
    {"单位": "甲", "类": "效益", "金额": 7.5},
    {"单位": "乙", "类": "产出", "金额": 20},
    {"单位": "甲", "类": "产出", "金额": 20},
]
TABLE = details(text("单位"), text("类"), money("金额"), row_name="类")


def computed(key: str, expression: str) -> Field:
    return Field(key=key, type="number", compute=expression)


def test_rows_must_have_every_word() -> None:
    form = form_of(
        computed("合计", "sum_where(明细.金额, 明细.单位, '甲', 明细.类, '产出')"),
        computed("行数", "count_where(明细.单位, '甲', 明细.类, '产出')"),
        computed("一列", "count_where(明细.类, '产出')"),
        tables=[TABLE],
    )
    found = check_of(form, [], ROWS).values.fields
    assert [found[key].value for key in ("合计", "行数", "一列")] == [50, 2, 3]


def test_the_words_are_said_one_after_another() -> None:
    form = form_of(money("总"), tables=[TABLE])
    claim = "总 == sum_where(明细.金额, 明细.单位, '甲', 明细.类, '产出')"
    assert lines(check_of(form, [rule("总数", claim)], ROWS, 总=40)) == [
        "表!C5 总:40.00 ≠ 明细里单位为“甲”、类为“产出”的金额合计 = 50.00,差 10.00。"
        "请逐项核对以上各数"
    ]


def test_a_rule_on_each_row_points_at_the_row_that_breaks_it() -> None:
    form = form_of(tables=[TABLE])
    once = rule(
        "只一次", "count_where(明细.类, 类) == 1", each="明细", message="不止一次", advice="请改"
    )
    assert lines(check_of(form, [once], ROWS[1:])) == [
        "表!C7 明细「产出」类:不止一次。请改",
        "表!C8 明细「产出」类:不止一次。请改",
    ]


def test_a_computed_figure_without_declared_decimals_has_no_superfluous_zeros() -> None:
    form = form_of(computed("半", "15 / 2"), computed("整", "180 / 2"), tables=[TABLE])
    found = check_of(form, [], ROWS).values.fields
    assert [str(found[key].value) for key in ("半", "整")] == ["7.5", "90"]
    assert isinstance(found["半"].value, Decimal)
