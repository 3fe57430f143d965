"""Figures at the edge of what is told apart: limits, cents in large figures, slips of one digit."""

from decimal import Decimal

import pytest
from small import check_of, details, form_of, lines, money, rule, text

from workbook.findings.model import Finding
from workbook.form.field import Field
from workbook.form.table import GivenRow

BASIC = form_of(*(money(key, signed=True) for key in ("基本支出", "人员经费", "公用经费")))
SUM = rule("基本支出构成", "基本支出 == 人员经费 + 公用经费")


def causes(total: float, staff: float, running: float) -> tuple[str, ...]:
    """What is said of a total that does not tie with its two parts."""
    checked = check_of(BASIC, [SUM], 基本支出=total, 人员经费=staff, 公用经费=running)
    (found,) = (one for one in checked.findings if one.rule)
    return found.causes


# yuan in a cell of 万元


@pytest.mark.parametrize(
    ("figures", "label", "place", "meant"),
    [
        ((195.49, 1717432.5, 23.75), "人员经费", "表!C6", "171.74"),  # 171.74325
        ((195.5, 1717450, 23.75), "人员经费", "表!C6", "171.75"),  # a half goes up
        ((1954932.11, 171.74, 23.75), "基本支出", "表!C5", "195.49"),  # the total
        ((1954949.99, 171.74, 23.75), "基本支出", "表!C5", "195.49"),  # just short of a half
        ((-195.49, -1717432.5, -23.75), "人员经费", "表!C6", "-171.74"),
    ],
)
def test_yuan_are_rounded_to_the_cells_decimals_before_they_are_said_to_tie(
    figures: tuple[float, float, float], label: str, place: str, meant: str
) -> None:
    assert causes(*figures) == (
        f"「{label}」({place})若是 {meant} 就相符,可能按元填了(这里的单位不是元)",
    )


def test_yuan_that_round_to_another_figure_are_no_cause() -> None:
    assert causes(195.49, 1717349, 23.75) == ()  # 171.7349 is 171.73


def test_yuan_that_round_to_nothing_are_a_part_left_out_and_not_a_slip_of_unit() -> None:
    assert causes(100, 100, 0.3) == ("差额正好是「公用经费」(表!C7)的 0.30,合计里可能漏了这一项",)


def test_a_figure_without_declared_decimals_is_not_rounded_before_it_is_said_to_tie() -> None:
    fields = [Field(key=key, type="number") for key in ("合计", "甲", "乙")]
    checked = check_of(
        form_of(*fields), [rule("和", "合计 == 甲 + 乙")], 合计=195.49325, 甲=1717432.5, 乙=23.75
    )
    assert checked.findings[0].causes == (
        "「甲」(表!C6)若是 171.74325 就相符,可能按元填了(这里的单位不是元)",
    )


@pytest.mark.parametrize(
    "figures",
    [
        (174.12, 171.74, 23.75),  # 2.375 would round to 2.38
        (171.98, 171.74, 23.75),  # 0.2375 would round to 0.24
    ],
)
def test_a_point_that_is_only_displaced_leaves_every_digit(
    figures: tuple[float, float, float],
) -> None:
    assert causes(*figures) == ()


# the largest figure that Excel keeps whole

COUNT = Field(key="数", type="integer")


@pytest.mark.parametrize(
    "typed", [999_999_999_999_999, -999_999_999_999_999, "999,999,999,999,999"]
)
def test_a_figure_of_fifteen_digits_is_read(typed: int | str) -> None:
    checked = check_of(form_of(COUNT), 数=typed)
    assert checked.findings == ()
    assert abs(checked.values.fields["数"].value) == 999_999_999_999_999


@pytest.mark.parametrize(
    "typed", [10**15, -(10**15), 1e15, -1e15, "1000000000000000", "-1,000,000,000,000,000", 1e16]
)
def test_a_figure_of_sixteen_digits_is_too_long_even_if_most_are_zeros(typed: float | str) -> None:
    (found,) = check_of(form_of(COUNT), 数=typed).findings
    digits = "16" if typed == 1e16 else "15"
    sign = "-" if str(typed).startswith("-") else ""
    assert (found.code, found.found) == ("too-long", f"{sign}1{'0' * int(digits)}")


@pytest.mark.parametrize(
    ("typed", "is_read"),
    [
        (0.000000000000001, True),  # zeros before the first digit are none of the fifteen
        (-0.123456789012345, True),
        ("0.1234567890123456", False),
        ("-1.234567890123456", False),
        ("1.23456789012345", True),
        (100000.5, True),
    ],
)
def test_digits_are_counted_without_point_and_sign(typed: float | str, is_read: bool) -> None:
    checked = check_of(form_of(Field(key="数", type="number")), 数=typed)
    assert [one.code for one in checked.findings] == ([] if is_read else ["too-long"])


