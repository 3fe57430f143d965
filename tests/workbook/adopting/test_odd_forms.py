"""Forms in which something is not as it usually is: what is proposed of them stays right."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Side

from workbook.adopting.adopt import adopt
from workbook.checking.check import check
from workbook.checking.intake import take_in
from workbook.checking.kinds import load_kind
from workbook.reading.saved import open_saved
from workbook.reading.spots import Spot
from workbook.saving.edited import Edited
from workbook.xlsx.addresses import cell_at
from workbook.xlsx.package import PackageError
from workbook.years.beginning import new_workbook

_BOX = Border(*[Side(style="thin")] * 4)


def book(rows, results=(), formats=(), merged=(), top=1):
    """A sheet 表 with borders from the row `top` on, and what its formulas have given."""
    made = Workbook()
    sheet = made.active
    sheet.title = "表"
    for row in rows:
        sheet.append(row)
    for line in sheet.iter_rows(min_row=top):
        for cell in line:
            cell.border = _BOX
    for address, code in dict(formats).items():
        sheet[address].number_format = code
    for area in merged:
        sheet.merge_cells(area)
    file = BytesIO()
    made.save(file)
    edited = Edited(file.getvalue())
    edited.put_results({Spot("表", *cell_at(a)): value for a, value in dict(results).items()})
    return edited.data()


def found_in(rows, **more):
    return adopt("表", book(rows, **more)).found


def computes(found):
    asked = [*found.asked(), *(column for table in found.tables() for column in table.columns)]
    return {one.key: one.compute for one in asked if one.compute}


def own(found):
    asked = [*found.asked(), *(column for table in found.tables() for column in table.columns)]
    return [one.key for one in asked if one.is_own_formula]


def costs(third):
    return [
        ("费用表",),
        ("项目", "金额", "备注"),
        ("差旅费", 1000, "出差"),
        ("印刷费", 500, None),
        ("培训费", third, "4期"),
        ("合计", "=SUM(B3:B5)", None),
    ]


def test_arithmetic_in_one_row_is_a_figure_that_was_typed():
    made = adopt("表", book(costs("=300*4"), results={"B5": 1200, "B6": 2700}, top=2))
    assert computes(made.found) == {"金额合计": "sum(表.金额)"}
    (table,) = made.found.tables()
    assert [row["金额"] for row in table.rows] == [1000, 500, 1200]
    assert made.found.open == ["表!B5:=300*4 没有读别的格,当作填的数,空表里不留"]
    edited = Edited(made.files["form.xlsx"])
    assert edited.book.sheet("表").formula(5, 2) == ""


def test_a_formula_in_one_row_is_none_of_the_column():
    results = {"B5": 2000, "B6": 3500}
    found = found_in(costs("=B3*2"), results=results, top=2)
    assert "表.金额" not in computes(found)
    assert "金额" not in computes(found)
    assert any("有的行是公式,有的行是填的数" in one for one in found.open)


def test_rows_that_calculate_differently_are_read_from_the_sheet():
    rows = [
        ("指标", "目标值", "完成值", "得分", "偏差原因"),
        ("建亭数", 40, 38, "=ROUND(C2/B2*10,2)", "天气"),
        ("合格率", 100, 90, "=ROUND(C3/B3*10,2)", "返工"),
        ("单位成本", 7, 8, "=ROUND(B4/C4*10,2)", "涨价"),
    ]
    found = found_in(rows, results={"D2": Decimal("9.5"), "D3": 9, "D4": Decimal("8.75")})
    assert (computes(found), own(found)) == ({}, ["得分"])
    assert found.open == [
        "表!D2:「表」的「得分」各行的公式不一样,按表里算好的数读;要核对它,请在 rules.toml 里写规则"
    ]


def test_what_gives_another_figure_than_the_book_shows_is_not_proposed():
    rows = [("收入", 100), ("支出", 30), ("结余", "=B1-B2"), ("两年结余", "=B3*2")]
    found = found_in(rows, results={"B3": 75, "B4": 150})
    assert (computes(found), own(found)) == ({"两年结余": "结余 * 2"}, ["结余"])
    assert found.open == [
        "表!B3:「结余」照 收入 - 支出 算是 70,表里是 75,没有写成 compute,按表里的数读;请核对"
    ]


def test_what_differs_behind_the_decimals_that_are_shown_is_proposed():
    rows = [("收入", 100), ("支出", 30), ("占比", "=B2/B1*100")]
    found = found_in(rows, results={"B3": Decimal("30.004")}, formats={"B3": "0.00"})
    assert computes(found) == {"占比": "支出 / 收入 * 100"}


def test_a_neighbour_that_a_higher_total_adds_itself_is_not_missing():
    rows = [
        ("科目", "预算(元)"),
        ("一、人员费用", "=SUM(B3:B4)"),
        ("工资", 100),
        ("补贴", 50),
        ("二、活动费用", "=SUM(B6:B7)"),
        ("物资", 30),
        ("场地", 20),
        ("管理费用", 10),
        ("总计", "=B2+B5+B8"),
    ]
    found = found_in(rows, results={"B2": 150, "B5": 50, "B9": 210})
    assert found.suspects == []
    assert computes(found) == {
        "人员费用": "工资 + 补贴",
        "活动费用": "物资 + 场地",
        "总计": "人员费用 + 活动费用 + 管理费用",
    }


def takes(found):
    columns = [column for table in found.tables() for column in table.columns]
    return {one.key: (one.type, one.decimals) for one in (*found.asked(), *columns)}


def test_decimals_are_the_formats_and_not_those_of_last_years_values():
    rows = [
        ("指标", "目标值", "完成值", "得分"),
        ("建亭数", 40, 38, "=ROUND(C2/B2*10,2)"),
        ("合格率", 100, Decimal("90.5"), "=ROUND(C3/B3*10,2)"),
    ]
    found = found_in(rows, results={"D2": Decimal("9.5"), "D3": 9})
    assert takes(found) == {
        "建亭数_目标值": ("number", None),
        "合格率_目标值": ("number", None),
        "建亭数_完成值": ("number", None),
        "合格率_完成值": ("number", None),
        "建亭数_得分": ("number", 2),
        "合格率_得分": ("number", 2),
    }


def test_people_are_counted_and_a_share_that_others_calculate_with_is_not_cut():
    rows = [
        ("基本情况",),
        ("职工(人)", 12),
        ("面积", 30),
        ("总面积", 40),
        ("占比", "=B3/B4"),
        ("得分", "=B5*10"),
        ("余数", "=B4-B3"),
    ]
    formats = {"B5": "0.00%", "B4": "0.0"}
    results = {"B5": Decimal("0.75"), "B6": Decimal("7.5"), "B7": 10}
    assert takes(found_in(rows, results=results, formats=formats, top=2)) == {
        "职工": ("integer", None),
        "面积": ("number", None),
        "总面积": ("number", 1),
        "占比": ("number", None),
        "得分": ("number", None),
        "余数": ("number", None),
    }


_RECEIPTS = [
    ("项目", "本年数", "上年数", "行次"),
    ("一、总收入", "=B3+B5", "=C3+C5", 1),
    ("经营收入", 100, 90, 2),
    ("其中:租赁收入", 60, 50, 3),
    ("投资收益", 20, 10, 4),
]


@pytest.mark.parametrize("head", ["行次", "序号"])
def test_numbered_rows_that_are_parts_of_others_are_fixed(head):
    rows = [(*_RECEIPTS[0][:3], head), *_RECEIPTS[1:]]
    found = found_in(rows, results={"B2": 120, "C2": 100})
    assert found.tables() == []
    assert computes(found) == {
        "总收入_本年数": "经营收入_本年数 + 投资收益_本年数",
        "总收入_上年数": "经营收入_上年数 + 投资收益_上年数",
    }


def test_rows_of_which_a_total_adds_one_by_itself_are_fixed():
    rows = [
        ("序号", "科目", "预算(元)"),
        ("一", "活动费用", "=SUM(C3:C4)"),
        (1, "物资", 30),
        (2, "场地", 20),
        ("二", "管理费用", 10),
        ("总计", None, "=C2+C5"),
    ]
    found = found_in(rows, results={"C2": 50, "C6": 60}, merged=["A6:B6"])
    assert computes(found) == {"活动费用": "物资 + 场地", "总计": "活动费用 + 管理费用"}


def test_a_blank_cell_behind_typed_words_is_not_called_by_them():
    rows = [
        ("决算表",),
        ("执行机构", "晨光中心", None, "项目周期", "2023年1月至12月", None, None),
        ("资助方", "春晖基金会", None, "资助总额(元)", 500.5, "协议编号", "CH-070"),
        ("主管部门", "临水县民政局", None),
    ]
    found = found_in(rows, top=2)
    assert {one.key: one.value for one in found.asked()} == {
        "执行机构": "晨光中心",
        "项目周期": "2023年1月至12月",
        "资助方": "春晖基金会",
        "资助总额": Decimal("500.5"),
        "协议编号": "CH-070",
        "主管部门": "临水县民政局",
    }


def test_subtotals_are_named_by_their_categories_and_the_untouched_form_is_clean(tmp_path):
    rows = [
        ("采购表",),
        ("类别", "项目", "预算"),
        ("货物类", "电脑", 40),
        (None, "家具", 50),
        (None, "小计", "=SUM(C3:C4)"),
        ("工程类", "修缮", 60),
        (None, "小计", "=SUM(C6:C6)"),
        ("合计", None, "=C5+C7"),
    ]
    merged = ["A3:A5", "A6:A7", "A8:B8"]
    results = {"C5": 90, "C7": 60, "C8": 150}
    made = adopt("采购", book(rows, merged=merged, results=results, top=2))
    assert (made.found.open, computes(made.found)) == (
        [],
        {
            "货物类小计": "电脑 + 家具",
            "工程类小计": "修缮",
            "合计": "货物类小计 + 工程类小计",
        },
    )
    assert checked(made, "采购", tmp_path) == []


def checked(made, name, tmp_path):
    """What a check says of the adopted form with last year's values."""
    folder = tmp_path / name
    folder.mkdir()
    for file, data in made.files.items():
        (folder / file).write_bytes(data)
    kind = load_kind(folder)
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(new_workbook(kind, sample=True))
    told = check(open_saved(path).snapshot(kind.form), kind.form, kind.rules).findings
    return [str(one) for one in told]


