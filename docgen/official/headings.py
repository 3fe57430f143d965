"""Numbers at the heads of paragraphs: how they are written, how they count, which follows which."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from docgen.official.model import STANDARD, Deviation
from docgen.official.numbers import FIRST, FOURTH, SECOND, THIRD, Number, number_of, written
from docgen.official.paragraphs import Paragraph
from docgen.official.roles import Role

_CLAUSE: Final = f"{STANDARD} 7.3.3"
_MOST_HEADING: Final = 40


@dataclass(slots=True)
class _Counts:
    """How far each level has counted in this part of the document; 0 where it has not begun."""

    of: dict[int, int] = field(default_factory=lambda: dict.fromkeys(range(FIRST, FOURTH + 1), 0))

    def take(self, number: Number) -> None:
        """Count on from the number that was found, so that one slip is told once."""
        self.of[number.level] = number.count
        for below in range(number.level + 1, FOURTH + 1):
            self.of[below] = 0


def heading_deviations(
    paragraphs: Sequence[Paragraph], roles: Sequence[Role]
) -> Iterator[Deviation]:
    """What deviates in the numbers of headings and items; each annex counts anew."""
    counts = _Counts()
    for one, role in zip(paragraphs, roles, strict=True):
        if role is Role.ANNEX:
            counts = _Counts()
        number = number_of(one.words) if role is Role.TEXT else None
        if number is None:
            continue
        number = _meant(number, one, counts)
        if not number.is_well_written:
            meant = written(number.level, number.count)
            yield _told("heading-form", one, f"“{number.text}”", f"“{meant}”")
        yield from _counted(number, one, counts)
        counts.take(number)


def _told(code: str, one: Paragraph, found: str, required: str) -> Deviation:
    return Deviation(code, one.where, one.place, found, required, _CLAUSE)


def _meant(number: Number, one: Paragraph, counts: _Counts) -> Number:
    """4、 behind 三、 is the fourth heading of the first level, written with a digit."""
    is_heading = len(one.words) <= _MOST_HEADING and one.words[-1] not in "。；;"
    goes_on = number.count == counts.of[FIRST] + 1 and number.count != counts.of[THIRD] + 1
    if number.level == THIRD and "、" in number.text and is_heading and goes_on:
        return Number(FIRST, number.count, number.text)
    return number


def _counted(number: Number, one: Paragraph, counts: _Counts) -> Iterator[Deviation]:
    above = {SECOND: FIRST, FOURTH: THIRD}.get(number.level)
    due = counts.of[number.level] + 1
    # Of the lower levels a second list may begin under the same heading.
    restarts = number.level >= THIRD and number.count == 1
    if above is not None and not counts.of[above] and due == 1:
        missing = written(above, 1)
        yield _told(
            "heading-level", one, f"“{number.text}”,上面没有“{missing}”一层", _order(number)
        )
    elif number.count != due and not restarts:
        yield _told("heading-number", one, f"“{number.text}”", f"“{written(number.level, due)}”")


def _order(number: Number) -> str:
    """What stands above a number of this level, in the order of the norm."""
    if number.level == SECOND:
        return f"“{written(FIRST, 1)}”,其下才是“{written(SECOND, 1)}”"
    return f"“{written(THIRD, 1)}”,其下才是“{written(FOURTH, 1)}”"
