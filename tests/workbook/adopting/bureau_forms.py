"""Forms that bureaus drew themselves, filled: nothing in them knows of this program."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

from empty_document import empty_document
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
Rows = list[tuple[Any, ...]]


_FUNDS = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
_LEVELS = ("一级指标", "二级指标", "三级指标")
_INDICATORS = (*_LEVELS, "年度指标值", "实际完成值", "分值", "得分", "偏差原因")


def _boxed(sheet: Worksheet, area: str) -> None:
    for row in sheet[area]:
        for cell in row:
            cell.border = _BOX


def _bytes(made: Any) -> bytes:
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _fill(sheet: Worksheet, row: int, column: int, rows: Rows) -> None:
    for down, values in enumerate(rows):
        for right, value in enumerate(values):
            if value not in (None, ""):
                sheet.cell(row + down, column + right, value)


def _merge(sheet: Worksheet, *areas: str) -> None:
    for area in areas:
        sheet.merge_cells(area)


def procurement() -> bytes:
    """A quarterly table of purchases: heads of two rows, a total that misses a row, a signature."""
    book = Workbook()
    sheet = book.active
    sheet.title = "采购情况"
    _fill(sheet, 1, 1, [("2025年第三季度政府采购执行情况表",)])
    _fill(sheet, 2, 1, [("单位名称：", "某县水利局", "", "", "", "填报日期：", date(2025, 10, 9))])
    _fill(sheet, 3, 8, [("金额单位：万元",)])
    heads = ("序号", "采购项目名称", "采购方式", "预算金额", "合同金额", "", "", "备注")
    _fill(sheet, 4, 1, [heads, ("", "", "", "", "中小企业", "其他企业", "小计")])
    rows: Rows = [
        ("办公电脑", "公开招标", 12.5, 10.2, 1.8),
        ("防汛物资", "竞争性磋商", 86, 60.25, 20),
        ("水文设备", "单一来源", 30, 0, 29.9, "", "进口"),
        ("物业服务", "公开招标", 24, 23.1, 0.5),
    ]
    for number, (name, how, *figures) in enumerate(rows, start=1):
        budget, small, other, *more = figures
        total = f"=E{number + 5}+F{number + 5}"
        note = more[-1] if more else ""
        line = (number, name, how, budget, small, other, total, note)
        _fill(sheet, 5 + number, 1, [line])
    _fill(sheet, 10, 1, [(5, *[""] * 5, "=E10+F10"), (6, *[""] * 5, "=E11+F11")])
    _fill(sheet, 12, 1, [("合计", "", "", *(f"=SUM({c}6:{c}11)" for c in "DEFG"))])
    sheet["F12"] = "=SUM(F6:F8)"
    for column in "DEFG":
        for row in range(6, 13):
            sheet[f"{column}{row}"].number_format = "#,##0.00"
    _merge(sheet, "A1:H1", "B2:D2", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:G4", "H4:H5", "A12:C12")
    _boxed(sheet, "A4:H12")
    sheet["B13"], sheet["F13"] = "填报人：张三", "审核人：李四"
    return _bytes(book)


def canteen() -> bytes:
    """A school canteen's month: a table of receipts and costs, and what was bought."""
    book = Workbook()
    sheet = book.active
    sheet.title = "收支汇总"
    rows: Rows = [
        ("学校食堂月度收支表",),
        ("学校名称", "第一小学"),
        ("月份", "2025年9月", "单位：元"),
        ("项目", "本月数", "本年累计"),
        ("一、收入合计", "=SUM(B6:B8)", "=SUM(C6:C8)"),
        ("其中：学生伙食费", 82310.5, 640210.5),
        ("教职工伙食费", 9120, 70320),
        ("财政补助", 5000, 45000),
        ("二、支出合计", "=SUM(B10:B13)", "=SUM(C10:C13)"),
        ("食材", 60210.3, 500100),
        ("人工", 18000, 160000),
        ("水电燃气", 4210.6, 38000),
        ("其他", None, 1200),
        ("三、本月结余", "=B5-B9"),
        ("上月结余", 3200),
        ("期末结余", "=B14+B15"),
    ]
    _fill(sheet, 1, 1, rows)
    sheet.merge_cells("A1:C1")
    for row in range(5, 17):
        sheet.cell(row, 2).number_format = sheet.cell(row, 3).number_format = "#,##0.00"
    _boxed(sheet, "A4:C16")
    bought = book.create_sheet("采购明细")
    heads = ("日期", "品名", "计量单位", "数量", "单价(元)", "金额(元)", "供应商")
    _fill(bought, 1, 1, [("食材采购明细",), heads])
    for number, (name, unit) in enumerate(zip("米面肉菜蛋", "袋袋斤斤斤", strict=True)):
        first = (date(2025, 9, 1 + number), f"{name}类", unit, 10 + number, 25.5 + number)
        _fill(bought, 3 + number, 1, [(*first, "", "兴隆粮油")])
    for row in range(3, 15):
        bought.cell(row, 6, f"=D{row}*E{row}").number_format = "0.00"
        bought.cell(row, 1).number_format, bought.cell(row, 5).number_format = "yyyy/m/d", "0.00"
    _fill(bought, 15, 2, [("合计", "", "", "", "=SUM(F3:F14)")])
    _boxed(bought, "A2:G15")
    return _bytes(book)


