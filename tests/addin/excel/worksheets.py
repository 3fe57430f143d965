"""Sheets: their ranges, their protection, their place in the book."""

import re
from typing import TYPE_CHECKING, Any, Final

from excel.com import acts, asks, reads
from excel.errors import ComError, failed, not_settable
from excel.names import Names
from excel.notes import Comments, CommentsThreaded
from excel.open_book import OpenBook
from excel.page_setup import PageSetup
from excel.ranges import Range
from excel.sheet_locks import SheetLocks
from excel.tables import ListObjects

if TYPE_CHECKING:
    from excel.workbooks import Workbook

MOST_IN_ADDRESS: Final = 255
MOST_IN_NAME: Final = 31
FORBIDDEN: Final = re.compile(r"[:\\/?*\[\]]")
VISIBLE, HIDDEN = -1, 0
_AREAS: Final = re.compile(r"(?:'(?:[^']|'')*'|[^,'])+")


class Worksheet(SheetLocks):
    """One sheet."""

    def __init__(self, workbook: "Workbook", calc: Any) -> None:
        super().__init__(workbook._program)
        self._workbook = workbook
        self._calc = calc
        self._called = ("", -1)  # its name, and how often sheets had been renamed by then

    @property
    def _of(self) -> str:
        return "Worksheet"

    @property
    def _name(self) -> str:
        if self._called[1] != self._state.renamed:
            self._called = str(self._calc.name), self._state.renamed
        return self._called[0]

    @property
    def _state(self) -> OpenBook:
        return self._workbook._state

    _book = _state

    def _may_change(self, error: ComError) -> None:
        """What no option of a protected sheet allows."""
        self._state.changes(error)
        if self._protection.locks_contents():
            raise error

    def _may_draw(self, error: ComError) -> None:
        """Notes and drawings."""
        self._state.changes(error)
        if self._protection.locks_objects():
            raise error

    def _range(self, *areas: Any, by: str = "cells") -> Range:
        return Range(self, areas, by)

    def _bare(self, given: Any) -> Any:
        """An argument as pywin32 hands it over: xlwings' wrapper falls away."""
        return getattr(given, "_inner", given)

    def _active_cell(self) -> str:
        kept = self._state.selections.get(self._name)
        return str(kept[0](1, 1).get_address(False, False)) if kept else "A1"

    def _areas_of(self, text: str, origin: Any = None) -> list[Any]:
        """The rectangles of an address or a name of this sheet."""
        error = failed("_Worksheet", "Range")
        if len(text) > MOST_IN_ADDRESS or not text.strip():
            raise error
        found = []
        for part in _AREAS.findall(text):
            try:
                one = self._state.rectangle(self._calc, self._name, part.strip())
            except (ValueError, KeyError, IndexError) as problem:
                raise error from problem
            if one.sheet is not self._calc and one.sheet.name != self._name:
                raise error
            if origin is not None:
                row, column, rows, columns = one.area
                one = self._calc.block(
                    row + origin.row - 1, column + origin.column - 1, rows, columns
                )
            found.append(one)
        return found

    def _between(self, first: Any, second: Any, origin: Any = None) -> Range:
        given = [self._bare(one) for one in (first, second) if one is not None]
        areas = []
        for one in given:
            if isinstance(one, Range):
                if one._sheet._name != self._name or one._sheet._state is not self._state:
                    raise failed("_Worksheet", "Range")
                areas.append(one._areas)
            elif isinstance(one, str):
                areas.append(self._areas_of(one, origin))
            else:
                raise failed("_Worksheet", "Range")
        if len(areas) == 1:
            return self._range(*areas[0])
        return self._range(self._calc.range(areas[0][0], areas[1][0]))

    def _grow_tables(self, areas: list[Any]) -> None:
        """A table takes in what is written right under it, but not on a protected sheet."""
        if self._protection.contents:
            return
        for area in areas:
            for table in self._calc.tables:
                whole = table.range
                bottom, right = whole.row + whole.shape[0], whole.column + whole.shape[1]
                inside = whole.column <= area.column and area.column + area.shape[1] <= right
                if area.row == bottom and inside and not table.show_totals:
                    height = whole.shape[0] + area.shape[0]
                    table.resize_to(
                        self._calc.block(whole.row, whole.column, height, whole.shape[1])
                    )

    @asks
    def Range(self, Cell1: Any, Cell2: Any = None) -> Any:
        return self._between(Cell1, Cell2)

    @reads
    def Cells(self) -> Any:
        return self._range(self._calc.cells)

    @reads
    def Rows(self) -> Any:
        return self._range(self._calc.cells, by="rows")

    @reads
    def Columns(self) -> Any:
        return self._range(self._calc.cells, by="columns")

    @reads
    def UsedRange(self) -> Any:
        return self._range(self._calc.used_range)

    @reads
    def Name(self) -> str:
        return self._name

    @Name.sets
    def _set_name(self, value: Any) -> None:
        error = not_settable("Worksheet", "Name")
        self._workbook._may_restructure(error)
        name = str(value)
        others = {one.name.casefold() for one in self._calc.book.sheets} - {self._name.casefold()}
        if not fits(name) or name.casefold() in others:
            raise error
        before = self._name
        self._calc.name = name
        self._state.renames(before, name)

    @reads
    def Index(self) -> int:
        return int(self._calc.index)

    @reads
    def Parent(self) -> Any:
        return self._workbook

    @reads
    def Type(self) -> int:
        return -4167

    @reads
    def Names(self) -> Any:
        return Names(self._workbook, self._calc.names)

    @reads
    def ListObjects(self) -> Any:
        return ListObjects(self)

    @reads
    def PageSetup(self) -> Any:
        return PageSetup(self)

    @reads
    def Comments(self) -> Any:
        return Comments(self)

    @property
    def _threads(self) -> dict[tuple[int, int], str]:
        return self._state.threads.setdefault(self._name, {})

    @reads
    def CommentsThreaded(self) -> Any:
        return CommentsThreaded(self)

    @reads
    def Visible(self) -> int:
        return VISIBLE if self._calc.visible else HIDDEN

    @Visible.sets
    def _set_visible(self, value: Any) -> None:
        error = not_settable("Worksheet", "Visible")
        self._workbook._may_restructure(error)
        if not value and not self._is_not_the_last():
            raise error
        self._calc.visible = bool(value)

    def _is_not_the_last(self) -> bool:
        return any(one.visible and one.name != self._name for one in self._calc.book.sheets)

    @acts
    def Activate(self) -> None:
        self._show("Activate")

    @acts
    def Select(self, Replace: Any = True) -> None:
        self._show("Select")
        if Replace:
            self._state.selected = [self._name]

    def _show(self, member: str) -> None:
        if not self._calc.visible:
            raise failed("Worksheet", member)
        if member == "Select" and self._program.active is not self._state:
            raise failed("Worksheet", member)
        self._program.active = self._state
        self._state.shows(self._name)

    @acts
    def Delete(self) -> bool:
        error = failed("Worksheet", "Delete")
        self._workbook._may_restructure(error)
        if not self._is_not_the_last():
            raise error
        if self._program.settings["DisplayAlerts"]:
            self._program.dialog(f"Microsoft Excel 将永久删除此工作表 {self._name}")
        name, place = self._name, self._calc.index
        self._calc.delete()
        self._state.forgets(name)
        if self._state.active_sheet == name:
            sheets = [one.name for one in self._calc.book.sheets]
            self._state.shows(sheets[min(place, len(sheets)) - 1])
        return True

    @acts
    def Move(self, Before: Any = None, After: Any = None) -> None:
        self._workbook._may_restructure(failed("Worksheet", "Move"))
        before, after = self._bare(Before), self._bare(After)
        if before is None and after is None:
            raise failed("Worksheet", "Move")  # to a new book, which is not modelled
        self._calc.move(before and before._calc, after and after._calc)
        self._state.shows(self._name)

    @acts
    def Copy(self, Before: Any = None, After: Any = None) -> None:
        before, after = self._bare(Before), self._bare(After)
        target = before or after
        if target is None:
            raise failed("Worksheet", "Copy")
        target._workbook._may_restructure(failed("Worksheet", "Copy"))
        self._calc.copy(before and before._calc, after and after._calc)

    @acts
    def Calculate(self) -> None:
        self._calc.book.document.calculate()


def fits(name: str) -> bool:
    """Whether a sheet may be called so."""
    return (
        0 < len(name) <= MOST_IN_NAME
        and not FORBIDDEN.search(name)
        and not name.startswith("'")
        and not name.endswith("'")
        and name.casefold() != "history"
    )
