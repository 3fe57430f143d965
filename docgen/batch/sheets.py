"""What the sheets of a batch share: a title, a row of heads, figures."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from io import BytesIO
from typing import Final

from msgspec.structs import replace
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from workbook.making.palette import CHECK_TAB
from workbook.making.sheets import set_up_page
from workbook.making.styles import (
    FIGURE,
    HEAD,
    NOTE,
    PLAIN,
    TITLE,
    Look,
    dress,
    figure_format,
    fit_row,
    text_height,
    write,
)
from workbook.saving.book import FormBook, given_time, save_book
from workbook.saving.writer import Later

HEAD_ROW: Final = 3
Columns = Sequence[tuple[str, float]]  # heads, of which two may be alike, with their widths
_MOST_SAID: Final = 1000  # letters of a text
_EXCEL_DIGITS: Final = 15
_HIGHEST: Final = 409  # points of a row in Excel
_MESSAGE: Final = replace(PLAIN, vertical="top")
_LONGEST: Final = 31  # letters of a sheet's name that Excel takes, and those that it refuses
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))


def new_book() -> FormBook:
    """A workbook without sheets that does not say by the clock when it was made."""
    book = FormBook()
    book.remove(book.worksheets[0])
    book.properties.creator, book.properties.created = "勾稽", given_time()
    return book


def bytes_of(book: FormBook) -> bytes:
    """The file's bytes; the same cells give the same."""
    data = BytesIO()
    save_book(book, data, {}, given_time())
    return data.getvalue()


def new_sheet(book: FormBook, title: str, words: str, columns: Columns, lead: int = 1) -> Worksheet:
    """A sheet with its title, what is said of it, and the heads of its columns by width.

    The first `lead` columns stay where they are when the others are moved; with 0 nothing does.
    """
    sheet: Worksheet = book.create_sheet(_sheet_name(book, title))
    dress(sheet.cell(1, 1, title), TITLE)
    dress(sheet.cell(2, 1, words), NOTE)
    for column, (head, width) in enumerate(columns, start=1):
        dress(sheet.cell(HEAD_ROW, column, head), HEAD)
        sheet.column_dimensions[get_column_letter(column)].width = width
    if lead:
        sheet.freeze_panes = f"{get_column_letter(lead + 1)}{HEAD_ROW + 1}"
    set_up_page(sheet, landscape=True, repeat=f"{HEAD_ROW}:{HEAD_ROW}", tab=CHECK_TAB)
    return sheet


def _sheet_name(book: FormBook, title: str) -> str:
    """A name that Excel takes and no other sheet has, whatever the case of its letters."""
    name = wanted = title.translate(_NOT_IN_NAMES)[:_LONGEST]
    taken, number = {one.lower() for one in book.sheetnames}, 1
    while name.lower() in taken:
        number += 1
        name = f"{wanted[: _LONGEST - len(str(number)) - 1]}~{number}"
    return name


def fill_later(
    book: FormBook, sheet: Worksheet, count: int, columns: int, rows: Iterator[int]
) -> None:
    """Let the rows below the heads be made while the book is saved.

    `rows` puts one into the sheet after the other and gives its number.
    """
    last = HEAD_ROW + count
    book.later[sheet.title] = Later(f"{get_column_letter(columns)}{last}", rows)


def put_text(sheet: Worksheet, row: int, column: int, text: str, look: Look) -> None:
    """A text as it is; signs that no sheet can hold, as names of files may have, are ?."""
    write(sheet, row, column, ILLEGAL_CHARACTERS_RE.sub("?", text[:_MOST_SAID]), look)


def put_message(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """A text of any length, the last of its row, which is made as high as all its texts need."""
    put_text(sheet, row, column, text, PLAIN)
    widths = sheet.column_dimensions
    texts = ((str(sheet.cell(row, n).value or ""), n) for n in range(1, column + 1))
    height = max(text_height(one, widths[get_column_letter(n)].width) for one, n in texts)
    fit_row(sheet, row, height)
    if height >= _HIGHEST:  # what does not fit is cut at its end, not at both
        dress(sheet.cell(row, column), _MESSAGE)


def put_figure(
    sheet: Worksheet, row: int, column: int, text: str, decimals: int | None = None
) -> None:
    """A figure as a number; a text such as 不适用, or one with too many digits, as it is."""
    look = FIGURE if decimals is None else _figure_look(decimals)
    if not text or _is_figure(text):
        dress(sheet.cell(row, column, float(text) if text else None), look)
    else:
        put_text(sheet, row, column, text, look)


@cache
def _figure_look(decimals: int) -> Look:
    return replace(FIGURE, number_format=figure_format(decimals))


def _is_figure(text: str) -> bool:
    """Whether a cell can hold it to the last digit: Excel keeps fifteen."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return False
    return number.is_finite() and len(number.normalize().as_tuple().digits) <= _EXCEL_DIGITS
