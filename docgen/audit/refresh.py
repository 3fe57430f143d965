"""A report brought up to date: what its workbook changed is rewritten, all else is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from docgen.audit.audit import Audit, audit
from docgen.audit.charts import renewed, resize, sizes
from docgen.audit.judging import Audited, State
from docgen.audit.locating import same_tables
from docgen.audit.merging import Change
from docgen.audit.notes import take_out_notes
from docgen.audit.opening import Report, made_anew, open_report, read_report
from docgen.audit.placing import (
    Placing,
    chart_marks,
    join_cells,
    rename,
    take_out,
)
from docgen.audit.recording import (
    figures_after,
    free_names,
    in_order,
    kept_names,
    traces_after,
    with_rejected,
)
from docgen.audit.rewriting import Tracking, rewrite, widen
from docgen.audit.row_marks import hand_on, rename_rows, tidy
from docgen.manifest.blocks import Block, read_blocks
from docgen.manifest.keeping import numbered, with_manifest_part
from docgen.manifest.lines import read_lines
from docgen.manifest.reading import Drawn, Manifest
from docgen.manifest.writing import written
from docgen.template.word.changes import Changes, serialised
from docgen.template.word.package import Member, Package, bookmark_count, main_part, pack, replaced
from workbook.catalogue.model import Language
from workbook.checking.kinds import Kind
from workbook.reading.values import Values

Charts = Sequence[tuple[Drawn, Sequence[Member]]]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A report with the figures of its workbook.

    `rewritten` are those that were brought up to date, as they were before, `changes` the rows and
    paragraphs that came, went or read otherwise now, and `charts` how many charts were drawn anew;
    `after` is the audit of the new document, in which what is not in order was left to a person.

    Of a page with 195.49 where the workbook has 195.31 now: `document` says 195.31, and the figure
    is one of `rewritten`, with 195.49 as `printed`.
    """

    document: bytes
    rewritten: tuple[Audited, ...]
    changes: tuple[Change, ...]
    charts: int
    after: Audit

    @property
    def is_changed(self) -> bool:
        """Whether there was anything to bring up to date."""
        return bool(self.rewritten or self.changes or self.charts)


@dataclass(frozen=True, slots=True)
class _Work:
    """What is to be done to a report: figures to rewrite, rows and paragraphs, charts.

    `_Work([figure], [], [], is_tracked=True)` rewrites one figure as a change that Word can reject.
    """

    figures: Sequence[Audited]
    changes: Sequence[Change]
    charts: Charts
    is_tracked: bool
    language: Language = "zh"


def refresh_report(  # noqa: PLR0913 - what is asked of a refresh
    path: Path,
    kind: Kind,
    values: Values,
    workbook: Path,
    *,
    force: bool = False,
    tracked: bool = False,
) -> Refreshed:
    """The report at `path` as its workbook gives it, with `force` what was retyped too.

    A figure of which the page shows more or less than its mark holds is left, and so is what was
    lost or copied, and rows and paragraphs in which somebody has written. `tracked` makes changes
    that Word can accept and reject; charts are drawn anew without. Raises as `audit_report`.
    """
    report = open_report(path, workbook)
    made = refreshed(report, made_anew(report, kind, values), force=force, tracked=tracked)
    return replace(made, document=numbered(made.document, workbook.parent))


def refreshed(report: Report, anew: Report, *, force: bool, tracked: bool) -> Refreshed:
    """The report as it is when made anew, without a number of its own yet."""
    before = audit(report, anew)
    changes = _possible(before, report, force=force)
    replaced_marks = {mark for change in changes for block in change.old for mark in block.marks}
    states = (State.STALE, State.EDITED) if force else (State.STALE,)
    wanted = [
        one for one in before.figures
        if one.state in states and _fits(one) and one.figure.mark not in replaced_marks
    ]  # fmt: skip
    charts = list(renewed(report.package, anew.package, before.charts))
    while True:
        work = _Work(wanted, changes, charts, tracked, before.language)
        made = _made(report, anew, before, work)
        after = audit(made, anew)
        true = {one.figure.mark for one in after.figures if one.state is State.OK}
        names = _names(report, before)
        kept = [one for one in wanted if names.get(one.figure.mark, one.figure.mark) in true]
        if len(kept) == len(wanted):
            break
        wanted = kept
    document = b"".join(pack(made.package))
    return Refreshed(document, tuple(wanted), tuple(changes), len(charts), after)


def _fits(one: Audited) -> bool:
    """Whether a figure is one line of text that stands in its mark, and is to be one."""
    texts = (one.printed, one.current)
    return one.place is not None and all(text is not None and "\n" not in text for text in texts)


def _possible(before: Audit, report: Report, *, force: bool) -> list[Change]:
    """The changes that can be made without a figure being lost by them, or standing there twice.

    A row that was sorted elsewhere is one that goes and one that comes: both, or none.
    """
    old = {new.mark: one.mark for one, new in before.pairs if one and new}
    new = {mark: name for name, mark in old.items()}
    changes = [one for one in before.changes if one.can_be_made(force=force)]
    while True:
        gone = {mark for one in changes for block in one.old for mark in block.marks}
        come = {mark for one in changes for block in one.new for mark in block.marks}
        fit = [
            one for one in changes
            if all(old.get(mark, "") in gone | {""} for block in one.new for mark in block.marks)
            and all(new.get(mark, "") in come | {""} for block in one.old for mark in block.marks)
        ]  # fmt: skip
        if len(fit) == len(changes):
            return fit
        changes = fit


