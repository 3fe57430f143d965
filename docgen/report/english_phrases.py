"""Phrases of reports in English, by the names that `phrases` has for them in Chinese."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from docgen.report.phrases import carried, figure_of, gap_of, percent_of, shown_day, stated_rate
from workbook.catalogue.verdicts import NOT_APPLICABLE
from workbook.figures.numbers import plain, rounded

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


def amount(value: Any, decimals: int | None = None) -> str:
    """`1,234.50`: thousands parted by commas, with the figure's own decimals or so many."""
    if (gap := gap_of(value)) is not None:
        return gap
    number = figure_of(value)
    kept = number if decimals is None else rounded(number, decimals)
    sign = "\u2212" if kept < 0 else ""
    return f"{sign}{abs(kept):,f}"


def change(  # noqa: PLR0913 - what a sentence of this kind can be asked for
    value: Any,
    base: Any,
    than: str = "",
    unit: str = "",
    *,
    decimals: int | None = None,
    rate_decimals: int | None = 1,
) -> str:
    """`up 12.34 USD (5.6%)`; with `than` = May `up 12.34 USD (5.6%) on May`, or `unchanged on May`.

    The same figures as `phrases.change` has them.
    """
    if (gap := gap_of(value, base)) is not None:
        return gap
    now, before = figure_of(value), figure_of(base)
    places = max(carried(now), carried(before)) if decimals is None else decimals
    apart = abs(now - before)
    by = rounded(apart, places)
    behind = f" on {than}" if than else ""
    if by == 0:
        return f"unchanged{behind}"
    words = f"{'up' if now > before else 'down'} {by:,f}{f' {unit}' if unit else ''}"
    if before <= 0 or rate_decimals is None:
        return f"{words}{behind}"
    rate = percent_of(apart, before, rate_decimals)
    return f"{words} ({rate:f}%){behind}" if rate else f"{words}{behind}"


def completion(
    value: Any, base: Any, name: str = "the budget", unit: str = "", *, decimals: int = 2
) -> str:
    """`95.89% of the budget`; a base of 0 or less has no rate: `no rate, the budget being 0`."""
    if (gap := gap_of(value, base)) is not None:
        return gap
    whole = figure_of(base)
    if whole <= 0:
        return f"no rate, {name} being {plain(whole)}{f' {unit}' if unit else ''}"
    return stated_rate(figure_of(value), whole, decimals, behind=f" of {name}")


def share(part: Any, whole: Any, decimals: int = 1) -> str:
    """`71.4%`, rounded half up by itself; N/A of a whole of 0."""
    if (gap := gap_of(part, whole)) is not None:
        return gap
    if figure_of(whole) <= 0:
        return NOT_APPLICABLE.en
    return stated_rate(figure_of(part), figure_of(whole), decimals)


def long_date(day: Any) -> str:
    """`15 March 2023`."""
    if not isinstance(day, date):
        return shown_day(day)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def iso_date(day: Any) -> str:
    """`2023-03-15`."""
    return day.isoformat() if isinstance(day, date) else shown_day(day)


def count_items(items: Any) -> int | str:
    """How many rows a table has, or how many items a text lists with commas or semicolons."""
    if not isinstance(items, str):
        return len(items or ())
    if (gap := gap_of(items)) is not None:
        return gap
    return sum(bool(item.strip()) for item in items.replace(";", ",").split(","))


def ordinal(number: Any) -> str:
    """`1st`, `2nd`, `12th`."""
    if (gap := gap_of(number)) is not None:
        return gap
    count = int(figure_of(number))
    if Decimal(count) != figure_of(number) or count < 0:
        raise ValueError(f"「{plain(figure_of(number))}」不是个数")
    ending = "th" if count % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(count % 10)
    return f"{count}{ending or 'th'}"
