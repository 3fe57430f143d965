"""What a bureau's own workbook is found to ask, and the kind that comes of it."""

import zipfile
from copy import copy
from decimal import Decimal
from io import BytesIO

import pytest
from bureau_forms import (
    FORMS,
    assessment,
    boxed_form,
    canteen,
    indicators,
    procurement,
    projects,
    training,
)
from loaded import load_workbook
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Border, Side
from openpyxl.worksheet.table import Table

from workbook.adopting.adopt import adopt
from workbook.checking.check import check
from workbook.checking.intake import take_in
from workbook.checking.kinds import load_kind
from workbook.reading.saved import open_saved
from workbook.viewing.formulas import Meaning, expression
from workbook.viewing.tokens import NotUnderstoodError
from workbook.years.beginning import new_workbook


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    """Folders of kinds made of the bureaus' workbooks, by name."""
    root = tmp_path_factory.mktemp("我的 报告")
    made = {}
    for name, form in FORMS.items():
        made[name] = root / name
        made[name].mkdir()
        for file, data in adopt(name, form()).files.items():
            (made[name] / file).write_bytes(data)
    return made


def computes(found):
    asked = [*found.asked(), *(column for table in found.tables() for column in table.columns)]
    return {one.key: one.compute for one in asked if one.compute}


def test_a_table_under_two_rows_of_heads_is_read_with_its_totals():
    found = adopt("procure", procurement()).found
    assert [(one.key, one.type) for one in found.asked()] == [
        ("单位名称", "text"),
        ("填报日期", "date"),
        ("预算金额合计", "number"),
        ("合同金额中小企业合计", "number"),
        ("合同金额其他企业合计", "number"),
        ("合同金额小计合计", "number"),
        ("填报人", "text"),
        ("审核人", "text"),
    ]
    (table,) = found.tables()
    assert (table.key, table.top, table.bottom) == ("采购情况", 6, 11)
    assert [(one.key, one.type, one.unit, one.is_required) for one in table.columns] == [
        ("采购项目名称", "text", "", True),
        ("采购方式", "text", "", True),
        ("预算金额", "number", "万元", True),
        ("合同金额中小企业", "number", "万元", True),
        ("合同金额其他企业", "number", "万元", True),
        ("合同金额小计", "number", "万元", True),
        ("备注", "text", "", False),
    ]
    assert computes(found) == {
        "合同金额小计": "合同金额中小企业 + 合同金额其他企业",
        "预算金额合计": "sum(采购情况.预算金额)",
        "合同金额中小企业合计": "sum(采购情况.合同金额中小企业)",
        "合同金额小计合计": "sum(采购情况.合同金额小计)",
    }


def test_a_total_that_misses_a_row_is_told_and_not_mended():
    found = adopt("procure", procurement()).found
    assert [one.key for one in found.asked() if one.is_own_formula] == ["合同金额其他企业合计"]
    (suspect,) = found.suspects
    assert (str(suspect.spot.place), suspect.formula) == ("采购情况!F12", "=SUM(F6:F8)")
    assert suspect.says == "F6:F8 旁边的 F9 没有加进去"


def test_fixed_rows_become_a_grid_and_balances_across_them_are_calculated():
    found = adopt("canteen", canteen()).found
    assert found.suspects == []
    said = computes(found)
    assert said["收入合计_本月数"] == "学生伙食费_本月数 + 教职工伙食费_本月数 + 财政补助_本月数"
    assert said["本月结余_本月数"] == "收入合计_本月数 - 支出合计_本月数"
    assert said["金额"] == "数量 * 单价"
    assert said["金额合计"] == "sum(采购明细.金额)"
    optional = [one.key for one in found.asked() if not one.is_required]
    assert optional == [
        "其他_本月数",
        "本月结余_本年累计",
        "上月结余_本年累计",
        "期末结余_本年累计",
    ]


