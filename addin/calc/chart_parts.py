"""A chart's legend, axes and series."""

from collections.abc import Iterator
from typing import Any, Final, cast

from xlwings import base_classes

from addin.calc import units
from addin.calc.bridge import enum

_UNSET: Final = base_classes._UNSET
_POSITION: Final = "com.sun.star.chart.ChartLegendPosition"
_SYMBOLS: Final = {
    "automatic": -1, "none": -3, "square": 0, "diamond": 1, "triangle": 3, "x": 10,
    "star": 12, "dot": 8, "dash": 13, "circle": 8, "plus": 11,
}  # fmt: skip


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
    def position(self) -> str | None:
        """top, bottom, left or right; None where it is not shown."""
        if not self.visible:
            return None
        word = str(self.api.getLegend().Alignment.value).lower()
        return None if word == "none" else word

    @position.setter
    def position(self, value: str) -> None:
        self.visible = True
        word = "RIGHT" if value == "corner" else value.upper()
        self.api.getLegend().Alignment = enum(_POSITION, word)


class ChartAxis:
    """One axis: X, Y, SecondaryX or SecondaryY."""

    def __init__(self, document: Any, which: str) -> None:
        self.document = document
        self.which = which

    @property
    def _diagram(self) -> Any:
        return self.document.getDiagram()

    @property
    def api(self) -> Any:
        """Calc's axis."""
        return getattr(self._diagram, f"{self.which}Axis")

    @property
    def title(self) -> str | None:
        """The title; None where it is hidden."""
        if not getattr(self._diagram, f"Has{self.which}AxisTitle"):
            return None
        return str(getattr(self._diagram, f"{self.which}AxisTitle").String)

    @property
    def minimum_scale(self) -> float:
        """Where the axis begins."""
        return float(self.api.Min)

    @property
    def maximum_scale(self) -> float:
        """Where the axis ends."""
        return float(self.api.Max)

    @property
    def major_unit(self) -> float:
        """The distance of its marks."""
        return float(self.api.StepMain)

    @property
    def visible(self) -> bool:
        """Whether it is shown."""
        return bool(getattr(self._diagram, f"Has{self.which}Axis"))

    @property
    def reverse_order(self) -> bool:
        """Whether it runs backwards."""
        return bool(self.api.ReverseDirection)

    def set(self, **changes: Any) -> None:
        """Change what is given; None makes a scale automatic and hides a title."""
        given = {name: value for name, value in changes.items() if value is not _UNSET}
        scales = {
            "minimum_scale": "Min", "maximum_scale": "Max", "major_unit": "StepMain",
        }  # fmt: skip
        for name, value in given.items():
            if name in scales:
                self._scale(scales[name], value)
            elif name == "title":
                setattr(self._diagram, f"Has{self.which}AxisTitle", value is not None)
                if value is not None:
                    getattr(self._diagram, f"{self.which}AxisTitle").String = value
            elif name == "visible":
                setattr(self._diagram, f"Has{self.which}Axis", value)
            elif name == "reverse_order":
                self.api.ReverseDirection = value
            else:
                raise NotImplementedError(f"An axis' {name} cannot be set in LibreOffice.")

    def _scale(self, name: str, value: float | None) -> None:
        axis = self.api
        setattr(axis, f"Auto{name}", value is None)
        if value is not None:
            setattr(axis, name, value)


class ChartSeries:
    """One series; its looks are those of its row in the chart's data."""

    def __init__(self, document: Any, index: int) -> None:
        self.document = document
        self.index = index

    @property
    def api(self) -> Any:
        """The series' properties."""
        return self.document.getDiagram().getDataRowProperties(self.index)

    @property
    def name(self) -> str:
        """The series' name."""
        label = data_series(self.document)[self.index].getDataSequences()[0].getLabel()
        return "".join(map(str, label.getData())) if label else ""

    @property
    def line_color(self) -> units.Colour:
        """The line's colour."""
        return units.to_rgb(self.api.Color)

    fill_color = line_color

    @property
    def marker_style(self) -> str:
        """The mark at each point."""
        found = self.api.SymbolType
        return next((word for word, number in _SYMBOLS.items() if number == found), "automatic")

    def set(self, **changes: Any) -> None:
        """Change the colour or the marks."""
        given = {name: value for name, value in changes.items() if value is not _UNSET}
        for name, value in given.items():
            if name in ("line_color", "fill_color"):
                self.api.Color = units.from_rgb(value)
            elif name == "marker_style":
                self.api.SymbolType = _SYMBOLS[value]
            else:
                raise NotImplementedError(f"A series' {name} cannot be set in LibreOffice.")


class ChartSeriesCollection(base_classes.ChartSeriesCollection):
    """The series of a chart, by name or place."""

    api: Any = cast("Any", None)  # a property of the base class, a plain attribute here

    def __init__(self, document: Any) -> None:
        self.api = document

    def __len__(self) -> int:
        return len(data_series(self.api))

    def __iter__(self) -> Iterator[ChartSeries]:
        return (ChartSeries(self.api, index) for index in range(len(self)))

    def __call__(self, key: str | int) -> ChartSeries:
        """The series of a name, or at a place, from 1; KeyError where there is none."""
        for number, series in enumerate(self, 1):
            if key in (number, series.name):
                return series
        raise KeyError(key)

    def __contains__(self, key: str | int) -> bool:
        return any(key in (number, series.name) for number, series in enumerate(self, 1))


def data_series(document: Any) -> list[Any]:
    """The series of a chart in their order; none where it has no source yet."""
    diagram = document.getFirstDiagram()
    if diagram is None:
        return []
    return [
        series
        for system in diagram.getCoordinateSystems()
        for kind in system.getChartTypes()
        for series in kind.getDataSeries()
    ]
