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
REPORT_FILE: Final = Text("报告", "Report")