def test_a_page_of_labels_funds_goals_and_indicators_is_told_apart():
    found = adopt("town", assessment()).found
    single = {one.key: one.value for one in found.asked() if one.value is not None}
    assert single == {
        "项目名称": "农村道路维修",
        "实施单位": "青山镇人民政府",
        "年度资金总额_分值": 10,
        "财政拨款_年初预算数": 80,
        "财政拨款_全年预算数": Decimal("85.5"),
        "财政拨款_全年执行数": Decimal("84.2"),
        "其他资金_年初预算数": 20,
        "其他资金_全年预算数": 20,
        "其他资金_全年执行数": 18,
        "预期目标": "维修道路12公里，改善群众出行条件。",
        "实际完成情况": "已完成道路维修12公里，群众满意。",
        "填表人": "王五",
    }
    assert computes(found)["年度资金总额_执行率"] == (
        "(年度资金总额_全年执行数 / 年度资金总额_全年预算数) * 100"
    )
    assert computes(found)["年度资金总额_得分"] == (
        "round(年度资金总额_分值 * (年度资金总额_执行率 / 100), 2)"
    )
    (table,) = found.tables()
    assert [row.get("一级指标") for row in table.rows] == [
        "产出指标", None, None, "效益指标", "满意度指标",
    ]  # fmt: skip


def test_rows_between_subtotals_are_a_table_each_and_the_totals_read_them_all():
    found = adopt("projects", projects()).found
    assert [(one.key, one.top, one.bottom) for one in found.tables()] == [
        ("项目进度", 6, 7),
        ("项目进度2", 9, 10),
    ]
    said = computes(found)
    assert said["投资总投资小计"] == "sum(项目进度.投资总投资)"
    assert said["项目进度_投资总投资小计"] == "sum(项目进度2.投资总投资)"
    assert said["投资年度投资完成总计"] == "投资年度投资完成小计 + 项目进度_投资年度投资完成小计"
    assert (
        said["投资年度投资完成率"]
        == "(0 if 投资年度投资计划 == 0 else 投资年度投资完成 / 投资年度投资计划) * 100"
    )
    assert (found.suspects, found.open) == ([], [])


def test_units_of_a_column_of_units_stay_with_their_rows_and_cases_become_words():
    found = adopt("economy", indicators()).found
    units = {one.key: one.unit for one in found.asked() if one.type == "number"}
    assert units == {
        "地区生产总值_本期": "亿元",
        "地区生产总值_同期": "亿元",
        "固定资产投资_本期": "亿元",
        "固定资产投资_同期": "亿元",
        "社会消费品零售总额_本期": "万元",
        "社会消费品零售总额_同期": "万元",
        "地区生产总值_增长率": "%",
        "固定资产投资_增长率": "%",
        "社会消费品零售总额_增长率": "%",
    }
    assert {one.key: one.value for one in found.asked() if one.type in ("text", "year")} == {
        "被考核单位": "青山县政府",
        "考核年度": 2025,
        "等次_本期": None,
    }
    assert computes(found)["等次_本期"] == (
        "'优秀' if 地区生产总值_本期 >= 300 else ('良好' if 地区生产总值_本期 >= 200 else '合格')"
    )


def test_each_list_of_a_sheet_and_an_excel_table_is_a_table():
    found = adopt("school", training()).found
    assert [(one.key, one.top, one.bottom) for one in found.tables()] == [
        ("培训与采购", 3, 5),
        ("图书采购", 10, 11),
        ("资产", 2, 3),
    ]
    assert computes(found) == {
        "金额": "册数 * 单价",
        "人数合计": "sum(培训与采购.人数)",
        "费用合计": "sum(培训与采购.费用)",
        "册数合计": "sum(图书采购.册数)",
        "金额合计": "sum(图书采购.金额)",
    }


@pytest.mark.parametrize(
    ("change", "place", "seen"),
    [
        ({"D5": "完成", "E5": "计划"}, "项目进度!D6", "「完成」"),
        ({"C4": "年度投资", "D4": "总投资"}, "", ""),  # of a head over several columns no witness
    ],
)
def test_heads_that_were_exchanged_are_told(change, place, seen, kinds, tmp_path):
    book = load_workbook(BytesIO(new_workbook(load_kind(kinds["projects"]), sample=True)))
    for address, text in change.items():
        book["项目进度"][address] = text
    book.save(tmp_path / "弯了.xlsx")
    told = take_in(tmp_path / "弯了.xlsx", kinds["projects"].parent).checked.findings
    astray = [one for one in told if one.code == "name-astray"]
    assert [str(one.place) for one in astray][:1] == ([place] if place else [])
    assert all(seen in str(one) for one in astray[:1])


def test_numbered_labels_that_were_exchanged_are_told(kinds, tmp_path):
    book = load_workbook(BytesIO(new_workbook(load_kind(kinds["economy"]), sample=True)))
    sheet = book["经济指标"]
    sheet["A4"], sheet["A5"] = "1. 固定资产投资", "2. 地区生产总值"
    book.save(tmp_path / "弯了.xlsx")
    told = take_in(tmp_path / "弯了.xlsx", kinds["economy"].parent).checked.findings
    (moved,) = [one for one in told if one.code == "names-moved"]
    assert str(moved.place) == "经济指标!C4"


