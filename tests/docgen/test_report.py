"""The department report made from the sample, whole."""

import os
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from msgspec import structs

from docgen.manifest.reading import read_manifest
from docgen.report.context import report_context
from docgen.report.filters import paragraphs
from docgen.report.report import make_report, render_report, report_name
from docgen.template.model.sourced import MINUS, Prose, Source, Span
from docgen.template.word.package import unpack
from docgen.template.write.marks import manifest_of
from workbook.catalogue.reports import TO_FILL
from workbook.checking.intake import take_in
from workbook.checking.kinds import find_kind
from workbook.form.field import Field
from workbook.form.sample import NOTHING
from workbook.making.build import build_workbook
from workbook.reading.values import Entry, Values

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "department.txt"

DUE = TO_FILL("zh")  # what a draft shows


@pytest.fixture(scope="module")
def department():
    return find_kind("department")


def intake(department, folder, sample):
    book = build_workbook(department.form, department.rules, sample)
    book.save(folder / "填报.xlsx")
    return take_in(folder / "填报.xlsx")


def outline(document):
    """Every paragraph with its style, and every row of every table with its cells."""
    lines = []
    for block in document.iter_inner_content():
        lines += rows_of(block) if isinstance(block, Table) else [line_of(block)]
    return "\n".join(lines) + "\n"


def line_of(paragraph):
    """A paragraph's style, in brackets the words that a character style marks, its text."""
    marked = "".join(
        run.text
        for run in paragraph.runs
        if run.style.name != "Default Paragraph Font" and run.text
    )
    mark = f" [{marked}]" if marked else ""
    return f"{paragraph.style.name}{mark} | {paragraph.text}"


def rows_of(table):
    """Each row's own cells; of a cell that goes on from the row above there is nothing."""
    for row in table.rows:
        cells = (("".join(t.text or "" for t in tc.iter(qn("w:t")))) for tc in row._tr.tc_lst)
        yield f"    ┃ {' ┃ '.join(cells)}"


