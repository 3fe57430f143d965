"""What nobody could tell of a report, in few lines for 待定.md: a line for each paragraph."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from docgen.adopting.choosing.times import YEAR
from docgen.adopting.report import AdoptedReport
from docgen.naming.printing import printed_ways
from docgen.template.model.sourced import MINUS
from workbook.adopting.model import Asked, Found
from workbook.adopting.writing import sample_value
from workbook.reading.spots import Spot
from workbook.viewing.boxes import Value

_MOST_KEYS: Final = 4  # that one figure may be
_MOST_FORMULAS: Final = 12
_MOST_UNPLACED: Final = 30
_NEGATIVE: Final = re.compile(r"[-－]\d")
_LONG: Final = 60  # letters of a paragraph
_NO_CELL: Final = "没有这样的一格"


def listed(report: AdoptedReport, found: Found, context: Mapping[str, Any]) -> list[str]:
    """The lines on figures that stayed, on years that stayed, and on cells without a place."""
    elsewhere = _elsewhere(found, context)
    said: dict[str, dict[str, list[str]]] = {}
    for figure, text in report.literal:
        reason = elsewhere.get(figure, _NO_CELL)
        said.setdefault(text, {}).setdefault(reason, []).append(figure)
    for figure, text, keys in report.ambiguous:
        reason = f"可能是{_named(keys, _MOST_KEYS)}"
        said.setdefault(text, {}).setdefault(reason, []).append(figure)
    lines = [
        f"{';'.join(f'{_figures(some)}{reason}' for reason, some in reasons.items())}"
        f",照原样留着。原文:{text if len(text) <= _LONG else f'{text[:_LONG]}…'}"
        for text, reasons in said.items()
    ]
    if hyphens := sum(_NEGATIVE.match(one.text) is not None for one in report.tags):
        lines.append(f"{hyphens} 处负数前的连字符印成了负号「{MINUS}」,它后面不会换行。")
    if some := [f"{figure} = {formula}" for figure, formula in report.calculated]:
        shown = "、".join(some[:_MOST_FORMULAS])
        rest = f"等 {len(some)} 处" if some[_MOST_FORMULAS:] else ""
        lines.append(f"没有这一格,照句子里的两个数写成算式的:{shown}{rest}。请核对。")
    lines += _pinned(report)
    lines += _years(report, found)
    if unplaced := report.unplaced:
        lines.append(f"报告里没有找到的 {len(unplaced)} 项:{_named(unplaced, _MOST_UNPLACED)}。")
    return lines


def _pinned(report: AdoptedReport) -> Iterator[str]:
    """What is said of the names of last year's rows that stand in the template."""
    counted = Counter((one.table, one.words) for one in report.pinned)
    for table in dict.fromkeys(one.table for one in report.pinned):
        some = [f"「{words}」({n} 处)" for (of, words), n in counted.items() if of == table]
        shown = "、".join(some[:_MOST_KEYS]) + (f"等 {len(some)} 个" if some[_MOST_KEYS:] else "")
        yield (
            f"照去年的名称取数,没有做成循环:「{table}」里的{shown}。今年改了名或没有这一项,"
            "报告里会印空格,并说没有谁;请把那几句改成今年的。"
        )


def _figures(some: Sequence[str]) -> str:
    return f"{'、'.join(dict.fromkeys(some))} "


def _named(keys: Sequence[str], most: int) -> str:
    named = "、".join(f"「{key}」" for key in keys[:most])
    return named if len(keys) <= most else f"{named}等 {len(keys)} 项"


def _elsewhere(found: Found, context: Mapping[str, Any]) -> dict[str, str]:
    """Where a figure stands that no tag of a single cell prints, by its text."""
    places: dict[str, list[str]] = {}
    for table in found.tables():
        columns = {one.key: one for one in table.columns}
        for number, row in zip(table.numbers, table.rows, strict=True):
            for key, value in row.items():
                spot = Spot(table.sheet, number, columns[key].spot.column)
                for text in _texts(columns[key], value):
                    places.setdefault(text, []).append(str(spot.place))
    told = {text: f"在明细表 {_some(some)}里" for text, some in places.items()}
    for one in found.asked():
        if one.compute and one.value is not None:
            made = context.get(one.key)
            for text in {*_texts(one, one.value)} - {*_printed(one, made)}:
                told[text] = f"是 {one.spot.place} 里的数,和算出来的{made or '不适用'}不一样"
    return told


def _some(places: Sequence[str]) -> str:
    return f"{places[0]} 等 {len(places)} 格" if len(places) > 1 else f"{places[0]} "


def _texts(one: Asked, value: Value) -> Iterator[str]:
    return _printed(one, sample_value(value, one))


def _printed(one: Asked, value: Any) -> Iterator[str]:
    if not isinstance(value, str):
        yield from (way.text for way in printed_ways("", value, one.unit) if way.is_exact)


def _years(report: AdoptedReport, found: Found) -> Iterator[str]:
    """What is said of the years that stayed: next year they will be last year's."""
    counted = Counter(report.years)
    counted.update(YEAR.findall(found.title))
    if not counted:
        return
    some = "、".join(f"{year}年({count} 处)" for year, count in counted.most_common())
    field = next((one for one in found.asked() if one.type == "year"), None)
    yield f"年份照原样留着:{some},明年不会跟着变。" + (
        f"是当年的请改成 {{{{ {field.key} }}}}年。"
        if field
        else "表里没有填年度的一格:建议在表里加一格「年度:」再做一遍,年份就会换成 {{ 年度 }}年。"
    )
