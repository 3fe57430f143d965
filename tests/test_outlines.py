"""Openings in the manner of other units' reports, word for word, made by the sheet 提纲 alone.

Each file in `tests/outlines` says what a clerk types into the sample's workbook and how the report
then begins.
"""

import tomllib
from decimal import Decimal
from functools import cache
from itertools import islice
from pathlib import Path

import docx
import pytest
from empty_document import empty_document
from loaded import load_workbook

from docgen.importing.report import read_report
from docgen.official.check import check_document
from docgen.report.lint_report import kind_faults
from docgen.report.report import make_report
from workbook.checking.intake import take_in
from workbook.checking.kinds import load_kind
from workbook.form.sample import Sample
from workbook.making.build import build_workbook
from workbook.years.rollover import roll_over_file

OUTLINES = sorted(Path(__file__).with_name("outlines").glob("*.toml"))


def filled(path, kind, case):
    """The sample's workbook with what the case types into it."""
    sample = kind.sample
    more = {key: (*sample.tables[key], *rows) for key, rows in case.get("more", {}).items()}
    tables = {key: tuple(rows) for key, rows in case["tables"].items()}
    typed = Sample(sample.fields | case["fields"], sample.tables | tables | more)
    build_workbook(kind.form, kind.rules, typed).save(path)
    if "sheet" in case:
        book = load_workbook(path)
        sheet = book.create_sheet(case["sheet"]["name"])
        for row in case["sheet"]["rows"]:
            sheet.append([float(cell) if isinstance(cell, Decimal) else cell for cell in row])
        for cell in (cell for row in sheet for cell in row if "/" in str(cell.value)):
            part, whole = map(float, cell.value.split("/"))
            cell.value, cell.number_format = part / whole, "0.00%"
        book.save(path)
    return path


@pytest.fixture(scope="module")
def book_of(department, tmp_path_factory):
    """Gives a case's workbook, built once; not to be changed."""

    @cache
    def made(file):
        case = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
        return case, filled(tmp_path_factory.mktemp("工作簿") / "填报.xlsx", department, case)

    return made


def lines(document):
    """The paragraphs of a report, and the rows of its tables with their cells apart."""
    for one in document.iter_inner_content():
        if hasattr(one, "rows"):
            yield from (" ".join(cell.text for cell in row.cells) for row in one.rows)
        elif one.text:
            yield one.text


@pytest.mark.parametrize("file", OUTLINES, ids=lambda path: path.stem)
def test_another_unit_opens_its_report_in_its_own_words(book_of, file):
    case, path = book_of(file)
    intake = take_in(path)
    assert [str(one) for one in intake.checked.findings if one.severity == "error"] == []
    report = make_report(intake).path
    # In half width are what the case types and the 单位名称: of the real report.
    assert [one for one in check_document(report) if one.code != "punctuation"] == []
    document = docx.Document(report)
    opening = case["opening"].strip().splitlines()
    assert list(islice(lines(document), len(opening))) == opening
    titles = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert [title.partition("、")[2] for title in titles][-len(case["headings"]) :] == case[
        "headings"
    ]


def test_a_template_without_a_loop_over_the_sections_is_a_fault(department, tmp_path):
    folder = tmp_path / "无循环"
    folder.mkdir()
    own = 'kind = "无循环"\nextends = "department"\n'
    (folder / "form.toml").write_text(own, encoding="utf-8")
    document = empty_document()
    document.add_paragraph("{{ 单位名称 }}")
    document.save(str(folder / "report.docx"))
    assert kind_faults(load_kind(folder)) == [
        f"{folder / 'report.docx'}:表单列了 [[section]],模板里却没有 for 节 in 各节,各节印不出来"
    ]


def overlaid(folder, lines, *paragraphs):
    """A kind laid over the department by these lines, with a template of its own or none."""
    folder.mkdir()
    head = f'kind = "{folder.name}"\nextends = "department"\n'
    (folder / "form.toml").write_text(head + lines, encoding="utf-8")
    if paragraphs:
        document = empty_document()
        for words in paragraphs:
            document.add_paragraph(words)
        document.save(str(folder / "report.docx"))
    return kind_faults(load_kind(folder))


