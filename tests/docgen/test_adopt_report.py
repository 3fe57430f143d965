"""Last year's report as the template of a kind that was made of a bureau's workbook."""

import json
from io import BytesIO

import docx
import pytest
from bureau_forms import assessment, canteen, procurement, procurement_report
from typer.testing import CliRunner

from docgen.adopting.kind import adopt_kind, again_kind
from docgen.adopting.page import paragraphs
from docgen.report.filters import FILTERS
from docgen.report.lint_report import kind_faults, sample_context
from docgen.template import compile_template
from gouji.command_line.app import app
from workbook.checking.kinds import load_kind


@pytest.fixture
def put(tmp_path):
    """Takes a name and bytes, and gives the file."""

    def write(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def texts(data):
    return [one.text for one in paragraphs(docx.Document(BytesIO(data)))]


@pytest.fixture
def adopted(tmp_path, put):
    book, report = put("采购.xlsx", procurement()), put("去年 报告.docx", procurement_report())
    return adopt_kind(tmp_path / "我的 报告" / "procure", book, report)


def test_figures_lists_and_tables_of_the_report_become_tags(adopted):
    assert [one for one in texts(adopted.report.template) if one.strip()] == [
        "{{ 单位名称 }}2025年第三季度政府采购执行情况报告",
        "截至{{ 填报日期|long_date }}，{{ 单位名称 }}本季度采购预算金额合计{{ 预算金额合计 }}万元，"
        "其中合同金额中小企业{{ 合同金额中小企业合计 }}万元、"
        "其他企业{{ 合同金额其他企业合计 }}万元，"
        "小计{{ 合同金额小计合计 }}万元。",
        "各项目情况如下：",
        "{%p for 行 in 采购情况 %}",
        "{{ loop.index }}.{{ 行.采购项目名称 }}：采用{{ 行.采购方式 }}方式，"
        "预算金额{{ 行.预算金额 }}万元。",
        "{%p endfor %}",
        *("序号", "采购项目名称", "预算金额", "合同金额"),
        "{%tr for 行 in 采购情况 %}",
        *(
            "{{ loop.index }}",
            "{{ 行.采购项目名称 }}",
            "{{ 行.预算金额 }}",
            "{{ 行.合同金额小计 }}",
        ),
        "{%tr endfor %}",
        *("合计", "{{ 预算金额合计 }}", "{{ 合同金额小计合计 }}"),
        "比上年同期增长15.20%，增加20.13万元。",
    ]


def test_with_last_years_data_it_prints_last_years_report(adopted):
    kind = load_kind(adopted.folder)
    assert kind_faults(kind) == []
    template = compile_template(kind.template, filters=FILTERS)
    assert texts(template.render(sample_context(kind))) == texts(procurement_report())


def test_a_tag_has_the_look_of_what_it_stands_for(adopted):
    said = docx.Document(BytesIO(adopted.report.template)).paragraphs[1]
    assert [run.text for run in said.runs if run.bold] == ["{{ 预算金额合计 }}"]


def test_what_is_nobodys_stays_and_is_listed(adopted):
    assert [figure for figure, _ in adopted.report.literal] == ["15.20", "20.13"]
    assert (adopted.report.ambiguous, adopted.report.unplaced) == ([], [])
    listed = (adopted.folder / "待定.md").read_text(encoding="utf-8")
    assert "- 采购情况!F12 =SUM(F6:F8):F6:F8 旁边的 F9 没有加进去。" in listed
    assert "标签和内容在同一格(填报人：张三)" in listed
    assert "- 20.13:没有这样的一格,照原样留着。原文:比上年同期增长15.20%" in listed


def test_a_figure_that_two_cells_hold_is_no_tag(tmp_path, put):
    book = put("自评.xlsx", assessment())
    document = docx.Document()
    document.add_paragraph("项目共有20个，财政拨款年初预算数80.00万元，其中85.50万元已下达。")
    file = BytesIO()
    document.save(file)
    made = adopt_kind(tmp_path / "town", book, put("报告.docx", file.getvalue())).report
    assert [(one.tag, one.text) for one in made.tags] == [
        ("{{ 财政拨款_年初预算数 }}", "80.00"),
    ]
    assert made.literal == []
    assert [(figure, keys) for figure, _, keys in made.ambiguous] == [
        ("20", ("其他资金_年初预算数", "其他资金_全年预算数")),
        ("85.50", ("财政拨款_全年预算数",)),
    ]


def test_without_a_report_there_is_a_first_template_of_all_that_is_asked(tmp_path, put):
    folder = tmp_path / "canteen"
    adopt_kind(folder, put("食堂.xlsx", canteen()))
    kind = load_kind(folder)
    assert kind_faults(kind) == []
    template = compile_template(kind.template, filters=FILTERS)
    printed = texts(template.render(sample_context(kind)))
    assert "学生伙食费：本月数82310.50元，本年累计640210.50元。" in printed
    assert (
        "1.日期：2025年9月1日，品名：米类，计量单位：袋，数量：10，单价：25.50元，金额：255.00元，"
        "供应商：兴隆粮油。"
    ) in printed


def test_next_years_form_goes_into_the_kind_and_what_its_author_wrote_stays(tmp_path, put, adopted):
    from openpyxl import load_workbook

    own = adopted.folder / "form.toml"
    own.write_text(own.read_text(encoding="utf-8") + "# 改过\n", encoding="utf-8")
    book = load_workbook(BytesIO(procurement()))
    sheet = book["采购情况"]
    sheet["F2"], sheet["G2"] = "联系电话：", "12345678"
    file = BytesIO()
    book.save(file)
    found = again_kind(adopted.folder, put("明年.xlsx", file.getvalue())).moves
    assert found is not None
    assert found.new == ("采购情况!G2「联系电话」",)
    assert found.gone == ("「填报日期」",)
    assert own.read_text(encoding="utf-8").endswith("# 改过\n")
    assert "「填报日期」" in (adopted.folder / "待定.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"no workbook", "不是能打开的 .xlsx 文件"),
        ("a form without cells", "没有找到要填的格子"),
    ],
)
def test_what_is_no_form_is_told(tmp_path, put, given, said):
    from openpyxl import Workbook

    if isinstance(given, str):
        book, file = Workbook(), BytesIO()
        book.active["A1"] = "只有一个标题"
        book.save(file)
        given = file.getvalue()
    result = CliRunner().invoke(app, ["adopt", str(put("表.xlsx", given)), str(tmp_path / "kind")])
    assert (result.exit_code, said in result.output) == (2, True), result.output


def test_the_command_writes_the_kind_and_never_over_another(tmp_path, put):
    book, folder = put("采购.xlsx", procurement()), tmp_path / "我的 报告" / "采购季报"
    report = put("报告.docx", procurement_report())
    words = ["adopt", str(book), str(folder), "--report", str(report)]
    result = CliRunner().invoke(app, [*words, "--json"])
    assert result.exit_code == 0, result.output
    said = json.loads(result.output)
    assert {*said} == {
        "fields", "tables", "rules", "suspects", "open", "tags", "loops", "literal", "ambiguous",
        "unplaced",
    }  # fmt: skip
    assert sorted(one.name for one in folder.iterdir()) == [
        "form.toml", "form.xlsx", "report.docx", "rules.toml", "sample.toml", "待定.md",
    ]  # fmt: skip
    again = CliRunner().invoke(app, words)
    assert again.exit_code == 2
    assert "加 --again" in again.output
