"""The words of a new workbook: its own sheets, heads, links, prompts, names of its cells."""

from typing import Final

from workbook.catalogue.model import Language, Text

# sheets that every workbook has
GUIDE: Final = Text("填报说明", "Instructions")
CHECK: Final = Text("校验", "Checks")
CHOICES: Final = Text("选项", "Lists")
EXAMPLES: Final = Text("核对示例", "Check examples")
GENERATED: Final = (GUIDE, CHECK, CHOICES, EXAMPLES)

# columns that the program adds
FIELD_HEADS: Final = (
    Text("项目", "Item"),
    Text("填写内容", "Entry"),
    Text("单位", "Unit"),
    Text("说明", "Notes"),
)
ITEM: Final = FIELD_HEADS[0]
ROW_VERDICT: Final = Text("核对", "RowCheck")
ROW_USED: Final = Text("在用", "RowUsed")
ROW_ORDER: Final = Text("行序", "RowOrder")
ASIDE: Final = Text("校验用", "For checks")
TABLE_COUNTS: Final = Text("表的计数", "Counts of tables")
WANTED_HEADS: Final = (
    Text("必填项", "Required"),
    Text("没填", "Blank"),
    Text("第一处", "First"),
)

# names of cells and formulas; what follows is a rule's or a field's own name
OF_RULE: Final = Text("规则_", "rule_")
OF_CHOICES: Final = Text("选项_", "list_")
OWN: Final = Text("勾稽_", "gouji_")
ROW_FORMULA: Final = Text("勾稽_行_", "gouji_row_")
ROW_COUNT: Final = Text("勾稽_行数_", "gouji_rows_")
FILLED_COUNT: Final = Text("勾稽_已填_", "gouji_filled_")
ODD_COUNT: Final = Text("勾稽_特殊_", "gouji_odd_")
UNREADABLE_COUNT: Final = Text("勾稽_难读_", "gouji_unreadable_")
NEEDLESS: Final = Text("勾稽_免填_", "gouji_needless_")
OFFERED: Final = Text("勾稽_可选_", "gouji_offered_")
CHOSEN: Final = Text("勾稽_选择_", "gouji_chosen_")

FIRST_CELL: Final = Text("勾稽_首_", "gouji_first_")
ROW_VERDICTS: Final = Text("勾稽_判_", "gouji_verdicts_")
VALUE: Final = Text("勾稽_值_", "gouji_value_")
IN_USE: Final = Text("勾稽_用_", "gouji_used_")
COLUMN: Final = Text("勾稽_列_", "gouji_column_")

# what all sheets have
MAKER: Final = Text("勾稽", "Gouji")
FONT: Final = Text("宋体", "Calibri")
HEADING_FONT: Final = Text("黑体", "Calibri")
BACK: Final = Text("返回“{sheet}”", "Back to “{sheet}”")
PAGES: Final = Text("第 &P 页，共 &N 页", "Page &P of &N")
UNIT_ABOVE: Final = Text("单位：{unit}", "Unit: {unit}")
FILL: Final = Text("黄色单元格填写，* 为必填", "Fill in the yellow cells; * is required")
MONEY_IN: Final = Text("；金额单位：{units}", "; amounts in {units}")
YEAR: Final = Text("年", "")
INDENT: Final = Text("　", "   ")
WITH_UNIT: Final = Text("({unit})", " ({unit})")

# the sheet of checks
NO_RULES: Final = Text("这种报告没有规则。", "This kind of report has no rules.")
SUMMARY: Final = Text(
    "共 {count} 条规则：{counted}。随填随算；尾差为四舍五入所致。",
    "{count} rules: {counted}. Worked out as you type; “Rounding” comes of rounded figures.",
)
COUNTED: Final = Text("{word} {count}", "{word} {count}")
COUNTED_OWN: Final = Text(
    "程序核对 {count} 条（表里没有公式，按“校验”时核对）",
    "{count} judged by the program (no formula here; press Check)",
)
COUNTED_MARK: Final = Text("，", ", ")
CHECK_COLUMNS: Final = (
    (Text("序号", "No."), 6),
    (Text("规则", "Rule"), 22),
    (Text("要求", "Must hold"), 42),
    (Text("左边", "Left"), 13),
    (Text("右边", "Right"), 13),
    (Text("差额", "Difference"), 11),
    (Text("允许差", "Allowed"), 10),
    (Text("结果", "Result"), 10),
    (Text("不符时为", "If it fails"), 9),
    (Text("定位", "Go to"), 20),
    (Text("依据", "Source"), 46),
)

