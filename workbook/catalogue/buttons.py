"""What a button says of a workbook, in the program's windows, in its status bar or on the desk."""

from typing import Final

from workbook.catalogue.model import Text

# the check, and where its findings are
CHECKING: Final = Text("正在校验……", "Checking …")
RESULTS_TITLE: Final = Text("校验结果：{summary}", "Findings: {summary}")
BEFORE: Final = (  # heads of what a marked cell looked like
    Text("单元格所在表", "Sheet of the cell"),
    Text("单元格", "Cell before"),
    Text("原来的颜色", "Colour before"),
    Text("原来的批注", "Note before"),
)
IN_BOOK: Final = Text("“{sheet}”表", "the sheet “{sheet}”")
IN_FILE: Final = Text("「{path}」", "“{path}”")
IN_LIST: Final = Text("左边的问题列表", "the list on the left")
LIST_HEADING: Final = Text("勾稽的校验结果:", "Findings of Gouji: ")
LIST_FILE: Final = Text("{stem}校验结果.txt", "{stem} findings.txt")
NOT_MARKED: Final = Text("单元格上的标记没有做成", "The cells could not be marked")
LOCKED_SHEETS: Final = Text(
    "{sheets}表有密码保护,没有做标记", "Not marked, being protected by a password: {sheets}"
)
SHEET_NAME: Final = Text("“{name}”", "“{name}”")
NOT_KEPT: Final = Text(
    "工作簿是只读的,标记存不下来", "The workbook is read-only, so that the marks cannot be saved"
)
READ_ONLY: Final = Text("工作簿是只读的,没有做标记", "The workbook is read-only and was not marked")
IN_PROTECTED_VIEW: Final = Text(
    "工作簿在“受保护的视图”里,没有做标记", "The workbook is in Protected View and was not marked"
)
STRUCTURE_LOCKED: Final = Text(
    "工作簿的结构有保护,加不了{place},没有做标记",
    "The workbook's structure is protected and does not take {place}; it was not marked",
)
NAME_TAKEN: Final = Text(
    "工作簿里有一张自己的{place},没有做标记",
    "The workbook has a sheet of its own named like {place} and was not marked",
)
ALL_IN: Final = Text("……全部见{place}。", "… all of them: {place}.")
ALL_ERRORS_IN: Final = Text("……全部 {count} 处错误见{place}。", "… all {count} errors: {place}.")
UNDONE: Final = Text("{summary},{undone}。{why}请先改正:", "{summary}; {undone}. {why}Mend first:")
UNDONE_BELOW: Final = Text(
    "{summary},{undone}。请先改正下面的错误。", "{summary}; {undone}. Mend the errors below first."
)
WHY: Final = Text("{why}。", "{why}. ")
TOLD_WITH_WHY: Final = Text("{told}{why}", "{told} {why}")
NOT_MADE: Final = Text("报告没有生成", "no report was made")
NOT_UPDATED: Final = Text("报告没有更新", "the report was not refreshed")
NOT_PRINTED: Final = Text("报告没有转成 PDF", "no PDF was made")
NOTHING_TO_VISIT: Final = Text(
    "没有要查看的问题。请先按“校验”。", "There is no finding to go to. Press Check first."
)
VISITED: Final = Text("第 {number} 处,共 {count} 处:{words}", "{number} of {count}: {words}")
CLEARED: Final = Text("已恢复 {count} 个单元格。", "Cells as they were before: {count}.")
NO_MARKS: Final = Text("没有标记。", "There are no marks.")

# reports
NO_REPORT_MADE: Final = Text("没有生成报告。", "No report was made.")
MAKING: Final = Text("正在生成报告……", "Making the report …")
COMPARING: Final = Text("正在核对报告……", "Checking the report …")
REFRESHING: Final = Text("正在更新报告……", "Refreshing the report …")
PRINTING: Final = Text("正在转成 PDF……", "Making the PDF …")
REPORT_AT: Final = Text("报告:{path}{kept}", "Report: {path}{kept}")
PDF_AT: Final = Text("PDF:{path}{kept}", "PDF: {path}{kept}")
KEPT_AS: Final = Text("(原有的一份留作 {name})", " (the one that was there is kept as {name})")
KEPT: Final = Text(
    "{done}原有的一份留作 {name}。", "{done} The one that was there is kept as {name}."
)
NONE_CHOSEN: Final = Text("没有选报告。", "No report was chosen.")
IS_OPEN: Final = Text(
    "「{name}」正开着。请先存盘、关掉它,再按一次“更新报告”。",
    "“{name}” is open. Save and close it, then press Refresh again.",
)
IS_OPEN_TOO: Final = Text(
    "(报告正开着,核对的是存了盘的那一份。)",
    "(The report is open; what was checked is the file as it was saved.)",
)
TO_PRINT: Final = Text(
    "把「{name}」转成 PDF?在 Word 里改过的字句都在。\n选“否”,就重新生成一份报告再转。",
    "Make a PDF of “{name}”? What was changed in Word stays.\nNo: a new report is made first.",
)
TO_REFRESH: Final = Text(
    "更新「{name}」?里面过时的数改成这本工作簿现在的,手改过的数留着,原来的一份留底。\n"
    "选“否”,可以另选一份报告。",
    "Refresh “{name}”? Figures that are out of date become those of this workbook, what was "
    "changed by hand stays, the old report is kept.\nNo: another report can be chosen.",
)
COPY_SUFFIX: Final = Text("核对批注", " (checked)")  # ends the name of a copy, which is no report
COPY_AT: Final = Text("批注副本:{path}", "Copy with notes: {path}")
WANT_COPY: Final = Text(
    "打开一份在这些地方加了批注的副本?", "Open a copy with a note at each of these places?"
)
ALL_BY_CHECK: Final = Text("……按“核对报告”看全部。", "… press Check report to see all of it.")
LINES_IN_ALL: Final = Text("……共 {count} 行。", "… {count} lines in all.")
NO_REPORT_HERE: Final = Text(
    "工作簿所在的文件夹里没有报告(*{ending})。请先按“生成报告”,或把报告放进来。",
    "There is no report (*{ending}) in the workbook's folder. Make one first, or put one there.",
)
WHICH_REPORT: Final = Text("请选一份报告:", "Choose a report:")
WHICH_OF_FOLDER: Final = Text(
    "没有认出这本工作簿的报告,请选一份:", "No report of this workbook was found; choose one:"
)
NONE_OF_THEM: Final = Text("都不是", "None of them")
YES: Final = Text("是", "Yes")
NO: Final = Text("否", "No")

