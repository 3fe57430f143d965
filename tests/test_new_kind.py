"""A kind that no Python knows: data files and a Word template in a folder, nothing else."""

import json

import pytest
from docx import Document
from empty_document import empty_document
from loaded import load_workbook
from test_cli import gouji

FORM = """
kind = "差旅"
version = 3
title = "差旅费说明"
report_name = "{{ 单位 }}{{ 年度 }}年差旅费说明"

[[sheet]]
name = "差旅"

[[sheet.block]]
type = "fields"
title = "合计"

[[sheet.block.field]]
key = "单位"
type = "text"

[[sheet.block.field]]
key = "年度"
type = "year"

[[sheet.block.field]]
key = "差旅费"
type = "number"
unit = "元"
decimals = 2
min = 0

[[sheet.block.field]]
key = "说明"
type = "paragraphs"
required = false

[[sheet.block]]
type = "table"
key = "行程"
title = "行程"
rows = 5
row_name = "去处"

[[sheet.block.column]]
key = "去处"
type = "text"

[[sheet.block.column]]
key = "天数"
type = "integer"
unit = "天"
min = 1

[[sheet.block.column]]
key = "费用"
type = "number"
unit = "元"
decimals = 2
"""
RULES = """
[[rule]]
id = "差旅费合计"
claim = "差旅费 == sum(行程.费用)"
source = "差旅费为各行程费用之和"

[[rule]]
id = "每天费用"
each = "行程"
claim = "费用 / 天数 <= 800"
severity = "warning"
message = "每天 {{ round(费用 / 天数, 2) }} 元,超过 800 元"
"""
SAMPLE = """
[fields]
"单位" = "某局"
"年度" = 2022
"差旅费" = 3000.50
"说明" = "合计{{ 差旅费 }}元。\\n均已报销。"

[[tables."行程"]]
"去处" = "长沙"
"天数" = 2
"费用" = 1000.50

[[tables."行程"]]
"去处" = "北京 & <上海>"
"天数" = 4
"费用" = 2000.00
"""


@pytest.fixture
def folder(tmp_path):
    kind = tmp_path / "我的 报告" / "差旅"
    kind.mkdir(parents=True)
    (kind / "form.toml").write_text(FORM, encoding="utf-8")
    (kind / "rules.toml").write_text(RULES, encoding="utf-8")
    (kind / "sample.toml").write_text(SAMPLE, encoding="utf-8")
    template(kind / "report.docx")
    return tmp_path


def template(path):
    document = empty_document()
    document.add_paragraph("{{ 单位 }}{{ 年度 }}年差旅费{{ 差旅费 }}元")
    table = document.add_table(rows=4, cols=3)
    for cell, words in zip(table.rows[0].cells, ("去处", "天数", "费用"), strict=True):
        cell.text = words
    table.cell(1, 0).text = "{%tr for 行 in 行程 %}"
    for cell, words in zip(
        table.rows[2].cells, ("{{ 行.去处 }}", "{{ 行.天数 }}", "{{ 行.费用 }}"), strict=True
    ):
        cell.text = words
    table.cell(3, 0).text = "{%tr endfor %}"
    document.add_paragraph("{%p for 段 in 说明|paragraphs %}")
    document.add_paragraph("{{ 段 }}")
    document.add_paragraph("{%p endfor %}")
    document.save(str(path))


def test_a_folder_of_data_gives_form_checks_and_report(folder):
    kinds = ("--templates", "我的 报告")
    assert gouji(folder, "new", "差旅", "甲.xlsx", "--sample", *kinds)[2] == 0
    assert gouji(folder, "check", "甲.xlsx", *kinds) == ("甲.xlsx:全部相符。\n", "", 0)
    assert gouji(folder, "report", "甲.xlsx", *kinds) == ("报告:某局2022年差旅费说明.docx\n", "", 0)
    document = Document(str(folder / "某局2022年差旅费说明.docx"))
    assert [p.text for p in document.paragraphs] == [
        "某局2022年差旅费3000.50元",
        "合计3000.50元。",
        "均已报销。",
    ]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["去处", "天数", "费用"],
        ["长沙", "2", "1000.50"],
        ["北京 & <上海>", "4", "2000.00"],
    ]


