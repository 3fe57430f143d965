"""A batch summed up: levels, places, changes since last year, and who is in no sum."""

import sqlite3
from contextlib import closing
from decimal import Decimal
from io import BytesIO

import pytest
from loaded import load_workbook

from docgen.batch.model import Done, Status
from docgen.batch.settling import settle
from docgen.batch.sheets import new_book, new_sheet, put_message, put_text
from docgen.batch.units import Unit, Units
from docgen.consolidate.comparing import Change, year_before
from docgen.consolidate.gathering import settled_ledger
from docgen.consolidate.levels import levels
from docgen.consolidate.model import Part
from docgen.consolidate.outliers import outliers
from docgen.consolidate.ranking import places
from docgen.consolidate.totals import Asked, total_book, totalled
from docgen.report.given_faults import DataError
from workbook.making.styles import PLAIN


@pytest.fixture
def book(bureau, ledger, units, kinds):
    totals = totalled(ledger, Asked(units, kinds, bureau / "去年"))
    data = total_book(totals, units)
    assert total_book(totals, units) == data
    return load_workbook(BytesIO(data))


def rows(sheet):
    return list(sheet.iter_rows(min_row=3, values_only=True))


def test_figures_are_summed_up_level_by_level_and_print_on_pages_across(book):
    sheet = book["合计 收支 2025"]
    assert rows(sheet) == [
        ("项目", "单位", "合计", "市局", "乙县", "甲县"),
        ("层级", None, 0, 1, 2, 2),
        ("应交", "本", 8, 8, 4, 3),
        ("计入", "本", 6, 6, 2, 3),
        ("收入", "万元", 215.1, 215.1, 50, 65.1),
        ("支出", "万元", 184.05, 184.05, 40, 54.05),
        ("结余", "万元", 31.05, 31.05, 10, 11.05),
        ("上缴", "万元", 3.4, 3.4, 1.1, 2.3),
        ("附属上缴", "万元", 3.3, 3.3, None, 0.3),
        ("拨出.金额", "万元", 42, 42, 3, 9),
        ("收到.金额", "万元", 28, 28, None, 28),
    ]
    assert (sheet.print_title_cols, sheet.print_title_rows) == ("$A:$B", "$3:$3")
    assert sheet.page_setup.orientation == "landscape"
    wide = book["单位 收支 2025"]
    assert [one.id for one in wide.col_breaks.brk] == [8]


def test_units_are_ranked_by_each_figure_and_equal_ones_share_a_place(book):
    assert [row[:1] + row[2:] for row in rows(book["排名 收支 2025"])] == [
        ("单位", "上级", "总分", "名次", "执行率(%)", "名次"),
        ("市局", None, 95, 1, 90, 3),
        ("甲县", "市局", 95, 1, 80, 5),
        ("乙一", "乙县", 95, 1, 50, 6),
        ("乙县", "1", 90, 4, 100, 1),
        ("甲一", "甲县", 88.5, 5, 89.6, 4),
        ("甲二", "甲县", None, None, 100, 1),
    ]
    known = [Decimal(90), None, Decimal(0), Decimal(90), Decimal(85)]
    assert places(known) == [1, None, 4, 1, 3]


def test_only_units_that_count_in_both_years_are_compared_and_the_others_are_named(book):
    found = rows(book["对比 收支 2025"])
    heads = ("本期", "上期", "增减额", "增减率%")
    assert found[0][2:10] == tuple(
        f"{one}\n{head}" for one in ("全部单位", "合计") for head in heads
    )
    assert found[2][:10] == ("支出", "万元", 184.05, 130, 54.05, 41.58, 139.05, 120, 19.05, 15.88)
    assert found[3][:10] == ("结余", "万元", 31.05, 10, 21.05, 210.5, 21.05, 10, 11.05, 110.5)
    told = {row[0]: row[2] for row in found if row[0] and ":" in row[0]}
    assert told == {
        "新增的单位:甲二": "上期没有计入",
        "新增的单位:乙县": "上期没有计入",
        "新增的单位:乙一": "上期没有计入",
        "减少的单位:甲三": "本期不在名单里",
        "减少的单位:乙二": "本期有错误",
    }


