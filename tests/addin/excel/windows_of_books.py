"""Windows: which sheets are selected, which cell is active."""

from typing import TYPE_CHECKING, Any

from excel.com import Collection, ComObject, acts, reads
from excel.errors import failed
from excel.open_book import OpenBook
from excel.sheets import Sheets
from excel.workbooks import Workbook
from excel.worksheets import Worksheet

if TYPE_CHECKING:
    from excel.program import Program


def sheet_in_front(program: "Program", state: OpenBook) -> Worksheet:
    """The active sheet of a book."""
    return Worksheet(Workbook(program, state), state.calc.sheets(state.active_sheet))


def selection(program: "Program", state: OpenBook) -> Any:
    """What is selected on the active sheet; A1 in a book that was just opened."""
    sheet = sheet_in_front(program, state)
    return sheet._range(*(state.selections.get(sheet._name) or [sheet._calc.block(1, 1, 1, 1)]))


class Window(ComObject):
    """A book's window."""

    def __init__(self, program: "Program", state: OpenBook) -> None:
        super().__init__(program)
        self._state = state

    @property
    def _name(self) -> str:
        return self._state.name

    @reads
    def Caption(self) -> str:
        return self._state.name

    @reads
    def Visible(self) -> bool:
        return not self._state.is_addin

    @reads
    def ActiveSheet(self) -> Any:
        return sheet_in_front(self._program, self._state)

    @reads
    def SelectedSheets(self) -> Any:
        return SelectedSheets(Workbook(self._program, self._state))

    @reads
    def Selection(self) -> Any:
        return selection(self._program, self._state)

    @reads
    def RangeSelection(self) -> Any:
        return selection(self._program, self._state)

    @reads
    def ActiveCell(self) -> Any:
        found = selection(self._program, self._state)
        return found._made(found._first(1, 1))

    @reads
    def DisplayGridlines(self) -> bool:
        return True

    @DisplayGridlines.sets
    def _set_gridlines(self, value: Any) -> None:
        self._state.changes()


class SelectedSheets(Sheets):
    """The group of sheets into which what is typed goes."""

    def _list(self) -> list[Any]:
        return [one for one in super()._list() if one._name in self._workbook._state.selected]


class Windows(Collection):
    """The windows of books."""

    def __init__(self, program: "Program", states: "list[OpenBook]") -> None:
        super().__init__(program)
        self._states = states

    def _list(self) -> list[Any]:
        return [Window(self._program, one) for one in self._states]


class ProtectedViewWindow(ComObject):
    """A book in Protected View: to be read, and that through this window alone."""

    def __init__(self, program: "Program", state: OpenBook) -> None:
        super().__init__(program)
        self._state = state

    @property
    def _name(self) -> str:
        return self._state.name

    @reads
    def Workbook(self) -> Any:
        return Workbook(self._program, self._state)

    @reads
    def Caption(self) -> str:
        return self._state.name

    @reads
    def SourceName(self) -> str:
        return self._state.name

    @reads
    def SourcePath(self) -> str:
        return self._state.folder

    @acts
    def Edit(self, WriteResPassword: Any = None, UpdateLinks: Any = None) -> Any:
        if not self._state.is_protected_view:
            raise failed("ProtectedViewWindow", "Edit")
        self._program.give_up(
            "Our code took a book out of Protected View, which is the clerk's to do."
        )


class ProtectedViewWindows(Collection):
    """The books in Protected View."""

    def _list(self) -> list[Any]:
        return [
            ProtectedViewWindow(self._program, one)
            for one in self._program.books
            if one.is_protected_view
        ]
