"""The parts of a paragraph that are a cell's own: by the words before them, and what they print."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from docgen.adopting.choosing.calculated import Calculated, calculated
from docgen.adopting.choosing.choice import chosen
from docgen.adopting.choosing.listed import Listed
from docgen.adopting.choosing.telling import CAPITALS, DATE
from docgen.adopting.loops.sentences import Rows, counted, sentence_loops
from docgen.naming.akin import is_named_right_before
from docgen.naming.directions import DONE, direction_of, direction_word
from docgen.naming.model import Pinned, Printed, Ways
from docgen.naming.page import Paragraph, Span
from docgen.naming.place import Place, Told
from docgen.naming.printing import TAKEN, with_minus
from workbook.adopting.model import AskedTable

_FIGURE: Final = re.compile(
    r"(?<!\d)(?<!\d[.,])(?:(?<![A-Za-z\d])[-−－])?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d.]*\d)"
)
_CODE: Final = re.compile(
    r"[A-Za-z][A-Za-z\d]*(?:[-_/]*[A-Za-z\d]+)*\d(?:\.?[A-Za-z\d])*"
)  # CH-2023-070, A4, PM2.5
_NOT_A_FIGURE: Final = re.compile(r"[年月日号条款章次]")
_NUMBER_OF: Final = re.compile(r"[月日号条款章]")  # what a figure before it only numbers
_HEADING_NUMBER: Final = re.compile(
    r"^\s*[(（]?\d+(?:[)）、]|[.．](?!\d)|[.．](?=(?:19|20)\d\d年))"
)
_IS: Final = re.compile(r"(?:[：:“‘「]|为|是|评定为)+$")
_LEAST_CODE: Final = 4  # digits of the number of a paper
_LEAST_TEXT: Final = 3  # letters of words that are taken for a cell's own


Tables = Sequence[tuple[AskedTable, Rows]]


@dataclass(slots=True)
class Matched:
    """What was found in a paragraph: spans to be replaced, figures of no cell, of several."""

    spans: list[Span] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    literal: list[str] = field(default_factory=list)
    ambiguous: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    proposed: dict[str, str] = field(default_factory=dict)  # by figure the tag of the one cell
    pinned: list[Pinned] = field(default_factory=list)
    calculated: list[tuple[str, str]] = field(default_factory=list)


def matched(paragraph: Paragraph, ways: Ways, tables: Tables = ()) -> Matched:
    """The spans of a paragraph that print what a cell holds."""
    text, made, listed = paragraph.text, Matched(), Listed(ways.text)
    made.spans += sentence_loops(text, tables)
    taken = [(span.start, span.end) for span in made.spans]

    def take(start: int, end: int, way: Printed) -> None:
        span = _span(text, start, end, way, listed)
        made.spans.append(span)
        made.keys.append(way.key)
        made.pinned += [way.row] if way.row else []
        taken.append((span.start, span.end))

    for words, way in ways.texts:
        is_long = len(words) >= _LEAST_TEXT or words == text.strip()
        for match in re.finditer(re.escape(words), text):
            is_own = is_long or _is_said_of(text[: match.start()], way)
            if is_own and _is_free(*match.span(), taken):
                take(*match.span(), way)
    made.literal += [text[one:end] for one, end in _codes(text) if _is_free(one, end, taken)]
    told: list[Told] = []
    for match in (*DATE.finditer(text), *_amounts(text)):
        start, end = match.span()
        if not _is_free(start, end, taken) or _is_number_of_a_heading(text, start):
            continue
        found = ways.figures.get(with_minus(match[0]), ())
        place = Place(paragraph, text[:start], text[end:], ways, told)
        one, others = chosen(match[0], found, place)
        others = tuple(key for key in others if "." not in key)  # those of rows are told elsewhere
        if one is not None:
            told.append(Told(one, end, is_named_right_before(one, place)))
            take(start, end, one)
        elif table := counted(match[0], text, match.span(), tables):
            made.spans.append(Span(start, end, f"{{{{ {table}|count_items }}}}"))
        elif made_of := calculated(match[0], place):
            made.spans.append(_calculated_span(text, start, end, made_of, listed))
            made.calculated.append((match[0], made_of.formula))
        else:
            _leave(made, match[0], text[end:], [way for way in found if way.key in others])
    return made


def _leave(made: Matched, figure: str, after: str, ways: Sequence[Printed]) -> None:
    """Say of a figure that stays which cells it may be, or that it is none's."""
    keys = tuple(dict.fromkeys(way.key for way in ways))
    if keys and not _NUMBER_OF.match(after):
        made.ambiguous.append((figure, keys))
        if len(keys) == 1:
            made.proposed[figure] = f"{{{{ {ways[0].expression} }}}}"
    elif not _NOT_A_FIGURE.match(after):
        made.literal.append(figure)


def _whole(text: str, start: int, end: int, way: Printed) -> tuple[int, int, Printed]:
    """Where the report says all that a cell does, the text and not its figure: ≥420座."""
    first = start - way.whole.find(text[start:end])
    last = first + len(way.whole)
    if not way.whole or first < 0 or text[first:last] != way.whole:
        return start, end, way
    return first, last, replace(way, expression=way.expression.removesuffix(TAKEN))


def _is_said_of(before: str, way: Printed) -> bool:
    """Whether a short word stands right behind its label: 等级为“优” of 评价等级."""
    said, name = _IS.sub("", before), way.known_by[0]
    end = name[-_LEAST_TEXT + 1 :]
    return said != before and len(end) > 1 and said.endswith(end)


def _codes(text: str) -> Iterator[tuple[int, int]]:
    """Where a number of a paper stands, such as CH-2023-070."""
    for match in _CODE.finditer(text):
        if sum(map(str.isdigit, match[0])) >= _LEAST_CODE:
            yield match.span()


def _figures(text: str) -> Iterator[re.Match[str]]:
    """Every figure that is no part of a word such as A4."""
    words = [match.span() for match in _CODE.finditer(text)]
    for match in _FIGURE.finditer(text):
        if not any(start <= match.start() < end for start, end in words):
            yield match


def _amounts(text: str) -> Iterator[re.Match[str]]:
    """Every figure, and amounts written out in capitals, as they stand."""
    yield from sorted((*_figures(text), *CAPITALS.finditer(text)), key=re.Match.start)


def _span(text: str, start: int, end: int, way: Printed, listed: Listed) -> Span:
    """The tag for a figure, with the word before it that turns with its sign: 增加, 增长了."""
    start, end, way = _whole(text, start, end, way)
    word = direction_word(text[:start]) if way.direction else ""
    is_more = f"{way.subject or way.key} >= 0" if way.direction else ""
    said = listed.said(text[:start], text[end:], is_more, way.direction)
    done = "" if text[:start].endswith(word) else DONE
    tag = f"{said}{done}{{{{ {way.expression} }}}}"
    return Span(start - len(word) - len(done), end, way.row.tag(tag) if way.row else tag)


def _calculated_span(text: str, start: int, end: int, made: Calculated, listed: Listed) -> Span:
    """The tag for a figure that two cells give, with the word before it that turns."""
    before = text[:start]
    word = direction_word(before) if made.is_more else ""
    done = "" if before.endswith(word) else DONE
    said = listed.said(before, text[end:], made.is_more, direction_of(before))
    return Span(start - len(word) - len(done), end, f"{said}{done}{{{{ {made.expression} }}}}")


def _is_free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return all(end <= first or start >= last for first, last in taken)


def _is_number_of_a_heading(text: str, start: int) -> bool:
    match = _HEADING_NUMBER.match(text)
    return match is not None and start < match.end()
