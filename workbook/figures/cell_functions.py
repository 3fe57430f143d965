"""What the cell functions GJ_TIES, GJ_RATE and GJ_UPPER say, in Excel and in LibreOffice.

`addin.functions.cells` wraps them for Excel. The LibreOffice extension ships this file, numbers.py
and numerals.py unchanged, as the package that they are, inside its `pythonpath/` (loose
there, `numbers.py` would take the place of the standard library's `numbers`). LibreOffice's own
Python may be 3.8, so these four use nothing newer and nothing but the standard library.

An argument is a value, or nested sequences of values for a range: None for a blank cell, figures,
texts, dates, truth values, `CellError`. They never raise: what is wrong is the answer.

    >>> ties(195.94, [[171.74], [23.75]])
    '不符，差 0.45'
    >>> ties(3, Block([[1], [2], [CellError("#N/A")]], top=1, left=2))
    'B3是错误值 #N/A,请先改正'
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from decimal import Context, Decimal, localcontext
from typing import Any

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

UNFILLED = "未填"
TIES = "相符"
NOT_APPLICABLE = "不适用"
NO_BASE = "基数为 0,不算比率"
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
    """What stands in the place of a figure; the message says what, and where."""


def excel_value(value: Any) -> Any:
    """The value of one cell as Excel or xlwings hands it, errors told from numbers and texts."""
    # Exactly int: True is an int too, and a figure that is typed comes as a float.
    if type(value) is int:
        if value == _NO_ARGUMENT:
            return None
        number = value - _FIRST_ERROR
        if number in _ERROR_NUMBERS:
            return CellError(ERRORS.get(number, f"#错误{number}"))
    elif isinstance(value, str) and value in _NAMES:
        return CellError(value)
    return value


def ties(total: Any, parts: Any, tolerance: Any = None) -> str:
    """Whether a total is the sum of its parts: 相符, 尾差 or 不符, with the difference.

    Whole numbers must tie exactly. Else figures are taken as rounded to the most decimals among
    them, and a difference that rounding explains is a 尾差. A `tolerance` takes the place of both.
    """
    try:
        whole = _one(total, "合计")
        figures = [_figure(value, place) for value, place in _filled(parts, "组成数")]
        allowed = _one(tolerance, "允许的差额")
        if allowed is not None and allowed < 0:
            return f"允许的差额「{_short(plain(allowed))}」不能是负数"
    except NotAFigureError as error:
        return str(error)
    if whole is None:
        return "合计未填" if figures else UNFILLED
    if not figures:
        return "组成数未填"
    return _verdict(whole, figures, allowed)


def rate(part: Any, whole: Any) -> float | str:
    """A part's share of the whole; 0/0 is 不适用."""
    try:
        above, below = _one(part, "部分数"), _one(whole, "总数")
    except NotAFigureError as error:
        return str(error)
    if above is None and below is None:
        return UNFILLED
    if above is None or below is None:
        return "部分数未填" if above is None else "总数未填"
    if below == 0:
        return NO_BASE if above else NOT_APPLICABLE
    quotient = float(_EXACT.divide(above, below))
    return "比率太大,请核对这两个数" if abs(quotient) == float("inf") else quotient


def upper(amount: Any) -> str:
    """The amount in Chinese capitals, nothing for a blank cell."""
    try:
        figure = _one(amount, "金额")
    except NotAFigureError as error:
        return str(error)
    if figure is None:
        return ""
    try:
        return in_capitals(figure)
    except ValueError:
        return f"金额「{_short(plain(figure))}」太大,大写只写到千亿元"


def _verdict(total: Decimal, parts: list[Decimal], allowed: Decimal | None) -> str:
    """What is said of figures; the interval is XBRL Calculations 1.1's: half a unit a figure."""
    with localcontext(_EXACT):
        # What is left behind MOST_DECIMALS is the noise of doubles, not money.
        gap = round_half_up(total - sum(parts, Decimal(0)), MOST_DECIMALS)
        if gap == 0 or (allowed is not None and abs(gap) <= allowed):
            return TIES
        decimals = max(decimals_of(round_half_up(one, MOST_DECIMALS)) for one in [total, *parts])
        interval = Decimal(5).scaleb(-decimals - 1) * (len(parts) + 1)
        is_rounding = allowed is None and decimals > 0 and abs(gap) <= interval
        return f"{'尾差' if is_rounding else '不符，差'} {plain(gap)}"


def _one(argument: Any, name: str) -> Decimal | None:
    """The figure of an argument that is one cell, None if blank; raises `NotAFigureError`."""
    found = list(_filled(argument, name))
    if len(found) > 1:
        raise NotAFigureError(f"{name}应当是一个单元格,不是一个区域")
    return _figure(*found[0]) if found else None


def _filled(argument: Any, place: str) -> Iterator[tuple[Any, str]]:
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
            yield from _filled(one, f"{place}第{number}项")


def _filled_in(block: Block) -> Iterator[tuple[Any, str]]:
    for down, row in enumerate(block.rows):
        # A whole column is a million blank cells: nothing is done for any of them but this test.
        for right, value in enumerate(row if isinstance(row, (list, tuple)) else (row,)):
            if value is not None and not _is_blank(value):
                yield value, _place(block, down, right)


def _place(block: Block, down: int, right: int) -> str:
    if not block.top:
        return f"第{down + 1}行第{right + 1}列"
    sheet = f"{block.sheet}!" if block.sheet else ""
    return f"{sheet}{column_letters(block.left + right)}{block.top + down}"


def column_letters(number: int) -> str:
    """`AA` for the 27th column."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, CellError) and not value.strip()


def _figure(value: Any, place: str) -> Decimal:
    """The figure of one cell that is not blank; raises `NotAFigureError`."""
    if isinstance(value, str):
        return _typed(value, place)
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise NotAFigureError(f"{place}「{_short(value)}」是{_sort(value)},不是数字")
    number = value if isinstance(value, Decimal) else from_excel(value)
    if not number.is_finite():
        raise NotAFigureError(f"{place}「{_short(value)}」不是一个确定的数")
    return _bounded(number, value, place)


def _typed(text: str, place: str) -> Decimal:
    """The figure of a text; raises `NotAFigureError`."""
    if isinstance(text, CellError):
        raise NotAFigureError(f"{place}是错误值 {text},请先改正")
    if not _UNSEEN.isdisjoint(text):
        raise NotAFigureError(f"{place}「{_short(text)}」里有看不见的字符,请重新输入")
    number = parse_number(text, "")
    if not isinstance(number, NotNumber):
        return _bounded(number, text, place)
    if number.reason == "unit":
        raise NotAFigureError(f"{place}「{_short(text)}」带着单位,请只填数字")
    raise NotAFigureError(f"{place}「{_short(text)}」不是数字")


def _bounded(number: Decimal, value: Any, place: str) -> Decimal:
    if number and number.adjusted() > _MOST_PLACES:
        raise NotAFigureError(f"{place}「{_short(value)}」太大,算不了")
    return number


def _sort(value: Any) -> str:
    """What a value is that is no figure, in words."""
    if isinstance(value, bool):
        return "逻辑值"
    return "日期或时间" if isinstance(value, (date, time, timedelta)) else "别的内容"


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
