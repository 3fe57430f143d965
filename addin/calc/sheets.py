"""xlwings' sheet: its ranges, what stands on it, and where it is in its book."""

from pathlib import Path
from typing import Any, cast

from xlwings import base_classes

from addin.calc.data.names import Names, find_name
from addin.calc.data.notes import Note, notes_of
from addin.calc.data.pivot_tables import PivotTables
from addin.calc.data.tables import Tables
from addin.calc.drawings.charts import Charts
from addin.calc.drawings.pictures import Pictures
from addin.calc.drawings.shapes import Shapes
from addin.calc.looks import windows
from addin.calc.looks.pages import PageSetup
from addin.calc.notation import addresses
from addin.calc.places.model import Block, OpenBook, OpenSheet
from addin.calc.program.documents import FILTERS, export
from addin.calc.ranges import Range


class Sheet(OpenSheet, base_classes.Sheet):
    """One sheet."""

    book: OpenBook = cast("OpenBook", None)  # a property of the base class, a plain attribute here

    @property
    def index(self) -> int:
        """The sheet's place, from 1."""
        return self.position + 1

    def block(self, row: int, column: int, rows: int, columns: int) -> Range:
        """A rectangle of cells, counted from 1."""
        return Range(self, row, column, rows, columns)

    def range(self, arg1: Any, arg2: Any = None) -> Block:
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

    def _corner(self, argument: Any) -> Block:
        if isinstance(argument, Block):
            return argument
        if isinstance(argument, tuple):
            if 0 in argument:
                raise IndexError("Ranges count from 1: there is no row or column 0.")
            return self.block(argument[0], argument[1], 1, 1)
        return self._named(str(argument))

    def _named(self, text: str) -> Block:
        scope, rest = addresses.split(text)
        area = addresses.parse(rest)
        if area:
            return (self.book.sheet_named(scope) if scope else self).block(*area)
        name = find_name(self.book, text, self) or find_name(self.book, text)
        if name is not None and (scope or name.sheet is None or name.sheet.name == self.name):
            return name.refers_to_range
        for tables in map(Tables, self.book.each_sheet()):
            if text in tables and (body := tables(text).data_body_range):
                return body
        raise ValueError(f"{text!r} is no address and no name in {self.book.name}.")

    @property
    def cells(self) -> Range:
        """All cells."""
        return self.block(1, 1, addresses.MAX_ROWS, addresses.MAX_COLUMNS)

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
    def freeze_panes(self) -> windows.FreezePanes:
        """Rows and columns that stay in sight."""
        return windows.FreezePanes(self)

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
        return windows.has_gridlines(self)

    @show_gridlines.setter
    def show_gridlines(self, value: bool) -> None:
        windows.show_gridlines(self, bool(value))

    def activate(self) -> None:
        """Show this sheet."""
        self.book.activate()
        controller = self.book.document.getCurrentController()
        if controller is not None:
            controller.setActiveSheet(self.api)

    select = activate

    @property
    def _used(self) -> Range:
        return self.block(*self.used_range.area)

    def clear_contents(self) -> None:
        """Empty all cells; their looks stay."""
        self._used.clear_contents()

    def clear_formats(self) -> None:
        """Take away the looks of all cells."""
        self.cells.clear_formats()

    def clear(self) -> None:
        """Take away everything in the cells."""
        self.cells.clear()

    def autofit(self, axis: str | None = None) -> None:
        """Fit rows (`r`), columns (`c`) or both to what stands in them."""
        self._used.autofit(axis)

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
        others = [
            one for one in self.book.each_sheet() if one.name != self.name and one.api.IsVisible
        ]
        for sheet in others:
            sheet.api.IsVisible = False
        try:
            export(self.book.document, str(Path(path).resolve()), FILTERS[".html"])
        finally:
            for sheet in others:
                sheet.api.IsVisible = True
