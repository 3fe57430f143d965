"""Paragraphs of a template: headings, texts of the form, annex headings, 署名."""

from collections.abc import Iterator
from typing import NamedTuple

from docx.document import Document
from lxml.etree import _Element as Element

BODY, TITLE, FIRST, SECOND, THIRD = "Normal", "Title", "Heading 1", "Heading 2", "Heading 3"
ANNEX, ANNEX_TITLE, ANNEX_SUBTITLE, UNIT = "附件编号", "附件标题", "附件副题", "单位行"
NOTE = "表注"


class Line(NamedTuple):
    """A paragraph: its style, its text, heading words before it, kept on the next one's page.

    `new_page` puts it at the head of a page.
    """

    style: str
    text: str
    heading: str = ""
    keep: bool = False
    new_page: bool = False


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


def is_tag(paragraph: Element) -> bool:
    """Whether the paragraph is nothing but a tag, which leaves no trace in the report."""
    return "{%p" in "".join(map(str, paragraph.itertext()))


def text(value: str, keep: bool = False) -> Iterator[Line]:
    """Each line of `value` as a paragraph."""
    yield Line(BODY, f"{{%p for 段 in ({value})|paragraphs %}}")
    yield Line(BODY, "{{ 段 }}", keep=keep)
    yield Line(BODY, "{%p endfor %}")


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


def annex_number(number: str = "") -> Iterator[Line]:
    """`附件1` at the head of an annex, or `附件` where it is the only one.

    It stands at the head of a page because a `Section` comes before it.
    """
    yield Line(ANNEX, f"附件{number}")


def annex(number: str, title: str, unit: str = "") -> Iterator[Line]:
    """The head of an annex, `附件1` and its title, with `单位：万元` at the upper right."""
    yield from annex_number(number)
    yield Line(ANNEX_TITLE, title)
    if unit:
        yield Line(UNIT, f"单位：{unit}")
