"""Cells that nobody types: checked before any data, evaluated from what was typed, locked."""

from datetime import date
from decimal import Decimal

import pytest
from small import Typed, check_of, details, form_of, lines, money, rule, rules_of, text

from workbook.checking.check import Checked
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.form.table import GivenRow, Table
from workbook.language.excel import ExcelCells
from workbook.reading.values import ABSENT, UNREADABLE
from workbook.rules.formula_limits import computed_refused, function_levels, rules_refused
from workbook.rules.formulas import Formulas, computed_formula
from workbook.rules.prepare_computed import prepare_computed

A, B = money("甲"), money("乙")
OPTIONAL = money("略", required=False)
RATE = Field(key="率", type="number", decimals=1, compute="甲 / 乙 * 100")


def said(checked: Checked, key: str) -> Typed:
    """What a computed cell says: a value, None for nothing, 不适用 or 非数值."""
    entry = checked.values.fields[key]
    if not entry.readable:
        return UNREADABLE
    return ABSENT if entry.is_absent else entry.value


def says(compute: str, /, *fields: Field, decimals: int | None = 2, **typed: Typed) -> Typed:
    """What a computed figure says, with the fields 甲, 乙, 略 and the rate 率 before it."""
    form = form_of(A, B, OPTIONAL, RATE, *fields, money("果", compute=compute, decimals=decimals))
    return said(check_of(form, **typed), "果")


def faults(form: Form) -> list[str]:
    return prepare_computed(form)[1]


# what an author is told


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        (money("果", compute="甲 +"), "「果」的 compute:「甲 +」写法有误:后面还缺一截"),
        (money("果", compute="丙 + 1"), "「果」的 compute:表单里没有「丙」"),
        (money("果", compute="甲 == 1"), "「果」的 compute:「甲 == 1」的结果类型(flag)与字段不符"),
        (text("果", compute="甲"), "「果」的 compute:「甲」的结果类型(number)与字段不符"),
        (money("果", compute="'甲'"), "「果」的 compute:「'甲'」的结果类型(text)与字段不符"),
        (money("果", compute="none"), "「果」的 compute:「none」的结果类型(none)与字段不符"),
        (money("果", compute="甲 if 甲 > 0"), "「果」的 compute:if 后面要有 else"),
        (money("果", compute="total(名)"), "「果」的 compute:这里要数,写的却是文字"),
        (money("果", compute="given(甲 + 1)"), "「果」的 compute:函数「given」要一个字段的名字"),
        (
            money("果", compute="1 if absent(明细.金额) else 0"),
            "「果」的 compute:函数「absent」要一个字段的名字",
        ),
        (
            money("果", compute=f"{'(' * 99}甲{')' * 99}"),
            f"「果」的 compute:「{'(' * 20}…」太长,或括号套得太深",
        ),
        (money("果", compute="given()"), "「果」的 compute:函数「given」要 1 个参数"),
        (
            money("果", compute="sum_where(明细.名称, 明细.名称, '一')"),
            "「果」的 compute:这里要一列数,写的却是一列文字",
        ),
        (
            money("果", compute="count_where(明细.金额, '一')"),
            "「果」的 compute:这里要一列文字,写的却是一列数",
        ),
        (
            money("果", compute="count_where(明细.名称, 甲)"),
            "「果」的 compute:这里要文字,写的却是数",
        ),
        (
            money("果", compute=f"total({', '.join(['甲'] * 256)})"),
            "「果」的 compute:函数「total」最多 255 个参数",
        ),
    ],
)
def test_a_faulty_compute_is_refused_with_its_reason(field: Field, fault: str) -> None:
    form = form_of(A, text("名"), field, tables=[details(text("名称"), money("金额"))])
    (found,) = faults(form)
    assert found.startswith(fault)


