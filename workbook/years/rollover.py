"""Next year's workbook from last year's: what is carried, what is not, and why."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from workbook.checking.check import check
from workbook.checking.intake import OpenBook, kind_of, version_fault
from workbook.checking.kinds import Kind, rivals
from workbook.files.save import save_new
from workbook.findings.model import Finding
from workbook.form.model import Form, Sheet, Table
from workbook.form.sample import Sample
from workbook.making.build import build_workbook
from workbook.reading.saved import SavedBook, open_saved
from workbook.reading.snapshot import Snapshot
from workbook.rules.defaults import worked_out
from workbook.years.carry import Fate, Move, moves, sample_of
from workbook.years.leftovers import Leftover, leftovers

_DIGITS = str.maketrans("０１２３４５６７８９〇○零一二三四五六七八九", "0123456789000123456789")
LOST_ROWS = (
    "below-table",
    "apart-from-table",
    "row-unknown",
)  # findings on rows that the form does not read


@dataclass(frozen=True, slots=True)
class Rollover:
    """What next year's workbook begins with, and all that is to be said of it.

    `lost` are findings on rows outside the form, `absent` names what the form asks for and last
    year's workbook has not got, `findings` are last year's own where its form is of this version.
    `rivals` says where there are other kinds of the same name.

    Of a workbook for 2023: the year 2024, a move for every filled cell, the sample to type into the
    new workbook, and a leftover for a sheet of the clerk's own.
    """

    kind: Kind
    version: int
    moves: tuple[Move, ...]
    sample: Sample
    lost: tuple[Finding, ...]
    absent: tuple[str, ...]
    leftovers: tuple[Leftover, ...]
    findings: tuple[Finding, ...]
    rivals: tuple[str, ...] = ()

    @property
    def year(self) -> int | None:
        """The year of the new workbook, None where last year's could not be read."""
        years = (m.value for m in self.moves if m.fate is Fate.NEXT_YEAR)
        return next((year for year in years if isinstance(year, int)), None)

    @property
    def dated(self) -> tuple[Move, ...]:
        """The carried texts in which last year's number stands, in whatever digits."""
        if self.year is None:
            return ()
        old = re.compile(rf"(?<!\d){self.year - 1}(?!\d)", re.ASCII)
        texts = (m for m in self.moves if isinstance(m.value, str))
        return tuple(m for m in texts if old.search(str(m.value).translate(_DIGITS)))

    def save(self, path: Path) -> None:
        """Write the new workbook; raises `OutputError` when there is one at `path` already."""
        save_new(path, build_workbook(self.kind.form, self.kind.rules, self.sample).save)


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
    unknown = () if isinstance(saved, Finding) else leftovers(saved.book, kind.form)
    made = rolled(book.snapshot(kind.form), kind, unknown)
    return replace(made, rivals=tuple(rivals(kind, extra)))


def rolled(snapshot: Snapshot, kind: Kind, unknown: tuple[Leftover, ...] = ()) -> Rollover:
    """What becomes of last year's cells; an older version of the form stands in nobody's way."""
    form, version = kind.form, snapshot.identity.version or 0
    _, values, found = worked_out(snapshot, form, kind.rules.computed)
    told = ("required", "required-cells")  # a blank cell is no fault of last year's
    faults = {one.place: one for one in found if one.code not in told}
    made = tuple(moves(values, form, faults))
    is_same = version == form.version
    return Rollover(
        kind,
        version,
        made,
        sample_of(made, form),
        tuple(one for one in found if one.code in LOST_ROWS),
        tuple(_absent(snapshot, form)),
        unknown,
        check(snapshot, form, kind.rules).findings if is_same else (),
    )


def _absent(snapshot: Snapshot, form: Form) -> Iterator[str]:
    """What the form asks for and the workbook has not got, each said at the highest level."""
    for sheet in (one for one in form.sheet if one.fields or one.tables):  # a card asks nothing
        gone = [field for field in sheet.fields if snapshot.names.get(field.key) is None]
        lost = [table for table in sheet.tables if table.key not in snapshot.tables]
        if len(gone) == len(sheet.fields) and len(lost) == len(sheet.tables):
            yield f"工作表“{sheet.name}”"
            continue
        yield from (f"“{field.name}”" for field in gone if field.is_asked and not field.prior)
        yield from (f"表“{table.key}”" for table in lost)
        yield from _absent_columns(snapshot, sheet)


def _absent_columns(snapshot: Snapshot, sheet: Sheet) -> Iterator[str]:
    there = [table for table in sheet.tables if table.key in snapshot.tables]
    for table in there:
        raw = snapshot.tables[table.key]
        for column in table.asked:
            if column.key not in raw.columns and not column.prior:
                yield f"表“{table.key}”的“{column.name}”列"
        yield from _absent_rows(snapshot, table)


def _absent_rows(snapshot: Snapshot, table: Table) -> Iterator[str]:
    cells = (row.get(table.row_name) for row in snapshot.tables[table.key].rows)
    names = {str(cell.value).strip() for cell in cells if cell is not None}
    for row in table.row:
        if (name := str(row.given[table.row_name])) not in names:
            yield f"表“{table.key}”的“{name}”行"


def next_path(path: Path, year: int | None) -> Path:
    """Where next year's workbook goes: beside last year's, with the next year in its name."""
    if year is None:
        return path.with_name(f"{path.stem}(下一年).xlsx")
    old, new = str(year - 1), str(year)
    stem = path.stem.replace(old, new) if old in path.stem else f"{path.stem}{new}年"
    return path.with_name(f"{stem}.xlsx")
