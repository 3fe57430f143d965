"""What is told of a workbook made from another: the next period's, or in the form of today."""

from typing import Final

from workbook.catalogue.model import Text

# how each cell came to be what it is, of forms of a year and of those of a quarter or a month
KEPT: Final = Text("沿用 {count} 格", "cells kept: {count}")
PRIOR: Final = Text("上年数 {count} 格", "figures of last year: {count}")
NEXT_YEAR: Final = Text("年度加 1", "the year counted on")
PRIOR_PERIOD: Final = Text("上期数 {count} 格", "figures of the last period: {count}")
NEXT_PERIOD: Final = Text("往后一期", "the next period")

MADE: Final = Text("已新建:{path}", "Made: {path}")
CALLED: Final = Text("({called})", " ({called})")
YEAR: Final = Text("{year} 年度", "{year}")
CARRIED: Final = Text("结转(其余单元格空着待填)", "Carried over (all other cells are blank)")
NOT_CARRIED: Final = Text("没有结转,请看一看", "Not carried over, have a look")
ABSENT: Final = Text(
    "{last}的工作簿里没有、空着待填的", "Not in the {last} workbook, blank to be filled"
)
DATED: Final = Text(
    "沿用的文字里写着 {year},请核对要不要改",
    "Texts that were kept and say {year}; do they still hold?",
)
STATED: Final = Text(
    "沿用的文字里直接写着数和年份,请核对要不要改;能引用的改成引用",
    "Texts that were kept and state figures or years; do they still hold?",
)
EMPTIED: Final = Text(
    "属于{last}、按表单留空的", "Of the {last} period, left blank as the form says"
)
LAST_YEAR: Final = Text("上年", "last")  # how the time before is called
LAST_PERIOD: Final = Text("上一期", "last")

NEEDLESS: Final = Text(
    "{path} 已经是现在的表单,没有另做。", "{path} is in today's form already; nothing was made."
)
UPGRADED: Final = Text(
    "已新建:{path}(原来是第 {was} 版表单,现在是第 {now} 版)",
    "Made: {path} (it was form version {was}, now it is version {now})",
)
NOTE: Final = Text("请注意:{sentence}。", "Please note: {sentence}.")
CHANGES: Final = Text("表单改了", "The form has changed")
BROUGHT: Final = Text("搬过去了", "Carried over")
NOT_BROUGHT: Final = Text("没有搬过去,请看一看", "Not carried over, have a look")
ABSENT_BEFORE: Final = Text(
    "原来的工作簿里没有、空着待填的", "Not in the old workbook, blank to be filled"
)
UNTOUCHED: Final = Text(
    "原来的工作簿没有改动;新的请用 gouji check 核对。",
    "The old workbook was not touched; check the new one with gouji check.",
)
OTHER_VERSION: Final = Text(
    "{last}的工作簿是第 {was} 版表单,新的是第 {now} 版;{last}的没有核对。",
    "The {last} workbook is of form version {was}, the new one of version {now}; the {last} one "
    "was not checked.",
)
UNSOUND: Final = Text(
    "{last}的工作簿{summary},照样结转;明细见 gouji check {name}。",
    "The {last} workbook has {summary}; it was carried over all the same. See gouji check {name}.",
)
NO_PERIOD: Final = Text(
    "上一期没有填或读不出来,新的一期请自己填。",
    "The last period is blank or cannot be read; enter the new one yourself.",
)
NO_YEAR: Final = Text(
    "上年的年度没有填或读不出来,新的年度请自己填。",
    "The last year is blank or cannot be read; enter the new one yourself.",
)
OF_SHEET: Final = Text("{sheet}:{said}", "{sheet}: {said}")
OF_CELL: Final = Text("{place} {label}:{said}", "{place} {label}: {said}")
AND_FIGURES: Final = Text("等 {count} 个", " and others, {count} in all")
FIGURES: Final = Text("{count} 个数", "figures: {count}")
DATES: Final = Text("{count} 个日期", "dates: {count}")
TIMES: Final = Text("{name}({count} 行)", "{name} (in {count} rows)")
UNASKED: Final = Text(
    "{name}:表单里没有这一项({text})", "{name}: the form has no such item ({text})"
)
UNREAD: Final = Text(
    "{name}读不了,里面填的都没有搬过去,请打开原来的工作簿看一看",
    "{name} cannot be read, and nothing entered in it was carried over; look into the old workbook",
)
COLUMN_OF: Final = Text("{table}的{column}", "{table} {column}")

# what the form has no place for
BESIDE: Final = Text("表单旁边写的", "Written beside the form")
ROWS: Final = Text("{count} 行", "rows: {count}")
CELLS: Final = Text("{count} 格", "cells: {count}")
SHEET: Final = Text("工作表“{name}”", "Sheet “{name}”")

# what the other workbook lacks
TABLE: Final = Text("表“{table}”", "Table “{table}”")
COLUMN: Final = Text("表“{table}”的“{column}”列", "Column “{column}” of table “{table}”")
ROW: Final = Text("表“{table}”的“{row}”行", "Row “{row}” of table “{table}”")

# why a cell could not be carried
NO_NAME: Final = Text(
    "没有填,也接不上上一行的", "blank, and cannot be taken over from the row above"
)
NOT_TOLD: Final = Text(
    "看不出是哪一期,下一期请自己填", "the period cannot be told; enter the next one yourself"
)
UNKNOWN: Final = Text(
    "算出它的数里,有的没有或读不出", "some of the figures that it is worked out from are missing"
)
REASONS: Final = {one.zh: one for one in (NO_NAME, NOT_TOLD, UNKNOWN)}
NOW_COMPUTED: Final = Text(
    "这里现在由公式算出 {now},原来填的 {was} 没有搬",
    "this is now worked out as {now}; {was}, which was entered, was not carried over",
)
NO_VALUE: Final = Text("不出来", "nothing")
UNIT_CHANGED: Final = Text(
    "{why},请换算、核对后自己填", "{why}; convert and check it, and enter it yourself"
)

NO_ROOM: Final = Text(
    "新表的{table}只有 {rows} 行,放不下,请在新表里插入行后自己填",
    "{table} has only {rows} rows in the new form; insert rows there and enter it yourself",
)

# names of files
NEXT_FILE: Final = Text("{stem}(下一年)", "{stem} (next year)")
NEXT_PERIOD_FILE: Final = Text("{stem}(下一期)", "{stem} (next period)")
YEAR_FILE: Final = Text("{stem}{year}年", "{stem} {year}")
PERIOD_FILE: Final = Text("{stem}{period}", "{stem} {period}")
DATED_PERIOD: Final = Text("{year}年{period}", "{year} {period}")
UNITS_OF_TIME: Final = {
    "quarter": Text("季度", ""),
    "month": Text("月", ""),
    "year": Text("年", ""),
}
