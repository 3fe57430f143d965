"""Last year's report as the template of a kind that was made of a bureau's workbook."""

import json
import re
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from bureau_forms import (
    assessment,
    canteen,
    indicators,
    procurement,
    procurement_report,
    projects,
    training,
)
from bureau_forms import said as report_of
from empty_document import empty_document
from loaded import load_workbook
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from typer.testing import CliRunner

from docgen.adopting.kept import kept_told
from docgen.adopting.kind import adopt_kind, again_kind
from docgen.naming.page import paragraphs
from docgen.report.filters import FILTERS
from docgen.report.lint_report import kind_faults, sample_context
from docgen.template import compile_template
from gouji.command_line.app import app
from workbook.checking.kinds import load_kind
from workbook.files.save import OutputError


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
        "其他企业52.20万元，"  # the workbook's own total misses a row
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


def test_figures_of_last_year_that_stand_in_the_template_are_counted(adopted):
    template = adopted.folder / "report.docx"
    assert kept_told(adopted.folder, template) == (
        "报告里有 3 处数是去年的原文(如 52.20、15.20、20.13),请改成今年的;"
        f"见 {adopted.folder / '去年的数.txt'}。"
    )
    document = docx.Document(str(template))
    document.paragraphs[-1].text = "比上年同期增长15.20%。"
    document.save(str(template))
    assert "有 2 处数是去年的原文(如 52.20、15.20)" in kept_told(adopted.folder, template)


def test_with_last_years_data_it_prints_last_years_report(adopted):
    kind = load_kind(adopted.folder)
    assert kind_faults(kind) == []
    template = compile_template(kind.template, filters=FILTERS)
    assert texts(template.render(sample_context(kind))) == texts(procurement_report())


def test_a_tag_has_the_look_of_what_it_stands_for(adopted):
    said = docx.Document(BytesIO(adopted.report.template)).paragraphs[1]
    assert [run.text for run in said.runs if run.bold] == ["{{ 预算金额合计 }}"]


def test_what_is_nobodys_stays_and_is_listed(adopted):
    assert [figure for figure, _ in adopted.report.literal] == ["52.20", "15.20", "20.13"]
    assert (adopted.report.ambiguous, adopted.report.unplaced) == (
        [],
        ["合同金额其他企业合计", "填报人", "审核人"],
    )
    listed = (adopted.folder / "待定.md").read_text(encoding="utf-8")
    assert "- 采购情况!F12 =SUM(F6:F8):F6:F8 旁边的 F9 没有加进去。" in listed
    assert (
        "- 15.20、20.13 没有这样的一格,照原样留着。原文:比上年同期增长15.20%，增加20.13万元。"
        in listed
    )
    assert "- 年份照原样留着:2025年(2 处),明年不会跟着变。表里没有填年度的一格:" in listed


def test_a_figure_that_two_cells_hold_is_no_tag(tmp_path, put):
    book = put("自评.xlsx", assessment())
    document = empty_document()
    document.add_paragraph("项目共有20个，财政拨款年初预算数80.00万元，其中85.50万元已下达。")
    file = BytesIO()
    document.save(file)
    made = adopt_kind(tmp_path / "town", book, put("报告.docx", file.getvalue())).report
    assert [(one.tag, one.text) for one in made.tags] == [
        ("{{ 财政拨款_年初预算数 }}", "80.00"),
    ]
    assert made.literal == []
    assert "- 20 可能是「其他资金_年初预算数」、「其他资金_全年预算数」;85.50 可能是" in (
        tmp_path / "town" / "待定.md"
    ).read_text(encoding="utf-8")
    assert [(figure, keys) for figure, _, keys in made.ambiguous] == [
        ("20", ("其他资金_年初预算数", "其他资金_全年预算数")),
        ("85.50", ("财政拨款_全年预算数",)),
    ]


