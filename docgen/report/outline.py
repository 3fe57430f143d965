"""A report's sections as a template prints them: numbered, with the clerk's words and tables."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from docgen.report.filters import paragraphs
from docgen.template.model.sourced import Amount, Prose, Source, SourcedText
from workbook.catalogue.reports import TO_FILL
from workbook.figures.number_formats import number_format
from workbook.figures.numbers import decimals_of, from_excel, round_half_up
from workbook.form.model import Form
from workbook.form.outline import ADDED, OUTLINE, OWN_TITLE, RANGE, TEXT, TITLE
from workbook.form.sections import HEADINGS, PAGE, Section
from workbook.outline.numbers import heading_number
from workbook.outline.order import Placed, placed
from workbook.outline.ranges import MOST_DECIMALS, figure_of, is_figure
from workbook.reading.snapshot import RawCell
from workbook.reading.values import CellRange, Values

_UNRESOLVED: Final = re.compile(r"\{\{.*?\}\}")
Printed = Mapping[str, Any]


def section_rows(form: Form, values: Values, context: Printed) -> list[dict[str, Any]]:
    """The sections in the report, as the rows of a table 各节.

    `context` is what the template may print otherwise. A row's 级别 is blank where no heading is
    printed, 正文 are paragraphs, 内容 is the key of a section whose own content the template
    prints, 表格 are rows of cells.

    The row of an ordinary section: 级别 二级, 编号 （一）, 标题 基本支出情况, 正文 [], 内容
    基本支出情况, 表格 [], 是末节 False.
    """
    printed = [one for one in placed(form, values) if one.is_in and one.level != PAGE]
    return list(_rows(printed, values, context))


def page_rows(form: Form, values: Values, context: Printed) -> list[dict[str, Any]]:
    """The whole pages before the title, as rows of a table 整页 with the columns of 各节."""
    printed = [one for one in placed(form, values) if one.is_in and one.level == PAGE]
    return list(_rows(printed, values, context))


def _rows(sections: Sequence[Placed], values: Values, context: Printed) -> Iterator[dict[str, Any]]:
    counts = [0] * len(HEADINGS)
    for one in sections:
        number = heading_number(one.level, counts) if one.is_titled else ""
        text = list(_text(one, context))
        content = one.section.key if one.section and not one.is_own else ""
        if one.level == "段首" and not text and (one.is_own or not one.range.is_blank):
            text = [Prose("")]  # the words of its heading stand alone
        yield {
            "级别": one.level if one.is_titled else "",
            "编号": Prose(number),
            "标题": _title(one, context),
            "正文": text,
            "内容": content,
            "表格": _table(values.ranges.get(str(one.range.value), ())),
            "是末节": one is sections[-1],
        }
        if one.section and content:
            counts[-1] += _numbered(one.section, values)


def _numbered(section: Section, values: Values) -> int:
    """How many numbers of the lowest level the template's own content of a section takes."""
    number = section.numbered
    return number if isinstance(number, int) else len(values.tables.get(number, ()))


def _printed(one: Placed, column: str, context: Printed) -> Any:
    """What the context holds of a cell of the section's row."""
    return context[OUTLINE if one.section else ADDED][one.number][column]


def _title(one: Placed, context: Printed) -> Prose:
    """The words of the heading, which are no figure: only what they quote knows its cell."""
    is_own = one.title is not one.row[TITLE]
    words = _printed(one, OWN_TITLE if is_own else TITLE, context) or ""
    if _UNRESOLVED.search(words):  # in a draft: what it quotes is still to be filled
        return Prose(_UNRESOLVED.sub(TO_FILL.zh, words))
    return words if isinstance(words, Prose) else Prose(words)


def _text(one: Placed, context: Printed) -> Iterator[Any]:
    """What the clerk wrote in the outline, and the lines of the section's own field."""
    own = paragraphs(_printed(one, TEXT, context))
    yield from own
    if one.section is None or one.is_own:
        return
    yield from _of_field(one.section, context, is_alone=not own and one.range.is_blank)


def _of_field(section: Section, context: Printed, *, is_alone: bool) -> Iterator[Any]:
    lines = paragraphs(context.get(section.text)) if section.text else []
    yield from lines
    if not lines and section.empty and is_alone:
        yield Prose(section.empty)


def _table(cells: CellRange) -> list[list[Any]]:
    """The rows of a printed range.

    A figure has the decimals that its cell shows. Where its format leaves them open a whole number
    has none, and the others of a column have the same number.
    """
    columns = zip(*(map(_decimals, row) for row in cells), strict=True)
    places = [max(column) for column in columns]
    return [[_cell(cell, count) for cell, count in zip(row, places, strict=True)] for row in cells]


def _decimals(cell: RawCell) -> int:
    is_open = is_figure(cell) and number_format(cell.number_format).decimals is None
    return min(decimals_of(figure_of(cell)), MOST_DECIMALS) if is_open else 0


def _cell(cell: RawCell, places: int) -> Any:
    source = Source(f"{ADDED}[*].{RANGE}", str(cell.place))
    if is_figure(cell):
        figure, shown = figure_of(cell), number_format(cell.number_format).decimals
        if shown is None:
            shown = places if decimals_of(figure) else 0
        printed = round_half_up(figure, shown)
        if printed != figure or cell.is_percent:
            source = source._replace(raw=f"{from_excel(cell.value):f}")
        amount = Amount(printed, source)
        return SourcedText(f"{amount}%", source) if cell.is_percent else amount
    if cell.kind == "date":
        day = cell.value
        dated = source._replace(raw=f"{day:%Y-%m-%d}")
        return SourcedText(f"{day.year}年{day.month}月{day.day}日", dated)
    words = "" if cell.value is None else str(cell.value).strip()
    return SourcedText(words.upper() if cell.kind == "flag" else words, source)