@pytest.mark.parametrize(
    ("fields", "columns", "ring"),
    [
        ([money("甲", compute="甲 + 1")], [], "甲 → 甲"),
        ([money("甲", compute="乙"), money("乙", compute="甲 * 2")], [], "甲 → 乙 → 甲"),
        ([], [money("一", compute="二"), money("二", compute="一")], "明细.一 → 明细.二 → 明细.一"),
        (
            [money("甲", compute="sum(明细.一)")],
            [text("名"), money("一", compute="甲")],
            "甲 → 明细.一 → 甲",
        ),
        ([], [text("名"), money("一", compute="sum(明细.一)")], "明细.一 → 明细.一"),
    ],
)
def test_cells_that_wait_for_each_other_are_named(
    fields: list[Field], columns: list[Field], ring: str
) -> None:
    form = form_of(*fields, tables=[details(*columns)] if columns else ())
    (fault,) = faults(form)
    opening, _, found = fault.partition(":")
    assert opening == "compute 互相引用,算不出来"
    told = found.removesuffix("。请改掉其中一个").split(" → ")
    assert set(told) == {f"「{key}」" for key in ring.split(" → ")}


def test_a_column_hides_a_field_of_its_name_and_a_table_may_have_a_column_of_its_own_name() -> None:
    table = details(text("明细"), money("甲"), money("倍", compute="甲 * 2"))
    form = form_of(A, money("和", compute="sum(明细.倍)"), tables=[table])
    checked = check_of(form, (), [{"明细": "一", "甲": 3}, {}, {"明细": "二", "甲": 4}], 甲=100)
    assert [row["倍"].value for row in checked.values.tables["明细"]] == [6, 8]
    assert said(checked, "和") == 14


def test_a_formula_that_is_too_long_or_too_deep_for_excel_is_a_fault() -> None:
    fields = [money(f"很长的名字{number}") for number in range(250)]
    total = " + ".join(field.key for field in fields)
    deep = " else ".join(f"{n} if 甲 > {n}" for n in range(70)) + " else 0"
    form = form_of(
        A, *fields, money("长", compute=total), money("深", compute=deep), money("好", compute="甲")
    )
    rules = rules_of(form, rule("长则", f"甲 == {total}"), rule("好则", "甲 > 0"))
    todo = ";请把一部分写成另一个 compute 的格子"
    deep_one, long_one = sorted(computed_refused(rules.computed, form))
    assert deep_one == f"「深」的 compute:写成 Excel 公式有 77 层函数,超过 64{todo}"
    (of_rule,) = rules_refused(rules.rules, form)
    for fault, where in ((long_one, "「长」的 compute"), (of_rule, "规则「长则」")):
        assert fault.startswith(f"{where}:写成 Excel 公式有 ")
        assert fault.endswith(f" 个字,超过 8192{todo}")


def test_a_formula_in_rows_is_as_long_as_the_name_that_holds_it() -> None:
    def refused(count: int) -> tuple[int, list[str]]:
        columns = [money(f"列{number}") for number in range(count)]
        total = money("合", compute=" + ".join(column.key for column in columns))
        form = form_of(A, tables=[details(*columns, total)])
        cells = rules_of(form).computed
        in_full = Formulas(cells).of_row(form.tables["明细"], total, None)
        return len(in_full), [*computed_refused(cells, form)]

    length, faults = refused(90)
    assert length > 8192
    assert faults == []
    assert [fault.split(":")[0] for fault in refused(180)[1]] == ["「明细.合」的 compute"]


def test_levels_count_functions_and_neither_brackets_nor_texts() -> None:
    assert function_levels('IF((((甲)))>0,"IF(((",ROUND(ABS(-(乙)),2))') == 3


# what a cell says


