"""Workbooks of quarters and months: the next one is of the next period."""

from decimal import Decimal
from pathlib import Path

import pytest
from small import SHEET, kind_of, money, snapshot_of

from workbook.form.faults.form import form_faults
from workbook.form.field import Field, Fields
from workbook.form.model import Form, Sheet
from workbook.years.account import rollover_lines
from workbook.years.carry import Fate
from workbook.years.naming import Following, next_path
from workbook.years.rollover import rolled

MONTHS = tuple(f"{number}月" for number in range(1, 13))
QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")


def form_of(period, *fields):
    block = Fields(title="各项", field=fields)
    return Form(
        kind="小表",
        version=1,
        title="小表",
        period=period,
        sheet=(Sheet(name=SHEET, block=(block,)),),
    )


def told(**options):
    return Field(**{"key": "期", "period": True, **options})


def next_of(form, typed):
    made = rolled(snapshot_of(form, typed), kind_of(form))
    return {move.field.key: move.value for move in made.moves if move.fate is not Fate.EMPTIED}


YEAR = Field(key="年度", type="year")


@pytest.mark.parametrize(
    ("period", "field", "year", "said", "after"),
    [
        ("month", told(type="integer"), 2025, 9, (2025, 10)),
        ("month", told(type="integer"), 2025, 12, (2026, 1)),
        ("quarter", told(type="integer"), 2025, 4, (2026, 1)),
        ("quarter", told(type="choice", choices=QUARTERS), 2025, "第三季度", (2025, "第四季度")),
        ("quarter", told(type="choice", choices=QUARTERS), 2025, "第四季度", (2026, "第一季度")),
        ("month", told(type="choice", choices=MONTHS), 2025, "12月", (2026, "1月")),
        ("month", told(type="text"), 2025, "2025年9月", (2025, "2025年10月")),
        ("month", told(type="text"), 2025, "2025年12月", (2026, "2026年1月")),
        ("month", told(type="text"), 2025, "2025-09", (2025, "2025-10")),
        ("month", told(type="text"), 2025, "2025-12", (2026, "2026-01")),
        ("month", told(type="text"), 2025, "2025年09月份", (2025, "2025年10月份")),
        ("month", told(type="text"), 2025, "2025.08", (2025, "2025.09")),
        ("quarter", told(type="text"), 2025, "2025年第四季度", (2026, "2026年第一季度")),
        ("quarter", told(type="text"), 2025, "第2季度", (2025, "第3季度")),
        ("month", told(type="text"), 2025, "2025/12", (2026, "2026/1")),
        ("month", told(type="text"), 2025, "十二月", (2026, "一月")),
        ("month", told(type="text"), 2025, "十月份", (2025, "十一月份")),
        ("month", told(type="text"), 2025, "2025年十二月", (2026, "2026年一月")),
        ("month", told(type="text"), 2025, "二〇二五年十二月", (2026, "二〇二六年一月")),
        ("month", told(type="text"), 2025, "202512", (2026, "202601")),
        ("month", told(type="text"), 2025, "December 2025", (2026, "January 2026")),
        ("month", told(type="text"), 2025, "Sep 2025", (2025, "Oct 2025")),
        ("quarter", told(type="text"), 2025, "2025Q4", (2026, "2026Q1")),
        ("quarter", told(type="text"), 2025, "2025-Q3", (2025, "2025-Q4")),
        ("quarter", told(type="text"), 2025, "Q4 2025", (2026, "Q1 2026")),
        ("quarter", told(type="text"), 2025, "Q1", (2025, "Q2")),
        ("quarter", told(type="text"), 2025, "二〇二五年第四季度", (2026, "二〇二六年第一季度")),
    ],
)
def test_the_next_workbook_is_of_the_next_period(period, field, year, said, after):
    typed = {"年度": Decimal(year), "期": Decimal(said) if isinstance(said, int) else said}
    assert next_of(form_of(period, YEAR, field), typed) == {"年度": after[0], "期": after[1]}


def test_last_months_closing_is_this_months_opening():
    form = form_of("month", told(type="integer"), money("期初", prior="期末"), money("期末"))
    typed = {"期": Decimal(9), "期初": Decimal(3), "期末": Decimal("8.50")}
    assert next_of(form, typed) == {"期": 10, "期初": Decimal("8.50")}


def test_a_period_that_nobody_can_read_is_left_to_the_clerk():
    form = form_of("month", YEAR, told(type="text"))
    typed = {"年度": Decimal(2025), "期": "上个月"}
    made = rolled(snapshot_of(form, typed), kind_of(form))
    assert {m.field.key: (m.fate, m.value, m.why) for m in made.moves} == {
        "年度": (Fate.UNUSABLE, None, "看不出是哪一期,下一期请自己填"),
        "期": (Fate.UNUSABLE, None, "看不出是哪一期,下一期请自己填"),
    }
    said = list(rollover_lines(made, Path("新.xlsx"), Path("旧.xlsx")))
    assert said[:2] == ["已新建:新.xlsx", "上一期没有填或读不出来,新的一期请自己填。"]


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("month", "2025-11-01"),
        ("month", "2025年10-11月"),
        ("month", "第47周"),
        ("month", "十至十一月"),
        ("month", "1 December 2025"),
        ("quarter", "Q3-Q4"),
        ("quarter", "一、二季度"),
        ("quarter", "第三季度(7-9月)"),
    ],
)
def test_what_may_be_one_period_or_another_is_none(period, said):
    made = rolled(
        snapshot_of(form_of(period, told(type="text")), {"期": said}),
        kind_of(form_of(period, told(type="text"))),
    )
    assert [(m.fate, m.value) for m in made.moves] == [(Fate.UNUSABLE, None)]


