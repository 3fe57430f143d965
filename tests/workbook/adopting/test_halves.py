"""Tables beside each other, columns that name no row, several units, figures below a table."""

from decimal import Decimal

import pytest
from test_odd_forms import book, found_in
from test_parts import asked

from docgen.adopting.kind import adopt_kind
from workbook.viewing.words import unit_said

WATER = [
    ("水厂", "供水量(吨)", "漏损率(%)", "片区", "户数(户)", "欠费(元)"),
    ("一水厂", 1200, Decimal("8.1"), "城东", 300, 1500),
    ("二水厂", 900, Decimal("9.2"), "城西", 280, 900),
    ("合计", "=SUM(B2:B3)", None, "城南", 150, 700),
    (None, None, None, "合计", "=SUM(E2:E4)", "=SUM(F2:F4)"),
]


def test_the_right_half_has_its_own_names_where_its_total_stands_lower():
    found = found_in(WATER, results={"B4": 2100, "E5": 730, "F5": 3100})
    cells = asked(found)
    assert cells["城南_户数"] == ("E4", "户")
    assert cells["合计_供水量"] == ("B4", "吨")
    assert [found_at for found_at, _ in cells.values() if found_at in ("E5", "F5")] == ["E5", "F5"]
    assert not {"一水厂_户数", "二水厂_欠费"} & cells.keys()


def test_a_total_without_a_formula_tells_the_right_half_too():
    rows = [
        ("设备", "台数", "维修科目", "金额(元)"),
        ("泵", 3, "人工", 500),
        ("阀", 4, "材料", 300),
        ("表", 5, "运输", 200),
        ("管", 6, "合计", 1000),
    ]
    cells = asked(found_in(rows))
    assert (cells["管"], cells["合计"], cells["材料"]) == (
        ("B5", ""), ("D5", "元"), ("D3", "元"),
    )  # fmt: skip


def test_numbers_of_its_own_and_parts_that_are_numbered_begin_a_table():
    numbered = [
        ("序号", "科室", "门诊人次", "序号", "病区", "出院人次"),
        (1, "内科", 300, 1, "一病区", 40),
        (2, "外科", 280, 2, "二病区", 50),
    ]
    tables = found_in(numbered).tables()
    assert [[one.key for one in table.columns] for table in tables] == [
        ["科室", "门诊人次"],
        ["病区", "出院人次"],
    ]
    parts = [
        ("一、收费", None, None, "二、窗口", None),
        ("种类", "本期", "上期", "事项", "本期"),
        ("工本费", 3, 4, "开窗", 5),
        ("登记费", 6, 7, "叫号", 8),
    ]
    cells = asked(found_in(parts, merged=("A1:C1", "D1:E1")))
    assert cells["叫号"] == ("E4", "")


@pytest.mark.parametrize(
    "heads",
    [
        [("项目", "预算(元)", "供应商", "成交价(元)")],
        [("采购情况", None, "成交情况", None), ("项目", "预算(元)", "供应商", "成交价(元)")],
    ],
)
def test_a_list_of_purchases_with_words_between_its_figures_stays_one(heads):
    first = len(heads) + 1
    rows = [
        *heads,
        ("电脑", 5000, "甲公司", 4800),
        ("桌椅", 3000, "乙公司", 2900),
        ("空调", 9000, "丙公司", 8800),
        ("合计", f"=SUM(B{first}:B{first + 2})", "3家", f"=SUM(D{first}:D{first + 2})"),
    ]
    results = {f"B{first + 3}": 17000, f"D{first + 3}": 16500}
    merged = ("A1:B1", "C1:D1") if len(heads) > 1 else ()
    (table,) = found_in(rows, results=results, merged=merged).tables()
    assert len(table.columns) == 4


