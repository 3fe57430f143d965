"""The sheet 提纲, on which the clerk changes a report's outline, made from the form's sections."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import count, pairwise
from typing import Final

from msgspec.structs import replace

from workbook.form.field import Field
from workbook.form.model import Form, Sheet
from workbook.form.sections import HEADINGS, LEVELS, PAGE, Section
from workbook.form.table import GivenRow, Table

OUTLINE, ADDED = "提纲", "自加节"
SECTIONS = "各节"  # what a template calls those that are printed, in their order
PAGES = "整页"  # and what it calls those that are whole pages before the title
STEP: Final = 10  # between the places of two sections, so that others go in between
IN, OUT, UNTITLED, OWN = "列入", "不列入", "不印标题", "自己写"
TITLE, LEVEL, ORDER, CHOICE = "标题", "级别", "次序", "处理"
TEXT, RANGE = "正文", "表格"
OWN_ORDER, OWN_TITLE = "改次序", "改标题"
_SPARE: Final = (
    "（备选）"  # behind the level of a section that is left out unless the clerk wants it
)
_READY_ROWS: Final = 12

# Both tables have the same columns at their left, so that each is as wide as it needs to be.
_GIVEN: Final = (
    Field(key=TITLE, type="text", width=36),
    Field(key=LEVEL, type="text", width=13),
    Field(key=ORDER, type="integer", width=8),
)
_OWN: Final = (
    Field(key=TITLE, type="text", required=False, width=36, help="级别是“段落”的不写"),
    Field(key=LEVEL, type="choice", choices=LEVELS, width=13),
    Field(key=ORDER, type="number", min=Decimal(0), carry=True, width=8, help="排在哪里"),
)
_WRITTEN: Final = (
    Field(key=TEXT, type="paragraphs", required=False, width=50, help="可以引用 {{ 名称 }}"),
    Field(key=RANGE, type="text", required=False, width=18, help="区域，如 附表!A1:D6"),
)
_CHANGED: Final = (
    Field(key=OWN_ORDER, type="number", required=False, min=Decimal(0), carry=True, width=9),
    Field(key=OWN_TITLE, type="text", required=False, width=36),
)


def _choice(*choices: str) -> Field:
    return Field(key=CHOICE, type="choice", choices=choices, required=False, width=11)


def with_outline(form: Form) -> Form:
    """The form with the sheet 提纲 behind its own, where it lists sections.

    The sheet has a row for each section, in which the clerk says what is to be otherwise, and a
    table of sections that the clerk adds.
    """
    if not form.section:
        return form
    official = Table(
        key=OUTLINE,
        title="报告的提纲",
        help=(
            "照官方提纲写的，这张表不用填。处理选“不列入”就没有这一节，选“自己写”就只印标题和这里的正文、表格；"
            "备选的各节选“列入”或“自己写”才有。次序从小到大排，二级标题跟着前面的一级标题。"
        ),
        column=(*_GIVEN, _choice(IN, OUT, UNTITLED, OWN), *_WRITTEN, *_CHANGED),
        row_name=TITLE,
        row=tuple(_rows(form.section)),
    )
    own = Table(
        key=ADDED,
        title="自己加的节、段落和表格",
        help="一行一处；次序写在两节之间，如 25 排在 20 和 30 之间。级别选“段落”的没有标题。",
        column=(*_OWN, _choice(IN, OUT), *_WRITTEN),
        row_name=TITLE,
        rows=_READY_ROWS,
    )
    sheet = Sheet(name=OUTLINE, block=(official, own), landscape=True)
    return replace(form, sheet=(*form.sheet, sheet))


def _rows(sections: Sequence[Section]) -> Iterator[GivenRow]:
    """A row for each section; whole pages have places before all others, 1, 2, 3."""
    pages, others = count(1), count(STEP, STEP)
    for section in sections:
        level = section.level if section.on else f"{section.level}{_SPARE}"
        order = next(pages if section.level == PAGE else others)
        yield GivenRow(given={TITLE: section.name, LEVEL: level, ORDER: order})


def outline_faults(form: Form) -> Iterator[str]:
    """What is wrong with a form's sections, in words for its author."""
    for what, names in (
        ("key", [section.key for section in form.section]),
        ("标题", [section.name for section in form.section]),
    ):
        for name in dict.fromkeys(name for name in names if names.count(name) > 1):
            yield f"[[section]] 的{what}「{name}」重复:各节要分得开"
    for section in form.section:
        yield from (f"[[section]]「{section.key}」:{one}" for one in _faults(section, form))
    yield from _orphans(form.section)
    levels = [HEADINGS.index(one.level) for one in form.section if one.level in HEADINGS]
    if any(after > before + 1 for before, after in pairwise([-1, *levels])):
        yield "[[section]]:二级标题前面要有一级标题,三级标题前面要有二级标题"


def _orphans(sections: Sequence[Section]) -> Iterator[str]:
    """Sections that are in the report under a heading that is not."""
    out: int | None = None
    for section in sections:
        depth = HEADINGS.index(section.level) if section.level in HEADINGS else len(HEADINGS)
        out = None if out is not None and depth <= out else out
        if section.on and out is not None:
            yield f"[[section]]「{section.key}」:上一级标题默认不列入,它也要写 on = false"
        elif not section.on and out is None and depth < len(HEADINGS):
            out = depth


_QUOTE: Final = re.compile(r"\{\{\s*(.*?)\s*\}\}")


def _faults(section: Section, form: Form) -> Iterator[str]:
    for name in _QUOTE.findall(section.heading):
        if name not in form.fields:
            yield f"heading 里引用的「{name}」不是表单里的字段"
    if re.search(r"[{}]", _QUOTE.sub("", section.heading) + section.empty):
        yield "heading 里的引用要写成 {{ 名称 }},empty 里不能引用"
    for name in section.asked:
        if name not in form.fields and name not in form.tables:
            yield f"表单里没有「{name}」这个字段或表"
    text = form.fields.get(section.text)
    if text is not None and text.type not in ("text", "paragraphs"):
        yield f"text 要写一个文字字段,「{section.text}」不是"
    if isinstance(section.numbered, str) and section.numbered not in form.tables:
        yield f"numbered 要写个数,或一张表的 key,「{section.numbered}」不是"
    if section.level == PAGE and section.text:
        yield "级别是“整页”的内容写在模板里,不写 text"
    if section.level == "段落" and section.heading:
        yield "级别是“段落”的不印标题,不写 heading"
    if section.required and not section.on:
        yield "required 的要默认列入,不写 on = false"
    if section.written and (section.text or section.asks):
        yield "written 的由填报人在提纲里写,不写 text、asks"
    if not section.on:
        asked = (form.fields.get(name) for name in section.asked)
        yield from (
            f"默认不列入,「{field.key}」就不能必填" for field in asked if field and field.is_due
        )
