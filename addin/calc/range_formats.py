"""What a range looks like: sizes, colours, number formats, alignment."""

from collections.abc import Sequence
from typing import Any, Final

from addin.calc.looks.borders import Borders
from addin.calc.looks.characters import Characters
from addin.calc.looks.fonts import Font
from addin.calc.notation import units
from addin.calc.places.model import Block
from addin.calc.program.bridge import enum, shared

_AUTOMATIC: Final = -1
_HORIZONTAL: Final = {
    "general": "STANDARD", "left": "LEFT", "center": "CENTER", "right": "RIGHT",
    "justify": "BLOCK", "fill": "REPEAT", "distributed": "BLOCK",
}  # fmt: skip
_VERTICAL: Final = {"top": 1, "center": 2, "bottom": 3, "justify": 4, "distributed": 4}


class RangeFormats(Block):
    """The looks of a rectangle of cells."""

    @property
    def font(self) -> Font:
        """The font."""
        return Font(self.cells)

    @property
    def borders(self) -> Borders:
        """The borders."""
        return Borders(self)

    @property
    def characters(self) -> Characters:
        """The characters of the first cell's text."""
        return Characters(self(1, 1).cells.getCellByPosition(0, 0))

    @property
    def color(self) -> units.Colour | None:
        """The background; None where there is none, or several."""
        number = shared(self.cells, "CellBackColor") if len(self) else None
        return None if number in (None, _AUTOMATIC) else units.to_rgb(number)

    @color.setter
    def color(self, value: Sequence[int] | int | str | None) -> None:
        _fill(self, value)

    def set_colors(self, colors: Any) -> None:
        """Set each cell's background; an ellipsis leaves a cell as it is."""
        for row, line in enumerate(colors, 1):
            for column, colour in enumerate(line, 1):
                if colour is not ...:
                    _fill(self(row, column), colour)

    @property
    def number_format(self) -> str | None:
        """The number format in Excel's notation; None where the cells differ."""
        if not len(self):
            return ""
        cells = self.cells
        key = cells.NumberFormat if len(self) == 1 else shared(cells, "NumberFormat")
        return None if key is None else self.sheet.book.formats.text(key)

    @number_format.setter
    def number_format(self, value: str) -> None:
        if len(self):
            self.cells.NumberFormat = self.sheet.book.formats.key(value)

    @property
    def column_width(self) -> float | None:
        """The columns' width in characters; None where they differ."""
        if not len(self):
            return 0
        widths = {column.Width for column in self._few(self.cells.getColumns())}
        return units.to_characters(widths.pop()) if len(widths) == 1 else None

    @column_width.setter
    def column_width(self, value: float) -> None:
        if len(self):
            self.cells.getColumns().Width = units.from_characters(value)

    @property
    def row_height(self) -> float | None:
        """The rows' height in points; None where they differ."""
        if not len(self):
            return 0
        heights = {row.Height for row in self._few(self.cells.getRows())}
        return units.to_points(heights.pop()) if len(heights) == 1 else None

    @row_height.setter
    def row_height(self, value: float) -> None:
        if len(self):
            self.cells.getRows().Height = units.to_hmm(value)

    @staticmethod
    def _few(lines: Any) -> list[Any]:
        """Rows or columns to look at: beyond a thousand, every so many-th and the last."""
        count = lines.getCount()
        step = max(1, count // 1000)
        return [lines.getByIndex(index) for index in {*range(0, count, step), count - 1}]

    width = property(lambda self: self._measure("Size", "Width"))
    height = property(lambda self: self._measure("Size", "Height"))
    left = property(lambda self: self._measure("Position", "X"))
    top = property(lambda self: self._measure("Position", "Y"))

    def _measure(self, name: str, side: str) -> float:
        """A length in points."""
        if not len(self):
            return 0.0
        length: float = getattr(getattr(self.cells, name), side)
        return units.to_points(length)

    @property
    def row_hidden(self) -> bool | None:
        """Whether the rows are hidden; None where they differ."""
        return _agreed([not row.IsVisible for row in self._few(self.cells.getRows())])

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.cells.getRows().IsVisible = not value

    @property
    def column_hidden(self) -> bool | None:
        """Whether the columns are hidden; None where they differ."""
        return _agreed([not column.IsVisible for column in self._few(self.cells.getColumns())])

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.cells.getColumns().IsVisible = not value

    @property
    def wrap_text(self) -> bool | None:
        """Whether long texts are broken into lines; None where the cells differ."""
        found = shared(self.cells, "IsTextWrapped") if len(self) else None
        return None if found is None else bool(found)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        if len(self):
            self.cells.IsTextWrapped = bool(value)

    @property
    def horizontal_alignment(self) -> str | None:
        """The alignment in xlwings' words; None where the cells differ."""
        found = shared(self.cells, "HoriJustify")
        if found is None:
            return None
        if found.value == "BLOCK" and self.cells.HoriJustifyMethod == 1:
            return "distributed"
        return next(word for word, value in _HORIZONTAL.items() if value == found.value)

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        if value not in _HORIZONTAL:
            raise NotImplementedError(f"LibreOffice has no alignment {value!r}.")
        name = _HORIZONTAL[value]
        self.cells.HoriJustify = enum("com.sun.star.table.CellHoriJustify", name)
        self.cells.HoriJustifyMethod = int(value == "distributed")

    @property
    def vertical_alignment(self) -> str | None:
        """The alignment in xlwings' words; None where the cells differ."""
        found = shared(self.cells, "VertJustify")
        if found == 4 and self.cells.VertJustifyMethod == 1:
            return "distributed"
        if found == 0:
            return "bottom"
        return next((word for word, number in _VERTICAL.items() if number == found), None)

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self.cells.VertJustify = _VERTICAL[value]
        self.cells.VertJustifyMethod = int(value == "distributed")

    def adjust_indent(self, amount: int) -> None:
        """Move the texts to the right by so many steps of 10 points."""
        step = units.to_hmm(10)
        self.cells.ParaIndent = max(0, int(self.cells.ParaIndent) + amount * step)


def _fill(block: Block, colour: Sequence[int] | int | str | None) -> None:
    if len(block):
        block.cells.CellBackColor = _AUTOMATIC if colour is None else units.from_rgb(colour)


def _agreed(states: Sequence[bool]) -> bool | None:
    return states[0] if len(set(states)) == 1 else None
