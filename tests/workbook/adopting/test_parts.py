"""Rows under words that stand alone, in a grid and in a list; and a form that goes on below."""

from decimal import Decimal

import pytest
from test_odd_forms import book, found_in

from docgen.adopting.kind import adopt_kind
from workbook.checking.check import check
from workbook.checking.kinds import load_kind
from workbook.reading.saved import open_saved
from workbook.reading.spots import Spot
from workbook.saving.edited import Edited
from workbook.years.beginning import new_workbook

YEARLY = [
    ("文化馆业务年报",),
    ("指标", "上年", "本年", "增减"),
    ("活动情况",),
    ("举办演出（场）", 46, 58, 12),
    ("合计人次（人次）", 27950, 41386, 13436),
    ("场馆情况",),
    ("面积（平方米）", Decimal("820.5"), Decimal("820.5"), 0),
    ("合计人次（人次）", 3100, 2900, -200),
    ("经费情况（万元）",),
    ("财政拨款", Decimal("826.4"), Decimal("871.35"), Decimal("44.95")),
    ("其他支出", Decimal("208.67"), Decimal("204.56"), Decimal("-4.11")),
]
PARTS = ("A3:D3", "A6:D6", "A9:D9")


def asked(found):
    return {one.key: (one.spot.place.address, one.unit) for one in found.asked()}


def test_rows_go_on_under_their_heads_behind_words_that_stand_alone():
    cells = asked(found_in(YEARLY, merged=PARTS, top=2))
    assert cells == {
        "举办演出_上年": ("B4", "场"), "举办演出_本年": ("C4", "场"),
        "举办演出_增减": ("D4", "场"),
        "活动情况合计人次_上年": ("B5", "人次"), "活动情况合计人次_本年": ("C5", "人次"),
        "活动情况合计人次_增减": ("D5", "人次"),
        "面积_上年": ("B7", "平方米"), "面积_本年": ("C7", "平方米"), "面积_增减": ("D7", "平方米"),
        "场馆情况合计人次_上年": ("B8", "人次"), "场馆情况合计人次_本年": ("C8", "人次"),
        "场馆情况合计人次_增减": ("D8", "人次"),
        "财政拨款_上年": ("B10", "万元"), "财政拨款_本年": ("C10", "万元"),
        "财政拨款_增减": ("D10", "万元"),
        "其他支出_上年": ("B11", "万元"), "其他支出_本年": ("C11", "万元"),
        "其他支出_增减": ("D11", "万元"),
    }  # fmt: skip


def test_an_amount_below_nothing_in_some_rows_of_a_column_may_be_typed(tmp_path):
    file = tmp_path / "年报.xlsx"
    file.write_bytes(book(YEARLY, merged=PARTS, top=2))
    assert adopt_kind(tmp_path / "yearly", file).untrue == []


PURCHASES = [
    ("采购明细表（元）",),
    ("序号", "采购项目名称", "供应商", "合同金额"),
    ("货物类",),
    (1, "办公设备", "甲公司", 18000),
    (2, "图书", "乙书店", 9200),
    ("服务类",),
    (1, "物业", "丙公司", 64000),
    (2, "保险", "丁公司", 21000),
    ("合计", None, None, "=SUM(D4:D8)"),
]


def test_a_list_in_parts_is_a_list_for_each():
    found = found_in(PURCHASES, results={"D9": 112200}, merged=("A3:D3", "A6:D6"), top=2)
    tables = [(one.key, one.top, one.bottom, len(one.rows)) for one in found.tables()]
    assert tables == [("货物类", 4, 5, 2), ("服务类", 7, 8, 2)]
    assert [one.value for one in found.asked()] == [112200]


def test_the_next_part_of_a_list_is_none_of_its_rows(tmp_path):
    file = tmp_path / "采购.xlsx"
    file.write_bytes(book(PURCHASES, {"D9": 112200}, (), ("A3:D3", "A6:D6"), 2))
    assert adopt_kind(tmp_path / "purchases", file).untrue == []
    kind = load_kind(tmp_path / "purchases")
    path = tmp_path / "填报.xlsx"
    path.write_bytes(new_workbook(kind, sample=True))
    snapshot = open_saved(path).snapshot(kind.form)
    assert {key: len(one.rows) for key, one in snapshot.tables.items()} == {
        "货物类": 2,
        "服务类": 2,
    }
    assert check(snapshot, kind.form, kind.rules).findings == ()


