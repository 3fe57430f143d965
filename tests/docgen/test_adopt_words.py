"""Figures that a report names in other words than its cells have, and some that are not theirs."""

import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from docgen.adopting.loops.sentences import counted
from workbook.adopting.model import Asked, AskedTable
from workbook.reading.spots import Spot

sys.path.append(str(Path(__file__).parents[1] / "workbook" / "adopting"))
from adopted_texts import texts_of_template

PICKED = (
    "{{% for 行 in 各村 if 行.村名 == '石桥村' %}}{{{{ 行.{} }}}}"
    "{{% else %}}＿＿＿（各村里没有“石桥村”）{{% endfor %}}"
)
SAYS = {  # what the report says, and the template
    "上年结余为-2315.40元。": "上年结余为{{ 上年结余 }}元。",
    "采购农副产品和绿色产品8.64万元。": "采购农副产品和绿色产品{{ 农副产品和绿色产品采购 }}万元。",
    "收到投诉3件。": "收到投诉{{ 采购投诉件数 }}件。",
    "面向中小企业采购41.25万元，占总额的65.26%。": (
        "面向中小企业采购{{ 中小企业采购 }}万元，占总额的{{ 中小企业占比 }}%。"
    ),
    "公务用车运行维护费21.60万元。": "公务用车运行维护费{{ 公务用车运行 }}万元。",
    "受理申请12个，处理9个。": "受理申请{{ 受理申请 }}个，处理{{ 处理申请 }}个。",
    "执行率98.37%，得9.73分。": "执行率{{ 执行率 }}%，得{{ 执行率得分 }}分。",
    "评价等级为“优”。": "评价等级为“{{ 自评等级 }}”。",
    "填表人：李敏。": "填表人：{{ 填表人 }}。",
    "全镇辖3个行政村，受益户76户。": (
        "全镇辖{{ 各村|count_items }}个行政村，受益户{{ 受益户数合计 }}户。"
    ),
    "石桥村支出160.25万元，进度95.1%。": (
        f"石桥村支出{PICKED.format('支出数')}万元，"
        f"进度{PICKED.format('进度.strip(' + repr('%') + ')')}%。"
    ),
    "托养服务412人，补助92.70万元。": (
        "托养服务{{ 托养服务_本年.normalize() }}人，"
        "补助{{ (托养补助资金_本年 / 10000)|round(2) }}万元。"
    ),
    # of which none is the cell's whose figure it happens to be
    "2022年收到投诉3件，培训41.25人次。": "2022年收到投诉3件，培训41.25人次。",
    "下一年计划投入21.60万元，力争得9.73分。": "下一年计划投入21.60万元，力争得9.73分。",
    "另有12个小组、9个专班、3条意见。": "另有12个小组、9个专班、3条意见。",
    "面向中小企业采购41.25万元，占总额的65.26%，高于规定比例65%的要求。": (
        "面向中小企业采购{{ 中小企业采购 }}万元，"
        "占总额的{{ 中小企业占比 }}%，高于规定比例65%的要求。"
    ),
    "其他村进度95.1%。": "其他村进度95.1%。",
}


def form():
    book = Workbook()
    sheet = book.active
    sheet.title = "情况"
    for row in (
        ("上年结余（元）", -2315.4),
        ("农副产品和绿色产品采购（万元）", 8.64),
        ("采购投诉件数（件）", 3),
        ("中小企业采购（万元）", 41.25),
        ("中小企业占比（%）", 65.26),
        ("公务用车运行（万元）", 21.6),
        ("受理申请（个）", 12),
        ("处理申请（个）", 9),
        ("执行率（%）", 98.37),
        ("执行率得分", 9.73),
        ("自评等级：", "优"),
        ("填表人：李敏　　审核人：王强",),
    ):
        sheet.append(row)
    years = book.create_sheet("年报")
    for row in (
        ("指标名称", "计量单位", "本年", "上年"),
        ("托养服务", "人", 412, 386),
        ("托养补助资金", "元", 927000, 868500),
        ("法律援助", "件", 19, 16),
    ):
        years.append(row)
    villages = book.create_sheet("各村")
    for row in (
        ("村名", "受益户数", "支出数", "进度"),
        ("石桥村", 41, 160.25, "95.1%"),
        ("柳塘村", 16, 139.75, "98.4%"),
        ("大湾村", 19, 176.3, "96.0%"),
        ("合计", "=SUM(B2:B4)", "=SUM(C2:C4)"),
    ):
        villages.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """The paragraphs of the template that the report becomes, by what they said."""
    return texts_of_template(tmp_path_factory.mktemp("改写"), form(), SAYS)


@pytest.mark.parametrize("text", SAYS)
def test_a_figure_leads_to_its_cell_or_stays(template, text):
    assert template[text] == SAYS[text]


VILLAGES = AskedTable(
    "受益村情况",
    "受益村情况",
    "表",
    (Asked("村名", "村名", "text", Spot("表", 2, 1)),),
    2,
    6,
)


