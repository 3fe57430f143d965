"""xlwings' range: where it is and what it holds; its looks, changes and links are inherited."""

from typing import Any

from xlwings import base_classes

from addin.calc.notation import addresses
from addin.calc.places import steps
from addin.calc.places.model import Block
from addin.calc.range_changes import RangeChanges
from addin.calc.range_formats import RangeFormats
from addin.calc.range_links import RangeLinks
from addin.calc.values import contents
from addin.calc.values.at_hand import AtHand, Looks, looks


class Range(RangeFormats, RangeChanges, RangeLinks, base_classes.Range):
    """A rectangle of cells."""

    api = Block.cells
    _held: AtHand | None = None

    def bring(self, held: AtHand | None) -> None:
        """Take what was asked for with others; it is good for the next read of the values only."""
        self._held = held

    def looks_at_hand(self) -> Looks | None:
        """The number formats and the merged cells that came with what was brought.

        Each a rectangle of first column and row, last column and row, from 1, a format with its
        text in Excel's notation before it; None once the values have been read.
        """
        held = self._held
        return None if held is None else looks(held, self.sheet.book.formats)

    @property
    def raw_value(self) -> Any:
        """The value of a single cell, or the rows of values; None for blanks and errors."""
        held, self._held = self._held, None
        return contents.value_of(self, with_errors=bool(self.options.get("err_to_str")), held=held)

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        contents.write_into(self, data)

    @property
    def formula(self) -> Any:
        """A single cell's formula, or the rows of formulas, in Excel's notation."""
        return contents.formula_of(self)

    @formula.setter
    def formula(self, value: Any) -> None:
        contents.write_into(self, value)

    formula2 = formula

    @property
    def formula_array(self) -> str | None:
        """The array formula that fills the range; the first cell's formula where there is none."""
        return contents.array_formula_of(self)

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        contents.write_array_formula(self, value)

    @property
    def has_array(self) -> bool:
        """Whether the first cell belongs to an array formula."""
        return bool(len(self)) and bool(self(1, 1).cells.getArrayFormula())

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        """The sheet's name, and the rectangle."""
        return (self.sheet.name, *self.area)

    @property
    def arg1_input(self) -> str:
        """The address without dollar signs; xlwings tells rows and columns by it."""
        return addresses.write(self.area, row_absolute=False, column_absolute=False)

    def get_address(
        self, row_absolute: bool = True, col_absolute: bool = True, external: bool = False
    ) -> str:
        """The address; `external` puts the book and the sheet before it."""
        own = addresses.write(self.area, row_absolute=row_absolute, column_absolute=col_absolute)
        if not external:
            return own
        return f"{addresses.quoted(self.sheet.name, self.sheet.book.name)}!{own}"

    @property
    def rows(self) -> Block:
        """The same rectangle."""
        return self.sheet.block(*self.area)

    columns = rows

    def end(self, direction: str) -> Block:
        """The cell where Ctrl and an arrow key lead to from the first cell."""
        return steps.end(self, direction)

    @property
    def current_region(self) -> Block:
        """The filled rectangle around the first cell, up to blank rows and columns."""
        return steps.current_region(self)