def test_hidden_sheets_and_remarks_stay_and_are_listed():
    book = load_workbook(BytesIO(training()))
    book["资产"].sheet_state = "hidden"
    book["培训与采购"]["B3"].comment = Comment("去年改过", "张三")
    file = BytesIO()
    book.save(file)
    found = adopt("school", file.getvalue()).found
    assert [table.sheet for table in found.tables()] == ["培训与采购", "培训与采购"]
    assert found.open == [
        "培训与采购!B3:批注照原样留着(去年改过)",
        "资产:隐藏的表照原样留着,没有要填的,内容也没有清掉",
    ]


def test_a_blank_form_has_no_sample_and_asks_figures_where_formulas_calculate(tmp_path):
    book = Workbook()
    sheet = book.active
    for row in [
        ("项目名称", ""),
        ("资金总额", "=B3+B4"),
        ("中央", ""),
        ("其他", ""),
        ("指标值", ""),
    ]:
        sheet.append(row)
    for (cell,) in sheet["B1:B5"]:
        cell.border = Border(*[Side(style="thin")] * 4)
    file = BytesIO()
    book.save(file)
    made = adopt("blank", file.getvalue())
    assert "sample.toml" not in made.files
    assert [(one.key, one.type, one.compute) for one in made.found.asked()] == [
        ("项目名称", "text", ""),
        ("资金总额", "number", "中央 + 其他"),
        ("中央", "number", ""),
        ("其他", "number", ""),
        ("指标值", "text", ""),
    ]


def test_a_row_with_nothing_but_a_formula_that_nobody_understood_is_not_in_use(tmp_path):
    book = load_workbook(BytesIO(training()))
    sheet = book["培训与采购"]
    sheet.insert_rows(12)  # a free row
    for row in (10, 11, 12):
        sheet[f"D{row}"] = f'=IF(B{row}="",0,VLOOKUP(A{row},资产!A:C,3)*B{row})'
    file = BytesIO()
    book.save(file)
    made = adopt("school", file.getvalue())
    (asked,) = [one for one in made.found.tables() if one.key == "图书采购"]
    assert (asked.top, asked.bottom) == (10, 12)
    folder = tmp_path / "school"
    folder.mkdir()
    for name, data in made.files.items():
        (folder / name).write_bytes(data)
    kind = load_kind(folder)
    (tmp_path / "空.xlsx").write_bytes(new_workbook(kind))
    snapshot = open_saved(tmp_path / "空.xlsx").snapshot(kind.form)
    assert snapshot.tables["图书采购"].rows == ()


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=SUM(B2,B4:B6)-B9", "(甲2 + 甲4 + 甲5 + 甲6) - 甲9"),
        ("=IF(B9=0,0,B5/B9)", "0 if 甲9 == 0 else 甲5 / 甲9"),
        ('=IF(OR(B9=0,B9=""),"",B5/B9)', "甲5 / 甲9"),
        ("=IF(B9<>0,ROUND(B5/B9*100,2),0)", "round(甲5 / 甲9 * 100, 2) if 甲9 != 0 else 0"),
        ("=IFERROR(B5/B9,0)", "0 if 甲9 == 0 else 甲5 / 甲9"),
        ("=IF(B5>B9,B5-B9,0)", "甲5 - 甲9 if 甲5 > 甲9 else 0"),
        ("=IF(B9=0,0,B5)", "0 if 甲9 == 0 else 甲5"),
        ("=B5*10%", "甲5 * 10 / 100"),
        ("=IF(B9=0,,B5/B9)", "0 if 甲9 == 0 else 甲5 / 甲9"),
        ("=IF(B9<>0,B5/B9)", "甲5 / 甲9"),
        ('=IFERROR(B5/B9,"")', "甲5 / 甲9"),
        ("=IFERROR(B5,B9)", None),
        ("=IFERROR(B5/100,0)", "甲5 / 100"),
        ('=IF(B5>B9,B5-B9,"")', None),  # the sheet shows nothing where it is less
        ('=IF(B5=B9,"",B5*2)', None),
        ('=IF(B5>0,B5,"")', None),
        ('=IF(B2="","",B5+B9)', None),
        ('=IF(B5="","",B5*2)', "甲5 * 2"),
        ("=B5/80%", "甲5 / (80 / 100)"),
        ("=SUM(B2:B4*B5:B7)", None),
        ("=SUMIF(B2:B5,1)", None),
        ("=SUBTOTAL(9,B2:B4)+B9", "(甲2 + 甲3 + 甲4) + 甲9"),
        ("=SUBTOTAL(109,B2:B4)", "甲2 + 甲3 + 甲4"),
        ("=SUBTOTAL(1,B2:B4)", None),  # a mean
        ("=INT(B5/B9)", "floor(甲5 / 甲9)"),
        ("=PRODUCT(B5,B9)/100", "(甲5 * 甲9) / 100"),
        ("=PRODUCT(B5:B7)", None),
        ("=B5&B6", None),
        ("=SUM(B2:B11)", None),  # B11 holds a figure that nobody is asked for
    ],
)
def test_formulas_are_said_in_the_rules_language_or_not_at_all(formula, expected):
    def of(spot):
        return f"甲{spot.row}" if spot.row < 10 else None

    meaning = Meaning(of, lambda spot: None, lambda spot: spot.row != 11)
    try:
        told = expression(formula, "表", meaning).text
    except NotUnderstoodError:
        told = None
    assert told == expected


