"""Tables, which Excel's model calls list objects."""

from typing import TYPE_CHECKING, Any

from excel.com import Collection, ComObject, acts, reads
from excel.errors import ComError, failed, no_such, not_settable

if TYPE_CHECKING:
    from excel.worksheets import Worksheet


class ListObject(ComObject):
    """One table."""

    def __init__(self, sheet: "Worksheet", table: Any) -> None:
        super().__init__(sheet._program)
        self._sheet = sheet
        self._table = table

    @property
    def _name(self) -> str:
        return str(self._table.name)

    def _may(self, error: ComError) -> None:
        """Nothing of a table changes on a protected sheet, whatever its options allow."""
        self._sheet._may_change(error)

    def _part(self, found: Any) -> Any:
        return None if found is None else self._sheet._range(found)

    @reads
    def Name(self) -> str:
        return self._name

    @Name.sets
    def _set_name(self, value: Any) -> None:
        self._may(not_settable(self._of, "Name"))
        self._table.name = str(value)

    @reads
    def DisplayName(self) -> str:
        return self._name

    @DisplayName.sets
    def _set_display_name(self, value: Any) -> None:
        self._may(not_settable(self._of, "DisplayName"))
        self._table.name = str(value)

    @reads
    def Parent(self) -> Any:
        return self._sheet

    @reads
    def Range(self) -> Any:
        return self._part(self._table.range)

    @reads
    def DataBodyRange(self) -> Any:
        return self._part(self._table._body)

    @reads
    def HeaderRowRange(self) -> Any:
        return self._part(self._table.header_row_range)

    @reads
    def TotalsRowRange(self) -> Any:
        return self._part(self._table.totals_row_range)

    @reads
    def InsertRowRange(self) -> Any:
        return self._part(self._table.insert_row_range)

    @reads
    def ShowHeaders(self) -> bool:
        return bool(self._table.show_headers)

    @reads
    def ShowTotals(self) -> bool:
        return bool(self._table.show_totals)

    @ShowTotals.sets
    def _set_show_totals(self, value: Any) -> None:
        self._may(not_settable(self._of, "ShowTotals"))
        self._table.show_totals = bool(value)

    @reads
    def ShowAutoFilter(self) -> bool:
        return bool(self._table.show_autofilter)

    @ShowAutoFilter.sets
    def _set_show_autofilter(self, value: Any) -> None:
        self._may(not_settable(self._of, "ShowAutoFilter"))
        self._table.show_autofilter = bool(value)

    @reads
    def ListRows(self) -> Any:
        return ListRows(self)

    @reads
    def ListColumns(self) -> Any:
        return ListColumns(self)

    @acts
    def Resize(self, Range: Any) -> None:
        self._may(failed(self._of, "Resize"))
        (area,) = self._sheet._bare(Range)._areas
        self._table.resize_to(area)

    @acts
    def Delete(self) -> None:
        self._may(failed(self._of, "Delete"))
        self._sheet._book.calc.database_ranges.removeByName(self._name)


class ListObjects(Collection):
    """The tables of a sheet."""

    def __init__(self, sheet: "Worksheet") -> None:
        super().__init__(sheet._program)
        self._sheet = sheet

    def _list(self) -> list[Any]:
        return [ListObject(self._sheet, one) for one in self._sheet._calc.tables]

    @acts
    def Add(
        self,
        SourceType: Any = 1,
        Source: Any = None,
        LinkSource: Any = None,
        XlListObjectHasHeaders: Any = 0,
        Destination: Any = None,
        TableStyleName: Any = None,
    ) -> Any:
        self._sheet._may_change(failed(self._of, "Add"))
        (area,) = self._sheet._bare(Source)._areas
        made = self._sheet._calc.tables.add(
            source=_Source(area), has_headers=XlListObjectHasHeaders == 1
        )
        return ListObject(self._sheet, made)


class _Source:
    """A range as Calc's tables take it."""

    def __init__(self, impl: Any) -> None:
        self.impl = impl
        self.api = impl.api


class ListRow(ComObject):
    """One row of data."""

    def __init__(self, table: ListObject, number: int) -> None:
        super().__init__(table._program)
        self._table = table
        self._number = number

    @reads
    def Index(self) -> int:
        return self._number

    @reads
    def Range(self) -> Any:
        body = self._table._table._body
        first = body(self._number, 1)
        return self._table._sheet._range(
            first.sheet.block(first.row, first.column, 1, body.shape[1])
        )

    @acts
    def Delete(self) -> None:
        self._table._may(failed(self._of, "Delete"))
        list(self._table._table.rows)[self._number - 1].delete()


class ListRows(Collection):
    """The rows of data of a table."""

    def __init__(self, table: ListObject) -> None:
        super().__init__(table._program)
        self._table = table

    def _list(self) -> list[Any]:
        body = self._table._table._body
        return [ListRow(self._table, one + 1) for one in range(body.shape[0] if body else 0)]

    @acts
    def Add(self, Position: Any = None, AlwaysInsert: Any = None) -> Any:
        self._table._may(failed(self._of, "Add"))
        self._table._table.rows.add(None, Position)
        return ListRow(self._table, Position or len(self._list()))


class ListColumn(ComObject):
    """One column of a table."""

    def __init__(self, table: ListObject, number: int) -> None:
        super().__init__(table._program)
        self._table = table
        self._number = number

    def _block(self, whole: Any) -> Any:
        if whole is None:
            return None
        block = whole.sheet.block(whole.row, whole.column + self._number - 1, whole.shape[0], 1)
        return self._table._sheet._range(block)

    @property
    def _name(self) -> str:
        return str(self._table._table.header_row_range(1, self._number).raw_value or "")

    @reads
    def Name(self) -> str:
        return self._name

    @reads
    def Index(self) -> int:
        return self._number

    @reads
    def Range(self) -> Any:
        return self._block(self._table._table.range)

    @reads
    def DataBodyRange(self) -> Any:
        return self._block(self._table._table._body)


class ListColumns(Collection):
    """The columns of a table."""

    def __init__(self, table: ListObject) -> None:
        super().__init__(table._program)
        self._table = table

    def _list(self) -> list[Any]:
        return [
            ListColumn(self._table, one + 1) for one in range(self._table._table.range.shape[1])
        ]

    def _missing(self, key: Any) -> ComError:
        return no_such(key)
