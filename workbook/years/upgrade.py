"""A workbook of an older state of its form, brought into the form of today for the same year."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workbook.catalogue.model import Language
from workbook.catalogue.years import NO_VALUE, NOW_COMPUTED
from workbook.checking.fingerprint import (
    Fingerprint,
    changed_fields,
    changed_workings,
    form_as_made,
    read_fingerprint,
)
from workbook.checking.intake import changes_since, kind_of, version_fault
from workbook.checking.kinds import Kind, rivals
from workbook.figures.numbers import from_excel
from workbook.findings.model import Finding
from workbook.reading.saved import SavedBook, open_saved
from workbook.reading.snapshot import Snapshot
from workbook.reading.values import Entry, Values
from workbook.rules.defaults import worked_out
from workbook.years.carried import Carried, absent_from, faults_of, rows_lost
from workbook.years.carry import Fate, Move, moves, same_year, sample_of
from workbook.years.changed import changed_units, without_changed
from workbook.years.leftovers import leftovers
from workbook.years.own_form import fitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade(Carried):
    """What the workbook in today's form begins with; `changes` says what the form has changed."""

    changes: tuple[str, ...]
    is_needless: bool


def upgrade_file(path: Path, extra: Path | None = None) -> Upgrade | Finding:
    """The upgrade of the workbook at `path`, or the finding that says why there is none.

    Raises `KindError` when its kind's data files are faulty.
    """
    book = open_saved(path)
    if isinstance(book, Finding):
        return book
    kind = kind_of(book.identity, extra)
    if isinstance(kind, Finding):
        return kind
    fault = version_fault(book.identity, kind, extra)
    if fault is not None and fault.code == "version-newer":
        return fault
    return _upgraded(book, kind, tuple(rivals(kind, extra)))


def _upgraded(book: SavedBook, kind: Kind, rivals: tuple[str, ...]) -> Upgrade:
    form = kind.form
    as_made = form_as_made(form, book.identity.fingerprint)
    snapshot = book.snapshot(as_made)
    snapshot, values, found = worked_out(snapshot, form, kind.rules.computed)
    unread = {one.place for one in values.entries() if not one.readable}
    faults = {place: one for place, one in faults_of(found).items() if place in unread}
    # A figure that the form does not allow is carried as it is, for the check to tell.
    carried = tuple(moves(values, form, faults, same_year))
    carried = tuple(without_changed(carried, changed_units(snapshot, kind), form.language))
    carried = tuple(fitting(carried, kind))
    made = (*carried, *_now_computed(snapshot, values, kind))
    state = read_fingerprint(book.identity.fingerprint)
    return Upgrade(
        kind=kind,
        version=book.identity.version or 0,
        moves=made,
        sample=sample_of(made, form),
        lost=rows_lost(found),
        absent=tuple(absent_from(snapshot, form)),
        leftovers=leftovers(book.book, kind, as_made),
        rivals=rivals,
        changes=tuple(changes_since(book.identity, kind).values()),
        is_needless=book.identity.version == form.version and _is_today(state, kind),
    )


def _is_today(state: Fingerprint | None, kind: Kind) -> bool:
    """Whether a workbook was made for the form of today; new words beside a cell are no change."""
    now = kind.fingerprint
    return state is not None and not (
        changed_fields(state, now, kind.form.language) or changed_workings(state, now)
    )


def _now_computed(snapshot: Snapshot, values: Values, kind: Kind) -> Iterator[Move]:
    """What was typed where the form of today computes another figure."""
    for sheet in kind.form.sheet:
        for field in (one for one in sheet.fields if one.compute):
            cell, entry = snapshot.names.get(field.key), values.fields[field.key]
            if cell is None or cell.formula or cell.kind != "number":
                continue
            if (was := from_excel(cell.value)) != entry.value:
                language = kind.form.language
                why = NOW_COMPUTED(language, now=_said(entry, language), was=was)
                yield Move(sheet.name, field, entry, Fate.UNUSABLE, why=why)


def _said(entry: Entry, language: Language) -> str:
    return NO_VALUE(language) if entry.value is None else str(entry.value)
