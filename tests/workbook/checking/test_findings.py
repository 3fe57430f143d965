"""What is said of rules that do not tie: the figures, the likely slip, the root of it all."""

import gc
import time
from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace
from small import check_of, details, form_of, lines, money, rule, rules_of, snapshot_of, text

from workbook.checking.check import check
from workbook.checking.kinds import Kind
from workbook.findings.model import flattened
from workbook.form.field import Field
from workbook.form.table import GivenRow
from workbook.rules.judge import Verdict
from workbook.rules.model import RuleSet
from workbook.rules.wording import claim_words

BASIC = form_of(money("基本支出"), money("人员经费"), money("公用经费"))
SUM = rule("基本支出构成", "基本支出 == 人员经费 + 公用经费", source="决算编审说明")
ROUNDED = rule("基本支出构成", "基本支出 == 人员经费 + 公用经费", tolerance="rounding")


def test_a_total_that_does_not_tie_points_at_its_cell_and_names_every_addend() -> None:
    checked = check_of(BASIC, [SUM], 基本支出=195.49, 人员经费=171.74, 公用经费=23.2)
    (finding,) = checked.findings
    assert str(finding) == (
        "表!C5 基本支出:195.49 ≠ 人员经费 171.74 + 公用经费 23.20 = 194.94,差 0.55。请核对这三个数"
    )
    assert [(part.label, str(part.place), part.value) for part in finding.parts] == [
        ("基本支出", "表!C5", Decimal("195.49")),
        ("人员经费", "表!C6", Decimal("171.74")),
        ("公用经费", "表!C7", Decimal("23.20")),
    ]
    assert (finding.found, finding.expected, finding.difference, finding.source) == (
        "195.49",
        "194.94",
        Decimal("0.55"),
        "决算编审说明",
    )


def test_the_total_may_stand_on_either_side() -> None:
    specs = [rule("反写", "人员经费 + 公用经费 == 基本支出")]
    assert lines(check_of(BASIC, specs, 基本支出=5, 人员经费=1.5, 公用经费=2)) == [
        "表!C5 基本支出:5.00 ≠ 人员经费 1.50 + 公用经费 2.00 = 3.50,差 1.50。"
        "差额正好是「人员经费」(表!C6)的 1.50,合计里可能把这一项加了两次。请核对这三个数"
    ]


@pytest.mark.parametrize(
    ("figures", "cause"),
    [
        ((100, 100, 20), "差额正好是「公用经费」(表!C7)的 20.00,合计里可能漏了这一项"),
        ((140, 100, 20), "差额正好是「公用经费」(表!C7)的 20.00,合计里可能把这一项加了两次"),
        ((80, 100, 20), "差额正好是「公用经费」(表!C7)的两倍,正负号可能填反"),
        ((195.49, 171.74, 23.57), "「公用经费」(表!C7)若是 23.75 就相符,可能有两位数字颠倒"),
        ((194.59, 171.74, 23.75), "「基本支出」(表!C5)若是 195.49 就相符,可能有两位数字颠倒"),
        (
            (195.49, 1717400, 23.75),
            "「人员经费」(表!C6)若是 171.74 就相符,可能按元填了(这里的单位不是元)",
        ),
        (
            (1954900, 171.74, 23.75),
            "「基本支出」(表!C5)若是 195.49 就相符,可能按元填了(这里的单位不是元)",
        ),
        (
            (1740, 1717, 0.0023),
            "「公用经费」(表!C7)若是 23.00 就相符,可能多除了一次 10000(元和万元相混)",
        ),
        ((195.49, 17.174, 23.75), "「人员经费」(表!C6)若是 171.74 就相符,小数点可能错位"),
        ((1954.9, 171.74, 23.75), "「基本支出」(表!C5)若是 195.49 就相符,小数点可能错位"),
        ((195.49, 195.49, 0.01), "差额正好是「公用经费」(表!C7)的 0.01,合计里可能漏了这一项"),
    ],
)
def test_arithmetic_shows_the_likely_slip(figures: tuple[float, ...], cause: str) -> None:
    total, staff, running = figures
    checked = check_of(BASIC, [SUM], 基本支出=total, 人员经费=staff, 公用经费=running)
    (finding,) = (one for one in checked.findings if one.rule)
    assert finding.causes == (cause,)


