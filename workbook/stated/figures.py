"""A figure as it is written, of digits or of words, exact or about, with its unit."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NamedTuple

from workbook.stated.counted import IN_WORDS, number_of

NUMBER: Final = r"[-+]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
ROUGHLY: Final = r"左右|上下|以上|以下|以内|余|多|至|到|[-~/]"


def written_with(units: Iterable[str]) -> str:
    """The pattern of a figure with one of the units, or none: 3名, 十二名, 171.74余万元, 171万余元.

    `read_figure` reads what it matches.
    """
    unit = "|".join(sorted(map(re.escape, units), key=len, reverse=True))
    return rf"(?:({NUMBER})([余多]?)({unit}|[万亿][余多]元)?|({IN_WORDS})({unit}))"


class Figure(NamedTuple):
    """A figure as it was written, its unit empty where none stands behind it."""

    value: Decimal
    unit: str
    is_exact: bool
    in_words: bool = False


def read_figure(match: re.Match[str]) -> Figure:
    """A figure of digits or of words, 12 or 十二, with its unit."""
    if match[4]:
        return Figure(Decimal(number_of(match[4]) or 0), match[5], is_exact=True, in_words=True)
    unit = match[3] or ""
    plain = unit.replace("余", "").replace("多", "")
    is_exact = not match[2] and plain == unit
    return Figure(Decimal(match[1].replace(",", "")), plain, is_exact=is_exact)
