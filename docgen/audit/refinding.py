"""Figures whose mark is gone, found again by the words on both sides.

Two kinds of words are tried: those that stand beside the figure in the report made anew, and the
template's own beside its tag, which hold where a neighbouring figure was rewritten, or where the
workbook gives the figure no more. A bar is the edge of a cell; a tab in pasted text is one too.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from docgen.manifest.blocks import Block
from docgen.manifest.lines import Line
from docgen.manifest.page import NUMBER, Shown, without_beside
from docgen.manifest.reading import Printed
from docgen.template.read.placing import EDGE

WORDS: Final = 12  # letters on each side that are tried
_FEWEST: Final = 6  # letters of a template that tell one place from another, within a paragraph
_FEWEST_OF_ROWS: Final = 2  # whose cells have edges
_MOST: Final = 2 * WORDS  # letters of a figure
_ANY: Final = rf"([^{re.escape(EDGE)}]{{0,{_MOST}}}?)"


class Place(NamedTuple):
    """Where a figure stands again: the line, and what it says."""

    line: Line
    text: str


class _Text(NamedTuple):
    """A paragraph, or a row with the edges of its cells: `|人员经费|171.74|`."""

    text: str
    lines: Sequence[Line]

    def line_at(self, index: int) -> Line:
        """The line in which a letter stands."""
        before = self.text[:index].count(EDGE) - 1 if len(self.lines) > 1 else 0
        return self.lines[min(max(before, 0), len(self.lines) - 1)]


class Finder:
    """Finds figures again on the page of a report.

    Of `共收入265.42万元`, whose mark is gone, `found` gives the line and `265.42`.
    """

    def __init__(
        self,
        page: tuple[Sequence[Line], Sequence[Block]],
        anew: tuple[Sequence[Line], Sequence[Block]],
    ) -> None:
        self._page, self._anew = page, anew

    @cached_property
    def _both(self) -> tuple[Sequence[_Text], Sequence[_Text]]:
        """The texts of the page and of the report made anew; most audits look for nothing."""
        return [*_texts(*self._page)], [*_texts(*self._anew)]

    def found(self, figure: Printed, now: Printed | None, there: Shown | None) -> Place | None:
        """Where a figure stands whose mark is gone; None where nobody can tell.

        `there` is where it stands in the report made anew.
        """
        again = _by_sentence(there, self._page[0]) if there else None
        if there and again:
            return again._replace(text=without_beside(again.text, there))
        return self._by_template(figure, now, there)

    def _by_template(
        self, figure: Printed, now: Printed | None, there: Shown | None
    ) -> Place | None:
        """The one place with the template's words, which are nowhere else in a report of ours."""
        wanted = _pattern(figure)
        if wanted is None:
            return None
        page, anew = self._both
        ours = [(one.line, one.text) for one in _hits(wanted, anew)]
        is_its_own = there is not None and now is not None and ours == [(there.line, now.text)]
        is_of_old = not ours and bool(figure.before and figure.behind)
        if not (is_its_own or is_of_old):
            return None
        hits = [one for one in _hits(wanted, page) if not _is_marked(one)]
        return hits[0] if len(hits) == 1 and _is_like(figure.text, hits[0].text) else None


def _texts(lines: Sequence[Line], blocks: Sequence[Block]) -> Iterator[_Text]:
    """The paragraphs, and the rows of tables as one text each."""
    rows = [block.lines for block in blocks if block.is_row]
    of_rows = {id(line) for row in rows for line in row}
    for row in rows:
        yield _Text(f"{EDGE}{EDGE.join(line.text for line in row)}{EDGE}", row)
    for line in lines:
        if id(line) not in of_rows:
            text = line.text.strip().replace("\n", EDGE)
            yield _Text(f"{EDGE}{text}{EDGE}", (line,))


def _pattern(figure: Printed) -> re.Pattern[str] | None:
    """What a figure's text stands between; None where the words are too few to tell."""
    before, behind = (one.replace("\n", EDGE) for one in (figure.before, figure.behind))
    letters = len(before.strip(EDGE)) + len(behind.strip(EDGE))
    is_edged = before.endswith(EDGE) or behind.startswith(EDGE)
    if letters < (_FEWEST_OF_ROWS if is_edged else _FEWEST):
        return None
    left = re.escape(before) or f"(?<={re.escape(EDGE)})"
    return re.compile(f"{left}{_ANY}{re.escape(behind) or f'(?={re.escape(EDGE)})'}")


def _hits(wanted: re.Pattern[str], texts: Sequence[_Text]) -> Iterator[Place]:
    for one in texts:
        for match in wanted.finditer(one.text):
            yield Place(one.line_at(match.start(1)), match[1])


def _is_marked(place: Place) -> bool:
    """Whether another figure's mark is around what stands there."""
    text = place.line.text
    return any(start < end and text[start:end] == place.text for _, start, end in place.line.marks)


def _is_like(printed: str, text: str) -> bool:
    """Whether a text can be what a figure reads now: a number is no words."""
    is_number = NUMBER.fullmatch(printed) is not None
    return not text or not is_number or NUMBER.fullmatch(text.strip()) is not None


def _by_sentence(there: Shown, lines: Sequence[Line]) -> Place | None:
    """The line in which the words beside a figure of the new report stand, once."""
    text, end = there.line.text, there.start + len(there.text)
    before, behind = text[max(0, there.start - WORDS) : there.start], text[end : end + WORDS]
    if len(before) + len(behind) < WORDS:
        return None
    found = ((line, _between(line.text, before, behind)) for line in lines)
    hits = [Place(line, text) for line, text in found if text is not None]
    return hits[0] if len(hits) == 1 else None


def _between(text: str, before: str, behind: str) -> str | None:
    """What stands between two pieces of text; None where they are not there, or twice."""
    start = text.find(before) + len(before)
    if (before and before not in text) or (before and text.count(before) > 1):
        return None
    end = text.find(behind, start) if behind else len(text)
    return text[start:end] if 0 <= end - start <= _MOST else None