def test_no_cause_is_made_up_where_arithmetic_shows_none() -> None:
    for total, staff, running in (
        (195.49, 171.74, 23.2),
        (100, 81.11, 0.98),  # 17.91, which 9 divides, but no two digits exchanged make it
        (195.49, 171.74, 0.9),
    ):
        checked = check_of(BASIC, [SUM], 基本支出=total, 人员经费=staff, 公用经费=running)
        assert checked.findings[0].causes == ()


def test_of_many_possible_slips_the_three_most_telling_are_named() -> None:
    form = form_of(money("总"), *(money(key) for key in "甲乙丙丁"))
    specs = [rule("构成", "总 == 甲 + 乙 + 丙 + 丁")]
    checked = check_of(form, specs, 总=30, 甲=10, 乙=10, 丙=10, 丁=10)
    assert checked.findings[0].causes == tuple(
        f"差额正好是「{key}」(表!C{row})的 10.00,合计里可能漏了这一项"
        for key, row in (("甲", 6), ("乙", 7), ("丙", 8))
    )


def test_a_slip_in_a_row_of_a_table_is_named_with_its_row() -> None:
    form = form_of(
        money("项目支出"), tables=[details(text("名称"), money("金额"), row_name="名称")]
    )
    rows = [{"名称": name, "金额": amount} for name, amount in (("甲", 4.68), ("乙", 5.1))]
    checked = check_of(form, [rule("明细", "项目支出 == sum(明细.金额)")], rows, 项目支出=9.69)
    assert lines(checked) == [
        "表!C5 项目支出:9.69 ≠ 明细 2 行金额合计 = 9.78,差 0.09。"
        "「明细「乙」金额」(表!C11)若是 5.01 就相符,可能有两位数字颠倒。请核对这三个数"
    ]


def test_a_thousand_rows_that_do_not_tie_are_told_at_once() -> None:
    form = form_of(money("总"), tables=[details(money("金额"), rows=1000)])
    rows = [{"金额": 1 + number / 100} for number in range(1000)]
    start = time.perf_counter()
    checked = check_of(form, [rule("合计", "总 == sum(明细.金额)")], rows, 总=5987)
    assert time.perf_counter() - start < 5
    assert checked.findings[0].causes == (
        "差额正好是「明细第 701 行 金额」(表!B710)的 8.00,合计里可能漏了这一项",
        "差额正好是「明细第 301 行 金额」(表!B310)的两倍,正负号可能填反",
    )


def test_of_many_rows_that_do_not_tie_the_first_alone_are_told_their_cause() -> None:
    columns = money("金额"), money("单价")
    form = form_of(money("总"), tables=[details(*columns, rows=300)])
    rows = [{"金额": 10 * (n + 1), "单价": n + 1} for n in range(300)]
    found = check_of(form, [rule("相等", "金额 == 单价", each="明细")], rows, 总=1).findings
    assert [len(one.causes) for one in found] == [*[2] * 100, *[0] * 200]
    assert str(found[0].place) == "表!B10"


def test_a_difference_inside_the_rounding_of_its_parts_is_a_hint_with_its_tolerance() -> None:
    checked = check_of(BASIC, [ROUNDED], 基本支出=10, 人员经费=5, 公用经费=5.01)
    assert [(one.code, one.severity, str(one)) for one in checked.findings] == [
        (
            "rule-rounding",
            "hint",
            "表!C5 基本支出:10.00 ≠ 人员经费 5.00 + 公用经费 5.01 = 10.01,差 0.01,"
            "在四舍五入允许的 0.015 以内(尾差)。可以保留;能按元核对的请核对",
        )
    ]
    assert checked.is_fit


