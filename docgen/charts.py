"""Charts as values: `{{ 图 }}` prints a chart that Word can edit, figures and workbook included."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Final, Literal

from docgen.additions import RELATIONSHIPS, relations_name
from docgen.content import Content, Site
from docgen.names import CHART, DRAWING, R_NS
from docgen.package import deflated, pack, replaced, unpack
from docgen.pictures import inline, mm
from docgen.values import plain_text, words

Kind = Literal["pie", "bar", "column", "line"]
Number = int | float | Decimal | None

CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
BOOK_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PACKAGE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"
CORE: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
SHEET: Final = "Sheet1"
_OPENINGS: Final = {
    "pie": '<c:pieChart><c:varyColors val="1"/>',
    "bar": '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>',
    "column": (
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
    ),
    "line": '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>',
}
_CLOSINGS: Final = {
    "pie": '<c:firstSliceAng val="0"/></c:pieChart>',
    "bar": '<c:gapWidth val="100"/><c:axId val="1"/><c:axId val="2"/></c:barChart>',
    "column": '<c:gapWidth val="100"/><c:axId val="1"/><c:axId val="2"/></c:barChart>',
    "line": '<c:marker val="1"/><c:axId val="1"/><c:axId val="2"/></c:lineChart>',
}


@dataclass(frozen=True)
class Chart:
    """A pie, bar, column or line chart; sizes in EMU (`mm(150)`); a pie shows the first series."""

    kind: Kind
    categories: Sequence[str]
    series: Mapping[str, Sequence[Number]]
    title: str = ""
    width: int = mm(150)
    height: int = mm(80)
    alt: str = ""

    def __post_init__(self) -> None:
        if self.kind not in _OPENINGS:
            raise ValueError(f"没有这种图:{self.kind}")
        for name, values in self.series.items():
            if len(values) != len(self.categories):
                raise ValueError(
                    f"「{name}」有 {len(values)} 个数,类别有 {len(self.categories)} 个"
                )

    def __word__(self, site: Site) -> Content:
        """A run with the chart."""
        additions = site.rendering.additions
        data = chart_part(self).encode()
        name = additions.add("word/charts/chart{}.xml", data, CHART_TYPE)
        book = additions.add("word/embeddings/chart{}.xlsx", workbook(self), BOOK_TYPE)
        additions.put(
            relations_name(name),
            f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="rId1" Type="{PACKAGE}"'
            f' Target="/{book}"/></Relationships>'.encode(),
        )
        identity = site.relate("chart", name)
        graphic = (
            f'<a:graphicData uri="{CHART}"><c:chart xmlns:c="{CHART}" xmlns:r="{R_NS}"'
            f' r:id="{identity}"/></a:graphicData>'
        )
        return Content("run", inline(graphic, self.width, self.height, self.alt or self.title))


def workbook(chart: Chart) -> bytes:
    """The workbook that Word opens for 编辑数据; the same chart gives the same bytes."""
    from openpyxl import Workbook  # noqa: PLC0415 - only documents with charts pay

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    columns = [("", chart.categories), *chart.series.items()]
    for column, (name, values) in enumerate(columns, 1):
        for row, value in enumerate((name, *values), 1):
            cell = sheet.cell(row, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
    buffer = BytesIO()
    book.save(buffer)
    package = replaced(unpack(buffer.getvalue()), [deflated("docProps/core.xml", CORE)])
    return b"".join(pack(package))


def chart_part(chart: Chart) -> str:
    """The XML of the chart."""
    series = list(chart.series.items())[: 1 if chart.kind == "pie" else None]
    plots = "".join(_series(chart, n, name, values) for n, (name, values) in enumerate(series))
    axes = "" if chart.kind == "pie" else _axes(chart.kind)
    title = _title(chart.title) if chart.title else '<c:autoTitleDeleted val="1"/>'
    legend = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="{DRAWING}" xmlns:r="{R_NS}">'
        f'<c:roundedCorners val="0"/><c:chart>{title}<c:plotArea><c:layout/>'
        f"{_OPENINGS[chart.kind]}{plots}{_labels(chart.kind)}{_CLOSINGS[chart.kind]}{axes}"
        f'</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _title(title: str) -> str:
    return (
        "<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>"
        f"{plain_text(title)}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
    )


def _labels(kind: str) -> str:
    shown = "1" if kind == "pie" else "0"
    flags = {"LegendKey": "0", "Val": shown, "CatName": "0", "SerName": "0", "Percent": shown,
             "BubbleSize": "0"}  # fmt: skip
    return "<c:dLbls>" + "".join(f'<c:show{k} val="{v}"/>' for k, v in flags.items()) + "</c:dLbls>"


def _series(chart: Chart, number: int, name: str, values: Sequence[Number]) -> str:
    last = len(chart.categories) + 1
    letter = _letter(number + 1)
    name_cell = f"{SHEET}!${letter}$1"
    texts = _points([str(category) for category in chart.categories])
    figures = _points([None if value is None else words(value) for value in values])
    marker = '<c:marker><c:symbol val="circle"/></c:marker>' if chart.kind == "line" else ""
    invert = '<c:invertIfNegative val="0"/>' if chart.kind in ("bar", "column") else ""
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef>'
        f"<c:f>{name_cell}</c:f><c:strCache>{_points([name])}</c:strCache></c:strRef></c:tx>"
        f"{invert}{marker}<c:cat><c:strRef><c:f>{SHEET}!$A$2:$A${last}</c:f>"
        f"<c:strCache>{texts}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{SHEET}!${letter}$2:${letter}${last}</c:f>"
        f"<c:numCache><c:formatCode>General</c:formatCode>{figures}</c:numCache></c:numRef>"
        "</c:val></c:ser>"
    )


def _points(values: Sequence[str | None]) -> str:
    points = "".join(
        f'<c:pt idx="{index}"><c:v>{plain_text(value)}</c:v></c:pt>'
        for index, value in enumerate(values)
        if value is not None
    )
    return f'<c:ptCount val="{len(values)}"/>{points}'


def _letter(index: int) -> str:
    """The letter of a sheet's column, counted from 0."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def _axes(kind: str) -> str:
    places = ("l", "b") if kind == "bar" else ("b", "l")
    scaling = '<c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
    return (
        f'<c:catAx><c:axId val="1"/>{scaling}<c:axPos val="{places[0]}"/><c:crossAx val="2"/>'
        f'</c:catAx><c:valAx><c:axId val="2"/>{scaling}<c:axPos val="{places[1]}"/>'
        '<c:majorGridlines/><c:crossAx val="1"/></c:valAx>'
    )
