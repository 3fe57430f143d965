"""What fills, copies, moves and merges the cells of a range."""

from collections.abc import Sequence
from typing import Any, Final

from addin.calc.places.model import Block
from addin.calc.program.bridge import enum, properties
from addin.calc.values import changes

_PASTE_FLAGS: Final = {
    None: "A", "all": "A", "all_except_borders": "A", "all_merging_conditional_formats": "A",
    "all_using_source_theme": "A", "comments": "N", "formats": "T", "formulas": "SVDF",
    "formulas_and_number_formats": "SVDFT", "validation": "T", "values": "SVD",
    "values_and_number_formats": "SVDT", "link": "A",
}  # fmt: skip
_OPERATIONS: Final = {None: 0, "add": 1, "subtract": 2, "multiply": 3, "divide": 4}
_FILL_MODES: Final = {"fill_copy": "SIMPLE", "fill_values": "SIMPLE", "fill_formats": "SIMPLE"}


class RangeChanges(Block):
    """Changes to a rectangle of cells."""

    def clear_contents(self) -> None:
        """Empty the cells; their looks stay."""
        changes.clear_contents(self)

    def clear_formats(self) -> None:
        """Take away the looks; the values stay."""
        changes.clear_formats(self)

    def clear(self) -> None:
        """Take away values, looks, notes and merges."""
        changes.clear(self)

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Make room: what stood here moves down or to the right."""
        changes.insert(self, shift)

    def delete(self, shift: str | None = None) -> None:
        """Take the cells out: what stood below moves up, or what stood right moves left."""
        changes.delete(self, shift)

    def copy(self, destination: Any = None) -> None:
        """Copy to another range of any book, or keep for `paste`."""
        if destination is None:
            self._put_on_clipboard()
            return
        target = destination.impl
        if target.sheet.book is self.sheet.book:
            self.sheet.api.copyRange(target.cell_address, self.range_address)
        else:
            self._put_on_clipboard()
            target.paste()

    def copy_picture(self, appearance: str, format: str) -> None:
        """Copy the range; LibreOffice offers the clipboard a picture of it as well."""
        self._put_on_clipboard()

    def copy_from(
        self, source_range: Any, copy_type: str = "all", skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:  # fmt: skip
        """Copy from another range: all, values, formulas or formats."""
        source_range.impl.copy()
        self.paste(copy_type, skip_blanks=skip_blanks, transpose=transpose)

    def move(self, destination: Any) -> None:
        """Cut the cells out and put them where `destination` begins."""
        self.sheet.api.moveRange(destination.impl.cell_address, self.range_address)
        self.sheet.book.moved()

    def _put_on_clipboard(self) -> None:
        self.sheet.book.program.copied = self
        self._dispatch_on_selection(".uno:Copy")

    def paste(
        self, paste: str | None = None, operation: str | None = None, skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:  # fmt: skip
        """Put in what was copied, or only a part of it (`values`, `formats`, ...)."""
        if paste == "column_widths":
            self._paste_widths()
            return
        settings = properties(
            Flags=_PASTE_FLAGS[paste],
            FormulaCommand=_OPERATIONS[operation],
            SkipEmptyCells=bool(skip_blanks),
            Transpose=bool(transpose),
            AsLink=False,
            MoveMode=4,
        )
        self._dispatch_on_selection(".uno:InsertContents", settings, first_cell=True)

    def _paste_widths(self) -> None:
        source = self.sheet.book.program.copied
        if source is None:
            return
        for index in range(source.shape[1]):
            width = source.cells.getColumns().getByIndex(index).Width
            self.sheet.api.getColumns().getByIndex(self.column - 1 + index).Width = width

    def _dispatch_on_selection(
        self, command: str, settings: Sequence[Any] = (), *, first_cell: bool = False
    ) -> None:
        """Run one of LibreOffice's menu commands on these cells; what was selected stays so."""
        document = self.sheet.book.document
        controller = document.getCurrentController()
        before = document.getCurrentSelection()
        controller.select(self(1, 1).cells if first_cell else self.cells)
        helper = self.sheet.book.office.service("com.sun.star.frame.DispatchHelper")
        helper.executeDispatch(controller.getFrame(), command, "", 0, tuple(settings))
        if before is not None:
            controller.select(before)

    def autofit(self, axis: str | None = None) -> None:
        """Fit rows (`r`), columns (`c`) or both to what stands in them."""
        if axis in (None, "c", "columns"):
            self.cells.getColumns().OptimalWidth = True
        if axis in (None, "r", "rows"):
            self.cells.getRows().OptimalHeight = True

    @property
    def merge_area(self) -> Block:
        """The merged cells to which the first cell belongs, or the cell itself."""
        cursor = self.sheet.api.createCursorByRange(self(1, 1).cells)
        cursor.collapseToMergedArea()
        return self.sheet.of_area(cursor.getRangeAddress())

    @property
    def merge_cells(self) -> bool:
        """Whether cells of this range are merged."""
        return len(self.merge_area) > 1 or bool(self.cells.getIsMerged())

    def merge(self, across: bool = False) -> None:
        """Merge all cells into one, or (`across`) each row's cells into one."""
        rows, columns = self.shape
        parts = [self.sheet.block(self.row + i, self.column, 1, columns) for i in range(rows)]
        for part in parts if across else [self]:
            part.cells.merge(False)  # Calc merges no cells of which some are merged
            part.cells.merge(True)

    def unmerge(self) -> None:
        """Take merged cells apart."""
        area = self if len(self) > 1 else self.merge_area
        area.cells.merge(False)

    def sort(self, keys: Sequence[int], ascending: Sequence[bool], has_headers: bool) -> None:
        """Sort the rows, with their looks, by columns, counted from 1."""
        changes.sort(self, keys, ascending, has_headers)

    def remove_duplicates(self, columns: Sequence[int], has_headers: bool) -> None:
        """Keep the first of rows that agree in these columns, and blank the rest."""
        changes.remove_duplicates(self, columns, has_headers)

    def autofill(self, destination: Any, type_: str = "fill_default") -> None:
        """Continue these cells into a larger range: copied, or as a series."""
        target = destination.impl
        is_down = target.shape[0] > self.shape[0]
        is_back = target.row < self.row if is_down else target.column < self.column
        names = ("TO_TOP", "TO_BOTTOM") if is_down else ("TO_LEFT", "TO_RIGHT")
        direction = enum("com.sun.star.sheet.FillDirection", names[not is_back])
        if type_ in _FILL_MODES:
            mode = enum("com.sun.star.sheet.FillMode", _FILL_MODES[type_])
            date_mode = enum("com.sun.star.sheet.FillDateMode", "FILL_DATE_DAY")
            target.cells.fillSeries(direction, mode, date_mode, 0.0, 0.0)
        else:
            target.cells.fillAuto(direction, self.shape[0] if is_down else self.shape[1])

    def group(self, by: str) -> None:
        """Put the rows or columns under one outline."""
        self.sheet.api.group(self.range_address, _orientation(by))

    def ungroup(self, by: str) -> None:
        """Take the rows or columns out of an outline."""
        self.sheet.api.ungroup(self.range_address, _orientation(by))


def _orientation(by: str) -> Any:
    name = "COLUMNS" if by.lower().startswith("c") else "ROWS"
    return enum("com.sun.star.table.TableOrientation", name)
