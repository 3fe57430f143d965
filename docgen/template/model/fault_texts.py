"""The one table of texts for template faults: problem and advice, in Chinese and in English."""

from typing import Final

FAULT_TEXTS: Final[dict[str, tuple[str, str, str, str]]] = {
    # the file
    "not-a-package": (
        "不是 Word 文档(.docx)",
        "请在 Word 或 WPS 里另存为 .docx 再用",
        "this is not a Word document (.docx)",
        "Save it again as .docx in Word",
    ),
    "old-or-encrypted": (
        "是加密文档或旧的 .doc 文档",
        "请去掉密码,另存为 .docx 再用",
        "this is an encrypted or an old .doc document",
        "Remove the password and save it as .docx",
    ),
    "too-large": (
        "文档大得不正常",
        "请删去不用的图片和内容,另存一份再用",
        "the document is abnormally large",
        "Remove what is not needed and save it again",
    ),
    "strict": (
        "是 Strict Open XML 文档",
        "请另存为普通的 Word 文档(.docx)再用",
        "this is a Strict Open XML document",
        "Save it as an ordinary Word document (.docx)",
    ),
    "bad-xml": (
        "内容已损坏,读不出来({reason})",
        "请在 Word 里打开并修复,另存一份再用",
        "this part is damaged and cannot be read ({reason})",
        "Open and repair it in Word, then save it again",
    ),
    "too-deep": (
        "括号、运算或循环套得太深",
        "请分成几步写,如先用 {{% set %}} 算出一部分",
        "brackets, operations or loops lie too deep in one another",
        "Write it in steps, as with {{% set %}}",
    ),
    # single tags
    "unclosed-tag": (
        "标记没有写完,缺「{closer}」",
        "请在标记末尾补上「{closer}」",
        "the tag is not closed, {closer} is missing",
        "Close the tag with {closer}",
    ),
    "empty-tag": (
        "标记里没有内容",
        "请写上名字,如 {{{{ 单位名称 }}}},或删去这个标记",
        "the tag is empty",
        "Write a name, as in {{{{ name }}}}, or delete the tag",
    ),
    "missing-value": (
        "「{keyword}」后面没有写值",
        "请写上值,如 {{% {keyword} 2 %}}",
        "{keyword} has no value",
        "Write a value, as in {{% {keyword} 2 %}}",
    ),
    "full-width": (
        "标记里有全角符号「{signs}」",
        "请写成 {instead}",
        "the tag holds full-width signs {signs}",
        "Write {instead}",
    ),
    "missing-space": (
        "「{scope}」后面缺空格",
        "请写成 {instead}",
        "a space is missing after {scope}",
        "Write {instead}",
    ),
    "spaced-scope": (
        "「{scope}」前面多了空格",
        "请写成 {instead}",
        "{scope} must follow the opening signs without a space",
        "Write {instead}",
    ),
    "unknown-tag": (
        "没有「{keyword}」这种标记",
        "可用的有 if、elif、else、endif、for、endfor、set 等{hint}",
        "there is no tag {keyword}",
        "Known are if, elif, else, endif, for, endfor, set and others{hint_en}",
    ),
    "syntax": (
        "写法有误({reason})",
        "请检查名字、引号、括号和运算符",
        "the expression is not well written ({reason_en})",
        "Check names, quotes, brackets and operators",
    ),
    "unknown-filter": (
        "没有过滤器「{name}」",
        "请改用已有的过滤器{hint}",
        "there is no filter {name}",
        "Use a filter that exists{hint_en}",
    ),
    "unknown-test": (
        "没有检验「{name}」",
        "请改用已有的检验{hint}",
        "there is no test {name}",
        "Use a test that exists{hint_en}",
    ),
    "forbidden": (
        "不允许用「{what}」",
        "请去掉它,或由程序先算好再传入模板",
        "{what} is not allowed",
        "Remove it, or compute the value before rendering",
    ),
    # blocks
    "unclosed-block": (
        "「{keyword}」没有结束",
        "请在它的内容之后写 {instead}",
        "the block {keyword} is never ended",
        "Write {instead} after its content",
    ),
    "stray-end": (
        "前面没有与它配对的「{opener}」",
        "请删去它,或在前面补上「{opener}」",
        "there is no {opener} before it",
        "Delete it, or write the {opener} that it ends",
    ),
    "crossed-blocks": (
        "与 {other} 交叉了",
        "里面的先结束:请先写 {instead}",
        "it crosses {other}",
        "End the inner block first: write {instead} before it",
    ),
    "mixed-scopes": (
        "与它配对的 {other} 写法不同,一个整{unit}、一个不是",
        "请写成 {instead}",
        "it does not match {other}: only one of them stands for a whole {unit_en}",
        "Write {instead}",
    ),
    "text-only": (
        "这里只是一串文字,没有段、行、格可以代替",
        "请写成 {instead}",
        "this is a string, in which no paragraph, row or cell can be replaced",
        "Write {instead}",
    ),
    "untaggable": (
        "这里的标记程序填不了",
        "请在这里写固定的内容",
        "a tag cannot be filled here",
        "Write something fixed here",
    ),
    "deleted-tag": (
        "标记在还没有接受的删除修订里",
        "请先接受或拒绝文档里的修订",
        "the tag stands in a tracked deletion",
        "Accept or reject the tracked changes first",
    ),
    "blocks-in-link": (
        "链接的地址里只能打印值",
        "请只写 {{{{ 名字 }}}},条件写成 {{{{ 甲 if 条件 else 乙 }}}}",
        "the address of a link can only print values",
        "Write {{{{ name }}}} only, and a condition as {{{{ a if condition else b }}}}",
    ),
    "outside": (
        "文档打开时要到别处去找{what}",
        "别的电脑上没有,请把它放进文档里,或删去这个链接",
        "the document looks elsewhere for {what_en} when it is opened",
        "Other computers do not have it: put it into the document, or remove the link",
    ),
    "closed-file": (
        "嵌入的文件里有标记,程序不填嵌入的文件",
        "请删去其中的标记;图表请用图表过滤器或由程序给出",
        "an embedded file holds a tag, and embedded files are not filled",
        "Remove the tag from it; for charts use the chart filters, or give a chart as a value",
    ),
    "no-list": (
        "后面没有编号的段落",
        "请把它写在要重新编号的段落之前,或写在该段落里",
        "no numbered paragraph follows",
        "Write it before or in the paragraph whose numbers begin again",
    ),
    "outside-table": (
        "「{scope}」不在表格里",
        "请把它写进单元格,或删去",
        "{scope} does not stand in a table",
        "Write it inside a table cell, or delete it",
    ),
    "misplaced-scope": (
        "它不在{unit}里",
        "请把它放进{unit}里,或写成 {instead}",
        "it does not stand inside a {unit_en}",
        "Move it into a {unit_en}, or write {instead}",
    ),
    "shared-scope": (
        "整{unit}会被它替换,同一{unit}里不能还有 {others}",
        "请让它独占一{unit}",
        "it replaces its whole {unit_en}, which also holds {others}",
        "Give it a {unit_en} of its own",
    ),
    "merged-carrier": (
        "它所在的行会去掉,而向下合并的单元格从这一行开始",
        "请取消这里的合并;循环的行上下合并,请在要合并的格里写 {{% vm %}}",
        "its row goes, and a cell that is merged downwards begins in it",
        "Undo the merge; to merge the rows of a loop write {{% vm %}} in the cell",
    ),
    "split-field": (
        "到 {other} 为止只有一个域的一半(域如目录、页码、链接)",
        "请把整个域放进去,或整个放在外面",
        "up to {other} there is only a part of a field, such as contents, a page number or a link",
        "Put the whole field inside, or all of it outside",
    ),
    "shifted-cells": (
        "到 {other} 为止的格数会变,后面的格就移到别的列去了",
        "请在每一格里各写一对标记;列数要变的,各行都用 {{%tc for %}}",
        "the number of cells up to {other} varies, so the cells behind them change columns",
        "Write a pair of tags in each cell; for columns that vary use {{%tc for %}} in all rows",
    ),
    "crossed-structure": (
        "与它配对的 {other} 不在同一层(段落、表格、单元格)",
        "请把两个标记放在同一层,或用 {instead}",
        "its partner {other} stands at another level of paragraphs, tables or cells",
        "Put both at the same level, or use {instead}",
    ),
    # run time
    "unknown-name": (
        "没有叫「{name}」的数据",
        "请核对名字{hint}",
        "there is no value named {name}",
        "Check the name{hint_en}",
    ),
    "unknown-attribute": (
        "「{owner}」里没有「{name}」",
        "请核对名字{hint}",
        "{owner_en} has no {name}",
        "Check the name{hint_en}",
    ),
    "division-by-zero": (
        "除数是 0",
        "请先判断除数不为 0,如 {{% if 除数 %}}",
        "division by zero",
        "Test the divisor first, as in {{% if divisor %}}",
    ),
    "unprintable": (
        "这个值是{what},没有可以印出来的写法",
        "请印其中的一项:列表用循环或 |join('、'),是或否写成 {{{{ '是' if 条件 else '否' }}}}",
        "this value is {what_en}, which has no printed form",
        "Print one thing of it: a loop or |join(', ') for a list, {{{{ 'yes' if it else 'no' }}}}",
    ),
    "unrounded": (
        "除出来的数有 {digits} 位,没有说保留几位小数",
        "请写上位数,如 {{{{ (甲 / 乙)|round(2) }}}}",
        "the quotient has {digits} digits, and nobody said how many decimals to print",
        "Say it, as in {{{{ (a / b)|round(2) }}}}",
    ),
    "wrong-type": (
        "数据的类型不对({reason})",
        "请核对这里用到的数据是数、文字还是列表",
        "a value has the wrong type ({reason_en})",
        "Check whether the values used here are numbers, text or lists",
    ),
    "not-allowed": (
        "{reason}",
        "请改写这个表达式",
        "refused by the sandbox: {reason_en}",
        "Write the expression in another way",
    ),
    "too-much": (
        "{reason}",
        "请减少数据,或由调用程序放宽限度",
        "a limit was reached: {reason_en}",
        "Use less data, or let the caller raise the limit",
    ),
    "failed": (
        "计算出错({reason})",
        "请核对这里用到的数据",
        "the evaluation failed ({reason_en})",
        "Check the values used here",
    ),
}
