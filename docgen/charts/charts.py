"""Charts as values: `{{ 图 }}` prints a chart that Word can edit, figures and workbook included."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from docgen.charts.chart_book import CHINESE_BOOK, ENGLISH_BOOK, BookLook, Number, chart_book
from docgen.charts.chart_xml import CHINESE, ENGLISH, OPENINGS, Kind, Letters, chart_xml
from docgen.template.model.sourced import Source
from docgen.template.model.text import text_of
from docgen.template.rich.pictures import inline, mm
from docgen.template.word.changes import RELATIONSHIPS, relations_name
from docgen.template.word.names import CHART, R_NS
from docgen.template.write.site import Content, Site
from workbook.catalogue.model import Language

CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
BOOK_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PACKAGE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"
# The text of an official page has a fixed line pitch, under which Word shows a strip of a chart.
_PARAGRAPH: Final = (
    '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr>'
)


LOOKS: Final[dict[Language, tuple[Letters, BookLook]]] = {
    "zh": (CHINESE, CHINESE_BOOK),
    "en": (ENGLISH, ENGLISH_BOOK),
}


@dataclass(frozen=True)
class Chart:
    """A pie, bar, column or line chart; sizes in EMU (`mm(150)`); a pie has the first series.

    A chart that stands `alone` brings a centred paragraph of its own, for `{{p 图 }}`; any other
    stands in the line of text.
    """

    kind: Kind
    categories: Sequence[str]
    series: Mapping[str, Sequence[Number]]
    title: str = ""
    width: int = mm(150)
    height: int = mm(80)
    alt: str = ""
    alone: bool = False
    language: Language = "zh"

    def __post_init__(self) -> None:
        if self.kind not in OPENINGS:
            raise ValueError(f"没有这种图:{self.kind}")
        for name, values in self.series.items():
            if len(values) != len(self.categories):
                raise ValueError(
                    f"「{name}」有 {len(values)} 个数,类别有 {len(self.categories)} 个"
                )

    def __word__(self, site: Site) -> Content:
        """The chart in a run, with a mark around it where figures are marked."""
        identity = site.relate("chart", _added(self, site))
        graphic = (
            f'<a:graphicData uri="{CHART}"><c:chart xmlns:c="{CHART}" xmlns:r="{R_NS}"'
            f' r:id="{identity}"/></a:graphicData>'
        )
        run = inline(graphic, self.width, self.height, self.alt or self.title)
        if marks := site.rendering.marks:
            run = marks.drawn(run, site, list(self.figures()))
        if self.alone:
            return Content("paragraph", f"<w:p>{_PARAGRAPH}{run}</w:p>")
        return Content("run", run)

    def figures(self) -> Iterator[tuple[str, Source]]:
        """The figures that know their cell, as they are written in the chart."""
        for values in self.series.values():
            for value in values:
                if source := getattr(value, "source", None):
                    yield text_of(value), source


def _added(chart: Chart, site: Site) -> str:
    """The name of the chart's part, which leads to its workbook's."""
    changes = site.rendering.changes
    categories = [str(category) for category in chart.categories]
    series = list(chart.series.items())[: 1 if chart.kind == "pie" else None]
    letters, look = LOOKS[chart.language]
    data = chart_xml(chart.kind, chart.title, categories, dict(series), letters).encode()
    name = changes.add("word/charts/chart{}.xml", data, CHART_TYPE)
    workbook = chart_book(categories, chart.series, look)
    book = changes.add("word/embeddings/chart{}.xlsx", workbook, BOOK_TYPE)
    changes.put(
        relations_name(name),
        f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="rId1" Type="{PACKAGE}"'
        f' Target="/{book}"/></Relationships>'.encode(),
    )
    return name
