"""What the units of a bureau have handed in in two years."""

from decimal import Decimal

KIND = "收支"
FORM = """
kind = "收支"
version = 1
title = "收支说明"
[[sheet]]
name = "收支"
[[sheet.block]]
type = "fields"
title = "各项"
field = [
    { key = "单位名称", type = "text" },
    { key = "单位代码", type = "text", required = false },
    { key = "年度", type = "year" },
    { key = "收入", type = "number", unit = "万元", decimals = 2 },
    { key = "支出", type = "number", unit = "万元", decimals = 2 },
    { key = "结余", type = "number", unit = "万元", decimals = 2, signed = true },
    { key = "上缴", type = "number", unit = "万元", decimals = 2, required = false },
    { key = "附属上缴", type = "number", unit = "万元", decimals = 2, required = false },
    { key = "上年收入", type = "number", unit = "万元", required = false, prior = "收入" },
    { key = "执行率", type = "number", unit = "%", decimals = 2, compute = "支出 / 收入 * 100" },
    { key = "总分", type = "number", decimals = 2, required = false },
]
[[sheet]]
name = "往来"
[[sheet.block]]
type = "table"
key = "拨出"
title = "拨给别的单位"
rows = 5
column = [
    { key = "收款单位", type = "text" },
    { key = "金额", type = "number", unit = "万元", decimals = 2 },
]
[[sheet.block]]
type = "table"
key = "收到"
title = "从别的单位收到"
rows = 5
column = [
    { key = "付款单位", type = "text" },
    { key = "金额", type = "number", unit = "万元", decimals = 2 },
]
"""
RULES = """
[[rule]]
id = "结余构成"
claim = "结余 == 收入 - 支出"
"""
COUNTY = (
    ("市局", "1", None),
    ("甲县", "11", "市局"),
    ("甲一", "111", "甲县"),
    ("甲二", "112", "甲县"),
    ("乙县", "12", "1"),
    ("乙一", "121", "乙县"),
    ("乙二", "122", "12"),
    ("乙三", "123", "乙县"),
)
CODES = {name: code for name, code, _ in COUNTY}


def unit(income, spent, rest=None, *, paid=(), received=(), **more):
    """What a unit types: amounts as texts, `paid` and `received` as pairs."""
    figures = {"收入": income, "支出": spent, "结余": rest or str(Decimal(income) - Decimal(spent))}
    fields = {key: Decimal(text) for key, text in (figures | more).items()}
    tables = {
        "拨出": tuple({"收款单位": name, "金额": Decimal(text)} for name, text in paid),
        "收到": tuple({"付款单位": name, "金额": Decimal(text)} for name, text in received),
    }
    return fields, tables


THIS_YEAR = {
    "市局": unit(
        "100.00", "90.00", 附属上缴="3.00", 总分="95", paid=[("甲县", "20.00"), ("12", "10.00")]
    ),
    "甲县": unit(
        *("50.00", "40.00"), 上缴="2.00", 附属上缴="0.30", 总分="95",
        paid=[("甲一", "5.00"), ("甲二", "4.00")], received=[("市局", "20.00")],
    ),
    "甲一": unit("10.10", "9.05", 上缴="0.10", 总分="88.5", received=[("甲县", "5.00")]),
    "甲二": unit("5.00", "5.00", 上缴="0.20", received=[("甲 县", "3.00")]),
    "乙县": unit(
        *("30.00", "30.00"), 上缴="1.00", 总分="90", paid=[("乙二", "1.00"), ("某公司", "2.00")]
    ),
    "乙一": unit("20.00", "10.00", 上缴="0.10", 总分="95"),
    "乙二": unit("7.00", "1.00", "2.00"),
}  # fmt: skip
YEAR_BEFORE = {
    "市局": unit("80.00", "80.00"),
    "甲县": unit("40.00", "30.00"),
    "甲一": unit("10.00", "10.00"),
    "甲三": unit("2.00", "2.00"),
    "乙二": unit("8.00", "8.00"),
}