def assessment() -> bytes:
    """A town's self-assessment on one page: labels, funds, goals, indicators one below another."""
    book = Workbook()
    sheet = book.active
    sheet.title = "自评表"
    rows: Rows = [
        ("项目支出绩效自评表",),
        ("（2024年度）",),
        ("项目名称", "农村道路维修", "", "", "实施单位", "青山镇人民政府"),
        (
            "项目资金（万元）",
            "",
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "分值",
            "执行率",
            "得分",
        ),
        ("", "年度资金总额", *(f"=SUM({c}6:{c}7)" for c in "CDE"), 10, "=E5/D5", "=ROUND(F5*G5,2)"),
        ("", "其中：财政拨款", 80, 85.5, 84.2),
        ("", "其他资金", 20, 20, 18),
        ("年度总体目标", "预期目标", "", "", "实际完成情况"),
        ("", "维修道路12公里，改善群众出行条件。", "", "", "已完成道路维修12公里，群众满意。"),
        (
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因",
        ),
        ("产出指标", "数量指标", "维修里程", "≥12公里", "12公里", 20, 20),
        ("", "质量指标", "验收合格率", "100%", "100%", 15, 15),
        ("", "时效指标", "按期完成", "12月底前", "11月", 15, 15),
        ("效益指标", "社会效益", "受益人口", "≥3000人", "3200人", 20, 19, "统计口径"),
        ("满意度指标", "满意度", "群众满意度", "≥90%", "92%", 20, 20),
        ("总分", "", "", "", "", "=F5+SUM(F11:F15)", "=H5+SUM(G11:G15)"),
        ("填表人：王五　　联系电话：",),
    ]
    _fill(sheet, 1, 1, rows)
    sheet["G5"].number_format = "0.00%"
    _merge(
        sheet, "A1:H1", "A2:H2", "B3:D3", "F3:H3", "A4:A7", "B8:D8", "E8:H8", "A8:A9", "B9:D9",
        "E9:H9", "A11:A13", "A16:E16",
    )  # fmt: skip
    _boxed(sheet, "A3:H16")
    return _bytes(book)


def projects() -> bytes:
    """Projects under heads of three rows, with subtotals between them and a guarded share."""
    book = Workbook()
    sheet = book.active
    sheet.title = "项目进度"
    rows: Rows = [
        ("重点项目投资完成情况表",),
        ("填报单位：某县发改局", "", "", "", "", "", "单位：万元"),
        ("序号", "项目名称", "投资", "", "", "", "备注"),
        ("", "", "总投资", "年度投资"),
        ("", "", "", "计划", "完成", "完成率"),
        (1, "东河大桥", 5200, 1200, 1100.5, "=IF(D6=0,0,E6/D6)"),
        (2, "西环路", 3800, 900, 950, "=IF(D7=0,0,E7/D7)", "超额"),
        ("", "小计", *(f"=SUM({c}6:{c}7)" for c in "CDE"), "=IF(D8=0,0,E8/D8)"),
        (3, "水厂扩建", 2600, 800, 640, "=IF(D9=0,0,E9/D9)"),
        (4, "污水管网", 1900, 500, 500, "=IF(D10=0,0,E10/D10)"),
        ("", "小计", *(f"=SUM({c}9:{c}10)" for c in "CDE"), "=IF(D11=0,0,E11/D11)"),
        ("", "总计", "=C8+C11", "=D8+D11", "=SUM(E8,E11)", '=IFERROR(E12/D12,"")'),
    ]
    _fill(sheet, 1, 1, rows)
    _merge(sheet, "A1:G1", "C3:F3", "D4:F4", "A3:A5", "B3:B5", "C4:C5", "G3:G5")
    for row in range(6, 13):
        sheet.cell(row, 6).number_format = "0.00%"
    _boxed(sheet, "A3:G12")
    return _bytes(book)