@pytest.mark.parametrize(
    ("compute", "typed", "value"),
    [
        ("甲 + 乙", {"甲": 1, "乙": 2}, Decimal("3.00")),
        ("甲 / 乙", {"甲": 1, "乙": 8}, Decimal("0.13")),  # 0.125, half up
        ("甲 / 乙", {"甲": -1, "乙": 8}, Decimal("-0.13")),
        ("0 - 甲", {"甲": 0, "乙": 8}, Decimal("0.00")),
        # a blank part
        ("甲 + 乙", {"甲": 1}, None),
        ("甲 + 略", {"甲": 1, "乙": 1}, None),
        ("略 if 甲 > 5 else 甲", {"甲": 1, "乙": 1}, None),
        # an unreadable part
        ("甲 + 1", {"甲": "不详"}, UNREADABLE),
        ("1 if given(甲) else 0", {"甲": "不详"}, UNREADABLE),
        ("率 + 1", {"甲": "不详", "乙": 0}, UNREADABLE),
        # a part that does not exist
        ("甲 / 乙", {"甲": 1, "乙": 0}, ABSENT),
        ("率 + 1", {"甲": 1, "乙": 0}, ABSENT),
        ("甲 if 甲 > 5 else none", {"甲": 1}, ABSENT),
        ("甲 if 甲 > 5 else none", {"甲": 6}, 6),
        ("total(甲, 率, 2)", {"甲": 1, "乙": 0}, 3),
        ("total(率)", {"甲": 1, "乙": 0}, 0),
        ("total(甲, 率 + 1)", {"甲": 1, "乙": 0}, ABSENT),
        ("total(甲, 略)", {"甲": 1, "乙": 0}, None),
        ("min(total(甲, 率), 率)", {"甲": 1, "乙": 0}, ABSENT),
        # asked about
        ("1 if given(略) else 0", {}, 0),
        ("1 if given(略) else 0", {"略": 0}, 1),
        ("1 if given(率) else 0", {"甲": 1, "乙": 0}, 1),
        ("1 if given(率) else 0", {"甲": 1}, 0),
        ("1 if absent(率) else 0", {"甲": 1, "乙": 0}, 1),
        ("1 if absent(率) else 率", {"甲": 1, "乙": 4}, 25),
        ("1 if absent(率) else 率", {"甲": 1}, None),
        ("1 if absent(甲) else 0", {"甲": 1}, 0),
        ("略 + 1 if given(略) else 甲", {"甲": 5}, 5),
        ("略 + 1", {"甲": 5}, None),
        ("min(率, 甲) if given(率) else 甲", {"甲": 1, "乙": 0}, ABSENT),
    ],
)
def test_a_computed_figure_says_its_value_or_why_it_has_none(
    compute: str, typed: dict[str, Typed], value: Typed
) -> None:
    found = says(compute, **typed)
    assert (found, str(found)) == (value, str(found))


@pytest.mark.parametrize(
    ("decimals", "shown"), [(None, "0.666666667"), (0, "1"), (2, "0.67"), (4, "0.6667")]
)
def test_a_figure_is_rounded_to_its_decimals_and_to_nine_without_them(
    decimals: int | None, shown: str
) -> None:
    assert str(says("甲 / 乙", decimals=decimals, 甲=2, 乙=3)) == shown


def test_a_figure_is_rounded_before_the_next_one_reads_it() -> None:
    half = money("半", compute="甲 / 8")  # 0.125 becomes 0.13
    assert says("半 * 100", half, 甲=1) == 13


def test_a_text_that_says_not_applicable_is_so_to_whoever_reads_it() -> None:
    words = text("词", compute="'不适用' if 甲 > 1 else ('非数值' if 甲 > 0 else ' 有 ')")
    form = form_of(A, words, text("又", compute="词"))
    assert [said(check_of(form, 甲=n), "又") for n in (2, 1, 0)] == [ABSENT, UNREADABLE, "有"]


def test_a_date_that_is_asked_about_and_blank_has_no_day() -> None:
    day = Field(key="止日", type="date", required=False)
    compute = "year(止日) if given(止日) else 0"
    assert says(compute, day, decimals=0) == 0
    assert says(compute, day, decimals=0, 止日=date(2023, 3, 15)) == 2023
    assert says("1 if given(止日) and year(止日) > 2000 else 0", day) == ABSENT


ROWS = [
    {"名称": "一", "金额": 3, "数量": 2, "类": "甲"},
    {},
    {"名称": "二", "金额": 5, "数量": 0, "类": "乙"},
    {"名称": "三", "金额": 8, "数量": 4, "类": "甲"},
]


def priced(*fields: Field) -> Form:
    """A table with a price on each row, which is 不适用 where the number is 0."""
    price = Field(key="单价", type="number", decimals=2, compute="金额 / 数量")
    size = text("档", compute="'高' if 单价 > 1.6 else '低'")
    number = Field(key="数量", type="integer")
    columns = (text("名称"), money("金额"), number, text("类", required=False), price, size)
    return form_of(*fields, tables=[details(*columns, row_name="名称")])


