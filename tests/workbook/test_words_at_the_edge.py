"""What is said at the edges: of years, of long texts, of few and many cells, and in formulas."""

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from small import (
    check_of,
    details,
    form_of,
    lines,
    money,
    rule,
    rule_faults,
    rules_of,
    snapshot_of,
    text,
)

from workbook.checking.check import check
from workbook.findings.model import finding
from workbook.form.field import Field
from workbook.form.table import QuoteAs
from workbook.making.build import build_workbook
from workbook.reading.saved import saved_identity
from workbook.reading.snapshot import Identity
from workbook.reading.spots import referred
from workbook.reading.values import shown
from workbook.rules.addends import figures_beside
from workbook.rules.formulas import (
    rows_verdict_formula,
    side_formulas,
    tolerance_formula,
    verdict_formula,
)
from workbook.rules.model import RuleFile
from workbook.rules.prepare import prepare_rules
from workbook.rules.wording import claim_words, fill_in

YEAR = form_of(Field(key="年度", type="year"))


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        (1949, []),
        (2200, []),
        ("2022年", []),
        (1948, ["not-a-year"]),
        (2201, ["not-a-year"]),
        (2022.5, ["not-a-year"]),
        ("2022月", ["wrong-unit"]),
    ],
)
def test_years_are_those_of_the_republic_and_of_two_hundred_years_to_come(typed, codes) -> None:
    assert [one.code for one in check_of(YEAR, 年度=typed).findings] == codes


@pytest.mark.parametrize(
    ("length", "repeated"), [(59, "字" * 59), (60, "字" * 60), (61, "字" * 59 + "…")]
)
def test_a_message_repeats_at_most_sixty_letters_of_a_cell(length: int, repeated: str) -> None:
    (found,) = check_of(form_of(money("甲")), 甲="字" * length).findings
    assert found.what == f"「{repeated}」不是数字"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (True, "TRUE"),
        (False, "FALSE"),
        (7, "7"),
        (2.5, "2.5"),
        (1e300, "1e+300"),
        (date(2023, 3, 5), "2023-03-05"),
    ],
)
def test_whatever_stands_in_a_cell_for_words_reads_as_it_is_shown(typed, words: str) -> None:
    assert check_of(form_of(text("文")), 文=typed).values.fields["文"].value == words


def test_a_text_of_several_lines_is_repeated_in_one() -> None:
    (found,) = check_of(form_of(money("甲")), 甲="一\n 二  三").findings
    assert found.what == "「一 二 三」不是数字"


def test_a_finding_names_place_and_label_only_where_there_are_any() -> None:
    assert str(finding("kind-missing")) == (
        "这不是勾稽的填报工作簿(没有报告种类的标记)。请用 gouji new 新建的工作簿填报"
    )


@pytest.mark.parametrize(
    ("minimum", "maximum", "typed", "codes"),
    [
        (0, None, 0, []),
        (0, None, -0.01, ["too-small"]),
        (None, 100, 100, []),
        (None, 100, 100.01, ["too-large"]),
        (None, None, -5, ["too-small"]),  # an amount, unless it is signed
        (-5, None, -5, []),
        (5, 5, 5, []),
    ],
)
def test_a_figure_may_be_its_own_limit(minimum, maximum, typed, codes) -> None:
    limits = {
        name: Decimal(value)
        for name, value in (("min", minimum), ("max", maximum))
        if value is not None
    }
    checked = check_of(form_of(money("甲", **limits)), 甲=typed)
    assert [one.code for one in checked.findings] == codes


@pytest.mark.parametrize(
    ("text_typed", "excerpt"),
    [
        ("一二三四五六{{ 七", "三四五六{{ 七"),
        ("{{ 一二三四五六七八九十百", "{{ 一二三四五六七八九"),
        ("{{ 甲 }}一二三四五}}六七八九十百千万亿兆", "二三四五}}六七八九十百千万亿兆"),
        ("一%}二", "一%}二"),
    ],
)
def test_a_quote_without_partner_is_told_with_the_letters_around_it(text_typed, excerpt) -> None:
    (found,) = check_of(form_of(text("文"), money("甲")), 文=text_typed, 甲=1).findings
    assert (found.code, found.found) == ("quote-faulty", excerpt[:16])


