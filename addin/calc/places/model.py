"""Program, book, sheet and block of cells: what all that stands in a workbook may ask of them.

xlwings asks a program for its books, a book for its sheets, a sheet for its ranges, and each of
them for the one above it. Here are the ways upward. What a book, a sheet or a range can do besides
is in the classes of `addin.calc` that are made of these.
"""

import abc
from collections.abc import Iterator
from typing import Any

from addin.calc.notation import addresses
from addin.calc.notation.number_formats import Formats
from addin.calc.program import documents
from addin.calc.program.bridge import NoSuchElement, struct
from addin.calc.program.office import Office


class Program:
    """One running LibreOffice, with the settings that a book takes over when it is opened."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.visible_wanted = not office.is_headless
        self.is_frozen = False  # windows are not drawn while cells change
        self.is_manual = False  # formulas are calculated only when asked for
        self.copied: Block | None = None  # waits to be pasted

    def settle(self, document: Any) -> None:
        """Carry the settings over to a document that was just opened."""
        if self.is_frozen:
            document.lockControllers()
        if self.is_manual:
            document.enableAutomaticCalculation(False)


class OpenBook(abc.ABC):
    """One open spreadsheet.

    Of a saved 填报.xlsx `document` is LibreOffice's SpreadsheetDocument, `name` is `填报.xlsx`,
    `formats` knows that the number 10036 is its format `yyyy-mm-dd`, and `kept` may hold
    `{("pivot", "PivotTable1"): {...}}`.
    """

    def __init__(self, document: Any, program: Program) -> None:
        self.document = document
        self.program = program
        self.formats = Formats(document)
        # Calc keeps these three up to date; to ask for them each time costs a millisecond.
        self.sheet_list = document.getSheets()
        self.named_ranges = document.NamedRanges
        self.database_ranges = document.DatabaseRanges
        self.moves = 0  # how often cells were moved: ranges then look where they are now
        self.kept: dict[Any, Any] = {}  # what Calc has no place for, while the book is open

    @property
    def office(self) -> Office:
        """The LibreOffice in which the book is open."""
        return self.program.office

    @property
    def name(self) -> str:
        """The file's name; before the first saving, Calc's title."""
        return documents.name_of(self.document)

    def moved(self) -> None:
        """Note that rows, columns, cells or sheets have moved."""
        self.moves += 1

    @abc.abstractmethod
    def activate(self) -> None:
        """Bring the book's window to the front."""

    @abc.abstractmethod
    def sheet_of(self, api: Any) -> "OpenSheet":
        """The sheet that one of Calc's sheets is."""

    def sheet_at(self, index: int) -> "OpenSheet":
        """A sheet by its place, from 0."""
        return self.sheet_of(self.sheet_list.getByIndex(index))

    def sheet_named(self, name: str) -> "OpenSheet":
        """A sheet by its name; KeyError where there is none."""
        try:
            return self.sheet_of(self.sheet_list.getByName(name))
        except NoSuchElement:
            raise KeyError(name) from None

    def each_sheet(self) -> Iterator["OpenSheet"]:
        """The sheets in their order."""
        return (self.sheet_at(index) for index in range(self.sheet_list.getCount()))

    def sheet_in_front(self) -> "OpenSheet":
        """The sheet that the book's window shows; the first where it has no window."""
        controller = self.document.getCurrentController()
        if controller is None:
            return self.sheet_at(0)
        return self.sheet_of(controller.getActiveSheet())