def test_a_unit_between_a_label_and_its_figure_is_no_label():
    rows = [
        ("基本情况",),
        ("年末总户数", "户", 602),
        ("成员数", "人", 1287),
        ("资产总额", "万元", Decimal("812.03")),
        ("人均用电量", "千瓦时/人", Decimal("1472.15")),
    ]
    found = found_in(rows, top=2)
    assert {one.key: one.unit for one in found.asked()} == {
        "年末总户数": "户",
        "成员数": "人",
        "资产总额": "万元",
        "人均用电量": "千瓦时/人",
    }


def test_a_column_of_compound_units_names_no_row():
    rows = [
        ("指标", "计量单位", "本年", "上年"),
        ("用能人数", "人", 48, 50),
        ("人均用电量", "千瓦时/人", Decimal("1472.15"), Decimal("1171.69")),
    ]
    assert {one.key: one.unit for one in found_in(rows).asked()} == {
        "用能人数_本年": "人",
        "用能人数_上年": "人",
        "人均用电量_本年": "千瓦时/人",
        "人均用电量_上年": "千瓦时/人",
    }


def test_the_sample_has_what_own_formulas_gave_and_leaves_them_in_place(tmp_path):
    rows = [
        ("指标", "目标值", "完成值", "得分", "偏差原因"),
        ("建亭数", 40, 38, "=ROUND(C2/B2*10,2)", "天气"),
        ("合格率", 100, 90, "=ROUND(C3/B3*10,2)", "返工"),
        ("单位成本", 7, 8, "=ROUND(B4/C4*10,2)", "涨价"),
    ]
    made = adopt("得分", book(rows, results={"D2": Decimal("9.5"), "D3": 9, "D4": Decimal("8.75")}))
    assert checked(made, "得分", tmp_path) == []
    edited = Edited((tmp_path / "得分.xlsx").read_bytes())
    cells = [edited.book.sheet("表").cells[row, 4] for row in (2, 3, 4)]
    assert [(one.formula, one.value) for one in cells] == [
        ("=ROUND(C2/B2*10,2)", "9.5"),
        ("=ROUND(C3/B3*10,2)", "9"),
        ("=ROUND(B4/C4*10,2)", "8.75"),
    ]


