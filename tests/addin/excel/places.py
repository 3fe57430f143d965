"""Where a range is, and the ways from it to other ranges."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from excel.com import ComObject, asks, reads
from excel.errors import ComError, failed, refused

if TYPE_CHECKING:
    from excel.ranges import Range
    from excel.worksheets import Worksheet

MOST_LETTERS: Final = 255
DIRECTIONS: Final = {-4162: "up", -4121: "down", -4159: "left", -4161: "right"}


class Places(ComObject):
    """One or several rectangles of a sheet; most members speak of the first one."""

    def __init__(self, sheet: "Worksheet", areas: "Sequence[Any]", by: str = "cells") -> None:
        super().__init__(sheet._program)
        self._sheet = sheet
        self._areas = list(areas)
        self._by = by

    @property
    def _first(self) -> Any:
        return self._areas[0]

    def _made(self, *areas: Any, by: str = "cells") -> "Range":
        return self._sheet._range(*areas, by=by)

    def _part(self, number: int) -> Any:
        """One cell, row or column of the first area, counted from 1."""
        row, column, rows, columns = self._first.area
        sheet = self._first.sheet
        if self._by == "rows":
            return sheet.block(row + number - 1, column, 1, columns)
        if self._by == "columns":
            return sheet.block(row, column + number - 1, rows, 1)
        return self._first(number)

    def _size(self) -> int:
        rows, columns = self._first.shape
        if self._by == "cells":
            return sum(len(area) for area in self._areas)
        return int(rows if self._by == "rows" else columns)

    def _item(self, *arguments: Any) -> Any:
        given = [one for one in arguments if one is not None]
        if len(given) == 2 and isinstance(given[1], str):
            from addin.calc.notation.addresses import column_number

            given[1] = column_number(given[1])
        if any(not isinstance(one, int | float) or one < 1 for one in given):
            raise refused()
        if len(given) == 1:
            return self._made(self._part(int(given[0])), by=self._by)
        return self._made(self._first(int(given[0]), int(given[1])))

    def _each(self) -> Iterator[Any]:
        if self._by != "cells":
            return (self._item(number + 1) for number in range(self._size()))
        return (self._made(area(number + 1)) for area in self._areas for number in range(len(area)))

    @reads
    def Count(self) -> int:
        if self._size() > 2**31 - 1:
            raise refused("溢出")
        return self._size()

    @reads
    def CountLarge(self) -> int:
        return self._size()

    @reads
    def Row(self) -> int:
        return int(self._first.row)

    @reads
    def Column(self) -> int:
        return int(self._first.column)

    @reads
    def Rows(self) -> Any:
        return self._made(self._first, by="rows")

    @reads
    def Columns(self) -> Any:
        return self._made(self._first, by="columns")

    @reads
    def Cells(self) -> Any:
        return self._made(*self._areas)

    @reads
    def Areas(self) -> Any:
        return Areas(self)

    @reads
    def EntireRow(self) -> Any:
        from addin.calc.notation.addresses import MAX_COLUMNS

        return self._made(
            *(one.sheet.block(one.row, 1, one.shape[0], MAX_COLUMNS) for one in self._areas),
            by="rows",
        )

    @reads
    def EntireColumn(self) -> Any:
        from addin.calc.notation.addresses import MAX_ROWS

        return self._made(
            *(one.sheet.block(1, one.column, MAX_ROWS, one.shape[1]) for one in self._areas),
            by="columns",
        )

    @reads
    def Worksheet(self) -> Any:
        return self._sheet

    @reads
    def Parent(self) -> Any:
        return self._sheet

    @reads
    def Address(self) -> str:
        return self._address(row=True, column=True)

    @asks
    def GetAddress(
        self,
        RowAbsolute: Any = True,
        ColumnAbsolute: Any = True,
        ReferenceStyle: Any = 1,
        External: Any = False,
        RelativeTo: Any = None,
    ) -> str:
        own = self._address(row=bool(RowAbsolute), column=bool(ColumnAbsolute))
        if not External:
            return own
        from addin.calc.notation.addresses import quoted

        return f"{quoted(self._sheet._calc.name, self._sheet._state.name)}!{own}"

    def _address(self, *, row: bool, column: bool) -> str:
        """The areas' addresses; what makes more than 255 letters is left out, as Excel does."""
        text = ",".join(one.get_address(row, column) for one in self._areas)
        return text if len(text) <= MOST_LETTERS else text[: text.rfind(",", 0, MOST_LETTERS + 1)]

    @asks
    def Range(self, Cell1: Any, Cell2: Any = None) -> Any:
        return self._sheet._between(Cell1, Cell2, self._first)

    @asks
    def GetOffset(self, RowOffset: Any = 0, ColumnOffset: Any = 0) -> Any:
        moved = []
        for one in self._areas:
            row, column, rows, columns = one.area
            if row + RowOffset < 1 or column + ColumnOffset < 1:
                raise refused()
            moved.append(one.sheet.block(row + RowOffset, column + ColumnOffset, rows, columns))
        return self._made(*moved)

    @asks
    def GetResize(self, RowSize: Any = None, ColumnSize: Any = None) -> Any:
        row, column, rows, columns = self._first.area
        return self._made(
            self._first.sheet.block(row, column, RowSize or rows, ColumnSize or columns)
        )

    @asks
    def End(self, Direction: int) -> Any:
        return self._made(self._first.end(DIRECTIONS[Direction]))

    @reads
    def CurrentRegion(self) -> Any:
        return self._made(self._first.current_region)

    @reads
    def MergeArea(self) -> Any:
        return self._made(self._first.merge_area)

    @reads
    def ListObject(self) -> Any:
        from excel.tables import ListObject

        found = self._first.table
        return None if found is None else ListObject(self._sheet, found)

    @asks
    def SpecialCells(self, Type: int, Value: Any = None) -> Any:
        from addin.calc.places.steps import within_used

        kinds = {4: "blanks", 2: "constants", -4123: "formulas", 12: "visible"}
        values = {None: None, 1: "numbers", 2: "text", 4: "logical", 16: "errors"}
        found = [
            area
            for one in self._areas
            for area in within_used(one).get_special_cells(kinds[Type], values[Value])
        ]
        if not found:
            raise refused("未找到单元格。")
        return self._made(*found)

    @asks
    def Select(self) -> bool:
        self._activate("Select")
        return True

    @asks
    def Activate(self) -> bool:
        self._activate("Activate")
        return True

    def _activate(self, member: str) -> None:
        """Select these cells, which Excel does on the active sheet alone."""
        state = self._sheet._state
        if self._program.active is not state or state.active_sheet != self._sheet._name:
            raise failed("Range", member)
        state.selections[self._sheet._name] = list(self._areas)


class Areas(ComObject):
    """The rectangles of a range."""

    def __init__(self, cells: Places) -> None:
        super().__init__(cells._program)
        self._cells = cells

    def _item(self, *arguments: Any) -> Any:
        (number,) = arguments
        if not 1 <= number <= len(self._cells._areas):
            raise _no_area()
        return self._cells._made(self._cells._areas[number - 1])

    def _each(self) -> Iterator[Any]:
        return (self._cells._made(one) for one in self._cells._areas)

    @reads
    def Count(self) -> int:
        return len(self._cells._areas)


def _no_area() -> ComError:
    return refused("无效的过程调用或参数")