def test_its_rules_find_what_does_not_tie(folder):
    kinds = ("--templates", "我的 报告")
    gouji(folder, "new", "差旅", "甲.xlsx", "--sample", *kinds)
    book = load_workbook(folder / "甲.xlsx")
    book["差旅"]["D13"] = 2500
    assert book["差旅"]["B13"].value == "长沙"
    book.save(folder / "甲.xlsx")
    out, _, status = gouji(folder, "check", "甲.xlsx", "--json", *kinds)
    assert status == 1
    assert [finding["message"] for finding in json.loads(out)["findings"]] == [
        "差旅!C7 差旅费:3000.50 ≠ 行程 2 行费用合计 = 4500.00,差 1499.50。请核对这三个数",
        "差旅!D13 行程「长沙」费用:每天 1250.00 元,超过 800 元。请核对这两个数",
    ]


def test_without_the_folder_the_workbook_is_of_an_unknown_kind(folder):
    gouji(folder, "new", "差旅", "甲.xlsx", "--sample", "--templates", "我的 报告")
    out, err, status = gouji(folder, "check", "甲.xlsx")
    assert (err, status) == ("", 1)
    assert out.startswith("【错误】\n    工作簿是「差旅」报告的,这台电脑上没有这种报告。\n")


def test_faulty_data_files_are_shown_to_their_author_all_at_once(folder):
    rules = folder / "我的 报告" / "差旅" / "rules.toml"
    rules.write_text(
        '[[rule]]\nid = "甲"\nclaim = "差旅费 == 住宿费"\n'
        '[[rule]]\nid = "乙"\nclaim = "单位 + 1 == 2"\n',
        encoding="utf-8",
    )
    out, err, status = gouji(folder, "kinds", "--templates", "我的 报告")
    assert (err, status) == ("", 2)
    assert out.splitlines()[:3] == [
        "差旅  数据文件有误",
        "  我的 报告/差旅/rules.toml:第 3 行:规则「甲」:表单里没有「住宿费」",
        "  我的 报告/差旅/rules.toml:第 5 行:规则「乙」:这里要数,写的却是文字",
    ]


def test_a_faulty_template_is_told_with_its_place(folder):
    document = empty_document()
    document.add_paragraph("{{ 单位 }}{{ 住宿费 }}")
    document.save(str(folder / "我的 报告" / "差旅" / "report.docx"))
    kinds = ("--templates", "我的 报告")
    gouji(folder, "new", "差旅", "甲.xlsx", "--sample", *kinds)
    out, err, status = gouji(folder, "report", "甲.xlsx", *kinds)
    assert (out, status) == ("", 2)
    assert err.startswith("正文 段落 1 {{ 住宿费 }}:没有叫「住宿费」的数据。")


def test_its_report_is_read_back_by_its_template_alone(folder):
    kinds = ("--templates", "我的 报告")
    gouji(folder, "new", "差旅", "甲.xlsx", "--sample", *kinds)
    gouji(folder, "report", "甲.xlsx", "甲.docx", *kinds)
    assert gouji(folder, "import", "甲.docx", "乙.xlsx", "--kind", "差旅", *kinds) == (
        "已新建:乙.xlsx\n"
        "填好 10 个单元格(4 个单项、“行程”2 行),每个都有批注写着原文。\n"
        "请逐项核对。\n",
        "",
        0,
    )
    gouji(folder, "report", "乙.xlsx", "乙.docx", *kinds)
    texts = [
        [p.text for p in document.paragraphs] + [cell.text for cell in document.tables[0]._cells]
        for document in (Document(str(folder / name)) for name in ("甲.docx", "乙.docx"))
    ]
    assert texts[0] == texts[1]
