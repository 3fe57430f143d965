"""Cell addresses as Excel writes them."""

import re
from typing import Final

MAX_ROWS: Final = 1_048_576
MAX_COLUMNS: Final = 16_384
_PLAIN_NAME: Final = re.compile(r"[^\W\d]\w*\Z")
_CELL_LIKE: Final = re.compile(r"[A-Za-z]{1,3}\d+\Z")
_AREA: Final = re.compile(
    r"\$?(?P<left>[A-Za-z]{1,3})?\$?(?P<top>\d+)?"
    r"(?P<rest>:\$?(?P<right>[A-Za-z]{1,3})?\$?(?P<bottom>\d+)?)?\Z"
)

Area = tuple[int, int, int, int]  # row, column, number of rows, number of columns; from 1


def column_letters(number: int) -> str:
    """A column's letters: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def column_number(letters: str) -> int:
    """A column's number: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def parse(text: str) -> Area | None:
    """The area that an address in A1 notation stands for; None for anything else."""
    found = _AREA.match(text)
    if not found:
        return None
    left, top, right, bottom = found.group("left", "top", "right", "bottom")
    if not found["rest"]:
        right, bottom = left, top
        if not (left and top):
            return None
    if bool(left) != bool(right) or bool(top) != bool(bottom) or not (left or top):
        return None
    rows = sorted((int(top), int(bottom))) if top else [1, MAX_ROWS]
    columns = sorted((column_number(left), column_number(right))) if left else [1, MAX_COLUMNS]
    if rows[0] < 1 or rows[1] > MAX_ROWS or columns[1] > MAX_COLUMNS:
        return None
    return rows[0], columns[0], rows[1] - rows[0] + 1, columns[1] - columns[0] + 1


def write(area: Area, *, row_absolute: bool = True, column_absolute: bool = True) -> str:
    """An area in A1 notation; whole rows and columns in Excel's short form."""
    row, column, rows, columns = area
    row_dollar, column_dollar = "$" * row_absolute, "$" * column_absolute
    last_row, last_column = row + rows - 1, column + columns - 1
    if not rows or not columns:
        return f"{column_dollar}{column_letters(column)}{row_dollar}{row}{{{rows}x{columns}}}"
    if columns == MAX_COLUMNS:
        return f"{row_dollar}{row}:{row_dollar}{last_row}"
    first, last = (
        column_dollar + column_letters(column),
        column_dollar + column_letters(last_column),
    )
    if rows == MAX_ROWS:
        return f"{first}:{last}"
    start, end = f"{first}{row_dollar}{row}", f"{last}{row_dollar}{last_row}"
    return start if start == end else f"{start}:{end}"


def quoted(sheet: str, book: str = "") -> str:
    """A sheet's name as it stands before an address, in quotes where Excel needs them."""
    name = f"[{book}]{sheet}" if book else sheet
    if _PLAIN_NAME.match(sheet) and not _CELL_LIKE.match(sheet) and _is_plain_book(book):
        return name
    return "'" + name.replace("'", "''") + "'"


def _is_plain_book(book: str) -> bool:
    return all(_PLAIN_NAME.match(part) or part.isalnum() for part in book.split(".")) or not book


def split(reference: str) -> tuple[str | None, str]:
    """A reference's sheet, without quotes, and what stands behind the exclamation mark."""
    sheet, found, rest = reference.rpartition("!")
    if not found:
        return None, rest
    if sheet.startswith("'") and sheet.endswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return sheet.rpartition("]")[2], rest
