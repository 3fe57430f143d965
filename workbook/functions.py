"""The functions that rules may call, one table for their types and their values."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from workbook.numbers import rounded, whole

Type = Literal["number", "text", "date", "flag", "column", "words", "table", "none", "field"]
LIST_MARK = "、"


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language: what it takes and gives, and its value."""

    takes: tuple[Type, ...]
    gives: Type
    value: Callable[..., Any]
    any_number: bool = False


def _round(number: Decimal, decimals: Decimal) -> Decimal:
    return rounded(number, int(decimals))


def _total(*figures: Decimal | None) -> Decimal:
    """The sum of the figures, those that are 不适用 left out."""
    return sum((figure for figure in figures if figure is not None), Decimal(0))


def count_items(text: str) -> Decimal:
    """How many items a list in a sentence names, `甲、乙、丙` being three."""
    return Decimal(text.count(LIST_MARK) + 1)


def _sum_where(figures: list[Decimal | None], words: list[str | None], wanted: str) -> Decimal:
    """The sum of those figures of a column whose row has `wanted` in the other column."""
    pairs = zip(figures, words, strict=True)
    return sum((f for f, word in pairs if word == wanted and f is not None), Decimal(0))


# `given` and `absent` ask about a cell and not about its value: `evaluation` answers them itself.
ASKING = ("given", "absent")
FUNCTIONS: dict[str, Function] = {
    "sum": Function(("column",), "number", lambda column: _total(*column)),
    "sum_where": Function(("column", "words", "text"), "number", _sum_where),
    "count_where": Function(
        ("words", "text"), "number", lambda words, wanted: Decimal(words.count(wanted))
    ),
    "total": Function(("number",), "number", _total, any_number=True),
    "given": Function(("field",), "flag", lambda: None),
    "absent": Function(("field",), "flag", lambda: None),
    "count": Function(("table",), "number", lambda rows: Decimal(len(rows))),
    "round": Function(("number", "number"), "number", _round),
    "abs": Function(("number",), "number", abs),
    "min": Function(("number",), "number", lambda *numbers: min(numbers), any_number=True),
    "max": Function(("number",), "number", lambda *numbers: max(numbers), any_number=True),
    "count_items": Function(("text",), "number", count_items),
    "floor": Function(("number",), "number", whole),
    "year": Function(("date",), "number", lambda day: Decimal(day.year)),
}