def template_of(tmp_path, put, form, *paragraphs):
    """The paragraphs of the template that a report of these paragraphs becomes."""
    book, report = put("表.xlsx", form()), put("报告.docx", report_of(*paragraphs))
    return texts(adopt_kind(tmp_path / "季报", book, report).report.template)


def test_rows_told_in_one_sentence_are_a_loop_and_their_number_is_counted(tmp_path, put):
    assert template_of(
        tmp_path,
        put,
        training,
        "全年共培训3次，分别为师德培训、信息化、安全，共185人，费用10,100.50元。",
        "其中现代汉语词典50册、新华字典200册，金额11490.00元。",
    ) == [
        "全年共培训{{ 培训与采购|count_items }}次，分别为{% for 行 in 培训与采购 %}{{ 行.主题 }}"
        "{% if not loop.last %}、{% endif %}{% endfor %}，共{{ 人数合计 }}人，"
        "费用{{ '{:,}'.format(费用合计) }}元。",
        "其中{% for 行 in 图书采购 %}{{ 行.书名 }}{{ 行.册数 }}册{% if not loop.last %}、"
        "{% endif %}{% endfor %}，金额{{ 金额合计|round(2) }}元。",
    ]


def test_more_and_less_turn_with_the_figure_and_units_are_those_of_the_report(tmp_path, put):
    assert template_of(
        tmp_path,
        put,
        indicators,
        "2025年，全县地区生产总值320.55亿元，同比增长6.4%；固定资产投资88.20亿元，下降4.5%。",
        "社会消费品零售总额45.60亿元，考核等次为优秀。",
    ) == [
        "{{ 考核年度 }}年，全县地区生产总值{{ 地区生产总值_本期 }}亿元，"
        "同比{{ '增长' if 地区生产总值_增长率 >= 0 else '下降' }}{{ (地区生产总值_增长率|abs) }}%；"
        "固定资产投资{{ 固定资产投资_本期 }}亿元，"
        "{{ '增长' if 固定资产投资_增长率 >= 0 else '下降' }}{{ (固定资产投资_增长率|abs) }}%。",
        "社会消费品零售总额{{ (社会消费品零售总额_本期 / 10000)|round(2) }}亿元，"
        "考核等次为{{ 等次_本期 }}。",
    ]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (indicators, "全县地区生产总值88.20亿元，固定资产投资增长6.4%。"),  # each the other's
        (indicators, "社会消费品零售总额456000元，固定资产投资下降4.5个百分点。"),
        (projects, "东河大桥总投资4500.00万元。"),  # the subtotal of other projects
        (projects, "另有3400.00万元贷款，计划内贷款3400.00万元。"),
        (training, "会议室185间，教室250间。"),
        (canteen, "其他附属支出1200.00元的单据另附。"),  # 其他 is a row, 其他附属支出 is none
    ],
)
def test_a_figure_of_another_thing_is_no_tag(form, text, tmp_path, put):
    assert template_of(tmp_path, put, form, text) == [text]


def form_of(cells, *boxes, results=()):
    """The bytes of a form of these cells with lines around some, and what its formulas gave."""
    book = Workbook()
    sheet = book.active
    sheet.title = "表"
    for address, value in cells.items():
        sheet[address] = value
    for cell in (cell for box in boxes for row in sheet[box] for cell in row):
        cell.border = Border(*[Side(style="thin")] * 4)
        cell.number_format = "0.00" if isinstance(cell.value, float) else "General"
    file, made = BytesIO(), BytesIO()
    book.save(file)
    with ZipFile(file) as parts, ZipFile(made, "w") as archive:
        for name in parts.namelist():
            data = parts.read(name).decode()
            for address, result in dict(results).items() if "sheet1.xml" in name else ():
                given = rf"\g<1><v>{result}</v></c>"
                data = re.sub(rf'(<c r="{address}"[^>]*><f>[^<]*</f>).*?</c>', given, data)
            archive.writestr(name, data)
    return made.getvalue()


