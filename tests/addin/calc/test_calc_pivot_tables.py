"""Pivot tables."""

import asyncio
from pathlib import Path

import pytest
import xlwings as xw

ROWS = [
    ["项目", "年度", "金额", "备注"],
    ["基本", 2021, 10, "a"],
    ["基本", 2022, 20, "b"],
    ["专项", 2021, 30, "c"],
]


@pytest.fixture
def table(sheet: xw.Sheet) -> xw.main.PivotTable:
    """A pivot table of four columns that shows nothing yet."""
    sheet["A1"].value = ROWS
    report = sheet.book.sheets.add(after=sheet)
    return report.pivot_tables.add(sheet["A1:D4"], report["B2"], name="汇总")


def test_a_table_is_added_found_and_deleted(table: xw.main.PivotTable) -> None:
    report = table.parent
    assert (table.name, table.field_names, table.data_body_range) == ("汇总", ROWS[0], None)
    table.name = "新名"
    second = report.pivot_tables.add(report.book.sheets[0]["A1:D4"], report["J2"])
    assert [one.name for one in report.pivot_tables] == ["新名", "PivotTable1"]
    assert (report.pivot_tables["新名"] == table, "汇总" in report.pivot_tables) == (True, False)
    second.delete()
    assert (len(report.pivot_tables), report["J2"].value) == (1, None)


def test_fields_give_rows_columns_and_sums(table: xw.main.PivotTable) -> None:
    table.rows.add("项目")
    table.values.add("金额")
    assert table.range.value == [
        ["项目", "Sum of 金额"], ["专项", 30], ["基本", 30], ["Grand Total", 60],
    ]  # fmt: skip
    assert table.data_body_range is not None
    assert table.data_body_range.address == "$C$3:$C$5"
    table.columns.add("年度")
    assert table.range.value[1:] == [
        ["项目", 2021, 2022, "Grand Total"],
        ["专项", 30, None, 30],
        ["基本", 10, 20, 30],
        ["Grand Total", 40, 20, 60],
    ]
    table.show_row_grand_totals = table.show_column_grand_totals = False
    assert table.range.value[1:] == [["项目", 2021, 2022], ["专项", 30, None], ["基本", 10, 20]]
    assert [asyncio.run(table.get_range()), asyncio.run(table.get_data_body_range())] == [
        table.range, table.data_body_range,
    ]  # fmt: skip


def test_a_field_moves_from_area_to_area(table: xw.main.PivotTable) -> None:
    year = table.rows.add("年度")
    table.rows.add("项目")
    table.rows.add("年度")
    assert ([one.name for one in table.rows], "项目" in table.rows) == (["年度", "项目"], True)
    table.filters.add("年度")
    assert [[one.name for one in area] for area in (table.rows, table.filters)] == [
        ["项目"], ["年度"],
    ]  # fmt: skip
    year.remove()
    assert (len(table.filters), table.rows(1).name) == (0, "项目")
    with pytest.raises(KeyError):
        table.rows.add("没有")


def test_sums_have_names_functions_and_formats(table: xw.main.PivotTable) -> None:
    table.rows.add("项目")
    money, notes = table.values.add("金额"), table.values.add("备注")
    assert [(one.name, one.function, one.source_field) for one in table.values] == [
        ("Sum of 金额", "sum", "金额"), ("Count of 备注", "count", "备注"),
    ]  # fmt: skip
    again = table.values.add("金额", function="max", name="最高", number_format="0.00")
    assert (again.source_field, again.number_format, len(table.columns)) == ("金额", "0.00", 0)
    assert table.range[1:, :].value == [
        ["项目", "Sum of 金额", "Count of 备注", "最高"],
        ["专项", 30, 1, 30],
        ["基本", 30, 2, 20],
        ["Grand Total", 60, 3, 30],
    ]
    assert table.data_body_range is not None
    assert [cell.number_format for cell in table.data_body_range[0, :]] == [
        "General", "General", "0.00",
    ]  # fmt: skip
    money.function = "average"
    again.function = "min"
    assert [one.name for one in table.values] == ["Average of 金额", "Count of 备注", "最高"]
    for one in (again, notes):
        one.remove()
    assert [one.name for one in table.values] == ["Average of 金额"]


def test_a_table_follows_its_source(table: xw.main.PivotTable) -> None:
    data = table.parent.book.sheets[0]
    source = data.tables.add(data["A1:D4"], name="明细")
    second = table.parent.pivot_tables.add(source, table.parent["J2"])
    second.rows.add("项目")
    second.values.add("金额")
    source.rows.add(["专项", 2022, 5, "d"])
    second.refresh()
    assert second.range.value[-1] == ["Grand Total", 65]


def test_a_layout_is_chosen_where_calc_has_it(table: xw.main.PivotTable) -> None:
    table.rows.add("项目")
    table.rows.add("年度")
    assert table.layout == "tabular"
    table.layout = "outline"
    assert table.layout == "outline"
    with pytest.raises(NotImplementedError, match="compact"):
        table.layout = "compact"


def test_a_saved_table_is_read_again(
    app: xw.App, table: xw.main.PivotTable, tmp_path: Path
) -> None:
    table.rows.add("项目")
    table.values.add("金额", name="合计")
    book = table.parent.book
    book.save(tmp_path / "表.xlsx")
    book.close()
    opened = app.books.open(tmp_path / "表.xlsx")
    again = opened.sheets[1].pivot_tables[0]
    opened.sheets[0]["C2"].value = 100
    again.refresh()
    assert ([(one.name, one.source_field) for one in again.values], again.range.value[-1]) == (
        [("合计", "金额")], ["Grand Total", 150],
    )  # fmt: skip
    opened.close()
