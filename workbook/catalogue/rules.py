"""How rules are told: the constructs of an expression, what is wrong, and the likely slip."""

from typing import Final

from workbook.catalogue.model import Text

# constructs of an expression
AND: Final = Text(" 且 ", " and ")
OR: Final = Text(" 或 ", " or ")
NOT: Final = Text("不是({of})", "not ({of})")
CHOICE: Final = Text("{first}({test} 时,否则为 {other})", "{first} (if {test}, otherwise {other})")
LINKS: Final = Text(",", ", ")
GIVEN: Final = Text("{of}已填", "{of} is filled")
IS_ABSENT: Final = Text("{of}不适用", "{of} is not applicable")
ABOVE: Final = Text("上一行的{of}", "{of} of the row above")
ROUNDED: Final = Text("{of}(保留 {places} 位小数)", "{of} (to {places} decimals)")
ABSOLUTE: Final = Text("{of}的绝对值", "the absolute value of {of}")
LEAST: Final = Text("最小值({of})", "the least of ({of})")
MOST: Final = Text("最大值({of})", "the most of ({of})")
FLOOR: Final = Text("{of}向下取整", "{of} rounded down")
YEAR_OF: Final = Text("{of}的年份", "the year of {of}")
COLUMN_ROWS: Final = Text("{table} {count} 行{column}", "{column} of {count} rows of {table}")
COLUMN: Final = Text("{table}各行{column}", "{column} of all rows of {table}")
SUM: Final = Text("{of}合计", "total of {of}")
COUNT: Final = Text("{of}行数", "number of rows of {of}")
WHERE: Final = Text("{table}里{rows}的", "{table} where {rows}, ")
IS_WORD: Final = Text("{column}为{word}", "{column} is {word}")
SUM_WHERE: Final = Text("{rows}{column}合计", "{rows}total of {column}")
COUNT_WHERE: Final = Text("{rows}行数", "{rows}number of rows")
ONE_WHERE: Final = Text("{rows}{column}", "{rows}{column}")
LISTED: Final = Text("{of}所列个数", "number of items in {of}")
ENDS: Final = Text("{of}以{end}结尾", "{of} ends with {end}")
BEFORE_END: Final = Text("{of}去掉末尾的{end}", "{of} without {end} at its end")

# what is wrong
NOT_HELD: Final = Text("不满足“{claim}”({figures})", "“{claim}” does not hold ({figures})")
STANDING: Final = Text("{label} {value}", "{label} {value}")
FIGURES_MARK: Final = Text(",", ", ")
APART: Final = Text(
    "{left} {sign} {right},差 {gap}", "{left} {sign} {right}; the difference is {gap}"
)
CHECK_ONE: Final = Text("请核对这个数", "Check this figure")
CHECK_SOME: Final = Text("请核对这{count}个数", "Check these {count} figures")
CHECK_MANY: Final = Text("请逐项核对以上各数", "Check the figures above one by one")
COUNTED: Final = (
    *(Text(zh, en) for zh, en in zip("零一两三四五六七八九十", (
        *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    ), strict=True)),
)  # fmt: skip
FULL_STOPS: Final = Text("。", ".")

# rules that the program adds
DATE_RULE: Final = Text("{table}{date}在本年度", "{table}{date}_in_year")
DATE_MESSAGE: Final = Text(
    "报告是 {{{{ {reported} }}}} 年度的,这个日期却在 {{{{ year({date}) }}}} 年",
    "The report is of {{{{ {reported} }}}}, but this date is in {{{{ year({date}) }}}}",
)
DATE_ADVICE: Final = Text(
    "请核对年份,是否沿用了上年的;确实不在本年度的可以保留",
    "Check the year, which may be last year's; a date that is of another year may stay",
)
DATE_SOURCE: Final = Text("全文年份一致", "All years of the report are the same")
DEFAULT_RULE: Final = Text("{table}{key}与算出的一致", "{table}{key}_as_worked_out")
DEFAULT_ADVICE: Final = Text(
    "请核对;确实不同的可以保留", "Check; a figure that is another may stay"
)
DEFAULT_SOURCE: Final = Text(
    "这里本由其他数算出，另填的与它比对",
    "The figure is worked out from others; what was typed over it is compared with that",
)
SUGGESTION: Final = Text("(是否为「{name}」)", " (is it “{name}”?)")

# the likely slip
TIES: Final = Text("就相符", "it would tie")
LOST_ROW: Final = Text(
    "「{lost}」在“{key}”里有,“{read}”里却没有这一行,可能漏了它的数",
    "“{lost}” is in “{key}”, but “{read}” has no such row; its figure may be missing",
)
LEFT_OUT: Final = Text(
    "差额正好是{suspect}的 {value},合计里可能漏了这一项",
    "The difference is just {value}, the figure of {suspect}; the total may have left it out",
)
TWICE: Final = Text(
    "差额正好是{suspect}的 {value},合计里可能把这一项加了两次",
    "The difference is just {value}, the figure of {suspect}; the total may have it twice",
)
SIGN: Final = Text(
    "差额正好是{suspect}的两倍,正负号可能填反",
    "The difference is just twice {suspect}; its sign may be the wrong way round",
)
WOULD_TIE: Final = Text(
    "{suspect}若是 {value} 就相符,{how}", "If {suspect} were {value} it would tie; {how}"
)
DIVIDED: Final = Text(
    "可能多除了一次 10000(元和万元相混)", "it may have been divided by 10,000 once too often"
)
IN_YUAN: Final = Text(
    "可能按元填了(这里的单位不是元)", "it may have been entered in a smaller unit"
)
POINT: Final = Text("小数点可能错位", "the decimal point may be in the wrong place")
SWAPPED: Final = Text("可能有两位数字颠倒", "two digits may be exchanged")
