"""The headings of a template among the lines of a report: by their words, elsewhere, or nearly."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from docgen.importing.matching.align import Fit, Patterns, align
from docgen.stated.outline import Line
from workbook.stated.folded import letters

ALIKE: Final = 0.68  # of the letters of two headings, twice the shared ones over all
# Words by which headings differ that share all others: 部门整体支出绩效情况 and 部门整体支出情况.
_TELLING: Final = ("绩效", "专项", "政府性基金", "国有资本", "社会保险", "基本支出", "项目支出")
_ENDS_HEADING: Final = ":。"


def with_headings_apart(headings: Patterns, lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, those of a heading with its text in one paragraph parted in two."""
    for line in lines:
        end = _run_in(headings, line)
        if end:
            yield Line(line.text[: line.folded.origin[end]], line.where, line.level)
            yield line.after(end)
        else:
            yield line


def _run_in(headings: Patterns, line: Line) -> int:
    """Where the heading at the start of a numbered paragraph ends, 0 where there is none."""
    text = line.folded.text
    if not line.number or any(p.find(line) is not None for _, found in headings for p in found):
        return 0
    for pattern in (p for _, found in headings for p in found):
        if not pattern.may_fit(text):
            continue
        match = pattern.regex.match(text, len(line.number))
        if match is None or match.end() >= len(text):
            continue
        if match[0][-1:] in _ENDS_HEADING:
            return match.end()
        if text[match.end()] in _ENDS_HEADING and match.end() + 1 < len(text):
            return match.end() + 1
    return 0


def by_words(headings: Patterns, lines: Sequence[Line]) -> dict[int, Fit]:
    """The fits of headings by their words, in order; a table of contents loses to the text."""
    known = [
        [next((c for p in found if (c := p.find(line)) is not None), None) for _, found in headings]
        for line in lines
    ]
    is_heading = [any(catches is not None for catches in row) for row in known]

    def find(template: int, report: int) -> Fit | None:
        catches = known[report][template]
        if catches is None:
            return None
        has_text = report + 1 < len(lines) and not is_heading[report + 1]
        weight = 2 * headings[template][1][0].weight + has_text
        return Fit(template, report, catches, weight)

    return {fit.template: fit for fit in align(headings, lines, find)}


def add_displaced(headings: Patterns, lines: Sequence[Line], fits: dict[int, Fit]) -> None:
    """Add headings that stand elsewhere than the template has them."""
    taken = {fit.report for fit in fits.values()}
    for number, (_, found) in enumerate(headings):
        if number in fits or found[0].letters < 4:
            continue
        places = [
            (report, catches)
            for report, line in enumerate(lines)
            if report not in taken and (catches := found[0].find(line)) is not None
        ]
        if len(places) == 1:
            fits[number] = Fit(number, places[0][0], places[0][1], 0)
            taken.add(places[0][0])


def add_alike(
    headings: Patterns, lines: Sequence[Line], fits: dict[int, Fit]
) -> Iterator[tuple[Line, str]]:
    """Add headings whose words differ a little, each between its neighbours.

    What comes back is the report's words and the template's.
    """
    taken = {fit.report for fit in fits.values()}
    for number, (line, _) in enumerate(headings):
        if number in fits:
            continue
        first = max((fits[n].report for n in fits if n < number), default=-1)
        last = min((fits[n].report for n in fits if n > number), default=len(lines))
        words = letters(line.words())
        near = [
            (_likeness(words, lines[report]), -report)
            for report in range(first + 1, last)
            if report not in taken and _looks_like_heading(lines[report])
        ]
        likeness, place = max(near, default=(0.0, 0))
        if likeness >= ALIKE:
            fits[number] = Fit(number, -place, (), 0)
            taken.add(-place)
            yield lines[-place], line.words()


def _likeness(words: str, line: Line) -> float:
    """How like the letters of a heading are; one that lacks what tells it from others is not."""
    title = letters(line.title)
    if any((word in words) is not (word in title) for word in _TELLING):
        return 0.0
    return SequenceMatcher(None, words, title, autojunk=False).ratio()


def _looks_like_heading(line: Line) -> bool:
    if line.heading_level is not None:
        return True
    title = line.title
    return line.table is None and bool(line.number) and len(title) < 40 and "。" not in title[:-1]
