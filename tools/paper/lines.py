"""Paragraphs of a template: headings, texts of the form, annex headings, 署名."""

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from lxml.etree import _Element as Element

BODY, TITLE, FIRST, SECOND, THIRD = "Normal", "Title", "Heading 1", "Heading 2", "Heading 3"
ANNEX, ANNEX_TITLE, ANNEX_SUBTITLE, UNIT = "附件编号", "附件标题", "附件副题", "单位行"
NOTE = "表注"


TITLE_WIDTH = 20  # letters of 2号 in the 156 mm of a line: GB/T 9704-2012, 5.2.1 and 7.3.1
_TAG = re.compile(r"\{\{(.*?)\}\}")


class Line(NamedTuple):
    """A paragraph: its style, its text, heading words before it, kept on the next one's page.

    `new_page` puts it at the head of a page; `mark` is a bookmark by which its page is found.
    """

    style: str
    text: str
    heading: str = ""
    keep: bool = False
    new_page: bool = False
    mark: str = ""


def write_line(document: Document, line: Line) -> None:
    """Add the paragraph of `line` to `document`."""
    paragraph = document.add_paragraph(style=line.style)
    if line.heading:
        paragraph.add_run(line.heading, style="Heading 3 Char")
    paragraph.add_run(line.text)
    if line.keep:
        paragraph.paragraph_format.keep_with_next = True
    if line.new_page:
        paragraph.paragraph_format.page_break_before = True
    if line.mark:
        _write_mark(paragraph._p, line.mark)


def _write_mark(paragraph: CT_P, name: str) -> None:
    """Put a bookmark around the paragraph's text; the template engine numbers it anew."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    number = str(zlib.crc32(name.encode()) % 2**31)  # a number of its own in the document
    start.set(qn("w:id"), number)
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), number)
    properties = paragraph.pPr
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(end)


def is_tag(paragraph: Element) -> bool:
    """Whether the paragraph is nothing but a tag, which leaves no trace in the report."""
    return "{%p" in "".join(map(str, paragraph.itertext()))


def text(value: str, keep: bool = False) -> Iterator[Line]:
    """Each line of `value` as a paragraph."""
    yield Line(BODY, f"{{%p for 段 in ({value})|paragraphs %}}")
    yield Line(BODY, "{{ 段 }}", keep=keep)
    yield Line(BODY, "{%p endfor %}")


def title(
    subject: str, matter: str, kind: str, style: str = TITLE, width: int = TITLE_WIDTH
) -> Iterator[Line]:
    """The title in a line, or in two that part where a word ends: the first as full as it may be.

    `title("{{ 年度 }}年度{{ 单位简称 }}", "整体支出", "绩效自评报告")` parts before the
    last of them, and before 整体支出 where the unit's name is long.
    """
    yield Line(BODY, f"{{%p if ({_joined(subject + matter + kind)})|width <= {width} %}}")
    yield Line(style, subject + matter + kind)
    yield Line(BODY, f"{{%p elif ({_joined(subject + matter)})|width <= {width} %}}")
    yield Line(style, subject + matter)
    yield Line(style, kind)
    yield Line(BODY, "{%p else %}")
    yield Line(style, subject)
    yield Line(style, matter + kind)
    yield Line(BODY, "{%p endif %}")


def _joined(text: str) -> str:
    """A text with tags as the expression that prints it."""
    parts = (
        part.strip() if number % 2 else f'"{part}"'
        for number, part in enumerate(_TAG.split(text))
        if part
    )
    return " ~ ".join(parts)


def run_in(heading: str, value: str) -> Iterator[Line]:
    """Each line of `value` as a paragraph, the first one opened by the heading's words.

    The words carry the heading's letters, not its paragraph style: that would put all 700
    characters of the paragraph into Word's navigation pane.
    """
    yield Line(BODY, f"{{%p for 段 in {value}|paragraphs %}}")
    yield Line(BODY, "{{ 段 }}", heading=f"{{% if loop.first %}}{heading}{{% endif %}}")
    yield Line(BODY, "{%p endfor %}")


def signature() -> Iterator[Line]:
    """署名 and 成文日期; a name too long to be centred over the date ends where the date ends."""
    yield Line(BODY, "{%p if 单位名称|length > 14 %}")
    yield Line("长署名", "{{ 单位名称 }}")
    yield Line(BODY, "{%p else %}")
    yield Line("署名", "{{ 单位名称 }}")
    yield Line(BODY, "{%p endif %}")
    yield Line("成文日期", "{{ 成文日期|long_date }}")


def annex_number(number: str = "", *, new_page: bool = False) -> Iterator[Line]:
    """`附件1` at the head of an annex, or `附件` where it is the only one.

    Without `new_page` it stands at the head of a page because a `Section` comes before it.
    """
    yield Line(ANNEX, f"附件{number}", new_page=new_page, mark=annex_mark(number))


def annex_mark(number: str) -> str:
    """The bookmark at the head of an annex."""
    return f"附件{number}"


def annex(number: str, title: str, unit: str = "") -> Iterator[Line]:
    """The head of an annex, `附件1` and its title, with `单位：万元` at the upper right."""
    yield from annex_number(number)
    yield Line(ANNEX_TITLE, title)
    if unit:
        yield Line(UNIT, f"单位：{unit}")
