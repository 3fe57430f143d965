"""What was found is shown in the book where the book lets us, and always somewhere."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import xlwings as xw

from addin.marking import marks
from addin.marking.results_sheet import is_taken
from addin.open_book.busy import is_busy, is_gone, patiently
from addin.open_book.identity import spoken
from addin.open_book.live import LiveBook
from addin.open_book.place import home
from addin.open_book.protection import is_read_only, structure_is_locked
from addin.open_book.sheets_and_names import sheet_names
from workbook.catalogue import buttons as said
from workbook.catalogue.findings import RESULTS_SHEET, SENTENCE
from workbook.catalogue.model import Language, Said, Text, listed
from workbook.checking.intake import Intake, examine
from workbook.checking.show import report_lines, summary
from workbook.files.log import write_down
from workbook.files.save import OutputError, put_whole, save_over
from workbook.findings.model import Finding, Severity
from workbook.marking.remarks import remarks

MOST_SHOWN: Final = 3
# the first words of a list that may be written over
_HEADINGS: Final = tuple(one.encode("utf-8-sig") for one in said.LIST_HEADING)
IN_BOOK: Final = said.IN_BOOK.said(sheet=RESULTS_SHEET.said())


@dataclass(frozen=True, slots=True)
class Shown:
    """Where the whole list is, and why not all cells bear their marks; None where they do.

    `place` is None where the list is nowhere.
    """

    place: Said | None = IN_BOOK
    why: Said | None = None


def show_in_book(book: xw.Book, intake: Intake) -> Shown:
    """Mark the cells and list the findings in the book; in a file, if the book takes no list."""
    findings = intake.checked.findings
    why = why_unmarked(book, intake.checked.language)
    if not why:
        try:
            refused = patiently(lambda: marks.show(book, findings, summary(findings)))
        except Exception as error:
            if is_busy(error) or is_gone(error):
                raise
            write_down("marks")
            why = said.NOT_MARKED.said()
        else:
            if refused:
                language = intake.checked.language
                names = (said.SHEET_NAME(language, name=name) for name in refused)
                return Shown(why=said.LOCKED_SHEETS.said(sheets=listed(language, names)))
            if not findings or not is_read_only(book):
                return Shown()
            why = said.NOT_KEPT.said()
    return show_in_file(intake, home(book), why)


def show_in_file(intake: Intake, folder: Path, why: Said | None) -> Shown:
    """The whole list as a text file, in the folder or where the clerk may write."""
    if not intake.checked.findings:
        return Shown(why=why)
    language = intake.checked.language
    heading = f"{said.LIST_HEADING(language)}{intake.path}"
    text = "\n".join([heading, "", *report_lines(intake.path, intake.checked), ""])
    for place in _places(folder, said.LIST_FILE(language, stem=intake.path.stem)):
        try:
            _write(place, text.encode("utf-8-sig"))
        except (OutputError, OSError):
            continue
        return Shown(said.IN_FILE.said(path=place), why)
    return Shown(None, why)


def message(intake: Intake, shown: Shown) -> str:
    """How many there are, why they are not marked, the first few, and where all of them are."""
    findings, language = intake.checked.findings, intake.checked.language
    told = SENTENCE(language, what=summary(findings, language))
    head = said.TOLD_WITH_WHY(language, told=told, why=_reason(shown, language)).strip()
    whole = ""
    if findings and shown.place:
        whole = said.ALL_IN(language, place=shown.place(language))
    return "\n\n".join(filter(None, [head, *_first(findings), whole]))


def refusal(intake: Intake, shown: Shown, undone: Text = said.NOT_MADE) -> str:
    """What was not done, the first few errors, and where all of them are."""
    findings, language = intake.checked.findings, intake.checked.language
    errors = [one for one in findings if one.severity is Severity.ERROR]
    told = summary(findings, language)
    why = _reason(shown, language)
    head = said.UNDONE(language, summary=told, undone=undone(language), why=why)
    whole = ""
    if (len(errors) > MOST_SHOWN or shown.why) and shown.place:
        whole = said.ALL_ERRORS_IN(language, count=len(errors), place=shown.place(language))
    return "\n\n".join(filter(None, [head, *_first(errors), whole]))


def _reason(shown: Shown, language: Language) -> str:
    return said.WHY(language, why=shown.why(language)) if shown.why else ""


def _first(findings: Sequence[Finding]) -> list[str]:
    return [SENTENCE(one.language, what=one) for one in findings[:MOST_SHOWN]]


def why_unmarked(book: xw.Book, language: Language) -> Said | None:
    """Why the book takes no list, without which nothing may be marked; None where it takes one."""
    if book.app.engine.name != "excel" and is_read_only(book):  # Excel changes one in memory
        return said.READ_ONLY.said()
    if structure_is_locked(book) and RESULTS_SHEET(language) not in sheet_names(book):
        return said.STRUCTURE_LOCKED.said(place=IN_BOOK)
    return said.NAME_TAKEN.said(place=IN_BOOK) if is_taken(book, language) else None


def cells_to_visit(book: xw.Book) -> list[marks.CellAddress]:
    """The cells that the findings are about; found anew where the book holds no list of them."""
    if cells := marks.listed_cells(book):
        return cells
    live = LiveBook(book)
    if not why_unmarked(book, spoken(book)):
        return []
    findings = examine(live.path, live).checked.findings
    return [(place.sheet, place.address) for place in remarks(findings)]


def _places(folder: Path, name: str) -> Iterator[Path]:
    yield from (folder / name, Path.home() / name, Path(tempfile.gettempdir()) / name)


def _write(path: Path, data: bytes) -> None:
    """Put the list there; one of ours is replaced, anything else is kept beside it."""
    if path.is_file() and path.read_bytes().startswith(_HEADINGS):
        put_whole(path, (data,))
    else:
        save_over(path, data)