def test_every_row_is_asked_for_its_name_whatever_stands_in_the_rows_before() -> None:
    table = details(
        text("名", required=False),
        money("值", required=False),
        quote_as=QuoteAs(name="名", value="值"),
        rows=6,
    )
    form = form_of(text("文"), money("甲"), tables=[table])
    rows = [{"值": 1}, {"名": "1一"}, {"名": "甲"}, {"名": "二 "}, {"名": "三", "值": 3}]
    checked = check_of(form, (), [*rows, {"名": "三", "值": 4}], 文="{{ 三 }}", 甲=1)
    assert [(one.code, one.found) for one in checked.findings] == [
        ("quote-name", "1一"), ("quote-taken", "甲"), ("quote-taken", "三"),
    ]  # fmt: skip
    assert checked.values.fields["文"].value == "3.00"


@pytest.mark.parametrize(
    ("count", "advice"),
    [
        (1, "请核对这个数"),
        (2, "请核对这两个数"),
        (3, "请核对这三个数"),
        (10, "请核对这十个数"),
        (11, "请逐项核对以上各数"),
    ],
)
def test_how_many_figures_to_look_at_is_said_in_words(count: int, advice: str) -> None:
    keys = "甲乙丙丁戊己庚辛壬癸子"[:count]
    form = form_of(*(money(key) for key in keys))
    checked = check_of(form, [rule("正", f"{' + '.join(keys)} < 0")], **dict.fromkeys(keys, 1))
    assert [one.todo for one in checked.findings] == [advice]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("1.50"), "1.50"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1000"), "1000"),
        (Decimal("0.0000001"), "0.0000001"),
        (Decimal("1.000000"), "1.000000"),
        (Decimal("1.0000000"), "1"),
        (date(2023, 3, 5), "2023-3-5"),
        ("字", "字"),
        (None, "None"),
    ],
)
def test_a_value_reads_as_it_was_typed(value, words: str) -> None:
    assert shown(value) == words


def test_a_pattern_leaves_nothing_for_what_is_blank_or_unknown() -> None:
    form = form_of(text("单位"), Field(key="年度", type="year", required=False))
    values = check_of(form, 单位="某局").values
    assert fill_in("{{ 单位 }}{{年度}}年{{ 无 }}报告", values) == "某局年报告"


# claims in words


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("甲 - (乙 - 丙) == 0", "甲 - (乙 - 丙) = 0"),
        ("甲 - 乙 - 丙 == 0", "甲 - 乙 - 丙 = 0"),
        ("甲 + (乙 + 丙) == 0", "甲 + 乙 + 丙 = 0"),
        ("甲 * (乙 + 丙) == 0", "甲 × (乙 + 丙) = 0"),
        ("甲 / (乙 * 丙) == 0", "甲 ÷ (乙 × 丙) = 0"),
        ("(甲 - 乙) / 丙 == 0", "(甲 - 乙) ÷ 丙 = 0"),
        ("甲 * 乙 / 丙 == 0", "甲 × 乙 ÷ 丙 = 0"),
        ("-(甲 + 乙) < 0", "-(甲 + 乙) < 0"),
        ("-甲 > 0", "-甲 > 0"),
        ("甲 <= 乙", "甲 ≤ 乙"),
        ("甲 >= 乙", "甲 ≥ 乙"),
        ("甲 != 乙", "甲 ≠ 乙"),
        ("0 < 甲 < 乙", "0 < 甲,甲 < 乙"),
        ("甲 > 0 and 乙 > 0", "甲 > 0 且 乙 > 0"),
        ("甲 > 0 or 乙 > 0", "甲 > 0 或 乙 > 0"),
        ("not 甲 > 0", "不是(甲 > 0)"),
        ("round(甲, 1) == 乙", "甲(保留 1 位小数) = 乙"),
        ("abs(甲 - 乙) < 1", "(甲 - 乙)的绝对值 < 1"),
        ("floor(甲) == 乙", "甲向下取整 = 乙"),
        ("min(甲, 乙) > max(乙, 丙)", "最小值(甲、乙) > 最大值(乙、丙)"),
        ("total(甲, 乙) == 丙", "(甲 + 乙) = 丙"),
        ("甲 == sum(明细.金额)", "甲 = 明细各行金额合计"),
        ("甲 == count(明细)", "甲 = 明细行数"),
        ("甲 == sum_where(明细.金额, 明细.名称, '一')", "甲 = 明细里名称为“一”的金额合计"),
        ("甲 == count_where(明细.名称, '一')", "甲 = 明细里名称为“一”的行数"),
        ("(甲 if 乙 > 0 else 丙) == 1", "甲(乙 > 0 时,否则为 丙) = 1"),
    ],
)
def test_a_claim_reads_as_a_clerk_would_say_it(claim: str, words: str) -> None:
    form = form_of(*(money(key) for key in "甲乙丙"), tables=[details(text("名称"), money("金额"))])
    (made,) = rules_of(form, rule("则", claim)).rules
    assert claim_words(made) == words


