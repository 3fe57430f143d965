"""The XML of a chart: black on white, in the norm's fonts, with a figure at each part of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from docgen.charts.chart_book import SHEET, Number, column_letter, number_format
from docgen.norm import HEADING_FONT, NUMBER_FONT
from docgen.template.model.text import text_of
from docgen.template.word.names import CHART, DRAWING, R_NS
from docgen.template.word.xml import plain_text

Kind = Literal["pie", "bar", "column", "line"]

_CLUSTERED: Final = '<c:grouping val="clustered"/><c:varyColors val="0"/>'
OPENINGS: Final = {
    "pie": '<c:pieChart><c:varyColors val="1"/>',
    "bar": f'<c:barChart><c:barDir val="bar"/>{_CLUSTERED}',
    "column": f'<c:barChart><c:barDir val="col"/>{_CLUSTERED}',
    "line": '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>',
}
_CLOSINGS: Final = {
    "pie": '<c:firstSliceAng val="0"/></c:pieChart>',
    "bar": '<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>',
    "column": '<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>',
    "line": '<c:marker val="1"/><c:axId val="1"/><c:axId val="2"/></c:lineChart>',
}
_LABEL_PLACES: Final = {"pie": "bestFit", "bar": "outEnd", "column": "outEnd", "line": "t"}
# Greys that a photocopier keeps apart, neighbours unlike each other, each light enough for black
# letters on it: labels stand inside of large slices.
_GREYS: Final = ("BFBFBF", "F2F2F2", "999999", "FFFFFF", "D9D9D9", "A6A6A6")
_BLACK: Final = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
_NO_LINE: Final = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
_THIN: Final = f'<a:ln w="9525">{_BLACK}</a:ln>'
SMALL_PT, TITLE_PT = 10.5, 12  # 五号 and 小四


class Letters(NamedTuple):
    """The fonts of a chart's title and of all else, and the language that its words are in.

    `grouped` figures have their thousands apart, as English ones do.
    """

    heading: str
    small: str
    language: str
    grouped: bool = False


class Plotted(NamedTuple):
    """A series of a chart: its number and name, its figures, and the format that shows them."""

    number: int
    name: str
    values: Sequence[Number]
    code: str


CHINESE: Final = Letters(HEADING_FONT, NUMBER_FONT, "zh-CN")
ENGLISH: Final = Letters("Calibri", "Calibri", "en-US", grouped=True)


def chart_xml(
    kind: Kind,
    title: str,
    categories: Sequence[str],
    series: Mapping[str, Sequence[Number]],
    letters: Letters = CHINESE,
) -> str:
    """The chart part; its figures lie on the sheet that `chart_book` makes of the same."""
    plots = "".join(
        _series(
            kind, categories, Plotted(number, name, values, number_format(values, letters.grouped))
        )
        for number, (name, values) in enumerate(series.items())
    )
    heading = _title(title, letters) if title else '<c:autoTitleDeleted val="1"/>'
    axes = "" if kind == "pie" else _axes(kind, series)
    small = _font(letters.small, SMALL_PT, letters)
    legend = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="{DRAWING}" xmlns:r="{R_NS}">'
        f'<c:roundedCorners val="0"/><c:chart>{heading}<c:plotArea><c:layout/>'
        f"{OPENINGS[kind]}{plots}{_CLOSINGS[kind]}{axes}{_NO_LINE}</c:plotArea>"
        f"{legend if len(series) > 1 else ''}"
        f'<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>{_NO_LINE}'
        f"<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr {small}</a:defRPr>"
        f'</a:pPr><a:endParaRPr lang="{letters.language}"/></a:p></c:txPr>'
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _font(name: str, points: float, letters: Letters) -> str:
    """Attributes and content of run properties; the element's name and end are the caller's."""
    faces = "".join(f'<a:{script} typeface="{name}"/>' for script in ("latin", "ea", "cs"))
    return f'lang="{letters.language}" sz="{points * 100:.0f}" b="0">{_BLACK}{faces}'


def _title(title: str, letters: Letters) -> str:
    font = _font(letters.heading, TITLE_PT, letters)
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr {font}"
        f"</a:rPr><a:t>{plain_text(title)}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
    )


def _series(kind: Kind, categories: Sequence[str], plotted: Plotted) -> str:
    number, name, values, code = plotted
    last, letter = len(categories) + 1, column_letter(number + 1)
    figures = [None if value is None else text_of(value) for value in values]
    invert = '<c:invertIfNegative val="0"/>' if kind in ("bar", "column") else ""
    look = _line_look(number) if kind == "line" else _fill(number)
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef>'
        f"<c:f>{SHEET}!${letter}$1</c:f><c:strCache>{_points([name])}</c:strCache></c:strRef></c:tx>"
        f"{look}{invert}{''.join(_slices(kind, values))}{_labels(kind, values, code)}"
        f"<c:cat><c:strRef><c:f>{SHEET}!$A$2:$A${last}</c:f>"
        f"<c:strCache>{_points(categories)}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{SHEET}!${letter}$2:${letter}${last}</c:f><c:numCache>"
        f"<c:formatCode>{code}</c:formatCode>{_points(figures)}</c:numCache>"
        "</c:numRef></c:val></c:ser>"
    )


def _points(values: Sequence[str | None]) -> str:
    points = "".join(
        f'<c:pt idx="{index}"><c:v>{plain_text(value)}</c:v></c:pt>'
        for index, value in enumerate(values)
        if value is not None
    )
    return f'<c:ptCount val="{len(values)}"/>{points}'


def _fill(number: int) -> str:
    grey = _GREYS[number % len(_GREYS)]
    return f'<c:spPr><a:solidFill><a:srgbClr val="{grey}"/></a:solidFill>{_THIN}</c:spPr>'


def _line_look(number: int) -> str:
    """A line and its points; the lines differ in dashes and in the fill of their points."""
    dash = ("solid", "dash", "sysDot", "dashDot")[number % 4]
    return (
        f'<c:spPr><a:ln w="19050">{_BLACK}<a:prstDash val="{dash}"/></a:ln></c:spPr>'
        f'<c:marker><c:symbol val="circle"/><c:size val="6"/>{_fill(number)}</c:marker>'
    )


def _slices(kind: Kind, values: Sequence[Number]) -> Iterator[str]:
    for index in range(len(values)) if kind == "pie" else ():
        yield f'<c:dPt><c:idx val="{index}"/><c:bubble3D val="0"/>{_fill(index)}</c:dPt>'


def _labels(kind: Kind, values: Sequence[Number], code: str) -> str:
    """A figure at each part; a slice of nothing has none, it would stand on its neighbour's."""
    is_pie = kind == "pie"
    none = "".join(
        f'<c:dLbl><c:idx val="{index}"/><c:delete val="1"/></c:dLbl>'
        for index, value in enumerate(values)
        if is_pie and not value
    )
    shown = {"LegendKey": 0, "Val": 1, "CatName": is_pie, "SerName": 0, "Percent": is_pie,
             "BubbleSize": 0}  # fmt: skip
    flags = "".join(f'<c:show{name} val="{int(flag)}"/>' for name, flag in shown.items())
    # LibreOffice would write a slice's percentage in a format that is given for its figure.
    shape = f'<c:numFmt formatCode="{code}" sourceLinked="0"/>'
    leader = '<c:separator>\n</c:separator><c:showLeaderLines val="1"/>' if is_pie else ""
    return (
        f"<c:dLbls>{none}{'' if is_pie else shape}{_NO_LINE}"
        f'<c:dLblPos val="{_LABEL_PLACES[kind]}"/>{flags}{leader}</c:dLbls>'
    )


def _axes(kind: Kind, series: Mapping[str, Sequence[Number]]) -> str:
    """Categories along a black line; bars need no scale beside their figures, and begin at 0."""
    places = ("l", "b") if kind == "bar" else ("b", "l")
    bars = kind != "line"
    figures = [value for values in series.values() for value in values if value is not None]
    zero = '<c:min val="0"/>' if bars and min(figures, default=0) >= 0 else ""
    order = "maxMin" if kind == "bar" else "minMax"
    line = f"<c:spPr>{_THIN}</c:spPr>"
    return (
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{places[0]}"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{line}<c:crossAx val="2"/>'
        '<c:crosses val="autoZero"/></c:catAx>'
        f'<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>{zero}</c:scaling>'
        f'<c:delete val="{int(bars)}"/><c:axPos val="{places[1]}"/><c:majorTickMark val="out"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{line}<c:crossAx val="1"/>'
        '<c:crosses val="autoZero"/></c:valAx>'
    )