def test_a_figure_that_the_form_gives_is_known_again_however_large_it_is() -> None:
    columns = (text("名"), Field(key="数", type="integer"))
    rows = tuple(GivenRow(given={"名": f"行{n}", "数": n}) for n in (10**15, -(10**15), 7))
    form = form_of(tables=[details(*columns, row_name="名", row=rows)])
    assert check_of(form, (), [{}, {}, {}]).findings == ()
    wrong = [{"数": 10**15 + 100}, {"数": float("inf")}, {"数": 7.1}]
    assert [one.code for one in check_of(form, (), wrong).findings] == ["given-changed"] * 3


@pytest.mark.parametrize(
    ("typed", "found"),
    [("甲", None), (" 甲 ", None), ("乙", "乙"), (None, "空白"), (7, "7")],
)
def test_words_that_the_form_gives_are_known_again(
    typed: str | int | None, found: str | None
) -> None:
    row = GivenRow(given={"名": "一", "说明": "甲 "})
    form = form_of(tables=[details(text("名"), text("说明"), row_name="名", row=(row,))])
    findings = check_of(form, (), [{"说明": typed}]).findings
    assert [(one.code, one.found) for one in findings] == (
        [] if found is None else [("given-changed", found)]
    )


# a formula that was typed over


def typed_over(first: float, second: float, typed: float, **options: object) -> list[Finding]:
    """What is said of a sum in whose place a figure was typed."""
    parts = [money(key, signed=True, **options) for key in ("甲", "乙")]
    form = form_of(*parts, money("果", compute="甲 + 乙", **options))
    return list(check_of(form, 甲=first, 乙=second, 果=typed).findings)


@pytest.mark.parametrize(
    ("first", "second", "typed"),
    [
        (1234567.44, 0.45, 1234567.95),
        (1234567.44, 0.45, 1234567.9),
        (1234567.44, 0.45, 1234567.88),
        (-1234567.44, -0.45, -1234567.95),
        (1234567890123, 0.45, 1234567890123.46),  # all that a double of two decimals can tell
        (9999999999999.98, 0.01, 9999999999999.98),
        (0.01, -0.01, 0.01),
        (0.01, -0.01, 0.005),
        (12345678901234.5, 0.06, 12345678901235),
        (0, 0, 1e300),
        (0, 0, float("inf")),
        (0, 0, float("-inf")),
    ],
)
def test_a_typed_over_formula_that_is_a_cent_away_is_named(
    first: float, second: float, typed: float
) -> None:
    (found,) = typed_over(first, second, typed)
    assert (found.code, found.found) == ("computed-changed", str(typed))
    assert Decimal(found.expected) == Decimal(str(first)) + Decimal(str(second))


@pytest.mark.parametrize(
    ("first", "second", "result"),
    [
        (1234567.44, 0.45, 1234567.89),
        (1234567.44, 0.45, 1234567.8900000001),  # a double's noise
        (0.1, 0.2, 0.30000000000000004),
        (1234567890123, 0.45, 1234567890123.45),
        (12345678901234.5, 0.06, 12345678901234.56),  # Excel shows …234.6, which is all it keeps
        (0.01, -0.01, 0.004),
    ],
)
def test_a_formulas_own_result_is_known_again(first: float, second: float, result: float) -> None:
    assert typed_over(first, second, result) == []


@pytest.mark.parametrize(("decimals", "typed", "count"), [(0, 3, 1), (0, 2.4, 0), (4, 2.0001, 1)])
def test_how_near_is_near_enough_depends_on_the_cells_decimals(
    decimals: int, typed: float, count: int
) -> None:
    assert len(typed_over(1, 1, typed, decimals=decimals)) == count


def test_a_sum_beyond_fifteen_digits_is_known_again_and_a_figure_typed_over_it_is_named() -> None:
    large = 999_999_999_999_999
    assert typed_over(large, 1, 1e15, decimals=0) == []
    assert typed_over(-large, -1, -1e15, decimals=0) == []
    (found,) = typed_over(large, 1, 1.0000000000001e15, decimals=0)
    assert found.code == "computed-changed"


def test_a_figure_is_typed_over_in_a_column_too() -> None:
    column = money("额", compute="数 * 1234567.89")
    form = form_of(tables=[details(money("数", decimals=0, signed=True), column)])
    checked = check_of(form, (), [{"数": 1, "额": 1234567.89}, {"数": 1, "额": 1234567.95}])
    assert lines(checked) == [
        "表!C7 明细第 2 行 额:这里由公式算出 1234567.89,单元格里却是 1234567.95;报告仍用算出的数。"
        "公式可能被改掉了;请恢复公式,需要改的是它引用的数"
    ]
