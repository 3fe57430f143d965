"""Findings on computed figures: the typed cells behind them are named, and consequences folded."""

from collections.abc import Sequence
from decimal import Decimal

from small import Typed, check_of, details, form_of, lines, money, rule, text

from workbook.checking.check import Checked
from workbook.findings.model import flattened

SUMS = form_of(
    money("总额"),
    money("办公"),
    money("差旅", required=False, empty="zero"),
    money("公用", compute="办公 + 差旅"),
    money("支出", compute="公用 + sum(明细.金额)"),
    tables=[
        details(
            text("名称"),
            money("拨款"),
            money("自筹", required=False, empty="zero"),
            money("金额", compute="拨款 + 自筹"),
            row_name="名称",
        )
    ],
)
ROWS: list[dict[str, Typed]] = [
    {"名称": "甲", "拨款": Decimal("12.34")},
    {"名称": "乙", "拨款": 20, "自筹": 5},
]


def parts(checked: Checked) -> list[list[str]]:
    return [[part.label for part in one.parts] for one in checked.findings]


def test_a_finding_names_the_typed_cells_behind_each_computed_figure() -> None:
    checked = check_of(SUMS, [rule("总额", "总额 == 支出")], ROWS, 总额=50, 办公=8, 差旅=1)
    assert parts(checked) == [
        [
            "总额",
            "支出",
            "公用",
            "明细「甲」金额",
            "明细「乙」金额",
            "办公",
            "差旅",
            "明细「甲」拨款",
            "明细「乙」拨款",
            "明细「乙」自筹",  # that of 甲 is blank
        ]
    ]


def test_a_columns_cells_may_come_from_a_single_one() -> None:
    form = form_of(
        money("总额"),
        money("比"),
        tables=[
            details(
                text("名称"), money("拨款"), money("金额", compute="拨款 * 比"), row_name="名称"
            )
        ],
    )
    specs = [rule("总额", "总额 == sum(明细.金额)")]
    checked = check_of(
        form, specs, ({"名称": "甲", "拨款": 3}, {"名称": "乙", "拨款": 4}), 总额=9, 比=2
    )
    assert parts(checked) == [
        ["总额", "明细「甲」金额", "明细「乙」金额", "明细「甲」拨款", "明细「乙」拨款", "比"]
    ]


def test_the_likely_slip_is_looked_for_in_the_typed_cells() -> None:
    checked = check_of(SUMS, [rule("总额", "总额 == 支出")], ROWS, 总额="55.24", 办公=8, 差旅=1)
    assert lines(checked) == [
        "表!C5 总额:55.24 ≠ 支出 46.34,差 8.90。请核对这两个数",
    ]
    swapped = [ROWS[0] | {"拨款": Decimal("12.43")}, ROWS[1]]
    checked = check_of(SUMS, [rule("总额", "总额 == 支出")], swapped, 总额="46.34", 办公=8, 差旅=1)
    assert lines(checked) == [
        "表!C5 总额:46.34 ≠ 支出 46.43,差 0.09。"
        "「总额」(表!C5)若是 46.43 就相符,可能有两位数字颠倒。"
        "「明细「甲」拨款」(表!C14)若是 12.34 就相符,可能有两位数字颠倒。请核对这两个数"
    ]


def test_a_row_names_only_its_own_cells() -> None:
    specs = [rule("不超", "金额 <= 20", each="明细")]
    checked = check_of(SUMS, specs, ROWS, 总额=50, 办公=8)
    assert parts(checked) == [["明细「乙」金额", "明细「乙」拨款", "明细「乙」自筹"]]


def test_of_rows_picked_by_a_word_only_those_are_named() -> None:
    form = form_of(
        money("甲数"), tables=[details(text("名称"), money("金额"), row_name="名称", rows=4)]
    )
    rows = [{"名称": name, "金额": n} for n, name in enumerate("甲乙甲", start=1)]
    picked = rule("甲数", 'sum_where(明细.金额, 明细.名称, "甲") == 甲数')
    checked = check_of(form, [picked], rows, 甲数=9)
    assert parts(checked) == [["明细「甲」金额", "明细「甲」金额", "甲数"]]
    whole = rule("甲数", 'sum(明细.金额) - sum_where(明细.金额, 明细.名称, "甲") == 甲数')
    checked = check_of(form, [whole], rows, 甲数=9)
    assert [len(found) for found in parts(checked)] == [4]


def test_a_slip_in_a_row_folds_what_follows_in_the_sums() -> None:
    specs = [
        rule("合计", "总额 == sum(明细.金额)"),
        rule("各行", "金额 == 拨款 * 2", each="明细"),
        rule("上限", "金额 <= 30", each="明细", severity="warning"),
    ]
    form = form_of(
        money("总额"), tables=[details(text("名称"), money("拨款"), money("金额"), row_name="名称")]
    )
    rows: Sequence[dict[str, Typed]] = [
        {"名称": "甲", "拨款": 10, "金额": 20},
        {"名称": "乙", "拨款": 12, "金额": 42},
    ]
    assert lines(check_of(form, specs, rows, 总额=44)) == [
        "表!D11 明细「乙」金额:42.00 ≠ 拨款 12.00 × 2 = 24.00,差 18.00。"
        "「明细「乙」金额」(表!D11)若是 24.00 就相符,可能有两位数字颠倒。"
        "「明细「乙」拨款」(表!C11)若是 21.00 就相符,可能有两位数字颠倒。请核对这两个数",
        "  表!C5 总额:44.00 ≠ 明细 2 行金额合计 = 62.00,差 18.00。"
        "「明细「甲」金额」(表!D10)若是 2.00 就相符,小数点可能错位。"
        "「明细「乙」金额」(表!D11)若是 24.00 就相符,可能有两位数字颠倒。请核对这三个数",
        "  表!D11 明细「乙」金额:42.00 > 30,差 12.00。请核对这个数",
    ]


def test_a_rounding_difference_of_a_total_folds_those_that_follow_from_it() -> None:
    form = form_of(money("总"), money("甲"), money("乙"), money("合", compute="总 + 0"))
    specs = [
        rule("总", "总 == 甲 + 乙", tolerance="rounding"),
        rule("合", "合 == 甲 + 乙", tolerance="rounding"),
    ]
    found = check_of(form, specs, 总="3.01", 甲=1, 乙=2).findings
    assert [(one.rule, [c.rule for c in one.consequences]) for one in found] == [("总", ["合"])]
    assert {one.severity.word for one in flattened(found)} == {"提示"}


def test_a_rule_that_fails_on_many_rows_explains_no_sum() -> None:
    form = form_of(money("总额"), tables=[details(money("拨款"), money("金额"), rows=20)])
    specs = [
        rule("各行", "金额 == 拨款", each="明细"),
        rule("合计", "总额 == sum(明细.金额)"),
    ]
    rows = [{"拨款": 1, "金额": 1 + (n < 12)} for n in range(20)]
    found = check_of(form, specs, rows, 总额=31).findings
    assert [(one.rule, one.label) for one in found] == [
        ("各行", "明细第 1 行 金额等 12 处"),
        ("合计", "总额"),
    ]
    assert {len(one.consequences) for one in found} == {0}
