"""What is told of a report that is read back: in the new workbook, in its notes, by the command."""

from typing import Final

from workbook.catalogue.model import Text

# the sheet that lists what found no cell
UNREAD_SHEET: Final = Text("未识别内容", "Unread")
UNREAD_HEADS: Final = (Text("位置", "Where"), Text("内容", "Words"), Text("说明", "Remark"))
FROM: Final = Text(
    "从“{source}”导入。{said}核对完可以删去本表。",
    "Imported from “{source}”. {said} Delete this sheet when you have checked it.",
)
SOME_UNREAD: Final = Text(
    "下面各处没有填进表里，请逐条核对。", "What follows was not filled in; please go through it."
)
ALL_READ: Final = Text("全部内容都填进了表里。", "All of it was filled in.")

# why something is listed there
PLACE: Final = Text("报告 {where}", "Report, {where}")
NO_CELL: Final = Text("没有找到对应的单元格", "no cell was found for this")
NO_HEADING: Final = Text("报告里没有找到这个标题", "the report has no such heading")
LIKE_HEADING: Final = Text(
    "标题与模板的“{words}”相近,已按它处理", "taken for “{words}”, a heading of the template like it"
)
PARTLY: Final = Text("只认出:{words}", "only this was understood: {words}")
WORKED_OUT: Final = Text(
    "模板在这里打印的是算出来的内容,不能倒推",
    "the template prints here what is worked out, which cannot be read back",
)
STRANGE: Final = Text("模板里没有这个标题", "the template has no such heading")
TWO_UNITS: Final = Text(
    "既写“{unit}”又写“单位:{declared}”,没有采用",
    "the words say “{unit}” and the unit above is {declared}; not used",
)
OTHER_UNIT: Final = Text(
    "“{words}”与表上的单位“{unit}”不一致,没有采用",
    "“{words}” is not in the unit of the table, “{unit}”; not used",
)
NO_COLUMN: Final = Text(
    "“{head}”这一列没有对应的栏,没有采用", "the form has no column for “{head}”; not used"
)
NO_WORD: Final = Text(
    "“{value}”没有对应的{column},没有采用", "“{value}” is no {column} of the form; not used"
)
TWO_OF_SOURCE: Final = Text(
    "同一个资金来源有两个数,没有采用", "one source of funds has two amounts; not used"
)
NO_SUM: Final = Text(
    "各项资金加起来不是“{total}”,没有采用", "the funds do not add up to “{total}”; not used"
)
UNLIKE: Final = Text(
    "“{name}”的“{column}”前后不一,没有采用",
    "the report says different things of “{column}” of “{name}”; not used",
)

# the note on a cell
SENTENCE: Final = Text("原文({where}):“{quote}”", "The report says ({where}): “{quote}”")
REMARK: Final = Text("{remark},请核对。", "{remark}; please check.")
BY_HEAD: Final = Text("按列名“{head}”填入“{column}”", "filled into “{column}” by the head “{head}”")
BY_SOURCE: Final = Text(
    "按“{basis}”和资金来源填入“{column}”",
    "filled into “{column}” by “{basis}” and the source of funds",
)
BY_NAME: Final = Text("按“{name}”认出", "known by “{name}”")
BY_TITLE: Final = Text("按标题“{title}”认出", "known by the heading “{title}”")
BY_WORDS: Final = Text("从叙述文字中按“{words}”认出", "known in a sentence by “{words}”")
FROM_PROSE: Final = Text("从叙述文字中认出", "known from a sentence")
FROM_MIDDLE: Final = Text("从一句话的中间认出", "known from the middle of a sentence")
FROM_TITLE: Final = Text("从标题中认出", "known from the title")
FROM_END: Final = Text("从落款认出", "known from the signature")
FROM_BEGINNING: Final = Text("从开头认出", "known from the beginning")
FROM_LIST: Final = Text("从列出的名称认出", "known from the names that are listed")
ONE_OF: Final = Text(
    "报告里这个地方可能是{names}之一", "this place of the report may be one of {names}"
)
NEAR_SIGN: Final = Text(
    "原文的符号是“{said}”,表里没有,填的是“{sign}”",
    "the sign in the report is “{said}”, which the form has not; “{sign}” was filled in",
)
BY_GRADE: Final = Text("定性指标按“{score}”填入", "an indicator in words, filled in by “{score}”")
BY_OUTCOME: Final = Text("按实际完成值“{value}”填入", "filled in by the outcome “{value}”")
OTHER_SENTENCE: Final = Text(
    "另一处不同({where}):“{quote}”", "Another place differs ({where}): “{quote}”"
)
CONVERTED: Final = Text(
    "原文以{given}为单位,换算为 {figure} {unit}。",
    "The report is in {given}; converted to {figure} {unit}.",
)

