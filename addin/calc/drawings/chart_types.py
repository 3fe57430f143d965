"""Chart types in xlwings' words, and the diagrams of Calc that draw them."""

from typing import Any, Final, NamedTuple

_CHART: Final = "com.sun.star.chart."
COMBINED: Final = "combination"
_CHART_2: Final = "com.sun.star.chart2."
_EXTENSIONS: Final = {"": (False, False), "_stacked": (True, False), "_stacked_100": (False, True)}
_NO_SYMBOL: Final = -3
_AUTOMATIC_SYMBOL: Final = -1


class _Look(NamedTuple):
    """A diagram, and the properties that make it one of its kinds.

    `_Look("Bar", stacked=True)` is column_stacked, and `_Look("Pie", solid=True)` is 3d_pie.
    """

    diagram: str
    stacked: bool = False
    percent: bool = False
    vertical: bool = False
    solid: bool = False
    shape: int = 0
    symbols: bool = False
    lines: bool = True
    spline: int = 0


def _looks() -> dict[str, _Look]:
    looks = {}
    for end, (stacked, percent) in _EXTENSIONS.items():
        clustered = end or "_clustered"
        for name, vertical in (("column", False), ("bar", True)):
            flat = _Look("Bar", stacked, percent, vertical)
            looks[name + clustered] = flat
            looks[f"3d_{name}{clustered}"] = flat._replace(solid=True)
            for shape, word in ((1, "cylinder"), (2, "cone"), (3, "pyramid")):
                short = "col" if name == "column" else name
                looks[f"{word}_{short}{clustered}"] = flat._replace(solid=True, shape=shape)
        looks[f"area{end}"] = _Look("Area", stacked, percent)
        looks[f"3d_area{end}"] = _Look("Area", stacked, percent, solid=True)
        looks[f"line{end}"] = _Look("Line", stacked, percent)
        looks[f"line_markers{end}"] = _Look("Line", stacked, percent, symbols=True)
    return looks


_LOOKS: Final = _looks() | {
    "3d_column": _Look("Bar", solid=True),
    "3d_line": _Look("Line", solid=True),
    "pie": _Look("Pie"),
    "pie_exploded": _Look("Pie"),
    "pie_of_pie": _Look("Pie"),
    "bar_of_pie": _Look("Pie"),
    "3d_pie": _Look("Pie", solid=True),
    "3d_pie_exploded": _Look("Pie", solid=True),
    "doughnut": _Look("Donut"),
    "doughnut_exploded": _Look("Donut"),
    "xy_scatter": _Look("XY", symbols=True, lines=False),
    "xy_scatter_lines": _Look("XY", symbols=True),
    "xy_scatter_lines_no_markers": _Look("XY"),
    "xy_scatter_smooth": _Look("XY", symbols=True, spline=1),
    "xy_scatter_smooth_no_markers": _Look("XY", spline=1),
    "radar": _Look("Net"),
    "radar_markers": _Look("Net", symbols=True),
    "radar_filled": _Look("FilledNet"),
    "bubble": _Look("Bubble"),
    "bubble_3d_effect": _Look("Bubble"),
    "stock_hlc": _Look("Stock"),
    "stock_ohlc": _Look("Stock"),
}


# How a single series of a chart of columns can be drawn: Calc's chart type, its symbols.
SERIES_TYPES: Final = {
    "column_clustered": (f"{_CHART_2}ColumnChartType", ""),
    "line": (f"{_CHART_2}LineChartType", "NONE"),
    "line_markers": (f"{_CHART_2}LineChartType", "AUTO"),
    "area": (f"{_CHART_2}AreaChartType", ""),
}


def read_series_type(kind: Any, series: Any) -> str:
    """The type of one series in xlwings' words; `kind` is the chart type of Calc that draws it."""
    has_markers = str(series.Symbol.Style.value) != "NONE"
    words = [word for word, (service, _) in SERIES_TYPES.items() if service == kind.getChartType()]
    return words[-1 if has_markers else 0] if words else COMBINED


def is_combined(document: Any) -> bool:
    """Whether a chart draws its series in more than one way."""
    diagram = document.getFirstDiagram()
    systems = diagram.getCoordinateSystems() if diagram else ()
    return any(len(system.getChartTypes()) > 1 for system in systems)


def write_type(document: Any, word: str) -> None:
    """Give a chart another type; ValueError for the few that Calc cannot draw."""
    look = _LOOKS.get(word)
    if look is None:
        raise ValueError(f"LibreOffice draws no chart of the type {word!r}.")
    diagram = document.createInstance(f"{_CHART}{look.diagram}Diagram")
    document.setDiagram(diagram)
    _set(diagram, "Dim3D", look.solid)
    _set(diagram, "Stacked", look.stacked)
    _set(diagram, "Percent", look.percent)
    _set(diagram, "Vertical", look.vertical)
    if look.solid:
        _set(diagram, "SolidType", look.shape)
    _set(diagram, "SymbolType", _AUTOMATIC_SYMBOL if look.symbols else _NO_SYMBOL)
    _set(diagram, "Lines", look.lines)
    _set(diagram, "SplineType", look.spline)


def read_type(diagram: Any) -> str:
    """The type of a diagram in xlwings' words."""
    kind = str(diagram.getDiagramType()).removeprefix(_CHART).removesuffix("Diagram")
    is_line = kind in ("Line", "XY", "Net")
    solid = bool(_get(diagram, "Dim3D", False))
    is_bar = kind == "Bar"
    look = _Look(
        kind,
        bool(_get(diagram, "Stacked", False)) and not _get(diagram, "Percent", False),
        bool(_get(diagram, "Percent", False)),
        is_bar and bool(_get(diagram, "Vertical", False)),
        solid,
        int(_get(diagram, "SolidType", 0)) if solid and is_bar else 0,
        is_line and _get(diagram, "SymbolType", _NO_SYMBOL) != _NO_SYMBOL,
        kind != "XY" or bool(_get(diagram, "Lines", True)),
        int(_get(diagram, "SplineType", 0)) if kind == "XY" else 0,
    )
    return next((word for word, one in _LOOKS.items() if one == look), COMBINED)


def _get(diagram: Any, name: str, default: Any) -> Any:
    found = getattr(diagram, name, None)
    return default if found is None else found


def _set(diagram: Any, name: str, value: Any) -> None:
    if diagram.getPropertySetInfo().hasPropertyByName(name):
        diagram.setPropertyValue(name, value)