def test_a_difference_beyond_the_rounding_of_its_parts_is_an_error() -> None:
    checked = check_of(BASIC, [ROUNDED], 基本支出=10, 人员经费=5, 公用经费=5.02)
    assert (lines(checked), checked.is_fit) == (
        ["表!C5 基本支出:10.00 ≠ 人员经费 5.00 + 公用经费 5.02 = 10.02,差 0.02。请核对这三个数"],
        False,
    )


def test_the_tolerance_grows_with_the_figures_that_are_filled_in() -> None:
    form = form_of(money("总"), tables=[details(money("金额"), text("备注", required=False))])
    specs = [rule("合计", "总 == sum(明细.金额)", tolerance="rounding")]
    rows = [{"金额": 1}] * 5
    (three, six) = (
        check_of(form, specs, rows[:count], 总=count + 0.02).findings[0] for count in (2, 5)
    )
    assert (three.code, six.code) == ("rule-fails", "rule-rounding")
    assert "允许的 0.030 以内" in six.what


def test_a_fixed_tolerance_is_printed_as_it_was_given() -> None:
    specs = [rule("近似", "基本支出 == 人员经费 + 公用经费", tolerance="0.5")]
    assert lines(check_of(BASIC, specs, 基本支出=10, 人员经费=5, 公用经费=5.5)) == [
        "表!C5 基本支出:10.00 ≠ 人员经费 5.00 + 公用经费 5.50 = 10.50,差 0.50,"
        "在四舍五入允许的 0.5 以内(尾差)。可以保留;能按元核对的请核对"
    ]


def test_without_a_tolerance_a_strict_inequality_that_just_fails_is_no_rounding() -> None:
    checked = check_of(
        BASIC, [rule("小于", "人员经费 < 公用经费")], 基本支出=1, 人员经费=2, 公用经费=2
    )
    assert lines(checked) == ["表!C6 人员经费:2.00 ≥ 公用经费 2.00,差 0。请核对这两个数"]


# the root first

TREE = form_of(
    money("收入"), money("支出"), money("基本"), money("人员"), money("公用"), money("项目")
)
INCOME = rule("收支", "收入 == 支出")
SPENDING = rule("支出构成", "支出 == 基本 + 项目")
BASE = rule("基本构成", "基本 == 人员 + 公用")


def test_a_total_that_fails_only_because_its_part_failed_is_folded_under_it() -> None:
    typed = {"收入": 30, "支出": 30, "基本": 21, "人员": 15, "公用": 5, "项目": 10}
    checked = check_of(TREE, [INCOME, SPENDING, BASE], **typed)
    assert lines(checked) == [
        "表!C7 基本:21.00 ≠ 人员 15.00 + 公用 5.00 = 20.00,差 1.00。请核对这三个数",
        "  表!C6 支出:30.00 ≠ 基本 21.00 + 项目 10.00 = 31.00,差 1.00。请核对这三个数",
    ]


def test_what_fails_on_its_own_account_stays_on_top() -> None:
    typed = {"收入": 30, "支出": 33, "基本": 21, "人员": 15, "公用": 5, "项目": 10}
    checked = check_of(TREE, [SPENDING, BASE], **typed)
    assert [line[:4] for line in lines(checked)] == ["表!C6", "表!C7"]


def test_a_total_that_is_right_once_its_part_is_mended_explains_nothing_further() -> None:
    typed = {"收入": 31, "支出": 30, "基本": 21, "人员": 15, "公用": 5, "项目": 10}
    assert lines(check_of(TREE, [INCOME, SPENDING, BASE], **typed)) == [
        "表!C5 收入:31.00 ≠ 支出 30.00,差 1.00。请核对这两个数",
        "表!C7 基本:21.00 ≠ 人员 15.00 + 公用 5.00 = 20.00,差 1.00。请核对这三个数",
        "  表!C6 支出:30.00 ≠ 基本 21.00 + 项目 10.00 = 31.00,差 1.00。请核对这三个数",
    ]


