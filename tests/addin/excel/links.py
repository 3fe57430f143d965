"""Links at cells."""

from typing import TYPE_CHECKING, Any

from excel.com import Collection, ComObject, acts, reads
from excel.errors import failed

if TYPE_CHECKING:
    from excel.ranges import Range


class Hyperlink(ComObject):
    """One link."""

    def __init__(self, cells: "Range", address: str) -> None:
        super().__init__(cells._program)
        self._cells = cells
        self._address = address

    @reads
    def Address(self) -> str:
        return self._address

    @reads
    def TextToDisplay(self) -> str:
        return str(self._cells._first.raw_value or "")

    @TextToDisplay.sets
    def _set_text(self, value: Any) -> None:
        self._cells._may_write()
        self._cells._first.raw_value = value

    @reads
    def ScreenTip(self) -> str:
        return ""

    @ScreenTip.sets
    def _set_tip(self, value: Any) -> None:
        self._cells._may("AllowInsertingHyperlinks", failed(self._of, "ScreenTip"))


class Hyperlinks(Collection):
    """The links of a range."""

    def __init__(self, cells: "Range") -> None:
        super().__init__(cells._program)
        self._cells = cells

    def _list(self) -> list[Any]:
        cell = self._cells._first(1, 1).cells.getCellByPosition(0, 0)
        return [Hyperlink(self._cells, str(one.URL)) for one in cell.getTextFields()]

    @acts
    def Add(
        self,
        Anchor: Any,
        Address: Any,
        SubAddress: Any = None,
        ScreenTip: Any = None,
        TextToDisplay: Any = None,
    ) -> Any:
        self._cells._may("AllowInsertingHyperlinks", failed(self._of, "Add"))
        self._cells._may_write()
        address = str(Address) or f"#{SubAddress}"
        self._cells._first.add_hyperlink(address, TextToDisplay, ScreenTip)
        return Hyperlink(self._cells, address)
