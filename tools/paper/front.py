"""Whole pages before a report's title: 封面, 目录 and whatever else its outline lists as 整页."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from tools.paper.documents import Piece, choice
from tools.paper.lines import BODY, Line
from tools.paper.outline import clerks_table
from tools.paper.sections import PageEnd

COVER: Final = ("封面标题", 17)  # its style, and how many letters of 一号 the 156 mm of a line hold


def front_pages(contents: Mapping[str, Iterable[Piece]]) -> Iterator[Piece]:
    """A loop over the pages: heading, the template's own content, the clerk's own.

    `contents` are by the section's key.
    """
    yield Line(BODY, "{%p for 页 in 整页 %}")
    yield Line(BODY, "{%p if 页.级别 %}")
    yield Line("整页标题", "{{ 页.标题 }}")
    yield Line(BODY, "")
    yield Line(BODY, "{%p endif %}")
    yield from choice((f'页.内容 == "{key}"', content) for key, content in contents.items())
    yield Line(BODY, "{%p for 段 in 页.正文 %}")
    yield Line(BODY, "{{ 段 }}")
    yield Line(BODY, "{%p endfor %}")
    yield from clerks_table("页")
    yield PageEnd()
    yield Line(BODY, "{%p endfor %}")


def cover(title: Iterable[Line], facts: Iterable[tuple[str, str]]) -> Iterator[Line]:
    """The report's title in 一号, what is filled of the `facts`, the unit and the date."""
    yield from _blank(5)
    yield from title
    yield from _blank(3)
    for label, value in facts:
        yield Line(BODY, f"{{%p if {value} %}}")
        yield Line("封面信息行", f"{label}：{{{{ {value} }}}}")
        yield Line(BODY, "{%p else %}")
        yield Line("封面信息行", "")
        yield Line(BODY, "{%p endif %}")
    yield from _blank(4)
    yield Line("封面落款", "{{ 单位名称 }}")
    yield Line("封面落款", "{{ 成文日期|long_date }}")


def _blank(lines: int) -> Iterator[Line]:
    """Empty lines, for a page with nothing above whose space before would count."""
    for _ in range(lines):
        yield Line("封面信息行", "")
