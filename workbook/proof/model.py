"""What is judged and what comes of it: statements and tables in, slips and counts out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Final, NamedTuple

from workbook.stated.clauses import Sentence, sentences
from workbook.stated.folded import Folded, fold


class Severity(Enum):
    """How much a slip weighs: a hint is worth a look and never counts as a fault."""

    ERROR = "error"
    HINT = "hint"


class Place(NamedTuple):
    """A paragraph outside tables, or a cell: both counted from 1, 0 where it is the other.

    `part` is 页眉, 页脚, 脚注 or 尾注, empty in the text itself.
    """

    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    part: str = ""

    def __str__(self) -> str:
        if self.table:
            return f"{self.part}表 {self.table} 第 {self.row} 行第 {self.column} 格"
        return f"{self.part}第 {self.paragraph} 段" if self.paragraph else self.part or "正文"


NOWHERE: Final = Place()


@dataclass(frozen=True)
class Statement:
    """The text of a paragraph or a cell; `topic` is the heading that it stands under."""

    text: str
    place: Place = NOWHERE
    topic: str = ""
    is_cell: bool = False

    @cached_property
    def folded(self) -> Folded:
        """The text without blanks and in one width."""
        return fold(self.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences with their figures."""
        return tuple(sentences(self.folded))

    def words(self, start: int, end: int) -> str:
        """The words as they were written behind the folded letters from `start` to `end`."""
        return self.folded.original(start, min(end, len(self.folded.text)))


@dataclass(frozen=True, eq=False)  # each is itself alone, and what is read off it can be kept
class Table:
    """The words of a table by row and column, merged cells in each column that they cover.

    `places` has the place of each of these cells; `unit` stands above the table, `caption` is the
    line above, `topic` the heading.

    项目|预算数|决算数 above 防汛经费|20|18.5, with 单位:万元 over it: two rows of three, unit 万元.
    """

    rows: Sequence[Sequence[str]]
    places: Sequence[Sequence[Place]]
    unit: str = ""
    caption: str = ""
    topic: str = ""

    @cached_property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The words as they are compared."""
        return tuple(tuple(fold(cell).text for cell in row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Slip:
    """A contradiction, or a slip of writing.

    Slip("change", Severity.ERROR, Place(19), "……比上年减少0.06万元……", ("0.86万元", "0.92万元"),
    "减少0.07万元", "减少0.06万元", "0.92 - 0.86 = 0.06"): what is said, what it should be, and the
    arithmetic, empty for a slip of writing.
    """

    rule: str
    severity: Severity
    place: Place
    text: str
    figures: tuple[str, ...]
    says: str
    should_be: str
    arithmetic: str = ""


class Words(NamedTuple):
    """What is said, what it should be, and the arithmetic behind that."""

    says: str
    should_be: str
    arithmetic: str = ""


class Spot(NamedTuple):
    """A sentence and the statement that it stands in."""

    sentence: Sentence
    statement: Statement

    def slip(self, rule: str, severity: Severity, figures: Iterable[object], words: Words) -> Slip:
        """A slip in this sentence."""
        start = self.sentence.start
        text = self.statement.words(start, start + len(self.sentence.text))
        return Slip(rule, severity, self.statement.place, text, tuple(map(str, figures)), *words)


def error(rule: str, place: Place, text: str, words: Words, figures: Iterable[str] = ()) -> Slip:
    """A slip that is an error for certain."""
    return Slip(rule, Severity.ERROR, place, text, tuple(figures), *words)


@dataclass(slots=True)
class Verdict:
    """What one rule or all of them found; `in_order` counts relations that hold, by rule."""

    slips: list[Slip] = field(default_factory=list)
    in_order: Counter[str] = field(default_factory=Counter)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is an error; hints are none."""
        return all(one.severity is not Severity.ERROR for one in self.slips)

    def add(self, rule: str, found: Iterable[Slip | None]) -> None:
        """Take what a rule found: a slip, or None for a relation that is in order."""
        for one in found:
            if one is None:
                self.in_order[rule] += 1
            else:
                self.slips.append(one)
