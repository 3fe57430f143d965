"""A sheet: its ranges, what stands on it, and where it is in its book."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from xlwings import base_classes

from addin.calc import addresses, gridlines
from addin.calc.charts import Charts
from addin.calc.names import Names, find_name
from addin.calc.notes import Note, notes_of
from addin.calc.pages import FreezePanes, PageSetup
from addin.calc.pictures import Pictures
from addin.calc.pivot_tables import PivotTables
from addin.calc.ranges import Range
from addin.calc.shapes import Shapes
from addin.calc.tables import Tables

if TYPE_CHECKING:
    from addin.calc.books import Book


class Sheet(base_classes.Sheet):
    """One sheet."""

    book: "Book" = cast("Book", None)  # a property of the base class, a plain attribute here

    def __init__(self, book: "Book", api: Any) -> None:
        self.book = book
        self._api = api
        self._moves = book.moves

    @property
    def api(self) -> Any:
        """Calc's sheet; asked for anew after a deletion, which shrinks the one that we hold."""
        if self._moves != self.book.moves:
            self._moves = self.book.moves
            self._api = self.book.sheet_list.getByName(self._api.getName())
        return self._api

    @property
    def name(self) -> str:
        """The sheet's name."""
        return str(self.api.getName())

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(value)

    @property
    def position(self) -> int:
        """The sheet's place, from 0."""
        return int(self.api.getRangeAddress().Sheet)

    @property
    def index(self) -> int:
        """The sheet's place, from 1."""
        return self.position + 1

    def block(self, row: int, column: int, rows: int, columns: int) -> Range:
        """A rectangle of cells, counted from 1."""
        return Range(self, row, column, rows, columns)

    def of_area(self, area: Any) -> Range:
        """The range of a UNO range address."""
        rows, columns = area.EndRow - area.StartRow + 1, area.EndColumn - area.StartColumn + 1
        return Range(self, area.StartRow + 1, area.StartColumn + 1, rows, columns)

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """A range by address, name or numbers, or the rectangle around two of them."""
        if isinstance(arg1, tuple) and len(arg1) == 4:
            return self.block(*arg1)
        if isinstance(arg1, int) and isinstance(arg2, int):
            arg1, arg2 = (arg1, arg2), None
        first = self._corner(arg1)
        if arg2 is None:
            return first
        second = self._corner(arg2)
        top, left = min(first.row, second.row), min(first.column, second.column)
        bottom = max(one.row + one.shape[0] for one in (first, second))
        right = max(one.column + one.shape[1] for one in (first, second))
        return first.sheet.block(top, left, bottom - top, right - left)

    def _corner(self, argument: Any) -> Range:
        if isinstance(argument, Range):
            return argument
        if isinstance(argument, tuple):
            if 0 in argument:
                raise IndexError("Ranges count from 1: there is no row or column 0.")
            return self.block(argument[0], argument[1], 1, 1)
        return self._named(str(argument))

    def _named(self, text: str) -> Range:
        scope, rest = addresses.split(text)
        area = addresses.parse(rest)
        if area:
            return (self.book.sheets(scope) if scope else self).block(*area)
        name = find_name(self.book, text, self) or find_name(self.book, text)
        if name is not None and (scope or name.sheet is None or name.sheet.name == self.name):
            return name.refers_to_range
        tables = [sheet.tables(text) for sheet in self.book.sheets if text in sheet.tables]
        if tables and (body := tables[0].data_body_range):
            return body
        raise ValueError(f"{text!r} is no address and no name in {self.book.name}.")

    @property
    def cells(self) -> Range:
        """All cells."""
        return self.block(1, 1, addresses.MAX_ROWS, addresses.MAX_COLUMNS)

    @property
    def used_range(self) -> Range:
        """The rectangle around everything that is filled or formatted."""
        cursor = self.api.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        used = self.of_area(cursor.getRangeAddress())
        used.hold(cursor)
        return used

    @property
    def names(self) -> Names:
        """The names that only this sheet knows."""
        return Names(self.book, self)

    @property
    def tables(self) -> Tables:
        """The tables."""
        return Tables(self)

    @property
    def pivot_tables(self) -> PivotTables:
        """The pivot tables."""
        return PivotTables(self)

    @property
    def charts(self) -> Charts:
        """The charts."""
        return Charts(self)

    @property
    def pictures(self) -> Pictures:
        """The pictures."""
        return Pictures(self)

    @property
    def shapes(self) -> Shapes:
        """Everything that is drawn on the sheet."""
        return Shapes(self)

    @property
    def notes(self) -> list[Note]:
        """The notes."""
        return notes_of(self)

    @property
    def comments(self) -> list[Any]:
        """Nothing: Calc has notes, and no threads of comments."""
        return []

    @property
    def freeze_panes(self) -> FreezePanes:
        """Rows and columns that stay in sight."""
        return FreezePanes(self)

    @property
    def page_setup(self) -> PageSetup:
        """How the sheet is printed."""
        return PageSetup(self)

    @property
    def visible(self) -> bool:
        """Whether the sheet's tab is shown."""
        return bool(self.api.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.api.IsVisible = bool(value)

    @property
    def show_gridlines(self) -> bool:
        """Whether the lines between cells are shown; ValueError for a hidden sheet."""
        return gridlines.are_shown(self)

    @show_gridlines.setter
    def show_gridlines(self, value: bool) -> None:
        gridlines.show(self, bool(value))

    def _in_window(self, action: Any) -> Any:
        """What an action on the book's window gives back while this sheet is shown."""
        controller = self.book.document.getCurrentController()
        before = controller.getActiveSheet()
        controller.setActiveSheet(self.api)
        try:
            return action(controller)
        finally:
            controller.setActiveSheet(before)

    def activate(self) -> None:
        """Show this sheet."""
        self.book.activate()
        controller = self.book.document.getCurrentController()
        if controller is not None:
            controller.setActiveSheet(self.api)

    select = activate

    def clear_contents(self) -> None:
        """Empty all cells; their looks stay."""
        self.used_range.clear_contents()

    def clear_formats(self) -> None:
        """Take away the looks of all cells."""
        self.cells.clear_formats()

    def clear(self) -> None:
        """Take away everything in the cells."""
        self.cells.clear()

    def autofit(self, axis: str | None = None) -> None:
        """Fit rows (`r`), columns (`c`) or both to what stands in them."""
        self.used_range.autofit(axis)

    def delete(self) -> None:
        """Take the sheet out of its book."""
        self.book.sheet_list.removeByName(self.name)
        self.book.moved()

    def copy(self, before: "Sheet | None", after: "Sheet | None") -> None:
        """Copy the sheet before or behind another, of any book."""
        target = before or after
        if target is None:
            raise ValueError("Say before or after which sheet the copy stands.")
        place = target.index - (before is not None)
        sheets = target.book.sheet_list
        if target.book is not self.book:
            sheets.importSheet(self.book.document, self.name, place)
            target.book.moved()
            return
        number = 2
        while sheets.hasByName(f"{self.name} ({number})"):
            number += 1
        sheets.copyByName(self.name, f"{self.name} ({number})", place)
        self.book.moved()

    def move(self, before: "Sheet | None", after: "Sheet | None") -> None:
        """Move the sheet before or behind another of its book."""
        target = before or after
        if target is not None:
            place = target.index - (before is not None)
            self.book.sheet_list.moveByName(self.name, place)
            self.book.moved()

    def to_html(self, path: str) -> None:
        """Write the sheet's cells as a web page."""
        others = [sheet for sheet in self.book.sheets if sheet.name != self.name and sheet.visible]
        for sheet in others:
            sheet.visible = False
        try:
            self.book.export(str(Path(path).resolve()), "HTML (StarCalc)")
        finally:
            for sheet in others:
                sheet.visible = True
