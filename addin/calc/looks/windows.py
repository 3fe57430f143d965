"""What a book's window shows of a sheet: lines between cells, rows and columns kept in sight."""

from collections.abc import Callable
from typing import Any, Final

from xlwings import base_classes

from addin.calc.notation import addresses
from addin.calc.places.model import OpenSheet

_TOGGLE: Final = ".uno:ToggleSheetGrid"


def has_gridlines(sheet: OpenSheet) -> bool:
    """Whether the lines between a sheet's cells are shown; ValueError for a hidden sheet."""
    _refuse_hidden(sheet)
    return bool(_in_window(sheet, lambda _: _reads_gridlines(sheet)))


def show_gridlines(sheet: OpenSheet, value: bool) -> None:
    """Show the lines between a sheet's cells, or hide them; ValueError for a hidden sheet."""

    def toggle(controller: Any) -> None:
        if _reads_gridlines(sheet) is not value:
            helper = sheet.book.office.service("com.sun.star.frame.DispatchHelper")
            helper.executeDispatch(controller.getFrame(), _TOGGLE, "", 0, ())

    _refuse_hidden(sheet)
    _in_window(sheet, toggle)


def _refuse_hidden(sheet: OpenSheet) -> None:
    """As Excel does: only a sheet that is shown has gridlines."""
    if not sheet.api.IsVisible:
        raise ValueError(f"The sheet {sheet.name!r} is hidden: only a shown one has gridlines.")


def _reads_gridlines(sheet: OpenSheet) -> bool:
    """What the view's data say; Calc describes a view once, until it is told to forget that."""
    document = sheet.book.document
    document.setViewData(None)
    view = {one.Name: one.Value for one in document.getViewData().getByIndex(0)}
    return any(one.Name == "ShowGrid" and one.Value for one in view["Tables"].getByName(sheet.name))


def _in_window(sheet: OpenSheet, action: Callable[[Any], Any]) -> Any:
    """What an action on the book's window gives back while the sheet is in front."""
    controller = sheet.book.document.getCurrentController()
    before = controller.getActiveSheet()
    controller.setActiveSheet(sheet.api)
    try:
        return action(controller)
    finally:
        controller.setActiveSheet(before)


class FreezePanes(base_classes.FreezePanes):
    """Rows above and columns left that stay in sight."""

    def __init__(self, sheet: OpenSheet) -> None:
        self.sheet = sheet

    def _freeze(self, columns: int, rows: int) -> None:
        _in_window(self.sheet, lambda controller: controller.freezeAtPosition(columns, rows))

    def freeze_at(self, frozen_range: str) -> None:
        """Freeze the rows and columns of a range that begins at the sheet's edge."""
        block = self.sheet.range(frozen_range)
        rows = block.row + block.shape[0] - 1
        columns = block.column + block.shape[1] - 1
        self._freeze(
            0 if block.shape[1] == addresses.MAX_COLUMNS else columns,
            0 if block.shape[0] == addresses.MAX_ROWS else rows,
        )

    def unfreeze(self) -> None:
        """Let everything scroll again."""
        self._freeze(0, 0)
