"""Words that follow from figures: direction, rate, completion, share, numerals, dates.

A figure that is missing makes no phrase: a blank cell gives an empty text, a cell that a draft
still waits for gives the draft's own mark. A value that is no figure raises TypeError.
"""

import re
from datetime import date
from decimal import Context, Decimal
from typing import Any, Final

from docgen.report.context import ToFill
from docgen.template.model.sourced import SourcedText, formatted
from workbook.catalogue.verdicts import NOT_APPLICABLE
from workbook.figures.numbers import plain, rounded
from workbook.figures.numerals import in_capitals, in_words
from workbook.language import text_functions

YUAN: Final = {"元": Decimal(1), "万元": Decimal(10_000)}
_EXACT: Final = Context(prec=100)
_SHOWN: Final = Context(prec=16)  # of a quotient, as Excel holds it
_FIGURE: Final = re.compile(  # no part of m2 or PM2.5, no second half of 10-20
    r"(?<![A-Za-z\d])(?<!\d[.,])(?:(?<!\d)[-−－])?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII
)
_YEAR_DIGITS: Final = str.maketrans("0123456789", "〇一二三四五六七八九")


def change(  # noqa: PLR0913 - what a sentence of this kind can be asked for
    value: Any,
    base: Any,
    than: str = "",
    unit: str = "万元",
    *,
    decimals: int | None = None,
    rate_decimals: int | None = 1,
) -> str:
    """`增加12.34万元，增长5.6%`; with `than` = 上年 `比上年增加…` and `与上年持平`.

    The amount has the decimals that the figures carry, or `decimals`, and an amount that rounds to
    0 is 持平. The rate is left out where `rate_decimals` is None, where the base is 0 or less,
    and where it would be printed as 0 beside an amount that is not 0. Rounded half up.
    """
    if (missing := gap_of(value, base)) is not None:
        return missing
    now, before = figure_of(value), figure_of(base)
    exact = _EXACT.subtract(now, before)
    places = max(carried(now), carried(before)) if decimals is None else decimals
    gap = exact.copy_abs()  # `abs` would round to 28 digits
    amount = rounded(gap, places)
    if amount == 0:
        return f"与{than}持平" if than else "持平"
    direction, growth = ("增加", "增长") if exact > 0 else ("减少", "下降")
    words = f"{f'比{than}' if than else ''}{direction}{amount:f}{unit}"
    if before <= 0 or rate_decimals is None:
        return words
    rate = percent_of(gap, before, rate_decimals)
    return f"{words}，{growth}{rate:f}%" if rate else words


def completion(
    value: Any, base: Any, name: str = "", unit: str = "万元", *, decimals: int = 2
) -> str:
    """`完成年初预算的95.89%`; without `name` the base's own word, so that the two cannot differ.

    A base of 0 or less has no rate: `年初预算为0万元，不计算完成率`.
    """
    if (gap := gap_of(value, base)) is not None:
        return gap
    word = name or _word(base) or "预算"
    whole = figure_of(base)
    if whole <= 0:
        return f"{word}为{plain(whole)}{unit}，不计算完成率"
    return stated_rate(figure_of(value), whole, decimals, before=f"完成{word}的")


def share(part: Any, whole: Any, decimals: int = 1) -> str:
    """`71.4%`, rounded half up by itself: shares need not sum to 100.0%; 不适用 of a whole of 0."""
    if (gap := gap_of(part, whole)) is not None:
        return gap
    if figure_of(whole) <= 0:
        return NOT_APPLICABLE.zh
    return stated_rate(figure_of(part), figure_of(whole), decimals)


def upper_amount(value: Any, unit: str = "元") -> str:
    """`壹仟肆佰零玖元伍角`; `unit` is what the figure counts, 元 or 万元.

    Raises ValueError for another unit and from 万亿元 on.
    """
    if (gap := gap_of(value)) is not None:
        return gap
    if unit not in YUAN:
        raise ValueError(f"大写金额的单位是元或万元,不是「{unit}」")
    return in_capitals(_EXACT.multiply(figure_of(value), YUAN[unit]))


