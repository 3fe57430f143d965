"""The sections of a report in the order in which the clerk wants them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from workbook.form.model import Form
from workbook.form.outline import (
    ADDED,
    CHOICE,
    IN,
    LEVEL,
    ORDER,
    OUT,
    OUTLINE,
    OWN,
    OWN_ORDER,
    OWN_TITLE,
    RANGE,
    TEXT,
    TITLE,
    UNTITLED,
)
from workbook.form.sections import HEADINGS, LEVELS, PAGE, Level, Section
from workbook.reading.values import Entry, Row, Values

_LAST: Final = Decimal("Infinity")  # where one goes whose place could not be read


class Placed(Struct, frozen=True):
    """A section where it will stand; `section` is None for one that the clerk added.

    `row` is the one numbered `number`, from 0, of the table 提纲 or 自加节.

    `is_in`: it comes into the report. `is_titled`: so does its heading. `is_own`: nothing is
    printed but what the clerk wrote on 提纲.

    The row 基本支出情况 of 提纲 with 自己写 chosen: level 二级, in, titled, own.
    """

    section: Section | None
    row: Row
    number: int
    level: Level
    order: Decimal
    is_in: bool = True
    is_titled: bool = True
    is_own: bool = True

    @property
    def title(self) -> Entry:
        """The words of its heading: the clerk's, or else the official ones."""
        own = self.row.get(OWN_TITLE)
        return self.row[TITLE] if own is None or own.is_blank else own

    @property
    def name(self) -> str:
        """What a message calls it."""
        place = self.row[TITLE].place
        return str(self.title.value or f"{ADDED}({place.address})" if place else ADDED)

    @property
    def has_own_title(self) -> bool:
        """Whether the clerk typed words for a heading."""
        own = self.row[OWN_TITLE] if self.section else self.row[TITLE]
        return not own.is_blank

    @property
    def text(self) -> Entry:
        """What the clerk wrote for it in the outline."""
        return self.row[TEXT]

    @property
    def range(self) -> Entry:
        """Where the table stands that is printed in it."""
        return self.row[RANGE]

    @property
    def is_blank(self) -> bool:
        """Whether the clerk wrote nothing for it in the outline."""
        return self.text.is_blank and self.range.is_blank

    @property
    def depth(self) -> int | None:
        """How deep its heading is, 0 for the highest; None for one under which nothing stands."""
        return HEADINGS.index(self.level) if self.level in HEADINGS else None


def placed(form: Form, values: Values) -> tuple[Placed, ...]:
    """All sections in the order of the report, also those that are left out of it.

    Whole pages come first. What stands under a heading that is left out is left out with it.
    """
    listed = sorted(_listed(form, values), key=lambda one: (one.level != PAGE, one.order))
    return tuple(_without_orphans(listed))


def _listed(form: Form, values: Values) -> Iterator[Placed]:
    rows = values.tables.get(OUTLINE, ()) if form.section else ()
    # A lost table has no rows.
    for number, (section, row) in enumerate(zip(form.section, rows, strict=False)):
        choice = row[CHOICE].value or (IN if section.on else OUT)
        yield Placed(
            section,
            row,
            number,
            section.level,
            _order(row[OWN_ORDER], row[ORDER]),
            is_in=choice != OUT,
            is_titled=choice != UNTITLED and section.is_titled,
            is_own=choice == OWN or section.written,
        )
    for number, row in enumerate(values.tables.get(ADDED, ()) if form.section else ()):
        level: Level = next((one for one in LEVELS if one == row[LEVEL].value), "段落")
        is_in = row[CHOICE].value != OUT
        yield Placed(None, row, number, level, _order(row[ORDER]), is_in, is_titled=level != "段落")


def _order(*entries: Entry) -> Decimal:
    found = (one.value for one in entries if isinstance(one.value, Decimal))
    return next(found, _LAST)


def _without_orphans(sections: Sequence[Placed]) -> Iterator[Placed]:
    out: int | None = None  # the depth of the heading that is left out here
    for one in sections:
        depth = one.depth
        if depth is not None and out is not None and depth <= out:
            out = None
        is_in = one.is_in and out is None
        if depth is not None and out is None and not one.is_in:
            out = depth
        yield replace(one, is_in=is_in)


def unasked(sections: Sequence[Placed]) -> frozenset[str]:
    """The fields and tables that nobody needs to fill, since their sections are not printed."""
    printed: set[str] = set()
    left_out: set[str] = set()
    for one in sections:
        if one.section:
            asks = printed if one.is_in and not one.is_own else left_out
            asks.update(one.section.asked)
    return frozenset(left_out - printed)
