"""The sections of a report in the order that the clerk gave them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from tools.paper.documents import Piece, choice
from tools.paper.lines import BODY, FIRST, SECOND, THIRD, Line
from tools.paper.sections import Gap
from tools.paper.tables import NORMAL, Row, Table, each, row

_STYLES: Final = {"一级": FIRST, "二级": SECOND, "三级": THIRD}
_WIDTH_MM: Final = 156
_RUN_IN: Final = (  # two conditions, so that import can decide the inner one and leave the other
    "{% if loop.first %}"
    '{% if 节.级别 == "段首" %}{{ 节.编号 }}{{ 节.标题 }}。{% endif %}'
    "{% endif %}"
)


def outline(contents: Mapping[str, Iterable[Piece]]) -> Iterator[Piece]:
    """A loop over the sections: heading, paragraphs, the template's own content, a table.

    `contents` are by the section's key. The last paragraphs stay with what follows them: 署名 never
    stands alone on a page.
    """
    yield Line(BODY, "{%p for 节 in 各节 %}")
    yield from choice(
        (f'节.级别 == "{level}"', _heading(style)) for level, style in _STYLES.items()
    )
    yield Line(BODY, "{%p for 段 in 节.正文 %}")
    yield Line(BODY, "{%p if 节.是末节 %}")
    yield Line(BODY, "{{ 段 }}", heading=_RUN_IN, keep=True)
    yield Line(BODY, "{%p else %}")
    yield Line(BODY, "{{ 段 }}", heading=_RUN_IN)
    yield Line(BODY, "{%p endif %}")
    yield Line(BODY, "{%p endfor %}")
    yield from choice((f'节.内容 == "{key}"', content) for key, content in contents.items())
    yield from clerks_table("节")
    yield Line(BODY, "{%p endfor %}")


def clerks_table(section: str) -> Iterator[Piece]:
    """The range that the clerk wants printed in a section, the loop variable of that name."""
    yield Line(BODY, f"{{%p if {section}.表格 %}}")
    yield Table((_WIDTH_MM / 3,) * 3, tuple(_rows(section)), NORMAL)
    yield Gap()
    yield Line(BODY, "{%p endif %}")


def _heading(style: str) -> Iterator[Line]:
    yield Line(style, "{{ 节.编号 }}{{ 节.标题 }}")


def _rows(section: str) -> Iterator[Row]:
    cells = ("{{ 格 }}", "{%tc endfor %}")
    yield row(f"{{%tc for 格 in {section}.表格[0] %}}", *cells, head=True)
    yield from each(3, f"行 in {section}.表格[1:]", row("{%tc for 格 in 行 %}", *cells))
