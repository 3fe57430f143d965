"""Values that know the cell that they were typed into, until a template computes with them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from workbook.figures.numbers import round_half_up

MINUS: Final = "\N{MINUS SIGN}"  # not a hyphen, after which a line may end


class Source(NamedTuple):
    """Where a figure comes from: the path that a template writes, the cell, its row's key."""

    path: str
    cell: str
    key: str = ""


class Span(NamedTuple):
    """A figure inside a text: from letter `start` to before letter `end`."""

    start: int
    end: int
    source: Source


class Amount(Decimal):
    """A number with its source; a sum or a difference of amounts is a plain Decimal.

    With `places` it prints rounded half up to that many decimals, and calculates with all it has.
    """

    source: Source
    places: int | None

    def __new__(cls, value: Decimal, source: Source, places: int | None = None) -> "Amount":
        """The number of the cell."""
        made = super().__new__(cls, value)
        made.source = source
        made.places = places
        return made

    def __format__(self, form: str, context: Any = None, _localeconv: Any = None) -> str:
        """The number as it prints."""
        if self.places is None or form not in ("", "f"):
            return super().__format__(form).replace("-", MINUS)
        return f"{round_half_up(Decimal(self), self.places):f}".replace("-", MINUS)

    def __str__(self) -> str:
        """The number as it prints."""
        return super().__str__().replace("-", MINUS) if self.places is None else format(self)


class SourcedText(str):
    """A short text with its source; what a filter makes of it is plain text."""

    source: Source

    def __new__(cls, value: str, source: Source) -> "SourcedText":
        """The text of the cell."""
        made = super().__new__(cls, value)
        made.source = source
        return made


class Prose(str):
    """A text whose words are the clerk's, and in which only the quoted figures have sources."""

    figures: tuple[Span, ...]

    def __new__(cls, value: str, figures: Sequence[Span] = ()) -> "Prose":
        """The text with its figures, which are in order and do not overlap."""
        made = super().__new__(cls, value)
        made.figures = tuple(figures)
        return made

    def pieces(self) -> Iterator[tuple[str, Source | None]]:
        """The text cut into its figures and what stands between them."""
        done = 0
        for start, end, source in self.figures:
            if start > done:
                yield self[done:start], None
            yield self[start:end], source
            done = end
        if done < len(self):
            yield self[done:], None

    def part(self, start: int, end: int) -> "Prose":
        """The letters from `start` to before `end`, with the figures that lie among them."""
        inside = (one for one in self.figures if start <= one.start and one.end <= end)
        spans = [Span(one.start - start, one.end - start, one.source) for one in inside]
        return Prose(self[start:end], spans)
