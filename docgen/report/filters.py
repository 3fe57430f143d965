"""What a template may do to a value when it prints it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from typing import Any, Final

from docgen.charts.charts import Chart
from docgen.report import english_phrases, phrases
from docgen.report.drawing import bar_chart, column_chart, pie_chart
from docgen.report.groups import groups
from docgen.template.model.sourced import Prose, formatted
from workbook.catalogue.model import Language
from workbook.catalogue.reports import AMOUNT, NOTHING_DRAWN
from workbook.figures.widths import is_wide


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
    return sum(1 if is_wide(letter) else 0.5 for letter in str(text))


def _keeping(form: Callable[..., Any]) -> Callable[..., Any]:
    """A format of one figure or date whose text keeps the cell, and the value that it prints."""

    @wraps(form)
    def kept(value: Any, *given: Any, **named: Any) -> Any:
        return formatted(form(value, *given, **named), value)

    return kept


Filters = Mapping[str, Callable[..., Any]]
FILTERS: Filters = {
    "paragraphs": paragraphs,
    "width": width,
    "change": phrases.change,
    "completion": phrases.completion,
    "share": phrases.share,
    "upper_amount": _keeping(phrases.upper_amount),
    "count_items": phrases.count_items,
    "figure": phrases.figure,
    "chinese": _keeping(phrases.chinese),
    "year": phrases.year,
    "month": phrases.month,
    "quarter": phrases.quarter,
    "long_date": _keeping(phrases.long_date),
    "chinese_date": _keeping(phrases.chinese_date),
    "groups": groups,
    "pie_chart": pie_chart,
    "bar_chart": bar_chart,
    "column_chart": column_chart,
}


def _in_english(draw: Callable[..., Any]) -> Callable[..., Any]:
    """A chart whose own words are English: where there is nothing to draw, and of figures alone."""

    @wraps(draw)
    def drawn(*given: Any, **named: Any) -> Any:
        made = draw(*given, **{"empty": NOTHING_DRAWN.en, **named})
        if not isinstance(made, Chart):
            return made
        series = {AMOUNT.en if key == AMOUNT.zh else key: s for key, s in made.series.items()}
        return replace(made, series=series, language="en")

    return drawn


_ONLY_CHINESE: Final = ("upper_amount", "chinese", "chinese_date")
_ENGLISH: Final[Filters] = {
    **{name: one for name, one in FILTERS.items() if name not in _ONLY_CHINESE},
    "amount": _keeping(english_phrases.amount),
    "change": english_phrases.change,
    "completion": english_phrases.completion,
    "share": english_phrases.share,
    "count_items": english_phrases.count_items,
    "long_date": _keeping(english_phrases.long_date),
    "iso_date": _keeping(english_phrases.iso_date),
    "ordinal": _keeping(english_phrases.ordinal),
    "pie_chart": _in_english(pie_chart),
    "bar_chart": _in_english(bar_chart),
    "column_chart": _in_english(column_chart),
}


def filters_of(language: Language) -> Filters:
    """What a template of a kind in that language may do to a value."""
    return _ENGLISH if language == "en" else FILTERS