def indicators() -> bytes:
    """Indicators with a column of units that differ, growth as shares, and a grade from a score."""
    book = Workbook()
    sheet = book.active
    sheet.title = "经济指标"
    rows: Rows = [
        ("主要经济指标",),
        ("被考核单位", "青山县政府", "考核年度", 2025),
        ("指标", "计量单位", "本期", "同期", "增长率"),
        ("1. 地区生产总值", "亿元", 320.55, 301.2, "=(C4-D4)/D4"),
        ("2. 固定资产投资", "亿元", 88.2, 92.4, "=(C5-D5)/D5"),
        ("3. 社会消费品零售总额", "万元", 456000, 430000, "=(C6-D6)/D6"),
        ("等次", "", '=IF(C4>=300,"优秀",IF(C4>=200,"良好","合格"))'),
    ]
    _fill(sheet, 1, 1, rows)
    for row in range(4, 7):
        sheet.cell(row, 5).number_format = "0.0%"
    _boxed(sheet, "A2:E6")
    return _bytes(book)


def training() -> bytes:
    """Two lists on one sheet, dates as text, a total at the side of none, and an Excel table."""
    book = Workbook()
    sheet = book.active
    sheet.title = "培训与采购"
    rows: Rows = [
        ("一、教师培训",),
        ("日期", "主题", "人数", "费用（元）"),
        ("2025.3.5", "师德培训", 45, 3200),
        ("2025.4.18", "信息化", 60, 5400.5),
        ("2025.6.2", "安全", 80, 1500),
        ("合计", "", "=SUM(C3:C5)", "=SUM(D3:D5)"),
        (),
        ("二、图书采购",),
        ("书名", "册数", "单价", "金额"),
        ("现代汉语词典", 50, 99.8, "=B10*C10"),
        ("新华字典", 200, 32.5, "=B11*C11"),
        ("合计", "=SUM(B10:B11)", "", "=SUM(D10:D11)"),
    ]
    _fill(sheet, 1, 1, rows)
    _boxed(sheet, "A2:D6")
    _boxed(sheet, "A9:D12")
    owned = book.create_sheet("资产")
    _fill(
        owned, 1, 1, [("名称", "类别", "原值"), ("投影仪", "设备", 12000), ("电脑", "设备", 88000)]
    )
    owned.add_table(Table(displayName="资产清单", ref="A1:C3"))
    return _bytes(book)


FORMS: dict[str, Callable[[], bytes]] = {
    "procure": procurement,
    "canteen": canteen,
    "town": assessment,
    "projects": projects,
    "economy": indicators,
    "school": training,
}


def said(*paragraphs: str) -> bytes:
    """A report of plain paragraphs."""
    document = empty_document()
    for text in paragraphs:
        document.add_paragraph(text)
    return _bytes(document)


def procurement_report() -> bytes:
    """Last year's report on the purchases, as somebody typed it."""
    document = empty_document()
    document.add_paragraph("某县水利局2025年第三季度政府采购执行情况报告")
    said = document.add_paragraph("截至2025年10月9日，某县水利局本季度采购预算金额合计")
    said.add_run("152.50").bold = True
    said.add_run("万元，其中合同金额中小企业93.55万元、其他企业52.20万元，小计145.75万元。")
    document.add_paragraph("各项目情况如下：")
    items = [
        ("办公电脑", "公开招标", "12.50", "12.00"),
        ("防汛物资", "竞争性磋商", "86.00", "80.25"),
        ("水文设备", "单一来源", "30.00", "29.90"),
        ("物业服务", "公开招标", "24.00", "23.60"),
    ]
    for number, (name, how, budget, _) in enumerate(items, start=1):
        document.add_paragraph(f"{number}.{name}：采用{how}方式，预算金额{budget}万元。")
    lines = [(str(n), name, budget, spent) for n, (name, _, budget, spent) in enumerate(items, 1)]
    heads = ("序号", "采购项目名称", "预算金额", "合同金额")
    rows = [heads, *lines, ("", "合计", "152.50", "145.75")]
    table = document.add_table(len(rows), 4)
    for line, cells in zip(rows, table.rows, strict=True):
        for text, cell in zip(line, cells.cells, strict=True):
            cell.text = text
    document.add_paragraph("比上年同期增长15.20%，增加20.13万元。")
    return _bytes(document)


