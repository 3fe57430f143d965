"""Last year's report as a template: loops, then figures and words, until it prints what it was.

Whatever would print anything else than what stood there is left as it is, and listed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from io import BytesIO
from typing import Any, Final

import docx

from docgen.adopting.choosing.times import YEAR, month_of, year_of
from docgen.adopting.kept import kept_places
from docgen.adopting.loops.copied import copied
from docgen.adopting.loops.rows import Looped, loop_paragraphs, loop_rows
from docgen.adopting.matching import Matched, matched
from docgen.naming.model import Pinned, Ways
from docgen.naming.page import Paragraph, cells_of, paragraphs, put, text_of
from docgen.naming.printing import with_minus
from docgen.naming.ways import ways_of
from docgen.report.filters import FILTERS
from docgen.template import compile_template
from workbook.adopting.model import Found

_MOST_TRIES: Final = 6


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tag that was put in: what it says, what stood there, in which paragraph, from 1."""

    tag: str
    text: str
    paragraph: int


@dataclass(frozen=True)
class AdoptedReport:
    """The template, its tags, figures that are no cell's or may be several, keys without a place.

    `literal` and `ambiguous` are figures with the paragraph or the table's row in which they stand.

    Where two cells have 195.49, `("195.49", "支出195.49万元。", ("基本支出", "支出合计"))` is one
    of `ambiguous`.
    """

    template: bytes
    tags: Sequence[Tagged]
    literal: Sequence[tuple[str, str]]
    ambiguous: Sequence[tuple[str, str, tuple[str, ...]]]
    unplaced: Sequence[str]
    loops: Sequence[str] = ()
    years: Sequence[str] = ()  # that stayed, each as often as it stands there
    kept: Sequence[str] = ()  # places of figures that stayed
    calculated: Sequence[tuple[str, str]] = ()  # figures with the formula that gives each
    proposed: Mapping[tuple[str, str], str] = field(default_factory=dict)  # tags that may be meant
    pinned: Sequence[Pinned] = ()  # rows that the template names, each as often as it does


@dataclass(slots=True)
class _Left:
    """What is left as it is, because it would print something else."""

    paragraphs: set[int] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Trial:
    """A template as far as it has come; `where` are the elements of the paragraphs of old."""

    data: bytes
    matches: Mapping[int, Matched]
    loops: Sequence[Looped]
    looped: Mapping[int, str]  # the table whose loop a paragraph of old went into


def adopt_report(report: bytes, found: Found, context: Mapping[str, Any]) -> AdoptedReport:
    """The template that a report of last year becomes; `context` is what its year's data print.

    Raises `TemplateError` where something in the report reads like a tag and is none.
    """
    whole = paragraphs(docx.Document(BytesIO(report)))
    old = [one.text for one in whole]
    ways, left = ways_of(found, context), _Left()
    said = [one for one in old if one.strip()]
    ways = replace(ways, text="\n".join(old), year=year_of(found, context, old))
    ways = replace(ways, month=month_of(found, said))
    for _ in range(_MOST_TRIES):
        trial = _tried(report, found, context, ways, left)
        differing = _differing(old, trial, context)
        if not differing:
            break
        for number in differing:
            if number in trial.looped:
                left.tables.add(trial.looped[number])
            else:
                left.paragraphs.add(number)
    else:
        left.tables.update(table.key for table in found.tables())
        left.paragraphs.update(range(len(old)))
        trial = _tried(report, found, context, ways, left)
    return _summed_up(trial, whole, found)


def _tried(
    report: bytes, found: Found, context: Mapping[str, Any], ways: Ways, left: _Left
) -> _Trial:
    document = docx.Document(BytesIO(report))
    whole = paragraphs(document)
    numbers = {one.element: number for number, one in enumerate(whole)}
    tables = [(table, context.get(table.key) or []) for table in found.tables()]
    loops, looped = _loops(whole, found, context, left.tables, numbers)
    inside = dict.fromkeys(one.table for one in whole if one.table is not None)
    copies = copied(inside, found, context, loops)
    matches: dict[int, Matched] = {}
    for number, one in enumerate(whole):
        if number in looped:
            continue
        copy = copies.get(one.element)
        if copy is not None and copy.span is not None:
            made = Matched([copy.span], [copy.key])
        else:
            made = matched(one, ways if copy is None else _only(ways, copy.only), tables)
        if number in left.paragraphs:
            made = Matched(literal=[*made.literal, *(_said(one, span) for span in made.spans)])
        matches[number] = made
        put(one.element, made.spans)
    file = BytesIO()
    document.save(file)
    return _Trial(file.getvalue(), matches, loops, looped)


