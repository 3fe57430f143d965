"""Cells and rows as the text of a sheet's part, written as openpyxl would."""

import re
from datetime import date
from decimal import Decimal
from html import escape
from math import isfinite
from typing import Final

from workbook.figures.days import serial_of
from workbook.reading.results import Result

FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # the zip format's earliest date, of all members alike
NO_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FORMULA_SIGNS: Final = ("=", "+", "-", "@")  # a text that begins so would be taken for one
MOST_LETTERS: Final = 32_767  # of a cell
_EXACT: Final = 1e15  # whole numbers up to here have all their digits in a double


def formula_cell(address: str, style: str, formula: str, result: Result) -> str:
    """A cell with a formula, `<f>1+1</f>`, and what it gives; `style` is an attribute or ""."""
    kind, text = _as_written(result)
    type_ = f' t="{kind}"' if kind else ""
    return f'<c r="{address}"{style}{type_}>{formula}<v>{escaped(text)}</v></c>'


def typed_cell(address: str, style: str, value: Decimal | int | str | date) -> str:
    """A cell with what somebody typed."""
    if value == "":
        return f'<c r="{address}"{style}/>'
    if isinstance(value, str):
        words = between_tags(value[:MOST_LETTERS])
        return f'<c r="{address}"{style} t="inlineStr"><is><t>{words}</t></is></c>'
    number = serial_of(value) if isinstance(value, date) else value
    return f'<c r="{address}"{style} t="n"><v>{number_text(number)}</v></c>'


def number_text(number: Decimal | float) -> str:
    """A number with the sixteen digits that openpyxl writes."""
    return f"{float(number):.16g}"


def between_tags(text: str) -> str:
    """A text between tags, in which quotation marks stand as they are."""
    return escape(text, quote=False).replace("\r", "&#13;")


def escaped(text: str) -> str:
    """A text between tags or quotation marks."""
    return escape(text).replace("\r", "&#13;")


def _as_written(result: Result) -> tuple[str, str]:
    """A result's type, none for a number, and its text (ECMA-376 part 1, 18.18.11)."""
    value = result.value
    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, str):
        return "e" if result.is_error else "str", value
    assert value is not None
    return "", _digits(float(value))


def _digits(number: float) -> str:
    """A double's shortest text; nothing for one that no cell can hold."""
    if not isfinite(number):
        return ""
    return str(int(number)) if number.is_integer() and abs(number) < _EXACT else repr(number)
