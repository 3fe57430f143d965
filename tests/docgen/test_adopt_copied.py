"""Tables of a report that were copied from the form, and sentences that say several figures."""

import sys
from io import BytesIO
from pathlib import Path

import docx
import pytest
from empty_document import empty_document
from openpyxl import Workbook
from typer.testing import CliRunner

from docgen.adopting.kind import adopt_kind
from docgen.manifest.reading import read_manifest
from docgen.naming.page import paragraphs
from docgen.report.lint_report import kind_faults
from docgen.template.word.package import unpack
from docgen.template.write.marks import manifest_of
from gouji.command_line.app import app
from workbook.checking.kinds import load_kind

sys.path.append(str(Path(__file__).parents[1] / "workbook" / "adopting"))
from bureau_forms import boxed_form


def told(document):
    return [one.text for one in paragraphs(docx.Document(BytesIO(document))) if one.text.strip()]


def report_of(texts, *tables):
    document = empty_document()
    for text in texts:
        document.add_paragraph(text)
    for rows in tables:
        table = document.add_table(len(rows), len(rows[0]))
        for row, values in zip(table.rows, rows, strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                cell.text = value
    file = BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.fixture
def adopted(tmp_path):
    """Takes a form and a report, and gives the kind; it has no faults and prints that report."""

    def made(form, report):
        for name, data in (("表.xlsx", form), ("报告.docx", report)):
            (tmp_path / name).write_bytes(data)
        kind = adopt_kind(tmp_path / "kinds" / "made", tmp_path / "表.xlsx", tmp_path / "报告.docx")
        assert (kind.faults, kind_faults(load_kind(kind.folder))) == ([], [])
        return kind

    return made


def spending():
    """Budget, outturn and last year's outturn of fixed rows, two of which say why they changed."""
    book = Workbook()
    book.remove(book.active)
    boxed_form(
        book,
        "经费",
        ("“三公”经费统计表", "单位：万元"),
        ("项目", "上年决算数", "本年预算数", "本年决算数", "比上年增减", "增减原因"),
        [
            ("一、公务用车费", "=B5+B6", "=C5+C6", "=D5+D6", "=D4-B4", ""),
            ("  其中：购置费", 17.86, 0, 0, "=D5-B5", "上年更新1辆"),
            ("  运行维护费", 24.35, 26, 26, "=D6-B6", "持平"),
            ("二、公务接待费", 9.12, 10.5, 7.96, "=D7-B7", "严控标准"),
            ("合计", "=B4+B7", "=C4+C7", "=D4+D7", "=D8-B8", ""),
        ],
    )
    boxed_form(
        book,
        "在校生",
        ("各专业在校生", ""),
        ("专业", "一年级", "二年级", "三年级", "合计"),
        [
            ("数控技术", 186, 172, 160, "=SUM(B4:D4)"),
            ("护理", 118, 109, 96, "=SUM(B5:D5)"),
            ("总计", "=SUM(B4:B5)", "=SUM(C4:C5)", "=SUM(D4:D5)", "=SUM(E4:E5)", ""),
        ],
    )
    boxed_form(
        book,
        "基础数据",
        ("基础数据表", ""),
        ("供养人员（人）", "编制数", "在职人数", "控制率（%）"),
        [
            ("", 78, 74, "=ROUND(C4/B4*100,2)"),
            ("检查项目", "次数", "发现问题", "已整改"),
            ("日常自查", 22, 9, 9),
            ("督查", 4, 3, 3),
            ("合计", "=B6+B7", "=C6+C7", "=D6+D7"),
        ],
    )
    file = BytesIO()
    book.save(file)
    return file.getvalue()


SPENDING = (
    "公务用车运行维护费26.00万元，比上年增加1.65万元；公务接待费7.96万元，完成预算10.50万元，减少1.16万元。",
    "一、二、三年级学生分别为304人、281人、256人，其中数控技术专业518人。",
    "编制数78名，在职人数74人，控制率94.87%。共开展检查26次，发现问题12个，已整改12个。",
)


def test_columns_of_a_copied_table_are_told_by_all_their_figures_and_minus_signs_are_ours(adopted):
    table = [
        ("项目", "上年", "预算", "决算", "增减额"),
        ("公务用车费", "42.21", "26.00", "26.00", "-16.21"),
        ("购置费", "17.86", "0.00", "0.00", "-17.86"),
        ("运行维护费", "24.35", "26.00", "26.00", "1.65"),
        ("公务接待费", "9.12", "10.50", "7.96", "-1.16"),
        ("合计", "51.33", "36.50", "33.96", "-17.37"),
    ]
    kind = adopted(spending(), report_of(SPENDING, table))
    rows = ("公务用车费", "购置费", "运行维护费", "公务接待费", "合计")
    columns = ("上年决算数", "本年预算数", "本年决算数", "比上年增减")
    assert told(kind.report.template)[3:] == [
        *table[0],
        *(
            text
            for row in rows
            for text in (row, *(f"{{{{ {row}_{column} }}}}" for column in columns))
        ),
    ]
    listed = (kind.folder / "待定.md").read_text(encoding="utf-8")
    assert "- 4 处负数前的连字符印成了负号「−」,它后面不会换行。" in listed


def test_a_row_named_alone_is_what_was_done_and_series_and_heads_tell_the_rest(adopted):
    kind = adopted(spending(), report_of(SPENDING))
    change = "{{{{ '增加' if {0} >= 0 else '减少' }}}}{{{{ ({0}|abs) }}}}"
    assert told(kind.report.template) == [
        "公务用车运行维护费{{ 运行维护费_本年决算数 }}万元，比上年"
        + change.format("运行维护费_比上年增减")
        + "万元；公务接待费{{ 公务接待费_本年决算数 }}万元，"
        + "完成预算{{ 公务接待费_本年预算数 }}万元，"
        + change.format("公务接待费_比上年增减")
        + "万元。",
        "一、二、三年级学生分别为{{ 总计_一年级 }}人、{{ 总计_二年级 }}人、{{ 总计_三年级 }}人，"
        "其中数控技术专业{{ 数控技术_合计 }}人。",
        "编制数{{ 编制数 }}名，在职人数{{ 在职人数 }}人，控制率{{ 控制率 }}%。"
        "共开展检查{{ 合计_次数 }}次，发现问题{{ 合计_发现问题 }}个，已整改{{ 合计_已整改 }}个。",
    ]


def purchases():
    """A list in three categories with a subtotal each, and a summary in another unit."""
    book = Workbook()
    book.remove(book.active)
    sheet = boxed_form(
        book,
        "台账",
        ("采购台账", "单位：元"),
        ("类别", "采购项目", "预算金额", "成交金额", "节约金额", "供应商"),
        [
            ("货物", "超声仪", 1850000, 1768000, "=C4-D4", "迈瑞医疗"),
            ("", "病床", 426000, 398500, "=C5-D5", "苏康家具"),
            ("", "小计", "=SUM(C4:C5)", "=SUM(D4:D5)", "=SUM(E4:E5)", ""),
            ("服务", "物业管理", 1280000, 1235600, "=C7-D7", "安居物业"),
            ("", "系统运维", 365000, 352000, "=C8-D8", "金蝶软件"),
            ("", "小计", "=SUM(C7:C8)", "=SUM(D7:D8)", "=SUM(E7:E8)", ""),
            ("总计", "", "=C6+C9", "=D6+D9", "=E6+E9", ""),
        ],
    )
    for area in ("A4:A6", "A7:A9", "A10:B10"):
        sheet.merge_cells(area)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


PURCHASES = (
    "（一）货物类。预算2,276,000.00元，成交2,166,500.00元，节约109,500.00元。",
    "（二）服务类。预算1,645,000.00元，成交1,587,600.00元，节约57,400.00元。",
    "各类合计预算392.10万元。",
)
PURCHASED = [
    ("项目", "预算（元）", "成交（元）"),
    ("超声仪", "1,850,000.00", "1,768,000.00"),
    ("病床", "426,000.00", "398,500.00"),
    ("物业管理", "1,280,000.00", "1,235,600.00"),
    ("系统运维", "365,000.00", "352,000.00"),
    ("总计", "3,921,000.00", "3,754,100.00"),
]


def test_subtotals_are_known_by_their_category_and_a_table_holds_the_rows_of_two_lists(adopted):
    kind = adopted(purchases(), report_of(PURCHASES, PURCHASED))
    grouped = "{{{{ '{{:,}}'.format({}) }}}}".format
    row = ("{{ 行.采购项目 }}", grouped("行.预算金额"), grouped("行.成交金额"))
    assert told(kind.report.template) == [
        *(
            f"（{number}）{name}类。预算{grouped(f'预算金额{name}小计')}元，"
            f"成交{grouped(f'成交金额{name}小计')}元，节约{grouped(f'节约金额{name}小计')}元。"
            for number, name in (("一", "货物"), ("二", "服务"))
        ),
        "各类合计预算{{ (预算金额总计 / 10000)|round(2) }}万元。",
        *PURCHASED[0],
        *("{%tr for 行 in 台账 %}", *row, "{%tr endfor %}"),
        *("{%tr for 行 in 台账2 %}", *row, "{%tr endfor %}"),
        *("总计", grouped("预算金额总计"), grouped("成交金额总计")),
    ]


def test_loops_of_the_same_words_over_two_tables_know_their_own_cells(adopted, tmp_path):
    kind = adopted(purchases(), report_of(PURCHASES, PURCHASED))
    book, report = tmp_path / "填报.xlsx", tmp_path / "报告.docx"
    given = ["--templates", str(kind.folder.parent)]
    assert CliRunner().invoke(app, ["new", "made", str(book), "--sample", *given]).exit_code == 0
    assert CliRunner().invoke(app, ["report", str(book), str(report), *given]).exit_code == 0
    figures = read_manifest(manifest_of(unpack(report.read_bytes())).read()).figures
    assert [(one.text, one.cell) for one in figures if "行.预算金额" in one.tag] == [
        ("1,850,000.00", "台账!C4:C5"),
        ("426,000.00", "台账!C4:C5"),
        ("1,280,000.00", "台账!C7:C8"),
        ("365,000.00", "台账!C7:C8"),
    ]


def ranks():
    """What units have bought, their share of the year's budget and their rank; daily purchases."""
    book = Workbook()
    book.remove(book.active)
    rows = [("区教育局", 3260, 2105.4), ("区卫健局", 2180.5, 1496.22), ("区住建局", 5400, 3318.75)]
    boxed_form(
        book,
        "执行",
        ("采购执行情况表", "单位：万元"),
        ("采购单位", "年度预算", "累计成交", "预算完成率（%）", "排名"),
        [
            (*row, f"=ROUND(C{number}/B{number}*100,1)", rank)
            for number, (row, rank) in enumerate(zip(rows, (2, 1, 3), strict=True), start=4)
        ],
    )
    boxed_form(
        book,
        "验收",
        ("大额采购验收单", "单位：元"),
        ("品名", "数量", "单位", "金额", "供应商"),
        [
            ("珍珠米", 900, "公斤", 5583.6, "金谷粮油"),
            ("鲜牛奶", 1580, "盒", 6320, "光明乳业"),
            ("合计", "", "", "=SUM(D4:D5)", ""),
        ],
    )
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_shares_of_the_figure_before_ranks_and_two_columns_in_one_cell(adopted):
    table = [("品名", "数量", "金额（元）"), ("珍珠米", "900公斤", "5583.60")]
    table.append(("鲜牛奶", "1580盒", "6320.00"))
    kind = adopted(
        ranks(),
        report_of(
            [
                "（一）区教育局。累计成交2105.40万元，占年度预算3260.00万元的64.6%，列第2位。",
                "本月大额采购2笔，共11903.60元。",
            ],
            table,
        ),
    )
    assert told(kind.report.template) == [
        "（一）区教育局。累计成交{{ 区教育局_累计成交 }}万元，"
        "占年度预算{{ 区教育局_年度预算 }}万元的{{ 区教育局_预算完成率 }}%，"
        "列第{{ 区教育局_排名 }}位。",
        "本月大额采购2笔，共{{ 金额合计 }}元。",
        *table[0],
        "{%tr for 行 in 验收 %}",
        *("{{ 行.品名 }}", "{{ 行.数量 }}{{ 行.单位 }}", "{{ 行.金额 }}"),
        "{%tr endfor %}",
    ]


def test_of_a_run_of_rows_none_is_said_to_be_meant(adopted):
    text = "七、八年级餐标为每餐13.50元，九年级为14.00元。"
    book = Workbook()
    book.remove(book.active)
    rows = [("七年级", 612, 13.5), ("八年级", 597, 13.5), ("九年级", 633, 14)]
    boxed_form(book, "餐标", ("餐费标准", ""), ("年级", "人数", "餐标（元）"), rows)
    file = BytesIO()
    book.save(file)
    kind = adopted(file.getvalue(), report_of([text]))
    assert told(kind.report.template) == [
        "七、八年级餐标为每餐13.50元，九年级为{{ 九年级_餐标 }}元。"
    ]