# formulas on the sheet


def test_a_verdict_asks_for_what_cannot_be_read_then_for_blanks_then_for_the_claim() -> None:
    form = form_of(money("总"), money("甲", required=False), money("率", compute="总 / 甲"))
    made = rules_of(
        form,
        rule("和", "总 == 甲", tolerance="rounding", when="甲 > 0"),
        rule("差", "总 != 甲", tolerance="0.5"),
        rule("比", "率 < 1"),
    ).rules
    assert [verdict_formula(one) for one in made] == VERDICTS
    assert [side_formulas(one) for one in made] == SIDES
    assert [tolerance_formula(one) for one in made] == ["0.005*COUNT(总,甲)", "0.5", "0"]


def test_a_verdict_on_a_column_counts_its_rows_in_use() -> None:
    form = form_of(money("总"), tables=[details(text("名"), money("金额"))])
    (made,) = rules_of(form, rule("和", "总 == sum(明细.金额)")).rules
    filled, rows = "勾稽_已填_明细.金额", "勾稽_行数_明细"
    assert verdict_formula(made) == (
        f"IF(IFERROR({FIGURE.format('总')}+({filled}>COUNT(明细[金额]))+0*{rows}>0,TRUE),"
        f'"非数值",IF((LEN(TRIM(总))=0)+({filled}<{rows})>0,"未填",'
        'IFERROR(IF(ROUND(ROUND((总)-(SUM(明细[金额])),9),2)=0,"相符","不符"),"无法计算")))'
    )


@pytest.mark.parametrize(
    ("claim", "tolerance"),
    [
        ("总 == 甲 * 3", "0.005*COUNT(总)+0.015*COUNT(甲)"),
        ("总 == 甲 * 0.5", "0.005*COUNT(总)+0.0025*COUNT(甲)"),
        ("总 - 甲 == -乙", "0.005*COUNT(总,甲,乙)"),
        ("总 == total(甲, 乙) + 1", "0.005*COUNT(总,甲,乙)"),
        ("总 == 甲 + 数", "0.005*COUNT(总,甲)"),
        ("总 == sum(明细.金额)", "0.005*COUNT(总,明细[金额])"),
        ("数 == 1", "0"),
    ],
)
def test_rounding_lets_each_figure_be_half_a_unit_off(claim: str, tolerance: str) -> None:
    fields = [*(money(key) for key in ("总", "甲", "乙")), Field(key="数", type="integer")]
    form = form_of(*fields, tables=[details(text("名"), money("金额"))])
    (made,) = rules_of(form, rule("则", claim, tolerance="rounding")).rules
    assert tolerance_formula(made) == tolerance


