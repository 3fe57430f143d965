"""Cells and lists that somebody has given names, by hand or by the ribbon, are what is asked."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from workbook.adopting.adopt import adopt


def named(book, **names):
    for name, where in names.items():
        book.defined_names[name] = DefinedName(name, attr_text=where)
    made = BytesIO()
    book.save(made)
    return adopt("表", made.getvalue()).as_json()


def plain():
    """A form without borders and colours."""
    book = Workbook()
    sheet = book.active
    sheet.title = "收支"
    for row in (
        ("某局收支表",), ("编制单位", "某局"), ("基本支出",), ("其中:人员经费",),
        (), ("项目", "金额"), (), (), (),
    ):  # fmt: skip
        sheet.append(row)
    return book


def test_a_named_cell_is_asked_though_nothing_shows_that_it_is_to_be_filled():
    told = named(
        plain(), 单位="收支!$B$2", 基本支出="收支!$B$3", 人员="收支!$B$4", 备用="收支!$D$20"
    )
    assert [(one["key"], one["label"], one["cell"]) for one in told["fields"]] == [
        ("单位", "编制单位", "收支!B2"),
        ("基本支出", "基本支出", "收支!B3"),
        ("人员", "人员经费", "收支!B4"),
        ("备用", "备用", "收支!D20"),
    ]


def test_columns_with_names_are_a_list_of_that_name():
    told = named(plain(), 支出明细_项目="收支!$A$7:$A$9", 支出明细_金额="收支!$B$7:$B$9")
    (table,) = told["tables"]
    assert (table["key"], table["rows"]) == ("支出明细", [7, 9])
    assert [one["key"] for one in table["columns"]] == ["项目", "金额"]


def test_cells_of_fixed_rows_keep_the_names_that_they_were_given():
    book = Workbook()
    sheet = book.active
    sheet.title = "三公"
    for row in (("经费", "上年", "本年"), ("出国", 1.5, 2.5), ("接待", 3.5, 4.5)):
        sheet.append(row)
    usual = named(book, 出国_上年="三公!$B$2", 接待_本年="三公!$C$3")
    keys = {"出国_上年", "出国_本年", "接待_上年", "接待_本年"}
    assert {one["key"] for one in usual["fields"]} == keys
    own = named(book, 公务出国="三公!$B$2")
    assert {one["key"] for one in own["fields"]} == keys - {"出国_上年"} | {"公务出国"}
