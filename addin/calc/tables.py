"""Tables: Calc's database ranges, which are what an .xlsx's tables become."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, cast

from xlwings import base_classes

from addin.calc import table_totals
from addin.calc.filters import AutoFilter
from addin.calc.table_parts import TableColumns, TableRows

if TYPE_CHECKING:
    from addin.calc.block import Block
    from addin.calc.ranges import Range
    from addin.calc.sheets import Sheet

_ANONYMOUS: Final = "__Anonymous"
_STYLE: Final = "TableStyleMedium2"


class Table(base_classes.Table):
    """One table of a sheet."""

    # Properties of the base class, plain attributes here.
    api: Any = None
    parent: "Sheet" = cast("Sheet", None)

    def __init__(self, parent: "Sheet", api: Any) -> None:
        self.parent = parent
        self.api = api

    @property
    def name(self) -> str:
        """The table's name."""
        return str(self.api.getName())

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(value)

    display_name = name

    @property
    def range(self) -> "Range":
        """The whole table, with its header."""
        return self.parent.of_area(self.api.getDataArea())

    @property
    def header_row_range(self) -> "Range | None":
        """The header; None where there is none."""
        whole = self.range
        return (
            whole.sheet.block(whole.row, whole.column, 1, whole.shape[1])
            if self.show_headers
            else None
        )

    @property
    def data_body_range(self) -> "Range | None":
        """The rows of data; None where there are none."""
        return None if self.insert_row_range else self._body

    @property
    def _body(self) -> "Range | None":
        whole = self.range
        head, foot = int(self.show_headers), int(self.show_totals)
        rows = whole.shape[0] - head - foot
        if rows < 1:
            return None
        return self.parent.block(whole.row + head, whole.column, rows, whole.shape[1])

    @property
    def totals_row_range(self) -> "Range | None":
        """The row of totals; None where there is none."""
        whole = self.range
        last = whole.row + whole.shape[0] - 1
        return (
            self.parent.block(last, whole.column, 1, whole.shape[1]) if self.show_totals else None
        )

    @property
    def insert_row_range(self) -> "Range | None":
        """The blank row in which the first data are entered; None where there are data."""
        body = self._body
        if body is None or body.shape[0] > 1:
            return None
        return body if all(text == "" for row in body.formulas() for text in row) else None

    @property
    def show_headers(self) -> bool:
        """Whether the first row is the header."""
        return bool(self.api.ContainsHeader)

    @show_headers.setter
    def show_headers(self, value: bool) -> None:
        if bool(value) is self.show_headers:
            return
        row, column, rows, columns = self.range.area
        self.api.ContainsHeader = bool(value)
        if value:
            self.resize_to(self.parent.block(row - 1, column, rows + 1, columns))
            header = self.parent.block(row - 1, column, 1, columns)
            header.formula = self.parent.book.kept.pop((self.name, "header"), header.formula)
        else:
            header = self.parent.block(row, column, 1, columns)
            self.parent.book.kept[self.name, "header"] = header.formula
            header.clear_contents()
            self.resize_to(self.parent.block(row + 1, column, rows - 1, columns))

    @property
    def show_totals(self) -> bool:
        """Whether the last row holds totals."""
        return bool(self.api.TotalsRow)

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        if bool(value) is not self.show_totals:
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
            return self.parent.book.kept.get((self.name, name), default)

        def put(self: "Table", value: Any) -> None:
            self.parent.book.kept[self.name, name] = value

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

    def resize_to(self, block: "Block") -> None:
        """Let the table be another rectangle."""
        self.api.setDataArea(block.range_address)

    def sort(self, keys: list[int], ascending: list[bool]) -> None:
        """Sort the rows of data by columns, counted from 1."""
        body = self.data_body_range
        if body is not None:
            body.sort(keys, ascending, has_headers=False)


class Tables:
    """The tables of one sheet, by name or place."""

    def __init__(self, parent: "Sheet") -> None:
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
        if not (ranges := self.api).hasByName(key):  # which Calc answers for any case
            return None
        found = ranges.getByName(key)
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
        block = source.impl if len(source.impl) > 1 else source.impl.current_region
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


def _with_header(block: "Range") -> "Range":
    """The range with a row Column1, Column2, ... above it, for which room is made."""
    row, column, rows, columns = block.area
    block.sheet.block(row, column, 1, columns).insert("down")
    header = block.sheet.block(row, column, 1, columns)
    header.raw_value = [[f"Column{index + 1}" for index in range(columns)]]
    return block.sheet.block(row, column, rows + 1, columns)


def _name_columns(block: "Range") -> None:
    """Name the columns whose header is blank, as Excel does."""
    header = block.sheet.block(block.row, block.column, 1, block.shape[1])
    for index, text in enumerate(header.formulas()[0], 1):
        if text == "":
            header(1, index).raw_value = f"Column{index}"


def table_at(block: "Block") -> Table | None:
    """The table to which a range's first cell belongs."""
    for table in Tables(block.sheet):
        whole = table.range
        if 0 <= block.row - whole.row < whole.shape[0] and (
            0 <= block.column - whole.column < whole.shape[1]
        ):
            return table
    return None
