"""A faulty rule is its author's to mend, said before any data is seen."""

import pytest
from small import check_of, details, form_of, money, rule, rule_faults, rules_of, text

from workbook.form.field import Field
from workbook.rules.model import RuleSpec

FORM = form_of(
    money("甲"),
    money("乙"),
    text("名"),
    Field(key="日", type="date"),
    Field(key="个", type="integer"),
    tables=[
        details(text("名称"), money("金额"), Field(key="日期", type="date")),
        details(text("名称"), key="附表"),
    ],
)
KNOWN = (
    "sum、sum_where、count_where、total、given、absent、"
    "count、round、abs、min、max、count_items、floor、year、"
    "text_where、figure_where、ends_with、before_end、above"
)


@pytest.mark.parametrize(
    ("claim", "fault"),
    [
        # names
        ("丙 == 甲", "表单里没有「丙」"),
        ("总表.金额 == 甲", "表单里没有表「总表」"),
        ("sum(明细.名称) == 甲", "这里要一列数,写的却是一列文字"),
        ("sum(明细.没有) == 甲", "表「明细」没有数字或文字列「没有」"),
        ("甲.乙 == 1", "表单里没有表「甲」"),
        # types
        ("甲", "「甲」要是一个能判断对错的式子,如 甲 == 乙 + 丙"),
        ("甲 + 乙", "「甲 + 乙」要是一个能判断对错的式子,如 甲 == 乙 + 丙"),
        ("甲 == 名", "这里要数,写的却是文字"),
        ("名 + 甲 == 1", "这里要数,写的却是文字"),
        ("名 < '乙'", "文字只能比较相同(==)或不同(!=)"),
        ("日 == 2022", "这里要日期,写的却是数"),
        ("sum(甲) == 1", "这里要一列数,写的却是数"),
        ("count(甲) == 1", "这里要表,写的却是数"),
        ("明细 == 1", "只有数、文字和日期能比较"),
        ("明细.金额 == 1", "只有数、文字和日期能比较"),
        ("甲 and 乙 == 1", "这里要判断,写的却是数"),
        ("not 甲", "这里要判断,写的却是数"),
        ("甲 == (乙 if 甲 else 1)", "这里要判断,写的却是数"),
        ("甲 == (乙 if 甲 > 1)", "if 后面要有 else"),
        ("甲 == (乙 if 甲 > 1 else 名)", "这里要数,写的却是文字"),
        ("甲 > 1 if 乙 > 1 else 乙", "这里要判断,写的却是数"),
        # functions
        ("len(名) == 1", f"没有函数「len」,可用的有:{KNOWN}"),
        ("名.upper() == '甲'", f"没有函数「」,可用的有:{KNOWN}"),
        ("abs(甲, 乙) == 1", "函数「abs」要 1 个参数"),
        ("min() == 1", "函数「min」要 1 个参数"),
        ("max(甲, 名) == 1", "这里要数,写的却是文字"),
        ("sum_where(明细.金额, 明细.名称) == 1", "函数「sum_where」要 3 个参数"),
        (
            "sum_where(明细.金额, 明细.名称, 名, 明细.名称) == 1",
            "函数「sum_where」要 3 个参数",
        ),
        (
            "sum_where(明细.金额, 附表.名称, 名) == 1",
            "函数「sum_where」里的几列要在同一张表里",
        ),
        ("round(甲) == 1", "函数「round」要 2 个参数"),
        ("round(甲, 乙) == 1", "round 的位数要直接写 0 到 9 的整数"),
        ("round(甲, 10) == 1", "round 的位数要直接写 0 到 9 的整数"),
        ("round(甲, -1) == 1", "round 的位数要直接写 0 到 9 的整数"),
        ("round(甲, number=1) == 1", f"没有函数「round」,可用的有:{KNOWN}"),
        ("decimal(甲) == 1", f"没有函数「decimal」,可用的有:{KNOWN}"),
        ("decimal('x') == 1", f"没有函数「decimal」,可用的有:{KNOWN}"),
        ("decimal(none) == 1", f"没有函数「decimal」,可用的有:{KNOWN}"),
        ("decimal() == 甲", f"没有函数「decimal」,可用的有:{KNOWN}"),
        ("decimal('1', 甲) == 甲", f"没有函数「decimal」,可用的有:{KNOWN}"),
        ("decimal('1', 小=甲) == 甲", f"没有函数「decimal」,可用的有:{KNOWN}"),
        # what is too long, too deep, or no figure that a cell can hold
        ("甲 < 1e400", "有一个数太大:Excel 只认 15 位数字"),
        ("甲 < 1e308", "「1e+308」这个数太长:Excel 只认 15 位数字"),
        ("甲 > 0.0000000000000001", "「1e-16」这个数太长:Excel 只认 15 位数字"),
        ("甲 == 1234567890123456", "「1234567890123456」这个数太长:Excel 只认 15 位数字"),
        (f"甲 == {'9' * 5000}", "「甲 == 999999999999999…」里有一个数太长"),
        (f"甲 == {'甲 + ' * 2500}甲", "「甲 == 甲 + 甲 + 甲 + 甲 +…」有 10006 个字,最多 8192 个"),
        # what is no part of the language
        ("true", "不能用 true、false"),
        ("甲 == none", "这里要数,写的却是none"),
        ("甲 is defined", "不能用这种写法(Test)"),
        ("甲|abs == 1", "不能用这种写法(Filter)"),
        ("甲 ** 2 == 1", "不能用这种写法(Pow)"),
        ("甲 // 2 == 1", "不能用这种写法(FloorDiv)"),
        ("甲 % 2 == 1", "不能用这种写法(Mod)"),
        ("甲 in [1, 2]", "比较只能用 == != < <= > >="),
        ("名 ~ '甲' == '乙'", "不能用这种写法(Concat)"),
        ("[甲] == [乙]", "不能用这种写法(List)"),
        ("甲[0] == 1", "不能用这种写法(Getitem)"),
        ("名.__class__.__mro__ == 1", "不能用这种写法(Getattr)"),
        ("+甲 == 1", "不能用这种写法(Pos)"),
        ("1 == 1", "没有用到表单里的任何一项"),
        ("'甲' == '乙'", "没有用到表单里的任何一项"),
        (f"名 == '{'长' * 256}'", "引号里的文字不能超过 255 个字"),
        ("甲 == 乙 }}{{ 甲", "「甲 == 乙 }}{{ 甲」不是一个表达式"),
    ],
)
def test_a_faulty_claim_is_refused_with_its_reason(claim: str, fault: str) -> None:
    assert rule_faults(FORM, rule("某规则", claim)) == [f"规则「某规则」:{fault}"]


