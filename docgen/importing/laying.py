"""The lines of a section laid along those of its template, and what they then state."""

from collections.abc import Sequence
from dataclasses import replace

from docgen.importing.matching.align import TEXT_WEIGHT, Fit, Patterns, align
from docgen.importing.matching.found import Found, collect
from docgen.importing.matching.model import BODY, UNITS, Catch, Pattern
from docgen.importing.matching.own_names import OwnNames
from docgen.importing.sections.cut import Section
from docgen.importing.template.pieces import TemplateLine
from docgen.importing.topics import MOST_LETTERS
from docgen.stated.outline import Line
from workbook.stated.folded import CELL, PUNCTUATION

STRAY_LETTERS = 4  # by which a template's line is known under another heading


def with_title(section: Section, named: Patterns, *, has_headings: bool) -> Section:
    """The part before the first heading, which may hold the report's name in one line.

    Where headings follow it takes no text of any words: there stand title, number and addressee,
    whatever their wording.
    """
    titles = [(replace(line, level=None), found) for line, found in named]
    own = [one for one in section.patterns if not (has_headings and one[0].takes_text)]
    return replace(section, patterns=[*titles, *own])


def read_section(found: Found, section: Section, own: OwnNames) -> None:
    """Add what the lines of a section state that fit on lines of its template."""
    if section.heading is not None and section.template is not None:
        found.used.add(section.heading)
        heading = [(section.template, ())]
        collect(found, heading, [section.heading], [Fit(0, 0, section.catches, 0)])
    patterns, lines = section.patterns, section.lines

    is_row = [template.table is not None for template, _ in patterns]
    in_table = [line.table is not None for line in lines]

    def find(template: int, report: int) -> Fit | None:
        if is_row[template] is not in_table[report]:  # asked for each pair of lines
            return None
        fit = _fit(found, patterns, lines, template, report)
        is_head = fit is not None and any(
            catch.line.table is not None and own.is_head(catch.hole.targets[0], catch.text)
            for catch in fit.catches
        )
        return None if is_head else fit

    collect(found, patterns, lines, align(patterns, lines, find))


def _fit(
    found: Found, patterns: Patterns, lines: Sequence[Line], template: int, report: int
) -> Fit | None:
    """How a template's line fits on a report's line, None where it does not."""
    own, candidates = patterns[template]
    line = lines[report]
    if own.takes_text and own.table is None and line.table is None:
        words = Catch(own.pieces[0], line.text, line, 0, len(line.text))  # type: ignore[arg-type]
        return Fit(template, report, [words], TEXT_WEIGHT)
    for pattern in candidates:
        catches = pattern.find(line)
        if catches is None:
            continue
        if not pattern.is_bare:
            return Fit(template, report, catches, pattern.weight)
        known = catches and found.knows(catches[0].hole.targets, catches[0].text)
        is_unit = not catches or catches[0].hole.targets[0].key not in UNITS or _is_body(line)
        if known or (known is None and is_unit and _signs(patterns, lines, template, report)):
            return Fit(template, report, catches, TEXT_WEIGHT + 1)
    return None


def _is_body(line: Line) -> bool:
    """Whether a line alone is called like a body; 附件 is not."""
    return BODY.search(line.folded.text) is not None


def _signs(patterns: Patterns, lines: Sequence[Line], template: int, report: int) -> bool:
    """Whether a short text stands alone right above a figure or a date that is the template's."""
    text = lines[report].folded.text
    if len(text) > MOST_LETTERS or any(mark in text for mark in PUNCTUATION + CELL):
        return False
    below = lines[report + 1] if report + 1 < len(lines) else None
    return below is not None and any(
        pattern.figures and not pattern.repeats and pattern.find(below) is not None
        for _, candidates in patterns[template + 1 : template + 4]
        for pattern in candidates
    )


def add_strays(found: Found, patterns: Patterns, rest: Sequence[Line]) -> None:
    """Add the template's lines that stand under another heading than the template has them."""
    known = [(line, p) for line, ps in patterns for p in ps if _is_telling(line, p)]
    for line in rest:
        for template, pattern in known:
            catches = pattern.find(line)
            if catches:
                collect(found, [(template, ())], [line], [Fit(0, 0, catches, 0)])
                break


def _is_telling(line: TemplateLine, pattern: Pattern) -> bool:
    return (
        pattern.letters >= STRAY_LETTERS
        and pattern.figures > 0
        and not line.loops
        and line.table is None
        and line.level is None
    )
