"""Every message a workbook can cause, in one table: what is wrong, and what to do about it.

The keys are stable: `--json` prints them. `tests/workbook/findings/` has a file that causes each.
"""

from typing import NamedTuple


class Message(NamedTuple):
    """One message's severity and its two sentences, with `{words}` to be filled in."""

    what: str
    todo: str
    severity: str = "error"


MESSAGES = {
    # the file
    "file-unreadable": Message(
        "读不了文件「{name}」({reason})", "请确认文件存在、没有被别的程序锁住"
    ),
    "file-not-a-package": Message(
        "「{name}」不是 Excel 工作簿,或已损坏", "请用 Excel 打开后另存为“Excel 工作簿(.xlsx)”再试"
    ),
    "file-old-or-encrypted": Message(
        "「{name}」是旧版 .xls 文件,或设了打开密码",
        "请取消密码,另存为“Excel 工作簿(.xlsx)”再试",
    ),
    "file-too-large": Message(
        "「{name}」解压后大得不正常,为安全起见没有打开", "请确认文件来源;必要时用新建的工作簿重填"
    ),
    "file-broken": Message(
        "「{name}」的内容有损坏,读不下去({reason})",
        "请用 Excel 打开并另存一份再试;仍不行请用新建的工作簿重填",
    ),
    "file-strict": Message(
        "「{name}」里读不到任何工作表,可能存成了“Strict Open XML”格式",
        "请另存为“Excel 工作簿(.xlsx)”再试",
    ),
    "kind-missing": Message(
        "这不是勾稽的填报工作簿(没有报告种类的标记)", "请用 gouji new 新建的工作簿填报"
    ),
    "kind-unknown": Message(
        "工作簿是「{found}」报告的,这台电脑上没有这种报告", "现有的报告:{expected};请核对或安装"
    ),
    "kind-elsewhere": Message(
        "{sentence}",
        "请向维护报告的人员核对该用哪一份,给另一份换个种类名:工作簿只记种类名,"
        "分不出是用哪一份新建的",
        "warning",
    ),
    "version-older": Message(
        "工作簿是旧版表单(第 {found} 版),现在是第 {expected} 版",
        "请用 gouji upgrade 旧.xlsx 新.xlsx 换成现在的表单,填过的会搬过去;这一份请留着,不要改动",
    ),
    "form-changed": Message(
        "工作簿新建以后,表单改过,版本号却没有变:{changes}",
        "请用 gouji upgrade 旧.xlsx 新.xlsx 换成现在的表单,填过的会搬过去;这一份请留着,不要改动",
    ),
    "rules-changed": Message(
        "工作簿新建以后,表单的规则或选项改过:{changes};这里按现在的核对,表上的公式、下拉列表还是原来的",
        "要让表上也是现在的,请用 gouji upgrade 旧.xlsx 新.xlsx 换一本",
        "warning",
    ),
    "version-newer": Message(
        "工作簿是新版表单(第 {found} 版),这里只有第 {expected} 版", "请升级勾稽后再试"
    ),
    # its structure
    "sheet-missing": Message("工作表「{sheet}」不见了", "请从备份恢复,或用新建的工作簿重填"),
    "sheet-replaced": Message(
        "工作表「{found}」上,「{sheet}」各项的名称一个也没有,像是换成了别的表",
        "上面的数和文字都没有读;请从备份恢复这张工作表,或用新建的工作簿重填",
    ),
    "sheet-copied": Message(
        "程序读的是工作表「{found}」,而另有一张「{sheet}」,像是它的副本,不知道填在哪一张上",
        "请只留一张:数填在「{sheet}」上的,请抄回「{found}」;然后删去「{sheet}」或给它改名",
    ),
    "sheet-unread": Message(
        "工作表「{found}」像是「{sheet}」的副本,填在上面的数不会进入报告",
        "程序读的是「{sheet}」:请核对数填在了哪一张上,用不着的那一张请删去或改名",
        "warning",
    ),
    "sheet-of-rules": Message(
        "工作表「{sheet}」是维护表单的人写规则用的,填报的工作簿里不该有;上面写的没有读,也不会用来核对",
        "请删去这张表;要改规则,请改种类自己的 form.xlsx 或 rules.toml",
        "warning",
    ),
    "label-doubled": Message(
        "「{label}」这一行在表上出现了不止一次,这里填的「{found}」不会进入报告",
        "程序读的是 {expected};请核对,把多出来的一行删去",
        "warning",
    ),
    "name-missing": Message(
        "名称「{label}」不见了,或不再指向一个单元格",
        "可能删过行;请在“公式 > 名称管理器”里把它指回原来的单元格,或用新建的工作簿重填",
    ),
    "name-misled": Message(
        "名称「{key}」指着这一格,而这一格的行头、列头写的是「{found}」",
        "「{label}」在 {expected}:请在“公式 > 名称管理器”里把名称「{key}」改指那里,"
        "或把各行移回原处",
    ),
    "name-astray": Message(
        "名称「{key}」指着这一格,而这一格的行头、列头写的是「{found}」",
        "请在“公式 > 名称管理器”里把名称「{key}」指回「{label}」的单元格,或用新建的工作簿重填",
    ),
    "names-moved": Message(
        "从这里起有 {found} 个名称没有指着自己的单元格,行头、列头写的是别的项目",
        "可能是插入、排序或移动过行:请撤销那次改动,或取回改动前的文件;"
        "也可以在“公式 > 名称管理器”里逐个改回",
    ),
    "names-shared": Message(
        "「{found}」也指着这一格", "请在“公式 > 名称管理器”里把名称各自指回原来的单元格"
    ),
    "column-doubled": Message(
        "表「{table}」有不止一列叫「{column}」,不知道该读哪一列",
        "请删去多出来的一列,或改掉它的表头",
    ),
    "row-doubled": Message(
        "表「{table}」里「{found}」有不止一行,不知道该读哪一行", "请删去多出来的行"
    ),
    "table-missing": Message("表「{table}」不见了", "请从备份恢复,或用新建的工作簿重填"),
    "column-missing": Message(
        "表「{table}」没有「{column}」{written}这一列", "可能改过表头;请把表头改回「{column}」"
    ),
    "below-table": Message(
        "表「{table}」下面还有内容,不在表里,不会进入报告",
        "请把它移到表内的空行,或拖动表格右下角把它包进来",
    ),
    "apart-from-table": Message(
        "表「{table}」下面有 {found} 行内容不在表里,不会进入报告",
        "是表里的数据的,请移到表内的空行;是备注的可以保留",
        "warning",
    ),
    "row-stray": Message(
        "表「{table}」的这一行只有这里填了「{found}」,不算一行,不会进入报告",
        "请把这一行填全,或删去这一格",
    ),
    "row-missing": Message(
        "表「{table}」里「{row}」这一行不见了", "请恢复这一行的名称,或用新建的工作簿重填"
    ),
    "row-unknown": Message(
        "表「{table}」里没有「{found}」这一行,不会进入报告", "请删去,或把名称改回原来的写法"
    ),
    "rows-too-few": Message("表「{table}」至少要填 {expected} 行,现有 {found} 行", "请补填"),
    # a cell
    "label-lost": Message(
        "标签“{expected}：”不见了或移了位置,这里的「{found}」读不进来",
        "请补上标签和冒号;一格里有几个标签的,标签之间空一格",
    ),
    "label-twice": Message(
        "标签“{expected}：”重复了,「{found}」里不知道该读哪一处", "请删去多出来的"
    ),
    "label-unknown": Message(
        "「{found}」不在表单的标签后面,不会进入报告",
        "是表单要的,请写到它的标签后面;是备注的可以保留",
        "warning",
    ),
    "required": Message("必填,现在是空的", "请填写"),
    "above-blank": Message(
        "上一行是空的,接不上{column},现在没有{column}",
        "请在这里填上{column},或删去上面的空行后再填",
    ),
    "above-astray": Message(
        "这里的公式取的不是紧挨着的上一行(现在显示「{found}」):排过序,或插入、删除、移动过行",
        "请在这里直接填写;刚排过序的请先撤消",
    ),
    "rows-moved": Message(
        "表「{table}」的行换过次序,跟着上一行的{column}可能已经不是原来的",
        "刚排过序的请撤消;撤消不了的,请展开右边“校验用”各列,按“行序”从小到大排回来,"
        "或在每一行都填上{column}",
    ),
    "rows-apart": Message(
        "「{found}」的行没有排在一起,报告里会排到前面同名的行下面",
        "请核对;是同一项的,请移到一起",
        "warning",
    ),
    "rows-unordered": Message(
        "「{found}」排在「{expected}」后面,和官方表的次序不同", "请核对,改成官方表的次序", "warning"
    ),
    "required-cells": Message("表「{table}」里还有 {found} 格必填的是空的:{told}", "请逐格填写"),
    "error-cell": Message("单元格里是错误值 {found}", "请改正公式,或直接填数"),
    "cell-merged": Message(
        "这一格被盖在合并的单元格 {found} 里,填的数和文字认不出是谁的",
        "请取消合并,再核对、填写这一格",
    ),
    "cell-broken": Message(
        "单元格里存的内容读不懂({found})", "请用 Excel 打开,把这一格重新填一遍再保存"
    ),
    "formula-unsaved": Message(
        "单元格里的公式没有保存过计算结果", "请用 Excel 打开、保存一次,或直接填数"
    ),
    "not-a-number": Message("「{found}」不是数字", "请只填数字,不确定的不要填文字说明"),
    "wrong-unit": Message(
        "「{found}」的单位是“{typed}”,这里要填{expected}的数", "请换算后只填数字"
    ),
    "format-misleads": Message(
        "单元格里存的是 {found},因数字格式显示成 {expected}",
        "请把这一格的格式改为“数值”,再核对、填写这个数",
    ),
    "share-for-percent": Message(
        "这里填的数已经以 % 为单位,{found} 就是 {found}%",
        "请核对:是 {expected}% 的,请改填 {expected};确实是 {found}% 的可以保留",
        "warning",
    ),
    "row-is-total": Message(
        "「{found}」这一行会和其他行一样再加一次",
        "合计由程序算出,表里只填各项:请清空这一行",
    ),
    "list-unclear": Message(
        "按顿号数得 {expected} 项,而「{found}」里还有别的分隔,或以“等”字结尾",
        "请只用顿号“、”隔开各项、写全;数目不是 {expected} 的,请在数目那一格直接填数",
        "warning",
    ),
    "date-for-number": Message(
        "单元格被当成了日期({found}),这里要填数字", "请把单元格格式改为“数值”后重填"
    ),
    "too-long": Message("{found} 超过 15 位数字,Excel 存不准", "请核对这个数"),
    "too-many-decimals": Message(
        "{found} 的小数超过 {expected} 位", "请按四舍五入改为 {rounded},公式请用 ROUND"
    ),
    "too-small": Message("{found} 小于 {expected}", "请核对这个数"),
    "too-large": Message("{found} 大于 {expected}", "请核对这个数"),
    "not-a-date": Message("「{found}」不是日期", "请按 2023-3-15 的写法填日期"),
    "not-a-year": Message("「{found}」不是年份", "请填四位数的年份,如 2022"),
    "not-a-choice": Message("「{found}」不在选项里", "请从下拉列表中选:{expected}"),
    "computed-changed": Message(
        "这里由公式算出 {expected},单元格里却是 {found};报告仍用算出的数",
        "公式可能被改掉了;请恢复公式,需要改的是它引用的数",
        "warning",
    ),
    "own-formula-typed": Message(
        "这里原是表自己的公式,现在填的是 {found};报告用的是填的数",
        "请恢复公式(照空白表抄一份),确实要另填的请核对",
        "warning",
    ),
    "default-emptied": Message(
        "这里由公式算出 {expected},现在是空的", "请填 {expected} 或您自己的数;刚删掉的可以撤销"
    ),
    "given-changed": Message(
        "这里由表单给定,应是「{expected}」,单元格里却是「{found}」;报告仍用给定的",
        "可能误改了;请改回原来的内容",
        "warning",
    ),
    # quotes in a text
    "quote-name": Message(
        "「{found}」不能当名称引用", "名称只用汉字、字母、数字和下划线,且不以数字开头"
    ),
    "quote-taken": Message("名称「{found}」用了两次,或与表单的字段同名", "请换一个名称"),
    "quote-unknown": Message(
        "文字里引用了「{found}」,但没有这个名称", "请核对名称{suggestion},或先把它填进表里"
    ),
    "quote-blank": Message("文字里引用了「{found}」,但它还没有填", "请先填写「{found}」"),
    "quote-nested": Message(
        "文字里引用了「{found}」,而那段文字里还有引用", "请直接写出文字,或改引用其中的数"
    ),
    "quote-faulty": Message(
        "文字里的引用「{found}」写得不对", "请写成 {{{{ 名称 }}}} 的样子,花括号各两个"
    ),
    # figures that a text writes out
    "prose-differs": Message(
        "文字里写「{found}」,而表里「{name}」({spot})是 {expected},报告里两个数都会印出来",
        "请核对哪一个对,改正错的;文字里的数改成引用 {{{{ {quote} }}}},就总和表里的一样",
    ),
    "prose-unsure": Message(
        "文字里写「{found}」,而表里「{name}」({spot})是 {expected},文字没有说清楚{missing}",
        "请核对:是同一个数的,请改正,或改成引用 {{{{ {quote} }}}};不是的,请在文字里写清楚{missing}",
        "warning",
    ),
    "prose-same": Message(
        "文字里直接写着{found},和表里的一样",
        "可以改成引用({quotes}),表里的数改了文字跟着改:按“改成引用”,"
        "或运行 gouji check 填报.xlsx --quote 副本.xlsx",
        "hint",
    ),
    # the outline
    "section-out": Message(
        "这一处不进入报告,写在这里的不会印出来",
        "请把“处理”改成“列入”;上一级标题没有列入的,把它也列入,或改次序;不要的请删去这里的内容",
        "warning",
    ),
    "section-required": Message(
        "官方提纲里必须有的一节没有列入报告", "请核对本级的提纲;确实不要的可以保留", "warning"
    ),
    "section-title-unused": Message(
        "这一处不印标题,写的标题不会进入报告", "请删去标题,或改“处理”和级别", "warning"
    ),
    "section-numbered": Message(
        "标题「{found}」自己写了编号或句号,报告里会印两个", "请删去,编号和句号由程序加", "warning"
    ),
    "section-text-unused": Message(
        "这里写了文字,但提纲里“{section}”不列入或自己写,不会印出来",
        "请核对提纲;确实不要的可以保留",
        "hint",
    ),
    "section-untitled": Message("级别是“{found}”,却没有标题", "请写上标题,或把级别改成“段落”"),
    "section-blank": Message(
        "这一节列入了报告,却没有内容",
        "请在“正文”里写,或在“表格”里写上要印的区域;不要这一节的请改“处理”",
    ),
    "section-empty": Message(
        "这个标题下面什么也没有", "请写“正文”,或核对下面各节的“处理”和次序", "warning"
    ),
    "section-too-deep": Message(
        "“{found}”标题的前面没有上一级标题", "请核对次序和级别;上一级标题可能没有列入"
    ),
    "section-under-silent": Message(
        "上一级“{expected}”选了不印标题,“{found}”标题上面就没有标题了",
        "请把上一级改回“列入”,或把它下面的各节也选“不印标题”",
    ),
    "section-moved": Message(
        "官方提纲里它在“{expected}”之下,按现在的次序{where}",
        "请核对次序;移动一节时,它下面的各节要一起改次序",
        "warning",
    ),
    "range-unknown": Message(
        "「{found}」不是一个单元格区域",
        "请写成 附表!A1:D6 的样子:工作表名、感叹号、左上角、冒号、右下角",
    ),
    "range-no-sheet": Message(
        "要印的表格在工作表「{sheet}」,没有这张表", "现有的工作表:{expected};请核对"
    ),
    "range-too-large": Message(
        "「{found}」太大,报告里印不下", "最多 {columns} 列、{rows} 行;请分成几个表格,或核对区域"
    ),
    "range-quote": Message(
        "要印的单元格里写着「{found}」,表格里的引用不会换成数", "请在这一格写公式,如 =预算收支!C17"
    ),
    "range-rounded": Message(
        "{found} 的小数超过 2 位,报告里印成 {expected};这样的数有 {count} 个",
        "各数四舍五入后合计可能对不上;要印准的数,请用 ROUND 先算好,或把它写成文字",
        "warning",
    ),
    "range-blank": Message("「{found}」里什么也没有", "请核对区域,或先把表格填上"),
    # rules
    "rule-fails": Message("{claim}", "{todo}"),
    "rule-rounding": Message(
        "{claim},在四舍五入允许的 {tolerance} 以内(尾差)", "可以保留;能按元核对的请核对", "hint"
    ),
    "rule-uncomputable": Message(
        "规则「{rule}」算不出结果({reason}),没有核对",
        "这是规则的问题,不是数据的问题,请告知维护报告的人员",
        "warning",
    ),
    "own-function-failed": Message(
        "规则「{rule}」没有核对成:{reason}",
        "请核对这里填的数;都对的话,请把这句话告诉维护报告的人员",
        "error",
    ),
}
