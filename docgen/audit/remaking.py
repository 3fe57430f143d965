"""What was decided of a report done: on its pages, in its charts, and in what it says of itself."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from docgen.audit.audit import Audit
from docgen.audit.charts import resize, sizes
from docgen.audit.judging import Audited, State
from docgen.audit.locating import same_tables
from docgen.audit.merging import Change
from docgen.audit.notes import take_out_notes
from docgen.audit.opening import Report, read_report
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
from docgen.manifest.keeping import with_manifest_part
from docgen.manifest.lines import read_lines
from docgen.manifest.reading import Drawn, Manifest
from docgen.manifest.writing import written
from docgen.template.word.changes import Changes, serialised
from docgen.template.word.package import Member, Package, bookmark_count, main_part, replaced
from workbook.catalogue.model import Language

Charts = Sequence[tuple[Drawn, Sequence[Member]]]


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done to a report: figures to rewrite, rows and paragraphs, charts.

    `Work([figure], [], [], is_tracked=True)` rewrites one figure as a change that Word can reject.
    """

    figures: Sequence[Audited]
    changes: Sequence[Change]
    charts: Charts
    is_tracked: bool
    language: Language = "zh"


def names_after(report: Report, before: Audit) -> Mapping[str, str]:
    """What the marks of the page are called in the refreshed report."""
    if not before.segments:
        return {}
    names = {old.mark: new.mark for old, new in before.pairs if old and new}
    return names | kept_names(before.pairs, report.lines)


def remade(report: Report, anew: Report, before: Audit, work: Work) -> Report:
    """The report after the work, on its pages and in its manifest."""
    names = {old: new for old, new in names_after(report, before).items() if old != new}
    come = {mark for change in work.changes for block in change.new for mark in chart_marks(block)}
    names |= free_names(one.mark for one in report.manifest.charts if one.mark in come)
    package = _pages(report, anew, before, work, names)
    left = {mark for line in read_lines(package) for mark, *_ in line.marks}
    manifest = _manifest(report, anew, before, work, (names, left))
    if work.is_tracked:
        texts = {one.figure.mark: one.printed or "" for one in work.figures}
        manifest = with_rejected(manifest, {names.get(mark, mark): texts[mark] for mark in texts})
    package = with_manifest_part(package, written(manifest))
    made = read_report(report.path, package, written(manifest))
    assert made is not None  # it has just been written
    return made


def _pages(
    report: Report, anew: Report, before: Audit, work: Work, names: Mapping[str, str]
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


def _drawn(before: Audit, work: Work) -> list[tuple[Drawn, Drawn | None]]:
    """The charts that are drawn anew, each as it was and as it is now."""
    now = {drawn.mark for drawn, _ in work.charts}
    return [(old, new) for old, new in before.charts if old.mark in now]


def _place(  # noqa: PLR0913, PLR0917 - all that is known of the three documents
    blocks: Sequence[Block],
    anew: Report,
    before: Audit,
    work: Work,
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
    tidy(root, bookmark_count(Package(others)), come)


def _manifest(
    report: Report,
    anew: Report,
    before: Audit,
    work: Work,
    marks: tuple[Mapping[str, str], Collection[str]],
) -> Manifest:
    """What the report says of its figures after the work.

    `marks` are the new names of marks, and those that are on the pages now.
    """
    names, left = marks
    true = {one.figure.mark for one in before.figures if one.state is State.OK}
    true |= {one.figure.mark for one in work.figures}
    charts = _charts(report, anew, work, names)
    if not before.segments:
        now = {old.mark: new.text for old, new in before.pairs if old and new and old.mark in true}
        figures = [
            replace(one, text=now.get(one.mark, one.text)) for one in report.manifest.figures
        ]
        return replace(report.manifest, figures=tuple(figures), charts=charts)
    there = {mark for line in report.lines for mark, *_ in line.marks}
    there = {mark for mark in there if names.get(mark, mark) in left}
    listed = list(figures_after(before.pairs, work.changes, there, true, names))
    same = {old.mark: new.mark for old, new in before.pairs if old and new}
    tables = same_tables(report.manifest.traces, anew.manifest.traces, same)
    return Manifest(
        anew.manifest.about,
        tuple(in_order(listed, anew.manifest)),
        charts,
        tuple(
            traces_after(before.segments, work.changes, names, tables, {one.mark for one in listed})
        ),
    )


def _charts(
    report: Report, anew: Report, work: Work, names: Mapping[str, str]
) -> tuple[Drawn, ...]:
    """The charts that the report has after the work."""
    now = {drawn.mark: drawn for drawn, _ in work.charts}
    gone = {mark for change in work.changes for block in change.old for mark in chart_marks(block)}
    come = {mark for change in work.changes for block in change.new for mark in chart_marks(block)}
    left = [now.get(one.mark, one) for one in report.manifest.charts if one.mark not in gone]
    left = [replace(one, mark=names.get(one.mark, one.mark)) for one in left]
    return (*left, *(one for one in anew.manifest.charts if one.mark in come))