FUNDS = {
    "A1": "经费表", "A3": "项目", "B3": "预算数（元）", "C3": "决算数（万元）", "D3": "人数（人）",
    "A4": "培训费", "B4": 120000, "C4": 12.5, "D4": 30,
    "A5": "会议费", "B5": 54321, "C5": 5.25, "D5": 12,
}  # fmt: skip


def test_a_figure_in_another_unit_that_was_exact_is_printed_exactly(tmp_path, put):
    said = "培训费预算数120000元（即12万元），会议费预算数5.43万元，培训费预算数120,000元。"
    assert template_of(tmp_path, put, lambda: form_of(FUNDS, "A3:D5"), said) == [
        "培训费预算数{{ 培训费_预算数.normalize() }}元"
        "（即{{ (培训费_预算数 / 10000).normalize() }}万元），"
        "会议费预算数{{ (会议费_预算数 / 10000)|round(2) }}万元，"
        "培训费预算数{{ '{:,f}'.format(培训费_预算数.normalize()) }}元。",
    ]


def test_what_a_formula_gave_that_nobody_works_out_is_a_figure_of_its_cell(tmp_path, put):
    sums = {
        "A1": "科室汇总表", "A3": "科室", "B3": "金额（万元）",
        "A4": "内科", "B4": "=SUMIF(E$4:E$6,A4,F$4:F$6)",
        "A5": "外科", "B5": "=SUMIF(E$4:E$6,A5,F$4:F$6)",
        "A6": "合计", "B6": "=SUM(B4:B5)", "A8": "人数：", "B8": 12,
    }  # fmt: skip
    form = form_of(sums, "A3:B6", results={"B4": 134.56, "B5": 67.89, "B6": 202.45})
    said = "内科金额134.56万元，外科金额67.89万元，合计202.45万元。"
    made = adopt_kind(tmp_path / "科室", put("表.xlsx", form), put("报告.docx", report_of(said)))
    assert texts(made.report.template) == [
        "内科金额{{ 内科 }}万元，外科金额{{ 外科 }}万元，合计{{ 合计 }}万元。"
    ]
    assert kind_faults(load_kind(made.folder)) == []


INCOME = {
    "A1": "2023年度收入情况表", "A3": "项目", "B3": "本年数（万元）", "C3": "上年数（万元）",
    "A4": "租赁收入", "B4": 50.25, "C4": 50.25, "A5": "承包收入", "B5": 120.5, "C5": 98.25,
}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "tagged"),
    [
        (
            "租赁收入由上年的50.25万元变为50.25万元。",
            "租赁收入由上年的{{ 租赁收入_上年数 }}万元变为{{ 租赁收入_本年数 }}万元。",
        ),
        ("2022年承包收入120.50万元。", ""),
        ("2024年,力争承包收入达到120.50万元。", ""),
        ("计划下年承包收入120.50万元。", ""),
        ("2022年承包收入98.25万元。", "2022年承包收入{{ 承包收入_上年数 }}万元。"),
        (
            "比上年增加一些,承包收入达到120.50万元。",
            "比上年增加一些,承包收入达到{{ 承包收入_本年数 }}万元。",
        ),
    ],
)
def test_a_figure_of_another_year_or_of_a_plan_is_none_of_this_year(said, tagged, tmp_path, put):
    assert template_of(tmp_path, put, lambda: form_of(INCOME, "A3:C5"), said) == [tagged or said]


MONTHS = {
    "A1": "用水情况表", "A3": "月份", "B3": "用电消费量（度）", "C3": "用水消费量（吨）",
    "D3": "用水金额（元）", "A4": "5月", "B4": 8660, "C4": 83, "D4": 302.5,
    "A5": "6月", "B5": 4120, "C5": 92, "D5": 83,
}  # fmt: skip