def accounts() -> bytes:
    """收入 and 支出 side by side under heads of two rows, right under them a table of its own."""
    book = Workbook()
    sheet = book.active
    sheet.title = "收支"
    _fill(sheet, 1, 1, [("石桥村2024年度收入支出明细表",), ("", "", "", "", "", "单位：元")])
    _fill(sheet, 3, 1, [("收入", "", "", "支出"), ("项目", "本年数", "上年数") * 2])
    _merge(sheet, "A3:C3", "D3:F3")
    rows: Rows = [
        ("经营收入", 86400, 79200, "经营支出", 31250, 29800),
        ("补助收入", 236000, 198500, "管理费用", 118640.5, 121300.2),
        ("", "", "", "公益支出", 96320, 84550),
        ("收入合计", "=SUM(B5:B7)", "=SUM(C5:C7)", "支出合计", "=SUM(E5:E7)", "=SUM(F5:F7)"),
        ("指标", "数值", "单位"),
        ("收入比上年增长", "=ROUND((B8-C8)/C8*100,2)", "%"),
        ("人均分红", 186, "元"),
    ]
    _fill(sheet, 5, 1, rows)
    _boxed(sheet, "A3:F8")
    _boxed(sheet, "A9:C11")
    return _bytes(book)


def township() -> bytes:
    """Levels of expenditure, a second table whose heads have gaps, and indicators as rows."""
    book = Workbook()
    sheet = book.active
    sheet.title = "决算"
    _fill(sheet, 1, 1, [("云溪镇2024年度收支决算情况表",), ("", "", "", "", "单位：万元")])
    heads = ("项目", "年初预算数", "全年预算数", "决算数", "上年决算数")
    rows: Rows = [
        heads,
        ("一般公共预算拨款", 1860.5, 2043.76, 2043.76, 1921.35),
        ("基本支出", "=B6+B7", "=C6+C7", "=D6+D7", "=E6+E7"),
        ("人员经费", 1085.2, 1132.9, 1130.45, 1066.8),
        ("公用经费", 168.3, 168.3, 159.72, 171.56),
    ]
    _fill(sheet, 3, 1, rows)
    _boxed(sheet, "A3:E7")
    small: Rows = [
        ("三公经费", "", "决算数", "上年决算数", "变动率（%）"),
        ("公务接待费", "", 6.85, 8.92, "=ROUND((C10-D10)/D10*100,2)"),
        ("公务用车费", "", 13.4, 14.76, "=ROUND((C11-D11)/D11*100,2)"),
        ("合计", "", "=SUM(C10:C11)", "=SUM(D10:D11)", "=ROUND((C12-D12)/D12*100,2)"),
    ]
    _fill(sheet, 9, 1, small)
    _boxed(sheet, "A9:E12")
    other = book.create_sheet("指标")
    _fill(other, 1, 1, [("绩效指标完成情况",)])
    indicators: Rows = [
        ("一级指标", "三级指标", "目标值", "实际完成值", "偏差原因"),
        ("产出指标", "新建机耕道（公里）", 6, 6.2, ""),
        ("产出指标", "户厕改造（户）", 450, 438, "务工户多"),
        ("产出指标", "工程验收合格率（%）", 100, 100, ""),
        ("满意度指标", "群众满意度（%）", 90, 92.6, ""),
    ]
    _fill(other, 2, 1, indicators)
    _boxed(other, "A2:E6")
    works = book.create_sheet("工程")
    _fill(works, 1, 1, [("村级工程台账（单位：万元）",)])
    listed: Rows = [
        ("项目名称", "建设内容", "总投资", "上级补助"),
        ("灌溉渠修复", "渠道1.8公里", 26.4, 20),
        ("冷库建设", "冷库一座", 42.8, 30),
        ("路灯亮化", "路灯86盏", 9.6, 6),
    ]
    _fill(works, 2, 1, listed)
    _boxed(works, "A2:D5")
    third = book.create_sheet("汇总")
    _fill(third, 1, 1, [("项目", "年初预算数", "全年执行数")])
    _fill(third, 2, 1, [("基本支出", "=决算!B5", "=决算!D5"), ("村数", 17, 17)])
    _boxed(third, "A1:C3")
    return _bytes(book)


def boxed_form(
    book: Workbook, name: str, about: tuple[str, str], heads: tuple[str, ...], rows: Rows
) -> Worksheet:
    """A sheet with its title, a note on units, heads in row 3 and rows from row 4, all boxed."""
    sheet = book.create_sheet(name)
    title, note = about
    _fill(sheet, 1, 1, [(title,)])
    _fill(sheet, 2, len(heads), [(note,)])
    _fill(sheet, 3, 1, [heads, *rows])
    last = sheet.cell(3 + len(rows), len(heads)).coordinate
    _boxed(sheet, f"A3:{last}")
    return sheet
