"""How cells look, and how wide and high they are."""

from typing import TYPE_CHECKING, Any, Final

from excel.book_file import is_money
from excel.com import ComObject, acts, reads
from excel.errors import ComError, failed, not_gettable, not_settable

if TYPE_CHECKING:
    from excel.worksheets import Worksheet

HORIZONTAL: Final = {
    1: "general", -4131: "left", -4108: "center", -4152: "right", -4130: "justify", 5: "fill",
    -4117: "distributed",
}  # fmt: skip
VERTICAL: Final = {
    -4160: "top", -4108: "center", -4107: "bottom", -4130: "justify", -4117: "distributed",
}  # fmt: skip
MOST_WIDTH, MOST_HEIGHT = 255, 409.5


class RangeLooks(ComObject):
    """The looks of a range."""

    _sheet: "Worksheet"
    _areas: list[Any]
    _by: str

    def _may(self, what: str, error: ComError) -> None:
        """A change that one of the protection's options allows or does not."""
        state = self._sheet._state
        state.changes(error)
        if not state.protection(self._sheet._name).allows(what):
            raise error

    def _get(self, name: str) -> Any:
        found = [getattr(one, name) for one in self._areas]
        return found[0] if all(one == found[0] for one in found) else None

    def _set(self, name: str, value: Any) -> None:
        for one in self._areas:
            setattr(one, name, value)

    @reads
    def NumberFormat(self) -> Any:
        return self._get("number_format")

    @NumberFormat.sets
    def _set_number_format(self, value: Any) -> None:
        self._may("AllowFormattingCells", not_settable("Range", "NumberFormat"))
        self._set("number_format", str(value))
        self._sheet._state.has_money |= is_money(str(value))

    @reads
    def WrapText(self) -> Any:
        return self._get("wrap_text")

    @WrapText.sets
    def _set_wrap_text(self, value: Any) -> None:
        self._may("AllowFormattingCells", not_settable("Range", "WrapText"))
        self._set("wrap_text", bool(value))

    @reads
    def HorizontalAlignment(self) -> int | None:
        word = self._get("horizontal_alignment")
        return next((number for number, one in HORIZONTAL.items() if one == word), None)

    @HorizontalAlignment.sets
    def _set_horizontal(self, value: Any) -> None:
        self._may("AllowFormattingCells", not_settable("Range", "HorizontalAlignment"))
        self._set("horizontal_alignment", HORIZONTAL[int(value)])

    @reads
    def VerticalAlignment(self) -> int | None:
        word = self._get("vertical_alignment")
        return next((number for number, one in VERTICAL.items() if one == word), None)

    @VerticalAlignment.sets
    def _set_vertical(self, value: Any) -> None:
        self._may("AllowFormattingCells", not_settable("Range", "VerticalAlignment"))
        self._set("vertical_alignment", VERTICAL[int(value)])

    @reads
    def Locked(self) -> bool | None:
        return self._protection("IsLocked")

    @Locked.sets
    def _set_locked(self, value: Any) -> None:
        self._protect("Locked", "IsLocked", value)

    @reads
    def FormulaHidden(self) -> bool | None:
        return self._protection("IsFormulaHidden")

    @FormulaHidden.sets
    def _set_formula_hidden(self, value: Any) -> None:
        self._protect("FormulaHidden", "IsFormulaHidden", value)

    def _protection(self, name: str) -> bool | None:
        from addin.calc.program.bridge import shared

        found = [shared(one.cells, "CellProtection") for one in self._areas]
        states = {None if one is None else bool(getattr(one, name)) for one in found}
        return states.pop() if len(states) == 1 else None

    def _protect(self, member: str, name: str, value: Any) -> None:
        """A cell's lock: no option of a protected sheet allows that to change."""
        self._sheet._may_change(not_settable("Range", member))
        for one in self._areas:
            kept = one.cells.CellProtection
            setattr(kept, name, bool(value))
            one.cells.CellProtection = kept

    @reads
    def ColumnWidth(self) -> Any:
        return self._get("column_width")

    @ColumnWidth.sets
    def _set_column_width(self, value: Any) -> None:
        error = not_settable("Range", "ColumnWidth")
        self._may("AllowFormattingColumns", error)
        if not 0 <= value <= MOST_WIDTH:
            raise error
        self._set("column_width", value)

    @reads
    def RowHeight(self) -> Any:
        return self._get("row_height")

    @RowHeight.sets
    def _set_row_height(self, value: Any) -> None:
        error = not_settable("Range", "RowHeight")
        self._may("AllowFormattingRows", error)
        if not 0 <= value <= MOST_HEIGHT:
            raise error
        self._set("row_height", value)

    @reads
    def Width(self) -> Any:
        return self._get("width")

    @reads
    def Height(self) -> Any:
        return self._get("height")

    @reads
    def Left(self) -> Any:
        return self._get("left")

    @reads
    def Top(self) -> Any:
        return self._get("top")

    @property
    def _lines(self) -> str:
        """Whether these are whole rows or whole columns; neither, else."""
        from addin.calc.notation.addresses import MAX_COLUMNS, MAX_ROWS

        rows, columns = self._areas[0].shape
        return "rows" if columns == MAX_COLUMNS else "columns" if rows == MAX_ROWS else ""

    @reads
    def Hidden(self) -> Any:
        if not self._lines:
            raise not_gettable("Range", "Hidden")
        return self._get("row_hidden" if self._lines == "rows" else "column_hidden")

    @Hidden.sets
    def _set_hidden(self, value: Any) -> None:
        error = not_settable("Range", "Hidden")
        if not self._lines:
            raise error
        is_rows = self._lines == "rows"
        self._may("AllowFormattingRows" if is_rows else "AllowFormattingColumns", error)
        self._set("row_hidden" if is_rows else "column_hidden", bool(value))

    @acts
    def AutoFit(self) -> bool:
        error = failed("Range", "AutoFit")
        by = self._lines or self._by
        if by == "cells":
            raise error
        is_rows = by == "rows"
        self._may("AllowFormattingRows" if is_rows else "AllowFormattingColumns", error)
        from addin.calc.places.steps import within_used

        for one in self._areas:
            within_used(one).autofit("r" if is_rows else "c")
        return True