@pytest.mark.parametrize(
    "claims",
    [
        ["收入 == 支出", "支出 == 收入"],
        ["收入 == 支出", "支出 == 基本", "基本 == 收入"],
        ["收入 == 支出 + 0", "收入 == 支出 + 0 * 基本", "支出 == 收入"],
        ["收入 == 支出", "收入 == 支出", "收入 == 支出"],
    ],
)
def test_rules_that_explain_each_other_never_vanish(claims: list[str]) -> None:
    specs = [rule(f"规则{number}", claim) for number, claim in enumerate(claims)]
    typed = dict.fromkeys(("人员", "公用", "项目"), 1) | {"收入": 5, "支出": 7, "基本": 9}
    checked = check_of(TREE, specs, **typed)
    failing = {o.rule.spec.id for o in checked.outcomes if o.verdict is Verdict.FAILS}
    told = [one.rule for one in flattened(checked.findings)]
    assert sorted(told) == sorted(failing)
    assert checked.findings[0].rule == "规则0"


def test_a_warning_hides_no_error_that_it_would_explain() -> None:
    specs = [rule("提醒", "基本 == 人员 + 公用", severity="warning"), SPENDING]
    typed = {"收入": 30, "支出": 30, "基本": 21, "人员": 15, "公用": 5, "项目": 10}
    checked = check_of(TREE, specs, **typed)
    assert [(one.severity, one.rule, one.consequences) for one in checked.findings] == [
        ("error", "支出构成", ()),
        ("warning", "提醒", ()),
    ]
    assert not checked.is_fit


def test_errors_come_first_then_warnings_then_hints() -> None:
    specs = [
        rule("尾差", "收入 == 支出", tolerance="0.1"),
        rule("提醒", "人员 == 公用", severity="warning"),
        rule("错误", "基本 == 项目"),
    ]
    typed = {"收入": 3, "支出": 3.1, "人员": 2, "公用": 9, "基本": 2, "项目": 1.5}
    checked = check_of(TREE, specs, **typed)
    assert [one.severity for one in checked.findings] == ["error", "warning", "hint"]


# rules on each row

ROWS = form_of(
    money("总"),
    tables=[details(text("名称"), money("数值"), money("整体", required=False), row_name="名称")],
)
PART = rule("不超", "数值 <= 整体", each="明细")


def test_a_rule_on_each_row_points_at_the_row() -> None:
    rows = [
        {"名称": "甲", "数值": 1, "整体": 2},
        {},
        {"名称": "乙", "数值": 3, "整体": 2},
        {"名称": "丙", "数值": 3},
    ]
    checked = check_of(ROWS, [PART], rows, 总=0)
    assert lines(checked) == ["表!C12 明细「乙」数值:3.00 > 整体 2.00,差 1.00。请核对这两个数"]
    assert [outcome.verdict for outcome in checked.outcomes] == ["相符", "不符", "未填"]


def test_a_rule_on_each_row_may_read_a_single_field() -> None:
    specs = [rule("不超总", "数值 <= 总", each="明细")]
    assert lines(check_of(ROWS, specs, [{"名称": "甲", "数值": 3}], 总=2)) == [
        "表!C10 明细「甲」数值:3.00 > 总 2.00,差 1.00。请核对这两个数"
    ]


def test_a_rule_on_each_row_of_an_empty_table_says_nothing() -> None:
    checked = check_of(ROWS, [PART], 总=0)
    assert (checked.findings, checked.outcomes, checked.unchecked) == ((), (), ())


# what could not be checked

OPTIONAL = form_of(
    money("三公", required=False),
    money("出国", required=False),
    money("编制", required=False, empty="zero"),
)


