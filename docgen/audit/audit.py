"""A report and its workbook brought together: the state of each figure, or why there is none."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from docgen.audit.aligning import Pair, aligned
from docgen.audit.charts import renewed
from docgen.audit.judging import Audited, State, judged
from docgen.audit.merging import Change, Segment, merged
from docgen.audit.opening import Report, made_anew, open_report
from docgen.audit.recording import if_rejected
from docgen.audit.refinding import Finder
from docgen.audit.unmarked import WRITTEN, Told, unmarked, written_in
from docgen.manifest.blocks import Block
from docgen.manifest.lines import FIGURE, Line
from docgen.manifest.page import shown
from docgen.manifest.reading import Drawn, Manifest, Printed
from workbook.catalogue.audits import NEW_TEMPLATE, OLD_REPORT, OTHER_WORDS
from workbook.catalogue.model import Language
from workbook.checking.kinds import Kind
from workbook.reading.values import Values

UNIT: Final = re.compile(r"[(（]?(?:金额)?单位[:：]")  # of the figures in a table
_TOUCHED: Final = frozenset((State.EDITED, State.DOUBLED))
FEW_LETTERS: Final = 8  # of a paragraph, as headings of tables have, say nothing
MOST_LETTERS: Final = 40  # of a paragraph that is named


@dataclass(frozen=True, slots=True)
class Audit:
    """All figures of a report with their states, and those that it would have if made anew.

    `segments` are the whole report in order, with the rows and paragraphs that are to be changed;
    none where its template has changed since, or where it was made by an older version of Gouji.
    `written_in` are figures of somebody's own, each with its paragraph, that have no cell.
    `charts` are those that show what the workbook gives no more, each beside what it would show
    now, None for one that would not be drawn; `renewable` are the marks of those that a refresh can
    draw anew, for nobody and no other program has changed them. `notes` are sentences on the whole,
    such as that the template has changed since.

    Where 基本支出 was printed as 195.49 and is 195.31 in the workbook now, one of `figures` is
    STALE and `is_true` is False.
    """

    figures: tuple[Audited, ...]
    missing: tuple[Printed, ...]
    notes: tuple[str, ...]
    charts: tuple[tuple[Drawn, Drawn | None], ...]
    pairs: tuple[Pair, ...] = ()
    segments: tuple[Segment, ...] = ()
    written_in: tuple[tuple[Line, str], ...] = ()
    language: Language = "zh"
    renewable: frozenset[str] = frozenset()

    @property
    def is_true(self) -> bool:
        """Whether every figure is there once and as the workbook gives it, in charts too.

        So must be the rows and paragraphs, and the heads and labels of tables.
        """
        nothing_else = not (self.missing or self.charts or self.changes or self.reworded)
        return nothing_else and all(one.state is State.OK for one in self.figures)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The rows and paragraphs that the workbook gives otherwise than they were printed."""
        return tuple(one.change for one in self.segments if one.change)

    def without_places(self) -> "Audit":
        """The audit without the rows and paragraphs that have a place in the report."""
        placed = [one.change for one in self.segments if one.change and one.change.place]
        told = {mark for change in placed for block in change.new for mark in block.marks}
        left = (one for one in self.segments if one.change and not one.change.place)
        missing = tuple(one for one in self.missing if one.mark not in told)
        return replace(self, segments=tuple(left), missing=missing)

    @property
    def reworded(self) -> tuple[tuple[Block | None, Block], ...]:
        """Rows whose words somebody has changed, and units of tables, beside what was printed."""
        return tuple(_reworded(self))

    @property
    def counts(self) -> Mapping[str, int]:
        """How many figures there are in each state."""
        return {state: sum(one.state is state for one in self.figures) for state in State}


def audit_report(path: Path, kind: Kind, values: Values, workbook: Path) -> Audit:
    """The figures of the report at `path` held against the values of its workbook.

    Raises `TemplateError` for a file that is no Word document, `NotComparableError` for one that
    is not this workbook's report, `KindError` where the kind has no template.
    """
    report = open_report(path, workbook)
    return audit(report, made_anew(report, kind, values))