def test_heads_in_the_middle_of_the_right_half_begin_a_table():
    rows = [
        ("项目", "数量", "金额(元)", None, "车辆", "台数", "里程(公里)"),
        ("甲项", 3, 400, None, "公务车", 4, 12000),
        ("乙项", 4, 500, None, "执法车", 6, 30000),
        ("丙项", 5, 600, None, "人员", "人数", "经费(元)"),
        ("丁项", 6, 700, None, "在编", 40, 520000),
        ("合计", 18, 2200, None, "编外", 12, 110000),
    ]
    cells = asked(found_in(rows))
    assert (cells["在编_经费"], cells["执法车_里程"]) == (("G5", "元"), ("G3", "公里"))
    assert "在编_里程" not in cells


def test_codes_and_remarks_between_a_name_and_its_figures_name_no_row():
    rows = [
        ("科目编码", "科目名称", "行次", "备注", "预算数", "决算数"),
        ("2010301", "行政运行", "1", "含追加", 100, 90),
        ("2010302", "一般事务", "2", None, 50, 40),
        (None, "合计", "3", None, "=SUM(E2:E3)", "=SUM(F2:F3)"),
    ]
    cells = asked(found_in(rows, results={"E4": 150, "F4": 130}))
    assert cells["行政运行_决算数"][0] == "F2"
    assert cells["合计_预算数"][0] == "E4"
    codes = [("指标", "代码", "本年", "上年"), ("甲", 11, 3, 4), ("乙", 12, 5, 6), ("丙", 20, 7, 8)]
    assert set(asked(found_in(codes))) == {
        f"{row}_{head}" for row in "甲乙丙" for head in ("本年", "上年")
    }


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位:公斤、元", "公斤|元"),
        ("计量单位:个、人、平方米", "个|人|平方米"),
        ("单位:件、本(份)", "件|本"),
        ("单位:万元", "万元"),
        ("单位:市教育局、市公安局", ""),
    ],
)
def test_a_note_may_have_several_units(text, unit):
    assert unit_said([text]) == unit


def test_the_head_tells_which_of_several_units_is_meant_and_none_where_it_is_open():
    rows = [
        ("班级台账", None, None, None, None, None, None),
        (None, None, None, None, None, None, "单位:人、天、公斤、元"),
        ("班级", "就餐人数", "供餐天数", "用米重量", "大米单价", "上月", "剩饭率"),
        ("一班", 42, 20, 96, Decimal("5.2"), 40, Decimal("3.1")),
        ("二班", 45, 21, 99, Decimal("5.2"), 44, Decimal("2.8")),
    ]
    cells = asked(found_in(rows, top=3))
    told = {key.partition("_")[2]: unit for key, (_, unit) in cells.items()}
    assert told == {
        "就餐人数": "人", "供餐天数": "天", "用米重量": "公斤", "大米单价": "元",
        "上月": "", "剩饭率": "",
    }  # fmt: skip


def test_a_head_of_other_things_is_not_counted_in_the_sheets_unit():
    rows = [
        (None, None, "单位:件"),
        ("事项", "受理量", "平均时限(工作日)"),
        ("设立", 40, 3),
        ("注销", 12, 2),
    ]
    cells = asked(found_in(rows, top=2))
    assert (cells["设立_受理量"][1], cells["设立_平均时限"][1]) == ("件", "")


def test_number_formats_tell_a_unit_where_words_leave_it_open():
    rows = [("单位:斤、元", None, None), ("品种", "采购", "付出"), ("米", 12, 31), ("面", 8, 20)]
    formats = {"B3": '0"斤"', "B4": '0"斤"', "C3": "¥#,##0.00", "C4": "¥#,##0.00"}
    cells = asked(found_in(rows, formats=formats, top=2))
    assert (cells["米_采购"][1], cells["面_付出"][1]) == ("斤", "元")


def test_long_heads_over_figures_are_heads_and_no_sentences():
    rows = [
        ("系统", "用电量", None, "人均综合能耗(千克标煤/人)", "单位面积能耗(千克标煤/平方米)"),
        (None, "本年", "上年", None, None),
        ("机关", 270, 280, Decimal("27.5"), Decimal("9.2")),
        ("学校", 290, 300, Decimal("48.8"), Decimal("3.2")),
    ]
    merged = ("A1:A2", "B1:C1", "D1:D2", "E1:E2")
    cells = asked(found_in(rows, merged=merged))
    assert cells["学校_单位面积能耗"] == ("E4", "")
    assert cells["机关_用电量上年"][0] == "C3"