def test_a_cell_of_a_table_is_told_by_its_row_and_the_beginning_of_its_column(tmp_path, put):
    document = empty_document()
    table = document.add_table(0, 3)
    for row in (("月份", "用电（度）", "用水（吨）"), ("5月", "8660", "83"), ("6月", "4120", "92")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("5月用水83吨,用水83元,协议CH-2023-070,用电8660度。")
    file = BytesIO()
    document.save(file)
    book = put("表.xlsx", form_of(MONTHS, "A3:D5"))
    made = adopt_kind(tmp_path / "用水", book, put("报告.docx", file.getvalue())).report
    assert texts(made.template)[3:] == [
        *("5月", "{{ 五月_用电消费量 }}", "{{ 五月_用水消费量 }}"),
        *("6月", "{{ 六月_用电消费量 }}", "{{ 六月_用水消费量 }}"),
        "5月用水{{ 五月_用水消费量 }}吨,用水83元,协议CH-2023-070,用电{{ 五月_用电消费量 }}度。",
    ]
    assert [figure for figure, *_ in (*made.literal, *made.ambiguous)] == ["CH-2023-070", "83"]


def test_where_a_figure_stands_that_no_cell_of_its_own_prints_is_told(tmp_path, put):
    folder = tmp_path / "采购"
    said = "另有合同12.5万元、合同60.25万元,又有77.7万元。"
    adopt_kind(folder, put("表.xlsx", procurement()), put("报告.docx", report_of(said)))
    listed = (folder / "待定.md").read_text(encoding="utf-8")
    line = next(one for one in listed.splitlines() if "77.7" in one)
    assert line == (
        "- 12.5 在明细表 采购情况!D6 里;60.25 在明细表 采购情况!E7 里;"
        "77.7 没有这样的一格,照原样留着。原文:另有合同12.5万元、合同60.25万元,又有77.7万元。"
    )


def test_more_and_less_are_the_words_of_the_report(tmp_path, put):
    said = "地区生产总值320.55亿元，同比上升6.4%；固定资产投资88.20亿元，下降4.5%。"
    assert "{{ '上升' if 固定资产投资_增长率 >= 0 else '下降' }}" in "".join(
        template_of(tmp_path, put, indicators, said)
    )


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
        "unplaced", "faults", "pinned", "calculated",
    }  # fmt: skip
    assert sorted(one.name for one in folder.iterdir()) == [
        "form.toml", "form.xlsx", "report.docx", "rules.toml", "sample.toml",
        "去年的数.txt", "待定.md",
    ]  # fmt: skip
    again = CliRunner().invoke(app, words)
    assert again.exit_code == 2
    assert "加 --again" in again.output


def test_a_report_that_is_no_document_is_told_and_nothing_is_written(tmp_path, put):
    words = ["adopt", str(put("采购.xlsx", procurement())), str(tmp_path / "kind")]
    result = CliRunner().invoke(app, [*words, "--report", str(put("报告.docx", b"junk"))])
    assert result.exit_code == 2
    assert "报告.docx:不是 Word 文档" in result.output
    assert not (tmp_path / "kind").exists()


def test_a_formula_that_next_years_form_has_otherwise_is_listed(put, adopted):
    book = load_workbook(BytesIO(procurement()))
    book["采购情况"]["G12"] = "=E12+F12"
    file = BytesIO()
    book.save(file)
    found = again_kind(adopted.folder, put("明年.xlsx", file.getvalue())).moves
    assert found is not None
    assert found.changed == (
        "采购情况!G12「合同金额小计合计」:form.toml 里是 sum(采购情况.合同金额小计),"
        "新表是 合同金额中小企业合计 + 合同金额其他企业合计",
    )


