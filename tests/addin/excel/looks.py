"""Fill, font and borders of cells."""

from typing import TYPE_CHECKING, Any, Final

from excel.com import ComObject, acts, reads
from excel.errors import not_settable

if TYPE_CHECKING:
    from excel.ranges import Range

NONE: Final = -4142  # xlColorIndexNone, xlPatternNone, xlLineStyleNone
AUTOMATIC: Final = -4105
SOLID: Final = 1
WHITE: Final = 16_777_215.0
_LINES: Final = range(5, 13)  # XlBordersIndex


def to_number(colour: "tuple[int, int, int]") -> float:
    """A colour as Excel's 0xBBGGRR, which COM gives as a double."""
    red, green, blue = colour
    return float(red | green << 8 | blue << 16)


class Look(ComObject):
    """Something of a range's looks."""

    def __init__(self, cells: "Range") -> None:
        super().__init__(cells._program)
        self._cells = cells

    def _may(self, member: str) -> None:
        self._cells._may("AllowFormattingCells", not_settable(self._of, member))

    @reads
    def Parent(self) -> Any:
        return self._cells


class Interior(Look):
    """The fill."""

    def _colours(self) -> set[Any]:
        """The colours of the areas, None for no fill, `mixed` where an area has several."""
        return {_fill(area) for area in self._cells._areas}

    @reads
    def Color(self) -> float:
        colours = self._colours()
        if len(colours) > 1 or "mixed" in colours:
            return 0.0
        (colour,) = colours
        return WHITE if colour is None else to_number(colour)

    @Color.sets
    def _set_color(self, value: Any) -> None:
        self._may("Color")
        for area in self._cells._areas:
            area.color = int(value)

    @reads
    def ColorIndex(self) -> int | None:
        colours = self._colours()
        if len(colours) > 1 or "mixed" in colours:
            return None
        return NONE if colours == {None} else 3

    @ColorIndex.sets
    def _set_color_index(self, value: Any) -> None:
        self._may("ColorIndex")
        if value not in (NONE, AUTOMATIC, 0):
            raise not_settable(self._of, "ColorIndex")  # the palette is not modelled
        for area in self._cells._areas:
            area.color = None

    @reads
    def Pattern(self) -> int | None:
        colours = self._colours()
        if len(colours) > 1 or "mixed" in colours:
            return None
        return NONE if colours == {None} else SOLID

    @Pattern.sets
    def _set_pattern(self, value: Any) -> None:
        self._may("Pattern")
        if value == NONE:
            for area in self._cells._areas:
                area.color = None


def _fill(area: Any) -> Any:
    from addin.calc.program.bridge import is_mixed

    return "mixed" if is_mixed(area.cells, "CellBackColor") else area.color


def _shared(values: "list[Any]") -> Any:
    return values[0] if all(one == values[0] for one in values) else None


class Font(Look):
    """The font; a property is None where the cells differ."""

    def _get(self, name: str) -> Any:
        return _shared([getattr(area.font, name) for area in self._cells._areas])

    def _set(self, member: str, name: str, value: Any) -> None:
        self._may(member)
        for area in self._cells._areas:
            setattr(area.font, name, value)

    @reads
    def Bold(self) -> Any:
        return self._get("bold")

    @Bold.sets
    def _set_bold(self, value: Any) -> None:
        self._set("Bold", "bold", bool(value))

    @reads
    def Italic(self) -> Any:
        return self._get("italic")

    @Italic.sets
    def _set_italic(self, value: Any) -> None:
        self._set("Italic", "italic", bool(value))

    @reads
    def Size(self) -> Any:
        return self._get("size")

    @Size.sets
    def _set_size(self, value: Any) -> None:
        self._set("Size", "size", value)

    @reads
    def Name(self) -> Any:
        return self._get("name")

    @Name.sets
    def _set_name(self, value: Any) -> None:
        self._set("Name", "name", value)

    @reads
    def Color(self) -> float | None:
        colour = self._get("color")
        return None if colour is None else to_number(colour)

    @Color.sets
    def _set_color(self, value: Any) -> None:
        self._set("Color", "color", int(value))


class Borders(Look):
    """The lines around cells: that they may be changed, not how they look."""

    def _item(self, *arguments: Any) -> Any:
        (side,) = arguments
        if side not in _LINES:
            raise not_settable(self._of, "Item")
        return Border(self._cells)

    @reads
    def LineStyle(self) -> int:
        return NONE

    @LineStyle.sets
    def _set_line_style(self, value: Any) -> None:
        self._may("LineStyle")


class Border(Look):
    """One side."""

    @reads
    def LineStyle(self) -> int:
        return NONE

    @LineStyle.sets
    def _set_line_style(self, value: Any) -> None:
        self._may("LineStyle")

    @reads
    def Weight(self) -> int:
        return 2

    @Weight.sets
    def _set_weight(self, value: Any) -> None:
        self._may("Weight")

    @reads
    def Color(self) -> float:
        return 0.0

    @Color.sets
    def _set_color(self, value: Any) -> None:
        self._may("Color")

    @acts
    def Delete(self) -> None:
        self._may("Delete")