def test_three_thirds_are_a_whole_and_no_formula_is_told_to_have_gone(tmp_path, recalculate):
    rows = [
        ("科室", "金额", "占比"),
        *((name, 1, f"=B{row}/B$5") for row, name in enumerate(("内科", "外科", "儿科"), start=2)),
        ("合计", "=SUM(B2:B4)", "=SUM(C2:C4)"),
    ]
    formats = {f"C{row}": "0.0%" for row in range(2, 6)}
    made = adopt("占比", book(rows, formats=formats))
    assert computes(made.found)["合计_占比"] == "内科_占比 + 外科_占比 + 儿科_占比"
    checked(made, "占比", tmp_path)
    (file,) = recalculate([tmp_path / "占比.xlsx"])
    assert take_in(file, tmp_path).checked.findings == ()


def test_a_figure_typed_over_a_formula_in_a_table_is_told_with_its_row(tmp_path):
    rows = [
        ("序号", "采购项目名称", "供应商", "预算金额", "得分"),
        (1, "电脑", "甲公司", 40, "=VLOOKUP(B2,规则!A:B,2,FALSE)"),
        (2, "桌椅", "乙公司", 100, "=VLOOKUP(B3,规则!A:B,2,FALSE)"),
        (3, "空调", "丙公司", 70, "=VLOOKUP(B4,规则!A:B,2,FALSE)"),
    ]
    made = adopt("采购", book(rows, results={"E2": 9, "E3": 8, "E4": 7}))
    assert checked(made, "采购", tmp_path) == []
    path = tmp_path / "采购.xlsx"
    edited = Edited(path.read_bytes())
    edited.put({Spot("表", 4, 5): Decimal(10)})
    path.write_bytes(edited.data())
    findings = take_in(path, tmp_path).checked.findings
    assert [(one.code, str(one.place), one.label, one.severity) for one in findings] == [
        ("own-formula-typed", "表!E4", "表「空调」得分", "warning")
    ]