def test_a_rule_that_waits_for_a_blank_is_told_apart_from_one_that_ties() -> None:
    specs = [rule("构成", "三公 == 出国"), rule("零", "编制 <= 三公")]
    checked = check_of(OPTIONAL, specs, 三公=1)
    assert (checked.findings, checked.unchecked) == ((), ("构成",))
    assert [outcome.verdict for outcome in checked.outcomes] == ["未填", "相符"]


def test_a_rule_that_waits_for_an_unreadable_cell_is_not_checked_either() -> None:
    checked = check_of(OPTIONAL, [rule("构成", "三公 == 出国")], 三公="不详", 出国=1)
    assert checked.unchecked == ("构成",)
    assert lines(checked) == ["表!C5 三公:「不详」不是数字。请只填数字,不确定的不要填文字说明"]


def test_a_blank_that_counts_as_nothing_is_shown_as_a_part_without_a_value() -> None:
    specs = [rule("构成", "三公 == 出国 + 编制")]
    (finding,) = check_of(OPTIONAL, specs, 三公=3, 出国=1).findings
    assert str(finding) == ("表!C5 三公:3.00 ≠ 出国 1.00 + 编制 0 = 1.00,差 2.00。请核对这三个数")
    assert [part.value for part in finding.parts] == [Decimal(3), Decimal(1), None]


def test_a_table_that_is_gone_is_not_summed_as_nothing() -> None:
    form = form_of(money("总"), tables=[details(money("金额"))])
    specs = [rule("合计", "总 == sum(明细.金额)"), rule("行数", "count(明细) >= 1")]
    snapshot = snapshot_of(form, {"总": 5})
    snapshot.tables.pop("明细")
    checked = check(snapshot, form, rules_of(form, *specs))
    assert [str(one) for one in checked.findings] == [
        "表「明细」不见了。请从备份恢复,或用新建的工作簿重填"
    ]
    assert [outcome.verdict for outcome in checked.outcomes] == ["非数值", "非数值"]


# the author's own words


@pytest.mark.parametrize(
    ("column", "given", "verdict"),
    [
        ("名称", False, Verdict.UNREADABLE),  # the formula that counts its rows is an error too
        ("金额", False, Verdict.UNREADABLE),
        ("备注", True, Verdict.TIES),  # rows that the form gives are not counted
        ("金额", True, Verdict.UNREADABLE),
    ],
)
def test_a_rule_on_a_table_with_an_error_in_it_is_judged_only_where_rows_are_given(
    column: str, given: bool, verdict: Verdict
) -> None:
    rows = (GivenRow(given={"名称": "甲"}),) if given else ()
    columns = (text("名称"), money("金额"), text("备注", required=False))
    form = form_of(money("总"), tables=[details(*columns, row_name="名称", row=rows)])
    snapshot = snapshot_of(form, {"总": 3}, [{"名称": "甲", "金额": 3}])
    (row,) = snapshot.tables["明细"].rows
    spoiled = {**row, column: replace(row[column], kind="error", value="#REF!")}
    table = replace(snapshot.tables["明细"], rows=(spoiled,))
    rules = rules_of(form, rule("合计", "总 == sum(明细.金额)"))
    checked = check(replace(snapshot, tables={"明细": table}), form, rules)
    assert [one.code for one in checked.findings if not one.rule] == ["error-cell"]
    assert [one.verdict for one in checked.outcomes] == [verdict]


def test_the_author_may_word_a_finding_and_what_to_do() -> None:
    spec = rule(
        "控制率",
        "三公 <= 出国",
        severity="warning",
        message="控制率 {{ round(三公 / 出国 * 100, 2) }}%,超过 100%",
        advice="如确有超编,请说明原因。",
    )
    assert lines(check_of(OPTIONAL, [spec], 三公=11, 出国=10)) == [
        "表!C5 三公:控制率 110.00%,超过 100%。如确有超编,请说明原因"
    ]