@pytest.mark.parametrize(
    "claim",
    [
        "floor(甲) == floor(乙)",
        "round(甲, 0) == round(乙, 0)",
        "count(明细) == count(附表)",
        "count_where(明细.名称, '一') == count_where(附表.名称, '一')",
        "count_items(名) == 个",
        "year(日) == 个",
    ],
)
def test_what_is_counted_is_compared_without_decimals(claim: str) -> None:
    (made,) = rules_of(FORM, rule("数", claim)).rules
    assert made.equation is not None
    assert made.equation.decimals == 0


@pytest.mark.parametrize(
    "claim",
    [f"名 == '{'长' * 255}'", f"total({', '.join(['甲'] * 255)}) == 1", "round(甲, 9) == 1"],
)
def test_a_claim_may_be_as_long_as_excel_allows(claim: str) -> None:
    assert rule_faults(FORM, rule("某规则", claim)) == []


@pytest.mark.parametrize(
    ("claim", "meant"),
    [
        ("甲 = 乙", "甲 == 乙"),
        ("甲 ＝ 乙 ÷ 2", "甲 == 乙 / 2"),
        ("甲 ≤ （乙 × 2）", "甲 <= (乙 * 2)"),
        ("甲 <> 乙", "甲 != 乙"),
        ("甲 => 1,000", "甲 >= 1000"),
        ("甲 == 1 且 乙 > 0", "甲 == 1 and 乙 > 0"),
        ("甲 == SUM(乙, 甲)", "甲 == total(乙, 甲)"),
        ("甲 == 50%", "甲 == 50"),
        ("甲 == (乙", "甲 == (乙)"),
        ("甲 == 乙)", "甲 == 乙"),
    ],
)
def test_what_is_written_as_elsewhere_is_proposed_as_here(claim: str, meant: str) -> None:
    said = f"规则「某规则」:「{claim}」写法有误,是不是「{meant}」?"
    assert rule_faults(FORM, rule("某规则", claim)) == [said]


@pytest.mark.parametrize(
    "claim",
    ["", "甲 ==", "甲 == '乙", "甲 # 乙", "{{ 甲 }} == 1", "甲 == 1.５"],
)
def test_what_cannot_be_parsed_is_repeated_before_the_parser_speaks(claim: str) -> None:
    (fault,) = rule_faults(FORM, rule("某规则", claim))
    assert fault.startswith(f"规则「某规则」:「{claim}」写法有误:")


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"tolerance": "约1"}, 'tolerance 要写数,或 "rounding"'),
        ({"tolerance": "-1"}, 'tolerance 要写数,或 "rounding"'),
        ({"tolerance": "inf"}, 'tolerance 要写数,或 "rounding"'),
        ({"tolerance": "nan"}, 'tolerance 要写数,或 "rounding"'),
        ({"when": "甲"}, "「甲」要是一个能判断对错的式子,如 甲 == 乙 + 丙"),
        ({"when": "丙 > 0"}, "表单里没有「丙」"),
        ({"each": "总表"}, "each 写的表「总表」不在表单里"),
        ({"message": "共 {{ 丙 }} 项"}, "表单里没有「丙」"),
        ({"message": "{{ 甲 > 乙 }}"}, "message 里的「甲 > 乙」要是数、文字或日期"),
        ({"message": "{{ 明细 }}"}, "message 里的「明细」要是数、文字或日期"),
        ({"message": "{{ 明细.金额 }}"}, "message 里的「明细.金额」要是数、文字或日期"),
    ],
)
def test_a_faulty_option_is_refused_with_its_reason(options: dict[str, str], fault: str) -> None:
    assert rule_faults(FORM, rule("某规则", "甲 == 乙", **options)) == [f"规则「某规则」:{fault}"]


