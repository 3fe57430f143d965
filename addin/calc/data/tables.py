"""Tables: Calc's database ranges, which are what an .xlsx's tables become."""

from collections.abc import Iterator
from typing import Any, Final

from xlwings import base_classes

from addin.calc.data import table_totals
from addin.calc.data.filters import AutoFilter
from addin.calc.data.table_area import TableArea
from addin.calc.data.table_parts import TableColumns, TableRows
from addin.calc.places.model import Block, OpenSheet
from addin.calc.places.steps import current_region
from addin.calc.program.bridge import NoSuchElement
from addin.calc.values.changes import clear_contents, insert, sort
from addin.calc.values.contents import formula_of, formulas_of, write_into

_ANONYMOUS: Final = "__Anonymous"
_STYLE: Final = "TableStyleMedium2"


class Table(TableArea, base_classes.Table):
    """One table of a sheet."""

    display_name = TableArea.name

    @property
    def show_headers(self) -> bool:
        """Whether the first row is the header."""
        return self.has_header

    @show_headers.setter
    def show_headers(self, value: bool) -> None:
        if bool(value) is self.has_header:
            return
        row, column, rows, columns = self.range.area
        self.api.ContainsHeader = bool(value)
        if value:
            self.resize_to(self.parent.block(row - 1, column, rows + 1, columns))
            header = self.parent.block(row - 1, column, 1, columns)
            write_into(header, self.kept.pop((self.name, "header"), formula_of(header)))
        else:
            header = self.parent.block(row, column, 1, columns)
            self.kept[self.name, "header"] = formula_of(header)
            clear_contents(header)
            self.resize_to(self.parent.block(row + 1, column, rows - 1, columns))

    @property
    def show_totals(self) -> bool:
        """Whether the last row holds totals."""
        return self.has_totals

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        if bool(value) is not self.has_totals:
            (table_totals.show if value else table_totals.hide)(self)

    @property
    def show_autofilter(self) -> bool:
        """Whether the header has filter buttons."""
        return bool(self.api.AutoFilter)

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        self.api.AutoFilter = bool(value)

    def _kept(name: str, default: Any) -> Any:  # type: ignore[misc]  # noqa: N805 - makes properties
        """A property for which Calc has no place: kept while the book is open, not saved."""

        def get(self: "Table") -> Any:
            return self.kept.get((self.name, name), default)

        def put(self: "Table", value: Any) -> None:
            self.kept[self.name, name] = value

        return property(get, put, doc="Kept while the book is open: Calc has no table styles.")

    table_style = _kept("style", _STYLE)
    show_table_style_column_stripes = _kept("column_stripes", False)
    show_table_style_row_stripes = _kept("row_stripes", True)
    show_table_style_first_column = _kept("first_column", False)
    show_table_style_last_column = _kept("last_column", False)

    @property
    def autofilter(self) -> AutoFilter:
        """The filter of the rows of data."""
        return AutoFilter(self.range, self.api)

    @property
    def columns(self) -> TableColumns:
        """The columns."""
        return TableColumns(self)

    @property
    def rows(self) -> TableRows:
        """The rows of data."""
        return TableRows(self)

    def resize(self, range: Any) -> None:
        """Let the table be another range, which begins in the same row."""
        self.resize_to(range.impl)

    def sort(self, keys: list[int], ascending: list[bool]) -> None:
        """Sort the rows of data by columns, counted from 1."""
        body = self.data_body_range
        if body is not None:
            sort(body, keys, ascending, has_headers=False)


class Tables:
    """The tables of one sheet, by name or place."""

    def __init__(self, parent: OpenSheet) -> None:
        self.parent = parent

    @property
    def api(self) -> Any:
        """The document's database ranges."""
        return self.parent.book.database_ranges

    def _all(self) -> list[Table]:
        """The tables from top to bottom: Calc keeps them by name, not in the order of making."""
        position = self.parent.position
        named = [one for one in self.api if not one.getName().startswith(_ANONYMOUS)]
        areas = [(one.getDataArea(), one) for one in named]
        ours = [
            (area.StartRow, area.StartColumn, place, one)
            for place, (area, one) in enumerate(areas)
            if area.Sheet == position
        ]
        return [Table(self.parent, one) for *_, one in sorted(ours)]

    def __iter__(self) -> Iterator[Table]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __call__(self, key: str | int) -> Table:
        """The table of a name, or at a place, from 1; KeyError where there is none."""
        if not isinstance(key, str):
            return self._all()[key - 1]
        found = self._named(key)
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: str | int) -> bool:
        if not isinstance(key, str):
            return 1 <= key <= len(self)
        return self._named(key) is not None

    def _named(self, key: str) -> Table | None:
        """The table of a name in any case; a table of another sheet is none."""
        try:
            found = self.api.getByName(key)  # which Calc finds in any case
        except NoSuchElement:
            return None
        is_here = found.getDataArea().Sheet == self.parent.position
        return Table(self.parent, found) if is_here else None

    def add(  # noqa: PLR0913, PLR0917 - xlwings' own signature
        self,
        source_type: Any = None,
        source: Any = None,
        link_source: Any = None,
        has_headers: Any = None,
        destination: Any = None,
        table_style_name: Any = None,
        name: str | None = None,
    ) -> Table:
        """A table over a range; without a name it is called Table1, Table2 and so on."""
        block = source.impl if len(source.impl) > 1 else current_region(source.impl)
        if not has_headers:
            block = _with_header(block)
        elif block.shape[0] == 1:
            block = block.sheet.block(block.row, block.column, 2, block.shape[1])
        _name_columns(block)
        chosen = name or self._free_name()
        self.api.addNewByName(chosen, block.range_address)
        table = Table(self.parent, self.api.getByName(chosen))
        table.api.ContainsHeader = True
        table.api.AutoFilter = True
        if table_style_name:
            table.table_style = table_style_name
        return table

    def _free_name(self) -> str:
        number = 1
        while self.api.hasByName(f"Table{number}"):
            number += 1
        return f"Table{number}"


def _with_header(block: Block) -> Block:
    """The range with a row Column1, Column2, ... above it, for which room is made."""
    row, column, rows, columns = block.area
    insert(block.sheet.block(row, column, 1, columns), "down")
    header = block.sheet.block(row, column, 1, columns)
    write_into(header, [[f"Column{index + 1}" for index in range(columns)]])
    return block.sheet.block(row, column, rows + 1, columns)


def _name_columns(block: Block) -> None:
    """Name the columns whose header is blank, as Excel does."""
    header = block.sheet.block(block.row, block.column, 1, block.shape[1])
    for index, text in enumerate(formulas_of(header)[0], 1):
        if text == "":
            write_into(header(1, index), f"Column{index}")


def table_at(block: Block) -> Table | None:
    """The table to which a range's first cell belongs."""
    for table in Tables(block.sheet):
        whole = table.range
        if 0 <= block.row - whole.row < whole.shape[0] and (
            0 <= block.column - whole.column < whole.shape[1]
        ):
            return table
    return None