def test_a_rate_has_a_base_above_0():
    assert Change(Decimal("2.00"), Decimal(0)).rate is None
    assert Change(Decimal(5), Decimal(-3)).rate is None
    assert Change(Decimal(5), None).amount == 5
    assert Change(None, Decimal(3)).rate == -100
    assert Change(None, None).amount is None
    assert Change(Decimal(1), Decimal(3)).rate == Decimal("-66.67")
    assert [year_before(one) for one in ("2025", "2025、9", "2025年9月", "9月", "")] == [
        *("2024", "2024、9", "2024年9月", "", ""),
    ]  # fmt: skip


def test_who_is_in_no_sum_is_listed_with_the_reason(book):
    assert [(row[0], row[3]) for row in rows(book["未计入"])[1:]] == [
        ("乙二", "有错误"), ("乙三", "未交"),
    ]  # fmt: skip


def test_what_many_units_have_alike_shows_the_one_that_differs(bureau, ledger, units, kinds):
    """Units of several sizes, one of which typed 元, and one that is large in all figures."""
    (one,) = totalled(ledger, Asked(units, kinds)).groups
    group, first = one.group, one.group.parts[0]

    def part(number, spent, size):
        sums = {"收入": Decimal(100 * size), "支出": Decimal(spent), "结余": Decimal(10 * size)}
        return Part(first.entry, sums, {"执行率": Decimal(90)})

    sizes = [1, 2, 3, 1, 2, 3, 4, 5, 1, 2, 400]
    parts = [part(n, 90 * size + n, size) for n, size in enumerate(sizes)]
    parts.append(part(11, 1_800_000, 2))
    made = type(group)(group.kind, group.period, parts, group.fields)
    (found,) = outliers(made, None)
    assert (found.part, found.name, found.value) == (parts[-1], "支出", "1800000 万元")
    assert found.words.startswith("照单位规模折算,是其他单位的约 ")
    assert "像是按元填了。请核对,属实的不用改" in found.words


def test_a_batch_that_is_not_done_is_not_summed_up(bureau, tmp_path):
    with pytest.raises(DataError, match="没有台账"), settled_ledger(tmp_path):
        pass
    with closing(sqlite3.connect(bureau / "去年" / "台账.sqlite")) as base:
        base.execute("PRAGMA user_version = 0")  # as it is while a batch is under way
        with pytest.raises(DataError, match="没有做完"), settled_ledger(bureau / "去年"):
            pass
        base.execute("PRAGMA user_version = 1")
    circle = Units([Unit("甲", "", "乙"), Unit("乙", "", "甲")])
    with pytest.raises(DataError, match="绕成了一圈"):
        levels([], "收支", circle)


def test_two_of_one_period_are_told_with_the_period():
    def told(period):
        done = [Done(f"{n}.xlsx", Status.PASSED, "", "月报", "一中", "", period) for n in "12"]
        return settle({one.path: (one, 1) for one in done}, Units(())).entries[0].message

    assert told("2025、9") == "和 2.xlsx 是同一个单位、同一期(2025、9)的同一种报告,只能留一本"
    assert "同一年(2025)的同一种" in told("2025")
    assert told("") == "和 2.xlsx 是同一个单位、同一种报告,只能留一本"


def test_sheets_of_long_names_have_names_that_excel_takes():
    book = new_book()
    for title in ("合计 " + "很长的种类" * 6 + " 2025、1", "合计 " + "很长的种类" * 6 + " 2025、2"):
        new_sheet(book, title, "", [("项目", 9.0)])
    new_sheet(book, "Data a/b", "", [])
    new_sheet(book, "DATA A_B", "", [])
    long = "合计 " + ("很长的种类" * 6)[:28]
    assert book.sheetnames == [long, f"{long[:29]}~2", "Data a_b", "DATA A_B~2"]


def test_a_long_remark_is_seen_whole_or_from_its_beginning():
    sheet = new_sheet(new_book(), "汇总", "", [("工作簿", 10.0), ("说明", 70.0)])
    for row, (path, words) in enumerate(
        (("甲.xlsx", "短"), ("甲.xlsx" * 9, "短"), ("", "长" * 990))
    ):
        put_text(sheet, row + 4, 1, path, PLAIN)
        put_message(sheet, row + 4, 2, words)
    heights = [sheet.row_dimensions[row].height for row in (4, 5, 6)]
    assert heights[0] < 40 < heights[1] < heights[2] == 409
    assert [sheet.cell(row, 2).alignment.vertical for row in (4, 5, 6)] == [
        "center",
        "center",
        "top",
    ]