def test_the_report_of_the_sample_is_the_golden_one(department, tmp_path):
    """Set GOUJI_UPDATE=1 to write the golden text anew, then read its diff."""
    made = make_report(intake(department, tmp_path, department.sample))
    text = outline(Document(str(made.path)))
    if os.environ.get("GOUJI_UPDATE"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_three_levels_of_headings_are_real_heading_styles(department, tmp_path):
    made = make_report(intake(department, tmp_path, department.sample))
    document = Document(str(made.path))
    levels = {}
    for paragraph in document.paragraphs:
        level = paragraph.style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if level is not None:
            levels.setdefault(level.get(qn("w:val")), []).append(paragraph.text)
    assert [text[:2] for text in levels["0"]] == [f"{n}、" for n in "一二三四五六七八九十"]
    assert [text[:3] for text in levels["1"]] == [f"（{n}）" for n in "一二" * 3]
    assert [text[:2] for text in levels["2"]] == ["1.", "2.", "3."]


def test_the_files_properties_come_from_the_form(department, tmp_path):
    made = make_report(intake(department, tmp_path, department.sample))
    properties = Document(str(made.path)).core_properties
    assert properties.title == "2022年度芦淞区委统战部整体支出绩效自评报告"
    assert properties.author == "中共株洲市芦淞区委统战部"


def figures_of(path):
    """Path, cell and printed value of each figure in the manifest, and the names of all marks."""
    package = unpack(path.read_bytes())
    figures = [
        ("、".join(one.paths), one.cell, one.text)
        for one in read_manifest(manifest_of(package).read()).figures
    ]
    return figures, set(re.findall(rb'w:name="(_gj[^"]*)"', package.read("word/document.xml")))


def test_every_printed_figure_knows_its_cell(department, tmp_path):
    taken = intake(department, tmp_path, department.sample)
    made = make_report(taken)
    figures, names = figures_of(made.path)
    entries = {str(e.place): e for e in taken.checked.values.entries()}
    assert len(figures) == 975
    said = [one for one in figures if one[2] in WORDED]
    assert [cell for _, cell, _ in said] == [
        "预算收支!C23、预算收支!C24",
        "基础数据!C11、预算收支!C24",
    ]
    several = 0
    for _, cell, value in figures:
        if cell in entries:
            assert value in printed(entries[cell]), cell
        else:  # of several cells, or a blank one of a loop, which does not know where it stands
            several += 1
    charts, rows = 2, 60
    assert (len(names), several) == (len(figures) + charts + rows, 249)


WORDED = ("完成预算的86.00%", "比上年减少0.06万元，下降6.5%")  # of two figures each


def printed(entry):
    """How a cell may read in the report."""
    if entry.value is None:
        return {"不适用"} if entry.is_absent else {"—", "0.00"}
    if isinstance(entry.value, date):
        return {f"{entry.value.year}年{entry.value.month}月{entry.value.day}日"}
    said = str(entry.value)
    return {said.replace("-", MINUS) if isinstance(entry.value, Decimal) else said}


def test_a_figure_quoted_in_a_text_knows_the_cell_that_it_is_quoted_from(department, tmp_path):
    made = make_report(intake(department, tmp_path, department.sample))
    figures, _ = figures_of(made.path)
    assert [one for one in figures if one[0] in {"累计捐款捐物", "推荐党外委员.占比"}] == [
        ("推荐党外委员.占比", "绩效数据!F7", "71.4"),
        ("累计捐款捐物", "绩效数据!C11", "348.57"),
    ]


def test_a_draft_of_a_blank_form_shows_what_is_due(department, tmp_path):
    taken = intake(department, tmp_path, NOTHING)
    made = make_report(taken, draft=True)
    assert made.path.name == "年度整体支出绩效自评报告(草稿).docx"
    texts = [paragraph.text for paragraph in Document(str(made.path)).paragraphs]
    assert texts[:3] == [
        f"{DUE}年度{DUE}整体支出绩效自评报告",
        f"单位名称:{DUE}",
        "一、基本情况",
    ]
    assert [text for text in texts if text.startswith("1.")] == [
        f"1.机构设置情况。{DUE}",
        f"1.{DUE}年预算资金{DUE}万元。",
    ]
    assert f"3.{DUE}年度单位一般公共预算财政拨款支出{DUE}万元。" in texts


def test_a_file_name_holds_nothing_that_windows_refuses(department, tmp_path):
    taken = intake(department, tmp_path, NOTHING)
    fields = dict(taken.checked.values.fields)
    fields["单位简称"] = structs.replace(fields["单位简称"], value='统战部/"民宗局":?')
    values = structs.replace(taken.checked.values, fields=fields)
    name = report_name(department, values)
    assert name == "年度统战部__民宗局___整体支出绩效自评报告.docx"


def test_the_same_values_give_the_same_bytes(department, tmp_path):
    values = intake(department, tmp_path, department.sample).checked.values
    assert render_report(department, values) == render_report(department, values)


def test_every_kind_of_line_break_ends_a_paragraph_and_its_figures_keep_their_cells():
    source = Source("数", "表!C9")
    prose = Prose(" 甲 \r乙12\r\n\n 丙\v丁\u2028戊 ", [Span(5, 7, source)])
    lines = paragraphs(prose)
    assert lines == ["甲", "乙12", "丙", "丁", "戊"]
    assert [line.figures for line in lines] == [(), (Span(1, 3, source),), (), (), ()]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("区委办", ["2022年度区委办整体支出绩效自评报告"]),
        ("芦淞区委统战部", ["2022年度芦淞区委统战部整体支出", "绩效自评报告"]),
        ("芦淞区龙泉街道办事处街道", ["2022年度芦淞区龙泉街道办事处街道整体支出", "绩效自评报告"]),
        (
            "株洲市芦淞区龙泉街道办事处",
            ["2022年度株洲市芦淞区龙泉街道办事处", "整体支出绩效自评报告"],
        ),
    ],
)
def test_a_title_has_two_lines_at_most_and_parts_where_a_word_ends(
    name, lines, department, tmp_path
):
    sample = department.sample
    sample = replace(sample, fields={**sample.fields, "单位简称": name})
    document = Document(str(make_report(intake(department, tmp_path, sample)).path))
    assert [p.text for p in document.paragraphs if p.style.name == "Title"] == lines


def test_an_opening_stands_between_the_title_and_the_first_section(department, tmp_path):
    words = "根据《关于开展2022年度部门整体支出绩效自评的通知》要求，现将有关情况报告如下。"
    sample = department.sample
    sample = replace(sample, fields={**sample.fields, "导语": words})
    document = Document(str(make_report(intake(department, tmp_path, sample)).path))
    texts = [paragraph.text for paragraph in document.paragraphs[:5]]
    assert texts[2:] == ["单位名称:中共株洲市芦淞区委统战部", words, "一、基本情况"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_draft_shows_the_gap_in_a_figure_that_follows_from_a_blank_one(language):
    def entry(key, **about):
        return Entry(Field(key=key, type="number", unit="元", **about), key, None)

    fields = {
        "asked": entry("asked"),
        "follows": entry("follows", required=False, default="asked * 2"),
        "again": entry("again", required=False, default="1 - follows / total"),
        "of_rows": entry("of_rows", required=False, default="sum(rows.amount)"),
        "optional": entry("optional", required=False),
        "of_optional": entry("of_optional", required=False, default="optional + 1"),
    }
    rows = [
        {"amount": entry("amount"), "half": entry("half", required=False, default="amount / 2")}
    ]
    values = Values(fields, {"rows": rows}, language=language)
    due, nothing = TO_FILL(language), None
    assert report_context(values, draft=True) == {
        **dict.fromkeys(("asked", "follows", "again", "of_rows"), due),
        **dict.fromkeys(("optional", "of_optional"), nothing),
        "rows": [{"amount": due, "half": due}],
    }
    assert set(report_context(values)["rows"][0].values()) == {nothing}
