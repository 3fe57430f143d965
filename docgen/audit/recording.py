"""What the manifest of a report says after the report was brought up to date."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from docgen.audit.aligning import Pair
from docgen.audit.merging import Change, Segment
from docgen.manifest.blocks import NO_TABLE, Trace
from docgen.manifest.lines import Line
from docgen.manifest.reading import Manifest, Printed
from docgen.template.write.marks import tag_name

_REJECTED: Final = "rejected"  # what a manifest says of the report: texts by mark
_FIRST_KEPT: Final = 4_000_001  # beyond the numbers of all marks that a rendering gives


def with_rejected(manifest: Manifest, texts: Mapping[str, str]) -> Manifest:
    """The manifest of a report that comes with tracked changes.

    `texts` are what stands at marks again for who rejects them: figures out of date, which nobody
    has retyped.
    """
    said = json.dumps(dict(texts), ensure_ascii=False)
    return replace(manifest, about={**manifest.about, _REJECTED: said})


def if_rejected(manifest: Manifest) -> Mapping[str, str]:
    """What stands at the marks of tracked changes for who rejects them."""
    try:
        said = json.loads(manifest.about.get(_REJECTED, "{}"))
    except ValueError:
        return {}
    return {str(mark): str(text) for mark, text in said.items()} if isinstance(said, dict) else {}


def kept_names(pairs: Sequence[Pair], lines: Iterable[Line]) -> dict[str, str]:
    """New names for the figures on the page that the workbook gives no more.

    Another figure of the report made anew may bear their old ones.
    """
    taken = {new.mark for _, new in pairs if new}
    there = {mark for line in lines for mark, *_ in line.marks}
    left = [old.mark for old, new in pairs if old and new is None and old.mark in there & taken]
    return free_names(left)


def free_names(marks: Iterable[str]) -> dict[str, str]:
    """Other names for marks, which no figure or chart made anew has."""
    return {mark: f"{tag_name(mark)}_{_FIRST_KEPT + index}" for index, mark in enumerate(marks)}


def figures_after(
    pairs: Sequence[Pair],
    made: Sequence[Change],
    there: Collection[str],
    true: Collection[str],
    names: Mapping[str, str],
) -> Iterator[Printed]:
    """The figures that the manifest lists now, in order.

    `there` are the marks that were on the page and still are, `true` those whose figures are as
    the workbook gives them now, `names` the new names of marks.
    """
    come = {mark for change in made for block in change.new for mark in block.marks}
    gone = {mark for change in made for block in change.old for mark in block.marks}
    for old, new in pairs:
        if old is None:
            if new and new.mark in come:
                yield new
        elif new is None:
            if old.mark in there and old.mark not in gone:
                yield replace(old, mark=names.get(old.mark, old.mark))
        elif new.mark in come or old.mark in true:
            yield new
        else:
            yield replace(new, text=old.text, raw=old.raw)


def in_order(figures: Sequence[Printed], anew: Manifest) -> list[Printed]:
    """The figures as the report made anew has them, each other behind the one before it."""
    rank = {figure.mark: index for index, figure in enumerate(anew.figures)}
    last, ranked = -1, []
    for index, figure in enumerate(figures):
        last = rank.get(figure.mark, last)
        ranked.append((last, figure.mark not in rank, index, figure))
    return [figure for *_, figure in sorted(ranked, key=lambda one: one[:3])]


def traces_after(
    segments: Sequence[Segment],
    made: Sequence[Change],
    names: Mapping[str, str],
    tables: Mapping[int, int],
    listed: Collection[str],
) -> Iterator[Trace]:
    """The blocks as they count as printed now: what was left to a person stays as it was.

    So do rows that somebody has deleted and the workbook gives elsewhere: `listed` are the marks
    of the figures that the manifest still lists, which another row would seem to hold without them.
    """
    done = {id(change) for change in made}
    for segment in segments:
        marks = {names.get(trace.mark, trace.mark) for trace in segment.was}
        is_left = segment.change is None and not segment.now and not marks.isdisjoint(listed)
        if not is_left and (segment.change is None or id(segment.change) in done):
            yield from (block.trace for block in segment.now)
            continue
        for trace in segment.was:
            table = trace.table
            if table != NO_TABLE:  # of those that are gone, a number that no other has
                table = tables.get(table, _FIRST_KEPT + table)
            yield trace._replace(mark=names.get(trace.mark, trace.mark), table=table)