@pytest.mark.parametrize(
    ("compute", "value"),
    [
        ("sum(明细.单价)", Decimal("3.5")),  # the row without a price is left out
        ("sum_where(明细.金额, 明细.类, '甲')", 11),
        ("sum_where(明细.单价, 明细.类, '乙')", 0),
        ("sum_where(明细.单价, 明细.档, '高')", 2),
        ("count_where(明细.档, '低')", 1),
        ("count_where(明细.档, '不适用')", 1),
        ("count_where(明细.类, '')", 0),
        ("count_where(明细.类, '丙')", 0),
        ("count(明细)", 3),
    ],
)
def test_a_field_may_be_computed_from_computed_columns(compute: str, value: Typed) -> None:
    assert said(check_of(priced(money("果", compute=compute)), (), ROWS), "果") == value


def test_a_computed_column_has_a_value_in_each_row_in_use_and_asks_for_none() -> None:
    checked = check_of(priced(), (), [*ROWS, {"名称": "四", "类": "甲"}])
    rows = checked.values.tables["明细"]
    assert [(row["单价"].value, row["单价"].is_absent) for row in rows] == [
        (Decimal("1.50"), False),
        (None, True),
        (Decimal("2.00"), False),
        (None, False),
    ]
    assert [one.label for one in checked.findings if one.code == "required"] == [
        "明细「四」金额",
        "明细「四」数量",
    ]


# rules that read computed cells


def test_a_rule_on_a_cell_that_is_not_applicable_is_not_applicable() -> None:
    checked = check_of(form_of(A, B, RATE), [rule("限", "率 <= 100")], 甲=1, 乙=0)
    assert [outcome.verdict for outcome in checked.outcomes] == [ABSENT]
    assert checked.findings == ()


def test_a_rule_may_not_tie_on_a_computed_figure() -> None:
    checked = check_of(form_of(A, B, RATE), [rule("限", "率 <= 100")], 甲=3, 乙=2)
    assert lines(checked) == ["表!C7 率:150.0 > 100,差 50.0。请核对这个数"]


def test_what_is_blank_or_not_applicable_is_said_of_a_claim_in_words() -> None:
    claim = rule("有", "given(略) or not absent(率)")
    checked = check_of(form_of(A, B, OPTIONAL, RATE), [claim], 甲=3, 乙=0)
    assert lines(checked) == [
        "表!C7 略:不满足“略已填 或 不是(率不适用)”(略 (未填),率 不适用)。请核对这两个数"
    ]


def test_a_tolerance_counts_the_parts_of_a_total_that_exist() -> None:
    claim = rule("计", "甲 == total(乙, 率)", tolerance="rounding")
    form = form_of(A, B, Field(key="率", type="number", decimals=2, compute="甲 / 略"), OPTIONAL)
    with_rate, without = (
        check_of(form, [claim], 甲=1, 乙=Decimal("0.99"), 略=n).outcomes[0] for n in (100, 0)
    )
    assert (with_rate.tolerance, with_rate.verdict) == (Decimal("0.015"), "相符")
    assert (without.tolerance, without.verdict) == (Decimal("0.010"), "尾差")


def test_no_slip_is_looked_for_in_a_figure_that_nobody_typed() -> None:
    form = form_of(A, money("倍", compute="甲 * 2"), money("丙"))
    checked = check_of(form, [rule("同", "丙 == 倍")], 甲=21, 丙=24)
    assert lines(checked) == [
        "表!C7 丙:24.00 ≠ 倍 42.00,差 18.00。「丙」(表!C7)若是 42.00 就相符,可能有两位数字颠倒。"
        "「甲」(表!C5)若是 12.00 就相符,可能有两位数字颠倒。请核对这两个数"
    ]


# a formula that somebody typed over


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"果": 3}, []),
        ({"果": 3.0000000000000004}, []),
        ({"果": 3.01}, ["3.00,单元格里却是 3.01"]),
        ({"果": None}, ["3.00,单元格里却是 空白"]),
        ({"果": "三"}, ["3.00,单元格里却是 三"]),
        ({"果": True}, ["3.00,单元格里却是 True"]),
        ({"果": 5, "乙": None}, ["空白,单元格里却是 5"]),
        ({"果": None, "乙": None}, []),
        ({"果": 3, "甲": "不详"}, []),
    ],
)
def test_a_formula_typed_over_is_a_warning_and_the_report_keeps_the_figure(
    typed: dict[str, Typed], found: list[str]
) -> None:
    form = form_of(A, B, money("果", compute="甲 + 乙"))
    checked = check_of(form, **{"甲": 1, "乙": 2, **typed})
    changed = [str(one) for one in checked.findings if one.code == "computed-changed"]
    words = ";报告仍用算出的数。公式可能被改掉了;请恢复公式,需要改的是它引用的数"
    assert changed == [f"表!C7 果:这里由公式算出 {one}{words}" for one in found]


