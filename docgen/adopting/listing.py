"""What nobody could tell of a report, in few lines for 待定.md: a line for each paragraph."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
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
_MOST_UNPLACED: Final = 8
_MOST_SMALL: Final = 6
_SHOWN: Final = 12  # letters of a cell's text
_MOST_LETTERS: Final = 6  # of a text that is little more than its figure
_SAME_DIGITS: Final = 4
_SMALL: Final = re.compile(r"\d{1,2}|\d{4}年\d{1,2}月(?:\d{1,2}日)?|(?:19|20)\d\d")
_NEGATIVE: Final = re.compile(r"[-－]\d")
_LONG: Final = 60  # letters of a paragraph
_NO_CELL: Final = "没有这样的一格"


def listed(report: AdoptedReport, found: Found, context: Mapping[str, Any]) -> list[str]:
    """The lines on figures that stayed, on years that stayed, and on cells without a place."""
    elsewhere = _elsewhere(found, context)
    said: dict[str, dict[str, list[str]]] = {}
    small: list[str] = []
    for figure, text in report.literal:
        is_small = _SMALL.fullmatch(figure) is not None
        told = "" if is_small else elsewhere.get(figure, "")
        reason = told or _otherwise(figure, found, context)
        if not reason and is_small:
            small.append(figure)
            continue
        said.setdefault(text, {}).setdefault(reason or _NO_CELL, []).append(figure)
    for figure, text, keys in report.ambiguous:
        reason = f"可能是{_named(keys, _MOST_KEYS)}"
        if tag := report.proposed.get((figure, text)):
            reason += f"(是的话请换成 {tag})"
        said.setdefault(text, {}).setdefault(reason, []).append(figure)
    lines = [
        f"{';'.join(f'{_figures(some)}{reason}' for reason, some in reasons.items())}"
        f",照原样留着。原文:{text if len(text) <= _LONG else f'{text[:_LONG]}…'}"
        for text, reasons in said.items()
    ]
    if small:
        some = "、".join([*dict.fromkeys(small)][:_MOST_SMALL])
        lines.append(f"另有 {len(small)} 处日期和小数目没有这样的一格,照原样留着(如 {some})。")
    if hyphens := sum(_NEGATIVE.match(one.text) is not None for one in report.tags):
        lines.append(f"{hyphens} 处负数前的连字符印成了负号「{MINUS}」,它后面不会换行。")
    lines += _calculated(report)
    lines += _pinned(report)
    lines += _years(report, found)
    if unplaced := report.unplaced:
        lines.append(f"报告里没有找到的 {len(unplaced)} 项:{_named(unplaced, _MOST_UNPLACED)}。")
    return lines


def _calculated(report: AdoptedReport) -> Iterator[str]:
    """The formulas that stand in the template for figures that no cell holds."""
    some = [f"{figure} = {formula}" for figure, formula in report.calculated]
    if some:
        shown = "、".join(some[:_MOST_FORMULAS])
        rest = f"等 {len(some)} 处" if some[_MOST_FORMULAS:] else ""
        yield f"没有这一格,照句子里的两个数写成算式的:{shown}{rest}。请核对。"


def _otherwise(figure: str, found: Found, context: Mapping[str, Any]) -> str:
    """Where a figure without a cell of its own stands all the same: in words, or in another unit.

    One of one or two digits stands in too many words: of it only `≥36个` is told, and no date.
    """
    whole = re.compile(rf"(?<![\d.]){re.escape(figure)}(?![\d]|\.\d)")
    most = _MOST_LETTERS if _SMALL.fullmatch(figure) else None
    for spot, value in _words(found):
        if whole.search(value) and (most is None or len(value) <= most):
            return f"在 {spot.place} 的文字「{value[:_SHOWN]}」里,文字里的数取不出来"
    digits = figure.replace(",", "").replace(".", "").strip("0")
    for one in found.asked() if len(digits) >= _SAME_DIGITS else ():
        number = context.get(one.key)
        if isinstance(number, Decimal | int) and number and _digits_of(number) == digits:
            return f"和 {one.spot.place}「{one.key}」的数字一样,{_unlike(figure, one, number)}"
    return ""


def _unlike(figure: str, one: Asked, number: Decimal | int) -> str:
    """Why a cell with the digits of a figure is not it: another unit, a sign, or the words."""
    plain = Decimal(figure.replace(",", ""))
    if plain == number:
        return "但前后的话没有说清是它"
    if plain == -number:
        return "但这一格是负数,前面的词不会跟着正负变"
    return "单位对不上,没有换算"


def _words(found: Found) -> Iterator[tuple[Spot, str]]:
    """All texts that were typed, each with its cell."""
    for one in found.asked():
        if isinstance(one.value, str):
            yield one.spot, one.value
    for table in found.tables():
        columns = {one.key: one.spot.column for one in table.columns}
        for number, row in zip(table.numbers, table.rows, strict=True):
            for key, text in row.items():
                if isinstance(text, str):
                    yield Spot(table.sheet, number, columns[key]), text


def _digits_of(value: Decimal | int) -> str:
    return format(Decimal(value), "f").replace(".", "").strip("-0")


def _pinned(report: AdoptedReport) -> Iterator[str]:
    """What is said of the names of last year's rows that stand in the template."""
    counted = Counter((one.table, one.said) for one in report.pinned)
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
