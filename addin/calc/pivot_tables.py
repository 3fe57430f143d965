"""Pivot tables."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, cast

from xlwings import base_classes

from addin.calc.bridge import struct
from addin.calc.pivot_fields import PivotFields, PivotValueFields
from addin.calc.tables import Table

if TYPE_CHECKING:
    from addin.calc.ranges import Range
    from addin.calc.sheets import Sheet

_TOTAL: Final = "Grand Total"
# com.sun.star.sheet.DataPilotOutputRangeType
_WHOLE, _BODY, _RESULTS = 0, 1, 2
_LAYOUT: Final = "com.sun.star.sheet.DataPilotFieldLayoutInfo"
# com.sun.star.sheet.DataPilotFieldLayoutMode
_LAYOUTS: Final = {"tabular": 0, "outline": 1}


class PivotTable(base_classes.PivotTable):
    """One pivot table of a sheet.

    Calc writes the names of fields where Excel's compact layout writes `Row Labels`, and puts
    filters where the table begins, which moves the rest of it down.
    """

    # Properties of the base class, plain attributes here.
    api: Any = None
    parent: "Sheet" = cast("Sheet", None)

    def __init__(self, parent: "Sheet", api: Any) -> None:
        self.parent = parent
        self.api = api

    @property
    def kept(self) -> dict[Any, Any]:
        """What Calc does not tell about the table's fields, while the book is open."""
        found: dict[Any, Any] = self.parent.book.kept.setdefault(("pivot", self.name), {})
        return found

    @property
    def name(self) -> str:
        """The table's name."""
        return str(self.api.getName())

    @name.setter
    def name(self, value: str) -> None:
        kept = self.parent.book.kept.pop(("pivot", self.name), {})
        self.api.setName(value)
        self.parent.book.kept["pivot", value] = kept

    @property
    def _source(self) -> "Range":
        area = self.api.getSourceRange()
        return self.parent.book.sheet_at(area.Sheet).of_area(area)

    @property
    def field_names(self) -> list[str]:
        """The columns of the source."""
        source = self._source
        return source.sheet.block(source.row, source.column, 1, source.shape[1]).formulas()[0]

    def source_field(self, name: str) -> Any:
        """Calc's field of a column of the source; KeyError where there is none."""
        names = self.field_names
        if name not in names:
            raise KeyError(name)
        return self.api.getDataPilotFields().getByIndex(names.index(name))

    def source_of(self, shown: str) -> str:
        """The column of the source that the table shows under another name."""
        fields = self.api.getDataPilotFields()
        pairs = zip(self.field_names, fields, strict=False)
        return next((name for name, field in pairs if field.getName() == shown), shown)

    def holds_numbers(self, name: str) -> bool:
        """Whether a column of the source holds numbers and nothing else."""
        source, place = self._source, self.field_names.index(name)
        column = source.sheet.block(
            source.row + 1, source.column + place, source.shape[0] - 1, 1
        ).raw_value
        rows = column if isinstance(column, list) else [[column]]
        return all(type(value) is float for (value,) in rows)

    def captions(self) -> list[str]:
        """What stands above the table's rows, from left to right and down."""
        whole = self.parent.of_area(self.api.getOutputRangeByType(_WHOLE))
        first = self.api.getOutputRangeByType(_RESULTS).StartRow + 1  # counted from 1
        head = self.parent.block(whole.row, whole.column, first - whole.row, whole.shape[1])
        return [text for line in head.formulas() for text in line] if len(head) else []

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

    @property
    def range(self) -> "Range":
        """The table's cells, without the filters above."""
        return self.parent.of_area(self.api.getOutputRangeByType(_BODY))

    async def get_range(self) -> "Range":
        """The same, for code that awaits it."""
        return self.range

    @property
    def data_body_range(self) -> "Range | None":
        """The sums; None where nothing is summed."""
        if not len(self.values):
            return None
        return self.parent.of_area(self.api.getOutputRangeByType(_RESULTS))

    async def get_data_body_range(self) -> "Range | None":
        """The same, for code that awaits it."""
        return self.data_body_range

    def format_values(self) -> None:
        """Give the sums the number formats that were set for their fields, column by column."""
        body, fields = self.data_body_range, list(self.values)
        for index in range(body.shape[1] if body else 0):
            text = fields[index % len(fields)].number_format
            if body and text != "General":
                body.sheet.block(
                    body.row, body.column + index, body.shape[0], 1
                ).number_format = text

    def refresh(self) -> None:
        """Read the source anew, a table in its size of now; the total is called as in Excel."""
        self.api.GrandTotalName = _TOTAL
        table: Table | None = self.kept.get("table")
        if table is not None:
            self.api.setSourceRange(table.range.range_address)
        self.api.refresh()
        self.format_values()

    def delete(self) -> None:
        """Take the table off the sheet."""
        self.parent.book.kept.pop(("pivot", self.name), None)
        self.parent.api.getDataPilotTables().removeByName(self.name)


class PivotTables(base_classes.PivotTables):
    """The pivot tables of a sheet, by name or place."""

    parent: "Sheet" = cast("Sheet", None)  # a property of the base class

    def __init__(self, parent: "Sheet") -> None:
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
        block = source.range if isinstance(source, Table) else source
        plan = self.api.createDataPilotDescriptor()
        plan.setSourceRange(block.range_address)
        plan.ShowFilterButton = False
        plan.GrandTotalName = _TOTAL
        chosen = name or self._free_name()
        self.api.insertNewByName(chosen, destination.cell_address, plan)
        made = self(chosen)
        if isinstance(source, Table):
            made.kept["table"] = source
        return made

    def _free_name(self) -> str:
        names = {table.name for sheet in self.parent.book.sheets for table in sheet.pivot_tables}
        number = 1
        while f"PivotTable{number}" in names:
            number += 1
        return f"PivotTable{number}"