def test_the_account_and_the_files_name_say_the_period():
    form = form_of("month", YEAR, told(type="integer"))
    made = rolled(snapshot_of(form, {"年度": Decimal(2025), "期": Decimal(9)}), kind_of(form))
    said = list(rollover_lines(made, Path("新.xlsx"), Path("旧.xlsx")))
    assert said == ["已新建:新.xlsx(10月)", "结转(其余单元格空着待填):", "  表:往后一期"]
    assert next_path(Path("食堂9月.xlsx"), made.following) == Path("食堂10月.xlsx")
    assert next_path(Path("食堂.xlsx"), made.following) == Path("食堂10月.xlsx")


@pytest.mark.parametrize(
    ("last", "period", "following"),
    [
        ("2025年12月报表", ("12月", "1月"), "2026年1月报表"),
        ("食堂12月", ("12月", "1月"), "食堂2026年1月"),
        ("食堂", ("12月", "1月"), "食堂2026年1月"),
        ("食堂2025年", ("12月", "1月"), "食堂2026年1月"),
        ("食堂2025年12月", ("2025年12月", "2026年1月"), "食堂2026年1月"),
        ("食堂", ("2025/12", "2026/01"), "食堂2026_01"),
        ("2025Q4快报", ("2025Q4", "2026Q1"), "2026Q1快报"),
        ("2025年四季度快报", ("四季度", "一季度"), "2026年一季度快报"),
        ("12件事12月", ("12月", "1月"), "12件事2026年1月"),
    ],
)
def test_over_the_years_end_the_files_name_says_the_new_year(last, period, following):
    time = Following(2026, 2025, period, "month")
    assert next_path(Path(f"{last}.xlsx"), time) == Path(f"{following}.xlsx")


@pytest.mark.parametrize(
    ("last", "period", "following"),
    [
        ("二〇二五年十二月", ("二〇二五年十二月", "二〇二六年一月"), "二〇二六年一月"),
        ("二〇二五年十二月", ("十二月", "一月"), "二〇二六年一月"),
        ("食堂二零二五年", ("十二月", "一月"), "食堂二零二六年一月"),
        ("２０２５年１２月", ("12月", "1月"), "２０２６年1月"),
        ("2025四季度快报", ("四季度", "一季度"), "2026一季度快报"),
        ("12月食堂", ("12月", "1月"), "2026年1月食堂"),
        ("编号120251 12月", ("12月", "1月"), "编号120251 2026年1月"),
        ("2025年第四季度四川", ("四", "一"), "2026年第一季度四川"),
        ("四川", ("四", "一"), "四川2026年一"),
        ("四川4季度4号", ("4", "1"), "四川2026年1季度4号"),
    ],
)
def test_the_year_is_known_however_it_is_written_and_only_where_it_is_one(last, period, following):
    time = Following(2026, 2025, period, "month")
    assert next_path(Path(f"{last}.xlsx"), time) == Path(f"{following}.xlsx")


@pytest.mark.parametrize(
    ("last", "period", "following"),
    [
        ("Dec", ("Dec", "Jan"), "2026 Jan"),
        ("Dec visits", ("Dec", "Jan"), "2026 Jan visits"),
        ("report_Q4", ("Q4", "Q1"), "report_2026 Q1"),
        ("report_2025_Q4", ("Q4", "Q1"), "report_2026_Q1"),
        ("FAQ4", ("Q4", "Q1"), "FAQ4 2026 Q1"),
        ("Decor", ("Dec", "Jan"), "Decor 2026 Jan"),
        ("report dec 2025", ("Dec", "Jan"), "report Jan 2026"),
        ("report", ("December 2025", "January 2026"), "report January 2026"),
    ],
)
def test_over_the_years_end_an_english_name_says_the_new_year(last, period, following):
    time = Following(2026, 2025, period, "month")
    assert next_path(Path(f"{last}.xlsx"), time, "en") == Path(f"{following}.xlsx")


@pytest.mark.parametrize(
    ("last", "period", "following"),
    [
        ("Mayor", ("May", "June"), "Mayor June"),
        ("Mayor May", ("May", "June"), "Mayor June"),
        ("食堂May", ("May", "June"), "食堂June"),
        ("统一月报", ("一月", "二月"), "统一月报 二月"),
        ("统一月报一月", ("一月", "二月"), "统一月报二月"),
        ("十一月", ("一月", "二月"), "十一月 二月"),
        ("113月", ("3月", "4月"), "113月 4月"),
        ("2025年1月1号", ("1", "2"), "2025年2月1号"),
        ("1号楼月报1", ("1", "2"), "1号楼月报2"),
    ],
)
def test_a_period_is_no_part_of_another_word_in_a_files_name(last, period, following):
    time = Following(2025, 2025, period, "month")
    assert next_path(Path(f"{last}.xlsx"), time, "en") == Path(f"{following}.xlsx")


def test_a_number_in_a_files_name_is_no_month():
    time = Following(2026, 2026, ("3", "4"), "month")
    assert next_path(Path("NLF-013 3.xlsx"), time, "en") == Path("NLF-013 4.xlsx")


def test_where_nobody_can_tell_the_next_period_the_files_name_says_so():
    assert next_path(Path("食堂.xlsx"), Following(None, None, None, "month")) == Path(
        "食堂(下一期).xlsx"
    )


@pytest.mark.parametrize(
    ("period", "fields", "said"),
    [
        ("month", (YEAR,), 'period = "month" 的表单要有一个字段写 period = true,说是哪一期'),
        ("year", (told(type="integer"),), "「期」:period 只用于 period 不是 year 的表单"),
        ("month", (told(type="date"),), "「期」:period 只用于要填的整数、文字或选项"),
    ],
)
def test_a_form_says_its_period_in_one_cell(period, fields, said):
    assert form_faults(form_of(period, *fields)) == [said]
