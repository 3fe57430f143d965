"""What a report says of itself, whatever its template."""

from typing import Final

from workbook.catalogue.model import Text

ROUNDING_NOTE: Final = Text("尾差说明", "rounding_note")  # what a template calls the sentence
ROUNDED: Final = Text(
    "因四舍五入，部分数据合计数与分项之和存在尾差。",
    "Because of rounding, some totals differ slightly from the sum of their parts.",
)
TO_FILL: Final = Text("【待填】", "[to be filled]")
NOTHING_DRAWN: Final = Text("无。", "None.")  # in the place of a chart of nothing
AMOUNT: Final = Text("金额", "Amount")  # the figures of a chart without a title
DRAFT: Final = Text("草稿", "DRAFT")
FONT_OF_DRAFT: Final = Text("黑体", "Calibri")
DRAFT_FILE: Final = Text("(草稿)", " (draft)")
MISSING_FONTS: Final = Text(
    "这台电脑没有字体{names},PDF 里换成了别的字体。请装上字体,再导出一次。",
    "This computer lacks the fonts {names}, and the PDF has others in their place. Install them, "
    "then make the PDF again.",
)
STILL_TRACKED: Final = Text(
    "文档里还有修订,PDF 里也许照样印着。请在 Word 里接受或拒绝全部修订,再导出一次。",
    "The document has tracked changes, which the PDF may show. Accept or reject all of them in "
    "Word, then make the PDF again.",
)
LOOK: Final = Text("请注意:{warning}", "Please note: {warning}")
PRINTED: Final = Text("PDF({standard}):{path}", "PDF ({standard}): {path}")
NOT_PROVEN: Final = Text(
    "报告没有和自己核对。",
    "Whether the report contradicts itself was not checked: only reports in Chinese are read.",
)
REPORT_FILE: Final = Text("报告", "Report")
