"""A copy of the clerk's workbook with coloured cells and notes; the original is not touched.

openpyxl loses what it does not know (drawings, threaded comments), so the copy is for reading, and
says so on its first note.
"""

import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from itertools import islice, zip_longest
from pathlib import Path

from msgspec.structs import replace
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.views import SheetView
from openpyxl.worksheet.worksheet import Worksheet

from workbook.catalogue.findings import AUTHOR, COPY_NOTE, RESULT_COLUMNS, RESULTS_SHEET
from workbook.files.archive import archive_fault
from workbook.files.save import OutputError, must_be_another, save_new
from workbook.findings.groups import Group
from workbook.findings.marked_list import MARKED, MOST_MARKED, marked_text
from workbook.findings.model import Finding
from workbook.findings.place import Place
from workbook.making.palette import CHECK_TAB
from workbook.making.sheets import set_up_page, write_band
from workbook.making.styles import CENTRED, HEAD, LINK, NOTE, PLAIN, dress, fit_row, text_height
from workbook.marking.notes import NOTE_WIDTH
from workbook.marking.remarks import (
    LOOKS,
    RESULT_WIDTHS,
    Remark,
    remarks,
    result_lines,
    result_row,
)
from workbook.reading.results import saved_results
from workbook.saving.book import given_time, language_of, save_book
from workbook.xlsx.book import Book
from workbook.xlsx.bounds import must_be_bounded
from workbook.xlsx.package import Package

RESULT_HEAD, RESULT_PLACE = 3, 2


def annotate(source: Path, findings: Sequence[Finding], copy: Path) -> None:
    """Write the annotated copy; raises `OutputError` when there cannot be one."""
    must_be_another(copy, source)
    save_new(copy, annotated(source, findings), findings[0].language if findings else "zh")


def annotated(source: Path, findings: Sequence[Finding]) -> bytes:
    """The annotated copy as bytes; raises `OutputError` when there cannot be one.

    It bears the times of the workbook that it was made from: the same one gives the same bytes.
    """
    with _told(source):
        if archive_fault(source) is not None:
            raise ValueError(source)
        data = source.read_bytes()
        must_be_bounded(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl cannot keep, as the docstring tells
            book = load_workbook(BytesIO(data), rich_text=True)
        if not book.worksheets:
            raise ValueError(source)
        file = Book(Package.of(data))
        is_dated = file.is_dated
        results = saved_results(file)  # which openpyxl leaves behind
    marked = remarks(findings)
    for place, remark in marked.items():
        if place.sheet in book.sheetnames:
            _mark(book[place.sheet], place.address, remark)
    _tell_marked(book, marked)
    sheet = book.create_sheet(RESULTS_SHEET(language_of(book.worksheets[0])), 0)
    sheet.views.sheetView = [SheetView(workbookViewId=n) for n in range(len(book.views) or 1)]
    book.active = 0
    _list(sheet, findings)
    made = BytesIO()
    if not is_dated:
        book.properties.created = book.properties.modified = given_time()
    with _told(source):  # parts that are only looked at when they are written
        save_book(book, made, results, book.properties.modified)
    return made.getvalue()


@contextmanager
def _told(source: Path) -> Iterator[None]:
    """Whatever openpyxl raises of a bent file becomes a sentence: it may be anything."""
    try:
        yield
    except Exception as error:
        raise OutputError(f"「{source.name}」读不下去,做不了批注副本。") from error


def _mark(sheet: Worksheet, address: str, remark: Remark) -> None:
    cell = sheet[address]
    if isinstance(cell, MergedCell):
        return
    fill, ink = remark.look
    cell.fill = PatternFill("solid", fgColor=fill)
    cell.font = Font(name=cell.font.name, size=cell.font.size, bold=cell.font.bold, color=ink)
    text = remark.text
    if cell.comment is not None:
        text = f"{text}\n———\n{cell.comment.text}"
    cell.comment = Comment(
        text, AUTHOR(language_of(sheet)), width=NOTE_WIDTH, height=40 + 18 * (1 + len(text) // 26)
    )


def _tell_marked(book: Workbook, places: Iterable[Place]) -> None:
    """Tell the book's own colours which cells they must not cover; older books do not ask."""
    name = book.defined_names.get(MARKED(language_of(book.worksheets[0])))
    for title, area in name.destinations if name else ():
        cells = (cell for (cell,) in book[title][area])
        texts = map(marked_text, places)
        for cell, text in zip_longest(cells, islice(texts, MOST_MARKED)):
            cell.value = text


def _list(sheet: Worksheet, findings: Sequence[Finding]) -> None:
    """A sheet of all findings with links, in front."""
    language = language_of(sheet)
    dress(sheet.cell(1, 1, COPY_NOTE(language)), NOTE)
    columns = zip(RESULT_COLUMNS, RESULT_WIDTHS, strict=True)
    for column, (words, width) in enumerate(columns, start=1):
        dress(sheet.cell(RESULT_HEAD, column, words(language)), HEAD)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, one in enumerate(result_lines(findings), start=RESULT_HEAD + 1):
        if isinstance(one, Group):
            write_band(sheet, row, one.title, len(RESULT_COLUMNS), first=1)
        else:
            _list_one(sheet, row, one)
    sheet.freeze_panes = f"A{RESULT_HEAD + 1}"
    set_up_page(sheet, landscape=True, repeat=f"{RESULT_HEAD}:{RESULT_HEAD}", tab=CHECK_TAB)


def _list_one(sheet: Worksheet, row: int, one: Finding) -> None:
    for column, text in enumerate(result_row(one), start=1):
        cell = sheet.cell(row, column)
        cell.value = text
        cell.data_type = "s"  # also where it begins with =
        dress(cell, PLAIN)
    fill, ink = LOOKS[one.severity]
    dress(sheet.cell(row, 1), replace(CENTRED, fill=fill, color=ink))
    if one.place is not None:
        link = sheet.cell(row, RESULT_PLACE)
        dress(link, LINK)
        link.hyperlink = Hyperlink(link.coordinate, location=str(one.place))
    fit_row(sheet, row, _result_height(one))


def _result_height(one: Finding) -> float:
    columns = zip(result_row(one), RESULT_WIDTHS, strict=True)
    return max(text_height(text, width) for text, width in columns)
