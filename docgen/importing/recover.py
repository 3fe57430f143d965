"""A report's values found through its kind's template, and what was not understood."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from msgspec.structs import replace as replaced

from docgen.importing.cards import retract
from docgen.importing.funds import add_cards
from docgen.importing.labels import (
    add_labelled,
    add_signed,
    add_unit_alone,
    add_unit_of_title,
)
from docgen.importing.matching.align import TEXT_WEIGHT, Fit, Patterns, align
from docgen.importing.matching.found import Found, collect, resolve_either
from docgen.importing.matching.own_names import OwnNames, own_names
from docgen.importing.matching.patterns import BODY, UNITS, Catch, Pattern, compiled
from docgen.importing.offices import add_offices
from docgen.importing.phrases import MOST_TITLE_LINES, add_phrases, add_year, bodies_of
from docgen.importing.rows import ABOUT_ITEMS, add_items, add_listed, add_numbered, retract_gaps
from docgen.importing.sayings import add_title, kind_names, sayings, with_headings
from docgen.importing.sections import Cut, Section, cut
from docgen.importing.spoken import add_spoken
from docgen.importing.tables import add_tables
from docgen.importing.template.inverse import template_lines
from docgen.importing.template.pieces import TemplateLine
from docgen.importing.titled import add_titled
from docgen.stated.guessed import with_guessed_units
from docgen.stated.outline import Line, read_lines
from docgen.template.model.errors import Location
from workbook.catalogue import imports as told
from workbook.catalogue.model import Language, listed
from workbook.checking.kinds import Kind
from workbook.files.cache import keep, key_of, recall
from workbook.form.model import Form
from workbook.form.sections import HEADINGS
from workbook.form.sections import Section as FormSection
from workbook.stated.clauses import sentences
from workbook.stated.folded import CELL, PUNCTUATION, fold
from workbook.stated.units import MONEY, declared_units, is_contradicted

# The same in the middle of a paragraph.
_INNER_LIST = re.compile(
    r"(?:[。;,]|\)|^)(?P<list>项目支出[\d,.]+[万亿]?元,(?:其中|主要|包括|分别)[^。;]*[。;]?)"
)
MOST_LETTERS = 40  # of a short text that stands alone in its paragraph
_ANNEX = re.compile(r"附[件表][\d一二三四五六七八九十]*[:.、]?(?=[^\d,。;])")
# 项目支出9万元:… and 项目支出主要包括以下几项:… are lists of projects of their own.
_OWN_LIST = re.compile(
    r"项目支出(?:中[,:]|[\d,.]+[万亿]?元[:,]|[^\d。;:]{0,14}(?:包括|用于|有|为|如下)[^\d。;:]{0,8}:)"
)
STRAY_LETTERS = 4  # by which a template's line is known under another heading


@dataclass(frozen=True, slots=True)
class Leftover:
    """A part of the report that no cell holds, with the reason where there is one to tell."""

    line: Line
    why: str = ""


@dataclass(slots=True)
class Recovered:
    """What was found, and all that was not understood."""

    found: Found
    leftovers: list[Leftover] = field(default_factory=list)
    headings: int = 0
    missing: list[str] = field(default_factory=list)


def recover(path: Path, kind: Kind) -> Recovered:
    """What the report at `path` states of `kind`'s form; raises `TemplateError`."""
    lines = with_guessed_units(read_lines(path))
    moved = replaced(kind.form, section=_in_order_of(lines, kind.form.section))
    patterns = with_headings(compiled(_lines_of(kind, moved), kind.form), kind)
    named = kind_names(kind)
    sections = cut(patterns, lines)
    has_headings = any(line.level is not None for line, _ in patterns)
    sections.sections[0] = _named(sections.sections[0], named, has_headings=has_headings)
    found = Found()
    own = own_names(kind.form)
    for section in sections.sections:
        _read(found, section, own)
    add_title(found, named, sections.sections[0].lines)
    resolve_either(found)
    add_year(found, kind.form, [line for line in lines if not line.is_long])
    whole = [line for s in sections.sections for line in s.lines] + sections.strange
    retract(found, kind.form, whole, own)
    for section in sections.sections:
        retract_gaps(found, section, own)
    rest = _rest(sections, found)
    _add_strays(found, patterns, rest)
    add_cards(found, kind.form, rest)
    topics = _topics(lines)
    add_tables(found, kind.form, rest, _titles(lines, topics))
    add_spoken(found, kind.form, whole, own)
    add_numbered(found, patterns, rest)
    for section in sections.sections:
        add_items(found, kind.form, section, own)
    add_listed(found, kind.form, own, _by_topic(lines, topics))
    add_unit_of_title(found, kind.form, lines[:MOST_TITLE_LINES])
    add_labelled(found, kind.form, [line for line in whole if line not in found.used], own)
    add_signed(found, patterns, lines)
    add_unit_alone(found, kind.form, lines[:MOST_TITLE_LINES])
    add_phrases(found, kind, whole, topics)
    add_offices(found, kind.form, sayings(kind).offices, lines, bodies_of(found, kind.form))
    add_titled(found, kind, lines)
    _list_partly_read(found)
    order = {line.where: number for number, line in enumerate(lines)}
    return _recovered(sections, found, order, kind.form.language)