@pytest.mark.parametrize(
    ("total", "computed"),
    [("=SUM(C2:C6)", "sum(明细.金额)"), ("=SUM(C2:C4)", None), ("=SUM(C3)", None)],
)
def test_a_sum_of_some_rows_is_none_of_the_whole_list(total, computed):
    book = Workbook()
    sheet = book.active
    sheet.title = "明细"
    for row in (
        ("名称", "数量", "金额"),
        *((name, count, f"=B{row}*10") for row, (name, count) in enumerate(
            (("纸", 3), ("笔", 5), ("墨盒", 7), ("文件夹", 2), ("信封", 4)), start=2
        )),
    ):  # fmt: skip
        sheet.append(row)
    sheet.add_table(Table(displayName="明细", ref="A1:C6"))
    other = book.create_sheet("汇总")
    other.append(("大额小计", total.replace("C", "明细!C", 1)))
    file = BytesIO()
    book.save(file)
    found = adopt("school", file.getvalue()).found
    assert computes(found).get("大额小计") == computed
    assert any("大额小计" in one and "看不懂" in one for one in found.open) == (computed is None)


@pytest.mark.parametrize(("opening", "prior"), [("月初结余", "月末结余"), ("年初结余", "")])
def test_an_opening_balance_is_that_of_the_forms_own_period(opening, prior):
    book = Workbook()
    for row in (("月份", 9), (opening, 12.25), ("收入", 3.25), ("月末结余", 15.75)):
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    found = adopt("cash", file.getvalue()).found
    assert found.period == "month"
    assert {one.key: one.prior for one in found.asked()}[opening] == prior


@pytest.mark.parametrize(
    ("heads", "prior"),
    [
        (("上年数", "本年数"), "租赁_本年数"),
        (("2022年决算数", "2023年决算数"), "租赁_本年决算数"),
        (("上年数", "本月数"), ""),
        (("2021年决算数", "2023年决算数"), ""),
    ],
)
def test_a_figure_of_the_year_before_is_taken_from_last_years_workbook(heads, prior):
    book = Workbook()
    for row in (("项目", *heads), ("租赁", 50.25, 60.25), ("承包", 98.5, 120.75)):
        book.active.append(row)
    for cell in (cell for row in book.active["A1:C3"] for cell in row):
        cell.border = Border(*[Side(style="thin")] * 4)
    file = BytesIO()
    book.save(file)
    found = adopt("income", file.getvalue()).found
    made = {one.key: one.prior for one in found.asked()}
    assert [*made.values()].count("") == (2 if prior else 4)
    assert next(iter(made.values())) == prior


@pytest.mark.parametrize("name", FORMS)
def test_what_last_year_held_is_no_longer_in_the_form(name, kinds):
    with zipfile.ZipFile(kinds[name] / "form.xlsx") as archive:
        whole = b"".join(archive.read(member) for member in archive.namelist()).decode("utf-8")
    for typed in (
        "某县水利局",
        "办公电脑",
        "第一小学",
        "兴隆粮油",
        "农村道路维修",
        "群众满意。",
        "东河大桥",
        "青山县",
        "师德培训",
    ):
        assert typed not in whole