@pytest.mark.parametrize(
    ("claim", "places"),
    [
        ("count(明细) == 3", 0),
        ("count_where(明细.名, '一') == 3", 0),
        ("year(日) == 2023", 0),
        ("floor(总) == 3", 0),
        ("count_items(名单) == 3", 0),
        ("round(总, 1) == 3", 1),
        ("总 == 3", 2),
        ("总 == 3.1415", 4),
        ("-总 == 3", 2),
        ("总 * 总 == 3", 4),
        ("总 / 总 == 3", 9),
        ("总 * 总 * 总 * 总 * 总 == 3", 9),
        ("sum(明细.金额) == 3", 2),
        ("sum_where(明细.金额, 明细.名, '一') == 3", 2),
        ("(总 if 总 > 1 else 0.125) == 3", 3),
        ("max(总, 0.125) == 3", 3),
        ("(个 if 个 > 1 else none) == 3", 0),
        ("数 == 3", 9),
    ],
)
def test_a_difference_is_rounded_to_what_its_sides_can_carry(claim: str, places: int) -> None:
    form = form_of(
        money("总"),
        Field(key="数", type="number"),
        Field(key="日", type="date"),
        Field(key="个", type="integer"),
        text("名单"),
        tables=[details(text("名"), money("金额"))],
    )
    (made,) = rules_of(form, rule("则", claim)).rules
    sides = side_formulas(made)
    assert sides is not None
    ending = ",9)" if places == 9 else f",9),{places})"
    assert sides[2].endswith(f"){ending}")


def test_a_claim_that_is_no_equation_is_written_whole() -> None:
    form = form_of(money("总"), money("甲"))
    (made,) = rules_of(form, rule("则", "总 > 0 and not 甲 > 0")).rules
    assert "AND(ROUND(ROUND((总)-(0),9),2)>0,NOT(ROUND(ROUND((甲)-(0),9),2)>0))" in (
        verdict_formula(made)
    )


def test_days_are_compared_whole() -> None:
    form = form_of(Field(key="起", type="date"), Field(key="止", type="date"))
    (made,) = rules_of(form, rule("则", "起 <= 止")).rules
    assert "IFERROR(IF(ROUND((INT(起))-(INT(止)),9)<=0," in verdict_formula(made)


@pytest.mark.parametrize(
    ("claim", "fault"),
    [
        ("sum(明细.日) == 1", "表「明细」没有数字或文字列「日」"),
        ("sum(明细.无) == 1", "表「明细」没有数字或文字列「无」"),
        ("sum(无.金额) == 1", "表单里没有表「无」"),
        ("decimal() == 总", "没有函数「decimal」"),
        ("decimal('NaN') == 总", "没有函数「decimal」"),
        ("decimal('Infinity') == 总", "没有函数「decimal」"),
        ("总 == 日", "这里要数,写的却是日期"),
        ("总 == none", "这里要数,写的却是"),
        ("总 in [1]", "比较只能用 == != < <= > >="),
        ("名单 < '一'", "文字只能比较相同(==)或不同(!=)"),
        ("(总 > 1) == (总 > 2)", "只有数、文字和日期能比较"),
        ("round(总, 10) == 1", "round 的位数要直接写 0 到 9 的整数"),
        ("round(总, 总) == 1", "round 的位数要直接写 0 到 9 的整数"),
    ],
)
def test_an_author_is_told_what_a_claim_may_not_say(claim: str, fault: str) -> None:
    day = Field(key="日", type="date")
    form = form_of(money("总"), day, text("名单"), tables=[details(text("名"), money("金额"), day)])
    (told,) = rule_faults(form, rule("则", claim))
    assert fault in told


@pytest.mark.parametrize(
    "written",
    [
        {"rules": []},
        {"rule": [{"id": "则", "claim": "总 > 0", "tolerence": "1"}]},
        {"rule": [{"id": "则"}]},
        {"rule": [{"id": "则", "claim": "总 > 0", "severity": "fatal"}]},
    ],
)
def test_a_rule_file_with_words_that_mean_nothing_is_refused(written) -> None:
    right = {"rule": [{"id": "则", "claim": "总 > 0", "tolerance": "1"}]}
    assert prepare_rules(msgspec.convert(right, RuleFile), form_of(money("总")))[1] == []
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(written, RuleFile)