@pytest.mark.parametrize(
    "claim",
    ["甲 == abs(乙)", "甲 == 乙 / 2", "甲 == 0.5 * 乙", "甲 == 乙 and 乙 == 甲", "名 == '甲'"],
)
def test_a_tolerance_is_only_derived_from_sums_and_fixed_multiples(claim: str) -> None:
    (fault,) = rule_faults(FORM, rule("某规则", claim, tolerance="rounding"))
    assert 'tolerance = "rounding" 只' in fault


@pytest.mark.parametrize("name", ["", "有 空格", "1号", "甲-乙", "规则!"])
def test_an_id_must_be_a_name_because_the_sheet_uses_it_as_one(name: str) -> None:
    assert rule_faults(FORM, rule(name, "甲 == 乙")) == [
        f"规则「{name}」:id 不能重复,且只能用汉字、字母、数字和下划线"
    ]


def test_two_rules_may_not_share_an_id_even_in_another_case() -> None:
    faults = rule_faults(FORM, rule("Sum", "甲 == 乙"), rule("SUM", "甲 == 乙"))
    assert faults == ["规则「SUM」:id 不能重复,且只能用汉字、字母、数字和下划线"]


def test_a_rule_on_rows_may_not_be_called_like_a_column_beside_which_it_stands() -> None:
    assert rule_faults(FORM, rule("金额", "金额 > 0", each="明细")) == [
        "规则「金额」:id 与表里的列同名,而它自己也要占一列"
    ]


def test_a_rule_on_rows_sees_columns_before_single_fields_and_whole_tables() -> None:
    assert (
        rule_faults(
            FORM,
            rule("一", "金额 <= 甲", each="明细"),
            rule("二", "金额 <= sum(明细.金额)", each="明细"),
            rule("三", "count(明细) > 1", each="明细"),
        )
        == []
    )


def test_all_faulty_rules_are_named_at_once_and_the_good_ones_kept() -> None:
    specs = [rule("好", "甲 == 乙"), rule("坏一", "甲 == 丙"), rule("坏二", "甲")]
    assert [fault.partition(":")[0] for fault in rule_faults(FORM, *specs)] == [
        "规则「坏一」",
        "规则「坏二」",
    ]
    assert [r.spec.id for r in rules_of(FORM, specs[0]).rules] == ["好"]


def test_the_tolerance_follows_from_the_decimals_and_the_factors() -> None:
    form = form_of(
        money("总"),
        money("分"),
        Field(key="粗", type="number", decimals=1),
        Field(key="整", type="integer"),
        Field(key="照录", type="number"),
        tables=[details(money("金额"))],
    )
    (rule_,) = rules_of(
        form,
        RuleSpec(
            id="总",
            claim="总 == 分 * 2 - 粗 * 0.5 + 整 + 照录 - sum(明细.金额) - 3.5",
            tolerance="rounding",
        ),
    ).rules
    assert [(leaf.key, str(share)) for leaf, share in rule_.tolerance.per_figure] == [
        ("总", "0.005"),
        ("分", "0.010"),
        ("粗", "0.025"),
        ("明细.金额", "0.005"),
    ]


def test_the_rules_on_a_cell_are_those_that_read_it_and_none_of_its_name_elsewhere() -> None:
    form = form_of(money("甲"), money("乙"), tables=[details(money("甲"), money("丙"))])
    rules = rules_of(
        form,
        rule("单", "甲 > 0"),
        rule("行", "甲 <= 乙", each="明细"),
        rule("列", "sum(明细.甲) >= 乙"),
    )
    asked = {("甲", ""): "单", ("甲", "明细"): "行列", ("乙", ""): "列", ("丙", "明细"): ""}
    found = {key: "".join(one.spec.id for one in rules.rules_on(*key)) for key in asked}
    assert found == asked


def test_a_literal_is_exact() -> None:
    form = form_of(Field(key="甲", type="number"))
    for claim in ("甲 == 0.1 + 0.2", "甲 * 10 == 3", "甲 == 3e-1"):
        assert check_of(form, [rule("恰好", claim)], 甲=0.3).findings == ()
