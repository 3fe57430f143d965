"""The functions that rules may call, one table for their types and their values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from workbook.figures.numbers import rounded, whole

Type = Literal["number", "text", "date", "flag", "column", "words", "table", "none", "field"]
LIST_MARK = "、"


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language: what it takes and gives, and its value.

    `more` is what it takes any number of times behind `takes`.
    """

    takes: tuple[Type, ...]
    gives: Type
    value: Callable[..., Any]
    more: tuple[Type, ...] = ()

    def taken(self, count: int) -> tuple[Type, ...]:
        """The types of so many arguments; of another number of them where it cannot take so many.

        `min(甲, 乙)` takes two numbers, `sum_where(列, 列, 字, 列, 字)` a column and two pairs.
        """
        times = max(0, count - len(self.takes)) // len(self.more) if self.more else 0
        return self.takes + self.more * times


def _round(number: Decimal, decimals: Decimal) -> Decimal:
    return rounded(number, int(decimals))


def _total(*figures: Decimal | None) -> Decimal:
    """The sum of the figures, those that are 不适用 left out."""
    return sum((figure for figure in figures if figure is not None), Decimal(0))


def count_items(text: str) -> Decimal:
    """How many items a list in a sentence names, `甲、乙、丙` being three."""
    return Decimal(text.count(LIST_MARK) + 1)


class Column(list[Any]):
    """A column's values from the first row on, and in which rows each of them stands.

    A rule on each of a thousand projects looks for its own rows among thousands of indicators.
    """

    @cached_property
    def rows_of(self) -> Mapping[Any, Sequence[int]]:
        """The rows by what stands in them."""
        found: dict[Any, list[int]] = {}
        for row, value in enumerate(self):
            found.setdefault(value, []).append(row)
        return found


def _fitting(*pairs: Any) -> Sequence[int]:
    """The rows that have the wanted word in each column: columns and words by turns."""
    tests = list(zip(pairs[::2], pairs[1::2], strict=True))
    rows: Sequence[int] = min((c.rows_of.get(word, ()) for c, word in tests), key=len)
    return [row for row in rows if all(column[row] == word for column, word in tests)]


def _sum_where(figures: Column, *pairs: Any) -> Decimal:
    """The sum of those figures of a column whose row has the wanted words."""
    return _total(*(figures[row] for row in _fitting(*pairs)))


def _count_where(*pairs: Any) -> Decimal:
    return Decimal(len(_fitting(*pairs)))


# `given` and `absent` ask about a cell and not about its value: `evaluation` answers them itself.
ASKING = ("given", "absent")
FUNCTIONS: dict[str, Function] = {
    "sum": Function(("column",), "number", lambda column: _total(*column)),
    "sum_where": Function(
        ("column", "words", "text"), "number", _sum_where, more=("words", "text")
    ),
    "count_where": Function(("words", "text"), "number", _count_where, more=("words", "text")),
    "total": Function(("number",), "number", _total, more=("number",)),
    "given": Function(("field",), "flag", lambda: None),
    "absent": Function(("field",), "flag", lambda: None),
    "count": Function(("table",), "number", lambda rows: Decimal(len(rows))),
    "round": Function(("number", "number"), "number", _round),
    "abs": Function(("number",), "number", abs),
    "min": Function(("number",), "number", lambda *numbers: min(numbers), more=("number",)),
    "max": Function(("number",), "number", lambda *numbers: max(numbers), more=("number",)),
    "count_items": Function(("text",), "number", count_items),
    "floor": Function(("number",), "number", whole),
    "year": Function(("date",), "number", lambda day: Decimal(day.year)),
}
