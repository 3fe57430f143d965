"""The parts of a paragraph that are a cell's own: by the words before them, and what they print."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from docgen.adopting.choosing.aligned import aligned
from docgen.adopting.choosing.calculated import Calculated, calculated
from docgen.adopting.choosing.choice import chosen, fitting
from docgen.adopting.choosing.listed import Listed
from docgen.adopting.choosing.neighbours import has_neighbour, sole
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
    reading = _Reading(paragraph, ways, tables)
    reading.lists()
    reading.words()
    reading.figures()
    return reading.finished()


class _Reading:
    """A paragraph as far as it is read: what was found, what is taken, which figures are open."""

    def __init__(self, paragraph: Paragraph, ways: Ways, tables: Tables) -> None:
        self.made = Matched()
        self._paragraph, self._ways, self._tables = paragraph, ways, tables
        self._text = paragraph.text
        self._taken: list[tuple[int, int]] = []
        self._told: list[Told] = []
        self._made: list[tuple[int, Callable[[Listed], Span]]] = []

    def lists(self) -> None:
        """The rows of tables that are told one after another; of two in one place the longer."""
        found = sentence_loops(self._text, self._tables)
        for span in sorted(found, key=lambda one: one.start - one.end):
            if self._is_free(span.start, span.end):
                self.made.spans.append(span)
                self._taken.append((span.start, span.end))

    def words(self) -> None:
        """Texts that a cell holds, and numbers of papers that none does."""
        text = self._text
        for words, way in self._ways.texts:
            is_long = len(words) >= _LEAST_TEXT or words == text.strip()
            for match in re.finditer(re.escape(words), text):
                is_own = is_long or _is_said_of(text[: match.start()], way)
                if is_own and self._is_free(*match.span()):
                    self._take(*match.span(), way)
        codes = (span for span in _codes(text) if self._is_free(*span))
        self.made.literal += [text[start:end] for start, end in codes]

    def figures(self) -> None:
        """The figures, each by what is said of it; then again by those that were found beside it.

        What no other figure tells stays as it is.
        """
        found = (*DATE.finditer(self._text), *_amounts(self._text))
        left = [one for one in found if not _is_number_of_a_heading(self._text, one.start())]
        left = [one for one in left if not self._is_told(one, beside=False)]
        while left:
            rest = [one for one in left if not self._is_told(one, beside=True)]
            rest = self._without_neighbours(rest)
            if len(rest) == len(left):
                break
            left = rest
        for match in sorted(left, key=re.Match.start):
            ways, place = self._asked(match)
            _, others = chosen(match[0], ways, place)
            own = [way for way in ways if way.key in others and "." not in way.key]
            _leave(self.made, match[0], place.after, own)

    def _without_neighbours(self, left: Sequence[re.Match[str]]) -> list[re.Match[str]]:
        """The figures but for those that are told by their digits and by their neighbours."""
        found = {match: one for match in left if (one := sole(match[0], *self._asked(match)))}
        keys = {told.way.key for told in self._told} | {one.key for one in found.values()}
        for match, one in found.items():
            if has_neighbour(one, keys, self._ways):
                self._tell(match, one, is_named=False)
        return [match for match in left if self._is_free(*match.span())]

    def _tell(self, match: re.Match[str], way: Printed, *, is_named: bool) -> None:
        self._told.append(Told(way, match.end(), is_named))
        self._told.sort(key=lambda told: told.end)
        self._take(*match.span(), way)

    def _asked(self, match: re.Match[str]) -> tuple[Sequence[Printed], Place]:
        """The cells that hold a figure, and where it stands."""
        start, end = match.span()
        told = [one for one in self._told if one.end <= start]
        place = Place(self._paragraph, self._text[:start], self._text[end:], self._ways, told)
        return self._ways.figures.get(with_minus(match[0]), ()), place

    def _is_told(self, match: re.Match[str], *, beside: bool) -> bool:
        """Whether a figure was taken already, or is told now; `beside` asks those on both sides."""
        start, end = match.span()
        if not self._is_free(start, end):
            return True
        found, place = self._asked(match)
        one, _ = chosen(match[0], found, place)
        if one is None and beside:
            behind = [told for told in self._told if told.end > end]
            one = aligned(match[0], fitting(found, place), place, behind)
        if one is not None:
            self._tell(match, one, is_named=is_named_right_before(one, place))
            return True
        if table := counted(match[0], self._text, match.span(), self._tables):
            self.made.spans.append(Span(start, end, f"{{{{ {table}|count_items }}}}"))
            self._taken.append((start, end))
            return True
        if made_of := calculated(match[0], place):
            self.made.calculated.append((match[0], made_of.formula))
            self._put(start, end, partial(_calculated_span, self._text, start, end, made_of))
            return True
        return False

    def finished(self) -> Matched:
        """What was found, with the tags: what one says may hang on those before it."""
        listed = Listed(self._ways.text)
        self._made.sort(key=lambda one: one[0])
        self.made.spans += [make(listed) for _, make in self._made]
        return self.made

    def _take(self, start: int, end: int, way: Printed) -> None:
        self.made.keys.append(way.key)
        self.made.pinned += [way.row] if way.row else []
        start, end, way = _whole(self._text, start, end, way)
        self._put(start, end, partial(_span, self._text, start, end, way))

    def _put(self, start: int, end: int, make: Callable[[Listed], Span]) -> None:
        self._made.append((start, make))
        self._taken.append((start, end))

    def _is_free(self, start: int, end: int) -> bool:
        return all(end <= first or start >= last for first, last in self._taken)


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


def _is_number_of_a_heading(text: str, start: int) -> bool:
    match = _HEADING_NUMBER.match(text)
    return match is not None and start < match.end()