# why a cell is left blank, or may be wrong
DOUBT: Final = Text("{label}:{what}。{todo}。", "{label}: {what}. {todo}.")
TOO_LONG: Final = Text(
    "{label}:文字太长,Excel 的单元格放不下", "{label}: the text is too long for a cell"
)
LIKELY_OTHER: Final = Text(
    "{label}:没有填。{said}按原文像是“{other}”,请核对后填写",
    "{label}: left blank. {said} seems to be “{other}”; please check and fill it in",
)
CONTRADICTED: Final = Text(
    "{label}:报告里前后不一,没有填:{said}。请核对后填写",
    "{label}: left blank, the report says different things: {said}. Please check and fill it in",
)
DEFAULT_LACKS: Final = Text(
    "{label}:报告里没有认出这个数,公式算出的 {value} 缺“{names}”,没有保留。请按报告填写",
    "{label}: not found in the report; the formula gives {value} without “{names}” and was taken "
    "off. Please fill it in from the report",
)
DEFAULT_ROUNDED: Final = Text(
    "{label}:公式算出的 {value} 是由四舍五入的“{names}”得来的,可能有尾差,没有保留。请按报告填写",
    "{label}: the formula gives {value} from rounded figures ({names}), may be off by the last "
    "digit and was taken off. Please fill it in from the report",
)
DEFAULT_NEGATIVE: Final = Text(
    "{label}:公式算出的 {value} 是负数,没有保留。请按报告填写",
    "{label}: the formula gives {value}, which is below zero, and was taken off. Please fill it in "
    "from the report",
)
DEFAULT_DIFFERS: Final = Text(
    "{label}:公式算出的是 {value},报告里另有说法,没有保留:{said}。请核对后填写",
    "{label}: the formula gives {value}, the report has other figures, and it was taken off: "
    "{said}. Please check and fill it in",
)
COMPUTED_DIFFERS: Final = Text(
    "{label}:报告写的是 {own},表里按其他各栏算出的是 {value},两个数不一样:{said}。请核对有关各栏",
    "{label}: the report says {own}, the form works out {value}: {said}. Please check the cells "
    "that it is worked out from",
)
COMPUTED_BLANK: Final = Text(
    "{label}:报告写的是 {own},这一格按其他各栏算,现在还算不出:{said}。请填好有关各栏再核对",
    "{label}: the report says {own}, the form cannot work it out yet: {said}. Please fill in the "
    "other cells, then compare",
)
OWN_SCORE: Final = Text(
    "报告的得分和公式算出的 {score} 不一样,照报告填写,请核对",
    "the report's score is not the {score} that the formula gives; filled in as reported, please "
    "check",
)
SAID_AT: Final = Text("{where}“{quote}”", "{where} “{quote}”")
FIRST_TAKEN: Final = Text(
    "{label}:报告里前后不一({said}),填的是先出现的,请核对",
    "{label}: the report says different things ({said}); the first was taken, please check",
)
NO_ROOM: Final = Text(
    "“{said}”:表里只有 {room} 行,没有填进去",
    "“{said}”: the table has {room} rows only; not filled in",
)
NO_ROW: Final = Text(
    "“{said}”:表里没有这一行,没有采用,请核对",
    "“{said}”: the table has no such row; not used, please check",
)
OTHER_ROWS: Final = Text(
    "{where}:与前面的“{table}”不一致,没有采用,请核对",
    "{where}: differs from “{table}” above; not used, please check",
)

# what the command says
NOTHING_READ: Final = Text(
    "「{name}」里没有认出任何内容,没有新建工作簿。请核对文件和报告种类。",
    "Nothing in “{name}” was understood, and no workbook was made. Check the file and the kind.",
)
FILLED: Final = Text(
    "填好 {cells} 个单元格({fields} 个单项{tables}),每个都有批注写着原文。",
    "{cells} cells filled (single fields: {fields}{tables}), each with a note that quotes the "
    "report.",
)
OF_TABLE: Final = Text("、“{table}”{rows} 行", ", rows of “{table}”: {rows}")
KEPT_FORMULAS: Final = Text(
    "另有 {count} 个单元格由公式算出,和报告里写的一样,保留公式。",
    "{count} more cells are worked out by formulas to what the report says; the formulas stay.",
)
STILL_BLANK: Final = Text(
    "报告里没有找到、还要填的:{names}{more}。",
    "Not found in the report, to be filled: {names}{more}.",
)
AND_SO_ON: Final = Text("等 {count} 项", " and others, {count} in all")
UNREAD: Final = Text(
    "没有认出或有疑问的 {count} 处,全文见“{sheet}”表:",
    "Not understood or doubtful: {count}, in full on the sheet “{sheet}”:",
)
AT: Final = Text("  {where}:{said}", "  {where}: {said}")
WORDS_WHY: Final = Text("“{words}”,{why}", "“{words}”: {why}")
MORE_UNREAD: Final = Text("  ……另有 {count} 处", "  … and {count} more")
CHECK_EACH: Final = Text("请逐项核对。", "Please check each of them.")
