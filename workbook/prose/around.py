"""What stands around a figure in its paragraph: by it is seen whether the figure is the form's."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from workbook.prose.words import prose_words
from workbook.stated.folded import numbering
from workbook.stated.model import Basis, Quantity, Relation
from workbook.stated.words import canonical, named

_BRACKETED: Final = re.compile(r"《[^《》]*》|\([^()]*\)")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?=年|[-至到](?:19|20)\d\d)")
_MONTH: Final = re.compile(r"(\d{1,2})月")
_GONE: Final = "|"  # stands for a figure that was stated before
_MARKS: Final = ",;:(|"
_CLAUSE: Final = re.compile(f"[{_MARKS}]")
_COMPARED: Final = (Relation.CHANGE, Relation.RATE, Relation.SHARE)
MOST_LETTERS, MOST_STATED = 600, 40  # of a sentence before a figure; longer ones are lists
MOST_EARLIER: Final = 20  # sentences, and paragraphs, that are looked back at
_SHORT: Final = 20  # letters of a sentence that is a heading in its paragraph


@dataclass(frozen=True, slots=True)
class Around:
    """The words before a figure.

    `own` are those of its clause, `clauses` those before in its sentence, `asides` what stood in
    brackets there, `earlier` the sentences before in its text. `stated` are the quantities that
    its sentence stated before. A sentence that `is_long` is not looked at; `is_stated_twice` says
    that the paragraph gives the same name two figures, of which one may be another's.

        2022年，我单位行政编制8名  own="我单位行政编制", clauses=("2022年",)
    """

    own: str
    clauses: tuple[str, ...]
    asides: tuple[str, ...]
    earlier: tuple[str, ...]
    stated: tuple[Quantity, ...]
    is_long: bool = False
    is_stated_twice: bool = False

    @property
    def before(self) -> str:
        """All words of the sentence before the figure, without sources that are named."""
        return ",".join((*(one for one in self.clauses if not _is_source(one)), self.own))

    def has(self, words: Sequence[str], *, name: str = "", everywhere: bool = True) -> bool:
        """Whether one of the words stands before the figure, its name left out."""
        text = self.before if everywhere else self.own
        text = text.replace(name, "") if name else text
        return any(word in text for word in words)

    def years(self) -> list[str]:
        """The years that the sentence names before the figure."""
        return _YEAR.findall(self.before)

    def own_years(self) -> list[str]:
        """The years that the figure's own clause names."""
        return _YEAR.findall(self.own)

    @property
    def is_part_of_year(self) -> bool:
        """Whether the figure is of some months, or of a day that is not the year's end."""
        return any(month != "12" for month in _MONTH.findall(self.before))

    def says(self, basis: Basis) -> bool:
        """Whether words of the sentence say that figures are of this basis."""
        return any(named(one).basis is basis for one in (self.own, *self.clauses))

    def year_said_before(self) -> str:
        """The last year of the sentences before, empty where there is none."""
        return next(iter(_YEAR.findall("".join(self.earlier))[::-1]), "")


class Paragraph:
    """A folded paragraph, all that it states in reading order, and the paragraphs above it."""

    def __init__(self, line: str, stated: Sequence[Quantity], above: Sequence[str] = ()) -> None:
        self.line = line
        self.stated = stated
        self._above = above[-MOST_EARLIER:]
        self._ends = list(_sentence_ends(line))
        self._figures: dict[tuple[object, ...], set[Decimal]] = {}
        for one in stated:
            self._figures.setdefault(_name(one), set()).add(one.figure)

    def around(self, number: int) -> Around:
        """What stands before the figure of that number."""
        one = self.stated[number]
        count = bisect_right(self._ends, one.start)
        start = self._ends[count - 1] if count else 0
        first = number
        while first and self.stated[first - 1].start >= start and number - first < MOST_STATED:
            first -= 1
        before = tuple(self.stated[first:number])
        is_long = len(before) == MOST_STATED or one.start - start > MOST_LETTERS
        words = "" if is_long else _without_figures(self.line, start, one.start, before)
        asides: list[str] = []
        while match := _BRACKETED.search(words):
            asides.append(match[0])
            words = words[: match.start()] + words[match.end() :]
        *clauses, own = _CLAUSE.split(words[len(numbering(words)) :])
        return Around(
            own.lstrip("、和及与"), tuple(clause for clause in clauses if clause), tuple(asides),
            (*self._above, *self._sentences(count)), before, is_long=is_long,
            is_stated_twice=bool(one.name) and len(self._figures[_name(one)]) > 1,
        )  # fmt: skip

    def _sentences(self, count: int) -> Iterator[str]:
        """The last of the sentences before the one of that number."""
        ends = [0, *self._ends[:count]][-MOST_EARLIER - 1 :]
        return (self.line[start:end] for start, end in pairwise(ends))


def _name(one: Quantity) -> tuple[object, ...]:
    """What a quantity is of; of changes and shares each has its own."""
    is_own = one.relation not in (*_COMPARED, Relation.COUNT)
    return (canonical(one.name), one.basis, one.year) if is_own else (id(one),)


def _without_figures(line: str, start: int, end: int, before: Sequence[Quantity]) -> str:
    """The words of a sentence before a figure, with a mark for each figure before it."""
    words = ""
    for other in before:
        words += line[start : other.start]
        if other.relation in _COMPARED:  # 较上年增加10万元 says nothing of the figures behind
            words = words[: max(words.rfind(mark) for mark in _MARKS) + 1]
        words += _GONE
        start = end_of(other, line)
    return words + line[start:end]


def end_of(one: Quantity, line: str) -> int:
    """Where a figure with its unit ends."""
    end = one.end + len(one.unit)
    return end if line[one.end : end] == one.unit else one.end


def _sentence_ends(line: str) -> Iterator[int]:
    """Where sentences end; 。 inside brackets ends none."""
    depth = 0
    for place, letter in enumerate(line):
        depth = max(0, depth + (letter == "(") - (letter == ")"))
        if letter in "。!?" and not depth:
            yield place + 1


def _is_source(clause: str) -> bool:
    return clause.startswith(prose_words().by)


def is_short(sentence: str) -> bool:
    """Whether a sentence may be a heading, of which the next ones speak."""
    return len(sentence) <= _SHORT