class OpenSheet(abc.ABC):
    """One sheet of an open book.

    Of one that is `known` by its name and place, Calc's own is asked for when it is needed: that
    costs a millisecond.
    """

    def __init__(self, book: OpenBook, api: Any, known: "tuple[str, int] | None" = None) -> None:
        self.book = book
        self._api = api
        self._known = known
        self._moves = book.moves

    @property
    def api(self) -> Any:
        """Calc's sheet; asked for anew after a deletion, which shrinks the one that we hold."""
        if self._known is not None:
            (name, _), self._known = self._known, None
            self._api, self._moves = self.book.sheet_list.getByName(name), self.book.moves
        if self._moves != self.book.moves:
            self._moves = self.book.moves
            self._api = self.book.sheet_list.getByName(self._api.getName())
        return self._api

    @property
    def name(self) -> str:
        """The sheet's name."""
        return str(self.api.getName()) if self._known is None else self._known[0]

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(value)

    @property
    def position(self) -> int:
        """The sheet's place, from 0."""
        return int(self.api.getRangeAddress().Sheet) if self._known is None else self._known[1]

    @abc.abstractmethod
    def block(self, row: int, column: int, rows: int, columns: int) -> "Block":
        """A rectangle of cells, counted from 1, as xlwings is to have it."""

    @abc.abstractmethod
    def range(self, arg1: Any, arg2: Any = None) -> "Block":
        """A rectangle by address, by name or by numbers."""

    def of_area(self, area: Any) -> "Block":
        """The rectangle of a UNO range address."""
        return self.block(*_numbers(area))

    @property
    def used_range(self) -> "Block":
        """The rectangle around everything that is filled or formatted."""
        cursor = self.api.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        used = self.of_area(cursor.getRangeAddress())
        used.hold(cursor)
        return used


class Block:
    """A rectangle of cells of one sheet; rows and columns count from 1, and may be none.

    B3:D4 of Sheet1 has `area` (3, 2, 2, 3), `shape` (2, 3) and `address` "$B$3:$D$4".
    """

    def __init__(self, sheet: OpenSheet, row: int, column: int, rows: int, columns: int) -> None:
        self.sheet = sheet
        self.options: dict[str, Any] = {}  # which xlwings puts here for the next read
        self._area = (row, column, rows, columns)
        self._cells: Any = None
        self._moves = sheet.book.moves

    @property
    def cells(self) -> Any:
        """The cell range of Calc; None where there are no cells."""
        if self._cells is None and len(self):
            row, column, rows, columns = self.area
            self._cells = self.sheet.api.getCellRangeByPosition(
                column - 1, row - 1, column + columns - 2, row + rows - 2
            )
        return self._cells

    def hold(self, cells: Any) -> None:
        """Take Calc's cells that are at hand already: to ask for them costs a millisecond."""
        self._cells = cells

    @property
    def area(self) -> addresses.Area:
        """The rectangle as numbers; it moves along when rows or columns are inserted or deleted."""
        moves = self.sheet.book.moves
        if self._moves != moves:
            self._moves = moves
            if self._cells is not None:
                self._area = _numbers(self._cells.getRangeAddress())
        return self._area

    @property
    def row(self) -> int:
        """The first row's number."""
        return self.area[0]

    @property
    def column(self) -> int:
        """The first column's number."""
        return self.area[1]

    @property
    def shape(self) -> tuple[int, int]:
        """The numbers of rows and columns."""
        return self.area[2:]

    @property
    def address(self) -> str:
        """The absolute address, without the sheet."""
        return addresses.write(self.area)

    @property
    def cell_address(self) -> Any:
        """The first cell's address as UNO's structure."""
        return struct(
            "com.sun.star.table.CellAddress",
            Sheet=self.sheet.position,
            Column=self.column - 1,
            Row=self.row - 1,
        )

    @property
    def range_address(self) -> Any:
        """The rectangle's address as UNO's structure."""
        return self.cells.getRangeAddress()

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> "Block":
        """One cell, counted from the first; one number counts along the rows."""
        if column is None:
            line, place = divmod(row - 1, self.shape[1])
            row, column = line + 1, place + 1
        return self.sheet.block(self.row + row - 1, self.column + column - 1, 1, 1)


def _numbers(area: Any) -> addresses.Area:
    """UNO's range address, which counts from 0, as a rectangle that counts from 1."""
    rows, columns = area.EndRow - area.StartRow + 1, area.EndColumn - area.StartColumn + 1
    return area.StartRow + 1, area.StartColumn + 1, rows, columns
