"""Numbers at the heads of paragraphs: how they are written, how they count, which follows which."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from docgen.official.model import STANDARD, Deviation
from docgen.official.numbers import (
    ARTICLE,
    FIRST,
    FOURTH,
    SECOND,
    THIRD,
    Number,
    number_of,
    written,
)
from docgen.official.paragraphs import Paragraph
from docgen.official.roles import Role

_CLAUSE: Final = f"{STANDARD} 7.3.3"
_MOST_HEADING: Final = 40
_ARTICLE: Final = re.compile(ARTICLE)


@dataclass(frozen=True, slots=True)
class Heading:
    """A paragraph's number, how far its level should count here, and the level missing above."""

    number: Number
    due: int
    missing: int | None


@dataclass(slots=True)
class _Counts:
    """How far each level has counted in this part of the document; 0 where it has not begun."""

    of: dict[int, int] = field(default_factory=lambda: dict.fromkeys(range(FIRST, FOURTH + 1), 0))
    has_article: bool = False

    def begin_article(self) -> None:
        """第三条: what is numbered below it begins anew and needs no 一、 above."""
        self.has_article = True
        self.of.update(dict.fromkeys(range(SECOND, FOURTH + 1), 0))

    def take(self, number: Number) -> Heading:
        """What is due where the number was found; counts on from it, so one slip is told once."""
        due = self.of[number.level] + 1
        above = {SECOND: FIRST, FOURTH: THIRD}.get(number.level)
        is_missing = above is not None and due == 1 and not self.of[above]
        missing = above if is_missing and not (self.has_article and above == FIRST) else None
        self.of[number.level] = number.count
        for below in range(number.level + 1, FOURTH + 1):
            self.of[below] = 0
        # Of the lower levels a second list may begin under the same heading.
        restarts = number.level >= THIRD and number.count == 1
        return Heading(number, 1 if restarts else due, missing)

    def meant(self, number: Number, one: Paragraph) -> Number:
        """The number itself; 4、 behind 三、 is the fourth of the first level, with a digit."""
        is_heading = len(one.words) <= _MOST_HEADING and one.words[-1] not in "。；;"
        goes_on = number.count == self.of[FIRST] + 1 and number.count != self.of[THIRD] + 1
        if number.level == THIRD and "、" in number.text and is_heading and goes_on:
            return Number(FIRST, number.count, number.text)
        return number


def read_headings(paragraphs: Sequence[Paragraph], roles: Sequence[Role]) -> list[Heading | None]:
    """The headings and items by paragraph, None for those without a number; annexes count anew."""
    counts, found = _Counts(), list[Heading | None]()
    for one, role in zip(paragraphs, roles, strict=True):
        if role is Role.ANNEX:
            counts = _Counts()
        number = number_of(one.words) if role is Role.TEXT else None
        if role is Role.TEXT and _ARTICLE.match(one.words):
            counts.begin_article()
        found.append(None if number is None else counts.take(counts.meant(number, one)))
    return found


def heading_deviations(
    paragraphs: Sequence[Paragraph], headings: Sequence[Heading | None]
) -> Iterator[Deviation]:
    """What deviates in the numbers of headings and items."""
    for one, heading in zip(paragraphs, headings, strict=True):
        if heading is None:
            continue
        number = heading.number
        found, meant = f"“{number.text}”", written(number.level, number.count)
        if not number.is_well_written:
            yield _told("heading-form", one, found, f"“{meant}”")
        if heading.missing is not None:
            above = written(heading.missing, 1)
            required = f"“{above}”,其下才是“{written(number.level, 1)}”"
            yield _told("heading-level", one, f"{found},上面没有“{above}”一层", required)
        elif number.count != heading.due:
            yield _told("heading-number", one, found, f"“{written(number.level, heading.due)}”")


def _told(code: str, one: Paragraph, found: str, required: str) -> Deviation:
    return Deviation(code, one.where, one.place, found, required, _CLAUSE)
