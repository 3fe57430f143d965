"""A hand-made report as a new workbook: its values, a note on each, and what was not understood."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docgen.importing.filling.fill import fill
from docgen.importing.filling.model import Filled
from docgen.importing.leftovers import Leftover
from docgen.importing.recover import recover
from workbook.catalogue import imports as told
from workbook.catalogue.model import Language, listed
from workbook.checking.data_files import BOOK, KindError
from workbook.checking.kinds import Kind
from workbook.files.names import shown
from workbook.marking.notes import unread_name, write_notes, write_unread
from workbook.saving.edited import Edited
from workbook.stated.folded import CELL
from workbook.xlsx.book import Book
from workbook.xlsx.package import Package, PackageError
from workbook.years.beginning import filled_workbook

MOST_LETTERS = 60  # of a passage that the summary quotes
MOST_LINES = 20
MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Imported:
    """A read report: what fills the form, and what is left over.

    Of a report with 基本支出195.49万元 and without the heading （二）项目支出情况: 195.49 is in
    `filled`, and the heading is one of `missing`.
    """

    kind: Kind
    source: Path
    filled: Filled
    leftovers: tuple[Leftover, ...]
    missing: tuple[str, ...]

    @property
    def language(self) -> Language:
        """The language of the form, in which all is told."""
        return self.kind.form.language

    @property
    def unread_sheet(self) -> str:
        """What the sheet is called that lists what is left over."""
        own = self.kind.book
        sheets = [sheet.name for sheet in self.kind.form.sheet]
        return unread_name([*sheets, *(Book(Package.of(own)).parts if own else ())], self.language)

    @property
    def count(self) -> int:
        """How many cells the report has words for, those that the form works out among them."""
        return len(self.filled.notes)


def read_report(path: Path, kind: Kind) -> Imported:
    """The report at `path` read back; raises `TemplateError`, and `KindError` without template."""
    if not kind.template.exists():
        raise KindError([f"{kind.name} 没有 Word 模板({kind.template})"])
    recovered = recover(path, kind)
    filled = fill(recovered.found, kind)
    return Imported(kind, path, filled, tuple(recovered.leftovers), tuple(recovered.missing))


def imported_workbook(imported: Imported) -> bytes:
    """The new workbook as the bytes of an .xlsx file, filled, with a note on each filled cell.

    A sheet of its own lists what is left over. Raises `KindError` where a bureau's own form has
    comments that cannot be read.
    """
    filled, kind, language = imported.filled, imported.kind, imported.language
    edited = Edited(filled_workbook(kind, filled.typed, is_last=False))
    try:
        write_notes(edited, filled.notes, language)
    except PackageError as error:
        raise KindError([f"{kind.file(BOOK)}:{error}"]) from error
    rows, source = list(_listed(imported)), shown(imported.source.name)
    write_unread(edited, imported.unread_sheet, source, rows, language)
    return edited.data()


def _listed(imported: Imported) -> Iterator[tuple[str, str, str]]:
    """What the list holds: where, the words, and why or what to do."""
    language = imported.language
    for where, what in imported.filled.doubts:
        yield where, "", what
    for title in imported.missing:
        yield "", title, told.NO_HEADING(language)
    for one in imported.leftovers:
        where = told.PLACE(language, where=one.line.where.within(language))
        yield where, _words(one), one.why or told.NO_CELL(language)


def _words(one: Leftover) -> str:
    return one.line.text.replace(CELL, " | ").strip()


def summary(imported: Imported) -> Iterator[str]:
    """What the command says when it is done."""
    language = imported.language
    if not imported.count:
        yield told.NOTHING_READ(language, name=imported.source.name)
        return
    yield from _filled(imported)
    blank = list(_blank(imported.filled))
    if blank:
        more = told.AND_SO_ON(language, count=len(blank)) if len(blank) > MOST_NAMES else ""
        names = listed(language, blank[:MOST_NAMES])
        yield told.STILL_BLANK(language, names=names, more=more)
    left = list(_listed(imported))
    if left:
        yield told.UNREAD(language, count=len(left), sheet=imported.unread_sheet)
        yield from (_line(*one, language) for one in left[:MOST_LINES])
    if len(left) > MOST_LINES:
        yield told.MORE_UNREAD(language, count=len(left) - MOST_LINES)
    yield told.CHECK_EACH(language)


def _filled(imported: Imported) -> Iterator[str]:
    """How many cells are filled, and how many give what is stated by their formulas."""
    filled, language = imported.filled, imported.language
    counts = {key: sum(map(bool, rows)) for key, rows in filled.sample.tables.items()}
    tables = "".join(
        told.OF_TABLE(language, table=key, rows=count) for key, count in counts.items() if count
    )
    derived, fields = len(filled.derived), len(filled.sample.fields)
    yield told.FILLED(language, cells=imported.count - derived, fields=fields, tables=tables)
    if derived:
        yield told.KEPT_FORMULAS(language, count=derived)


def _blank(filled: Filled) -> Iterator[str]:
    """The names of the required fields that the report does not state."""
    for key, field in filled.form.fields.items():
        if field.is_due and key not in filled.sample.fields:
            yield field.name


def _line(where: str, words: str, why: str, language: Language) -> str:
    words = " ".join(words.split())
    short = words if len(words) <= MOST_LETTERS else f"{words[:MOST_LETTERS]}…"
    said = told.WORDS_WHY(language, words=short, why=why) if short else why
    return told.AT(language, where=where, said=said) if where else f"  {said}"