def test_a_message_shows_a_dash_for_what_is_blank_or_cannot_be_divided() -> None:
    spec = rule(
        "文字",
        "三公 > 5",
        message="{{ 三公 }},{{ 出国 }},{{ 编制 }},{{ 三公 / 编制 }},{{ 三公 - 出国 }}",
    )
    assert lines(check_of(OPTIONAL, [spec], 三公=1)) == ["表!C5 三公:1.00,—,0,—,—。请核对这个数"]


def test_an_endless_division_is_shown_to_nine_decimals() -> None:
    specs = [rule("比", "三公 / 出国 >= 0.75", message="")]
    assert lines(check_of(OPTIONAL, specs, 三公=1, 出国=3)) == [
        "表!C5 三公:三公 1.00 ÷ 出国 3.00 = 0.333333333 < 0.75,差 0.416666667。请核对这两个数"
    ]


def test_a_claim_that_is_no_equation_is_told_in_words_with_its_figures() -> None:
    form = form_of(
        Field(key="年度", type="year"), Field(key="日期", type="date"), text("名单"), money("数")
    )
    specs = [
        rule("年份", "year(日期) == 年度 or year(日期) == 年度 + 1"),
        rule("名单", "名单 == '甲' and not 数 > 5"),
        rule("范围", "0 <= 数 <= 5"),
    ]
    checked = check_of(form, specs, 年度=2022, 日期=date(2021, 3, 5), 名单="乙", 数=7)
    assert lines(checked) == [
        "表!C6 日期:不满足“日期的年份 = 年度 或 日期的年份 = 年度 + 1”(日期 2021-3-5,年度 2022)。"
        "请核对这两个数",
        "表!C7 名单:不满足“名单 = “甲” 且 不是(数 > 5)”(名单 乙,数 7.00)。请核对这两个数",
        "表!C8 数:不满足“0 ≤ 数,数 ≤ 5”(数 7.00)。请核对这个数",
    ]


