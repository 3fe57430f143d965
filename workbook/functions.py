"""The functions that rules may call, one table for their types and their values."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from workbook.numbers import rounded, whole

Type = Literal["number", "text", "date", "flag", "column", "table"]
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


def count_items(text: str) -> Decimal:
    """How many items a list in a sentence names, `甲、乙、丙` being three."""
    return Decimal(text.count(LIST_MARK) + 1)


FUNCTIONS: dict[str, Function] = {
    "sum": Function(("column",), "number", lambda column: sum(column, Decimal(0))),
    "count": Function(("table",), "number", lambda rows: Decimal(len(rows))),
    "round": Function(("number", "number"), "number", _round),
    "abs": Function(("number",), "number", abs),
    "min": Function(("number",), "number", lambda *numbers: min(numbers), any_number=True),
    "max": Function(("number",), "number", lambda *numbers: max(numbers), any_number=True),
    "count_items": Function(("text",), "number", count_items),
    "floor": Function(("number",), "number", whole),
    "year": Function(("date",), "number", lambda day: Decimal(day.year)),
}
