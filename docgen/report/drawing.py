"""Charts made by a template alone, of fields or of a table's columns.

    {{p 项目|pie_chart("名称", "金额", title="项目支出(万元)") }}
    {{p {"人员经费": 人员经费, "公用经费": 公用经费}|pie_chart(title="支出构成(万元)") }}

Sizes in millimetres. Where there is nothing to draw, no figure or none but 0, `empty` stands in
the chart's place; where a draft still waits for one, the draft's mark.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, Literal

from docgen.charts.charts import Chart
from docgen.report.context import ToFill
from docgen.template.model.text import text_of
from docgen.template.rich.pictures import mm
from workbook.catalogue.reports import AMOUNT, NOTHING_DRAWN

Data = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None
Series = dict[str, list[Any]]

NOTHING: Final = NOTHING_DRAWN.zh
WIDTH, HEIGHT = 150, 80
MOST_HEIGHT = 220  # of the 225 mm of an official page


def pie_chart(  # noqa: PLR0913 - what a chart can be asked for
    data: Data,
    label: str = "",
    value: str = "",
    *,
    title: str = "",
    width: float = WIDTH,
    height: float = HEIGHT,
    empty: str = NOTHING,
) -> Chart | str:
    """Slices of a whole; a negative figure is no slice, so bars are drawn where there is one."""
    columns = [value] if value else []
    categories, series = _taken(data, label, columns, title)
    negative = any(_is_number(one) and one < 0 for one in next(iter(series.values()), []))
    kind: Literal["bar", "pie"] = "bar" if negative else "pie"
    return _drawn(kind, categories, series, (title, width, height, empty))


def bar_chart(  # noqa: PLR0913 - the same
    data: Data,
    label: str = "",
    *values: str,
    title: str = "",
    width: float = WIDTH,
    height: float | None = None,
    empty: str = NOTHING,
) -> Chart | str:
    """Bars from left to right, first row on top; as high as its bars need unless told."""
    categories, series = _taken(data, label, values, title)
    needed = min(20 + len(categories) * (4 + 5 * len(series)), MOST_HEIGHT)
    return _drawn("bar", categories, series, (title, width, height or needed, empty))


def column_chart(  # noqa: PLR0913 - the same
    data: Data,
    label: str = "",
    *values: str,
    title: str = "",
    width: float = WIDTH,
    height: float = HEIGHT,
    empty: str = NOTHING,
) -> Chart | str:
    """Columns side by side, one for each of the table's columns `values`."""
    categories, series = _taken(data, label, values, title)
    return _drawn("column", categories, series, (title, width, height, empty))


def _taken(data: Data, label: str, values: Sequence[str], title: str) -> tuple[list[Any], Series]:
    """The categories and series of fields by name, or of rows by column."""
    if isinstance(data, Mapping):
        return list(data), {title or AMOUNT.zh: list(data.values())}
    if not label or not values:
        raise ValueError("表的图要写两个列名,先是名称,后是数")
    rows = list(data or ())
    missing = [one for one in (label, *values) for row in rows if one not in row]
    if missing:
        raise ValueError(f"表里没有「{missing[0]}」这一列")
    return [row[label] for row in rows], {one: [row[one] for row in rows] for one in values}


def _drawn(
    kind: Literal["pie", "bar", "column"],
    categories: Sequence[Any],
    series: Series,
    options: tuple[str, float, float, str],
) -> Chart | str:
    title, width, height, empty = options
    figures = [figure for values in series.values() for figure in values]
    if due := _due([*categories, *figures]):
        return due
    for figure in figures:
        if figure is not None and not _is_number(figure):
            raise TypeError(f"「{figure}」不是数")
    if not any(figures):
        return empty
    names = [text_of(category) for category in categories]
    listed = ",".join(name for name in names if name)
    alt = f"{title}:{listed}" if title else listed
    return Chart(kind, names, series, title, mm(width), mm(height), alt, alone=True)


def _due(values: Iterable[Any]) -> ToFill | None:
    return next((value for value in values if isinstance(value, ToFill)), None)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
