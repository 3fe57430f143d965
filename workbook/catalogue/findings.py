"""How findings are put into lines, lists and notes on cells."""

from typing import Final

from workbook.catalogue.model import Text
from workbook.catalogue.verdicts import BLANK, NOT_A_NUMBER, NOT_APPLICABLE, NOT_FILLED

# one finding in one line
WHERE: Final = Text("{where}:", "{where}: ")
STATED: Final = Text("{what}。{causes}{todo}", "{what}. {causes}{todo}")
CAUSE: Final = Text("{cause}。", "{cause}. ")
SUSPECT: Final = Text("「{label}」({place})", "“{label}” ({place})")

# labels of cells; those of rows end with the column, so that they are made once a row
ROW_LABEL: Final = Text("{table}「{row}」{column}", "{table} “{row}” {column}")
ROW_NUMBER_LABEL: Final = Text("{table}第 {number} 行 {column}", "{table} row {number} {column}")
GIVEN_LABEL: Final = Text("「{row}」{column}", "“{row}” {column}")
COLUMN_LABEL: Final = Text("{table}各行{column}", "{table}, all rows, {column}")
STRAY_LABEL: Final = Text("{table}{column}", "{table} {column}")
AND_OTHERS: Final = Text("{label}等 {count} 格", "{label} and others, {count} cells")
AND_PLACES: Final = Text("{label}等 {count} 处", "{label} and others, {count} places")
CELLS_OF: Final = Text("{name} {count} 格", "{name} {count}")
UNIT_WANTED: Final = Text("“{unit}”", "in “{unit}”")
NO_UNIT_WANTED: Final = Text("不带单位", "without a unit")

# what stands in a message for something that is no text of the clerk's, found by its Chinese words
HIDDEN: Final = Text("被合并的单元格盖住了", "covered by a merged cell")
STORED_TWICE: Final = Text("同一格存了两次", "the same cell is stored twice")
SHEET_UNREADABLE: Final = Text("所在的工作表读不了", "its sheet cannot be read")
DIVISOR: Final = Text("除数为 0", "a divisor is 0")
_PHRASES: Final = (
    *(BLANK, NOT_FILLED, NOT_APPLICABLE, NOT_A_NUMBER),
    *(HIDDEN, STORED_TWICE, SHEET_UNREADABLE, DIVISOR),
)
PHRASES: Final = {one.zh: one for one in _PHRASES}

# changes of a form
TYPES: Final = {
    "text": Text("文字", "text"),
    "paragraphs": Text("长文字", "long text"),
    "choice": Text("选项", "choice"),
    "date": Text("日期", "date"),
    "year": Text("年份", "year"),
    "integer": Text("整数", "whole number"),
    "number": Text("数字", "number"),
}
TYPE: Final = Text("类型", "type")
UNIT: Final = Text("单位", "unit")
DECIMALS: Final = Text("小数位数", "decimals")
NONE: Final = Text("无", "none")
OF_FORMULA: Final = Text("公式 {key}", "formula {key}")
OF_RULE: Final = Text("规则 {key}", "rule {key}")
OF_CHOICES: Final = Text("选项 {key}", "choices {key}")
RENAMED: Final = Text(
    "“{key}”的名称由“{was}”改为“{now}”", "the name of “{key}” from “{was}” to “{now}”"
)
DROPPED: Final = Text("“{key}”已经去掉", "“{key}” is gone")
ADDED: Final = Text("“{key}”是新增的", "“{key}” is new")
CHANGED: Final = Text("{what}由“{was}”改为“{now}”", "{what} from “{was}” to “{now}”")
CHANGED_OF: Final = Text("“{key}”的{told}", "“{key}”: {told}")
AND_CHANGES: Final = Text("等 {count} 处", " and others, {count} in all")
AND_WORKINGS: Final = Text("等 {count} 条", " and others, {count} in all")

RIVALS: Final = Text(
    "「{name}」这种报告不止一份:用的是 {folder} 里的,没有用{unused}",
    "There is more than one kind of report “{name}”: the one in {folder} is used, and not {unused}",
)

NO_SUCH_RULE: Final = Text(
    "没有规则「{rule}」,规则的名称见“校验”表",
    "There is no rule “{rule}”; the names of rules stand on the sheet “Checks”",
)

# a check in lines
ONE_OF: Final = {
    "error": Text("{count} 处错误", "{count} error"),
    "warning": Text("{count} 处提醒", "{count} warning"),
    "hint": Text("{count} 处提示", "{count} note"),
}
MANY_OF: Final = {key: Text(one.zh, f"{one.en}s") for key, one in ONE_OF.items()}
FOUND: Final = Text("发现 {counts}", "{counts}")
ALL_TIES: Final = Text("全部相符", "everything ties")
UNCHECKED: Final = Text(
    "未核对:{count} 条规则涉及的单元格还没有填或读不出数({names})",
    "Not checked: {count} rules read cells that are blank or cannot be read ({names})",
)
LAST_LINE: Final = Text("{name}:{summary}。", "{name}: {summary}.")
HEAD: Final = Text("【{word}】{rest}", "[{word}] {rest}")
SENTENCE: Final = Text("{what}。", "{what}.")
BLANK_PART: Final = Text("空", "blank")
MORE_PARTS: Final = Text("· ……共 {count} 个数", "· … {count} figures in all")
PERHAPS: Final = Text("可能:{cause}。", "Perhaps: {cause}.")
DO: Final = Text("怎么办:{todo}。", "What to do: {todo}.")
BECAUSE: Final = Text("依据:{source}", "Source: {source}")
FOLLOWS: Final = Text("改好后,下面这条随之消失:", "Once that is mended, this goes away too:")

# a list of findings, and notes on cells
WHOLE_BOOK: Final = Text("整本工作簿", "The whole workbook")
GROUP_OF: Final = Text("{word}：{sheet}（{count} 处）", "{word}s: {sheet} ({count})")
GROUP: Final = Text("{word}（{count} 处）", "{word}s ({count})")
NOTED: Final = Text("【{word}】{finding}", "[{word}] {finding}")
TAKES_PART: Final = Text("【{word}】参与“{rule}”:{finding}", "[{word}] Part of “{rule}”: {finding}")
MORE_NOTED: Final = Text("……另有 {count} 条,见“{sheet}”", "… and {count} more, see “{sheet}”")
RESULTS_SHEET: Final = Text("校验结果", "Findings")
ALL_RESULTS: Final = frozenset(RESULTS_SHEET)
RESULT_COLUMNS: Final = (
    Text("级别", "Weight"),
    Text("位置", "Where"),
    Text("项目", "Item"),
    Text("问题", "What is wrong"),
    Text("怎么改", "What to do"),
    Text("可能的原因", "Likely cause"),
)
CAUSES_MARK: Final = Text(";", "; ")
AUTHOR: Final = Text("勾稽", "Gouji")
COPY_NOTE: Final = Text(
    "勾稽批注的副本，只供查看；请在原来的工作簿里修改。",
    "A copy with notes by Gouji, to be read only; make changes in the original workbook.",
)
