"""What a cell of a file holds: its own value, or the saved result of its formula.

A formula that gave an empty text has a result, unlike one that was never calculated.
"""

import re
import sys
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from msgspec import Struct

from workbook.figures.number_formats import Shows, shows
from workbook.reading.spots import Spot
from workbook.xlsx.book import Book
from workbook.xlsx.sheet import FileCell

# As XML writes numbers; Python's own `float` would take 1_0, nan and full-width digits as well.
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_LARGEST: Final = sys.float_info.max
_MOST_DIGITS: Final = 400  # of a double; Python refuses to read whole numbers of thousands
_TRUTHS: Final = {"1": True, "true": True, "0": False, "false": False}
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Result(Struct, frozen=True):
    """What stands in a cell; the value is None where nothing was saved.

    A `Decimal` is what Python computes for a formula of ours. Of what `is_broken` the value is the
    text that no program writes: a number `1_0` or `1E999`, a truth `7`, a shared text that is not
    there.
    """

    value: Decimal | float | int | str | bool | None
    is_error: bool = False
    is_broken: bool = False


Results = Mapping[str, Mapping[str, Result]]  # of formulas, by sheet and address
NONE: Final = Result(None)


def result_of(cell: FileCell, book: Book) -> Result:
    """The value of a cell as its type says; a day is a number here."""
    text = cell.value
    if not text:
        return Result("") if text == "" and cell.type == "str" else NONE
    match cell.type:
        case "n":
            return _number(text)
        case "b":
            return Result(_TRUTHS[text]) if text in _TRUTHS else Result(text, is_broken=True)
        case "s":
            return _shared(text, book.texts)
        case "str" | "inlineStr" | "d":
            return Result(unescaped(text))
        case "e":
            return Result(text, is_error=True)
    return Result(text, is_broken=True)


def _number(text: str) -> Result:
    text = text.strip(" \t\r\n")
    if not _NUMBER.fullmatch(text):
        return Result(text, is_broken=True)
    is_whole = len(text) < _MOST_DIGITS and (text.isdigit() or text[1:].isdigit())
    number = int(text) if is_whole else float(text)
    # Of 1E999 every reader makes infinity, and of a whole number as large none makes a double.
    return Result(number) if abs(number) <= _LARGEST else Result(text, is_broken=True)


def _shared(text: str, texts: list[str]) -> Result:
    if not (text.isascii() and text.isdigit()) or int(text[:9]) >= len(texts):
        return Result(text, is_broken=True)
    return Result(unescaped(texts[int(text)]))


def unescaped(text: str) -> str:
    """Excel keeps control characters in escaped form; none may reach a document."""
    return _ESCAPED.sub(_unescape, text) if "_x" in text else text


def _unescape(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character.isprintable() or character in "\n\t" else ""


def saved_results(book: Book) -> Results:
    """The results of all formulas of a file; days are numbers, as Excel keeps them."""
    return {
        name: {address: result_of(cell, book) for address, cell in book.sheet(name).formulas()}
        for name in book.parts
    }


def text_at(book: Book, spot: Spot) -> str:
    """The words in a cell, "" for none."""
    cell = book.sheet(spot.sheet).cells.get((spot.row, spot.column))
    return str(result_of(cell, book).value or "") if cell is not None else ""


def shows_percent(book: Book, spot: Spot) -> bool:
    """Whether a cell shows what it holds as a percentage."""
    cell = book.sheet(spot.sheet).cells.get((spot.row, spot.column))
    return cell is not None and shows(book.format_of(cell.style)) is Shows.PERCENT
