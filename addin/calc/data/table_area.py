"""Where a table stands: header, rows of data, totals. To Calc it is a database range."""

from typing import Any, cast

from addin.calc.places.model import Block, OpenSheet
from addin.calc.values.contents import formulas_of


class TableArea:
    """The cells of one table of a sheet.

    A table 项目 in A1:C4 with a header and a row of totals has the `range` A1:C4, the header A1:C1,
    the body A2:C3 and the totals A4:C4.
    """

    # Properties of xlwings' class, plain attributes here.
    api: Any = None
    parent: OpenSheet = cast("OpenSheet", None)

    def __init__(self, parent: OpenSheet, api: Any) -> None:
        self.parent = parent
        self.api = api

    @property
    def name(self) -> str:
        """The table's name."""
        return str(self.api.getName())

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(value)

    @property
    def kept(self) -> dict[Any, Any]:
        """What Calc cannot store of its tables, such as the style: (table, property) -> value."""
        return self.parent.book.kept

    @property
    def range(self) -> Block:
        """The whole table, with its header."""
        return self.parent.of_area(self.api.getDataArea())

    @property
    def has_header(self) -> bool:
        """Whether the first row is the header."""
        return bool(self.api.ContainsHeader)

    @property
    def has_totals(self) -> bool:
        """Whether the last row holds totals."""
        return bool(self.api.TotalsRow)

    @property
    def header_row_range(self) -> Block | None:
        """The header; None where there is none."""
        whole = self.range
        if not self.has_header:
            return None
        return whole.sheet.block(whole.row, whole.column, 1, whole.shape[1])

    @property
    def data_body_range(self) -> Block | None:
        """The rows of data; None where there are none."""
        return None if self.insert_row_range else self._body

    @property
    def _body(self) -> Block | None:
        whole = self.range
        head, foot = int(self.has_header), int(self.has_totals)
        rows = whole.shape[0] - head - foot
        if rows < 1:
            return None
        return whole.sheet.block(whole.row + head, whole.column, rows, whole.shape[1])

    @property
    def totals_row_range(self) -> Block | None:
        """The row of totals; None where there is none."""
        whole = self.range
        if not self.has_totals:
            return None
        last = whole.row + whole.shape[0] - 1
        return whole.sheet.block(last, whole.column, 1, whole.shape[1])

    @property
    def insert_row_range(self) -> Block | None:
        """The blank row in which the first data are entered; None where there are data."""
        body = self._body
        if body is None or body.shape[0] > 1:
            return None
        return body if all(text == "" for row in formulas_of(body) for text in row) else None

    def resize_to(self, block: Block) -> None:
        """Let the table be another rectangle."""
        self.api.setDataArea(block.range_address)
