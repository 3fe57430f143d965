"""A form of six cells, for batches and desks that take many workbooks of it."""

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
]
"""
RULES = """
[[rule]]
id = "结余构成"
claim = "结余 == 收入 - 支出"
source = "结余 = 收入 - 支出"
[[rule]]
id = "支出不超收入"
claim = "支出 <= 收入"
severity = "warning"
message = "支出比收入多"
advice = "请核对"
source = "量入为出"
"""
