"""Notes at cells."""

from collections.abc import Iterator
from itertools import product
from typing import Any, Final, cast

from xlwings import base_classes

from addin.calc.places.model import Block, OpenSheet

_NOTES: Final = 8  # com.sun.star.sheet.CellFlags.ANNOTATION


class Note(base_classes.Note):
    """The note at one cell."""

    location: Block = cast("Block", None)  # a property of the base class, a plain attribute here

    def __init__(self, location: Block) -> None:
        self.location = location

    @property
    def api(self) -> Any:
        """Calc's annotation."""
        return self.location.cells.getCellByPosition(0, 0).getAnnotation()

    @property
    def text(self) -> str:
        """What the note says."""
        return str(self.api.getString())

    @text.setter
    def text(self, value: str) -> None:
        self.api.setString(value)

    @property
    def author(self) -> str:
        """Who wrote it."""
        return str(self.api.getAuthor())

    def delete(self) -> None:
        """Take the note away."""
        self.location.cells.clearContents(_NOTES)  # to search the list of them is quadratic


def note_at(cell: Block) -> Note | None:
    """The note at a cell; None where there is none."""
    note = Note(cell)
    return note if note.text else None


def notes_of(sheet: OpenSheet) -> list[Note]:
    """All notes of a sheet, row by row."""
    # Where they are is one call; the list of them costs two for each.
    areas = sheet.api.queryContentCells(_NOTES).RangeAddresses
    places = sorted(place for area in areas for place in _places(area))
    return [Note(sheet.block(row + 1, column + 1, 1, 1)) for row, column in places]


def _places(area: Any) -> Iterator[tuple[int, int]]:
    """The rows and columns, from 0, of an area's cells."""
    rows = range(area.StartRow, area.EndRow + 1)
    return product(rows, range(area.StartColumn, area.EndColumn + 1))