@pytest.mark.parametrize("years", [("本年数",), ("本年数", "上年数")])
def test_a_unit_between_label_and_figure_hides_no_label(tmp_path, years):
    things = [("在册职工", "人", 100), ("办公用房", "平方米", 2000.25), ("公务用车", "辆", 3)]
    lines = [
        (name, unit, *(figure + n for n in range(len(years)))) for name, unit, figure in things
    ]
    made = adopt("指标", book([("指标", "计量单位", *years), *lines]))
    assert checked(made, "指标", tmp_path) == []


@pytest.mark.parametrize("area", [b"A1:XFD1048576", b"A:XFD"])
def test_a_merge_over_a_whole_sheet_is_told_and_not_read(area):
    edited = Edited(book([["单位名称", "某局"]], merged=["A1:B1"]))
    tree = edited.tree("xl/worksheets/sheet1.xml")
    next(tree.iter("{*}mergeCell")).set("ref", area)
    with pytest.raises(PackageError) as error:
        adopt("表", edited.data())
    assert str(error.value) == "xl/worksheets/sheet1.xml:合并的单元格、链接或输入规则太多、太大"


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("=SUM(B3:B4)+B5", "sum(表.金额)"),
        ("=B3+B4+B5", "sum(表.金额)"),
        ("=SUM(B3:B4,B5)", "sum(表.金额)"),
        ("=(B3+SUM(B4:B5))/10", "(sum(表.金额)) / 10"),
        ("=SUM(B3:B5)+B5", ""),  # one row twice
        ("=SUM(B3:B4)+B5*2", ""),
        ("=SUM(B3:B4)-B5", ""),
        ("=B3*B4+B5", ""),
    ],
)
def test_pieces_that_are_together_a_whole_list_are_its_sum(total, expected):
    rows = [*costs(300)[:5], ("合计", total, None)]
    assert computes(found_in(rows, top=2)).get("金额合计", "") == expected


