"""Filters, rules for what may be typed, and macros."""

import datetime as dt

import pytest
import xlwings as xw

ROWS = [["地区", "数"], ["东", 1], ["西", 2], ["东", 3], [None, 4]]


def shown(block: xw.Range) -> list[object]:
    return [row[0, 1].value for row in block.rows if not row.rows.hidden]


def test_a_range_is_filtered(sheet: xw.Sheet) -> None:
    block = sheet["B2:C6"]
    block.value = ROWS
    block.autofilter.apply_values(1, ["东"])
    assert shown(block) == ["数", 1, 3]
    block.autofilter.apply_comparison(2, "greater_than", 1)
    assert shown(block) == ["数", 3]
    block.autofilter.clear(1)
    assert shown(block) == ["数", 2, 3, 4]
    block.autofilter.apply_comparison(2, "not_between", 2, 3)
    assert shown(block) == ["数", 1, 4]
    block.autofilter.apply_top_items(2, 2)
    assert shown(block) == ["数", 3, 4]
    assert [(one.type, one.count) for one in block.autofilter.criteria] == [
        ("none", None), ("top_items", 2),
    ]  # fmt: skip
    block.autofilter.clear()
    assert shown(block) == ["数", 1, 2, 3, 4]


def test_a_table_is_filtered(sheet: xw.Sheet) -> None:
    sheet["B2"].value = ROWS
    table = sheet.tables.add(sheet["B2:C6"])
    table.autofilter.apply_comparison(1, "equal_to", None)
    assert shown(table.range) == ["数", 4]
    assert [area.address for area in table.range.get_special_cells("visible")] == [
        "$B$2:$C$2", "$B$6:$C$6",
    ]  # fmt: skip


def test_a_list_may_be_chosen_from(book: xw.Book, sheet: xw.Sheet) -> None:
    rule = sheet["A1:A3"].data_validation
    assert (rule.type, rule.source) == ("none", None)
    sources = []
    sheet["D1:D3"].name = "选项"
    for source in (["是", "否"], sheet["D1:D3"], book.names["选项"]):
        rule.set_list(source, in_cell_dropdown=True)
        sources.append((rule.type, rule.source, rule.in_cell_dropdown))
    assert sources == [
        ("list", "是,否", True), ("list", "=Sheet1!$D$1:$D$3", True), ("list", "=选项", True),
    ]  # fmt: skip
    mixed = sheet["A1:A4"].data_validation
    assert mixed.type == "inconsistent"
    with pytest.raises(xw.XlwingsError, match="different validation rules"):
        mixed.set_list(["是"])
    rule.delete()
    assert rule.type == "none"


def test_values_may_be_bounded(sheet: xw.Sheet) -> None:
    rule = sheet["A1"].data_validation
    rule.set_decimal("between", 0, "=B1*2")
    assert (rule.type, rule.operator, rule.formula1, rule.formula2) == (
        "decimal", "between", "=0", "=B1*2",
    )  # fmt: skip
    rule.set_date("greater_than", dt.date(2026, 1, 1))
    assert (rule.type, rule.operator, rule.formula1) == ("date", "greater_than", "=DATE(2026,1,1)")
    rule.set_custom("=ISNUMBER(A1)")
    assert (rule.type, rule.formula, rule.alert_style) == ("custom", "=ISNUMBER(A1)", "stop")


def with_macro(book: xw.Book) -> xw.Book:
    """The book with a module of two macros."""
    libraries = book.api.BasicLibraries
    libraries.createLibrary("VBAProject")
    libraries.getByName("VBAProject").insertByName(
        "Module1", "Function Twice(x)\nTwice = x * 2\nEnd Function\nSub Nothing()\nEnd Sub\n"
    )
    return book


def test_a_macro_that_is_called_by_name_runs(book: xw.Book) -> None:
    with_macro(book)
    assert (book.macro("Module1.Twice")(21), book.app.macro("twice")(4)) == (42, 8)
    assert book.macro("Nothing")() is None
    with pytest.raises(ValueError, match="no macro"):
        book.macro("没有")()


def test_a_book_starts_no_macro_on_opening_unless_the_caller_says_so(
    app: xw.App, book: xw.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.impl.office, "runs_macros", True)
    allowed = app.books.add()
    modes = [
        next(one.Value for one in opened.api.getArgs() if one.Name == "MacroExecutionMode")
        for opened in (book, allowed)
    ]
    assert modes == [0, 4]
    allowed.close()
