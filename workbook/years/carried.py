"""A new workbook that begins with what stands in another, and all that is to be said of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from workbook.catalogue.model import Language
from workbook.catalogue.years import COLUMN, ROW, SHEET, TABLE
from workbook.checking.kinds import Kind
from workbook.files.save import save_new
from workbook.findings.model import Finding, Severity
from workbook.findings.place import Place
from workbook.form.model import Form, Sheet
from workbook.form.sample import Sample
from workbook.form.table import Table
from workbook.reading.snapshot import Snapshot
from workbook.years.beginning import filled_workbook
from workbook.years.carry import Move
from workbook.years.leftovers import Leftover

# Findings on rows that the form does not read.
LOST_ROWS: Final = ("below-table", "apart-from-table", "row-unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a new workbook takes over from one of `version`, cell by cell.

    `lost` are findings on rows outside the form, `absent` names what the form asks for and the
    other workbook has not got, `rivals` says where there are other kinds of the same name.

    Of a rollover: last year's 本年支出 195.49 is one of `moves`, into 上年支出; words that the
    clerk typed below the form are one of `leftovers`.
    """

    kind: Kind
    version: int
    moves: tuple[Move, ...]
    sample: Sample
    lost: tuple[Finding, ...]
    absent: tuple[str, ...]
    leftovers: tuple[Leftover, ...]
    rivals: tuple[str, ...] = ()

    def save(self, path: Path) -> None:
        """Write the new workbook; raises `OutputError` when there is one at `path` already.

        Raises `KindError` where a bureau's own form has no room for what is carried.
        """
        save_new(path, filled_workbook(self.kind, self.sample), self.kind.form.language)


def faults_of(found: list[Finding]) -> Mapping[Place | None, Finding]:
    """What is wrong with single cells; that one is blank, or asked about, is no fault."""
    told = ("required", "required-cells")
    errors = (one for one in found if one.severity is Severity.ERROR)
    return {one.place: one for one in errors if one.code not in told}


def rows_lost(found: list[Finding]) -> tuple[Finding, ...]:
    """The findings on rows that no form reads."""
    return tuple(one for one in found if one.code in LOST_ROWS)


def absent_from(snapshot: Snapshot, form: Form) -> Iterator[str]:
    """What the form asks for and the workbook has not got, each said at the highest level."""
    language = form.language
    for sheet in (one for one in form.sheet if one.fields or one.tables):  # a card asks nothing
        gone = [field for field in sheet.fields if snapshot.names.get(field.key) is None]
        lost = [table for table in sheet.tables if table.key not in snapshot.tables]
        if len(gone) == len(sheet.fields) and len(lost) == len(sheet.tables):
            yield SHEET(language, name=sheet.name)
            continue
        yield from (f"“{field.name}”" for field in gone if field.is_asked and not field.prior)
        yield from (TABLE(language, table=table.key) for table in lost)
        yield from _absent_columns(snapshot, sheet, language)


def _absent_columns(snapshot: Snapshot, sheet: Sheet, language: Language) -> Iterator[str]:
    there = [table for table in sheet.tables if table.key in snapshot.tables]
    for table in there:
        raw = snapshot.tables[table.key]
        for column in table.asked:
            if column.key not in raw.columns and not column.prior:
                yield COLUMN(language, table=table.key, column=column.name)
        yield from _absent_rows(snapshot, table, language)


def _absent_rows(snapshot: Snapshot, table: Table, language: Language) -> Iterator[str]:
    cells = (row.get(table.row_name) for row in snapshot.tables[table.key].rows)
    names = {str(cell.value).strip() for cell in cells if cell is not None}
    for row in table.row:
        if (name := str(row.given[table.row_name])) not in names:
            yield ROW(language, table=table.key, row=name)
