"""Ranges: their values and formulas; the rest of what a range can is in the classes it inherits."""

from typing import TYPE_CHECKING, Any, Final

from addin.calc import values
from addin.calc.bridge import enum
from addin.calc.formulas import is_formula, to_calc, to_excel
from addin.calc.range_changes import RangeChanges
from addin.calc.range_formats import RangeFormats
from addin.calc.range_links import RangeLinks

if TYPE_CHECKING:
    from addin.calc.number_formats import Formats

_WIDE: Final = 200_000  # cells; above that only the used part of a range is fetched


class Range(RangeFormats, RangeChanges, RangeLinks):
    """A rectangle of cells."""

    _data: values.Data | None = None

    def bring(self, data: values.Data | None) -> None:
        """Take the data of the cells, which were asked for with others; for the next read only."""
        self._data = data

    @property
    def _formats(self) -> "Formats":
        return self.sheet.book.formats

    @property
    def raw_value(self) -> Any:
        """The value of a single cell, or the rows of values; None for blanks and errors."""
        if not len(self):
            return None
        with_errors = bool(self.options.get("err_to_str"))
        data, self._data = self._data, None
        if len(self) > _WIDE:
            rows = self._read_wide(with_errors)
        else:
            rows = values.read(self.cells, self._formats, with_errors=with_errors, data=data)
        return rows[0][0] if len(self) == 1 else rows

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        if len(self):
            self._write(data)

    def _read_wide(self, with_errors: bool) -> values.Rows:
        part = self.within_used()
        rows: values.Rows = []
        if len(part):
            rows = values.read(part.cells, self._formats, with_errors=with_errors)
        missing = self.shape[1] - (part.shape[1] if rows else 0)
        filled = [row + [None] * missing for row in rows]
        return filled + [[None] * self.shape[1] for _ in range(self.shape[0] - len(rows))]

    def _write(self, data: Any) -> None:
        """Write rows, one row, or one value into every cell."""
        if not isinstance(data, list | tuple):
            if is_formula(data) and len(self) > 1:
                self._fill_formula(data)
                return
            data = [[data] * self.shape[1]] * self.shape[0]
        elif not data or not isinstance(data[0], list | tuple):
            data = [data] * self.shape[0]
        values.write(self._sized_for(data).cells, data, self._formats)

    def _sized_for(self, rows: Any) -> "Range":
        if (len(rows), len(rows[0])) == self.shape:
            return self
        return self.sheet.block(self.row, self.column, len(rows), len(rows[0]))

    def _fill_formula(self, formula: str) -> None:
        """One formula in every cell, its relative references moved along."""
        values.write(self(1, 1).cells, [[formula]], self._formats)
        rows, columns = self.shape
        direction = "com.sun.star.sheet.FillDirection"
        if rows > 1:
            first = self.sheet.block(self.row, self.column, rows, 1)
            first.cells.fillAuto(enum(direction, "TO_BOTTOM"), 1)
        if columns > 1:
            self.cells.fillAuto(enum(direction, "TO_RIGHT"), 1)

    @property
    def formula(self) -> Any:
        """A single cell's formula, or the rows of formulas, in Excel's notation."""
        if not len(self):
            return None
        rows = self.formulas()
        return rows[0][0] if len(self) == 1 else tuple(tuple(row) for row in rows)

    @formula.setter
    def formula(self, value: Any) -> None:
        self.raw_value = value

    formula2 = formula

    def formulas(self) -> list[list[str]]:
        """The rows of formulas; of a very large range those of its used part."""
        part = self.within_used() if len(self) > _WIDE else self
        return values.read_formulas(part.cells, self._formats) if len(part) else [[""]]

    @property
    def formula_array(self) -> str | None:
        """The array formula that fills the range; the first cell's formula where there is none."""
        if not len(self):
            return None
        found = str(self.cells.getArrayFormula())
        if not found:
            return str(self(1, 1).formula)
        return to_excel(found, self._formats.functions[1])

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        if len(self):
            self.cells.setArrayFormula(to_calc(value, self._formats.functions[0]))

    def cells_that_are(self, truths: bool) -> list["Range"]:
        """The cells that hold truths, or those that hold anything else."""
        rows = values.read(self.cells, self._formats)
        return [
            self(row, column)
            for row, line in enumerate(rows, 1)
            for column, value in enumerate(line, 1)
            if isinstance(value, bool) is truths
        ]

    @property
    def has_array(self) -> bool:
        """Whether the first cell belongs to an array formula."""
        return bool(len(self)) and bool(self(1, 1).cells.getArrayFormula())
