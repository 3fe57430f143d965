"""Rows and columns of a table."""

from collections.abc import Iterator
from typing import Any

from addin.calc.data.table_area import TableArea
from addin.calc.places.model import Block
from addin.calc.values.changes import delete, insert
from addin.calc.values.contents import value_of, write_into


class TableRow:
    """One row of data, counted from 1."""

    def __init__(self, table: TableArea, index: int) -> None:
        self.api = table.api
        self.table = table
        self.index = index

    @property
    def range(self) -> Block:
        """The row's cells."""
        body = self.table.data_body_range
        if body is None:
            raise IndexError("The table has no rows.")
        return body.sheet.block(body.row + self.index - 1, body.column, 1, body.shape[1])

    async def get_range(self) -> Block:
        """The same, for code that awaits it."""
        return self.range

    def delete(self) -> None:
        """Take the row out; what is below moves up."""
        delete(self.range, "up")


class TableRows:
    """The rows of data of a table."""

    def __init__(self, table: TableArea) -> None:
        self.api = table.api
        self.table = table

    @property
    def column_count(self) -> int:
        """The number of columns."""
        return self.table.range.shape[1]

    def __len__(self) -> int:
        body = self.table.data_body_range
        return body.shape[0] if body else 0

    async def get_count(self) -> int:
        """The same, for code that awaits it."""
        return len(self)

    def __iter__(self) -> Iterator[TableRow]:
        return (TableRow(self.table, index + 1) for index in range(len(self)))

    def __call__(self, key: int) -> TableRow:
        """The row at a place, from 1."""
        if not 1 <= key <= len(self):
            raise IndexError("Table row index out of range")
        return TableRow(self.table, key)

    def __contains__(self, key: int) -> bool:
        return 1 <= key <= len(self)

    def add(self, values: list[Any] | None, index: int | None) -> TableRow:
        """A new row at a place, or at the end; an empty table has room for its first."""
        whole = self.table.range
        if blank := self.table.insert_row_range:
            if values is not None:
                write_into(blank, [values])
            return TableRow(self.table, 1)
        place = index or len(self) + 1
        row = whole.row + int(self.table.has_header) + place - 1
        insert(whole.sheet.block(row, whole.column, 1, whole.shape[1]), "down")
        self.table.resize_to(whole.sheet.block(*whole.area[:2], whole.shape[0] + 1, whole.shape[1]))
        if values is not None:
            write_into(whole.sheet.block(row, whole.column, 1, whole.shape[1]), [values])
        return TableRow(self.table, place)


class TableColumn:
    """One column, counted from 1."""

    def __init__(self, table: TableArea, index: int) -> None:
        self.api = table.api
        self.table = table
        self.index = index

    @property
    def name(self) -> str:
        """What the header says."""
        value = value_of(self.range(1, 1)) if self.table.has_header else None
        return f"Column{self.index}" if value is None else str(value)

    @property
    def range(self) -> Block:
        """The column's cells, with its header."""
        whole = self.table.range
        return whole.sheet.block(whole.row, whole.column + self.index - 1, whole.shape[0], 1)

    async def get_range(self) -> Block:
        """The same, for code that awaits it."""
        return self.range

    async def get_data_body_range(self) -> Block | None:
        """The same, for code that awaits it."""
        return self.data_body_range

    @property
    def data_body_range(self) -> Block | None:
        """The column's cells without header and total."""
        body = self.table.data_body_range
        if body is None:
            return None
        return body.sheet.block(body.row, body.column + self.index - 1, body.shape[0], 1)

    def delete(self) -> None:
        """Take the column out; what is right of it moves left."""
        whole = self.table.range
        delete(self.range, "left")
        self.table.resize_to(whole.sheet.block(*whole.area[:2], whole.shape[0], whole.shape[1] - 1))


class TableColumns:
    """The columns of a table, by name or place."""

    def __init__(self, table: TableArea) -> None:
        self.api = table.api
        self.table = table

    def __len__(self) -> int:
        return self.table.range.shape[1]

    async def get_count(self) -> int:
        """The same, for code that awaits it."""
        return len(self)

    def __iter__(self) -> Iterator[TableColumn]:
        return (TableColumn(self.table, index + 1) for index in range(len(self)))

    def __call__(self, key: str | int) -> TableColumn:
        """The column of a name, or at a place, from 1."""
        if isinstance(key, int):
            if not 1 <= key <= len(self):
                raise IndexError("Table column index out of range")
            return TableColumn(self.table, key)
        for column in self:
            if column.name.casefold() == key.casefold():
                return column
        raise KeyError(key)

    def __contains__(self, key: str | int) -> bool:
        if isinstance(key, int):
            return 1 <= key <= len(self)
        return any(column.name.casefold() == key.casefold() for column in self)

    def add(self, name: str, index: int | None) -> TableColumn:
        """A new column at a place, or at the end."""
        whole = self.table.range
        place = index or len(self) + 1
        column = whole.column + place - 1
        insert(whole.sheet.block(whole.row, column, whole.shape[0], 1), "right")
        self.table.resize_to(whole.sheet.block(*whole.area[:2], whole.shape[0], whole.shape[1] + 1))
        write_into(whole.sheet.block(whole.row, column, 1, 1), name)
        return TableColumn(self.table, place)
