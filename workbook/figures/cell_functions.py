"""What the cell functions GJ_TIES, GJ_RATE and GJ_UPPER say, in Excel and in LibreOffice.

`addin.functions.cells` wraps them for Excel. The LibreOffice extension ships this file, numbers.py,
numerals.py and the texts of `workbook.catalogue.cells` unchanged, as the packages that they are,
inside its `pythonpath/` (loose there, `numbers.py` would take the place of the standard library's
`numbers`). LibreOffice's own Python may be 3.8, so these use nothing newer and nothing but the
standard library. They speak the language of the book that asks, which whoever calls them knows.

An argument is a value, or nested sequences of values for a range: None for a blank cell, figures,
texts, dates, truth values, `CellError`. They never raise: what is wrong is the answer.

    >>> ties(195.94, [[171.74], [23.75]])
    '不符，差 0.45'
    >>> ties(195.94, [[171.74], [23.75]], language="en")
    'Fails by 0.45'
    >>> ties(3, Block([[1], [2], [CellError("#N/A")]], top=1, left=2))
    'B3是错误值 #N/A,请先改正'
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from decimal import Context, Decimal, localcontext
from typing import Any

from workbook.catalogue import cells as said
from workbook.catalogue.model import Language, Said, Text
from workbook.figures.numbers import (
    MOST_DECIMALS,
    NotNumber,
    decimals_of,
    from_excel,
    parse_number,
    plain,
    round_half_up,
)
from workbook.figures.numerals import in_capitals

# Excel hands an error cell over COM as an int: VT_ERROR with FACILITY_CONTROL and its own number
# (XlCVError), 0x800A0000 + 2042 for #N/A. Figures always come as doubles.
_FIRST_ERROR = -0x7FF60000
_ERROR_NUMBERS = range(2000, 3000)
_NO_ARGUMENT = -2147352572  # DISP_E_PARAMNOTFOUND: an optional argument left out
ERRORS = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
    2043: "#GETTING_DATA",
    2045: "#SPILL!",
    2046: "#CONNECT!",
    2047: "#BLOCKED!",
    2048: "#UNKNOWN!",
    2049: "#FIELD!",
    2050: "#CALC!",
}
# Numbers that Microsoft does not list; xlwings or LibreOffice hand these over as text.
_NAMES = frozenset(ERRORS.values()) | {"#BUSY!", "#EXTERNAL!", "#PYTHON!", "#TIMEOUT!"}
# Letters without width, which a web page or a chat leaves in a figure that is copied from it.
_UNSEEN = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
)
_MOST_PLACES = 308  # of a double; a longer figure comes from a text
_EXACT = Context(prec=1000)  # the largest double and the smallest in one sum
_MOST_SHOWN = 20


class CellError(str):
    """An error cell, by the name that it shows."""

    __slots__ = ()


class Block:
    """The rows of a range that know where they stand, so that a bad cell is named by its address.

    Rows and columns of a sheet begin at 1, 0 stands for a range of unknown place; `sheet` is named
    only where it is not the formula's own.
    """

    def __init__(self, rows: Sequence[Any], top: int = 0, left: int = 0, sheet: str = "") -> None:
        self.rows, self.top, self.left, self.sheet = rows, top, left, sheet


class NotAFigureError(ValueError):
    """What stands in the place of a figure: `told` says in a language what, and where."""

    def __init__(self, text: Text, place: Said, value: Any = "", sort: Text | None = None) -> None:
        super().__init__(text.zh)
        self._text, self._place, self._value, self._sort = text, place, value, sort

    def told(self, language: Language) -> str:
        """The sentence."""
        sort = self._sort(language) if self._sort else ""
        value = self._value if isinstance(self._value, CellError) else _short(self._value)
        return self._text(language, place=self._place(language), value=value, sort=sort)


def excel_value(value: Any) -> Any:
    """The value of one cell as Excel or xlwings hands it, errors told from numbers and texts."""
    # Exactly int: True is an int too, and a figure that is typed comes as a float.
    if type(value) is int:
        if value == _NO_ARGUMENT:
            return None
        number = value - _FIRST_ERROR
        if number in _ERROR_NUMBERS:
            return CellError(ERRORS.get(number, f"#{number}"))
    elif isinstance(value, str) and value in _NAMES:
        return CellError(value)
    return value


def ties(total: Any, parts: Any, tolerance: Any = None, language: Language = "zh") -> str:
    """Whether a total is the sum of its parts: 相符, 尾差 or 不符, with the difference.

    Whole numbers must tie exactly. Else figures are taken as rounded to the most decimals among
    them, and a difference that rounding explains is a 尾差. A `tolerance` takes the place of both.
    """
    try:
        whole = _one(total, said.TOTAL)
        figures = [_figure(value, place) for value, place in _filled(parts, said.PARTS.said())]
        allowed = _one(tolerance, said.TOLERANCE)
    except NotAFigureError as error:
        return error.told(language)
    if allowed is not None and allowed < 0:
        return said.NEGATIVE(language, value=_short(plain(allowed)))
    if whole is None:
        return (said.TOTAL_UNFILLED if figures else said.UNFILLED)(language)
    if not figures:
        return said.PARTS_UNFILLED(language)
    return _verdict(whole, figures, allowed, language)


def rate(part: Any, whole: Any, language: Language = "zh") -> float | str:
    """A part's share of the whole; 0/0 is 不适用."""
    try:
        above, below = _one(part, said.PART), _one(whole, said.WHOLE)
    except NotAFigureError as error:
        return error.told(language)
    if above is None and below is None:
        return said.UNFILLED(language)
    if above is None or below is None:
        return (said.PART_UNFILLED if above is None else said.WHOLE_UNFILLED)(language)
    if below == 0:
        return (said.NO_BASE if above else said.NOT_APPLICABLE)(language)
    quotient = float(_EXACT.divide(above, below))
    return said.RATE_TOO_LARGE(language) if abs(quotient) == float("inf") else quotient