def test_each_construct_of_the_language_reads_as_a_sentence(language: Kind) -> None:
    assert {rule.spec.id: claim_words(rule) for rule in language.rules.rules} == {
        "相等": "甲 = 乙 + 零",
        "不等": "甲 ≠ 乙",
        "小于": "甲 < 乙",
        "不小于": "甲 ≥ 乙 - 零",
        "大于零": "0 < 照录",
        "连比": "0 ≤ 零,零 ≤ 乙,乙 < 甲 + 0.01",
        "固定允许差": "甲 = 乙 + 略",
        "推算允许差": "甲 = 乙 - 零 × 0.5 + 略 - 3",
        "推算上限": "甲 + 略 ≤ 乙 × 2 - (零 - 负零)",
        "负号": "-(甲 - 乙) = 零 - -负零",
        "括号": "甲 - (乙 - 零) = (甲 + 零) × (1 - 0.5) × 2 - 乙 ÷ 2 × 2 + 负零",
        "除法": "甲 ÷ 照录 ≥ 0.75",
        "连除": "甲 ÷ (乙 ÷ 照录) = 零",
        "舍入": "甲 ÷ 照录 × 100(保留 1 位小数) = 略",
        "舍入到整": "甲 × 0.5(保留 0 位小数) = 乙 ÷ 2(保留 0 位小数)",
        "取整": "((甲 - 乙) ÷ 0.5)向下取整 = (-零 ÷ 照录)向下取整 + 2",
        "绝对值": "(甲 - 乙)的绝对值 ≤ 0.015",
        "最大最小": "最大值(甲、乙、零、负零) - 最小值(甲、零、负零) = "
        "最大值(乙) + 最小值(略、照录)",
        "如果": "零 = 甲(甲 > 乙 时,否则为 乙 - 甲)",
        "如果判断": "甲 > 乙(状态 = “已办” 时,否则为 甲 < 乙)",
        "而且": "甲 > 0 且 乙 > 0 且 不是(零 > 1.5)",
        "或者": "甲 = 乙 或 零 ÷ 照录 > 0.5 或 个数 = 0",
        "文字相同": "名单(甲 ≥ 乙 时,否则为 别名) = 别名 或 状态 = “未填”",
        "文字不同": '名单 ≠ “甲、"乙"”',
        "列举个数": "个数 = 名单所列个数",
        "日期先后": "起日 ≤ 止日",
        "日期年份": "起日的年份 = 年度 或 止日的年份 = 年度 + 1",
        "有条件": "甲 = 零",
        "列合计": "甲 = 明细各行金额合计",
        "列合计相减": "明细各行金额合计 - 明细各行折扣合计 × 2 - 0.5 = 乙",
        "可空的列": "明细各行占比合计 ≤ 100",
        "行数": "个数 = 明细行数 + 附表行数",
        "只有行数": "明细行数 ≥ 2",
        "附表合计": "附表各行金额合计 = 零",
        "行占比": "占比 = 金额 ÷ 甲 × 100(保留 1 位小数)",
        "行相等": "金额 = 数量 × 1.5 - 折扣",
        "行状态": "状态 = “未填” 或 名称 = 名单",
        "行最小": "最小值(折扣、金额) ≤ 最大值(零、数量、0.01)",
        "合计相等": "合计 = 甲 + 乙 + 负零",
        "比率上限": "比率 ≤ 100",
        "比率若有": "比率不适用 或 甲 > 0.5",
        "填了止日": "止日已填 且 止日 ≥ 起日 或 甲 > 1",
        "略可不填": "略 > 0(略已填 时,否则为 甲 > 0)",
        "总和允许差": "(合计 + 比率 + 正数) - 明细各行小计合计 × 2 ≥ 甲",
        "评语相同": "评语 = 别名 或 评语否 = “高”",
        "评语有无": "甲 > 0(评语不适用 时,否则为 评语 ≠ “高”)",
        "最小总分": "最小值(总分、产出分) ≥ 4",
        "三公增减": "三公经费合计增减 ≤ 30",
        "三公不超": "三公经费合计本年 ≤ 甲 + 三公经费合计上年 + 批次本年",
        "无值": "甲(甲 > 0 时,否则为 不适用) ≤ 乙",
        "行份额": "份额 ≤ 50 且 小计 ≤ 明细各行小计合计 ÷ 2",
        "行单价": "单价不适用 或 单价 × 数量 = 小计",
        "给定行": "得分 ≤ 分值 × 0.5",
        "分类小计": "明细里档次为“大”的小计合计 > 明细里名称为“甲”的行数",
    }


def test_a_rule_over_an_empty_table_has_no_cell_to_point_at() -> None:
    form = form_of(tables=[details(money("金额"))])
    specs = [rule("合计", "sum(明细.金额) >= 10"), rule("行数", "count(明细) >= 2")]
    assert lines(check_of(form, specs)) == [
        "明细:明细 0 行金额合计 = 0 < 10,差 10.00。请逐项核对以上各数",
        "明细:明细行数 = 0 < 2,差 2。请逐项核对以上各数",
    ]


def test_a_form_without_rules_has_nothing_to_tie() -> None:
    checked = check(
        snapshot_of(BASIC, {"基本支出": 1, "人员经费": 2, "公用经费": 3}), BASIC, RuleSet(())
    )
    assert (checked.findings, checked.is_fit) == ((), True)


def test_an_absurd_figure_is_judged_all_the_same() -> None:
    checked = check_of(BASIC, [SUM], 基本支出=1e300, 人员经费=1e300, 公用经费=1e-300)
    assert [one.code for one in checked.findings] == ["too-long", "too-long", "too-many-decimals"]


def test_a_check_leaves_the_collector_as_it_was() -> None:
    for is_on in (True, False):
        (gc.enable if is_on else gc.disable)()
        try:
            check_of(BASIC, [SUM], 基本支出=1, 人员经费=1, 公用经费=0)
            assert gc.isenabled() is is_on
        finally:
            gc.enable()