def test_a_unit_that_next_years_form_has_otherwise_is_listed(put, adopted):
    book = load_workbook(BytesIO(procurement()))
    cells = [one for row in book["采购情况"].iter_rows() for one in row]
    said = [one for one in cells if isinstance(one.value, str) and "万元" in one.value]
    for one in said:
        one.value = one.value.replace("万元", "元")
    file = BytesIO()
    book.save(file)
    found = again_kind(adopted.folder, put("明年.xlsx", file.getvalue())).moves
    assert found is not None
    assert "采购情况!G12「合同金额小计合计」:单位原来是 万元,新表是 元" in found.changed
    assert all("单位原来是 万元,新表是 元" in one for one in found.changed)


def test_a_new_sheet_in_front_takes_no_key_of_another_cell(put, adopted):
    book = load_workbook(BytesIO(procurement()))
    front = book.create_sheet("基本", 0)
    front["A1"], front["B1"] = "填报日期：", "2025年3月1日"
    front["A2"], front["B2"] = "单位名称：", "某县水利局"
    file = BytesIO()
    book.save(file)
    made = again_kind(adopted.folder, put("明年.xlsx", file.getvalue()))
    assert made.moves is not None
    assert (made.moves.gone, made.moves.moved) == ((), ())
    assert made.moves.new == ("基本!B1「基本_填报日期」", "基本!B2「基本_单位名称」")
    there = load_workbook(adopted.folder / "form.xlsx").defined_names
    assert there["填报日期"].attr_text == "'采购情况'!$G$2"


def test_a_column_with_another_head_stays_the_same_and_one_that_is_gone_is_a_fault(put, adopted):
    book = load_workbook(BytesIO(procurement()))
    book["采购情况"]["D4"] = "预算数"
    file = BytesIO()
    book.save(file)
    made = again_kind(adopted.folder, put("明年.xlsx", file.getvalue()))
    assert made.moves is not None
    assert (made.moves.gone, made.moves.renamed, made.faults) == (
        (),
        ("采购情况!D6「采购情况」的「预算金额」现在叫「预算数」,仍作同一列",),
        [],
    )
    assert kind_faults(load_kind(adopted.folder)) == []
    book["采购情况"]["F2"] = "审批日期："
    file = BytesIO()
    book.save(file)
    last = put("后年.xlsx", file.getvalue())
    done = CliRunner().invoke(app, ["adopt", str(last), str(adopted.folder), "--again"])
    assert done.exit_code == 2
    assert "「填报日期」还写在 form.toml 里,新表里没有" in done.output


def test_another_form_is_not_taken_for_next_years(put, adopted):
    with pytest.raises(OutputError, match="没有一格相同,没有换上"):
        again_kind(adopted.folder, put("食堂.xlsx", canteen()))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Q1", "它像单元格地址或 Excel 自己的名称。请加上汉字,如「报告Q1」"),
        ("fix1", "它像单元格地址或 Excel 自己的名称。请加上汉字,如「报告fix1」"),
        ("2024年", "不能以数字开头。请在前面加上汉字或字母,如「报告2024年」"),
        ("我的 报告", "请用字母、数字或汉字,不用空格和标点"),
    ],
)
def test_a_folder_that_can_be_no_kind_is_told_why(name, why, tmp_path, put):
    with pytest.raises(OutputError) as told:
        adopt_kind(tmp_path / name, put("采购.xlsx", procurement()))
    assert str(told.value) == f"文件夹名「{name}」就是种类的名称:{why}。"


def test_a_header_is_last_years_too_and_a_page_number_is_none(tmp_path, put):
    document = docx.Document(BytesIO(report_of("某县水利局本季度采购")))
    document.sections[0].header.paragraphs[0].text = "某县水利局2025年10月9日印"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    file = BytesIO()
    document.save(file)
    kind = adopt_kind(
        tmp_path / "header", put("表.xlsx", procurement()), put("报告.docx", file.getvalue())
    )
    made = docx.Document(BytesIO(kind.report.template)).sections[0]
    assert (made.header.paragraphs[0].text, made.footer.paragraphs[0].text) == (
        "{{ 单位名称 }}{{ 填报日期|long_date }}印",
        "— 1 —",
    )
    assert kind.report.literal == []
