"""What a template's lines consist of when they are read backwards."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

Shape = Literal["value", "date", "text", "number"]


class Target(NamedTuple):
    """What a value is for: a field, or a column of a table; `table` is empty for a field."""

    table: str
    key: str


@dataclass(frozen=True, slots=True)
class Words:
    """Text that the template prints as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Hole:
    """A value. `blank` is what is printed for none; of several targets the first that has one.

    A hole of shape "text" takes whole paragraphs.
    """

    targets: tuple[Target, ...]
    shape: Shape = "value"
    blank: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """What cannot be read backwards: a calculation, or the number of a loop's round."""

    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several ways to go on, an empty one where all may be left out."""

    ways: tuple[tuple["Piece", ...], ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A loop inside a line, each round a row of `table`."""

    table: str
    body: tuple["Piece", ...]


Piece: TypeAlias = Words | Hole | Gap | Choice | Repeat


class Loop(NamedTuple):
    """A loop around lines: its number, and the table whose rows it goes through, if one."""

    number: int
    table: str


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A paragraph or a table's row of the template.

    `level` is that of a heading. `loops` and `ways` are the loops and the branches that it stands
    in, outermost first. Lines of one `group` print one text: the first opens it with its heading.

    `基本支出{{ 基本支出 }}万元` is one of three pieces: `Words("基本支出")`, the hole for 基本支出
    and `Words("万元")`.
    """

    pieces: tuple[Piece, ...]
    level: int | None = None
    table: int | None = None
    loops: tuple[Loop, ...] = ()
    ways: tuple[tuple[int, int], ...] = ()
    group: int | None = None
    opens: bool = False

    @property
    def takes_text(self) -> bool:
        """Whether the line is nothing but a paragraph of a long text."""
        return all(isinstance(p, Hole) and p.shape == "text" for p in self.pieces)

    @property
    def is_calculated(self) -> bool:
        """Whether something in the line is printed that cannot be read back."""
        return _has_gap(self.pieces)

    def words(self) -> str:
        """All that the line prints as it stands, joined."""
        return "".join(piece.text for piece in self.pieces if isinstance(piece, Words))


def _has_gap(pieces: tuple[Piece, ...]) -> bool:
    return any(
        (isinstance(piece, Gap) and not piece.is_number)
        or (isinstance(piece, Choice) and any(_has_gap(way) for way in piece.ways))
        or (isinstance(piece, Repeat) and _has_gap(piece.body))
        for piece in pieces
    )


def holes(pieces: tuple[Piece, ...]) -> Iterator[Hole]:
    """Every hole among `pieces`, those in choices and loops too."""
    for piece in pieces:
        if isinstance(piece, Hole):
            yield piece
        elif isinstance(piece, Choice):
            for way in piece.ways:
                yield from holes(way)
        elif isinstance(piece, Repeat):
            yield from holes(piece.body)