@pytest.mark.parametrize(
    ("heads", "keys"),
    [
        (("2024年决算", "2025年决算"), ["上年决算", "本年决算"]),
        (("2025年度决算数", "2024年度决算数"), ["本年决算数", "上年决算数"]),
        (("收入2023年决算", "收入2024年决算"), ["收入上年决算", "收入本年决算"]),
        (("2024年预算", "2025年决算"), ["预算", "决算"]),
        (("2015年人口", "2025年人口"), ["人口", "本年人口"]),
    ],
)
def test_heads_that_differ_by_their_year_are_told_apart_by_it(heads, keys):
    found = found_in([("项目", *heads), ("水费", 10.5, 11.2), ("电费", 8.25, 9)])
    assert list(dict.fromkeys(one.key.split("_")[1] for one in found.asked())) == keys


def two_sheets(*heads, note="单位：万元"):
    file = Workbook()
    file.active.title = "收支"
    for row in (("收支表", note), ("项目", "预算数", "决算数"), ("水费", 10.5, 9), ("电费", 8, 7)):
        file.active.append(row)
    other = file.create_sheet("明细")
    for row in (("序号", "名称", *heads), (1, "甲泵站", 5, 6.5), (2, "乙泵站", 7, 8.25)):
        other.append(row)
    made = BytesIO()
    file.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("heads", "note", "units"),
    [
        (("数量", "合同金额"), "单位：万元", ["", "万元"]),
        (("预算金额", "合同金额"), "单位：万元", ["万元", "万元"]),
        (("床位", "合同金额"), "单位：万元", ["", ""]),  # of which nobody knows what is counted
        (("数量", "合同金额"), "收支（万元）", ["", ""]),
    ],
)
def test_a_sheet_without_a_unit_has_the_workbooks_where_all_its_figures_are_amounts(
    heads, note, units
):
    found = adopt("收支", two_sheets(*heads, note=note)).found
    (table,) = found.tables()
    assert [one.unit for one in table.columns[1:]] == units
    said = ["明细:没有写金额单位,照其他表的「万元」读,请核对"] if "万元" in units else []
    assert found.open == said


def test_what_a_row_of_a_list_adds_up_across_is_a_formula_of_its_columns():
    found = found_in(
        [
            ("公益项目支出明细表（元）",),
            ("项目名称", "受助人", "人员费用", "其他费用", "合计"),
            ("助学", 2814600, 126400, 98215, "=SUM(B3:D3)"),
            ("救助", 1083500, 186200, 143760, "=SUM(B4:D4)"),
            ("总计", "=SUM(B3:B4)", "=SUM(C3:C4)", "=SUM(D3:D4)", "=SUM(E3:E4)"),
        ],
        results={
            "E3": 3039215, "E4": 1413460, "B5": 3898100, "C5": 312600, "D5": 241975, "E5": 4452675,
        },
    )  # fmt: skip
    (table,) = found.tables()
    assert {one.key: one.compute for one in table.columns} == {
        "项目名称": "", "受助人": "", "人员费用": "", "其他费用": "",
        "合计": "受助人 + 人员费用 + 其他费用",
    }  # fmt: skip
    assert found.open == []


def test_a_corner_that_says_what_amounts_are_in_is_no_label():
    found = found_in(
        [
            ("大型仪器情况", None, None),
            (None, None, "金额：万元"),
            ("仪器名称", "使用机时", "服务收入"),
            ("电镜", 2140, Decimal("48.36")),
            ("衍射仪", 1865, Decimal("21.9")),
        ],
        top=3,
    )
    assert {one.key: one.unit for one in found.asked()} == {
        "电镜_使用机时": "", "电镜_服务收入": "万元",
        "衍射仪_使用机时": "", "衍射仪_服务收入": "万元",
    }  # fmt: skip
    assert found.open == []
