"""The parts of a paragraph that are a cell's own: by the words before them, and what they print."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from docgen.adopting.page import Paragraph, Span
from docgen.adopting.printing import Printed, Ways
from workbook.adopting.words import bare_words

_FIGURE: Final = re.compile(r"(?<![\d.,])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d.]*\d)")
_DATE: Final = re.compile(r"\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{4}-\d{1,2}-\d{1,2}")
_NOT_A_FIGURE: Final = re.compile(r"[年月日号条款章次]|[、.．](?!\d)")
_HEADING_NUMBER: Final = re.compile(r"^\s*[(（]?\d+(?:[)）、]|[.．](?!\d))")
_FAR: Final = 60  # letters before a figure in which its name is looked for
_SURE: Final = 4  # digits of a figure that two cells do not share by chance
_LEAST_TEXT: Final = 3  # letters of words that are taken for a cell's own
TOTAL: Final = "合计"
_PARTLY, _HALF = 20, 10  # of a score: the end of a name is said; a row is, and no column
_YEARS: Final = range(1990, 2101)
_CLAUSE: Final = re.compile(r"[。;；!！?？]")


@dataclass(slots=True)
class Matched:
    """What was found in a paragraph: spans to be replaced, figures of no cell, of several."""

    spans: list[Span] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    literal: list[str] = field(default_factory=list)
    ambiguous: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


def matched(paragraph: Paragraph, ways: Ways) -> Matched:
    """The spans of a paragraph that print what a cell holds."""
    text, made = paragraph.text, Matched()
    taken: list[tuple[int, int]] = []

    def take(start: int, end: int, way: Printed) -> None:
        made.spans.append(Span(start, end, f"{{{{ {way.expression} }}}}"))
        made.keys.append(way.key)
        taken.append((start, end))

    for words, way in ways.texts:
        if len(words) >= _LEAST_TEXT or words == text.strip():
            for match in re.finditer(re.escape(words), text):
                if _is_free(match.start(), match.end(), taken):
                    take(match.start(), match.end(), way)
    for match in (*_DATE.finditer(text), *_FIGURE.finditer(text)):
        start, end = match.span()
        if not _is_free(start, end, taken) or _is_number_of_a_heading(text, start):
            continue
        found = ways.figures.get(match[0], ())
        one, others = _chosen(match[0], found, paragraph, text[:start])
        if one is not None:
            take(start, end, one)
        elif others:
            made.ambiguous.append((match[0], others))
        elif not _NOT_A_FIGURE.match(text, end):
            made.literal.append(match[0])
    return made


def _is_free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return all(end <= first or start >= last for first, last in taken)


def _is_number_of_a_heading(text: str, start: int) -> bool:
    match = _HEADING_NUMBER.match(text)
    return match is not None and start < match.end()


def _chosen(
    figure: str, found: Sequence[Printed], paragraph: Paragraph, before: str
) -> tuple[Printed | None, tuple[str, ...]]:
    """The one cell that a figure is; else the keys of those that it may be."""
    if not found:
        return None, ()
    scores = {way: score for way in found if (score := _score(way, paragraph, before))}
    best = max(scores.values(), default=0)
    winners = [way for way, score in scores.items() if score == best]
    is_plain = best > _HALF or _is_sure(figure)
    if is_plain and len({way.key for way in winners}) == 1:
        return winners[0], ()
    keys = tuple(dict.fromkeys(way.key for way in found))
    if not winners and len(keys) == 1 and _is_sure(figure):
        return found[0], ()
    return None, keys


def _is_sure(figure: str) -> bool:
    """Whether a figure is that of a cell by its digits alone."""
    digits = figure.replace(",", "").replace(".", "").strip("-0")
    is_year = figure.isdigit() and int(figure) in _YEARS
    return len(digits) >= _SURE and not is_year


def _score(way: Printed, paragraph: Paragraph, before: str) -> int:
    """How much of what a cell is known by is said before a figure: the nearer the better."""
    clause = _CLAUSE.split(before)[-1][-_FAR:]
    said = bare_words(clause)
    around = "".join(map(bare_words, paragraph.before))
    first = way.known_by[0]
    if not first:
        return 0
    if said.endswith(first):
        nearest = 300
    elif first in said:
        nearest = 100 + said.rindex(first) + len(first)
    elif first in around or _is_total_of(first, around):
        nearest = 200
    else:
        return _PARTLY if _ends_alike(first, said) else 0
    heads = [head for head in way.known_by[1:] if head]
    if not all(head in around or head in before[-2 * _FAR :] for head in heads):
        return _HALF
    return _HALF + nearest + len(first)


def _is_total_of(words: str, around: str) -> bool:
    """Whether a cell of a table stands in the row 合计 under the head of 预算金额合计."""
    stem = words.removesuffix(TOTAL)
    return stem != words and stem in around and TOTAL in around


def _ends_alike(words: str, said: str) -> bool:
    """Whether the last words before a figure are the last of its name: 其他企业51.70."""
    stem = words.removesuffix(TOTAL)
    return any(said.endswith(stem[start:]) for start in range(len(stem) - _LEAST_TEXT + 1))


def names_in(matches: Sequence[Matched]) -> Iterator[str]:
    """All keys that have a tag."""
    for one in matches:
        yield from one.keys
