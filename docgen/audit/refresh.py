"""A report brought up to date: which figures, rows and charts are to change, and what came of it.

What changes is decided here, and decided again until every figure that was rewritten is true on
the page. `remaking` does it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.audit.audit import Audit, audit
from docgen.audit.charts import renewed
from docgen.audit.judging import Audited, State
from docgen.audit.merging import Change
from docgen.audit.opening import Report, made_anew, open_report
from docgen.audit.remaking import Work, names_after, remade
from docgen.audit.unmarked import same_rows
from docgen.manifest.blocks import Block
from docgen.manifest.keeping import numbered
from docgen.template.word.package import pack
from workbook.checking.kinds import Kind
from workbook.reading.values import Values


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
    rows = _same_rows(before, report, anew) if before.changes else {}
    changes = _possible(before, rows, force=force)
    made = _made(report, anew, before, changes, (force, tracked))
    if _lost(made.after) - _lost(before):  # rows without a mark went, and came nowhere
        sure = [
            one for one in changes
            if all(block.marks for block in (*one.old, *one.new) if block.is_row)
        ]  # fmt: skip
        other = _made(report, anew, before, sure, (force, tracked))
        is_better = _lost(other.after).total() < _lost(made.after).total()
        made = other if is_better else made
    return made


def _lost(audited: Audit) -> Counter[tuple[str, tuple[str, ...], str]]:
    """The figures that are nowhere on the page, by what is known of them in any rendering."""
    lost = (one.figure for one in audited.figures if one.state is State.LOST)
    return Counter((one.tag, one.paths, one.key) for one in lost)


def _same_rows(before: Audit, report: Report, anew: Report) -> Mapping[int, int]:
    """The rows made anew with figures that have no mark, each with the one of the page it is."""
    if anew.every is None:
        return {}
    listed = {figure.mark: figure for figure in anew.every.manifest.figures}
    rows = same_rows(anew.blocks, anew.every.blocks, listed, before.segments, report.blocks)
    return {block.number: row.number for block, row in rows}


def _made(
    report: Report,
    anew: Report,
    before: Audit,
    changes: Sequence[Change],
    how: tuple[bool, bool],
) -> Refreshed:
    """The report with these changes and with the figures that come true by being rewritten."""
    force, tracked = how
    replaced_marks = {mark for change in changes for block in change.old for mark in block.marks}
    states = (State.STALE, State.EDITED) if force else (State.STALE,)
    wanted = [
        one for one in before.figures
        if one.state in states and _fits(one) and one.figure.mark not in replaced_marks
    ]  # fmt: skip
    charts = list(renewed(report.package, anew.package, before.charts))
    while True:
        work = Work(wanted, changes, charts, tracked, before.language)
        made = remade(report, anew, before, work)
        after = audit(made, anew)
        true = {one.figure.mark for one in after.figures if one.state is State.OK}
        names = names_after(report, before)
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


def _possible(before: Audit, rows: Mapping[int, int], *, force: bool) -> list[Change]:
    """The changes that can be made without a figure being lost by them, or standing there twice.

    A row that was sorted elsewhere or reads otherwise now is one that goes and one that comes:
    both, or none. `rows` leads from the numbers of rows made anew to those of the page.
    """
    old: dict[str | int, str | int] = {new.mark: one.mark for one, new in before.pairs
                                       if one and new} | {**rows}  # fmt: skip
    new = {was: now for now, was in old.items()}
    changes = [one for one in before.changes if one.can_be_made(force=force)]
    while True:
        gone = {name for one in changes for block in one.old for name in _named(block)}
        come = {name for one in changes for block in one.new for name in _named(block)}
        fit = [
            one for one in changes
            if all(old[name] in gone for block in one.new for name in _named(block) if name in old)
            and all(new[name] in come for block in one.old for name in _named(block) if name in new)
        ]  # fmt: skip
        if len(fit) == len(changes):
            return fit
        changes = fit


def _named(block: Block) -> tuple[str | int, ...]:
    """By what a block is known among those of its document."""
    return (*block.marks, block.number)
