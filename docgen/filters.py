"""What a template may do to a value when it prints it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from docgen.sourced import Prose


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


def long_date(day: date | str | None) -> str:
    """`2023年3月15日`: Arabic figures, no leading zero (GB/T 9704-2012)."""
    if not isinstance(day, date):
        return str(day or "")  # nothing, or the mark that it is still to be filled in
    return f"{day.year}年{day.month}月{day.day}日"


FILTERS: Mapping[str, Callable[..., Any]] = {"paragraphs": paragraphs, "long_date": long_date}
