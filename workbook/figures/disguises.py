"""Numbers that a format shows as another one, or not at all: `0.00;0.00` makes 5 of -5."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from workbook.figures.number_formats import (
    TOKEN,
    Shows,
    literal_of,
    number_format,
    part_for,
    parts_of,
    shown_as,
)
from workbook.figures.numbers import plain

NOTHING: Final = "空白"
# Red for what is below zero, as Excel itself offers it, says so without a sign.
_COLOUR: Final = re.compile(r"[^$<>=\d-][^$<>=-]*", re.ASCII)
_NO_COLOUR: Final = re.compile(r"DBNum\d+|h+|m+|s+", re.IGNORECASE)
_MINUS: Final = re.compile(r"[-−－–(（△▲▼负减]")
_BEGINS_BELOW: Final = re.compile(r"\s*[-−－–(（△▲负]\s*[¥￥$€]?\s*[0#?G]")
_BARE: Final = re.compile(r"(?:General|(?:#,##)?0(?:\.0+)?)?")
# A digit that is a word and no part of a unit, as that of m2 is.
_DIGIT: Final = re.compile(r"(?<![A-Za-z\d.])\d")


@lru_cache
def is_bare(code: str) -> bool:
    """Whether every number shows as itself in a format: `#,##0.00` and its like, as nearly all."""
    return bool(_BARE.fullmatch(code))


def disguised(code: str, number: Decimal) -> str | None:
    """What a person sees in place of a number, None where it is that number.

    `0.00;0.00` shows -5.5 as 5.50, `;;;` as nothing, `"无"` as 无, `0"00"` 5 as 500. That a zero is
    shown as nothing or as a dash is usual.
    """
    part = part_for(code, number)
    found = number_format(part)
    if not code or found.shows is not Shows.NUMBER:
        return None
    seen, is_coloured = _seen(part)
    if not re.search(r"[0#?]|General|G/|通用格式", seen, re.IGNORECASE):
        return None if number == 0 else found.words or NOTHING
    if _DIGIT.search(found.words):
        return shown_as(number, part)
    if number > 0 and _BEGINS_BELOW.match(seen):
        return f"-{plain(number)}"
    has_own = number < 0 and part is not _first(code) and not any(c for c, _ in parts_of(code))
    if has_own and not is_coloured and not _MINUS.search(seen + found.words):
        return shown_as(abs(number), part)
    return None


def _first(code: str) -> str:
    return parts_of(code)[0][1]


@lru_cache(256)
def _seen(part: str) -> tuple[str, bool]:
    """The signs of a part that are seen or stand for digits, and whether it has a colour."""
    seen, is_coloured = "", False
    for token in TOKEN.finditer(part):
        bracket = token["bracket"] or ""
        is_colour = _COLOUR.fullmatch(bracket) and not _NO_COLOUR.fullmatch(bracket)
        is_coloured |= bool(is_colour)
        words = "".join(" " if sign in "0#?Gg" else sign for sign in literal_of(token))
        seen += words + (token["general"] or token["other"] or "")
    return seen, is_coloured
