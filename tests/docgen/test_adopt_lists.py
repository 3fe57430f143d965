"""Figures of lists in a report: told by those beside them, by words behind, by two columns."""

import sys
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

sys.path.append(str(Path(__file__).parents[1] / "workbook" / "adopting"))
from adopted_texts import texts_of_template


def picked(table, said, where, shown):
    """What is said of a row of a list that the report names."""
    blank = f"＿＿＿（{table}里没有“{said}”）"
    return f"{{% for 行 in {table} if {where} %}}{{{{ {shown} }}}}{{% else %}}{blank}{{% endfor %}}"


def of_village(name, shown):
    return picked("资金", name, f"行.村名 == '{name}'", f"行.{shown}")


def of_class(subject, name, shown):
    where = f"行.班级 == '{name}' and 行.学科 == '{subject}'"
    return picked("成绩", f"{subject}{name}", where, f"行.{shown}")


BRIDGE, BAY = "石桥村", "柳湾村"
SAYS = {
    # the last of a row is called otherwise, and comes right behind the third
    "石桥村争取上级补助52.4万元、镇级配套17.65万元、社会捐赠8.3万元、村民出工折价2.46万元。": (
        f"石桥村争取上级补助{of_village(BRIDGE, '资金来源上级补助.normalize()')}万元、"
        f"镇级配套{of_village(BRIDGE, '资金来源镇级配套')}万元、"
        f"社会捐赠{of_village(BRIDGE, '资金来源社会捐赠.normalize()')}万元、"
        f"村民出工折价{of_village(BRIDGE, '资金来源其他资金')}万元。"
    ),
    # what was spent or is owed is no money that came
    "石桥村收到上级补助52.4万元、社会捐赠8.3万元，清淤用去2.46万元、拖欠工程款17.65万元。": (
        f"石桥村收到上级补助{of_village(BRIDGE, '资金来源上级补助.normalize()')}万元、"
        f"社会捐赠{of_village(BRIDGE, '资金来源社会捐赠.normalize()')}万元，"
        "清淤用去2.46万元、拖欠工程款17.65万元。"
    ),
    # the lowest of two heads, and a head behind its figure
    "柳湾村上级补助38.7万元，尚有5.18万元待拨付。": (
        f"柳湾村上级补助{of_village(BAY, '资金来源上级补助.normalize()')}万元，"
        f"尚有{of_village(BAY, '资金去向待拨付')}万元待拨付。"
    ),
    # names behind their figures; what was built is no cell's
    "全镇辖7个行政村、31个自然村，有4所幼儿园，新建4所公厕。": (
        "全镇辖{{ 行政村 }}个行政村、{{ 自然村 }}个自然村，有{{ 幼儿园 }}所幼儿园，新建4所公厕。"
    ),
    # 68人 is no part of 368人, and another 68人 is not the cell's
    "教职工68人，参训368人，外聘68人。": "教职工{{ 教职工 }}，参训368人，外聘68人。",
    # rows by two columns
    "语文甲班均分82.4分，乙班80.15分；数学甲班85.62分。": (
        f"语文甲班均分{of_class('语文', '甲班', '均分')}分，"
        f"乙班{of_class('语文', '乙班', '均分')}分；"
        f"数学甲班{of_class('数学', '甲班', '均分')}分。"
    ),
    # the sign of a result is its word
    "全年亏损27.95万元。": (
        "全年{{ '盈利' if 利润总额_本年 >= 0 else '亏损' }}{{ (利润总额_本年|abs) }}万元。"
    ),
}


def form():
    book = Workbook()
    funds = book.active
    funds.title = "资金"
    for row in (
        ("村庄建设资金情况表",),
        ("单位：万元",),
        ("村名", "资金来源", "", "", "", "资金去向", ""),
        ("", "上级补助", "镇级配套", "社会捐赠", "其他资金", "已拨付", "待拨付"),
        ("石桥村", 52.4, 17.65, 8.3, 2.46, 74.61, 6.2),
        ("柳湾村", 38.7, 12.25, 4.9, 1.07, 51.74, 5.18),
        ("合计", *(f"=SUM({c}5:{c}6)" for c in "BCDEFG")),
    ):
        funds.append(row)
    for area in ("A3:A4", "B3:E3", "F3:G3"):
        funds.merge_cells(area)
    town = book.create_sheet("镇情")
    for row in (("行政村", 7, "自然村", 31), ("幼儿园", 4, "教职工", "68人")):
        town.append(row)
    marks = book.create_sheet("成绩")
    for row in (
        ("学科", "班级", "人数", "均分", "合格率"),
        ("语文", "甲班", 49, 82.4, "98%"),
        ("", "乙班", 50, 80.15, "96%"),
        ("数学", "甲班", 49, 85.62, "95.9%"),
        ("", "乙班", 50, 83.27, "94%"),
    ):
        marks.append(row)
    marks.merge_cells("A2:A3")
    marks.merge_cells("A4:A5")
    profit = book.create_sheet("损益")
    for row in (
        ("损益表", "", "单位：万元"),
        ("项目", "本年", "上年"),
        ("营业收入", 416.3, 398.62),
        ("营业支出", 444.25, 401.17),
        ("利润总额", "=B3-B4", "=C3-C4"),
    ):
        profit.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """The paragraphs of the template that the report becomes, by what they said."""
    return texts_of_template(tmp_path_factory.mktemp("列举"), form(), SAYS)


@pytest.mark.parametrize("text", SAYS)
def test_a_figure_of_a_list_leads_to_its_cell(template, text):
    assert template[text] == SAYS[text]