def test_words_of_a_part_that_come_again_begin_a_list_of_their_own():
    rows = [*PURCHASES[:-1], ("货物类",), (1, "家具", "戊公司", 7300), (2, "被服", "己厂", 5100)]
    found = found_in(rows, merged=("A3:D3", "A6:D6", "A9:D9"), top=2)
    tables = [(one.key, one.top, one.bottom, len(one.rows)) for one in found.tables()]
    assert tables == [("货物类", 4, 5, 2), ("服务类", 7, 8, 2), ("货物类2", 10, 11, 2)]


def test_a_title_above_labels_and_cells_of_another_shape_is_no_part():
    found = found_in(
        [
            ("单位情况表",),
            ("项目", "上年", "本年", "增减"),
            ("财政拨款", 826, 871, 45),
            ("其他收入", 105, 128, 23),
            ("人员情况",),
            ("编制数", 50),
            ("实有人数", 47),
        ],
        top=99,
    )
    keys = [one.key for one in found.asked()]
    assert keys[-2:] == ["编制数", "实有人数"]


VILLAGE = [
    ("村三资公开表（元）",),
    ("名称", "数量", "承包方", "年租金"),
    ("门面", 6, "刘红等6户", 43200),
    ("冷库", 1, "绿丰合作社", 60000),
    ("机动地", 118, "五组承包户", 35550),
    (),
    ("村集体固定资产原值", 2874600),
    ("村集体债务", 152000),
]


def under(path, kind):
    findings = check(open_saved(path).snapshot(kind.form), kind.form, kind.rules).findings
    return [str(one.place) for one in findings if one.code == "below-table"]


def test_cells_of_the_form_under_a_list_are_none_of_its_rows(tmp_path):
    file = tmp_path / "公开表.xlsx"
    file.write_bytes(book(VILLAGE, top=99))
    assert adopt_kind(tmp_path / "village", file).untrue == []
    kind = load_kind(tmp_path / "village")
    path = tmp_path / "填报.xlsx"
    path.write_bytes(new_workbook(kind, sample=True))
    assert under(path, kind) == []
    edited = Edited(path.read_bytes())
    edited.put({Spot("表", 6, 1): "山塘", Spot("表", 6, 4): "8400"})
    path.write_bytes(edited.data())
    assert under(path, kind) == ["表!A6"]


LINES = [
    ("营运月报（元）",),
    ("项目", "行次", "本月数", "本年累计"),
    ("一、营业收入", 1, "=C4", "=D4"),
    ("票款", 2, 1286430, 9847215),
    (),
    ("二、营业成本", 3, "=SUM(C7:C8)", "=SUM(D7:D8)"),
    ("薪酬", 4, 587236, 4631872),
    ("电力", 5, 124763, 913648),
    (),
    ("三、营运指标",),
    ("车辆（辆）", 6, 486, 472),
    ("线路（条）", 7, 52, 50),
]
RESULTS = {"C3": 1286430, "D3": 9847215, "C6": 711999, "D6": 5545520}


@pytest.mark.parametrize("top", [2, 99])  # with borders around what is blank, and without any
def test_rows_go_on_under_their_heads_behind_a_blank_row(top):
    found = found_in(LINES, results=RESULTS, top=top)
    asked_for = {one.key: (one.spot.place.address, one.compute) for one in found.asked()}
    assert asked_for == {
        "营业收入_本月数": ("C3", "票款_本月数"), "营业收入_本年累计": ("D3", "票款_本年累计"),
        "票款_本月数": ("C4", ""), "票款_本年累计": ("D4", ""),
        "营业成本_本月数": ("C6", "薪酬_本月数 + 电力_本月数"),
        "营业成本_本年累计": ("D6", "薪酬_本年累计 + 电力_本年累计"),
        "薪酬_本月数": ("C7", ""), "薪酬_本年累计": ("D7", ""),
        "电力_本月数": ("C8", ""), "电力_本年累计": ("D8", ""),
        "车辆_本月数": ("C11", ""), "车辆_本年累计": ("D11", ""),
        "线路_本月数": ("C12", ""), "线路_本年累计": ("D12", ""),
    }  # fmt: skip


