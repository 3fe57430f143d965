"""A chart's axes."""

from typing import Any, Final

import xlwings as xw
from xlwings import base_classes

from addin.calc.notation.number_formats import Formats
from addin.calc.program.bridge import enum

_UNSET: Final = base_classes._UNSET
_SCALES: Final = {"minimum_scale": "Min", "maximum_scale": "Max", "major_unit": "StepMain"}
_POSITION: Final = "com.sun.star.chart.ChartAxisPosition"
_CROSSES: Final = {"automatic": "ZERO", "minimum": "START", "maximum": "END", "custom": "VALUE"}
_OTHER: Final = {"X": "Y", "Y": "X", "SecondaryX": "SecondaryY", "SecondaryY": "SecondaryX"}


class ChartAxis:
    """One axis: X, Y, SecondaryX or SecondaryY.

    As in Excel, only an axis that is shown has anything but its visibility, and secondary axes are
    there as long as a series is drawn on them: otherwise XlwingsError.
    """

    def __init__(self, document: Any, formats: "Formats", which: str) -> None:
        self.document = document
        self.formats = formats  # of the book: its charts share them
        self.which = which

    @property
    def _diagram(self) -> Any:
        if "Secondary" in self.which and not _has_secondary(self.document):
            raise xw.XlwingsError(
                "The chart has no secondary axis group. Give a series the axis_group 'secondary'."
            )
        return self.document.getDiagram()

    def _axis(self, which: str) -> Any:
        return getattr(self._diagram, f"get{which}Axis")()

    @property
    def _shown(self) -> Any:
        """Calc's axis; XlwingsError where it is hidden."""
        if not self.visible:
            group = "secondary" if "Secondary" in self.which else "primary"
            kind = "category" if self.which.endswith("X") else "value"
            raise xw.XlwingsError(f"The chart has no visible {group} {kind} axis.")
        return self._axis(self.which)

    @property
    def api(self) -> Any:
        """Calc's axis; None where it is hidden."""
        return self._axis(self.which) if self.visible else None

    @property
    def title(self) -> str | None:
        """The title; None where it, or the axis, is hidden."""
        if not self.visible or not getattr(self._diagram, f"Has{self.which}AxisTitle"):
            return None
        return str(self._axis(self.which).getAxisTitle().String)

    @property
    def minimum_scale(self) -> float:
        """Where the axis begins."""
        return float(self._shown.Min)

    @property
    def maximum_scale(self) -> float:
        """Where the axis ends."""
        return float(self._shown.Max)

    @property
    def major_unit(self) -> float:
        """The distance between two of its ticks."""
        return float(self._shown.StepMain)

    @property
    def number_format(self) -> str:
        """The format of its numbers, in Excel's notation."""
        return self.formats.text(self._shown.NumberFormat)

    @property
    def visible(self) -> bool:
        """Whether it is shown."""
        return bool(getattr(self._diagram, f"Has{self.which}Axis"))

    @property
    def reverse_order(self) -> bool:
        """Whether it runs backwards."""
        return bool(self._shown.ReverseDirection)

    @property
    def crosses(self) -> str:
        """Where the other axis crosses this one: automatic, minimum, maximum or custom."""
        position = self._axis(_OTHER[self.which]).CrossoverPosition.value
        return next(word for word, name in _CROSSES.items() if name == position)

    def set(self, **changes: Any) -> None:
        """Change what is given; None makes a scale automatic and hides a title."""
        given = {name: value for name, value in changes.items() if value is not _UNSET}
        visible = given.pop("visible", None)
        if visible or (given and visible is False):  # a hidden axis can be given nothing
            self._show(True)
        for name, value in given.items():
            if name == "title":
                self._set_title(value)
            elif name in _SCALES:
                self._scale(_SCALES[name], value)
            else:
                getattr(self, f"_set_{name}")(value)
        if visible is False:
            self._show(False)

    def _show(self, value: bool) -> None:
        setattr(self._diagram, f"Has{self.which}Axis", value)

    def _set_title(self, value: str | None) -> None:
        if value is not None:
            self._show(True)
        elif not self.visible:
            return
        setattr(self._diagram, f"Has{self.which}AxisTitle", value is not None)
        if value is not None:
            self._axis(self.which).getAxisTitle().String = value

    def _scale(self, name: str, value: float | None) -> None:
        axis = self._shown
        setattr(axis, f"Auto{name}", value is None)
        if value is not None:
            setattr(axis, name, value)

    def _set_number_format(self, value: str) -> None:
        axis = self._shown
        axis.LinkNumberFormatToSource = False
        axis.NumberFormat = self.formats.key(value)

    def _set_reverse_order(self, value: bool) -> None:
        self._shown.ReverseDirection = value

    def _set_crosses(self, value: str) -> None:
        self._axis(_OTHER[self.which]).CrossoverPosition = enum(_POSITION, _CROSSES[value])


def _has_secondary(document: Any) -> bool:
    """Whether a series is drawn on the secondary axes."""
    diagram = document.getFirstDiagram()
    return diagram is not None and any(
        series.AttachedAxisIndex
        for system in diagram.getCoordinateSystems()
        for kind in system.getChartTypes()
        for series in kind.getDataSeries()
    )
