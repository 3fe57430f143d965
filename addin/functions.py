"""Functions for cells: verdicts, findings, sums that tie, rates and amounts in capitals.

They never give an Excel error: what is wrong is said as the cell's text.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

import xlwings as xw

from workbook.numbers import NotNumber, decimals_of, from_excel, parse_number, plain
from workbook.numerals import in_capitals

NOT_APPLICABLE: Final = "不适用"
TIES: Final = "相符"
NO_BASE: Final = "基数为 0,不算比率"


class NotAFigureError(ValueError):
    """A cell that holds no figure; the message says what it holds."""


@xw.func
@xw.arg("parts", ndim=2)
def GJ_TIES(total: Any, parts: Any, tolerance: Any = None) -> str:
    """合计是否等于各组成数之和:相符、尾差或不符,连同差额。"""
    try:
        whole = _figure(total)
        figures = list(_figures(parts))
        allowed = None if _is_blank(tolerance) else _figure(tolerance)
    except NotAFigureError as error:
        return str(error)
    return _verdict(whole, figures, allowed)


@xw.func
def GJ_RATE(part: Any, whole: Any) -> float | str:
    """部分数占总数的比率;0/0 为“不适用”。"""
    try:
        above, below = _figure(part), _figure(whole)
    except NotAFigureError as error:
        return str(error)
    if below == 0:
        return NO_BASE if above else NOT_APPLICABLE
    return float(above / below)


@xw.func
def GJ_UPPER(amount: Any) -> str:
    """人民币大写,如 1409.50 为“壹仟肆佰零玖元伍角”。"""
    if _is_blank(amount):
        return ""
    try:
        return in_capitals(_figure(amount))
    except ValueError as error:
        return str(error)


@xw.func(volatile=True)
def GJ_RULE(rule: Any, caller: Any = None) -> str:
    """一条规则核对的结果:相符、不符、尾差、未填……"""
    verdicts = [one.verdict for one in _intake(caller).checked.outcomes if one.rule.spec.id == rule]
    return str(verdicts[0]) if verdicts else f"没有规则「{rule}」"


@xw.func(volatile=True)
@xw.ret(expand="table")
def GJ_FINDINGS(caller: Any = None) -> list[list[str]]:
    """所有问题,一行一条。"""
    from workbook.findings import everything  # noqa: PLC0415 - the other functions start faster
    from workbook.remarks import RESULT_COLUMNS, result_row  # noqa: PLC0415 - the same

    rows = [list(result_row(one)) for one in everything(_intake(caller).checked.findings)]
    return [list(RESULT_COLUMNS), *rows]


def _intake(caller: Any) -> Any:
    """The book that the calling cell stands in, checked as it is."""
    from addin.live import LiveBook  # noqa: PLC0415 - the other functions start faster
    from workbook.intake import examine  # noqa: PLC0415 - the same

    live = LiveBook(caller.sheet.book)
    return examine(live.path, live)


def _verdict(total: Decimal, parts: list[Decimal], allowed: Decimal | None) -> str:
    """What GJ_TIES says; the interval is that of XBRL Calculations 1.1: half a unit a figure."""
    gap = total - sum(parts, Decimal(0))
    if gap == 0:
        return TIES
    decimals = max(map(decimals_of, [total, *parts]))
    interval = Decimal(5).scaleb(-decimals - 1) * (len(parts) + 1)
    if allowed is not None:
        return TIES if abs(gap) <= allowed else f"不符,差 {plain(gap)}"
    return f"{'尾差' if abs(gap) <= interval else '不符,差'} {plain(gap)}"


def _figures(block: Any) -> Iterator[Decimal]:
    """The figures of a cell or a range of any shape, blank cells left out."""
    if isinstance(block, Iterable) and not isinstance(block, str):
        for item in block:
            yield from _figures(item)
    elif not _is_blank(block):
        yield _figure(block)


def _figure(value: Any) -> Decimal:
    """The figure of one cell, 0 of a blank one; raises `NotAFigureError`."""
    if _is_blank(value):
        return Decimal(0)
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise NotAFigureError(f"「{value}」不是数字")
    if not isinstance(value, str):
        return value if isinstance(value, Decimal) else from_excel(value)
    number = parse_number(value, "")
    if isinstance(number, NotNumber):
        raise NotAFigureError(f"「{value}」不是数字")
    return number


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
