"""A report cut into the sections of its template, by headings that are found whatever their number.

A heading is known by its words. Where they differ a little, the likeliest heading between its
neighbours is taken, which is told.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from docgen.importing.matching.align import Fit, Patterns
from docgen.importing.matching.model import Catch, Pattern
from docgen.importing.sections.headings import (
    add_alike,
    add_displaced,
    by_words,
    with_headings_apart,
)
from docgen.importing.template.pieces import TemplateLine
from docgen.stated.lists import following
from docgen.stated.outline import Line

MOST_TITLE: Final = 16  # letters of an item's heading
_ITEM: Final = re.compile(r"(\d{1,2})[.、]")


@dataclass(frozen=True, slots=True)
class Section:
    """Template lines and the report's lines that stand for them, and what the heading caught.

    `own_items` are lines among them under items that the clerk put there.

    Of 一、项目概况 in a report: it is `heading`, `lines` are those below it, and `patterns` are
    those of what the template has below its own 项目概况.
    """

    patterns: Patterns
    lines: Sequence[Line]
    heading: Line | None = None
    template: TemplateLine | None = None
    catches: Sequence[Catch] = ()
    own_items: Sequence[Line] = ()


@dataclass(slots=True)
class Cut:
    """A report cut up: its sections, lines under headings that the template lacks, and remarks.

    `alike` are headings that were taken for others: the report's words, and the template's.
    """

    sections: list[Section] = field(default_factory=list)
    strange: list[Line] = field(default_factory=list)
    alike: list[tuple[Line, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def cut(patterns: Patterns, lines: Sequence[Line]) -> Cut:
    """The sections of a report, the one before the first heading included."""
    places = [n for n, (line, _) in enumerate(patterns) if line.level is not None]
    headings = [patterns[n] for n in places]
    lines = list(with_headings_apart(headings, lines))
    made = Cut()
    fits = by_words(headings, lines)
    add_displaced(headings, lines, fits)
    made.alike = list(add_alike(headings, lines, fits))
    found = {fit.report: fit for fit in fits.values()}
    made.missing = [headings[n][0].words() for n in range(len(headings)) if n not in fits]
    first = min(found, default=len(lines))
    start = Section(_without_texts(patterns, -1, places, fits), lines[:first])
    made.sections.append(start)
    for report in sorted(found):
        fit = found[report]
        end = min((other for other in found if other > report), default=len(lines))
        own = _without_texts(patterns, fit.template, places, fits)
        behind = _until_sibling(lines[report], lines[report + 1 : end])
        inside, outside = _until_strange(headings[fit.template][0], own, behind)
        outside += lines[report + 1 + len(behind) : end]
        heading = headings[fit.template][0]
        inside, items = _without_own_items(own, inside)
        made.sections.append(Section(own, inside, lines[report], heading, fit.catches, items))
        made.strange += [*items, *outside]
    return made


def _without_texts(
    patterns: Patterns, heading: int, places: Sequence[int], fits: dict[int, Fit]
) -> Patterns:
    """The lines from a heading to the next one that was found.

    Under headings in between that were not found, no text can be told from another, and no row
    from a sentence: they go.
    """
    start = places[heading] + 1 if heading >= 0 else 0
    kept: list[tuple[TemplateLine, Sequence[Pattern]]] = []
    is_own = True
    opened = {line.group for line, _ in patterns if line.opens}
    # 绩效's titles are any words with a number, which stand under any heading.
    wordless = {
        line.group for line, found in patterns if line.opens and not any(p.letters for p in found)
    }
    for number, (line, found) in enumerate(patterns[start:], start):
        if number in places:
            if places.index(number) in fits:
                break
            is_own = False
        elif is_own or not (
            (line.takes_text and line.group not in opened)
            or (line.group is not None and line.group in wordless)
        ):
            sure = found if is_own else [one for one in found if not one.repeats]
            kept.append((line, sure))
    return kept


def _until_sibling(heading: Line, lines: Sequence[Line]) -> Sequence[Line]:
    """The lines up to the next item of a list of which a heading with its text is one.

    Behind （二）机构设置。… the paragraph （三）人员编制情况。… is another matter.
    """
    due = following(heading.number) if heading.title.endswith("。") else ""
    end = next((n for n, line in enumerate(lines) if due and line.number == due), len(lines))
    return lines[:end]


def _is_astray(line: Line, before: Sequence[Line]) -> bool:
    """Whether a heading is （三） of a list whose （二） does not stand under the same heading."""
    is_first = re.search(r"(?<!\d)1(?!\d)|一(?!是)", line.number) and "十" not in line.number
    return not (is_first or any(following(one.number) == line.number for one in before))


def _until_strange(
    heading: TemplateLine, patterns: Patterns, lines: Sequence[Line]
) -> tuple[list[Line], list[Line]]:
    """The lines of a section, and those from a heading on that the template does not have."""
    for number, line in enumerate(lines):
        level = line.heading_level
        if level is None or heading.level is None:
            continue
        if level > heading.level:
            if _is_astray(line, lines[:number]):
                return list(lines[:number]), list(lines[number:])
            continue
        if not any(p.letters and p.find(line) is not None for _, found in patterns for p in found):
            return list(lines[:number]), list(lines[number:])
    return list(lines), []


def _without_own_items(patterns: Patterns, lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of a section, and those under items that the clerk put among the template's.

    `5.党建情况。` behind the template's fourth item is one, a list that begins at 1 is text.
    """
    openers = [p for line, found in patterns if line.opens and not line.loops for p in found]
    kept: list[Line] = []
    own: list[Line] = []
    item = inner = 0  # the last number of an item, and of a list inside one
    is_own = False
    for line in lines:
        match = _ITEM.match(line.number)
        number = int(match[1]) if match else 0
        if any(p.find(line) is not None for p in openers):
            item, inner, is_own = number, 0, False
        elif number and item and _is_own_item(line, number == item + 1, number == inner + 1):
            item, inner, is_own = number, 0, True
        elif number:
            inner = number
        (own if is_own else kept).append(line)
    return kept, own


def _is_own_item(line: Line, is_next: bool, goes_on: bool) -> bool:
    """Whether a numbered line begins with a short heading and goes on with the items."""
    title = line.title.partition("。")[0]
    if not is_next or len(title) > MOST_TITLE or any(mark in title for mark in ",;、:"):
        return False
    return not goes_on or title.endswith(("情况", "概况"))
