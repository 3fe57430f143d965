"""A chart's series."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple, cast

from xlwings import base_classes

from addin.calc.drawings.chart_types import SERIES_TYPES, read_series_type, read_type
from addin.calc.notation import units
from addin.calc.program.bridge import enum
from addin.calc.program.office import Office

_UNSET: Final = base_classes._UNSET
_SYMBOL: Final = "com.sun.star.chart2.SymbolStyle"
# Calc's standard symbols; where two words mean one of them, the first is read.
_MARKERS: Final = {
    "square": 0, "diamond": 1, "triangle": 3, "circle": 8, "dot": 8, "x": 10, "plus": 11,
    "star": 12, "dash": 13,
}  # fmt: skip
_STYLES: Final = {"automatic": "AUTO", "none": "NONE"}
_LINES: Final = ("LineChartType", "ScatterChartType", "NetChartType")
# com.sun.star.chart.ChartAxisAssign
_AXES: Final = {"primary": 2, "secondary": 4}


class _Place(NamedTuple):
    """A series of Calc with the chart type that draws it."""

    system: Any
    kind: Any
    api: Any


class ChartSeries:
    """One series, by its place in the chart, from 0."""

    def __init__(self, document: Any, office: "Office", index: int) -> None:
        self.document = document
        self.office = office
        self.index = index

    @property
    def _place(self) -> _Place:
        return _places(self.document)[self.index]

    @property
    def api(self) -> Any:
        """Calc's series."""
        return self._place.api

    @property
    def name(self) -> str:
        """The series' name."""
        return _name(self.api, self.index)

    @property
    def _is_line(self) -> bool:
        return str(self._place.kind.getChartType()).rpartition(".")[2] in _LINES

    @property
    def line_color(self) -> units.Colour:
        """The colour of the line, or of an area's border."""
        return units.to_rgb(self.api.Color if self._is_line else self.api.BorderColor)

    @property
    def fill_color(self) -> units.Colour | None:
        """The colour of an area, or of a line's markers."""
        return self.marker_background_color if self._is_line else units.to_rgb(self.api.Color)

    @property
    def marker_style(self) -> str:
        """The kind of marker at each point."""
        symbol = self.api.Symbol
        for word, style in _STYLES.items():
            if symbol.Style.value == style:
                return word
        found = symbol.StandardSymbol
        return next((word for word, number in _MARKERS.items() if number == found), "automatic")

    @property
    def marker_size(self) -> int:
        """The markers' width in points."""
        width: int = self.api.Symbol.Size.Width
        return round(width / units.HMM_PER_POINT)

    @property
    def marker_foreground_color(self) -> units.Colour | None:
        """The colour of the markers' border; None without markers of a chosen kind."""
        return self._symbol_color("BorderColor")

    @property
    def marker_background_color(self) -> units.Colour | None:
        """The colour inside of the markers; None without markers of a chosen kind."""
        return self._symbol_color("FillColor")

    def _symbol_color(self, name: str) -> units.Colour | None:
        symbol = self.api.Symbol
        return units.to_rgb(getattr(symbol, name)) if symbol.Style.value == "STANDARD" else None

    @property
    def chart_type(self) -> str:
        """The type in xlwings' words."""
        if len({str(place.kind.getChartType()) for place in _places(self.document)}) == 1:
            return read_type(self.document.getDiagram())
        return read_series_type(self._place.kind, self.api)

    @property
    def axis_group(self) -> str:
        """Whether it is drawn on the primary or the secondary axes."""
        return "secondary" if self.api.AttachedAxisIndex else "primary"

    def set(self, **changes: Any) -> None:
        """Change what is given."""
        given = {name: value for name, value in changes.items() if value is not _UNSET}
        for name in ("chart_type", "axis_group"):  # on which the meaning of colours depends
            if name in given:
                getattr(self, f"_set_{name}")(given.pop(name))
        for name, value in given.items():
            if name.endswith("color"):
                getattr(self, f"_set_{name}")(units.from_rgb(value))
            else:
                getattr(self, f"_set_{name}")(value)

    def _set_name(self, value: str) -> None:
        quoted = '"' + value.replace('"', '""') + '"'
        label = self.document.getDataProvider().createDataSequenceByRangeRepresentation(quoted)
        self.api.getDataSequences()[0].setLabel(label)

    def _set_chart_type(self, value: str) -> None:
        """Draw the series in another way; Calc puts it behind those that are drawn as before."""
        if value not in SERIES_TYPES:
            raise NotImplementedError(f"LibreOffice draws no single series as {value!r}.")
        service, style = SERIES_TYPES[value]
        system, kind, api = self._place
        if kind.getChartType() != service:
            others = system.getChartTypes()
            target = next((one for one in others if one.getChartType() == service), None)
            if target is None:
                target = self.office.service(service)
                system.addChartType(target)
            kind.removeDataSeries(api)
            target.addDataSeries(api)
            if not kind.getDataSeries():
                system.removeChartType(kind)
            self.index = next(
                index for index, one in enumerate(_places(self.document)) if one.api == api
            )
        if style:
            self._change_symbol(Style=enum(_SYMBOL, style))

    def _set_axis_group(self, value: str) -> None:
        diagram = self.document.getDiagram()
        diagram.getDataRowProperties(self.index).Axis = _AXES[value]
        if not any(place.api.AttachedAxisIndex for place in _places(self.document)):
            diagram.HasSecondaryYAxis = diagram.HasSecondaryXAxis = False

    def _set_line_color(self, number: int) -> None:
        if self._is_line:
            self.api.Color = number
        else:
            self.api.BorderStyle = enum("com.sun.star.drawing.LineStyle", "SOLID")
            self.api.BorderColor = number

    def _set_fill_color(self, number: int) -> None:
        if self._is_line:
            self._set_marker_background_color(number)
        else:
            self.api.Color = number

    def _set_marker_style(self, value: str) -> None:
        if value in _STYLES:
            self._change_symbol(Style=enum(_SYMBOL, _STYLES[value]))
        else:
            style = enum(_SYMBOL, "STANDARD")
            self._change_symbol(Style=style, StandardSymbol=_MARKERS[value])

    def _set_marker_size(self, value: int) -> None:
        size = self.api.Symbol.Size
        size.Width = size.Height = units.to_hmm(value)
        self._change_symbol(Size=size)

    def _set_marker_foreground_color(self, number: int) -> None:
        self._change_symbol(Style=enum(_SYMBOL, "STANDARD"), BorderColor=number)

    def _set_marker_background_color(self, number: int) -> None:
        self._change_symbol(Style=enum(_SYMBOL, "STANDARD"), FillColor=number)

    def _change_symbol(self, **fields: Any) -> None:
        symbol = self.api.Symbol
        for name, value in fields.items():
            setattr(symbol, name, value)
        self.api.Symbol = symbol