# the first sheet
VERSION: Final = Text(
    "勾稽填报工作簿 · 表单第 {version} 版", "Gouji workbook · form version {version}"
)
HOW: Final = Text("怎么填", "How to fill this in")
COLOURS: Final = Text("颜色", "Colours")
LEGEND: Final = {
    "input": Text("要填的单元格", "A cell to be filled in"),
    "default": Text(
        "已有公式，与实际不同的直接在上面填", "Has a formula; type over it where the figure differs"
    ),
    "locked": Text("已锁定，不用填", "Locked, nothing to fill in"),
    "needed": Text(
        "必填，还空着：填好后变回浅黄色", "Required and still blank; yellow once it is filled"
    ),
    "red": Text(
        "与别处对不上，或与对不上的数有关", "Does not tie, or is read by what does not tie"
    ),
    "dark red": Text("校验指出的错处：先改这里", "Where the check sees the mistake: begin here"),
    "amber": Text("值得核对，可以说明原因", "Worth a look; it may have a reason"),
    "dark amber": Text("校验提醒核对的地方", "What the check asks you to look at"),
}
PROGRESS: Final = Text("进度", "Progress")
PROGRESS_HEADS: Final = (
    Text("工作表", "Sheet"),
    Text("必填项", "Required"),
    Text("已填", "Filled"),
    Text("还差什么", "What is lacking"),
)
STILL: Final = Text("还有 {count} 项没填", "{count} still blank")
ALL_FILLED: Final = Text("已填齐", "All filled")
ROWS: Final = Text("{title} {count} 行", "{title}: rows filled {count}")
PROGRESS_MARK: Final = Text("；", "; ")
CARD_PROGRESS: Final = Text(
    "不用填：选一个项目，看它的自评表，可以打印",
    "Nothing to fill in: choose a row to see or print it",
)

# prompts and refusals of cells
REFUSED: Final = Text("填写有误", "Not accepted")
REFUSAL: Final = Text("{name}{wanted}。", "{name}: {wanted}.")
_ENDS: Final = {
    "zh": ("。", "。”"),
    "en": (".", ".”"),
}
PROMPT: Final = Text("{help}。{wanted}", "{help}. {wanted}")
PROMPT_ENDED: Final = Text("{help}{wanted}", "{help} {wanted}")
CHOOSE: Final = Text("请从下拉列表中选择", "Choose from the list")
A_DATE: Final = Text("请填日期，如 2023-3-15", "Enter a date, like 2023-03-15")
A_YEAR: Final = Text("请填四位数的年份，如 2022", "Enter a year of four digits, like 2022")
A_WHOLE: Final = Text("请填整数", "Enter a whole number")
A_NUMBER: Final = Text("请填数字", "Enter a number")
IN_UNIT: Final = Text("，单位为{unit}", " in {unit}")
PLACES: Final = Text("，最多 {places} 位小数", ", at most {places} decimals")
LEAST: Final = Text("，不小于 {least}", ", not less than {least}")
MOST: Final = Text("，不大于 {most}", ", not more than {most}")
PARAGRAPHS: Final = Text("分段请按 Alt+Enter", "Alt+Enter begins a new paragraph")
A_TEXT: Final = Text("请填文字", "Enter text")

# a card
CARD_CHOICE: Final = Text("选择项目", "Choose a row")
NO_SUCH_ROW: Final = Text("没有这一行", "There is no such row")
CARD_REFUSAL: Final = Text("请从下拉列表中选择。", "Choose from the list.")
CARD_PROMPT: Final = Text(
    "选哪一个，下面就显示哪一个。这里不是要填的内容。",
    "The row that you choose is shown below. Nothing is filled in here.",
)
CARD_NOTE: Final = Text(
    "下面的内容都取自其他工作表，只用来看和打印；要改请到原来的表里改。",
    "All below comes from other sheets, to be read and printed; change it where it stands.",
)
CARD_REST: Final = Text("另有 {count}{words}", "{count}{words}")
CARD_MORE: Final = Text(
    " 行没有列在这里，全部见“{sheet}”表。", " more rows, see the sheet “{sheet}” for all."
)


ALL_GENERATED: Final = frozenset(word for one in GENERATED for word in one)
ALL_EXAMPLES: Final = frozenset(EXAMPLES)


def ends(language: Language) -> tuple[str, ...]:
    """How a sentence ends that needs no full stop more."""
    return _ENDS[language]


def generated_sheets(language: Language) -> tuple[str, ...]:
    """The sheets that a workbook of the language has beside its form's own."""
    return tuple(one(language) for one in GENERATED)


def generated_names(language: Language) -> tuple[str, ...]:
    """How the names of its cells begin that are none of the form's."""
    return tuple(one(language) for one in (OF_RULE, OF_CHOICES, OWN))
