"""Rows that are made while a book is saved come to the same file as rows that are in it before."""

from collections.abc import Iterator
from io import BytesIO

from openpyxl.worksheet.worksheet import Worksheet

from workbook.making.styles import PLAIN, TITLE, write
from workbook.saving.book import FormBook, given_time, save_book
from workbook.saving.writer import Later

ROWS = 30


def book_of() -> tuple[FormBook, Worksheet]:
    book = FormBook()
    sheet = book.worksheets[0]
    write(sheet, 1, 1, "汇总", TITLE)
    return book, sheet


def rows_into(sheet: Worksheet) -> Iterator[int]:
    for row in range(2, ROWS + 2):
        write(sheet, row, 2, f"第{row}小学", PLAIN)
        sheet.cell(row, 3, row / 7)
        sheet.cell(row, 3).hyperlink = f"报告/{row}.docx"
        sheet.row_dimensions[row].height = 15.0 + row
        yield row


def saved(book: FormBook) -> bytes:
    data = BytesIO()
    save_book(book, data, {}, given_time())
    return data.getvalue()


def test_later_rows_give_the_same_bytes_and_are_gone_when_they_are_written() -> None:
    whole, sheet = book_of()
    list(rows_into(sheet))
    later, empty = book_of()
    later.later[empty.title] = Later(f"C{ROWS + 1}", rows_into(empty))
    assert saved(later) == saved(whole)
    assert not empty._cells
    assert not empty.row_dimensions.keys() - {1}
