"""Next year's workbook from last year's: what is carried, what is not, and why."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from workbook.catalogue.model import Language
from workbook.catalogue.years import (
    NEXT_FILE,
    NEXT_PERIOD_FILE,
    PERIOD_FILE,
    UNITS_OF_TIME,
    YEAR_FILE,
)
from workbook.checking.check import judged
from workbook.checking.fingerprint import form_as_made
from workbook.checking.intake import OpenBook, kind_of, version_fault
from workbook.checking.kinds import Kind, rivals
from workbook.files.names import file_name
from workbook.findings.model import Finding
from workbook.reading.saved import SavedBook, open_saved
from workbook.reading.snapshot import Snapshot
from workbook.reading.values import shown
from workbook.rules.defaults import worked_out
from workbook.years.carried import Carried, absent_from, faults_of, rows_lost
from workbook.years.carry import Fate, Move, moves, sample_of
from workbook.years.changed import changed_units, without_changed
from workbook.years.leftovers import Leftover, leftovers
from workbook.years.own_form import fitting

_DIGITS = str.maketrans("０１２３４５６７８９〇○零一二三四五六七八九", "0123456789000123456789")


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
    def following(self) -> "Following":
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
        return tuple(m for m in texts if old.search(str(m.value).translate(_DIGITS)))


class Following(NamedTuple):
    """The time that a new workbook is of, beside the one before.

    `period` is what the month or the quarter was called and is called now, None in a form of years:
    `Following(2026, 2025, ("12月", "1月"), "month")`.
    """

    year: int | None
    last_year: int | None
    period: tuple[str, str] | None = None
    of: str = "year"


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


def next_path(path: Path, following: Following, language: Language = "zh") -> Path:
    """Where next year's workbook goes: beside last year's, with the next year in its name.

    Of a month or a quarter it is the next one: `2025年12月` is made `2026年1月`, and the year is
    added where the name had none and the months begin anew, or next January would have the name of
    the last.
    """
    stem, year, period = path.stem, following.year, following.period
    last, now = str(following.last_year), str(year)
    if period is None and year is None:
        text = NEXT_FILE if following.of == "year" else NEXT_PERIOD_FILE
        return path.with_name(f"{text(language, stem=stem)}.xlsx")
    if period is None:
        name = _instead(stem, last, now) or _with_year(stem, now, language)
        return path.with_name(f"{name}.xlsx")
    old, new = (file_name(one, "") for one in period)
    begun = _instead(stem, old, new)
    if year is None or last == now:
        name = begun or PERIOD_FILE(language, stem=stem, period=new)
    elif begun and (now in begun or last in begun):
        name = begun.replace(last, now)
    else:
        bare = _instead(stem, old, "") if begun else stem
        is_dated = now in new or "年" in new
        dated = stem if is_dated else _instead(stem, last, now) or _with_year(bare, now, language)
        name = PERIOD_FILE(language, stem=dated, period=new)
    return path.with_name(f"{name}.xlsx")


def _with_year(stem: str, year: str, language: Language) -> str:
    return YEAR_FILE(language, stem=stem.rstrip(), year=year)


def _instead(stem: str, old: str, new: str) -> str:
    """A file's name with new words for the old ones; "" where these are not in it, as a whole."""
    whole = re.compile(rf"(?<!\d){re.escape(old)}(?!\d)", re.ASCII)
    return whole.sub(lambda _: new, stem) if whole.search(stem) else ""