def _lines_of(kind: Kind, form: Form) -> list[TemplateLine]:
    """The template's lines with the sections in the order of `form`, kept till its files change."""
    order = ",".join(section.key for section in form.section)
    key = key_of(kind.key("template lines"), kind.template.read_bytes(), order)
    kept: list[TemplateLine] | None = recall(key) if kind.key("") else None
    if kept is None:
        kept = template_lines(kind.template, form)
        if kind.key(""):
            keep(key, kept)
    return kept


def _topics(lines: Sequence[Line]) -> dict[Location, str]:
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


def _by_topic(lines: Sequence[Line], topics: Mapping[Location, str]) -> dict[str, Sequence[Line]]:
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


def _titles(lines: Sequence[Line], topics: Mapping[Location, str]) -> dict[int, str]:
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


def _in_order_of(lines: Sequence[Line], official: Sequence[FormSection]) -> tuple[FormSection, ...]:
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


def _named(section: Section, named: Patterns, *, has_headings: bool) -> Section:
    """The part before the first heading, which may hold the report's name in one line.

    Where headings follow it takes no text of any words: there stand title, number and addressee,
    whatever their wording.
    """
    titles = [(replace(line, level=None), found) for line, found in named]
    own = [one for one in section.patterns if not (has_headings and one[0].takes_text)]
    return replace(section, patterns=[*titles, *own])


def _read(found: Found, section: Section, own: OwnNames) -> None:
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


def _rest(sections: Cut, found: Found) -> list[Line]:
    lines = [line for section in sections.sections for line in section.lines]
    return [line for line in (*lines, *sections.strange) if line not in found.used]


def _add_strays(found: Found, patterns: Patterns, rest: Sequence[Line]) -> None:
    """Add the template's lines that stand under another heading than the template has them."""
    known = [(line, p) for line, ps in patterns for p in ps if _is_telling(line, p)]
    for line in rest:
        for template, pattern in known:
            catches = pattern.find(line)
            if catches:
                collect(found, [(template, ())], [line], [Fit(0, 0, catches, 0)])
                break


def _list_partly_read(found: Found) -> None:
    """Have the paragraphs listed of which an amount that a template's line left was not taken."""
    caught: dict[Line, list[Catch]] = {}
    rows = (row for places in found.tables.values() for rows in places.values() for row in rows)
    for statement in chain(*found.fields.values(), *(row.values() for row in rows)):
        for catch in statement.catches:
            caught.setdefault(catch.line, []).append(catch)
    for line, catches in caught.items():
        if line in found.used and line.table is None and not _is_all_of(catches, line):
            found.used.discard(line)
            found.partly.setdefault(line, []).extend(c.hole.targets[0].key for c in catches)


def _is_all_of(catches: Sequence[Catch], line: Line) -> bool:
    """Whether each amount of a paragraph was caught; one behind them may be of something else."""
    if line.is_long or "元" not in line.text:
        return True
    places = (
        line.folded.origin[one.start + said.start]
        for one in sentences(line.folded)
        for said in one.figures
        if said.unit in MONEY
    )
    return all(any(c.start <= place < c.end for c in catches) for place in places)


def _is_telling(line: TemplateLine, pattern: Pattern) -> bool:
    return (
        pattern.letters >= STRAY_LETTERS
        and pattern.figures > 0
        and not line.loops
        and line.table is None
        and line.level is None
    )


def _recovered(
    sections: Cut, found: Found, order: Mapping[Location, int], language: Language
) -> Recovered:
    strange = set(sections.strange)
    alike = [
        Leftover(line, told.LIKE_HEADING(language, words=words)) for line, words in sections.alike
    ]
    left = [
        Leftover(line, _why(line, found, language, is_strange=line in strange))
        for line in _rest(sections, found)
    ]
    untaken = [
        Leftover(line, why(language)) for line, whys in found.untaken.items() for why in whys
    ]
    made = sorted([*alike, *left, *untaken], key=lambda one: order[one.line.where])
    headings = sum(section.heading is not None for section in sections.sections)
    return Recovered(found, made, headings, sections.missing)


def _why(line: Line, found: Found, language: Language, *, is_strange: bool) -> str:
    if line in found.partly:
        words = listed(language, dict.fromkeys(found.partly[line]))
        return told.PARTLY(language, words=words)
    if line in found.calculated:
        return told.WORKED_OUT(language)
    if line.table is None and (both := _two_units(line, language)):
        return both
    return told.STRANGE(language) if is_strange else ""


def _two_units(line: Line, language: Language) -> str:
    """What is wrong with amounts in 元 that are declared to be in 万元, empty where nothing is."""
    declared = declared_units(line.folded.text)
    for said in (said for one in sentences(line.folded) for said in one.figures):
        if is_contradicted(said.unit, declared):
            units = listed(language, sorted(declared))
            return told.TWO_UNITS(language, unit=said.unit, declared=units)
    return ""