def test_a_sheet_that_was_given_another_name_is_not_missing() -> None:
    form = form_of(money("甲"), tables=[details(text("名", required=False))])
    whole = snapshot_of(form, {"甲": 1})
    renamed = replace(whole, sheets=("改名",))
    assert check(renamed, form, rules_of(form)).findings == ()
    gone = replace(renamed, names={"甲": None}, tables={})
    assert [one.code for one in check(gone, form, rules_of(form)).findings] == ["sheet-missing"]
    without_name = replace(renamed, names={"甲": None})
    assert [one.code for one in check(without_name, form, rules_of(form)).findings] == [
        "name-missing"
    ]


FIGURE = "(LEN(TRIM({0}))>0)*(COUNT({0})=0)"
SUMS = f"{FIGURE.format('总')}+{FIGURE.format('甲')}"
VERDICTS = [
    f'IF(IFERROR({SUMS}>0,TRUE),"非数值",'
    'IF((LEN(TRIM(总))=0)+(LEN(TRIM(甲))=0)>0,"未填",'
    "IFERROR(IF(ROUND(ROUND((甲)-(0),9),2)>0,"
    'IF(ROUND(ROUND((总)-(甲),9),2)=0,"相符",'
    'IF(ROUND(ABS(ROUND(ROUND((总)-(甲),9),2))-(0.005*COUNT(总,甲)),9)<=0,"尾差","不符")),'
    '"不适用"),"无法计算")))',
    f'IF(IFERROR({SUMS}>0,TRUE),"非数值",'
    'IF((LEN(TRIM(总))=0)+(LEN(TRIM(甲))=0)>0,"未填",'
    'IFERROR(IF(ROUND(ROUND((总)-(甲),9),2)<>0,"相符","不符"),"无法计算")))',
    'IF(IFERROR((LEN(TRIM(率))>0)*(COUNT(率)=0)*(率<>"不适用")>0,TRUE),"非数值",'
    'IF((LEN(TRIM(率))=0)>0,"未填",IF((率="不适用")>0,"不适用",'
    'IFERROR(IF(ROUND(ROUND((率)-(1),9),2)<0,"相符","不符"),"无法计算"))))',
]
SIDES = [
    ("总", "甲", "ROUND(ROUND((总)-(甲),9),2)"),
    ("总", "甲", "ROUND(ROUND((总)-(甲),9),2)"),
    ("率", "1", "ROUND(ROUND((率)-(1),9),2)"),
]


def test_the_verdict_on_all_rows_is_the_worst_of_them() -> None:
    form = form_of(tables=[details(text("名"), money("甲"))])
    rules = rules_of(form, rule("正", "甲 > 0", each="明细"))
    formula = '"未填"'
    for word in ("不适用", "相符", "尾差", "无法计算", "不符", "非数值"):
        formula = f'IF(COUNTIF(明细[正],"{word}")>0,"{word}",{formula})'
    assert rows_verdict_formula(rules.rules[0]) == formula
    assert side_formulas(rules.rules[0]) is None
    book = build_workbook(form, rules)
    cells = [str(cell.value) for sheet in book.worksheets for row in sheet.rows for cell in row]
    assert sum(formula in cell for cell in cells) == 1


# figures beside a total


def column(*values):
    return [[value] for value in values]