def test_sections_that_template_and_form_do_not_share_are_faults(tmp_path):
    folder = tmp_path / "各说各话"
    found = overlaid(
        folder,
        '[[drop]]\nat = "政府性基金"\nwhat = "section"\n',
        *(
            "{%p for 节 in 各节 %}",
            '{%p if 节.内容 == "政府性基金" %}',
            "{{ 节.标题 }}",
            "{%p endif %}",
        ),
        *("{%p for 段 in 节.正文 %}", "{{ 段 }}", "{%p endfor %}", "{%p endfor %}"),
        *("{%p for 页 in 整页 %}", "{{ 页.标题 }}", "{%p endfor %}"),
    )
    assert [one.partition("report.docx:")[2] for one in found] == [
        '模板里写着 内容 == "政府性基金",表单里没有 key 是「政府性基金」的 [[section]]',
        *(
            f'[[section]]「{key}」没有 text,模板里也没有 内容 == "{key}",这一节印不出内容'
            for key in (
                "封面",
                "目录",
                "附件目录",
                "封面信息",
                "单位名称行",
                "离退休人员",
                "收入按来源",
                "基本支出情况",
                "项目支出情况",
                "国有资本经营",
                "整体支出绩效情况",
            )
        ),
        "「总体目标完成情况」必填,却没有一节印它,模板里也没有:请在表单里去掉它,或印出来",
    ]


def test_a_text_that_no_section_prints_any_more_must_not_be_asked(tmp_path):
    dropped = '[[drop]]\nat = "改进措施"\nwhat = "section"\n'
    (found,) = overlaid(tmp_path / "少一节", dropped)
    assert found.partition("report.docx:")[2].startswith(
        "「改进措施」必填,却没有一节印它,模板里也没有:"
    )
    both = dropped + '[[drop]]\nat = "改进措施"\nwhat = "field"\n'
    assert overlaid(tmp_path / "都去掉", both) == []


def test_what_the_clerk_adds_goes_on_behind_the_numbers_of_the_template(department, tmp_path):
    added = [
        {"标题": "其他支出", "级别": "三级", "次序": 155, "正文": "无。"},
        {"标题": "社会评价", "级别": "段首", "次序": 225, "正文": "群众满意。"},
    ]
    path = filled(tmp_path / "填报.xlsx", department, {"fields": {}, "tables": {"自加节": added}})
    text = list(lines(docx.Document(make_report(take_in(path)).path)))
    text = text[text.index("（一）基本支出情况") : text.index("七、存在的问题及原因分析")]
    assert [line[:4] for line in text if line[1] == "."] == [
        *("1.20", "2.20", "3.20", "4.其他"),
        "1.民族",  # the projects, in one paragraph
        *("1.坚持", "2.坚持", "3.坚持", "4.坚持", "5.社会"),
    ]


def carried(rows):
    return [{key: value for key, value in row.items() if value is not None} for row in rows]


@pytest.mark.parametrize("file", OUTLINES, ids=lambda path: path.stem)
def test_next_years_workbook_has_the_same_outline(department, book_of, file):
    case, path = book_of(file)
    rolled = roll_over_file(path).sample.tables
    assert carried(rolled.get("自加节", ())) == case["tables"].get("自加节", [])
    order = [row.given["标题"] for row in department.form.tables["提纲"].row]
    given = sorted(case["tables"]["提纲"], key=lambda row: order.index(row["标题"]))
    assert carried(rolled["提纲"]) == [
        {key: value.strip() if key == "正文" else value for key, value in row.items()}
        for row in given
    ]


def read_again(department, folder, rows):
    """What is read of the report in which chapters stand in this order."""
    case = {"fields": {}, "tables": {"提纲": rows} if rows else {}}
    path = filled(folder / "填报.xlsx", department, case)
    report = make_report(take_in(path), folder / "报告.docx")
    return read_report(report.path, department).filled.sample


@pytest.fixture(scope="module")
def official(department, tmp_path_factory):
    """The same of the official order."""
    return read_again(department, tmp_path_factory.mktemp("官方"), [])


@pytest.mark.parametrize(
    "moved",
    [
        {"存在的问题及原因分析": 255, "绩效自评结果拟应用和公开情况": 275},
        {"其他需要说明的情况": 35},
        {"一般公共预算支出情况": 231, "基本支出情况": 232, "项目支出情况": 233},
    ],
    ids="、".join,
)
def test_a_report_whose_chapters_were_moved_is_read_back(department, official, tmp_path, moved):
    rows = [{"标题": title, "改次序": order} for title, order in moved.items()]
    assert read_again(department, tmp_path, rows) == official