@pytest.mark.parametrize("name", FORMS)
def test_other_parts_keep_their_bytes(name, kinds):
    with (
        zipfile.ZipFile(BytesIO(FORMS[name]())) as old,
        zipfile.ZipFile(kinds[name] / "form.xlsx") as new,
    ):
        kept = {"xl/styles.xml", "xl/theme/theme1.xml", "docProps/app.xml"}
        assert {part: new.read(part) for part in kept} == {part: old.read(part) for part in kept}


def test_the_filled_books_tie_as_libreoffice_calculates_them(kinds, tmp_path, recalculate):
    files = []
    for name, folder in kinds.items():
        files.append(tmp_path / f"{name}.xlsx")
        files[-1].write_bytes(new_workbook(load_kind(folder), sample=True))
    for file in recalculate(files):
        assert take_in(file, kinds[file.stem].parent).checked.findings == ()


def test_a_share_shown_as_a_percentage_and_a_merged_cell_are_read_as_they_show(kinds, tmp_path):
    kind = load_kind(kinds["town"])
    file = tmp_path / "自评.xlsx"
    file.write_bytes(new_workbook(kind, sample=True))
    values = check(open_saved(file).snapshot(kind.form), kind.form, kind.rules).values
    assert [row["一级指标"].value for row in values.tables["自评表"]] == [
        "产出指标", "产出指标", "产出指标", "效益指标", "满意度指标",
    ]  # fmt: skip
    assert values.fields["年度资金总额_执行率"].value == Decimal("96.87")


def test_a_blank_book_asks_for_what_last_years_held(kinds, tmp_path):
    file = tmp_path / "新.xlsx"
    file.write_bytes(new_workbook(load_kind(kinds["procure"])))
    told = take_in(file, kinds["procure"].parent).checked.findings
    assert [(str(one.place), one.code) for one in told] == [
        ("采购情况!B2", "required"),
        ("采购情况!G2", "required"),
        ("采购情况!F12", "formula-unsaved"),
    ]


def test_what_lies_beyond_the_rows_that_are_read_is_told():
    book = load_workbook(BytesIO(canteen()))
    book["收支汇总"]["A3200"] = "去年的底稿"
    file = BytesIO()
    book.save(file)
    assert adopt("食堂", file.getvalue()).found.open == [
        "收支汇总:只读了前 3000 行、200 列,后面的没有收进来,内容也没有清掉",
        "采购明细:没有写金额单位,照其他表的「元」读,请核对",
    ]


def test_who_made_last_years_form_does_not_stay_in_it():
    book = load_workbook(BytesIO(canteen()))
    book.properties.creator, book.properties.lastModifiedBy = "张三", "李四"
    book.properties.title, book.properties.keywords = "2025年9月 第一小学", "内部"
    file = BytesIO()
    book.save(file)
    made = adopt("食堂", file.getvalue()).files["form.xlsx"]
    with zipfile.ZipFile(BytesIO(made)) as archive:
        said = archive.read("docProps/core.xml").decode()
    assert not [one for one in ("张三", "李四", "第一小学", "内部") if one in said]
    assert "created" in said


def summed_up():
    """A list of purchases, and a table that sums them up by a word, in another unit."""
    book = Workbook()
    book.remove(book.active)
    sheet = boxed_form(
        book,
        "季报",
        ("采购季报", "单位：元"),
        ("序号", "采购内容", "资金性质", "预算金额", "盈亏额"),
        [
            (1, "救护车", "上级专款", 1480000, 2000),
            (2, "办公用品", "本级财政", 126500, -1500),
            (3, "药柜", "上级专款", 218400, 0),
            ("本季合计", "", "", "=SUM(D4:D6)", "=SUM(E4:E6)"),
            ("上季合计", "", "", 265430, 0),
        ],
    )
    sheet["A10"] = "资金性质汇总（单位：万元）"
    rows = [
        ("资金性质", "预算", "项目数"),
        ("上级专款", "=ROUND(SUMIF(C4:C6,A12,D4:D6)/10000,2)", "=COUNTIF(C4:C6,A12)"),
        (
            "本级财政",
            '=ROUND(SUMIFS(D4:D6,C4:C6,"本级财政",B4:B6,"办公用品")/10000,2)',
            '=COUNTIFS(C4:C6,A13,B4:B6,"办公用品")',
        ),
    ]
    for number, row in enumerate(rows, start=11):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column, value).border = copy(sheet["A3"].border)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_sums_of_rows_that_say_a_word_totals_of_a_period_and_a_unit_for_each_table():
    found = adopt("季报", summed_up()).found
    assert [(one.key, one.unit, one.compute, one.known_by) for one in found.asked()] == [
        ("预算金额本季合计", "元", "sum(季报.预算金额)", ("本季合计", "预算金额")),
        ("盈亏额本季合计", "元", "sum(季报.盈亏额)", ("本季合计", "盈亏额")),
        ("预算金额上季合计", "元", "", ("上季合计", "预算金额")),
        ("盈亏额上季合计", "元", "", ("上季合计", "盈亏额")),
        (
            "上级专款_预算",
            "万元",
            "round(sum_where(季报.预算金额, 季报.资金性质, '上级专款') / 10000, 2)",
            (),
        ),
        (
            "本级财政_预算",
            "万元",
            "round(sum_where(季报.预算金额, 季报.资金性质, '本级财政', "
            "季报.采购内容, '办公用品') / 10000, 2)",
            (),
        ),
        ("上级专款_项目数", "", "count_where(季报.资金性质, '上级专款')", ()),
        (
            "本级财政_项目数",
            "",
            "count_where(季报.资金性质, '本级财政', 季报.采购内容, '办公用品')",
            (),
        ),
    ]
    assert [(one.key, one.is_signed) for one in found.tables()[0].columns] == [
        ("采购内容", False),
        ("资金性质", False),
        ("预算金额", False),
        ("盈亏额", True),
    ]


