"""What stands around a figure in its paragraph: by it is seen whether the figure is the form's."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from workbook.prose.words import prose_words
from workbook.stated.folded import numbering
from workbook.stated.model import Basis, Quantity, Relation
from workbook.stated.words import named

_BRACKETED: Final = re.compile(r"《[^《》]*》|\([^()]*\)")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?=年|[-至到](?:19|20)\d\d)")
_MONTH: Final = re.compile(r"(\d{1,2})月")
_GONE: Final = "|"  # stands for a figure that was stated before
_MARKS: Final = ",;:(|"
_CLAUSE: Final = re.compile(f"[{_MARKS}]")
_COMPARED: Final = (Relation.CHANGE, Relation.RATE, Relation.SHARE)
_SHORT: Final = 20  # letters of a sentence that is a heading in its paragraph


@dataclass(frozen=True, slots=True)
class Around:
    """The words before a figure.

    `own` are those of its clause, `clauses` those before in its sentence, `asides` what stood in
    brackets there, `earlier` the sentences before in its text. `stated` are the quantities that
    its sentence stated before.

        2022年，我单位行政编制8名  own="我单位行政编制", clauses=("2022年",)
    """

    own: str
    clauses: tuple[str, ...]
    asides: tuple[str, ...]
    earlier: tuple[str, ...]
    stated: tuple[Quantity, ...]

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


def around(
    line: str, one: Quantity, stated: Sequence[Quantity], above: Sequence[str] = ()
) -> Around:
    """What stands before a figure; `line` is the folded paragraph, `stated` all that it states.

    `above` are the paragraphs before.
    """
    starts = [0, *_sentence_ends(line)]
    start = max(place for place in starts if place <= one.start)
    before = tuple(other for other in stated if start <= other.start < one.start)
    words, done = "", start
    for other in before:
        words += line[done : other.start]
        if other.relation in _COMPARED:  # 较上年增加10万元 says nothing of the figures behind
            words = words[: max(words.rfind(mark) for mark in _MARKS) + 1]
        words += _GONE
        end = other.end + len(other.unit)
        done = end if line[other.end : end] == other.unit else other.end
    words += line[done : one.start]
    asides: list[str] = []
    while match := _BRACKETED.search(words):
        asides.append(match[0])
        words = words[: match.start()] + words[match.end() :]
    *clauses, own = _CLAUSE.split(words[len(numbering(words)) :])
    clauses = [clause for clause in clauses if clause]
    sentences = (*above, *(line[a:b] for a, b in pairwise(starts) if b <= start))
    return Around(own.lstrip("、和及与"), tuple(clauses), tuple(asides), sentences, before)


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
