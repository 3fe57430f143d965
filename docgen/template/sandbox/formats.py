"""Texts made by a format: `'%d 万元' % x`, `'{:,.2f}'.format(x)`, `d.strftime('%Y年')`.

A format of a few letters can ask for a text of any length, and repeat what it is given.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from jinja2.sandbox import SandboxedEnvironment, SandboxedFormatter

from docgen.template.model.sourced import formatted
from docgen.template.sandbox.budget import (
    CONTAINERS,
    BoundReached,
    Budget,
    check_length,
    size_of,
)

WIDEST: Final = 10_000
LONGEST_DATE: Final = 1_000  # letters of the format of a date
_WIDE_FORMAT: Final = re.compile(r"\d{5}|\*")
_NUMBER: Final = re.compile(r"\d+")


def check_width(*arguments: Any) -> None:
    """Raise `BoundReached` for a width or count that no page has room for."""
    for argument in arguments:
        if isinstance(argument, int | float | Decimal) and not -WIDEST <= argument <= WIDEST:
            raise BoundReached(f"宽度或个数超过 {WIDEST}")


def check_format(text: str) -> None:
    """Raise `BoundReached` for a format with an absurd or a hidden width."""
    if _WIDE_FORMAT.search(text):
        raise BoundReached(f"宽度或个数超过 {WIDEST}")


def check_date_format(text: str) -> None:
    """Raise `BoundReached` for a format of a date that nobody would write."""
    check_format(text)
    if len(text) > LONGEST_DATE:
        raise BoundReached(f"日期的格式超过 {LONGEST_DATE} 个字")


def by_percent(budget: Budget, text: str, values: Any) -> str:
    """`text % values`."""
    check_format(text)
    given = list(values.values()) if isinstance(values, Mapping) else values
    if not isinstance(given, list | tuple):
        given = [given]
    for value in given:
        budget.go_through(value)
    longest = max((_length(value) for value in given), default=0)
    widths = sum(map(int, _NUMBER.findall(text)))
    budget.spend(len(text))
    check_length(len(text) + text.count("%") * longest + widths)
    made = str(budget.keep(text % values))
    return formatted(made, given[0]) if len(given) == 1 else made


def _length(value: Any) -> int:
    """At most how many letters a value prints, what stands in lists aside."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, CONTAINERS):
        return 64 * len(value)
    return 8_000 if isinstance(value, Decimal) else 64


class BoundedFormat(SandboxedFormatter):
    """The sandboxed `str.format` that stops where its text gets too long."""

    def __init__(self, environment: SandboxedEnvironment, budget: Budget) -> None:
        super().__init__(environment)
        self._budget, self._length = budget, 0

    def convert_field(self, value: Any, conversion: Any) -> Any:
        """The value as `!r` or `!s` spells it."""
        if conversion:
            self._budget.go_through(value)
        return super().convert_field(value, conversion)

    def format_field(self, value: Any, format_spec: str) -> str:
        """The text of one field, whose widths, given ones too, are known here."""
        check_format(format_spec)
        self._budget.go_through(value)
        made: str = super().format_field(value, format_spec)
        self._length += len(made)
        check_length(self._length)
        self._budget.spend(10)
        return made


def by_braces(
    budget: Budget,
    environment: SandboxedEnvironment,
    text: str,
    values: tuple[Sequence[Any], Mapping[str, Any]],
) -> str:
    """`text.format(…)` with the `values` by place and by name."""
    budget.spend(1 + len(text))
    check_length(len(text))
    made = str(budget.keep(BoundedFormat(environment, budget).vformat(text, *values)))
    given = (*values[0], *values[1].values())
    return formatted(made, given[0]) if len(given) == 1 else made


def joined_size(texts: Iterable[str], glue: str) -> int:
    """The bytes of `texts` joined by `glue`; raises `BoundReached` where they get too long."""
    sizes = list(map(len, texts))
    check_length(sum(sizes) + len(glue) * len(sizes))
    return sum(map(size_of, texts)) + size_of(glue) * len(sizes)
