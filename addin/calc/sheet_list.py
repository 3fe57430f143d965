"""xlwings' sheets of a book, and what Calc says of many of them in one call."""

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from xlwings import base_classes

from addin.calc.notation import addresses, units
from addin.calc.places.model import OpenBook
from addin.calc.program.bridge import NoSuchElement
from addin.calc.program.job import Cell
from addin.calc.ranges import Range
from addin.calc.sheets import Sheet
from addin.calc.values.at_hand import at_hand


class Sheets(base_classes.Sheets):
    """The sheets of one book."""

    def __init__(self, book: OpenBook) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        """Calc's sheets."""
        return self.book.sheet_list

    @property
    def active(self) -> Sheet:
        """The sheet that the book's window shows."""
        return Sheet(self.book, self.book.sheet_in_front().api)

    def __call__(self, name_or_index: str | int) -> Sheet:
        """The sheet of a name, or at a place, from 1; KeyError or IndexError where none is."""
        if not isinstance(name_or_index, str):
            if not 1 <= name_or_index <= len(self):
                raise IndexError(f"The book has no sheet {name_or_index}.")
            return Sheet(self.book, self.api.getByIndex(int(name_or_index) - 1))
        try:
            return Sheet(self.book, self.api.getByName(name_or_index))
        except NoSuchElement:
            raise KeyError(name_or_index) from None

    def __contains__(self, key: str | int) -> bool:
        with contextlib.suppress(KeyError, IndexError):
            return bool(self(key))
        return False

    def __len__(self) -> int:
        return int(self.api.getCount())

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, self.api.getByIndex(index)) for index in range(len(self)))

    def names(self) -> tuple[str, ...]:
        """The sheets' names, in one call."""
        return tuple(self.api.getElementNames())

    def used(self, wanted: Sequence[str]) -> dict[str, Range]:
        """The used ranges of sheets with their values at hand, all in one call.

        None of them where LibreOffice has no Python of its own.
        """
        job = self.book.office.job
        if job is None:
            return {}
        found: dict[str, Range] = {}
        names = self.names()
        for name, (row, column, rows, columns, brought) in zip(
            wanted, job.blocks(self.book.document, wanted), strict=True
        ):
            sheet = Sheet(self.book, None, (name, names.index(name)))
            found[name] = sheet.block(row + 1, column + 1, rows, columns)
            found[name].bring(at_hand(brought))
        return found

    def formulas_at(self, places: Sequence[tuple[str, str]]) -> list[str] | None:
        """The formula of each cell, by sheet and address, all in one call.

        None where LibreOffice has no Python of its own.
        """
        job = self.book.office.job
        if job is None:
            return None
        found = job.texts(self.book.document, [_cell(*place) for place in places])
        return [self.book.formats.to_excel(text) if text[:1] == "=" else "" for text in found]

    def formulas_with(
        self, word: str, wanted: Sequence[str]
    ) -> list[tuple[str, int, int, str]] | None:
        """The formulas of sheets in which a word stands, by sheet, row and column, in one call.

        None where LibreOffice has no Python of its own.
        """
        job = self.book.office.job
        if job is None:
            return None
        return [
            (name, row, column, self.book.formats.to_excel(formula))
            for name, row, column, formula in job.formulas(self.book.document, word, wanted)
        ]

    def looks(self, places: Sequence[tuple[str, str]]) -> list[tuple[str, str]] | None:
        """The colour, `#FFC7CE`, and the note of each cell, by sheet and address, in one call.

        None where LibreOffice has no Python of its own.
        """
        job = self.book.office.job
        if job is None:
            return None
        found = job.looks(self.book.document, [_cell(*place) for place in places])
        return [("" if colour < 0 else f"#{colour:06X}", note) for colour, note in found]

    def dress(self, wanted: Sequence[tuple[str, str, str, str]]) -> bool:
        """Give each cell this colour and note, all in one call; False where there is no Python."""
        job = self.book.office.job
        if job is None:
            return False
        cells = [
            (*_cell(sheet, address), units.from_rgb(colour) if colour else -1, note)
            for sheet, address, colour, note in wanted
        ]
        job.dress(self.book.document, cells)
        return True

    def add(
        self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None
    ) -> Sheet:
        """A new sheet, which becomes the active one; before the active sheet if nothing is said."""
        place = after.index if after else (before or self.active).index - 1
        chosen = name or self._free_name()
        self.api.insertNewByName(chosen, place)
        self.book.moved()
        sheet = self(chosen)
        sheet.activate()
        return sheet

    def _free_name(self) -> str:
        number = len(self) + 1
        while self.api.hasByName(f"Sheet{number}"):
            number += 1
        return f"Sheet{number}"


def _cell(sheet: str, address: str) -> Cell:
    area = addresses.parse(address)
    assert area, address
    return sheet, area[1] - 1, area[0] - 1
