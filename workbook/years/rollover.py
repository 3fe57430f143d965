"""Next year's workbook from last year's: what is carried, what is not, and why."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from workbook.catalogue.years import UNITS_OF_TIME
from workbook.checking.check import judged
from workbook.checking.fingerprint import form_as_made
from workbook.checking.intake import OpenBook, kind_of, version_fault
from workbook.checking.kinds import Kind, rivals
from workbook.findings.model import Finding
from workbook.reading.saved import SavedBook, open_saved
from workbook.reading.snapshot import Snapshot
from workbook.reading.values import shown
from workbook.rules.defaults import worked_out
from workbook.years.carried import Carried, absent_from, faults_of, rows_lost
from workbook.years.carry import Fate, Move, moves, sample_of
from workbook.years.changed import changed_units, without_changed
from workbook.years.leftovers import Leftover, leftovers
from workbook.years.naming import Following, in_digits
from workbook.years.own_form import fitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollover(Carried):
    """What next year's workbook begins with, and all that is to be said of it.

    `findings` are last year's own where its form is of this version.

    Of a workbook for 2023: the year 2024, a move for every filled cell, the sample to type into the
    new workbook, and a leftover for a sheet of the clerk's own.
    """

    findings: tuple[Finding, ...]

    @property
    def year(self) -> int | None:
        """The year of the new workbook, None where last year's could not be read."""
        years = (m.value for m in self._counted if m.field.type == "year")
        return next((year for year in years if isinstance(year, int)), None)

    @property
    def following(self) -> Following:
        """Which time the new workbook is of."""
        years = (m.entry.value for m in self._counted if m.field.type == "year")
        last = next((int(year) for year in years if isinstance(year, Decimal)), None)
        return Following(self.year, last, self.period, self.kind.form.period)

    @property
    def _counted(self) -> list[Move]:
        return [move for move in self.moves if move.fate is Fate.NEXT_YEAR]

    @property
    def period(self) -> tuple[str, str] | None:
        """What the month or the quarter was called and is called now; None where it is a year."""
        for move in (one for one in self._counted if one.field.period):
            unit = (
                ""
                if isinstance(move.value, str)
                else UNITS_OF_TIME[self.kind.form.period](self.kind.form.language)
            )
            return f"{shown(move.entry.value)}{unit}", f"{move.value}{unit}"
        return None

    @property
    def dated(self) -> tuple[Move, ...]:
        """The carried texts in which last year's number stands, in whatever digits."""
        if self.year is None or self.kind.form.period != "year":
            return ()
        old = re.compile(rf"(?<!\d){self.year - 1}(?!\d)", re.ASCII)
        texts = (m for m in self.moves if isinstance(m.value, str))
        return tuple(m for m in texts if old.search(in_digits(str(m.value))))


def roll_over_file(path: Path, extra: Path | None = None) -> Rollover | Finding:
    """The rollover of the workbook at `path`, or the finding that says why there is none.

    Raises `KindError` when its kind's data files are faulty.
    """
    book = open_saved(path)
    return book if isinstance(book, Finding) else roll_over(book, path, extra)


def roll_over(book: OpenBook, path: Path, extra: Path | None = None) -> Rollover | Finding:
    """The rollover of an open workbook as it stands.

    What its form does not know is looked for in the file at `path`, where it was last saved.
    """
    kind = kind_of(book.identity, extra)
    if isinstance(kind, Finding):
        return kind
    fault = version_fault(book.identity, kind, extra)
    if fault is not None and fault.code == "version-newer":
        return fault
    saved = book if isinstance(book, SavedBook) else open_saved(path)
    form = form_as_made(kind.form, book.identity.fingerprint)
    unknown = () if isinstance(saved, Finding) else leftovers(saved.book, kind, form)
    made = rolled(book.snapshot(form), kind, unknown)
    return replace(made, rivals=tuple(rivals(kind, extra)))


def rolled(snapshot: Snapshot, kind: Kind, unknown: tuple[Leftover, ...] = ()) -> Rollover:
    """What becomes of last year's cells; an older version of the form stands in nobody's way."""
    form, version = kind.form, snapshot.identity.version or 0
    read = worked_out(snapshot, form, kind.rules.computed)
    _, values, found = read
    made = tuple(moves(values, form, faults_of(found)))
    made = tuple(without_changed(made, changed_units(snapshot, kind), form.language))
    made = tuple(fitting(made, kind))
    is_same = version == form.version
    return Rollover(
        kind=kind,
        version=version,
        moves=made,
        sample=sample_of(made, form),
        lost=rows_lost(found),
        absent=tuple(absent_from(snapshot, form)),
        leftovers=unknown,
        findings=judged(read, form, kind.rules, kind.called).findings if is_same else (),
    )