HALVES = [
    ("伙食费收支表（元）",),
    ("收  入", None, None, "支  出"),
    ("项目", "人数", "金额", "项目", "数量（公斤）", "金额", "备注"),
    ("幼儿伙食费", 312, 118560, "米面杂粮", 2140, Decimal("11983.2")),
    ("减：缺勤退费", 58, Decimal("-4268.5"), "食用油", 410, 5330),
    (None, None, None, "水果", 1480, 13616),
    (),
    ("本月收入合计", None, "=SUM(C4:C7)", "本月支出合计", None, "=SUM(F4:F7)"),
]


@pytest.mark.parametrize("top", [2, 99])
def test_halves_under_wide_heads_are_tables_of_their_own_with_their_totals(top):
    results = {"C8": Decimal("114291.5"), "F8": Decimal("30929.2")}
    found = found_in(HALVES, results=results, merged=("A2:C2", "D2:G2"), top=top)
    sums = {one.spot.place.address: one.compute for one in found.asked() if one.compute}
    assert found.tables() == []
    assert sums == {
        "C8": "幼儿伙食费_金额 + 减缺勤退费_金额",
        "F8": "米面杂粮_金额 + 食用油_金额 + 水果_金额",
    }
    assert {one.spot.place.address: one.value for one in found.asked() if one.value}.items() >= {
        "B4": 312, "C5": Decimal("-4268.5"), "E6": 1480, "F6": 13616, "C8": Decimal("114291.5")
    }.items()  # fmt: skip


def test_wide_heads_over_one_list_of_persons_part_nothing():
    rows = [
        ("补助发放表（元）",),
        ("人员", None, None, "单位", None),
        ("姓名", "性别", "年龄", "名称", "金额"),
        ("张三", "男", 34, "甲公司", 1200),
        ("李四", "女", 41, "乙公司", 900),
    ]
    found = found_in(rows, merged=("A2:C2", "D2:E2"), top=2)
    assert [(one.top, one.bottom, len(one.columns)) for one in found.tables()] == [(4, 5, 5)]


def test_words_over_all_columns_of_a_blank_form_name_the_part_below():
    rows = [*PURCHASES[:3], (1,), (2,), ("服务类",), (1,), (2,), PURCHASES[-1]]
    found = found_in(rows, merged=("A3:D3", "A6:D6"), top=2)
    tables = [(one.key, one.top, one.bottom, len(one.columns)) for one in found.tables()]
    assert tables == [("货物类", 4, 5, 3), ("服务类", 7, 8, 3)]


def test_figures_without_a_number_under_a_numbered_list_are_none_of_its_rows():
    rows = [
        ("采购明细表（元）",),
        ("序号", "采购项目名称", "单价", "金额"),
        (1, "办公设备", 300, 18000),
        (2, "图书", 46, 9200),
        (),
        (None, "上月结余", 700, 800),
    ]
    found = found_in(rows, top=99)
    assert [(one.top, one.bottom) for one in found.tables()] == [(3, 4)]


def test_a_table_with_heads_of_its_own_is_none_of_the_one_above_a_blank_row():
    rows = [
        ("收支表（元）",),
        ("收入项目", "上年", "本年"),
        ("拨款", 826, 871),
        ("其他", 105, 128),
        (),
        ("支出项目", "预算", "决算"),
        ("人员", 410, 455),
        ("公用", 96, 88),
    ]
    found = found_in(rows, top=99)
    assert {one.key for one in found.asked()} == {
        "拨款_上年", "拨款_本年", "其他_上年", "其他_本年",
        "人员_预算", "人员_决算", "公用_预算", "公用_决算",
    }  # fmt: skip


def test_words_without_figures_part_rows_of_the_same_names():
    rows = [
        ("结算统计（元）",),
        ("类别", "四月", "五月"),
        ("职工医保", None, None),
        ("门诊", 312480, 298716),
        ("住院", 164870, 152936),
        (),
        ("居民医保", None, None),
        ("门诊", 143768, 138924),
        ("住院", 128463, 119750),
    ]
    found = found_in(rows, top=2)
    assert found.tables() == []
    assert {one.key: one.spot.place.address for one in found.asked()} == {
        "职工医保门诊_四月": "B4", "职工医保门诊_五月": "C4",
        "职工医保住院_四月": "B5", "职工医保住院_五月": "C5",
        "居民医保门诊_四月": "B8", "居民医保门诊_五月": "C8",
        "居民医保住院_四月": "B9", "居民医保住院_五月": "C9",
    }  # fmt: skip
