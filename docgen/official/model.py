"""What deviates from the norm, and the words in which it is told."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from docgen.template.model.errors import Location

STANDARD: Final = "GB/T 9704-2012"


class Measure(NamedTuple):
    """What is measured, as a message calls it, and what to do where it deviates."""

    what: str
    todo: str


MEASURES: Final = {
    "paper": Measure("纸张", "请在“布局 › 纸张大小”里选 A4"),
    "margin": Measure("页边距", "请在“布局 › 页边距 › 自定义页边距”里改"),
    "line-pitch": Measure("行距", "请选中这一段,在“段落 › 行距”里改成固定值"),
    "indent": Measure("首行缩进", "请在“段落 › 特殊格式”里选首行缩进 2 字符"),
    "title-place": Measure("标题位置", "请把标题设为居中"),
    "font": Measure("字体", "请选中这些字,改“中文字体”"),
    "size": Measure("字号", "请选中这些字,改字号"),
    "color": Measure("文字颜色", "请选中这些字,把颜色改成自动或黑色"),
    "heading-form": Measure("序数写法", "请改序数和它后面的标点"),
    "heading-number": Measure("序数", "请按顺序重新编号"),
    "heading-level": Measure("层次", "请按“一、”“（一）”“1.”“（1）”的次序用序数"),
    "page-number": Measure("页码", "请双击页脚,插入页码"),
    "page-number-dash": Measure("页码两边的一字线", "请在页码两边各放一条一字线"),
    "page-number-font": Measure("页码字体", "请选中页码,改字体"),
    "page-number-size": Measure("页码字号", "请选中页码,改字号"),
    "page-number-side": Measure(
        "页码位置", "请在页眉页脚里勾选“奇偶页不同”,奇数页居右、偶数页居左"
    ),
    "date": Measure("日期", "请改写日期"),
    "document-number": Measure("发文字号", "请改写发文字号"),
    "annex-mark": Measure("附件标注", "请改“附件”一行"),
    "annex-page": Measure("附件的起始", "请在“附件”前插入分页符"),
    "annex-order": Measure("附件顺序号", "请按顺序给附件编号"),
    "annex-note": Measure("附件说明", "请改“附件”后面的标点"),
    "punctuation": Measure("标点", "请把半角标点改成全角"),
}


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing that is not as the norm has it.

    `Deviation("font", where, "第 12 段“二、…”", "宋体", "黑体", "GB/T 9704-2012 7.3.3")`: a comment
    is put at the paragraph `where`.
    """

    code: str
    where: Location
    place: str
    found: str
    required: str
    clause: str

    @property
    def text(self) -> str:
        """The whole message on one line: where, what, which clause, what to do."""
        measure = MEASURES[self.code]
        return (
            f"{self.place}:{measure.what}不合。现在{self.found},应为{self.required}({self.clause})。"
            f"{measure.todo}。"
        )
