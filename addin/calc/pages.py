"""What is printed of a sheet, and what stays in sight of it."""

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from xlwings import base_classes

from addin.calc import addresses

if TYPE_CHECKING:
    from addin.calc.sheets import Sheet


# How much of a picture's quality a PDF keeps, in percent.
QUALITIES: Final = {"standard": 90, "minimum": 50}


class PageSetup(base_classes.PageSetup):
    """How a sheet is printed."""

    def __init__(self, sheet: "Sheet") -> None:
        self.sheet = sheet

    @property
    def api(self) -> Any:
        """The page style."""
        styles = self.sheet.book.document.getStyleFamilies().getByName("PageStyles")
        return styles.getByName(self.sheet.api.PageStyle)

    @property
    def print_area(self) -> str | None:
        """The address of what is printed; None where all of it is."""
        areas = [self.sheet.of_area(area).address for area in self.sheet.api.getPrintAreas()]
        return ",".join(areas) or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        parts = value.split(",") if value else []
        areas = [addresses.split(part)[1].strip() for part in parts]
        self.sheet.api.setPrintAreas(tuple(self.sheet.range(area).range_address for area in areas))

    @contextlib.contextmanager
    def without_margins_text(self) -> Iterator[None]:
        """Print without header and footer for a while."""
        style = self.api
        before = {name: getattr(style, name) for name in ("HeaderIsOn", "FooterIsOn")}
        try:
            for name in before:
                setattr(style, name, False)
            yield
        finally:
            for name, value in before.items():
                setattr(style, name, value)


class FreezePanes(base_classes.FreezePanes):
    """Rows above and columns left that stay in sight."""

    def __init__(self, sheet: "Sheet") -> None:
        self.sheet = sheet

    def _freeze(self, columns: int, rows: int) -> None:
        self.sheet._in_window(lambda controller: controller.freezeAtPosition(columns, rows))

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
