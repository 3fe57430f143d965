"""Figures and words taken from where they stand already, in Python and in the sheet."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from loaded import load_workbook
from sampled import check_of, news, typed_over
from small import details, form_of, lines, money, rule, rule_faults, rules_of, snapshot_of, text

from workbook.checking.check import check
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.form.sample import Sample
from workbook.form.table import Table
from workbook.making.build import build_workbook
from workbook.reading.saved import SavedBook, open_saved

DATA = Table(
    key="数据",
    title="数据",
    column=(
        text("名"),
        Field(key="数", type="number", required=False),
        text("单位", required=False),
    ),
    rows=8,
    row_name="名",
)
OURS = details(
    text("组", default="above(组)"),
    text("标"),
    Field(
        key="值",
        type="number",
        required=False,
        default="figure_where(数据.数, 数据.名, before_end(标, '占比')) if ends_with(标, '占比')"
        " else figure_where(数据.数, 数据.名, 标)",
    ),
    text(
        "量",
        required=False,
        default="'%' if ends_with(标, '率') else text_where(数据.单位, 数据.名, 标)",
    ),
    Field(key="半", type="number", required=False, default="值 / 2 if given(值) and 值 > 10"),
    row_name="标",
)
FORM = form_of(tables=[DATA, OURS])
RULES = rules_of(
    FORM,
    rule("值一致", "值 == figure_where(数据.数, 数据.名, 标)", each="明细", when="标 == '甲'"),
    rule("半一致", "半 == 值 / 2", each="明细", when="标 == '甲'"),
)
SAMPLE = Sample(
    {},
    {
        "数据": (
            {"名": "甲", "数": 12, "单位": "个"},
            {"名": "乙", "数": 0},
            {"名": "丙", "单位": "次"},
            {"名": "丁", "数": 3},
            {"名": "丁", "数": 4},
        ),
        "明细": (
            {"组": "一", "标": "甲"},
            {"标": "乙占比"},
            {"标": "合格率"},
            {"组": "二", "标": "丙"},
            {"标": "丁"},
            {"标": "甲", "值": 7},
        ),
    },
)
SAID = [
    ("一", "甲", 12, "个", 6),
    ("一", "乙占比", 0, None, None),
    ("一", "合格率", None, "%", None),
    ("二", "丙", None, "次", None),
    ("二", "丁", None, None, None),  # two rows have the name: none is picked
    ("二", "甲", 7, "个", None),
]


def said_in(path: Path, form: Form) -> list[tuple[object, ...]]:
    book = open_saved(path)
    assert isinstance(book, SavedBook)
    rows = check(book.snapshot(form), form, RULES).values.tables["明细"]
    return [tuple(entry.value for entry in row.values()) for row in rows]


def test_what_stands_elsewhere_is_looked_up_and_what_does_not_stays_blank(tmp_path: Path) -> None:
    build_workbook(FORM, RULES, SAMPLE).save(tmp_path / "表.xlsx")
    assert said_in(tmp_path / "表.xlsx", FORM) == SAID


def test_the_sheet_says_the_same(
    recalculate: Callable[[Sequence[Path]], list[Path]], tmp_path: Path
) -> None:
    made = build_workbook(FORM, RULES, SAMPLE)
    made.results.clear()
    made.save(tmp_path / "表.xlsx")
    (path,) = recalculate([tmp_path / "表.xlsx"])
    sheet = load_workbook(path, data_only=True)["表"]
    top = next(cell.row for cell in sheet["B"] if cell.value == "组")
    shown = [
        tuple(cell.value or (0 if cell.value == 0 else None) for cell in row)
        for row in sheet.iter_rows(top + 1, top + len(SAID), 2, 6)
    ]
    assert shown == SAID
    assert [cell.value or None for cell in sheet[top + len(SAID) + 1][1:6]] == [None] * 5
    assert said_in(path, FORM) == SAID


@pytest.mark.parametrize(
    ("expression", "fault"),
    [
        ("above(标)", "「明细.组」的 default:above 只写在这一列自己的 default 里"),
        ("above(值)", "「明细.组」的 default:函数「above」要这张表的一个文字列,而且只用在表里"),
        ("above('组')", "「明细.组」的 default:函数「above」要这张表的一个文字列,而且只用在表里"),
    ],
)
def test_only_a_columns_own_default_looks_above(expression: str, fault: str) -> None:
    table = details(text("组", default=expression), text("标"), money("值"))
    assert rule_faults(form_of(tables=[table])) == [fault]


def test_no_rule_looks_above_and_no_single_cell() -> None:
    table = details(text("组", default="above(组)"), text("标"))
    form = form_of(text("单", default="above(组)"), tables=[table])
    assert rule_faults(form, rule("上", "组 == above(组)", each="明细")) == [
        "「单」的 default:函数「above」要这张表的一个文字列,而且只用在表里",
        "规则「上」:above 只写在一列的 default 里",
    ]


def test_a_default_that_may_say_nothing_needs_a_rule_to_be_held_against() -> None:
    form = form_of(money("甲"), money("乙", required=False, default="甲 if 甲 > 1"))
    assert rule_faults(form) == [
        "「乙」的 default 可能什么也不给,请写一条规则,说另填的数应等于什么"
    ]
    assert rule_faults(form, rule("相等", "乙 == 甲")) == []
    locked = form_of(money("甲"), money("乙", compute="甲 if 甲 > 1"))
    assert rule_faults(locked) == ["「乙」的 compute:if 后面要有 else"]


def test_an_amount_is_not_negative_unless_it_is_signed() -> None:
    form = form_of(money("金额"), money("调整", signed=True))
    checked = check(snapshot_of(form, {"金额": -1, "调整": -1}), form, rules_of(form))
    assert lines(checked) == ["表!C5 金额:-1 小于 0。请核对这个数"]


def test_a_date_lies_in_the_reported_year_unless_the_form_or_a_rule_says_otherwise() -> None:
    year = Field(key="年度", type="year")
    day, free = (Field(key=key, type="date") for key in ("会议日期", "成文日期"))
    old = Field(key="成立日期", type="date", year="any")
    form = form_of(year, day, free, old)
    rules = rules_of(form, rule("成文", "year(成文日期) == 年度 + 1"))
    typed = {"年度": 2022, "会议日期": date(2023, 1, 5), "成文日期": date(2023, 3, 1)}
    checked = check(snapshot_of(form, {**typed, "成立日期": date(1999, 1, 1)}), form, rules)
    assert lines(checked) == [
        "表!C6 会议日期:报告是 2022 年度的,这个日期却在 2023 年。"
        "请核对年份,是否沿用了上年的;确实不在本年度的可以保留"
    ]


def test_a_row_that_another_table_still_names_is_told_where_the_sum_does_not_tie() -> None:
    columns = ("名称", "金额", "全年预算数", "预期目标", "实际完成情况")
    gone = typed_over({f"项目.2.{column}": None for column in columns})
    (balance,) = (one for one in news(check_of(gone)) if one.rule == "收支平衡")
    assert balance.causes[0] == ("「上级专项」在“项目指标”里有,“项目”里却没有这一行,可能漏了它的数")
