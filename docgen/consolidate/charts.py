"""The charts of a group: who is first and last, and the levels' totals beside one another."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.series import Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from docgen.batch.sheets import HEAD_ROW, new_sheet, put_figure, put_text
from docgen.consolidate.levels import Level, first_split
from docgen.consolidate.model import Group
from docgen.consolidate.ranking import Ranking
from workbook.across.summing import summing
from workbook.form.field import Field
from workbook.making.styles import BAND, PLAIN, dress, figure_format
from workbook.saving.book import FormBook

_ENDS: Final = 10  # units at either end of a ranking
_MOST_BARS: Final = 24
_FIRST, _LAST, _TOTAL = "FF2E75B6", "FFC55A11", "FF548235"
_CHART_AT: Final = "D"
_ROWS_OF_CHART: Final = 20  # at least, so that charts below one another do not meet
_ROW_CM: Final = 0.53
_ON_A_PAGE: Final = 3  # charts


class _Bars(NamedTuple):
    """What a chart shows: a bar for each name."""

    title: str
    field: Field
    bars: Sequence[tuple[str, Decimal]]
    color: str


def write_charts(book: FormBook, group: Group, found: Sequence[Level], order: Ranking) -> None:
    """A sheet of charts, each beside the figures that it shows; none where there is little."""
    shown = [
        one
        for one in (*_ranked(order), *_totals(group, found))
        if len({bar[1] for bar in one.bars}) > 1
    ]
    if not shown:
        return
    columns = [("名称", 32.0), ("数", 15.0)]
    sheet = new_sheet(
        book, f"图表 {group.label}", f"{group.title}:左边的数就是图里的数", columns, 0
    )
    row = HEAD_ROW + 1
    for drawn, one in enumerate(shown, start=1):
        dress(sheet.cell(row, 1), BAND)
        dress(sheet.cell(row, 2), BAND)
        put_text(sheet, row, 1, one.title, BAND)
        for number, (name, value) in enumerate(one.bars, start=row + 1):
            put_text(sheet, number, 1, name, PLAIN)
            put_figure(sheet, number, 2, f"{value:f}", one.field.places)
        height = max(len(one.bars) + 2, _ROWS_OF_CHART)
        sheet.add_chart(_chart(sheet, one, row, height), f"{_CHART_AT}{row}")
        row += height + 1
        if drawn % _ON_A_PAGE == 0:
            sheet.row_breaks.append(Break(id=row - 1))
    sheet.page_setup.orientation = "portrait"


def _ranked(order: Ranking) -> Iterator[_Bars]:
    """Of each figure of the ranking the highest, and where there are many the lowest too."""
    for field in order.fields:
        known = [(part, part.figure(field.key)) for part, _ in order.rows]
        bars = [(part.entry.unit, value) for part, value in known if value is not None]
        bars.sort(key=lambda bar: -bar[1])
        if len(bars) <= 2 * _ENDS:
            yield _Bars(_titled(f"各单位{field.name}", field), field, bars, _FIRST)
            continue
        yield _Bars(_titled(f"{field.name}最高的 {_ENDS} 个", field), field, bars[:_ENDS], _FIRST)
        yield _Bars(_titled(f"{field.name}最低的 {_ENDS} 个", field), field, bars[-_ENDS:], _LAST)


def _totals(group: Group, found: Sequence[Level]) -> Iterator[_Bars]:
    """The amount that the kind names, else its largest, by the units right below the whole."""
    key = summing(group.kind).chart or _largest(group, found[0])
    if key in group.fields:
        field = group.fields[key]
        split = [one for one in first_split(found) if key in one.sums]
        bars = sorted(((one.name, one.sums[key]) for one in split), key=lambda bar: -bar[1])
        yield _Bars(_titled(f"各级{field.name}", field), field, bars[:_MOST_BARS], _TOTAL)


def _largest(group: Group, whole: Level) -> str:
    money = [key for key, one in group.fields.items() if one.unit.endswith("元")]
    return max(money, key=lambda key: whole.sums[key], default="")


def _titled(words: str, field: Field) -> str:
    return f"{words}({field.unit})" if field.unit else words


def _chart(sheet: Worksheet, shown: _Bars, row: int, height: int) -> BarChart:
    """Lying bars, the first at the top, each with its figure."""
    chart = BarChart()
    chart.type, chart.style, chart.gapWidth = "bar", 10, 40
    chart.title, chart.legend = _title(shown.title), None
    last = row + len(shown.bars)
    names, figures = (
        str(Reference(sheet, min_col=column, min_row=row + 1, max_row=last)) for column in (1, 2)
    )
    cells = [str(sheet.cell(number, 1).value) for number in range(row + 1, last + 1)]
    series = Series(idx=0, order=0)
    # With what stands in the cells: where nothing calculates, a chart shows what was saved with it.
    series.cat = AxDataSource(strRef=StrRef(names, _texts(cells)))
    series.val = NumDataSource(numRef=NumRef(figures, _numbers([value for _, value in shown.bars])))
    chart.series.append(series)
    series.graphicalProperties = GraphicalProperties(solidFill=shown.color[2:])
    series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False)
    series.dLbls.showLegendKey = series.dLbls.showPercent = False
    series.dLbls.numFmt = figure_format(shown.field.places or 0)
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = False
    chart.y_axis.delete = True
    chart.y_axis.majorGridlines = None
    chart.y_axis.scaling.min = min(Decimal(0), *(value for _, value in shown.bars))
    chart.x_axis.txPr = series.dLbls.txPr = _small()
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(noFill=True))
    chart.layout = Layout(
        manualLayout=ManualLayout(x=0.3, y=0.14, w=0.6, h=0.84, xMode="edge", yMode="edge")
    )
    chart.roundedCorners = False
    chart.width, chart.height = 19, min(height, _MOST_BARS + 2) * _ROW_CM
    return chart


def _texts(names: Sequence[str]) -> StrData:
    points = [StrVal(idx=n, v=name) for n, name in enumerate(names)]
    return StrData(ptCount=len(points), pt=points)


def _numbers(figures: Sequence[Decimal]) -> NumData:
    points = [NumVal(idx=n, v=float(figure)) for n, figure in enumerate(figures)]
    return NumData(formatCode="General", ptCount=len(points), pt=points)


def _title(words: str) -> Title:
    letters = CharacterProperties(sz=1200, b=True)
    line = Paragraph(
        pPr=ParagraphProperties(defRPr=letters), r=[RegularTextRun(rPr=letters, t=words)]
    )
    return Title(tx=Text(rich=RichText(p=[line])), overlay=False)


def _small() -> RichText:
    letters = CharacterProperties(sz=900)
    line = Paragraph(pPr=ParagraphProperties(defRPr=letters), endParaRPr=letters)
    line.r = []  # openpyxl would put an empty one there
    return RichText(p=[line])