# other workbooks
NOTHING_MADE: Final = Text("没有新建工作簿。", "No workbook was made.")
ACCOUNT_FILE: Final = Text("{stem}结转说明.txt", "{stem} what was kept.txt")
WHOLE_ACCOUNT: Final = Text("……全部见“{name}”。", "… all of it: “{name}”.")

# the check of a total in a cell
SELECT: Final = Text(
    "请选中合计所在的那一个单元格,再按“插入核对”。",
    "Select the one cell that holds the total, then press Insert check.",
)
SELECTED_MANY: Final = Text(
    "选中了 {count} 个单元格。{select}", "{count} cells are selected. {select}"
)
ON_GENERATED: Final = Text(
    "“{sheet}”表由程序生成,核对写在这里留不住。请到填数的表里,选中合计所在的那一个单元格,"
    "再按“插入核对”。",
    "The sheet “{sheet}” is made by the program, and a check would not stay on it. Go to a sheet "
    "that you fill, select the one cell that holds the total, then press Insert check.",
)
BOOK_READ_ONLY: Final = Text(
    "这本工作簿是只读的,写进去也存不下来。请先另存为一份,再插入核对。",
    "This workbook is read-only, and what is written cannot be saved. Save it under another name, "
    "then insert the check.",
)
STANDS_ALREADY: Final = Text(
    "{cell} 里已经有这个合计的核对。", "{cell} has the check of this total already."
)
NOT_INSERTED: Final = Text("没有插入核对。", "No check was inserted.")
SHEET_LOCKED: Final = Text(
    "“{sheet}”表设有密码保护,写不进去。请先撤销工作表保护,再插入核对;或者在别的表里自己写:"
    "{formula}",
    "The sheet “{sheet}” is protected by a password. Take the protection away and insert the check "
    "again, or write it on another sheet yourself: {formula}",
)
TOO_SCATTERED: Final = Text(
    "组成数太分散,一个公式写不下。请分成几步合计,再插入核对。",
    "The parts are too scattered for one formula. Add them up in steps, then insert the checks.",
)
INSERTED: Final = Text("已在 {place} 写入核对:{result}。", "The check is in {place}: {result}.")
PROPOSED: Final = Text(
    "在 {room} 写入核对:{total} 是否等于 {words}?",
    "Write into {room} whether {total} equals {words}?",
)
PROPOSED_SUM: Final = Text(
    "在 {room} 写入核对:{total} 是否等于 {words} 之和?",
    "Write into {room} whether {total} equals the sum of {words}?",
)
TOTAL_IS_ERROR: Final = Text(
    "{cell} 是错误值 {value},请先改正,再插入核对。",
    "{cell} is the error {value}; mend it first, then insert the check.",
)
TOTAL_IS_NO_NUMBER: Final = Text(
    "{cell} 里不是数字。请选中合计所在的单元格,再按“插入核对”。",
    "{cell} holds no figure. Select the cell that holds the total, then press Insert check.",
)
NO_PARTS: Final = Text(
    "{cell} 的上方和左边没有可以相加的数。请选中合计所在的单元格;组成数和合计要挨着,"
    "中间不空行、不空列。",
    "Above {cell} and left of it there are no figures to add up. Select the cell that holds the "
    "total; its parts have to stand next to it, without a blank row or column between.",
)
NO_ROOM: Final = Text(
    "{cell} 右边没有空的单元格可以写核对。请先在这一行的右边腾出一个空格。",
    "Right of {cell} no cell is free for the check. Clear one in this row first.",
)
COLUMN_OF: Final = Text("“{table}”表“{column}”列", "“{column}” of the table “{table}”")

# a blank workbook
NEW_BOOK: Final = Text(
    "新建一本《{title}》的填报工作簿?{notices}", "Make a blank workbook of “{title}”?{notices}"
)

# in WPS and on the desk
NOT_SAVED: Final = Text(
    "这本工作簿还没有存在这台电脑上(新建后没有存过盘,或只在云端),不知道文件该放在哪里。"
    "请把它另存到这台电脑的文件夹里,再点一次。",
    "This workbook is not saved on this computer yet, so that there is no folder for other files. "
    "Save it in a folder of this computer, then press again.",
)
THEN: Final = Text("改好后,下面的随之消失:", "These go with it once it is mended:")
POSSIBLY: Final = Text("可能:{cause}。", "Perhaps: {cause}.")
CANNOT_GO: Final = Text(
    "去不了 {place}:这张表可能隐藏着。", "{place} cannot be gone to; its sheet may be hidden."
)
SAVED_SINCE: Final = Text(
    "回答之前工作簿又存过盘,没有照旧的数去做。请再按一次按钮。",
    "The workbook was saved again before the answer, and nothing was done with the old figures. "
    "Press the button again.",
)
NOT_OPENED: Final = Text(
    "文件已经写好,但没有程序能打开它:{path}",
    "The file is written, but no program opens it: {path}",
)