def count_items(items: Any) -> int | str:
    """How many rows a table has, or how many items a text lists with 、; 0 of a blank text."""
    if isinstance(items, ToFill):
        return items
    if not isinstance(items, str):
        return len(items or ())
    return int(text_functions.count_items(items))


def chinese(number: Any) -> str:
    """`三`, `十二`, `一百零五`: for `第三`, `（三）`, `三、`, `三是`.

    Raises ValueError for what counts nothing, a negative figure or one with decimals.
    """
    if (gap := gap_of(number)) is not None:
        return gap
    count = figure_of(number)
    if count < 0 or count != count.to_integral_value():
        raise ValueError(f"「{plain(count)}」不是个数")
    return in_words(count)


def figure(value: Any) -> Any:
    """`420` of `≥420座`: the one figure of a text, as it is written there; a number stays.

    Raises ValueError for a text that has no figure, or more than one.
    """
    if (gap := gap_of(value)) is not None:
        return gap
    if not isinstance(value, str):
        return value
    found = [match[0] for match in _FIGURE.finditer(value)] if value.strip() else [""]
    if len(found) != 1:
        raise ValueError(f"「{value}」里{'不止一个数' if found else '没有数'}")
    source = getattr(value, "source", None)
    return found[0] if source is None else SourcedText(found[0], source._replace(raw=str(value)))


def year(day: Any) -> int | str:
    """2023, as in rules."""
    return day.year if isinstance(day, date) else shown_day(day)


def month(day: Any) -> int | str:
    """1 to 12."""
    return day.month if isinstance(day, date) else shown_day(day)


def quarter(day: Any) -> int | str:
    """1 to 4."""
    return (day.month + 2) // 3 if isinstance(day, date) else shown_day(day)


def long_date(day: Any) -> str:
    """`2023年3月15日`: Arabic figures, no leading zero (GB/T 9704-2012)."""
    return f"{day.year}年{day.month}月{day.day}日" if isinstance(day, date) else shown_day(day)


def chinese_date(day: Any) -> str:
    """`二〇二三年三月十五日`."""
    if not isinstance(day, date):
        return shown_day(day)
    digits = str(day.year).translate(_YEAR_DIGITS)
    return f"{digits}年{chinese(day.month)}月{chinese(day.day)}日"


def gap_of(*values: Any) -> str | None:
    """What a phrase is where a figure is missing, None where all are there."""
    due = next((value for value in values if isinstance(value, ToFill)), None)
    return due if due is not None else "" if any(value is None for value in values) else None


def shown_day(day: Any) -> str:
    """What stands for a day that is none: nothing, or the mark that it is still to be filled in."""
    return day if isinstance(day, ToFill) else str(day or "")


def figure_of(value: Any) -> Decimal:
    """The exact figure; raises TypeError for what is none."""
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, float):
        return Decimal(repr(value))
    raise TypeError(f"「{value}」不是数")


def carried(number: Decimal) -> int:
    """The decimals that a figure is written with, zeros at its end included."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def percent_of(part: Decimal, whole: Decimal, decimals: int) -> Decimal:
    """How much of a whole a part is, in percent, rounded half up."""
    rate = rounded(_EXACT.divide(_EXACT.multiply(part, Decimal(100)), whole), decimals)
    return rate if rate else rate.copy_abs()  # a small negative share is no -0.0%


def stated_rate(
    part: Decimal, whole: Decimal, decimals: int, *, before: str = "", behind: str = ""
) -> str:
    """`71.4%` with the words around it, which knows the rate before it was rounded."""
    words = f"{before}{percent_of(part, whole, decimals):f}%{behind}"
    return formatted(words, _SHOWN.divide(_EXACT.multiply(part, Decimal(100)), whole))


def _word(value: Any) -> str:
    """The field or column that a figure comes from, empty for a calculated one."""
    source = getattr(value, "source", None)
    return source.path.rpartition(".")[2] if source else ""