@pytest.mark.parametrize(
    ("amount", "typed", "found"),
    [
        (2, "高", None),
        (2, "低", "低"),
        (2, None, "空白"),
        (2, 1, "1"),
        (None, None, None),
        (None, "高", "高"),
    ],
)
def test_a_text_that_a_formula_gives_is_compared_too(
    amount: Typed, typed: Typed, found: str | None
) -> None:
    form = form_of(money("甲", required=False), text("词", compute="'高' if 甲 > 1 else '低'"))
    checked = check_of(form, 甲=amount, 词=typed)
    assert [one.found for one in checked.findings] == ([] if found is None else [found])


def test_a_cell_that_should_say_that_nothing_applies_is_compared_too() -> None:
    form = form_of(A, B, RATE)
    for typed, count in ((ABSENT, 0), (0, 1), ("", 1)):
        checked = check_of(form, 甲=1, 乙=0, 率=typed)
        assert len([one for one in checked.findings if one.code == "computed-changed"]) == count


def test_a_large_figure_is_the_same_as_far_as_a_double_goes() -> None:
    form = form_of(A, B, Field(key="率", type="number", compute="甲 / 乙"))
    checked = check_of(form, 甲=10**9, 乙=3, 率=333333333.33333331)
    assert checked.findings == ()


def test_each_row_of_a_computed_column_is_compared() -> None:
    rows = [{**row, "单价": price} for row, price in zip(ROWS, (1.5, 7, 0, 2), strict=True)]
    found = check_of(priced(), (), rows).findings
    assert [(str(one.place), one.label, one.expected) for one in found] == [
        ("表!F8", "明细「二」单价", "不适用")
    ]


# as Excel sees it


def test_a_computed_cell_reads_as_a_native_formula() -> None:
    (cell,) = rules_of(form_of(A, B, money("果", compute="甲 / 乙"))).computed
    assert computed_formula(cell) == (
        "IF(IFERROR((LEN(TRIM(甲))>0)*(COUNT(甲)=0)+(LEN(TRIM(乙))>0)*(COUNT(乙)=0)>0,TRUE),"
        '"非数值",IF((LEN(TRIM(甲))=0)+(LEN(TRIM(乙))=0)>0,"",'
        'IFERROR(ROUND(ROUND(甲/乙,9),2),"不适用")))'
    )


@pytest.mark.parametrize(
    ("wanted", "tests"),
    [
        ("'甲'", '--EXACT(TRIM(明细[名称]),"甲")'),
        ("''", '--(LEN(TRIM(明细[名称]))>0),--EXACT(TRIM(明细[名称]),"")'),
        ("名", "--(LEN(TRIM(明细[名称]))>0),--EXACT(TRIM(明细[名称]),TRIM(名))"),
    ],
)
def test_a_row_without_words_is_picked_by_no_formula(wanted: str, tests: str) -> None:
    count = money("果", compute=f"count_where(明细.名称, {wanted})", decimals=0)
    rules = rules_of(form_of(text("名"), count, tables=[details(text("名称"))]))
    (cell,) = rules.computed
    assert cell.tree.excel(ExcelCells(cell.inputs)) == f"SUMPRODUCT({tests})"


def test_a_given_row_computes_for_itself() -> None:
    rows = (
        GivenRow(given={"名": "一", "值": Decimal(2)}),
        GivenRow(given={"名": "二"}, compute={"值": "甲 / 乙"}),
    )
    table = Table(
        key="明细", title="明细", row_name="名", column=(text("名"), money("值")), row=rows
    )
    form = form_of(A, B, money("和", compute="sum(明细.值)"), tables=[table])
    typed = [{"名": "一", "值": 2}, {"名": "二"}]
    assert said(check_of(form, (), typed, 甲=1, 乙=4), "和") == Decimal("2.25")
    assert said(check_of(form, (), typed, 甲=1, 乙=0), "和") == 2
    assert said(check_of(form, (), typed, 甲=1), "和") is None
