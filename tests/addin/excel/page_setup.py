"""How a sheet prints: each property of its own, kept with the book."""

from typing import TYPE_CHECKING, Any, Final

from excel.com import ComObject, reads
from excel.errors import not_settable

if TYPE_CHECKING:
    from excel.worksheets import Worksheet

BEFORE: Final = {
    "Orientation": 1,
    "Zoom": 100,
    "FitToPagesWide": 1,
    "FitToPagesTall": 1,
    "PrintTitleRows": "",
}


class PageSetup(ComObject):
    """The pages of one sheet; a width in pages counts for nothing while there is a zoom."""

    def __init__(self, sheet: "Worksheet") -> None:
        super().__init__(sheet._program)
        self._sheet = sheet

    @property
    def _kept(self) -> dict[str, Any]:
        return self._sheet._state.pages.setdefault(self._sheet._name, dict(BEFORE))

    def _keep(self, name: str, value: Any, allowed: bool) -> None:
        if not allowed:
            raise not_settable("PageSetup", name)
        self._sheet._may_change(not_settable("PageSetup", name))
        self._kept[name] = value

    @reads
    def Orientation(self) -> int:
        return self._kept["Orientation"]

    @Orientation.sets
    def _set_orientation(self, value: Any) -> None:
        self._keep("Orientation", value, value in (1, 2))

    @reads
    def Zoom(self) -> Any:
        return self._kept["Zoom"]

    @Zoom.sets
    def _set_zoom(self, value: Any) -> None:
        self._keep("Zoom", value, value is False or 10 <= value <= 400)

    @reads
    def FitToPagesWide(self) -> Any:
        return self._kept["FitToPagesWide"]

    @FitToPagesWide.sets
    def _set_wide(self, value: Any) -> None:
        self._keep("FitToPagesWide", value, value is False or value >= 1)

    @reads
    def FitToPagesTall(self) -> Any:
        return self._kept["FitToPagesTall"]

    @FitToPagesTall.sets
    def _set_tall(self, value: Any) -> None:
        self._keep("FitToPagesTall", value, value is False or value >= 1)

    @reads
    def PrintTitleRows(self) -> str:
        return self._kept["PrintTitleRows"]

    @PrintTitleRows.sets
    def _set_title_rows(self, value: Any) -> None:
        self._keep("PrintTitleRows", value, str(value).startswith("$"))