@pytest.mark.parametrize(
    ("text", "is_counted"),
    [
        ("全镇辖5个行政村。", True),
        ("项目涉及5个村，", True),
        ("共有5个受益村。", True),
        ("全镇现有行政村5个，", False),
        ("建设5个示范村。", False),
        ("有5个示范村。", False),
        ("表彰了5个先进村。", False),
        ("其中5个贫困村。", False),
        ("其中涉及5个村。", False),
        ("建设5个村。", False),
        ("受益村里共建成5个公厕。", False),
    ],
)
def test_rows_are_counted_by_their_own_name_alone(text, is_counted):
    rows = [{"村名": f"{one}村"} for one in "甲乙丙丁戊"]
    at = text.index("5")
    found = counted("5", text, (at, at + 1), [(VILLAGES, rows)])
    assert found == ("受益村情况" if is_counted else "")


@pytest.mark.parametrize(
    ("text", "is_counted"),
    [
        ("全区现有分馆4个，藏书8万册。", True),
        ("现有单价较高的分馆4个。", True),
        ("全年新建分馆4个。", False),
        ("现有示范分馆4个。", False),
        ("走访分馆4个。", False),
        ("现有分馆4个月。", False),
    ],
)
def test_rows_named_before_their_number_are_counted_where_all_are_said(text, is_counted):
    libraries = replace(VILLAGES, columns=(replace(VILLAGES.columns[0], words="分馆名称"),))
    rows = [{"村名": f"{one}分馆"} for one in "东西南北"]
    at = text.index("4")
    found = counted("4", text, (at, at + 1), [(libraries, rows)])
    assert found == ("受益村情况" if is_counted else "")


SHUFFLED = {  # figures of other cells than the words name, and those of the ones that they name
    "办公费为87.43万元，差旅费达到1251.36万元。": "办公费为87.43万元，差旅费达到1251.36万元。",
    "本年差旅费支出1251.36万元。": "本年差旅费支出1251.36万元。",
    "基本支出预算数为118.27万元。": "基本支出预算数为118.27万元。",
    "项目支出预算数达到了120.51万元。": "项目支出预算数达到了120.51万元。",
    "差旅费达到了87.43万元。": "差旅费达到了{{ 差旅费 }}万元。",
    "办公费支出1251.36万元。": "办公费支出{{ 办公费 }}万元。",
    "基本支出预算数为120.51万元。": "基本支出预算数为{{ 基本支出_预算数 }}万元。",
    "项目支出预算数80.25万元，决算数79.93万元。": (
        "项目支出预算数{{ 项目支出_预算数 }}万元，决算数{{ 项目支出_决算数 }}万元。"
    ),
}

ROWS_ALIKE = (
    ("支部", "应到人数（人）", "实到人数（人）"), ("第一支部", 36, 36), ("第二支部", 41, 40), (),
    ("类别", "编制数（名）", "在岗数（名）"), ("工勤", 14, 14), ("行政", 25, 22), (),
    ("项目", "应管理数（人）", "本年累计（人）"), ("孕产妇健康管理", 503, 503),
    ("儿童健康管理", 615, 611), ("0-6岁儿童管理", 87, 87), (),
    ("工程", "年度计划（座）", "实际完成（座）"), ("危桥改造", 16, 16), ("涵洞改造", 18, 17), (),
    ("事项", "已整改数（个）", "未整改数（个）"), ("安全隐患整改", 19, 19),
    ("消防隐患整改", 28, 21), (),
    ("抽检", "应检数（批）", "未检数（批）"), ("食品抽检", 8, 8), ("药品抽检", 7, 9), (),
)  # fmt: skip
ALIKE = {  # of two cells of a row that hold the same figure
    "第一支部应到36人，实到36人。": (
        "第一支部应到{{ 第一支部_应到人数 }}人，实到{{ 第一支部_实到人数 }}人。"
    ),
    "工勤编制14名在岗14名。": "工勤编制{{ 工勤_编制数 }}名在岗{{ 工勤_在岗数 }}名。",
    "0-6岁儿童管理87人。": "0-6岁儿童管理{{ 至6岁儿童管理_本年累计 }}人。",
    "第一支部应到36人，实际到会36人。": "第一支部应到{{ 第一支部_应到人数 }}人，实际到会36人。",
    "工勤编制14名，在岗14名。": "工勤编制{{ 工勤_编制数 }}名，在岗{{ 工勤_在岗数 }}名。",
    "孕产妇健康管理应管理503人，实际管理503人。": (
        "孕产妇健康管理应管理{{ 孕产妇健康管理_应管理数 }}人，实际管理503人。"
    ),
    "危桥改造16座的年度计划全部完成。": "危桥改造{{ 危桥改造_年度计划 }}座的年度计划全部完成。",
    "危桥改造16座。": "危桥改造{{ 危桥改造_实际完成 }}座。",
    "安全隐患整改19个。": "安全隐患整改{{ 安全隐患整改_已整改数 }}个。",
    "食品抽检8批。": "食品抽检8批。",
}
SHUFFLED |= ALIKE


@pytest.fixture(scope="module")
def shuffled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("错位")
    book = Workbook()
    for row in (
        ("办公费（万元）", 1251.36),
        ("差旅费（万元）", 87.43),
        (),
        ("项目", "预算数（万元）", "决算数（万元）"),
        ("基本支出", 120.51, 118.27),
        ("项目支出", 80.25, 79.93),
        (),
        *ROWS_ALIKE,
    ):
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return texts_of_template(folder, file.getvalue(), SHUFFLED)


@pytest.mark.parametrize("text", SHUFFLED)
def test_a_figure_behind_anothers_whole_name_is_none_of_the_cells(shuffled, text):
    assert shuffled[text] == SHUFFLED[text]
