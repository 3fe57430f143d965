"""What is told of a report that was made before: its figures beside those of the workbook now."""

from typing import Final

from workbook.catalogue.model import Text

BLANK: Final = Text("(空)", "(blank)")
STALE: Final = Text("【过时】", "[out of date] ")
EDITED: Final = Text("【手改】", "[edited] ")
LOST: Final = Text("【失联】", "[lost] ")
DOUBLED: Final = Text("【重复】", "[doubled] ")
REWORDED: Final = Text("【改字】", "[reworded] ")
MISSING: Final = Text("【缺少】", "[missing] ")
WRITTEN_IN: Final = Text("【另写】", "[written in] ")
ADDED: Final = Text("【增加】", "[added] ")
REMOVED: Final = Text("【减少】", "[removed] ")
CHANGED: Final = Text("【改写】", "[changed] ")
UPDATED: Final = Text("【已改】", "[updated] ")
OF_REMARKS: Final = (STALE, EDITED, LOST, DOUBLED, ADDED, REMOVED, CHANGED, REWORDED)

TABLE: Final = Text("表格", "table")
BESIDE: Final = Text("{place} 旁", "beside {place}")
QUOTED: Final = Text("「{text}」", "“{text}”")
AND_MORE: Final = Text("等 {count} 处", " and others, {count} in all")
BLANK_ROW: Final = Text("(空行)", "(a blank row)")
OF_ROW: Final = Text("「{row}」", " “{row}”")
OF_CELL: Final = Text("({cell})", " ({cell})")
CELL_MARK: Final = Text("；", "; ")

REDRAW: Final = Text("请更新报告。", "Refresh the report.")
DROP_CHART: Final = Text(
    "请在报告里删去这个图,或重新生成报告。",
    "Delete the chart from the report, or make the report anew.",
)
# LibreOffice writes each chart anew, whatever was changed.
NO_REDRAW: Final = Text(
    "这个图在别的程序里改过或另存过,更新不了:请另外生成一份报告,把那里的图复制过来,或改用新报告。",
    "The chart was changed or saved in another program and cannot be refreshed: make another "
    "report and copy its chart, or use the new report.",
)
CHART: Final = Text("图:{difference}。{redraw}", "chart: {difference}. {redraw}")
IN_CHART: Final = Text(
    "{cell} 图上是 {then},填报表是 {now}", "{cell} is {then} in the chart, {now} in the workbook"
)
NO_CHART: Final = Text("填报表现在不画这个图了", "the workbook draws this chart no more")
LACKING: Final = Text(
    "填报表里有 {count} 个数是报告里没有的(如新加的行、新满足的条件):",
    "{count} figures of the workbook are not in the report (new rows, conditions that hold now):",
)
LACKED: Final = Text("· {cell} {key}:{text}", "· {cell} {key}: {text}")
OWN: Final = Text(
    "不是由填报表印出来的,没有可以核对的格子。请自己核对,或改成引用后重新生成。",
    "Not printed from the workbook, so that there is no cell to hold it against. "
    "Check it yourself, or quote the figure and make the report anew.",
)
LAST: Final = Text("{name}:{sum}", "{name}: {sum}")

NOW_GIVEN: Final = Text("填报表现在给出的是 {texts}", "The workbook now gives {texts}")
MORE_THERE: Final = Text("填报表里多了这些内容", "The workbook has this in addition")
GONE_THERE: Final = Text("填报表里没有这些内容了", "The workbook has this no more")
OTHER_THERE: Final = Text("填报表现在给出的内容不同", "The workbook gives something else now")
NOWHERE: Final = Text(
    "{what},但报告里相应的地方改过或删了,不知道放在哪里。请对照填报表手工修改。",
    "{what}, but its place in the report was changed or deleted. Change the report by hand.",
)
BY_HAND: Final = Text(
    "{what},但报告里这些行或段落手工改过。请核对:留着,或用“手改的也更新”(--force)。",
    "{what}, but these rows or paragraphs were edited by hand. Check: keep them, or use --force.",
)
REFRESH: Final = Text("{what}。请更新报告。", "{what}. Refresh the report.")
HEAD_GONE: Final = Text(
    "表里的这一行或这个单位印出以后删改过。请核对表里的数还是不是原来的意思。",
    "This row or unit of the table was changed after it was printed. "
    "Check whether the figures still mean what they did.",
)
HEAD_OTHER: Final = Text(
    "现在是 {text}。请核对表里的数还是不是原来的意思。",
    "Now it is {text}. Check whether the figures of the table still mean what they did.",
)

