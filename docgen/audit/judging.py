"""The state of each figure of a report: true, out of date, retyped, lost or doubled."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from docgen.audit.aligning import Pair
from docgen.audit.refinding import Finder
from docgen.manifest.lines import Line
from docgen.manifest.page import Shown, without_beside
from docgen.manifest.reading import Printed

_COUNTS: Final = re.compile(r"\d+[.．]")


class State(StrEnum):
    """How a figure on the page stands to the one that was printed and to the workbook's."""

    OK = "ok"
    STALE = "stale"
    EDITED = "edited"
    LOST = "lost"
    DOUBLED = "doubled"


@dataclass(frozen=True, slots=True)
class Audited:
    """A figure of a report, with its state and the three texts that it follows from.

    `printed` stands on the page now, `original` was printed by us, `current` is what the workbook
    gives; None where there is none: nowhere on the page, or no such row in the workbook any more.

    Of 195.49 that somebody retyped as 195.94: EDITED, `printed` is 195.94, `original` and `current`
    are 195.49. `raw` is the workbook's value behind `current`, before it was rounded or scaled.
    """

    state: State
    figure: Printed
    place: Line | None
    printed: str | None
    original: str
    current: str | None
    raw: str | None = None

    @property
    def workbook_changed(self) -> bool:
        """Whether the workbook gives something else than was printed."""
        return self.original != self.current


def judged(
    pairs: Iterable[Pair],
    page: Mapping[str, list[Shown]],
    finder: Finder,
    anew: Mapping[str, list[Shown]],
    framed: Collection[str],
) -> Iterator[Audited]:
    """Each printed figure with its state, those that only the workbook has left out.

    `pairs` are the figures as they were printed and as they would be now, `page` and `anew` what
    stands at the marks of the report and of the one made anew, `framed` the marks with the words
    around them that were printed there.
    """
    for figure, now in pairs:
        if figure is not None:
            there = next(iter(anew.get(now.mark, ())), None) if now else None
            found = page.get(figure.mark, [])
            is_as_printed = figure.mark in framed and found[0].core == figure.text
            for one in _judged(figure, now, found, there, finder):
                if one.state is State.EDITED and is_as_printed:  # 3. before 2022 is no retyping
                    yield replace(one, state=State.STALE, printed=figure.text)
                else:
                    yield one


def _judged(
    figure: Printed,
    now: Printed | None,
    found: Sequence[Shown],
    there: Shown | None,
    finder: Finder,
) -> Iterator[Audited]:
    current, raw = (now.text, now.exact) if now else (None, None)
    told = Audited(State.LOST, figure, None, None, figure.text, current, raw)
    if not found:
        place, text = finder.found(figure, now, there) or (None, None)
        yield replace(told, place=place, printed=text)
        return
    for one in found:
        state = State.DOUBLED if len(found) > 1 else _state(one, figure.text, current, there)
        yield replace(told, state=state, place=one.line, printed=without_beside(one.text, there))


def _state(page: Shown, original: str, current: str | None, there: Shown | None) -> State:
    if current is not None and _says(page, current, there):
        return State.OK
    return State.STALE if _says(page, original, there) else State.EDITED


def _says(page: Shown, value: str, there: Shown | None) -> bool:
    """Whether the page shows this value, in a number that is no longer and with the same unit."""
    before, behind = (there.before, there.behind) if there else ("", "")
    if page.text == f"{before}{value}{behind}":
        return True
    if page.core == value:
        # Beside a blank stands no unit that would belong to it, and 1. before it only counts lines.
        beside = there.behind or not _COUNTS.fullmatch(there.before) if there else ""
        has_unit = bool(there and there.core and value and beside)
        return not page.has_digits_beside and not has_unit
    return any(
        _stands(page.line.text, start, value, behind)
        for start in _starts(page, value)
        if start >= 0
    )


def _starts(page: Shown, value: str) -> Iterator[int]:
    """Where a value would begin of which the mark holds only a piece, or nothing.

    LibreOffice lets a mark end early in a paragraph with a section break, and who replaces a text
    everywhere leaves its mark empty beside it.
    """
    start = page.start + len(page.before)
    if page.core in value and len(value) > 1:
        yield start - value.find(page.core)
        if not page.core:
            yield start - len(value)


def _stands(text: str, start: int, value: str, behind: str) -> bool:
    """Whether a value stands there by itself: no digit beside it makes it another number."""
    end = start + len(value)
    is_number = value[-1].isdigit()
    beside = text[max(0, start - 1) : start] + ("" if behind else text[end : end + 1])
    is_longer = is_number and any(letter.isdigit() or letter in ".,，" for letter in beside)
    return text[start : end + len(behind)] == value + behind and not is_longer


@dataclass(frozen=True, slots=True)
class Copied:
    """A paragraph or row that stands in a report more than once, with its figures at all places."""

    places: tuple[Line, ...]
    figures: tuple[Audited, ...]

    @property
    def marks(self) -> frozenset[str]:
        """The marks that stand there more than once."""
        return frozenset(one.figure.mark for one in self.figures)


def copied(figures: Iterable[Audited]) -> list[Copied]:
    """The paragraphs and rows that somebody has copied, each with all its places.

    They have the same figures in the same order; one figure alone may have been copied by itself,
    so that the words around it must be the same too.
    """
    units: dict[object, list[Audited]] = {}
    for one in figures:
        if one.state is State.DOUBLED and one.place is not None:
            units.setdefault(_unit(one.place), []).append(one)
    alike: dict[tuple[str, ...], list[list[Audited]]] = {}
    for unit in units.values():
        alike.setdefault(tuple(one.figure.mark for one in unit), []).append(unit)
    return [
        Copied(
            tuple(unit[0].place for unit in same if unit[0].place),
            tuple(one for unit in same for one in unit),
        )
        for marks, same in alike.items()
        if len(same) > 1 and (len(marks) > 1 or len({_words(unit) for unit in same}) == 1)
    ]


def _unit(line: Line) -> object:
    """What a line is part of: its row, or itself outside of tables."""
    cell = line.where.cell()
    return (line.where.file, cell[:2]) if cell else id(line)


def _words(unit: Iterable[Audited]) -> tuple[str, ...]:
    return tuple(one.place.words for one in unit if one.place)
