"""An audit and a refreshed report as lines for a person."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from docgen.audit.audit import Audit
from docgen.audit.judging import State, copied
from docgen.audit.refresh import Refreshed
from docgen.audit.telling.sentences import (
    HEADS,
    block_place,
    cells_of,
    change_sentence,
    change_told,
    copy_told,
    name_of,
    place_of,
    quoted,
    reworded_sentence,
    sentence,
)
from docgen.manifest.lines import Line
from docgen.manifest.reading import Drawn
from workbook.catalogue import audits as said
from workbook.catalogue.model import Language, Text, listed

_MOST_MISSING: Final = 10  # figures of new rows that are listed


def told(path: Path, audit: Audit) -> Iterator[str]:
    """A paragraph for each figure that is not in order, what the report lacks, and the sum."""
    yield from audit.notes
    language = audit.language
    yield from _figures_told(audit)
    for change in audit.changes:
        yield from change_told(change, language)
        yield f"    {change_sentence(change, language)}"
    for there, printed in audit.reworded:
        place = block_place(there, language) or said.TABLE(language)
        yield f"{said.REWORDED(language)}{place} {quoted(printed, language)}"
        yield f"    {reworded_sentence(there, language)}"
    for drawn, now in audit.charts:
        advice = _advice(audit, drawn, is_drawn=now is not None)
        told_of = _difference(drawn, now, language)
        chart = said.CHART(language, difference=told_of, redraw=advice(language))
        yield f"{said.STALE(language)}{chart}"
    come = {mark for change in audit.changes for block in change.new for mark in block.marks}
    missing = [figure for figure in audit.missing if figure.mark not in come]
    if missing:
        yield said.MISSING(language) + said.LACKING(language, count=len(missing))
        for figure in missing[:_MOST_MISSING]:
            cell = cells_of(figure.cell, language) or figure.tag
            text = figure.text or said.BLANK(language)
            yield f"    {said.LACKED(language, cell=cell, key=figure.key, text=text)}"
    yield from _written_told(audit)
    yield said.LAST(language, name=path.name, sum=_sum(audit))


def _figures_told(audit: Audit) -> Iterator[str]:
    """The figures that are not in order; those of a copied paragraph or row are told together."""
    language = audit.language
    known = {mark for change in audit.changes for block in change.old for mark in block.marks}
    # a figure of a copy may stand by itself elsewhere, too: its mark tells nothing
    copies = {id(one): copy for copy in copied(audit.figures) for one in copy.figures}
    for one in audit.figures:
        if one.state is State.STALE and one.current is None and one.figure.mark in known:
            continue  # told with its row or paragraph
        copy = copies.get(id(one))
        if copy is not None:
            if one is copy.figures[0]:
                yield from copy_told(copy, language)
        elif one.state is not State.OK:
            yield f"{HEADS[one.state](language)}{place_of(one, language)} {name_of(one, language)}"
            yield f"    {sentence(one, language)}"


def _written_told(audit: Audit) -> Iterator[str]:
    """The figures of somebody's own, by paragraph; a copy of another paragraph is called one."""
    language = audit.language
    written: dict[int, list[tuple[Line, str]]] = {}
    for line, number in audit.written_in:
        written.setdefault(id(line), []).append((line, number))
    twins = {one.place.text: one.place for one in audit.figures if one.place} if written else {}
    for found in written.values():
        line = found[0][0]
        numbers = listed(language, (number for _, number in found))
        yield f"{said.WRITTEN_IN(language)}{line.where.within(language)} {numbers}"
        twin = twins.get(line.text)
        place = twin.where.within(language) if twin else ""
        yield f"    {said.COPIED_FROM(language, place=place) if twin else said.OWN(language)}"


def _advice(audit: Audit, drawn: Drawn, *, is_drawn: bool) -> Text:
    """What to do about a chart, which the workbook may draw no more."""
    if drawn.mark in audit.renewable:
        return said.REDRAW
    return said.NO_REDRAW if is_drawn else said.DROP_CHART


def _difference(drawn: Drawn, now: Drawn | None, language: Language) -> str:
    """What a chart shows otherwise than the workbook, by cells."""
    if now is None:
        return said.NO_CHART(language)
    then, new = drawn.figures, now.figures
    cells = [cell for cell in {**then, **new} if then.get(cell) != new.get(cell)]
    blank = said.BLANK(language)
    return said.CELL_MARK(language).join(
        said.IN_CHART(language, cell=cell, then=then.get(cell, blank), now=new.get(cell, blank))
        for cell in cells
    )


def refreshed_told(path: Path, made: Refreshed) -> Iterator[str]:
    """Each figure that was rewritten, then what was left to a person."""
    language = made.after.language
    blank, head = said.BLANK(language), said.UPDATED(language)
    for one in made.rewritten:
        yield head + said.REWRITTEN(
            language,
            place=place_of(one, language),
            name=name_of(one, language),
            was=one.printed or blank,
            now=one.current or blank,
        )
    for change in made.changes:
        first, *more = change_told(change, language)
        yield "\n".join((f"{head}{first}", *more))
    if not made.after.is_true:
        yield from told(path, made.after)
    drawn = said.COUNT_DRAWN(language, count=made.charts) if made.charts else ""
    placed = said.COUNT_PLACED(language, count=len(made.changes)) if made.changes else ""
    changed = said.COUNT_REWRITTEN(language, count=len(made.rewritten), placed=placed, drawn=drawn)
    done = changed if made.is_changed else said.NOTHING_STALE(language)
    yield said.LAST(language, name=path.name, sum=f"{done}{_unknown(made.after)}")


def _unknown(after: Audit) -> str:
    """That some figures cannot be brought up to date, where nothing of the audit is listed."""
    own = len(after.written_in) if after.is_true else 0
    return said.UNKNOWN(after.language, own=own) if own else ""


def _sum(audit: Audit) -> str:
    counts, language = audit.counts, audit.language
    total = sum(counts.values())
    if audit.is_true:
        own = len(audit.written_in)
        more = said.UNCHECKED(language, own=own) if own else ""
        return said.ALL_TRUE(language, total=total, more=more)
    found = {state: counts[State(state)] for state in ("stale", "edited", "lost", "doubled")}
    found |= {
        "charts": len(audit.charts),
        "changes": len(audit.changes),
        "reworded": len(audit.reworded),
        "missing": len(audit.missing),
    }
    parts = [said.PARTS[name](language, count=count) for name, count in found.items() if count]
    joined = said.SUM_MARK(language).join(parts)
    return said.SUM(language, total=total, ok=counts[State.OK], parts=joined)