class ChartSeriesCollection(base_classes.ChartSeriesCollection):
    """The series of a chart, by name or place."""

    api: Any = cast("Any", None)  # a property of the base class, a plain attribute here

    def __init__(self, document: Any, office: "Office") -> None:
        self.api = document
        self.office = office

    def __len__(self) -> int:
        return len(_places(self.api))

    def __iter__(self) -> Iterator[ChartSeries]:
        return (ChartSeries(self.api, self.office, index) for index in range(len(self)))

    def __call__(self, key: str | int) -> ChartSeries:
        """The series of a name, or at a place, from 1; KeyError where there is none."""
        for number, series in enumerate(self, 1):
            if key in (number, series.name):
                return series
        raise KeyError(key)

    def __contains__(self, key: str | int) -> bool:
        return any(key in (number, series.name) for number, series in enumerate(self, 1))


def _places(document: Any) -> list[_Place]:
    """The series of a chart in their order; none where it has no source yet."""
    diagram = document.getFirstDiagram()
    if diagram is None:
        return []
    return [
        _Place(system, kind, series)
        for system in diagram.getCoordinateSystems()
        for kind in system.getChartTypes()
        for series in kind.getDataSeries()
    ]


def _name(series: Any, index: int) -> str:
    """What a series' label says; `Series1` and so on where it has none, as in Excel."""
    label = series.getDataSequences()[0].getLabel()
    return " ".join(label.getTextualData()) if label else f"Series{index + 1}"
