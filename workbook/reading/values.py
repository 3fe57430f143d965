"""What the form holds once it has been read: typed entries, each with its cell."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct, field

from workbook.catalogue.model import Language
from workbook.catalogue.verdicts import NOT_A_NUMBER, NOT_APPLICABLE
from workbook.figures.numbers import plain
from workbook.findings.place import Place
from workbook.form.field import Field
from workbook.reading.snapshot import RawCell

Value = Decimal | str | date | None
MOST_KEPT = 7  # letters from the point on, with which a figure is as it was declared or typed
# What a computed cell says that has no value, in Chinese; other forms say it in their language.
ABSENT, UNREADABLE = NOT_APPLICABLE.zh, NOT_A_NUMBER.zh


def shown(value: Value) -> str:
    """A value as it reads in a sentence: `195.40`, `2023-3-5`; a figure keeps its zeros."""
    if isinstance(value, Decimal):
        text = str(value)
        point = text.find(".")
        keeps = point > 0 and len(text) - point <= MOST_KEPT and "E" not in text
        return text if keeps else plain(value)
    return f"{value.year}-{value.month}-{value.day}" if isinstance(value, date) else str(value)


class Quote(Struct, frozen=True):
    """A figure that a text quotes: the letters it takes, its name, and the cell quoted."""

    start: int
    end: int
    name: str
    place: Place | None


class Entry(Struct, frozen=True):
    """One field's value. None is a blank cell; not `readable` is a cell that made no sense.

    An error value (`#REF!`) is one such; no formula that reads the table can look past it.
    `is_absent` is a computed figure that does not exist, such as a rate of 0 of 0: 不适用.
    `is_derived` is a default that nobody changed.
    `quotes` are the figures that a text took from other cells, in order.

    195.4 typed into 收支!C9, of a field with two decimals: the place 收支!C9, the value 195.40.
    """

    field: Field
    label: str
    place: Place | None
    value: Value = None
    readable: bool = True
    is_error: bool = False
    is_absent: bool = False
    is_derived: bool = False
    quotes: tuple[Quote, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return self.readable and self.value is None and not self.is_absent

    @property
    def is_typed(self) -> bool:
        """Whether its value is somebody's own, and no formula of ours."""
        return not (self.field.compute or self.is_derived)


Row = Mapping[str, Entry]
CellRange = tuple[tuple[RawCell, ...], ...]  # rows of cells


class Values(Struct, frozen=True):
    """Every entry of a form, and every row in use of its tables; `lost` tables have none.

    `ranges` are the cells of what the outline prints as tables, by the words that name them.
    `language` is the form's, in which its formulas say that a cell has no value.

    `fields["基本支出"]` is the entry of 195.49, and `tables["项目"]` has a row for each project.
    """

    fields: Mapping[str, Entry]
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()
    ranges: Mapping[str, CellRange] = field(default_factory=dict)
    language: Language = "zh"

    def entries(self) -> Iterator[Entry]:
        """All entries, fields first."""
        yield from self.fields.values()
        for rows in self.tables.values():
            for row in rows:
                yield from row.values()
