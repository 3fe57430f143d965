"""What is wrong with an outline, and what the clerk should look at again."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, zip_longest
from typing import Final

from msgspec.structs import replace

from workbook.figures.numbers import plain, round_half_up
from workbook.findings.model import Finding, finding
from workbook.form.model import Form
from workbook.form.outline import CHOICE, IN, LEVEL, ORDER, OWN_ORDER
from workbook.form.sections import HEADINGS, Section
from workbook.outline.order import Placed, placed, unasked
from workbook.outline.ranges import MOST_DECIMALS, figure_of, is_figure, is_rounded, range_at
from workbook.reading.snapshot import Snapshot
from workbook.reading.values import CellRange, Values

# Codes of findings that a cell of a section which is not in the report does not get.
_OF_CELLS: Final = ("required", "above-blank", "prose-differs", "prose-unsure", "prose-same")
_BRACES: Final = re.compile(r"[{｛]{2}|[}｝]{2}")
_NUMBERED: Final = re.compile(
    r"(?:第?[一二三四五六七八九十百]+[、,，.．章节]|[（(][一二三四五六七八九十]+[）)]|\d+[.．、]).*"
    r"|.*[。：:]"
)


def outlined(snapshot: Snapshot, values: Values, form: Form) -> tuple[Values, list[Finding]]:
    """The values with the cells of all printed ranges, and the findings on the outline."""
    sections = placed(form, values)
    printed = [one for one in sections if one.is_in]
    findings = [
        *_one_by_one(sections, _higher(printed)),
        *_headings(printed),
        *_moved(printed, form.section),
    ]
    findings += [
        *_empty(printed, form.section),
        *_due(printed, values),
        *_numbered(printed),
        *_unused(sections, values),
    ]
    ranges: dict[str, CellRange] = {}
    for one in printed:
        if isinstance(one.range.value, str):
            found = range_at(one.range, snapshot)
            if isinstance(found, Finding):
                findings.append(found)
            else:
                ranges[one.range.value] = found
                findings += _unprintable(found, one)
    return replace(values, ranges=ranges), findings


def without_unasked(findings: Iterable[Finding], values: Values, form: Form) -> list[Finding]:
    """The findings, but none that misses what only a section asks that is not in the report.

    Nor is anything said of the figures in its text, which nobody reads.
    """
    needless = unasked(placed(form, values))
    if not needless:
        return list(findings)
    tables = [key for key in needless if key in form.tables]
    cells = {values.fields[key].place for key in needless if key in values.fields}
    rows = (row for key in tables for row in values.tables[key])
    cells |= {entry.place for row in rows for entry in row.values()}
    titles = {form.tables[key].title for key in tables}
    return [
        one
        for one in findings
        if not (one.code in _OF_CELLS and one.place in cells)
        and not (one.code in ("rows-too-few", "required-cells") and one.label in titles)
    ]


def _higher(printed: Sequence[Placed]) -> frozenset[int]:
    """The headings, by their identity, right under which a lower one or a run-in one stands."""
    return frozenset(
        id(one.row)
        for one, after in pairwise(printed)
        if one.depth is not None
        and (after.level == "段首" or (after.depth is not None and after.depth > one.depth))
    )


def _one_by_one(sections: Iterable[Placed], higher: frozenset[int]) -> Iterator[Finding]:
    for one in sections:
        place, name = one.title.place, one.name
        if not one.is_in:
            if not one.is_blank or one.row[CHOICE].value == IN:
                yield finding("section-out", one.text.place, name)
            if one.section and one.section.required:
                yield finding("section-required", place, name)
        elif not one.is_titled and one.has_own_title:
            yield finding("section-title-unused", place, name)
        elif one.section is None and one.is_titled and one.title.is_blank:
            yield finding("section-untitled", place, name, str(one.level))
        elif id(one.row) in higher:
            continue
        elif one.is_blank and (one.is_own if one.section else one.depth is None):
            yield finding("section-blank", one.text.place, name)


def _empty(printed: Sequence[Placed], official: Sequence[Section]) -> Iterator[Finding]:
    """Headings under which nothing is printed, of those that have no content of their own."""
    parents = {id(parent) for parent in _parents([(s, s.level) for s in official]).values()}
    for one, after in zip_longest(printed, printed[1:]):
        if one.depth is None or not one.is_titled or not one.is_blank:
            continue
        has_content = one.section is not None and not one.is_own and id(one.section) not in parents
        goes_on = after is not None and (after.depth is None or after.depth > one.depth)
        if not (has_content or goes_on or (one.section and one.is_own)):
            yield finding("section-empty", one.title.place, one.name)


def _numbered(printed: Iterable[Placed]) -> Iterator[Finding]:
    """Headings to which the clerk put a number or a full stop that the program puts too."""
    for one in printed:
        if one.is_titled and one.has_own_title and _NUMBERED.fullmatch(str(one.title.value)):
            yield finding("section-numbered", one.title.place, one.name, str(one.title.value))


def _unused(sections: Iterable[Placed], values: Values) -> Iterator[Finding]:
    """Texts that are filled and not printed, since their section is not, or is written anew."""
    for one in sections:
        entry = values.fields.get(one.section.text) if one.section else None
        if entry and not entry.is_blank and (one.is_own or not one.is_in):
            yield finding("section-text-unused", entry.place, entry.label, section=one.name)


def _due(printed: Iterable[Placed], values: Values) -> Iterator[Finding]:
    """What a section asks that is in the report by choice, and that is blank."""
    for one in printed:
        if one.section and not (one.section.on or one.is_own):
            asked = (values.fields[key] for key in one.section.asked if key in values.fields)
            yield from (finding("required", e.place, e.label) for e in asked if e.is_blank)


def _headings(printed: Sequence[Placed]) -> Iterator[Finding]:
    """A finding for each heading that skips a level."""
    above = -1  # how deep the heading before is
    silent: Placed | None = None  # the last one of which no words are printed
    for one in printed:
        if one.depth is None:
            continue
        if not one.is_titled:
            silent = one
            continue
        place, level = one.row[LEVEL].place, str(one.level)
        if one.depth > above + 1 and silent and silent.depth == one.depth - 1:
            yield finding("section-under-silent", place, one.name, level, expected=silent.name)
        elif one.depth > above + 1:
            yield finding("section-too-deep", place, one.name, level)
        above = one.depth


def _moved(printed: Sequence[Placed], official: Sequence[Section]) -> Iterator[Finding]:
    """Official sections that no longer stand under their official heading."""
    usual = _parents([(one, one.level) for one in official])
    now = _parents([(one.section or one.row, one.level) for one in printed])
    titles = {id(one.section): one.name for one in printed if one.section}
    for one in printed:
        section = one.section
        if section is None:
            continue
        was, found = usual[id(section)], now[id(section)]
        if was is not None and id(was) in titles and found is not was:
            now_under = titles.get(id(found), "自己加的一节")
            own = one.row[OWN_ORDER]
            where = "排到了最前面" if found is None else f"排到了“{now_under}”之下"
            yield finding(
                "section-moved",
                (one.row[ORDER] if own.is_blank else own).place,
                one.name,
                expected=titles[id(was)],
                where=where,
            )


def _parents(listed: Sequence[tuple[object, str]]) -> Mapping[int, object]:
    """Of each thing the nearest higher heading before it, None of the highest."""
    parents: dict[int, object] = {}
    above: list[object] = []  # the headings over the next thing, the highest first
    for one, level in listed:
        depth = HEADINGS.index(level) if level in HEADINGS else len(HEADINGS)
        parents[id(one)] = above[:depth][-1] if above[:depth] else None
        above = [*above[:depth], one] if depth < len(HEADINGS) else above
    return parents


def _unprintable(cells: CellRange, one: Placed) -> Iterator[Finding]:
    rounded = []
    for cell in (cell for row in cells for cell in row):
        if cell.kind == "error":
            yield finding("error-cell", cell.place, one.name, str(cell.value))
        elif cell.kind == "broken":
            yield finding("cell-broken", cell.place, one.name, str(cell.value))
        elif cell.kind == "unsaved":
            yield finding("formula-unsaved", cell.place, one.name)
        elif cell.kind == "number" and not is_figure(cell):
            yield finding("not-a-number", cell.place, one.name, str(cell.value))
        elif is_figure(cell) and is_rounded(cell):
            rounded.append(cell)
        elif cell.kind == "text" and _BRACES.search(cell.value):
            yield finding("range-quote", cell.place, one.name, cell.value)
    if rounded:
        first = rounded[0]
        figure = figure_of(first)
        printed = f"{round_half_up(figure, MOST_DECIMALS):f}"
        count = len(rounded)
        yield finding("range-rounded", first.place, one.name, plain(figure), printed, count=count)
