"""Reports that turn names about, part them, or say a head once: each figure its own cell's."""

import sys
from io import BytesIO
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook

from docgen.adopting.kind import adopt_kind
from docgen.naming.page import paragraphs

sys.path.append(str(Path(__file__).parents[1] / "workbook" / "adopting"))
from bureau_forms import said

SAYS = {  # what the report says, and the template
    "全年食材支出合计412.50元。": "全年食材支出合计{{ 合计_支出食材 }}元。",
    "1月未发补助，伙食费收入88.10元。": "1月未发补助，伙食费收入{{ 一月_收入伙食费 }}元。",
    "1月收入88.10元。": "1月收入{{ 一月_收入小计 }}元。",
    "第一季度采购预算62.90元。": "第一季度采购预算{{ 合计_第一季度预算 }}元。",
    "其中工程类节约率最高，为6.64%。": "其中工程类节约率最高，为{{ 工程_节约率 }}%。",
    "新建供水管网19.2公里。": "新建供水管网{{ 新建供水管网长度_实际完成值.normalize() }}公里。",
    "户均投资1698元，控制在1750元以内。": (
        "户均投资{{ 户均投资_实际完成值.normalize() }}元，"
        "控制在{{ 户均投资_年度指标值.normalize() }}元以内。"
    ),
    "户均投资1698元，低于1750元的控制标准。": (
        "户均投资{{ 户均投资_实际完成值.normalize() }}元，"
        "低于{{ 户均投资_年度指标值.normalize() }}元的控制标准。"
    ),
    "累计管理老年人2615人、孕产妇503人。": (
        "累计管理老年人{{ 老年人健康管理_本年累计 }}人、孕产妇{{ 孕产妇健康管理_本年累计 }}人。"
    ),
    "孕产妇健康管理累计503人，占目标的94.0%。": (
        "孕产妇健康管理累计{{ 孕产妇健康管理_本年累计 }}人，"
        "占目标的{{ 孕产妇健康管理_完成率|round(1) }}%。"
    ),
    "一季度集中采购成交311.40元，分散采购成交99.70元。": (
        "一季度集中采购成交{{ 第一季度集中采购_成交金额 }}元，"
        "分散采购成交{{ 第一季度分散采购_成交金额 }}元。"
    ),
    "全年共实施项目24个。": "全年共实施项目{{ 总计_项目数 }}个。",
    "2月食材支出211.25元，因放假较早，伙食费仅90.30元。": (
        "2月食材支出{{ 二月_支出食材 }}元，因放假较早，伙食费仅{{ 二月_收入伙食费 }}元。"
    ),
    "年度计划为17.4公里，全年完成路面大中修16.8公里。": (
        "年度计划为{{ 路面大中修里程_年度计划 }}公里，"
        "全年完成路面大中修{{ 路面大中修里程_实际完成 }}公里。"
    ),
    "小修保养87350平方米，超过计划的86000平方米。": (
        "小修保养{{ 小修保养面积_实际完成 }}平方米，超过计划的{{ 小修保养面积_年度计划 }}平方米。"
    ),
    "改造危桥7座。": "改造危桥{{ 危桥改造_实际完成 }}座。",
    "全年接待96批次、784人次。": "全年接待{{ 公务接待批次 }}批次、{{ 公务接待人次 }}人次。",
    "危桥由去年7座增至9座，分馆数量由上年的16个增至18个。": (
        "危桥由去年7座增至9座，分馆数量由上年的{{ 分馆数量_上年数 }}个增至{{ 分馆数量_本年数 }}个。"
    ),
    "财政补助80.00万元。": "财政补助{{ 财政补助收入 }}万元。",
    # of which none is the cell's whose figure it happens to be
    "饮料收入88.10元。": "饮料收入88.10元。",
    "人员支出6.64元。": "人员支出6.64元。",
    "分散采购项目24个。": "分散采购项目24个。",
    "实施项目24个，节约资金9元。": "实施项目{{ 总计_项目数 }}个，节约资金9元。",
}


def form():
    book = Workbook()
    book.active.title = "分月收支"
    sheets = {
        "分月收支": (
            ("分月收支结余表（元）",),
            ("月份", "收入", "", "", "支出", ""),
            ("", "伙食费", "补助", "小计", "食材", "其他"),
            ("1月", 88.1, 0, "=B4+C4", 201.25, 14.2),
            ("2月", 90.3, 40.15, "=B5+C5", 211.25, 15.3),
            ("合计", "=SUM(B4:B5)", "=SUM(C4:C5)", "=SUM(D4:D5)", "=SUM(E4:E5)", "=SUM(F4:F5)"),
        ),
        "采购": (
            ("分季度政府采购执行表（元）",),
            ("采购类别", "第一季度", "", "节约率(%)"),
            ("", "预算", "成交", ""),
            ("货物", 40.5, 38.2, 5.68),
            ("工程", 22.4, 20.91, 6.64),
            ("合计", "=SUM(B4:B5)", "=SUM(C4:C5)", ""),
        ),
        "组织形式": (
            ("按组织形式（元）",),
            ("季度", "组织形式", "项目数", "成交金额"),
            ("第一季度", "集中采购", 6, 311.4),
            ("", "分散采购", 4, 99.7),
            ("第二季度", "集中采购", 9, 512.6),
            ("", "分散采购", 5, 104.8),
            ("总计", "", "=SUM(C3:C6)", "=SUM(D3:D6)"),
        ),
        "指标": (
            ("指标", "年度指标值", "实际完成值"),
            ("新建供水管网长度（公里）", 18.5, 19.2),
            ("户均投资（元）", 1750, 1698),
            ("改造水厂数（座）", 3, 4),
        ),
        "工程量": (
            ("指标名称", "计量单位", "年度计划", "实际完成"),
            ("路面大中修里程", "公里", 17.4, 16.8),
            ("小修保养面积", "平方米", 86000, 87350),
            ("危桥改造", "座", 6, 7),
        ),
        "接待": (("公务接待批次（批）", 96), ("公务接待人次（人）", 784)),
        "分馆": (("指标", "本年数", "上年数"), ("分馆数量", 18, 16), ("读者活动", 326, 298)),
        "补助": (("财政补助收入（万元）", 80), ("事业收入（万元）", 23.64)),
        "公卫": (
            ("服务项目", "计量单位", "本年累计", "完成率(%)"),
            ("老年人健康管理", "人", 2615, 91.4),
            ("孕产妇健康管理", "人", 503, 94.0),
        ),
    }
    for name, rows in sheets.items():
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        for row in rows:
            sheet.append([one if one != "" else None for one in row])
    for area in ("A2:A3", "B2:D2", "E2:F2"):
        book["分月收支"].merge_cells(area)
    for area in ("A2:A3", "B2:C2", "D2:D3"):
        book["采购"].merge_cells(area)
    for area in ("A3:A4", "A5:A6", "A7:B7"):
        book["组织形式"].merge_cells(area)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """The paragraphs of the template that the report becomes, by what they said."""
    folder = tmp_path_factory.mktemp("换序")
    for name, data in (("表.xlsx", form()), ("报告.docx", said(*SAYS))):
        (folder / name).write_bytes(data)
    kind = adopt_kind(folder / "kind", folder / "表.xlsx", folder / "报告.docx")
    assert kind.faults == []
    made = [one.text for one in paragraphs(docx.Document(BytesIO(kind.report.template)))]
    return dict(zip(SAYS, [one for one in made if one], strict=True))


@pytest.mark.parametrize("text", SAYS)
def test_a_figure_leads_to_its_cell_or_stays(template, text):
    assert template[text] == SAYS[text]
