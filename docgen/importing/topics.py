"""What a line of a report is about: the heading above it or its own, the title of its table."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from docgen.importing.said.items import ABOUT_ITEMS
from docgen.stated.outline import Line
from docgen.template.model.errors import Location
from workbook.form.sections import HEADINGS
from workbook.form.sections import Section as FormSection
from workbook.stated.folded import PUNCTUATION, fold

MOST_LETTERS: Final = 40  # of a short text that stands alone in its paragraph
# The same in the middle of a paragraph.
_INNER_LIST = re.compile(
    r"(?:[。;,]|\)|^)(?P<list>项目支出[\d,.]+[万亿]?元,(?:其中|主要|包括|分别)[^。;]*[。;]?)"
)
_ANNEX = re.compile(r"附[件表][\d一二三四五六七八九十]*[:.、]?(?:$|(?=[^\d,。;]))|[^,。;:]*自评表$")
# 项目支出9万元:… and 项目支出主要包括以下几项:… are lists of projects of their own.
_OWN_LIST = re.compile(
    r"项目支出(?:中[,:]|[\d,.]+[万亿]?元[:,]|[^\d。;:]{0,14}(?:包括|用于|有|为|如下)[^\d。;:]{0,8}:)"
)


def topics_of(lines: Sequence[Line]) -> dict[Location, str]:
    """The heading that stands above each line, the short line above it for want of one nearer."""
    topics: dict[Location, str] = {}
    topic = ""
    for line in lines:
        topics.setdefault(line.where, _run_in(line) or topic)
        is_short = bool(line.number) and len(line.title) <= MOST_LETTERS // 2
        is_topic = is_short and not any(mark in line.title for mark in PUNCTUATION)
        is_annex = len(line.title) <= MOST_LETTERS and _ANNEX.match(line.title) is not None
        is_topic |= is_annex or line.heading_level is not None
        topic = line.title if is_topic else topic
    return topics


def by_topic(lines: Sequence[Line], topics: Mapping[Location, str]) -> dict[str, Sequence[Line]]:
    """The paragraphs below each heading, without the heading itself.

    One that begins `2.项目支出9万元：` is below that heading of its own; `1.防汛项目。` below a
    heading of items is one of them.
    """
    made: dict[str, list[Line]] = {}
    above = ""
    for line in lines:
        above = line.title if line.heading_level is not None else above
        if line.table is None and line.heading_level is None:
            own = _OWN_LIST.match(line.title)
            topic = f"{own[0]}{line.where.within()}" if own else topics.get(line.where, "")
            topic = above if topic == _run_in(line) and ABOUT_ITEMS.search(above) else topic
            made.setdefault(topic, []).append(line)
            for inner in _INNER_LIST.finditer(line.folded.text) if not own else ():
                part = Line(line.folded.original(*inner.span("list")), line.where)
                made[f"{part.text}{line.where.within()}"] = [part]
    return dict(made)


def titles_of(lines: Sequence[Line], topics: Mapping[Location, str]) -> dict[int, str]:
    """The heading and the paragraph above each table, by its number."""
    titles: dict[int, str] = {}
    above = ""
    for line in lines:
        if line.table is None:
            above = line.title
        else:
            titles.setdefault(line.table, topics.get(line.where, "") + above)
    return titles


def _run_in(line: Line) -> str:
    """The heading that a numbered paragraph begins with, `三公经费` of `(四)三公经费。全年…`."""
    title, stop, rest = line.title.partition("。")
    is_title = bool(line.number and stop and rest) and len(title) <= MOST_LETTERS // 2
    return title if is_title and not any(mark in title for mark in PUNCTUATION) else ""


def in_order_of(lines: Sequence[Line], official: Sequence[FormSection]) -> tuple[FormSection, ...]:
    """The official sections as the report has their highest headings, which a clerk may move.

    One whose heading the report has not, or more than once, stays behind the one before it.
    """
    titles = [line.title if line.heading_level is not None else "" for line in lines]
    keyed: list[tuple[int, FormSection]] = []
    place = -1
    for section in official:
        title = fold(section.heading).text
        if section.level == HEADINGS[0] and titles.count(title) == 1:
            place = titles.index(title)
        keyed.append((place, section))
    return tuple(section for _, section in sorted(keyed, key=lambda one: one[0]))
