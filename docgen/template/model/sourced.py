"""Values that know the cell that they were typed into, until a template computes with them."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from workbook.figures.numbers import round_half_up

MINUS: Final = "\N{MINUS SIGN}"  # not a hyphen, after which a line may end


class Source(NamedTuple):
    """Where a figure comes from: the path that a template writes, the cell, its row's key.

    `raw` is its value where printing does not say it; "" where it is what is printed. Of 1,234.5 元
    printed as 0.12 万元: `Source("金额", "支出!C9", raw="1234.5")`.
    """

    path: str
    cell: str
    key: str = ""
    raw: str = ""


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


class Rounded(Decimal):
    """A number that a template has rounded, with the source of the one that it was.

    It prints as a plain Decimal does; what is worked out of it is a plain Decimal.
    """

    source: Source

    def __new__(cls, value: Decimal, source: Source) -> "Rounded":
        """The rounded number."""
        made = super().__new__(cls, value)
        made.source = source
        return made


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


def formatted(text: str, value: Any) -> str:
    """A text that a format made of one value, with the value's cell and what it was before.

    What is no plain text, or was made of no figure or date, stays as it is.
    """
    source = source_of(value, str(text)) if text.__class__ is str else None
    return text if source is None else SourcedText(text, source)


def source_of(value: Any, text: str) -> Source | None:
    """The source of what `text` says of a figure or date; None where there is nothing to say.

    It has no path: the names of its tag are known, and may be more than one.
    """
    own = getattr(value, "source", None)
    raw = raw_of(value)
    if raw is None or (own is None and raw == text):
        return None
    cell, key = (own.cell, own.key) if own else ("", "")
    raw = (own.raw if own else "") or raw
    return Source("", cell, key, "" if raw == text else raw)


def raw_of(value: Any) -> str | None:
    """A figure with all that it has, a date as `2023-03-15`; None for anything else."""
    if isinstance(value, Decimal):
        return Decimal.__format__(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else None
