"""What stands in a workbook's named cells and tables right now: the one seam to Excel.

A saved file and a live book both become a `Snapshot`, so that what the ribbon says and what the
command line says cannot differ. Cells are found by name, never by position.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count, takewhile
from typing import Any, Literal

from msgspec import Struct

from workbook.catalogue.findings import HIDDEN as COVERED
from workbook.figures.days import day_of, time_of
from workbook.figures.number_formats import Shows, shows
from workbook.findings.place import Place

KIND_PROPERTY = "GoujiKind"
VERSION_PROPERTY = "GoujiVersion"
FORM_PROPERTY, MOST_LETTERS = "GoujiForm{}", 240  # Excel takes 255 letters in a property

HIDDEN = COVERED.zh  # what is told of content that is there and not to be seen

# Signs that take no room: nobody can tell a cell of these and of spaces from a blank one.
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\xad]*")
_VERSION = re.compile(r"\d{1,9}", re.ASCII)

CellKind = Literal[
    "blank",
    "number",
    "text",
    "date",
    "flag",
    "error",
    "broken",
    "unsaved",
    "default",
    "astray",
    "unlabelled",
]


class RawCell(Struct, frozen=True, eq=False):
    """A cell before the form has looked at it.

    `broken` is what no program writes, such as the number `1_0`; `unsaved` is a formula with no
    saved result; `default` one that gives the field its default, `astray` one that would if it
    stood in another row; `unlabelled` a text whose label is gone from its cell, or stands there
    twice. `formula` is told of a file's cells, in a running program of columns that
    read the row above; `number_format` of numbers in a file, in a running program only of those
    that look like shares or are printed as shown. `merged` is the merged rectangle that covers the
    cell, `C17:C18` of C18: nobody sees what stands in it.
    """

    place: Place
    kind: CellKind
    value: Any = None
    formula: str = ""
    number_format: str = ""
    merged: str = ""

    def __eq__(self, other: object) -> bool:
        """Whether both say the same, however it is worked out and shown."""
        if not isinstance(other, RawCell):
            return NotImplemented
        return self._said == other._said

    def __hash__(self) -> int:
        """As equal cells have it."""
        return hash(self._said)

    @property
    def _said(self) -> tuple[Place, str, Any, str]:
        return self.place, self.kind, self.value, self.merged

    @property
    def is_percent(self) -> bool:
        """Whether the number is shown a hundred times as large, with a sign behind it."""
        return self.kind == "number" and shows(self.number_format) is Shows.PERCENT


class RawTable(Struct, frozen=True):
    """An Excel table: its heads, the form's columns of each row, and what lies under it.

    `columns` are the keys of the form's columns, and the words of all other heads.
    `order` are the cells of `ROW_ORDER`, a row's number when the workbook was made. `below` stands
    right under the table, a cell for each row; `apart` further down, behind a blank row.

    名称|金额 in B5:C5 above 防汛经费|20: place B5, and one row, whose 金额 is the cell of 20.
    """

    place: Place
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, RawCell], ...]
    below: tuple[RawCell, ...] = ()
    apart: tuple[RawCell, ...] = ()
    order: tuple[RawCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """Which form a workbook says it is; None where it does not say.

    `fingerprint` is the state of that form when the workbook was made, "" where it does not say.
    """

    kind: str | None
    version: int | None
    fingerprint: str = field(default="", compare=False, repr=False)


def classified(value: Any, *, is_error: bool = False) -> tuple[CellKind, Any]:
    """What kind of cell holds `value`, and the value as the form reads it."""
    if value is None or (isinstance(value, str) and _UNSEEN.fullmatch(value)):
        return "blank", None
    if is_error:
        return "error", value
    if isinstance(value, bool):
        return "flag", value
    if isinstance(value, int | float):
        return "number", value
    if isinstance(value, datetime):
        return "date", value.date()
    if isinstance(value, date):
        return "date", value
    return "text", str(value)


def classified_number(
    value: float, number_format: str, *, from_1904: bool = False
) -> tuple[CellKind, Any]:
    """What kind of cell shows a number in a format: in one for days, it is a day."""
    what = shows(number_format)
    if what is Shows.DAY and (day := day_of(value, from_1904=from_1904)):
        return "date", day
    if what in (Shows.TIME, Shows.ELAPSED):
        time = time_of(value, is_elapsed=what is Shows.ELAPSED)
        return ("text", time) if time else ("number", value)
    return "number", value


def covered(place: Place, merged: str, *, is_blank: bool) -> RawCell:
    """A cell under a merged rectangle, whose content nobody sees."""
    kind: CellKind = "blank" if is_blank else "broken"
    return RawCell(place, kind, None if is_blank else HIDDEN, merged=merged)


def identity_of(properties: Mapping[str, Any]) -> Identity:
    """What a workbook's custom document properties say of its form."""
    kind, version = properties.get(KIND_PROPERTY), str(properties.get(VERSION_PROPERTY, ""))
    number = int(version) if _VERSION.fullmatch(version) else None
    parts = takewhile(properties.__contains__, map(FORM_PROPERTY.format, count(1)))
    fingerprint = "".join(str(properties[name]) for name in parts)
    return Identity(str(kind) if kind else None, number, fingerprint)


def properties_of(identity: Identity) -> Iterator[tuple[str, str]]:
    """The custom document properties that say which form a workbook is, all of them texts."""
    yield KIND_PROPERTY, identity.kind or ""
    yield VERSION_PROPERTY, str(identity.version)  # LibreOffice saves a number as a fraction
    for number, start in enumerate(range(0, len(identity.fingerprint), MOST_LETTERS), start=1):
        part = identity.fingerprint[start : start + MOST_LETTERS]
        yield FORM_PROPERTY.format(number), part


def _blank(sheet: str, _row: int, _column: int) -> RawCell:
    return RawCell(Place(sheet, ""), "blank")


def _no_formulas(places: Sequence[Place]) -> Sequence[str]:
    return [""] * len(places)


def _no_text(_sheet: str, _row: int, _column: int) -> str:
    return ""


class Snapshot(Struct, frozen=True, eq=False):
    """All that the form's names and tables hold; a name that points nowhere is None.

    `formulas` tells the formulas of cells in a running program, where they are not at hand. `cell`
    is any cell of one of the `sheets`, by sheet, row and column; `text` is only what it says, ""
    for a figure.

    `names["基本支出"]` is the cell 预算收支!C9, `tables["项目"]` the table of the projects.
    """

    identity: Identity
    sheets: tuple[str, ...]
    names: Mapping[str, RawCell | None]
    tables: Mapping[str, RawTable]
    formulas: Callable[[Sequence[Place]], Sequence[str]] = _no_formulas
    cell: Callable[[str, int, int], RawCell] = _blank
    text: Callable[[str, int, int], str] = _no_text

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same, whatever they are read from."""
        if not isinstance(other, Snapshot):
            return NotImplemented
        return self._held == other._held

    __hash__ = None  # type: ignore[assignment]

    @property
    def _held(self) -> tuple[object, ...]:
        return self.identity, self.sheets, self.names, self.tables