@pytest.mark.parametrize(
    ("rows", "period"),
    [
        ([("指标", "一季度", "二季度"), ("活动场次", 18, 22), ("新办证", 612, 745)], "year"),
        ([("指标", "1月份", "2月份"), ("活动场次", 8, 12), ("新办证", 612, 745)], "year"),
        ([("一季度", 18), ("二季度", 22)], "year"),
        ([("上年季度", 18), ("收入", 22)], "year"),
        ([("季度", 3), ("收入", 22)], "quarter"),
    ],
)
def test_heads_of_quarters_and_figures_under_them_do_not_tell_of_which_quarter_a_form_is(
    rows, period
):
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    assert adopt("library", file.getvalue()).found.period == period


def test_two_tables_beside_each_other_with_a_blank_column_between_have_their_own_rows():
    book, file = Workbook(), BytesIO()
    for row in (
        ("作业项目", "计划量", "完成量", None, "支出科目", "预算数", "支出数", "执行率"),
        ("道路清扫", 860, 874, None, "合计", "=SUM(F3:F5)", "=SUM(G3:G5)", "=G2/F2"),
        ("垃圾清运", 5400, 5286, None, "人员工资", 1260, 1238, "=G3/F3"),
        ("公厕保洁", 3276, 3276, None, "车辆燃油", 318, 297, "=G4/F4"),
        ("洒水降尘", 720, 765, None, "维修保养", 145, 151, "=G5/F5"),
    ):
        book.active.append(row)
    book.save(file)
    found = adopt("cleaning", file.getvalue()).found
    keys = [one.key for one in found.asked()]
    left, right = (
        ("道路清扫", "垃圾清运", "公厕保洁", "洒水降尘"),
        ("合计", "人员工资", "车辆燃油", "维修保养"),
    )
    assert sorted(keys) == sorted(
        (
            *(f"{row}_{column}" for row in left for column in ("计划量", "完成量")),
            *(f"{row}_{column}" for row in right for column in ("预算数", "支出数", "执行率")),
        )
    )
    assert computes(found)["合计_预算数"] == "人员工资_预算数 + 车辆燃油_预算数 + 维修保养_预算数"


def test_units_stand_behind_figures_and_in_a_column_of_theirs():
    book, file = Workbook(), BytesIO()
    for row in (
        ("设备原值", 1115.8, "万元"),
        ("操作人员", 46, "人"),
        ("户数", "户", 602, "人口", "人", 1830),
        (),
        ("指标", "计量单位", "一季度", "二季度"),
        ("外借图书", "册次", 28640, 30115),
        ("数字访问", "点击", 126, 143),
    ):
        book.active.append(row)
    book.save(file)
    found = adopt("library", file.getvalue()).found
    assert {one.key: one.unit for one in found.asked()} == {
        "设备原值": "万元",
        "操作人员": "人",
        "户数": "户",
        "人口": "人",
        "外借图书_一季度": "册次",
        "外借图书_二季度": "册次",
        "数字访问_一季度": "点击",
        "数字访问_二季度": "点击",
    }
