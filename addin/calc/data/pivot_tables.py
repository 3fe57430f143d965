"""Pivot tables."""

from collections.abc import Iterator
from typing import Any, Final, cast

from xlwings import base_classes

from addin.calc.data.pivot_area import PivotArea
from addin.calc.data.pivot_fields import PivotFields, PivotValueFields, format_values
from addin.calc.data.table_area import TableArea
from addin.calc.places.model import Block, OpenSheet
from addin.calc.program.bridge import struct

_TOTAL: Final = "Grand Total"
_LAYOUT: Final = "com.sun.star.sheet.DataPilotFieldLayoutInfo"
# com.sun.star.sheet.DataPilotFieldLayoutMode
_LAYOUTS: Final = {"tabular": 0, "outline": 1}


class PivotTable(PivotArea, base_classes.PivotTable):
    """One pivot table of a sheet.

    Calc writes the names of fields where Excel's compact layout writes `Row Labels`, and puts
    filters where the table begins, which moves the rest of it down.
    """

    rows = property(lambda self: PivotFields(self, "rows"))
    columns = property(lambda self: PivotFields(self, "columns"))
    filters = property(lambda self: PivotFields(self, "filters"))
    values = property(PivotValueFields)

    @property
    def layout(self) -> str | None:
        """Tabular or outline; None where the fields of the rows differ."""
        modes = {
            field.LayoutInfo.LayoutMode if field.HasLayoutInfo else _LAYOUTS["tabular"]
            for field in self.api.getRowFields()
        } or {_LAYOUTS["tabular"]}
        mode = modes.pop()
        words = [word for word, number in _LAYOUTS.items() if number == mode and not modes]
        return words[0] if words else None

    @layout.setter
    def layout(self, value: str) -> None:
        if value not in _LAYOUTS:
            raise NotImplementedError(f"LibreOffice has no pivot tables of the layout {value!r}.")
        for field in self.api.getDataPilotFields():
            field.LayoutInfo = struct(_LAYOUT, LayoutMode=_LAYOUTS[value])

    @property
    def show_row_grand_totals(self) -> bool:
        """Whether each row ends with a total."""
        return bool(self.api.RowGrand)

    @show_row_grand_totals.setter
    def show_row_grand_totals(self, value: bool) -> None:
        self.api.RowGrand = value

    @property
    def show_column_grand_totals(self) -> bool:
        """Whether each column ends with a total."""
        return bool(self.api.ColumnGrand)

    @show_column_grand_totals.setter
    def show_column_grand_totals(self, value: bool) -> None:
        self.api.ColumnGrand = value

    async def get_range(self) -> Block:
        """The same, for code that awaits it."""
        return self.range

    async def get_data_body_range(self) -> Block | None:
        """The same, for code that awaits it."""
        return self.data_body_range

    def refresh(self) -> None:
        """Read the source anew, a table in its size of now; the total is called as in Excel."""
        self.api.GrandTotalName = _TOTAL
        table: TableArea | None = self.kept.get("table")
        if table is not None:
            self.api.setSourceRange(table.range.range_address)
        self.api.refresh()
        format_values(self)

    def delete(self) -> None:
        """Take the table off the sheet."""
        self.parent.book.kept.pop(("pivot", self.name), None)
        self.parent.api.getDataPilotTables().removeByName(self.name)


class PivotTables(base_classes.PivotTables):
    """The pivot tables of a sheet, by name or place."""

    parent: OpenSheet = cast("OpenSheet", None)  # a property of the base class

    def __init__(self, parent: OpenSheet) -> None:
        self.parent = parent

    @property
    def api(self) -> Any:
        """Calc's pivot tables of the sheet."""
        return self.parent.api.getDataPilotTables()

    def __iter__(self) -> Iterator[PivotTable]:
        return (PivotTable(self.parent, one) for one in self.api)

    def __len__(self) -> int:
        return int(self.api.getCount())

    def __call__(self, key: str | int) -> PivotTable:
        """The table of a name, or at a place, from 1; KeyError where there is none."""
        for number, table in enumerate(self, 1):
            if key in (number, table.name):
                return table
        raise KeyError(key)

    def __contains__(self, key: str | int) -> bool:
        return any(key in (number, table.name) for number, table in enumerate(self, 1))

    def add(self, source: Any, destination: Any, name: str | None = None) -> PivotTable:
        """A new table over a range or a table, still without fields."""
        block = source.range if isinstance(source, TableArea) else source
        plan = self.api.createDataPilotDescriptor()
        plan.setSourceRange(block.range_address)
        plan.ShowFilterButton = False
        plan.GrandTotalName = _TOTAL
        chosen = name or self._free_name()
        self.api.insertNewByName(chosen, destination.cell_address, plan)
        made = self(chosen)
        if isinstance(source, TableArea):
            made.kept["table"] = source
        return made

    def _free_name(self) -> str:
        sheets = self.parent.book.each_sheet()
        names = {table.name for sheet in sheets for table in PivotTables(sheet)}
        number = 1
        while f"PivotTable{number}" in names:
            number += 1
        return f"PivotTable{number}"
