"""Values as they cross from Excel to Python and back: errors as ints, money as Decimal."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from excel.book_file import is_money
from excel.errors import protected_cell, refused
from excel.windows import TimeType

if TYPE_CHECKING:
    from addin.calc.ranges import Range as Block

# Excel's numbers of errors, from xlErrNull; pywin32 gives them as negative ints (SCODEs).
ERRORS: Final = {
    "#NULL!": 2000, "#DIV/0!": 2007, "#VALUE!": 2015, "#REF!": 2023, "#NAME?": 2029,
    "#NUM!": 2036, "#N/A": 2042, "#GETTING_DATA": 2043, "#SPILL!": 2045, "#CONNECT!": 2046,
    "#BLOCKED!": 2047, "#UNKNOWN!": 2048, "#FIELD!": 2049, "#CALC!": 2050,
}  # fmt: skip
_FIRST_ERROR: Final = -2146828288  # 0x800A0000
_IN_EXCEL: Final = {"Err:502": "#NUM!", "Err:503": "#NUM!", "Err:519": "#VALUE!"}  # Calc's own
MOST_LETTERS: Final = 32_767
MOST_IN_FORMULA: Final = 8_192
_ERRORS_ONLY: Final = 4  # com.sun.star.sheet.FormulaResult.ERROR
_CURRENCY_STEP: Final = Decimal("0.0001")
_PERCENT: Final = re.compile(r"[+-]?\d+(\.\d*)?%\Z", re.ASCII)
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?\Z", re.ASCII)
_DATE: Final = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?\Z", re.ASCII)
_QUOTED: Final = re.compile(r'"[^"]*"|\'[^\']*\'')
_ARRAY: Final = re.compile(r"\{[^}]*\}")
_WRONG: Final = frozenset((501, 520, 504, 507, 508, 509, 510, 511, 512, 513, 514, 516))

Rows = list[list[Any]]


def error_number(text: str) -> int:
    """An error cell as pywin32 gives it: `#N/A` is -2146826246."""
    return _FIRST_ERROR + ERRORS[text]


def read(block: "Block", *, has_money: bool, plain: bool = False) -> Rows:
    """A block as `Range.Value`; `plain` as `Value2`, without dates and currency."""
    found = block.raw_value
    rows: Rows = [[found]] if len(block) == 1 else [list(row) for row in found]
    if has_money and not plain:
        _put_money(rows, block)
    rows = [[_crossed(value, block, plain=plain) for value in row] for row in rows]
    _put_errors(rows, block)  # last: an error is the only int that Excel hands over
    return rows


def _crossed(value: Any, block: "Block", *, plain: bool) -> Any:
    if isinstance(value, dt.datetime):
        if plain:
            return (value - block.sheet.book.formats.epoch) / dt.timedelta(days=1)
        return TimeType(*value.timetuple()[:6], value.microsecond, tzinfo=dt.UTC)
    return float(value) if type(value) is int else value


def _put_errors(rows: Rows, block: "Block") -> None:
    from addin.calc.places.steps import within_used
    from addin.calc.values.reading import error_text

    area = within_used(block)
    if not len(area):
        return
    for part in area.cells.queryFormulaCells(_ERRORS_ONLY).RangeAddresses:
        for row in range(part.StartRow, part.EndRow + 1):
            for column in range(part.StartColumn, part.EndColumn + 1):
                down, right = row + 1 - block.row, column + 1 - block.column
                text = error_text(block.cells.getCellByPosition(right, down))
                number = ERRORS.get(_IN_EXCEL.get(text, text), ERRORS["#NAME?"])
                rows[down][right] = _FIRST_ERROR + number


def _put_money(rows: Rows, block: "Block") -> None:
    from addin.calc.places.steps import within_used

    area = within_used(block)
    if not len(area):
        return
    formats = block.sheet.book.formats
    for same in area.cells.getUniqueCellFormatRanges():
        if not is_money(str(formats.text(same.NumberFormat))):
            continue
        for part in same.RangeAddresses:
            for row in range(part.StartRow + 1 - block.row, part.EndRow + 2 - block.row):
                for column in range(
                    part.StartColumn + 1 - block.column, part.EndColumn + 2 - block.column
                ):
                    rows[row][column] = _money(rows[row][column])


def _money(value: Any) -> Any:
    """Currency has four decimals, whatever the cell holds."""
    if type(value) is not float:
        return value
    return Decimal(repr(value)).quantize(_CURRENCY_STEP)


def shaped(rows: Rows) -> Any:
    """One value of a single cell, else rows of tuples."""
    if len(rows) == 1 and len(rows[0]) == 1:
        return rows[0][0]
    return tuple(tuple(row) for row in rows)


def fitted(data: Any, shape: tuple[int, int]) -> Rows:
    """Values for a range of this size: what is too much is cut, what is missing is #N/A."""
    height, width = shape
    if not isinstance(data, list | tuple):
        return [[data] * width for _ in range(height)]
    given = [list(row) for row in data] if isinstance(data[0], list | tuple) else [list(data)]
    given = given * height if len(given) == 1 else given
    given = [row * width if len(row) == 1 else row for row in given]
    return [
        [
            given[row][column] if row < len(given) and column < len(given[row]) else "=NA()"
            for column in range(width)
        ]
        for row in range(height)
    ]