def upper(amount: Any, language: Language = "zh") -> str:
    """The amount in Chinese capitals, nothing for a blank cell."""
    try:
        figure = _one(amount, said.AMOUNT)
    except NotAFigureError as error:
        return error.told(language)
    if figure is None:
        return ""
    try:
        return in_capitals(figure)
    except ValueError:
        return said.AMOUNT_TOO_LARGE(language, value=_short(plain(figure)))


def _verdict(
    total: Decimal, parts: list[Decimal], allowed: Decimal | None, language: Language
) -> str:
    """What is said of figures; the interval is XBRL Calculations 1.1's: half a unit a figure."""
    with localcontext(_EXACT):
        # What is left behind MOST_DECIMALS is the noise of doubles, not money.
        gap = round_half_up(total - sum(parts, Decimal(0)), MOST_DECIMALS)
        if gap == 0 or (allowed is not None and abs(gap) <= allowed):
            return said.TIES(language)
        decimals = max(decimals_of(round_half_up(one, MOST_DECIMALS)) for one in [total, *parts])
        interval = Decimal(5).scaleb(-decimals - 1) * (len(parts) + 1)
        is_rounding = allowed is None and decimals > 0 and abs(gap) <= interval
        return f"{(said.ROUNDING if is_rounding else said.FAILS)(language)} {plain(gap)}"


def _one(argument: Any, name: Text) -> Decimal | None:
    """The figure of an argument that is one cell, None if blank; raises `NotAFigureError`."""
    found = list(_filled(argument, name.said()))
    if len(found) > 1:
        raise NotAFigureError(said.ONE_CELL, name.said())
    return _figure(*found[0]) if found else None


def _filled(argument: Any, place: Said) -> Iterator[tuple[Any, Said]]:
    """Each cell of an argument that is not blank, and the words for its place."""
    if isinstance(argument, Block):
        yield from _filled_in(argument)
    elif not isinstance(argument, (list, tuple)):
        if argument is not None and not _is_blank(argument):
            yield argument, place
    elif any(isinstance(row, (list, tuple)) for row in argument):
        yield from _filled_in(Block(argument))
    else:  # one row of values, or the areas of a range
        for number, one in enumerate(argument, 1):
            yield from _filled(one, said.PART_NUMBER.said(of=place, number=number))


def _filled_in(block: Block) -> Iterator[tuple[Any, Said]]:
    for down, row in enumerate(block.rows):
        # A whole column is a million blank cells: nothing is done for any of them but this test.
        for right, value in enumerate(row if isinstance(row, (list, tuple)) else (row,)):
            if value is not None and not _is_blank(value):
                yield value, _place(block, down, right)


def _place(block: Block, down: int, right: int) -> Said:
    if not block.top:
        return said.ROW_AND_COLUMN.said(row=down + 1, column=right + 1)
    sheet = f"{block.sheet}!" if block.sheet else ""
    address = f"{sheet}{column_letters(block.left + right)}{block.top + down}"
    return said.ADDRESS.said(address=address)


def column_letters(number: int) -> str:
    """`AA` for the 27th column."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, CellError) and not value.strip()


def _figure(value: Any, place: Said) -> Decimal:
    """The figure of one cell that is not blank; raises `NotAFigureError`."""
    if isinstance(value, str):
        return _typed(value, place)
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise NotAFigureError(said.OTHER_SORT, place, value, _sort(value))
    number = value if isinstance(value, Decimal) else from_excel(value)
    if not number.is_finite():
        raise NotAFigureError(said.NOT_FINITE, place, value)
    return _bounded(number, value, place)


def _typed(text: str, place: Said) -> Decimal:
    """The figure of a text; raises `NotAFigureError`."""
    if isinstance(text, CellError):
        raise NotAFigureError(said.ERROR, place, text)
    if not _UNSEEN.isdisjoint(text):
        raise NotAFigureError(said.UNSEEN, place, text)
    number = parse_number(text, "")
    if not isinstance(number, NotNumber):
        return _bounded(number, text, place)
    is_of_unit = number.reason == "unit"
    raise NotAFigureError(said.WITH_UNIT if is_of_unit else said.NO_FIGURE, place, text)


def _bounded(number: Decimal, value: Any, place: Said) -> Decimal:
    if number and number.adjusted() > _MOST_PLACES:
        raise NotAFigureError(said.TOO_LARGE, place, value)
    return number


def _sort(value: Any) -> Text:
    """What a value is that is no figure, in words."""
    if isinstance(value, bool):
        return said.FLAG
    return said.DAY if isinstance(value, (date, time, timedelta)) else said.ANOTHER


def _short(value: Any) -> str:
    """A value as a message quotes it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    # Python refuses to print an int of more than 4,300 digits.
    if isinstance(value, int):
        value = Decimal(value)
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    seen = "".join(letter for letter in text if letter not in _UNSEEN)
    return seen if len(seen) <= _MOST_SHOWN else f"{seen[:_MOST_SHOWN]}……"