def audit(report: Report, anew: Report) -> Audit:
    """The figures of a report held against those of the report made anew."""
    then, now = report.manifest, anew.manifest
    pairs = tuple(aligned(then, now))
    page, printed = shown(report.lines), {trace[:2] for trace in then.traces}
    as_printed = (block for block in report.blocks if block.trace[:2] in printed)
    framed = {mark for block in as_printed for mark in block.marks}
    finder = Finder((report.lines, report.blocks), (anew.lines, anew.blocks))
    found = judged(pairs, page, finder, shown(anew.lines), framed)
    figures = tuple(_unless_rejected(found, if_rejected(then)))
    segments: Sequence[Segment] = ()
    if has_same_template(report, anew) and then.traces:
        names = {old.mark: new.mark for old, new in pairs if old and new}
        touched = {one.figure.mark for one in figures if one.state in _TOUCHED}
        segments = merged(then.traces, report.blocks, anew.blocks, names, touched)
    if anew.every:
        listed = {figure.mark: figure for figure in anew.every.manifest.figures}
        more = unmarked(anew.blocks, anew.every.blocks, listed, segments, report.blocks)
        figures = (*figures, *more)
    changed = [block for one in segments if one.change for block in one.change.new]
    told = {id(line) for block in changed for line in block.lines}
    others = [line for line in anew.lines if id(line) not in told]
    language: Language = "en" if now.about.get("language") == "en" else "zh"
    charts = tuple(_stale(then, now))
    return Audit(
        figures,
        tuple(figure for old, figure in pairs if old is None and figure),
        (*_notes(report, anew, language), *_other_words(report.lines, others, language)),
        charts,
        pairs,
        tuple(segments),
        tuple(written_in(report.lines, anew.lines, _told_of(figures))),
        language,
        frozenset(drawn.mark for drawn, _ in renewed(report.package, anew.package, charts)),
    )


def _told_of(figures: Iterable[Audited]) -> Told:
    """The numbers of each line that are told of already, for a figure there is not in order."""
    told: dict[int, set[str]] = {}
    for one in figures:
        if one.place is not None and one.printed and one.state is not State.OK:
            known = told.setdefault(id(one.place), set())
            known |= {one.printed, *WRITTEN.findall(one.printed)}
    return told


def _unless_rejected(found: Iterable[Audited], texts: Mapping[str, str]) -> Iterator[Audited]:
    """The figures, those out of date whose change was rejected: nobody has retyped them.

    `texts` are what stands at marks again once the changes of a refresh are rejected.
    """
    for one in found:
        if one.state is State.EDITED and one.printed and texts.get(one.figure.mark) == one.printed:
            yield replace(one, state=State.STALE, original=one.printed)
        else:
            yield one


def has_same_template(report: Report, anew: Report) -> bool:
    """Whether the report was made from the template of today."""
    return report.manifest.about.get("template") == anew.manifest.about.get("template")


def _reworded(audit: Audit) -> Iterator[tuple[Block | None, Block]]:
    """Of what reads otherwise than it was printed, what no figure and no deleted table tells."""
    wrong = {one.figure.mark for one in audit.figures if one.state not in {State.OK, State.STALE}}
    told = {new.mark for old, new in audit.pairs if old and new and old.mark in wrong}
    same = [
        (was, found, block)
        for segment in audit.segments
        if segment.is_same
        for was, found, block in zip(segment.was, segment.found, segment.now, strict=True)
    ]
    tables = {block.trace.table for _, found, block in same if found}
    for was, found, block in same:
        is_asked = UNIT.match(block.text) if not block.is_row else block.trace.table in tables
        if is_asked and not told & {*block.marks}:
            if found is None:
                yield None, block
            elif found.block.trace.words != was.words:
                yield found.block, block


def _other_words(lines: Sequence[Line], new: Sequence[Line], language: Language) -> Iterator[str]:
    """That the report lacks paragraphs which the workbook prints now, whoever changed the words."""
    left = Counter(line.words for line in new) - Counter(line.words for line in lines)
    missing = [words for words in left if len(words) > FEW_LETTERS]
    if missing:
        first = missing[0].replace(FIGURE, "…")
        shown = f"{first[:MOST_LETTERS]}…" if len(first) > MOST_LETTERS else first
        yield OTHER_WORDS(language, count=len(missing), shown=shown)


def _stale(then: Manifest, now: Manifest) -> Iterator[tuple[Drawn, Drawn | None]]:
    """The charts of which another is drawn now, or none; those of one tag by their order."""
    left: dict[str, list[Drawn]] = {}
    for one in now.charts:
        left.setdefault(one.tag, []).append(one)
    for one in then.charts:
        same = left.get(one.tag)
        other = same.pop(0) if same else None
        if other is None or other.points != one.points:
            yield one, other


def _notes(report: Report, anew: Report, language: Language) -> Iterator[str]:
    if not has_same_template(report, anew):
        yield NEW_TEMPLATE(language)
    elif not report.manifest.traces:
        yield OLD_REPORT(language)
