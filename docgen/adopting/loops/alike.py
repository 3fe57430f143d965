"""Texts that say the same of each row of a table: what stands where, and by which expressions."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from docgen.naming.model import ROW
from docgen.naming.page import Span
from docgen.naming.printing import every_way, other_units, with_minus
from workbook.adopting.model import Asked, AskedTable
from workbook.viewing.words import bare_words, is_unit

_CLAUSE: Final = re.compile(r"[，,；;。、：:]")
_LEAST_WORD: Final = 2  # letters of words that may stand in a text more than once


@dataclass(frozen=True, slots=True)
class Way:
    """An expression by which a row's text is printed, and the column that it prints, if any."""

    expression: str
    column: Asked | None = None
    unit: str = ""

    def is_counted_as(self, after: str) -> bool:
        """Whether what stands behind a figure is its unit: 万元 where a column in 元 is divided."""
        own = self.column.unit if self.column is not None else ""
        if self.unit != own:
            return after.startswith(self.unit)
        return not any(after.startswith(one) for one in other_units(own))

    def said_in(self, words: str) -> int:
        """How much of its column's head is said: of two equal columns it tells which."""
        head = bare_words(self.column.words) if self.column is not None else ""
        return sum(f"{one}{two}" in bare_words(words) for one, two in pairwise(head))


@dataclass(frozen=True, slots=True)
class Cut:
    """A text cut at what a row prints.

    `words` stand between the places, one more than there are; `ways` are those of each place.
    """

    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    ways: tuple[tuple[Way, ...], ...]


def cut(
    text: str,
    table: AskedTable,
    row: Mapping[str, Any],
    numbered: Sequence[tuple[int, int, Way]] = (),
) -> Cut:
    """A text cut at what the row prints, longest first, besides the places that number it."""
    found: list[tuple[int, int, tuple[Way, ...]]] = [
        (start, end, (way,)) for start, end, way in numbered
    ]
    for printed, all_ways in _texts(table, row):
        is_word = len(printed) >= _LEAST_WORD and not any(map(str.isdigit, printed))
        is_word = is_word or is_unit(printed)  # 140升 and 260升, as 320公斤 and 2150公斤
        most = len(text) if is_word else len({way.column.key for way in all_ways if way.column})
        for match in _whole(printed).finditer(with_minus(text)):
            start, end = match.span()
            ways = tuple(way for way in all_ways if way.is_counted_as(text[end:]))
            if most and ways and all(end <= first or start >= last for first, last, _ in found):
                found.append((start, end, ways))
                most -= 1
    found.sort(key=lambda one: one[:2])
    edges = [0, *(edge for start, end, _ in found for edge in (start, end)), len(text)]
    words = tuple(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    return Cut(words, tuple((start, end) for start, end, _ in found), tuple(w for *_, w in found))


def alike(cuts: Sequence[Cut]) -> list[Way] | None:
    """The way of each place that all rows have there; None where they do not say the same."""
    if len({one.words for one in cuts}) != 1:
        return None
    chosen: list[Way] = []
    for number, ways in enumerate(cuts[0].ways):
        others = [{way.expression for way in one.ways[number]} for one in cuts[1:]]
        before = _CLAUSE.split(cuts[0].words[number])[-1]
        fit = [way for way in ways if all(way.expression in some for some in others)]
        if not fit:
            return None
        chosen.append(max(fit, key=lambda way: way.said_in(before)))
    return chosen


def spans_of(one: Cut, ways: Iterable[Way]) -> list[Span]:
    """The places of a text with the tags that print them."""
    pairs = zip(one.places, ways, strict=True)
    return [Span(start, end, f"{{{{ {way.expression} }}}}") for (start, end), way in pairs]


def tagged(one: Cut, ways: Sequence[Way]) -> str:
    """A text with tags for what its row prints."""
    tags = [f"{{{{ {way.expression} }}}}" for way in ways]
    between = zip(one.words, [*tags, ""], strict=True)
    return "".join(f"{words}{tag}" for words, tag in between)


def printed(table: AskedTable, row: Mapping[str, Any], key: str) -> Iterator[tuple[str, str]]:
    """The expressions that print what a row holds in a column, each with its text."""
    unit = next(column.unit for column in table.columns if column.key == key)
    for way in every_way(f"{ROW}.{key}", row.get(key), unit):
        text = with_minus(way.text)
        yield way.expression, text
        if unit and way.unit == unit:
            yield f"'{{}}{unit}'.format({way.expression})", f"{text}{unit}"


def _texts(table: AskedTable, row: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Way, ...]]]:
    """What the cells of a row may print, longest first, with all ways in which they may."""
    found: dict[str, list[Way]] = defaultdict(list)
    for column in table.columns:
        for way in every_way(f"{ROW}.{column.key}", row.get(column.key), column.unit):
            found[with_minus(way.text)].append(Way(way.expression, column, way.unit))
    for text in sorted(found, key=lambda one: -len(one)):
        yield text, tuple(found[text])


def _whole(text: str) -> re.Pattern[str]:
    """A pattern of a text that is no part of a longer figure."""
    before = r"(?<![\d.])" if text[:1].isdigit() else ""
    after = r"(?![\d.]*\d)" if text[-1:].isdigit() else ""
    return re.compile(f"{before}{re.escape(text)}{after}")
