"""How the values of a sample may be printed, and by what tags."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from docgen.report import phrases
from docgen.template.model.text import text_of
from workbook.adopting.model import Asked, AskedGrid, Block, Found
from workbook.adopting.words import bare_words
from workbook.figures.numbers import round_half_up

_TEN_THOUSAND = 10_000


@dataclass(frozen=True, slots=True)
class Printed:
    """A way in which a value is printed: what the tag says, and the words by which it is known."""

    key: str
    expression: str
    known_by: tuple[str, ...]


@dataclass(frozen=True)
class Ways:
    """All ways by the text that they print; `texts` are those of words, longest first."""

    figures: Mapping[str, Sequence[Printed]]
    texts: Sequence[tuple[str, Printed]]
    keys: frozenset[str] = field(default=frozenset())


def ways_of(found: Found, context: Mapping[str, Any]) -> Ways:
    """What the single cells of a filled sample may print."""
    figures: dict[str, list[Printed]] = defaultdict(list)
    texts: list[tuple[str, Printed]] = []
    for one, known_by in _known(found):
        value = context.get(one.key)
        for text, expression in printed_ways(one.key, value, one.unit):
            way = Printed(one.key, expression, known_by)
            if isinstance(value, str):
                texts.append((text, way))
            elif way not in figures[text]:
                figures[text].append(way)
    texts.sort(key=lambda one: -len(one[0]))
    return Ways(dict(figures), texts, frozenset(one.key for one, _ in _known(found)))


def printed_ways(name: str, value: Any, unit: str) -> Iterator[tuple[str, str]]:
    """Texts that a value may print, each with the expression for it; the plain one first.

    82310.50 is `82310.50`, `82,310.50`, `82310.5` and, in 元, `8.23` as 万元.
    """
    if isinstance(value, str):
        if value.strip():
            yield value.strip(), name
    elif isinstance(value, date):
        yield phrases.long_date(value), f"{name}|long_date"
        yield value.isoformat(), name
        yield f"{value.year}年{value.month}月", f"{name}|year}}}}年{{{{ {name}|month"
    elif isinstance(value, Decimal | int):
        number = Decimal(value)
        yield text_of(value), name
        yield f"{number:,}", f"'{{:,}}'.format({name})"
        short = format(number.normalize(), "f")
        yield short, f"{name}.normalize()"
        if unit == "元":
            for places in (2, 4):
                shown = round_half_up(number / _TEN_THOUSAND, places)
                yield format(shown, "f"), f"({name} / {_TEN_THOUSAND})|round({places})"


def _known(found: Found) -> Iterator[tuple[Asked, tuple[str, ...]]]:
    """Each single cell with the words that stand beside it and above it."""
    for block in (block for blocks in found.sheets.values() for block in blocks):
        yield from _of_block(block)


def _of_block(block: Block) -> Iterator[tuple[Asked, tuple[str, ...]]]:
    if isinstance(block, AskedGrid):
        for (row, head), one in block.cells.items():
            yield one, (bare_words(row), bare_words(head))
    elif isinstance(block, tuple):
        yield from ((one, (one.words,)) for one in block)