NOT_MATCHED: Final = Text(
    "报告上是 {page},填报表里行的次序、名称或条件变了,这个数对不上号。请核对,或重新生成报告。",
    "The report says {page}; rows, names or conditions of the workbook have changed, and this "
    "figure cannot be matched. Check it, or make the report anew.",
)
IS_STALE: Final = Text(
    "报告上是 {page},填报表现在是 {now}。请更新报告。",
    "The report says {page}, the workbook now says {now}. Refresh the report.",
)
IS_EDITED: Final = Text(
    "报告上被改成了 {page},填报表是 {now}。请核对以哪个为准:改填报表,或把报告改回来。",
    "The report was changed to {page}, the workbook says {now}. Check which is right: change the "
    "workbook, or change the report back.",
)
BOTH_EDITED: Final = Text(
    "报告上被改成了 {page},填报表也从 {was} 改成了 {now}。"
    "请核对以哪个为准:改填报表,或把报告改回来。",
    "The report was changed to {page}, and the workbook from {was} to {now}. Check which is right: "
    "change the workbook, or change the report back.",
)
IS_DOUBLED: Final = Text(
    "这个数在报告里出现了不止一次(复制过),这一处是 {page},填报表是 {now}。请逐处核对。",
    "This figure is in the report more than once (it was copied); here it is {page}, the workbook "
    "says {now}. Check each place.",
)
IS_COPY: Final = Text(
    "这一段或这一行在报告里出现了 {count} 次(复制过),里面的 {figures} 个数都重复。"
    "请删去多余的,或逐处核对。",
    "This paragraph or row is in the report {count} times (it was copied), and with it {figures} "
    "figures. Delete what is too much, or check each place.",
)
COPY_DIFFERS: Final = Text(
    "{place} {name} 是 {page},填报表是 {now}。",
    "{place} {name} is {page}, the workbook says {now}.",
)
COPIED_FROM: Final = Text(
    "和 {place} 一样,是复制来的;这里的数没有记号,不会随填报表更新。请删去多余的,或自己核对。",
    "The same as {place}, of which it is a copy; its figures have no marks and are not refreshed. "
    "Delete what is too much, or check it yourself.",
)
NOT_FOUND: Final = Text(
    "印出的 {was} 在报告里找不到了(可能删掉了),填报表是 {now}。",
    "{was}, which was printed, cannot be found in the report (it may be deleted); "
    "the workbook says {now}.",
)
NO_MARK: Final = Text(
    "记号没有了,按前后的文字这里是 {page},填报表是 {now}。请核对。",
    "Its mark is gone; by the words around it is {page}, the workbook says {now}. Check it.",
)
REWRITTEN: Final = Text("{place} {name}:{was} → {now}", "{place} {name}: {was} → {now}")
COUNT_REWRITTEN: Final = Text(
    "改了 {count} 个数{placed}{drawn}。", "{count} figures changed{placed}{drawn}."
)
COUNT_DRAWN: Final = Text(",重画了 {count} 个图", ", {count} charts drawn anew")
COUNT_PLACED: Final = Text(
    ",增减、改写了 {count} 处行或段落", ", {count} rows or paragraphs added, removed or changed"
)
NOTHING_STALE: Final = Text(
    "没有过时的数,未作改动。", "nothing is out of date; nothing was changed."
)

UNKNOWN: Final = Text(
    "另写进报告的 {own} 个数不是由填报表印出来的,没有更新;"
    "请用“核对报告”(gouji audit)看是哪些,自己核对。",
    " {own} figures that were written in are not printed from the workbook and were not "
    "refreshed; gouji audit lists them, check them yourself.",
)

ALL_TRUE: Final = Text(
    "核对了 {total} 个数,全部与填报表相符{more}。",
    "{total} figures checked, all as in the workbook{more}.",
)
UNCHECKED: Final = Text(
    ";另写进报告的 {own} 个数没有核对", "; {own} that were written in are not checked"
)
SUM: Final = Text(
    "核对了 {total} 个数,相符 {ok},{parts}。", "{total} figures checked, {ok} true, {parts}."
)
SUM_MARK: Final = Text(",", ", ")
PARTS: Final = {
    "stale": Text("过时 {count}", "{count} out of date"),
    "edited": Text("手改 {count}", "{count} edited"),
    "lost": Text("失联 {count}", "{count} lost"),
    "doubled": Text("重复 {count}", "{count} doubled"),
    "charts": Text("过时的图 {count}", "charts out of date: {count}"),
    "changes": Text(
        "增减、改写的行或段落 {count}", "rows or paragraphs added, removed or changed: {count}"
    ),
    "reworded": Text("改过的表头或单位 {count}", "heads or units changed: {count}"),
    "missing": Text("缺少 {count}", "{count} missing"),
}

# on the whole report
NEW_TEMPLATE: Final = Text(
    "报告生成以后 Word 模板改过了:只核对、只更新标记没有变的数,增减的行和段落不管。",
    "The Word template was changed after the report was made: only figures whose tags did not "
    "change are checked and refreshed, no rows or paragraphs.",
)
OLD_REPORT: Final = Text(
    "这份报告是旧版勾稽生成的:只核对、只更新数,增减的行和段落不管。",
    "The report was made by an older Gouji: only figures are checked and refreshed.",
)
OTHER_WORDS: Final = Text(
    "文字不在核对之内:填报表现在印出的有 {count} 段和报告里的不一样"
    "(在报告里改过的也算),如「{shown}」。",
    "Words are not checked: {count} paragraphs that the workbook prints now differ from the "
    "report's (edited ones count too), such as “{shown}”.",
)
NOT_REFRESHED: Final = Text(
    "报告没有更新:请先改正上面的错误。",
    "The report was not refreshed: mend the errors above first.",
)