def _only(ways: Ways, keys: frozenset[str]) -> Ways:
    """The ways of these cells alone."""
    figures = {
        text: own
        for text, some in ways.figures.items()
        if (own := [way for way in some if way.key in keys])
    }
    return replace(ways, figures=figures)


def _said(paragraph: Paragraph, span: Any) -> str:
    return paragraph.text[span.start : span.end]


def _loops(
    whole: Sequence[Paragraph],
    found: Found,
    context: Mapping[str, Any],
    left: set[str],
    numbers: Mapping[Any, int],
) -> tuple[list[Looped], dict[int, str]]:
    """The loops that were made, and the paragraphs of old that went into them."""
    loops: list[Looped] = []
    looped: dict[int, str] = {}
    for table in found.tables():
        rows = context.get(table.key) or []
        if table.key in left:
            continue
        made = [
            loop
            for element in dict.fromkeys(one.table for one in whole if one.table is not None)
            if (loop := loop_rows(element, table, rows))
        ]
        free = [one for one in whole if numbers[one.element] not in looped]
        said = loop_paragraphs(free, table, rows)
        for loop in (*made, *([said] if said else [])):
            loops.append(loop)
            inside = {one for element in (loop.first, *loop.gone) for one in element.iter()}
            looped |= {numbers[one.element]: table.key for one in whole if one.element in inside}
    return loops, looped


def _differing(old: Sequence[str], trial: _Trial, context: Mapping[str, Any]) -> set[int]:
    """The paragraphs of old that the template does not print as they were."""
    made = compile_template(trial.data, filters=FILTERS).render(context)
    new = [one.text for one in paragraphs(docx.Document(BytesIO(made)))]
    before, after = ([with_minus(one) for one in texts] for texts in (old, new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    differing: set[int] = set()
    for what, first, last, *_ in matcher.get_opcodes():
        if what == "insert":  # one of those beside it printed too much
            differing.update(range(max(first - 1, 0), min(first + 1, len(old))))
        elif what != "equal":
            differing.update(range(first, last))
    return differing


def _summed_up(trial: _Trial, old: Sequence[Paragraph], found: Found) -> AdoptedReport:
    tags, literal, ambiguous, years, keys = [], [], [], [], set()
    kept: list[str] = []
    proposed: dict[tuple[str, str], str] = {}
    for number, made in trial.matches.items():
        text, row = old[number].text, old[number].row
        tags += [Tagged(s.tag, text[s.start : s.end], number + 1) for s in made.spans]
        around = text if row is None else " | ".join(map(text_of, cells_of(row)))
        literal += [(figure, around) for figure in made.literal]
        ambiguous += [(figure, around, others) for figure, others in made.ambiguous]
        proposed |= {(figure, around): tag for figure, tag in made.proposed.items()}
        years += [
            match[0]
            for match in YEAR.finditer(text)
            if not any(span.start < match.end() and match.start() < span.end for span in made.spans)
        ]
        stayed = [*made.literal, *(figure for figure, _ in made.ambiguous)]
        kept += kept_places(text, made.spans, stayed)
        keys |= set(made.keys)
    said = " ".join(one.tag for one in tags)
    looped = {loop.table for loop in trial.loops}
    looped |= {one.key for one in found.tables() if f" in {one.key} %" in said}
    unplaced = [one.key for one in found.asked() if one.key not in keys]
    unplaced += [table.key for table in found.tables() if table.key not in looped]
    worked = [one for made in trial.matches.values() for one in made.calculated]
    pinned = [one for made in trial.matches.values() for one in made.pinned]
    return AdoptedReport(
        trial.data,
        tags,
        literal,
        ambiguous,
        unplaced,
        sorted(looped),
        years,
        kept,
        worked,
        proposed,
        pinned,
    )
