"""A chart's legend."""

from typing import Any, Final

from xlwings import base_classes

from addin.calc.program.bridge import enum, struct

_POSITION: Final = "com.sun.star.chart.ChartLegendPosition"
_CORNER: Final = "TOP_RIGHT"


class ChartLegend(base_classes.ChartLegend):
    """The legend."""

    api: Any = None  # a property of the base class, a plain attribute here

    def __init__(self, document: Any) -> None:
        self.api = document

    @property
    def visible(self) -> bool:
        """Whether it is shown."""
        return bool(self.api.HasLegend)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.api.HasLegend = bool(value)

    @property
    def _place(self) -> Any:
        """Where the legend was put freely; None where it stands at a side."""
        return self.api.getFirstDiagram().getLegend().RelativePosition

    @property
    def position(self) -> str | None:
        """top, bottom, left, right or corner; None where it is hidden or stands elsewhere."""
        if not self.visible:
            return None
        if (place := self._place) is not None:
            is_corner = place.Anchor.value == _CORNER and (place.Primary, place.Secondary) == (1, 0)
            return "corner" if is_corner else None
        word = str(self.api.getLegend().Alignment.value).lower()
        return None if word == "none" else word

    @position.setter
    def position(self, value: str) -> None:
        self.visible = True
        word = "RIGHT" if value == "corner" else value.upper()
        self.api.getLegend().Alignment = enum(_POSITION, word)
        if value == "corner":  # to Calc a free place, at the right end of the upper edge
            self.api.getFirstDiagram().getLegend().RelativePosition = struct(
                "com.sun.star.chart2.RelativePosition",
                Primary=1.0,
                Secondary=0.0,
                Anchor=enum("com.sun.star.drawing.Alignment", _CORNER),
            )
