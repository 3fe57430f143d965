"""What a template may do to a value when it prints it."""

from collections.abc import Callable, Mapping
from typing import Any
from unicodedata import east_asian_width

from docgen.report import phrases
from docgen.report.drawing import bar_chart, column_chart, pie_chart
from docgen.report.groups import groups
from docgen.template.model.sourced import Prose


def paragraphs(text: str | None) -> list[str]:
    """The lines of a text that say something, each to be a paragraph; figures keep their cells."""
    prose = text if isinstance(text, Prose) else Prose(text or "")
    made: list[str] = []
    end = 0
    for line in prose.splitlines(keepends=True):
        start, end = end, end + len(line)
        if words := line.strip():
            start += line.index(words)
            made.append(prose.part(start, start + len(words)))
    return made


def width(text: object) -> float:
    """How wide a text is in letters of its own height; a Latin letter or a figure is half a one."""
    return sum(1 if east_asian_width(letter) in "WFA" else 0.5 for letter in str(text))


FILTERS: Mapping[str, Callable[..., Any]] = {
    "paragraphs": paragraphs,
    "width": width,
    "change": phrases.change,
    "completion": phrases.completion,
    "share": phrases.share,
    "upper_amount": phrases.upper_amount,
    "count_items": phrases.count_items,
    "chinese": phrases.chinese,
    "year": phrases.year,
    "month": phrases.month,
    "quarter": phrases.quarter,
    "long_date": phrases.long_date,
    "chinese_date": phrases.chinese_date,
    "groups": groups,
    "pie_chart": pie_chart,
    "bar_chart": bar_chart,
    "column_chart": column_chart,
}
