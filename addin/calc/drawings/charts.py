"""Charts on a sheet."""

from typing import Any

from xlwings import base_classes

from addin.calc.drawings.chart_axes import ChartAxis
from addin.calc.drawings.chart_legend import ChartLegend
from addin.calc.drawings.chart_series import ChartSeriesCollection
from addin.calc.drawings.chart_types import COMBINED, is_combined, read_type, write_type
from addin.calc.drawings.shapes import DRAWING, Collection, Drawn, is_chart
from addin.calc.looks.pages import without_header_and_footer
from addin.calc.notation import units
from addin.calc.places.model import Block
from addin.calc.program.bridge import enum, properties, struct, url
from addin.calc.program.documents import print_to_pdf

_SOURCE: str = "com.sun.star.chart.ChartDataRowSource"


class Chart(Drawn, base_classes.Chart):
    """A chart."""

    kind = "Chart"

    @property
    def document(self) -> Any:
        """The chart's own document, which holds its diagram."""
        return self.api.getPropertyValue("Model")

    @property
    def _table_chart(self) -> Any:
        return self.parent.api.getCharts().getByName(self.api.PersistName)

    @property
    def chart_type(self) -> str:
        """The type in xlwings' words."""
        document = self.document
        return COMBINED if is_combined(document) else read_type(document.getDiagram())

    @chart_type.setter
    def chart_type(self, value: str) -> None:
        plot_by = self.plot_by
        write_type(self.document, value)
        self.plot_by = plot_by  # which a new diagram forgets

    def set_source_data(self, rng: Block, plot_by: str | None = None) -> None:
        """Draw what stands in a range; a first row or column of texts is taken for names."""
        kind, name, title, chosen = self.chart_type, self.name, self.title, plot_by
        frame = (self.left, self.top, self.width, self.height)
        # Calc ignores a new range for a chart that was made without one: it is made anew.
        self.delete()
        self.api = Charts(self.parent).insert(name, frame, rng)
        self.title = title
        if kind != COMBINED:
            self.chart_type = kind
        if chosen:
            self.plot_by = chosen

    def set_x_axis_values(self, rng: Block) -> None:
        """Take the category names from a range: it becomes the first column of the source."""
        chart = self._table_chart
        chart.setRanges((rng.range_address, *chart.getRanges()))
        chart.setHasRowHeaders(True)

    @property
    def plot_by(self) -> str:
        """Whether each series is one of the rows or of the columns."""
        return str(self.document.getDiagram().DataRowSource.value).lower()

    @plot_by.setter
    def plot_by(self, value: str) -> None:
        if value == self.plot_by:
            return
        table = self._table_chart
        has_head, has_names = table.HasColumnHeaders, table.HasRowHeaders
        self.document.getDiagram().DataRowSource = enum(_SOURCE, value.upper())
        table.setHasColumnHeaders(has_head)  # Calc takes the one for the other now
        table.setHasRowHeaders(has_names)

    @property
    def title(self) -> str | None:
        """The title; None where it is hidden."""
        document = self.document
        return str(document.getTitle().String) if document.HasMainTitle else None

    @title.setter
    def title(self, value: str | None) -> None:
        self.document.HasMainTitle = value is not None
        if value is not None:
            self.document.getTitle().String = value

    @property
    def style(self) -> int:
        """The number that was set; Calc has no chart styles, and it is not saved."""
        return int(self.parent.book.kept.get(("chart style", self.name), 227))

    @style.setter
    def style(self, value: int) -> None:
        self.parent.book.kept["chart style", self.name] = value

    @property
    def legend(self) -> ChartLegend:
        """The legend."""
        return ChartLegend(self.document)

    def _axis(self, which: str) -> ChartAxis:
        return ChartAxis(self.document, self.parent.book.formats, which)

    category_axis = property(lambda self: self._axis("X"))
    value_axis = property(lambda self: self._axis("Y"))
    secondary_category_axis = property(lambda self: self._axis("SecondaryX"))
    secondary_value_axis = property(lambda self: self._axis("SecondaryY"))

    @property
    def series(self) -> ChartSeriesCollection:
        """The series."""
        return ChartSeriesCollection(self.document, self.parent.book.office)

    def to_png(self, path: str) -> None:
        """Draw the chart into a PNG file."""
        exporter = self.parent.book.office.service(f"{DRAWING}GraphicExportFilter")
        exporter.setSourceDocument(self.api)
        exporter.filter(properties(URL=url(path), MediaType="image/png"))

    def to_pdf(self, path: str, quality: str = "standard") -> None:
        """Print nothing but the chart into a PDF file, on a page of the sheet's size."""
        book = self.parent.book
        alone = book.office.service(f"{DRAWING}ShapeCollection")
        alone.add(self.api)
        with without_header_and_footer(self.parent):
            print_to_pdf(book.document, path, quality=quality, selection=alone)


class Charts(Collection[Chart], base_classes.Charts):
    """The charts of a sheet."""

    wrap = Chart

    def _belongs(self, api: Any) -> bool:
        return is_chart(api)

    def add(  # noqa: PLR0913, PLR0917 - xlwings' own signature
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        chart_type: str | None = None,
        source: Block | None = None,
        plot_by: str | None = None,
        name: str | None = None,
        anchor: Any = None,
        style: int | None = None,
    ) -> Chart:
        """A new chart, of columns if nothing else is said."""
        if anchor is not None:
            left, top = anchor.left, anchor.top
        chosen = name or self._free_name()
        chart = Chart(self.parent, self.insert(chosen, (left, top, width, height), source))
        if chart_type:
            chart.chart_type = chart_type
        if plot_by:
            chart.plot_by = plot_by
        if style is not None:
            chart.style = style
        return chart

    def insert(
        self, name: str, frame: tuple[float, float, float, float], source: Block | None
    ) -> Any:
        """A new chart's shape; a first row or column of texts in its source is taken for names."""
        left, top, width, height = map(units.to_hmm, frame)
        place = struct("com.sun.star.awt.Rectangle", X=left, Y=top, Width=width, Height=height)
        before = {one.api.PersistName for one in self}
        number = len(before) + 1
        charts = self.parent.api.getCharts()
        while charts.hasByName(f"Chart{number}"):
            number += 1
        data = source.cells.getDataArray() if source is not None else (("",),)
        has_head = any(isinstance(value, str) and value for value in data[0][1:])
        has_names = any(isinstance(row[0], str) and row[0] for row in data[1:])
        ranges = () if source is None else (source.range_address,)
        charts.addNewByName(f"Chart{number}", place, ranges, has_head, has_names)
        made = next(one for one in self if one.api.PersistName not in before)
        if len(data[0]) - has_names > len(data) - has_head:  # as Excel chooses
            made.plot_by = "rows"
        made.api.setName(name)
        return made.api
