"""What the functions for cells say, `GJ_TIES` and its neighbours, and the same as native formulas.

LibreOffice's extension ships it with `workbook.figures.cell_functions`, for a Python that may be
3.8.
"""

from __future__ import annotations

from typing import Final

from workbook.catalogue.model import Text

# the name of the list of marked cells, by which an open book is told to be in one language or other
MARKED: Final = Text("勾稽_已标记", "gouji_marked")
TIES: Final = Text("相符", "Ties")
ROUNDING: Final = Text("尾差", "Rounding")
FAILS: Final = Text("不符，差", "Fails by")  # a figure stands behind it, as behind the one above
UNFILLED: Final = Text("未填", "Blank")  # ends what is said of whatever is blank
TOTAL_UNFILLED: Final = Text("合计未填", "Total blank")
PARTS_UNFILLED: Final = Text("组成数未填", "Parts blank")
PART_UNFILLED: Final = Text("部分数未填", "Part blank")
WHOLE_UNFILLED: Final = Text("总数未填", "Whole blank")
NOT_APPLICABLE: Final = Text("不适用", "N/A")
NO_BASE: Final = Text("基数为 0,不算比率", "No rate, the base being 0")
RATE_TOO_LARGE: Final = Text("比率太大,请核对这两个数", "The rate is too large; check both figures")
AMOUNT_TOO_LARGE: Final = Text(
    "金额「{value}」太大,大写只写到千亿元",
    "The amount “{value}” is too large to be written in capitals",
)
NEGATIVE: Final = Text("允许的差额「{value}」不能是负数", "The tolerance “{value}” is negative")

# what stands in the place of a figure; `place` is an argument or a cell
ONE_CELL: Final = Text(
    "{place}应当是一个单元格,不是一个区域", "{place} has to be one cell, not a range"
)
OTHER_SORT: Final = Text(
    "{place}「{value}」是{sort},不是数字", "{place} “{value}” is {sort}, no figure"
)
NOT_FINITE: Final = Text(
    "{place}「{value}」不是一个确定的数", "{place} “{value}” is no definite figure"
)
ERROR: Final = Text(
    "{place}是错误值 {value},请先改正", "{place} is the error {value}; mend it first"
)
UNSEEN: Final = Text(
    "{place}「{value}」里有看不见的字符,请重新输入",
    "{place} “{value}” has signs that are not seen; type it anew",
)
WITH_UNIT: Final = Text(
    "{place}「{value}」带着单位,请只填数字", "{place} “{value}” has a unit; type the figure alone"
)
NO_FIGURE: Final = Text("{place}「{value}」不是数字", "{place} “{value}” is no figure")
TOO_LARGE: Final = Text(
    "{place}「{value}」太大,算不了", "{place} “{value}” is too large to reckon with"
)
# the same in native formulas, before and behind what a cell holds
ERROR_ENDS: Final = (Text("是错误值 ", " is the error "), Text(",请先改正", "; mend it first"))
NO_FIGURE_ENDS: Final = (Text("「", " “"), Text("」不是数字", "” is no figure"))

FLAG: Final = Text("逻辑值", "a truth value")
DAY: Final = Text("日期或时间", "a date or time")
ANOTHER: Final = Text("别的内容", "something else")

TOTAL: Final = Text("合计", "The total")
PARTS: Final = Text("组成数", "Parts")
PART_NUMBER: Final = Text("{of}第{number}项", "{of}, number {number},")
TOLERANCE: Final = Text("允许的差额", "The tolerance")
PART: Final = Text("部分数", "The part")
WHOLE: Final = Text("总数", "The whole")
AMOUNT: Final = Text("金额", "The amount")
ROW_AND_COLUMN: Final = Text("第{row}行第{column}列", "Row {row} column {column}")
ADDRESS: Final = Text("{address}", "{address}")
MANY_SHEETS: Final = Text(
    "组成数跨了几张工作表,请改成同一张表里的区域",
    "The parts go over several sheets; give a range of one sheet",
)

# of the functions that ask for a check of the book
RULE_IS_ERROR: Final = Text(
    "规则的名称是错误值 {value},请先改正", "The rule's name is the error {value}; mend it first"
)
NAME_A_RULE: Final = Text(
    '请写规则的名称,如 =GJ_RULE("基本支出构成")', 'Name a rule, like =GJ_RULE("Staff_costs")'
)
NOT_IN_A_CELL: Final = Text("请把这个函数写在单元格里", "Write this function into a cell")
UNEXPECTED: Final = Text(
    "没有算出来。请按 F9 再算一次;还是这样,请点“诊断”,把记录文件发给维护人员",
    "Nothing came of it. Press F9; if it stays so, press Diagnose and send the log to "
    "whoever looks after the program",
)
UNCHECKED: Final = Text(
    "没有核对成,请点“诊断”,把记录文件发给维护人员",
    "The check failed; press Diagnose and send the log to whoever looks after the program",
)
WAITING: Final = Text("正在核对……", "Checking …")
GONE: Final = Text(
    "没有找到勾稽的程序,请重新安装勾稽和这个扩展",
    "The program Gouji was not found; install it and this extension again",
)
LATE: Final = Text(
    "核对超过 {seconds} 秒还没有结果,请改点“校验”按钮",
    "The check has no result after {seconds} seconds; press Check",
)
