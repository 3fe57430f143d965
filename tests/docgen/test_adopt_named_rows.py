"""Rows that a report tells in another unit than the form, and rows that it names one by one."""

from io import BytesIO

import docx
import pytest
from empty_document import empty_document
from openpyxl import Workbook

from docgen.adopting.kind import adopt_kind
from docgen.naming.page import paragraphs
from docgen.report.filters import FILTERS
from docgen.report.lint_report import kind_faults, sample_context
from docgen.template import compile_template
from workbook.checking.kinds import load_kind

PROJECTS = (
    ("村口桥梁加固", "东风路桥公司", 386400, 352980),
    ("小学操场翻修", "宏达建筑公司", 1250000, 1187600),
    ("灌渠清淤", "县水利工程队", 97300, 97300),
)
SAYS = (
    "全镇工程情况",
    "1.村口桥梁加固，概算38.64万元，结算35.30万元。",
    "2.小学操场翻修，概算125.00万元，结算118.76万元。",
    "3.灌渠清淤，概算9.73万元，结算9.73万元。",
    "其中小学操场翻修结算1187600元，最高。",
)


def form():
    book = Workbook()
    sheet = book.active
    sheet.title = "工程"
    for row in (
        ("工程情况表（元）",),
        ("项目名称", "承建单位", "概算", "结算"),
        *PROJECTS,
        ("全镇", "", "=SUM(C3:C5)", "=SUM(D3:D5)"),
    ):
        sheet.append(row)
    totals = book.create_sheet("水费")
    for row in (
        ("供水量（吨）", "售水量（吨）"),
        (8452, 7715),
        (),
        ("水厂名称", "供水量（吨）", "电费（元）"),
        ("东厂", 5316, 26540),
        ("西厂", 3136, 15020),
        ("全部", "=SUM(B5:B6)", "=SUM(C5:C6)"),
    ):
        totals.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def report():
    document = empty_document()
    for text in SAYS:
        document.add_paragraph(text)
    for rows in (
        (
            ("厂站", "供水量", "电费（万元）"),
            ("东厂", "5316", "2.65"),
            ("西厂", "3136", "1.50"),
            ("合计", "8452", "4.16"),
        ),
        (("厂站", "供水量"), ("东厂", "5316"), ("西厂", "3136"), ("合计", "7715")),
    ):
        table = document.add_table(len(rows), len(rows[0]))
        for row, values in zip(table.rows, rows, strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                cell.text = value
    file = BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def kind(tmp_path_factory):
    folder = tmp_path_factory.mktemp("工程")
    for name, data in (("表.xlsx", form()), ("报告.docx", report())):
        (folder / name).write_bytes(data)
    made = adopt_kind(folder / "kinds" / "made", folder / "表.xlsx", folder / "报告.docx")
    assert (made.faults, kind_faults(load_kind(made.folder))) == ([], [])
    return made


def told(document):
    return [one.text for one in paragraphs(docx.Document(BytesIO(document))) if one.text.strip()]


def test_a_paragraph_of_each_row_is_a_loop_though_the_form_is_in_yuan(kind):
    assert told(kind.report.template)[1:4] == [
        "{%p for 行 in 工程 %}",
        "{{ loop.index }}.{{ 行.项目名称 }}，概算{{ (行.概算 / 10000)|round(2) }}万元，"
        "结算{{ (行.结算 / 10000)|round(2) }}万元。",
        "{%p endfor %}",
    ]


def test_a_row_of_another_name_prints_a_blank_that_says_so(kind):
    context = sample_context(load_kind(kind.folder))
    name = "项目名称"
    rows = [{**row, name: row[name].replace("操场", "球场")} for row in context["工程"]]
    made = compile_template(kind.report.template, filters=FILTERS).render({**context, "工程": rows})
    assert told(made)[2] == "2.小学球场翻修，概算125.00万元，结算118.76万元。"
    assert told(made)[4] == "其中小学操场翻修结算＿＿＿（工程里没有“小学操场翻修”）元，最高。"
    listed = (kind.folder / "待定.md").read_text(encoding="utf-8")
    assert "照去年的名称取数,没有做成循环:「工程」里的「小学操场翻修」(1 处)。" in listed


def test_the_total_of_a_copied_table_is_its_columns_own_or_stays(kind):
    table, wrong = docx.Document(BytesIO(kind.report.template)).tables
    assert [[cell.text for cell in row.cells] for row in table.rows][1:] == [
        ["东厂", "{{ 东厂_供水量 }}", "{{ (东厂_电费 / 10000)|round(2) }}"],
        ["西厂", "{{ 西厂_供水量 }}", "{{ (西厂_电费 / 10000)|round(2) }}"],
        ["合计", "{{ 全部_供水量 }}", "{{ (全部_电费 / 10000)|round(2) }}"],
    ]
    assert [row.cells[1].text for row in wrong.rows][1:] == [
        "{{ 东厂_供水量 }}",
        "{{ 西厂_供水量 }}",
        "7715",  # the sheet's 售水量 above the list
    ]
