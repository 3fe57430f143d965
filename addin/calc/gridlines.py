"""The lines between a sheet's cells on the screen."""

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from addin.calc.sheets import Sheet

_TOGGLE: Final = ".uno:ToggleSheetGrid"


def are_shown(sheet: "Sheet") -> bool:
    """Whether a sheet's lines are shown; ValueError for a hidden sheet, as in Excel."""
    return bool(_in_window(sheet, lambda _: _read(sheet)))


def show(sheet: "Sheet", value: bool) -> None:
    """Show a sheet's lines, or hide them; ValueError for a hidden sheet."""

    def toggle(controller: Any) -> None:
        if _read(sheet) is not value:
            helper = sheet.book.app.office.service("com.sun.star.frame.DispatchHelper")
            helper.executeDispatch(controller.getFrame(), _TOGGLE, "", 0, ())

    _in_window(sheet, toggle)


def _in_window(sheet: "Sheet", action: Any) -> Any:
    if not sheet.visible:
        raise ValueError(f"The sheet {sheet.name!r} is hidden: only a shown one has gridlines.")
    return sheet._in_window(action)


def _read(sheet: "Sheet") -> bool:
    """What the view's data say; Calc describes a view once, until it is told to forget that."""
    document = sheet.book.document
    document.setViewData(None)
    view = {one.Name: one.Value for one in document.getViewData().getByIndex(0)}
    return any(one.Name == "ShowGrid" and one.Value for one in view["Tables"].getByName(sheet.name))