def write(block: "Block", rows: Sequence[Sequence[Any]]) -> None:
    """Put values into cells as Excel takes them; what it would not take is refused whole."""
    for value in (one for row in rows for one in row):
        refuse_unfit(value)
    is_text = block.number_format == "@"
    taken = [[_taken(value, is_text=is_text) for value in row] for row in rows]
    before = block.cells.getFormulaArray()
    block.raw_value = taken if len(block) > 1 else taken[0][0]
    if _has_wrong_formula(block, taken):
        block.cells.setFormulaArray(before)
        raise refused()


def refuse_unfit(value: Any) -> None:
    """What no cell holds: too long a text or formula, a type that COM has not."""
    if not isinstance(value, str):
        if value is not None and not isinstance(value, bool | int | float | Decimal | dt.date):
            raise TypeError(f"Objects of type '{type(value).__name__}' can not be converted")
        return
    is_formula = value.startswith("=") and len(value) > 1
    if len(value) > (MOST_IN_FORMULA if is_formula else MOST_LETTERS):
        raise refused()
    if is_formula and not _is_english(value):
        raise refused("该公式有问题。")


def _is_english(formula: str) -> bool:
    """Whether brackets close and no semicolon parts arguments, all of which Calc would forgive."""
    bare = _QUOTED.sub("", formula)
    return bare.count("(") == bare.count(")") and ";" not in _ARRAY.sub("", bare)


def _taken(value: Any, *, is_text: bool) -> Any:
    """What stands in the cell afterwards: a text is read as if it were typed."""
    if isinstance(value, Decimal):
        return float(value)
    if not isinstance(value, str) or not value:
        return value
    if is_text:
        return value if value.startswith("'") else f"'{value}"
    return typed(value)


def typed(text: str) -> Any:
    """A text as Excel reads what is typed: `50%`, `1,234`, `2022/1/1`, `TRUE` are no texts."""
    if text.upper() in ("TRUE", "FALSE"):
        return text.upper() == "TRUE"
    if _PERCENT.match(text):
        return float(text[:-1]) / 100
    if _GROUPED.match(text):
        return float(text.replace(",", ""))
    if found := _DATE.match(text):
        year, month, day = map(int, found.groups())
        try:
            return dt.datetime(year, month, day)
        except ValueError:
            return text
    return text


def _has_wrong_formula(block: "Block", rows: Rows) -> bool:
    """Whether one of the formulas cannot be read at all."""
    return any(
        isinstance(value, str)
        and value.startswith("=")
        and len(value) > 1
        and block.cells.getCellByPosition(column, row).getError() in _WRONG
        for row, line in enumerate(rows)
        for column, value in enumerate(line)
    )


__all__ = ["ERRORS", "error_number", "fitted", "protected_cell", "read", "shaped", "typed", "write"]
