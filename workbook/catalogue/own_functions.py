"""What is said of a function of a kind's own that cannot be used, or gives what cannot be used."""

from typing import Final

from workbook.catalogue.model import Text

# in front of what it did
UNUSABLE: Final = Text("函数「{name}」用不了:{why}", "The function {name} cannot be used: {why}")
FAILED: Final = Text("函数「{name}」出错:{why}", "The function {name} failed: {why}")
GAVE: Final = Text("函数「{name}」{why}", "The function {name} {why}")

TYPES: Final = {  # what it takes and gives
    "number": Text("数", "number"),
    "text": Text("文字", "text"),
    "date": Text("日期", "date"),
    "flag": Text("是或否", "yes or no"),
    "numbers": Text("一列数", "column of numbers"),
    "texts": Text("一列文字", "column of texts"),
}

# what it gave
OTHER_TYPE: Final = Text(
    "应给出{wanted}({gives}),给的却是 {found}{hint}",
    "is to give a {wanted} ({gives}), and gave a {found}{hint}",
)
NO_FLOAT: Final = Text(",金额要用 Decimal,不用 float", "; use Decimal for amounts, not float")
TOO_LARGE: Final = Text("给出的数太大,或不是数", "gave a figure that is too large, or none")
TOO_LONG: Final = Text("给出的文字超过 {most} 个字", "gave a text of more than {most} characters")

# what a template gives it
COUNT: Final = Text(
    "函数「{name}」要 {wanted} 个参数,给了 {found} 个",
    "The function {name} takes {wanted} arguments, and was given {found}",
)
ARGUMENT: Final = Text(
    "函数「{name}」的第 {number} 个参数要{wanted},给的是{found}",
    "Argument {number} of the function {name} is to be a {wanted}, and is {found}",
)
NOTHING: Final = Text("空的", "blank")
ANOTHER: Final = Text("别的", "something else")

# why it cannot be had
NOT_ALLOWED: Final = Text(
    "「{call}」还没有获准使用。种类自己不能打开它:请这台电脑的管理员在 {place} 里写 "
    'functions = ["{package}"]',
    "“{call}” may not be used yet. A kind cannot switch it on itself: ask the administrator of "
    'this computer to write functions = ["{package}"] in {place}',
)
NOT_INSTALLED: Final = Text(
    "「{call}」:这台电脑的 Python({python})里没有装 {package},请管理员用 pip 安装",
    "“{call}”: {package} is not installed in the Python of this computer ({python}); ask the "
    "administrator to install it with pip",
)
NO_SUCH: Final = Text(
    "「{call}」:{module} 里没有「{name}」这个函数", "“{call}”: {module} has no function {name}"
)
NOT_LOADED: Final = Text(
    "「{call}」:{module} 装载时出错({told})", "“{call}”: {module} failed to load ({told})"
)
NOT_OWN: Final = Text(
    "「{call}」不是 {package} 自己用 def 写的函数",
    "“{call}” is no function that {package} defines itself",
)
NOT_THE_INSTALLED: Final = Text(
    "「{call}」:{where} 不是装好的包,没有运行;请删掉它,或让管理员用 pip 安装 {package}",
    "“{call}”: {where} is not the installed package and was not run; delete it, or have the "
    "administrator install {package} with pip",
)