@pytest.mark.parametrize(
    ("rows", "total", "found"),
    [
        (column(1949, 1.5, 2.5, 4), (3, 0), [(1, 0), (2, 0)]),
        (column(2200, 1.5, 2.5, 4), (3, 0), [(1, 0), (2, 0)]),
        (column(1948, 1.5, 2.5, 1952), (3, 0), [(0, 0), (1, 0), (2, 0)]),
        (column(2201, 1.5, 2.5, 2205), (3, 0), [(0, 0), (1, 0), (2, 0)]),
        (column(2023.5, 1.5, 2.5, 4), (3, 0), [(0, 0), (1, 0), (2, 0)]),
        (column(2021, 2022, 4043), (2, 0), [(0, 0), (1, 0)]),  # nothing but years are figures
        (column(2023, 4), (1, 0), []),
        (column(0, 0, 0, 0), (3, 0), [(0, 0), (1, 0), (2, 0)]),  # nothing is no sum of nothing
        (column(5, 5, 10), (2, 0), [(0, 0), (1, 0)]),  # one figure is no sum
        (column(1, 4, 5, 2, 3, 5, 10), (6, 0), [(2, 0), (5, 0)]),
        ([[1, 2], [3]], (0, 0), []),  # rows of other lengths
        ([[3, 1, 2]], (0, 0), [(0, 1), (0, 2)]),
    ],
)
def test_years_subtotals_and_short_rows_beside_a_total(rows, total, found) -> None:
    assert list(figures_beside(rows, *total)) == found


def test_a_difference_that_nine_divides_is_told_only_where_two_digits_explain_it() -> None:
    form = form_of(money("总"), money("甲"), money("乙"))
    claim = [rule("和", "总 == 甲 + 乙")]
    for gap, told in (
        (0.27, ()),  # 18.62: no exchange gives 18.89
        (0.28, ()),
        (0.09, ()),  # 18.80: 18.89 is no exchange of its digits
        (-0.09, ("「乙」(表!C7)若是 18.89 就相符,可能有两位数字颠倒",)),
    ):
        checked = check_of(form, claim, 总=100, 甲=81.11, 乙=Decimal("18.89") - Decimal(str(gap)))
        assert checked.findings[0].causes == told


@pytest.mark.parametrize(
    ("typed", "meant"), [(2.37, "237.00"), (23700, "237.00"), (23.7, "237.00"), (2370, "237.00")]
)
def test_a_point_displaced_by_one_or_two_places_is_named(typed: float, meant: str) -> None:
    form = form_of(money("总"), money("甲"), money("乙"))
    checked = check_of(form, [rule("和", "总 == 甲 + 乙")], 总=1371, 甲=1134, 乙=typed)
    assert f"「乙」(表!C7)若是 {meant} 就相符,小数点可能错位" in checked.findings[0].causes


def test_lines_of_a_rule_on_each_row_are_told_by_row() -> None:
    form = form_of(tables=[details(text("名"), money("甲", signed=True), row_name="名")])
    rows = [{"名": "一", "甲": 1}, {"名": "二", "甲": -1}]
    assert lines(check_of(form, [rule("正", "甲 > 0", each="明细")], rows)) == [
        "表!C7 明细「二」甲:-1.00 ≤ 0,差 1.00。请核对这个数"
    ]


# where a name leads


@pytest.mark.parametrize(
    ("reference", "spot"),
    [
        ("=表!$C$5", ("表", 5, 3)),
        ("表!C5", ("表", 5, 3)),
        ("'我的 表'!$AA$10", ("我的 表", 10, 27)),
        ("'甲''乙'!A1", ("甲'乙", 1, 1)),
        ("表!$XFD$1048576", ("表", 1048576, 16384)),
        ("表!XFE1", None),
        ("表!A0", None),
        ("表!A1048577", None),
        ("表!A1:B2", None),
        ("[1]表!A1", None),
        ("表!#REF!", None),
        ("A1", None),
        ("", None),
    ],
)
def test_a_name_leads_to_one_cell_or_nowhere(reference: str, spot: tuple | None) -> None:
    found = referred(reference)
    assert (tuple(found) if found else None) == spot


def test_a_file_that_says_of_no_form_has_no_identity(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    assert saved_identity(path) == Identity(None, None)
    path.write_bytes(b"no zip")
    assert saved_identity(path) == Identity(None, None)
    for name, content in (("x", b""), ("docProps/custom.xml", b"<x")):
        with zipfile.ZipFile(path, "w") as package:
            package.writestr(name, content)
        assert saved_identity(path) == Identity(None, None)
    form = form_of(money("甲"))
    build_workbook(form, rules_of(form)).save(path)
    assert saved_identity(path) == Identity("小表", 1)
