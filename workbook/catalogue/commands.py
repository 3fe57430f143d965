"""What a command says of a workbook or of what it made of one."""

from typing import Final

from workbook.catalogue.model import Text

COPY: Final = Text("批注副本:{path}", "Copy with notes: {path}")
REPORT: Final = Text("报告:{path}", "Report: {path}")
WORKBOOK: Final = Text("工作簿:{path}", "Workbook: {path}")
KEPT: Final = Text("原有的一份留作:{path}", "The one that was there is kept as: {path}")
TEMPLATE_FAULTS: Final = Text("{file}:发现 {count} 处错误。", "{file}: {count} faults.")
NO_TEMPLATE_FAULTS: Final = Text("{file}:没有错误。", "{file}: no faults.")
NO_REPORT: Final = Text(
    "报告没有生成:请先改正上面的错误,或加 --draft 生成草稿。",
    "No report was made: mend the errors above first, or make a draft with --draft.",
)
NOT_QUOTED: Final = Text(
    "文字里没有可以改成引用的数。", "Quotes are put into texts of forms in Chinese only."
)