def _names(report: Report, before: Audit) -> Mapping[str, str]:
    """What the marks of the page are called in the refreshed report."""
    if not before.segments:
        return {}
    names = {old.mark: new.mark for old, new in before.pairs if old and new}
    return names | kept_names(before.pairs, report.blocks)


def _made(report: Report, anew: Report, before: Audit, work: _Work) -> Report:
    """The report after the work, on its pages and in its manifest."""
    names = {old: new for old, new in _names(report, before).items() if old != new}
    come = {mark for change in work.changes for block in change.new for mark in chart_marks(block)}
    names |= free_names(one.mark for one in report.manifest.charts if one.mark in come)
    package = _pages(report, anew, before, work, names)
    manifest = _manifest(report, anew, before, work, names)
    if work.is_tracked:
        texts = {one.figure.mark: one.printed or "" for one in work.figures}
        manifest = with_rejected(manifest, {names.get(mark, mark): texts[mark] for mark in texts})
    package = with_manifest_part(package, written(manifest))
    made = read_report(report.path, package, written(manifest))
    assert made is not None  # it has just been written
    return made


def _pages(
    report: Report, anew: Report, before: Audit, work: _Work, names: Mapping[str, str]
) -> Package:
    """The report's parts with figures, rows and paragraphs as they are to be."""
    lines, main = read_lines(report.package), main_part(report.package)
    blocks = read_blocks(lines, main, report.manifest.marks)
    changes = Changes(report.package)
    texts = {one.figure.mark: one.current or "" for one in work.figures}
    printed = {one.figure.mark: one.original for one in work.figures}
    for file, root in {
        line.where.file: line.element.getroottree().getroot() for line in lines
    }.items():
        was = etree.tostring(root)
        tracking = Tracking(root, work.language) if work.is_tracked else None
        widen(root, printed)
        rewrite(root, texts, tracking)
        if file == main:
            resize(root, sizes(anew.package, _drawn(before, work)))
        rename(root, names)
        if file == main:
            _place(blocks, anew, before, work, changes, tracking)
        if etree.tostring(root) != was:
            changes.put(file, serialised(root))
    take_out_notes(report.package, main, changes)
    members = [*changes.members(), *(member for _, some in work.charts for member in some)]
    return replaced(report.package, members)


def _drawn(before: Audit, work: _Work) -> list[tuple[Drawn, Drawn | None]]:
    """The charts that are drawn anew, each as it was and as it is now."""
    now = {drawn.mark for drawn, _ in work.charts}
    return [(old, new) for old, new in before.charts if old.mark in now]


def _place(  # noqa: PLR0913, PLR0917 - all that is known of the three documents
    blocks: Sequence[Block],
    anew: Report,
    before: Audit,
    work: _Work,
    changes: Changes,
    tracking: Tracking | None,
) -> None:
    """Put what comes into the main part, and take out what goes."""
    rename_rows(blocks, before.segments)
    if not work.changes:
        return
    placing = Placing(blocks, anew.package, changes)
    come = [element for change in work.changes for element in placing.put(change)]
    go = [element for change in work.changes for element in placing.old(change)]
    hand_on(go)
    if tracking is None:
        take_out(go)
    else:
        tracking.come(come)
        tracking.go(go)
    join_cells(blocks, before.segments, work.changes)
    root = blocks[0].element.getroottree().getroot()
    main = main_part(changes.package)
    others = tuple(one for one in changes.package.members if one.name != main)
    tidy(root, bookmark_count(Package(others)))


def _manifest(
    report: Report, anew: Report, before: Audit, work: _Work, names: Mapping[str, str]
) -> Manifest:
    """What the report says of its figures after the work."""
    true = {one.figure.mark for one in before.figures if one.state is State.OK}
    true |= {one.figure.mark for one in work.figures}
    charts = _charts(report, anew, work, names)
    if not before.segments:
        now = {old.mark: new.text for old, new in before.pairs if old and new and old.mark in true}
        figures = [
            replace(one, text=now.get(one.mark, one.text)) for one in report.manifest.figures
        ]
        return replace(report.manifest, figures=tuple(figures), charts=charts)
    there = {mark for line in report.lines for mark, _, _ in line.marks}
    listed = list(figures_after(before.pairs, work.changes, there, true, names))
    same = {old.mark: new.mark for old, new in before.pairs if old and new}
    tables = same_tables(report.manifest.traces, anew.manifest.traces, same)
    marks = {one.mark for one in listed}
    return Manifest(
        anew.manifest.about,
        tuple(in_order(listed, anew.manifest)),
        charts,
        tuple(traces_after(before.segments, work.changes, names, tables, marks)),
    )


def _charts(
    report: Report, anew: Report, work: _Work, names: Mapping[str, str]
) -> tuple[Drawn, ...]:
    """The charts that the report has after the work."""
    now = {drawn.mark: drawn for drawn, _ in work.charts}
    gone = {mark for change in work.changes for block in change.old for mark in chart_marks(block)}
    come = {mark for change in work.changes for block in change.new for mark in chart_marks(block)}
    left = [now.get(one.mark, one) for one in report.manifest.charts if one.mark not in gone]
    left = [replace(one, mark=names.get(one.mark, one.mark)) for one in left]
    return (*left, *(one for one in anew.manifest.charts if one.mark in come))