def test_labels_and_figures_in_turns_below_a_table_are_pairs():
    rows = [
        ("年级", "在册人数", "就餐人数", "就餐率", "天数"),
        ("一年级", 180, 170, Decimal("94.4"), 18),
        ("二年级", 190, 188, Decimal("98.9"), 17),
        (None, None, None, None, None),
        ("餐费标准", "学生每餐", Decimal("9.5"), "职工每餐", 12),
        ("陪餐次数", 57, "留样份数", 216, None),
    ]
    found = found_in(rows)
    cells = asked(found)
    assert {key: cells[key][0] for key in ("学生每餐", "职工每餐", "陪餐次数", "留样份数")} == {
        "学生每餐": "C5", "职工每餐": "E5", "陪餐次数": "B6", "留样份数": "D6",
    }  # fmt: skip
    assert (found.tables(), cells["二年级_天数"][0]) == ([], "E3")


def test_pairs_above_a_blank_row_are_asked_once():
    rows = [
        ("就餐学生", 820, "教职工", 66),
        (None, None, None, None),
        ("项目", "本月", "上月", "累计"),
        ("伙食费", 82, 80, 640),
        ("补助", 24, 23, 190),
    ]
    singles = [key for key in asked(found_in(rows)) if "_" not in key]
    assert singles == ["就餐学生", "教职工"]


def test_a_row_made_of_the_total_is_none_of_the_list():
    rows = [
        ("序号", "街道", "1月", "2月"),
        (1, "东街", 18, 15),
        (2, "西街", 14, 12),
        ("合计", None, "=SUM(C2:C3)", "=SUM(D2:D3)"),
        ("日均量", None, "=ROUND(C4/31,1)", "=ROUND(D4/28,1)"),
    ]
    results = {"C4": 32, "D4": 27, "C5": 1, "D5": 1}
    found = found_in(rows, results=results, merged=("A4:B4", "A5:B5"))
    (table,) = found.tables()
    assert (table.top, table.bottom) == (2, 3)
    assert asked(found)["一月日均量"][0] == "C5"


def test_the_funds_of_a_self_assessment_end_where_its_aims_begin(tmp_path):
    rows = [
        ("项目资金(万元)", None, "年初预算", "全年预算", "全年执行", "分值", "执行率"),
        (None, "资金总额", "=C3+C4", "=D3+D4", "=E3+E4", 10, "=ROUND(E2/D2,4)"),
        (None, "其中:财政拨款", 320, 368, 351, "—", "=ROUND(E3/D3,4)"),
        (None, "其他资金", 30, 26, 18, "—", "=ROUND(E4/D4,4)"),
        ("总体目标", "预期目标", None, None, "实际完成情况", None, None),
        (None, "修路,改善环境。", None, None, "路已修好,环境好转。", None, None),
    ]
    results = {"C2": 350, "D2": 394, "E2": 369, "G2": Decimal("0.9365")}
    results |= {"G3": Decimal("0.9538"), "G4": Decimal("0.6923")}
    merged = ("A1:A4", "A5:A6", "B5:D5", "E5:G5", "B6:D6", "E6:G6")
    formats = dict.fromkeys(("G2", "G3", "G4"), "0.00%")
    file = tmp_path / "自评.xlsx"
    file.write_bytes(book(rows, results=results, merged=merged, formats=formats))
    made = adopt_kind(tmp_path / "kind", file)
    assert (made.faults, made.untrue, made.adopted.found.tables()) == ([], [], [])
    cells = asked(made.adopted.found)
    assert cells["财政拨款_全年执行"] == ("E3", "万元")
    assert (cells["预期目标"][0], cells["实际完成情况"][0]) == ("B6", "E6")
