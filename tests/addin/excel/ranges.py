"""Ranges: what stands in them, how they look, what is tied to them."""

from typing import Any

from excel import values
from excel.com import acts, asks, reads
from excel.conditions import FormatConditions
from excel.errors import ComError, failed, not_settable, protected_cell, refused
from excel.looks import Borders, Font, Interior
from excel.notes import MOST_LETTERS, Comment, Thread
from excel.places import Places
from excel.range_looks import RangeLooks


class Range(RangeLooks, Places):
    """Cells of one sheet."""

    def _may_write(self, error: ComError | None = None) -> None:
        """The cells are about to change: locked ones of a protected sheet do not."""
        state, sheet = self._sheet._state, self._sheet._name
        state.changes(error)
        if state.protection(sheet).locks_contents() and any(map(is_locked, self._areas)):
            raise error or protected_cell()

    def _read(self, *, plain: bool) -> Any:
        money = self._sheet._state.has_money
        return values.shaped(values.read(self._first, has_money=money, plain=plain))

    @reads
    def Value(self) -> Any:
        return self._read(plain=False)

    @Value.sets
    def _set_value(self, value: Any) -> None:
        self._write(value)

    @reads
    def Value2(self) -> Any:
        return self._read(plain=True)

    @Value2.sets
    def _set_value2(self, value: Any) -> None:
        self._write(value)

    @asks
    def GetValue(self, RangeValueDataType: Any = None) -> Any:
        return self._read(plain=False)

    def _write(self, data: Any) -> None:
        self._may_write()
        if isinstance(data, str) and data.startswith("=") and len(self._first) > 1:
            values.refuse_unfit(data)
            for area in self._areas:
                area.raw_value = data
        else:
            for area in self._areas:
                values.write(area, values.fitted(data, area.shape))
        self._sheet._grow_tables(self._areas)

    @reads
    def Formula(self) -> Any:
        from addin.calc.values.contents import formulas_of

        rows = formulas_of(self._first)
        return values.shaped([list(row) for row in rows])

    @Formula.sets
    def _set_formula(self, value: Any) -> None:
        self._write(value)

    @reads
    def Formula2(self) -> Any:
        from addin.calc.values.contents import formulas_of

        return values.shaped([list(row) for row in formulas_of(self._first)])

    @Formula2.sets
    def _set_formula2(self, value: Any) -> None:
        self._write(value)

    @reads
    def FormulaArray(self) -> Any:
        return self._first.formula_array

    @reads
    def HasFormula(self) -> bool | None:
        from addin.calc.values.contents import formulas_of

        has = {
            str(text).startswith("=")
            for area in self._areas
            for row in formulas_of(area)
            for text in row
        }
        return has.pop() if len(has) == 1 else None

    @reads
    def HasArray(self) -> bool:
        return bool(self._first.has_array)

    @reads
    def Text(self) -> Any:
        return str(self._first.cells.getCellByPosition(0, 0).getString())

    @acts
    def ClearContents(self) -> bool:
        self._may_write()
        for area in self._areas:
            area.clear_contents()
        return True

    @acts
    def ClearFormats(self) -> bool:
        self._may("AllowFormattingCells", failed("Range", "ClearFormats"))
        for area in self._areas:
            area.clear_formats()
        return True

    @acts
    def Clear(self) -> bool:
        self._may_write()
        self._may("AllowFormattingCells", failed("Range", "Clear"))
        for area in self._areas:
            area.clear()
        return True

    @acts
    def ClearComments(self) -> None:
        self._sheet._may_draw(failed("Range", "ClearComments"))
        for area in self._areas:
            area.cells.clearContents(8)  # com.sun.star.sheet.CellFlags.ANNOTATION

    @acts
    def Delete(self, Shift: Any = None) -> bool:
        self._may_move("AllowDeletingRows", "AllowDeletingColumns", "Delete")
        if self._sheet._state.protection(self._sheet._name).locks_contents() and any(
            is_locked(one) for one in self._areas
        ):
            raise failed("Range", "Delete")
        shift = {-4162: "up", -4159: "left"}.get(Shift)
        for area in reversed(self._areas):
            area.delete(shift)
        return True

    @acts
    def Insert(self, Shift: Any = None, CopyOrigin: Any = None) -> bool:
        self._may_move("AllowInsertingRows", "AllowInsertingColumns", "Insert")
        self._first.insert({-4121: "down", -4161: "right"}.get(Shift))
        return True

    def _may_move(self, rows: str, columns: str, member: str) -> None:
        """Only whole rows or columns move on a protected sheet, if its options allow them."""
        from addin.calc.notation.addresses import MAX_COLUMNS, MAX_ROWS

        state = self._sheet._state
        state.changes(failed("Range", member))
        height, width = self._first.shape
        wanted = rows if width == MAX_COLUMNS else columns if height == MAX_ROWS else ""
        if not state.protection(self._sheet._name).allows(wanted):
            raise failed("Range", member)

    @acts
    def Copy(self, Destination: Any = None) -> bool:
        if Destination is None:
            self._program.calc.copied = self._first
            return True
        target = self._sheet._bare(Destination)
        target._may_write()
        self._first.sheet.api.copyRange(target._first.cell_address, self._first.range_address)
        return True

    @acts
    def Merge(self, Across: Any = False) -> None:
        self._sheet._may_change(failed("Range", "Merge"))
        for area in self._areas:
            area.merge(bool(Across))

    @acts
    def UnMerge(self) -> None:
        self._sheet._may_change(failed("Range", "UnMerge"))
        for area in self._areas:
            area.unmerge()

    @reads
    def MergeCells(self) -> bool:
        return bool(self._first.merge_cells)

    @reads
    def Comment(self) -> Any:
        note = self._first.note
        return None if note is None else Comment(self._sheet, note)

    @reads
    def CommentThreaded(self) -> Any:
        cell = (self._first.row, self._first.column)
        return Thread(self._sheet, cell) if cell in self._sheet._threads else None

    @acts
    def AddComment(self, Text: Any = None) -> Any:
        error = failed("Range", "AddComment")
        self._sheet._may_draw(error)
        text = "" if Text is None else str(Text)
        if len(self._areas) > 1 or len(self._first) > 1 or len(text) > MOST_LETTERS:
            raise error
        if self._first.note is not None or self._first.area[:2] in self._sheet._threads:
            raise error
        return Comment(self._sheet, self._first.add_note(text))

    @reads
    def Name(self) -> Any:
        from excel.names import Name

        found = self._first.name
        if found is None:
            raise refused()
        return Name(self._sheet._workbook, found)

    @Name.sets
    def _set_name(self, value: Any) -> None:
        self._sheet._state.changes(not_settable("Range", "Name"))
        self._first.name = str(value)

    @reads
    def Interior(self) -> Any:
        return Interior(self)

    @reads
    def Font(self) -> Any:
        return Font(self)

    @reads
    def Borders(self) -> Any:
        return Borders(self)

    @reads
    def FormatConditions(self) -> Any:
        return FormatConditions(self)

    @reads
    def Hyperlinks(self) -> Any:
        from excel.links import Hyperlinks

        return Hyperlinks(self)


def is_locked(area: Any) -> bool:
    """Whether a cell of the rectangle is locked."""
    from addin.calc.program.bridge import shared

    kept = shared(area.cells, "CellProtection")
    return kept is None or bool(kept.IsLocked)
