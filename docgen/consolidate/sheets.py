"""The sheets of figures: the levels' totals, the units beside one another, their places."""

from collections.abc import Sequence
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from docgen.batch.sheets import HEAD_ROW, Columns, new_sheet, put_figure, put_text
from docgen.batch.units import Units
from docgen.consolidate.comparing import Change, Compared
from docgen.consolidate.levels import Level
from docgen.consolidate.model import Group, Part, Sums, named
from docgen.consolidate.ranking import Ranking
from workbook.making.styles import FIGURE, LABEL, PLAIN, dress, fit_row
from workbook.saving.book import FormBook

_NAME: Final = ("项目", 34.0)
_UNIT: Final = ("单位", 9.0)
_LEAD: Final = 2  # columns that say what a row is of
_FIGURE_WIDTH: Final = 15.0
_SCALE: Final = 70  # per cent
_ON_A_PAGE: Final = 6  # columns of figures beside the names, on A4 across
_MOST_UNITS: Final = 5_000  # with all their figures: a million cells take a gigabyte to write
_MOST_COLUMNS: Final = 16_000  # of a sheet; Excel takes 16,384


def write_levels(book: FormBook, group: Group, found: Sequence[Level], *, is_partial: bool) -> None:
    """A column for the whole and for each unit that others stand below, a row for each figure."""
    shown = _fitting(found)
    partial = ";有没有计入的,见“未计入”" if is_partial else ""
    cut = "" if len(shown) == len(found) else ";层级太多,最下面的没有列出"
    heads = [_NAME, _UNIT, *((one.name, _FIGURE_WIDTH) for one in shown)]
    told = f"{group.title}:逐级合计,只计入“通过”和“有警告”的{partial}{cut}"
    sheet = _wide_sheet(book, f"合计 {group.label}", told, heads)
    counts = {
        ("层级", ""): [one.depth for one in shown],
        ("应交", "本"): [one.due for one in shown],
        ("计入", "本"): [one.counted for one in shown],
    }
    for row, (words, numbers) in enumerate(counts.items(), start=HEAD_ROW + 1):
        _put_names(sheet, row, *words)
        for column, number in enumerate(numbers, start=3):
            dress(sheet.cell(row, column, number), FIGURE)
    for row, (key, field) in enumerate(group.fields.items(), start=HEAD_ROW + 1 + len(counts)):
        _put_names(sheet, row, named(key, field), field.unit)
        for column, one in enumerate(shown, start=3):
            put_figure(sheet, row, column, _text(one.sums, key), field.places)


def _fitting(found: Sequence[Level]) -> Sequence[Level]:
    """The levels for which a sheet has columns: where they are too many, without the lowest."""
    while len(found) > _MOST_COLUMNS:
        lowest = max(one.depth for one in found)
        found = [one for one in found if one.depth < lowest] or found[:1]
    return found


def write_units(book: FormBook, group: Group, order: Ranking) -> None:
    """A row for each unit in the order of the ranking, a column for each figure."""
    heads = [("单位", 30.0), ("单位代码", 14.0)]
    heads += [(_head(key, one.unit, group), _FIGURE_WIDTH) for key, one in group.fields.items()]
    told = f"{group.title}:各单位的数{',按名次排' if order.fields else ''}"
    if len(order.rows) > _MOST_UNITS:
        told += f";只列前 {_MOST_UNITS} 个,全部的请用 --parquet 或 --duckdb"
    sheet = _wide_sheet(book, f"单位 {group.label}", told, heads)
    for row, (part, _) in enumerate(order.rows[:_MOST_UNITS], start=HEAD_ROW + 1):
        _put_unit(sheet, row, part)
        for column, (key, field) in enumerate(group.fields.items(), start=3):
            put_figure(sheet, row, column, _text(part.sums, key), field.places)


def _head(key: str, unit: str, group: Group) -> str:
    return f"{named(key, group.fields[key])}({unit})"


def write_ranking(book: FormBook, group: Group, order: Ranking, units: Units) -> None:
    """The units by their places, the first figure's in front."""
    if not order.fields:
        return
    heads = [("单位", 34.0), ("单位代码", 16.0), ("上级", 24.0)]
    for one in order.fields:
        heads += [(f"{one.name}({one.unit})" if one.unit else one.name, 12.0), ("名次", 8.0)]
    names = "、".join(one.name for one in order.fields)
    told = f"{group.title}:按{names}从高到低;同分的名次相同,没有的排在后面"
    sheet = new_sheet(book, f"排名 {group.label}", told, heads)
    over = {(one.name, one.code): one.above for one in units.all}
    for row, (part, found) in enumerate(order.rows, start=HEAD_ROW + 1):
        _put_unit(sheet, row, part)
        put_text(sheet, row, 3, over.get((part.entry.unit, part.entry.code), ""), PLAIN)
        for number, (field, place) in enumerate(zip(order.fields, found, strict=True)):
            figure = part.figure(field.key)
            text = "" if figure is None else f"{figure:f}"
            put_figure(sheet, row, 4 + 2 * number, text, field.places)
            dress(sheet.cell(row, 5 + 2 * number, place), FIGURE)


def write_compared(book: FormBook, group: Group, beside: Compared) -> None:
    """For each level four columns, a row for each figure; below them who came and who went."""
    groups = [(level.name, changes) for level, changes in beside.changes]
    told = f"{group.title}:本期与{beside.before}比;上期是 0 或负数的不算增减率"
    if beside.whole is not None:
        groups.insert(0, ("全部单位", beside.whole))
        told += ";除“全部单位”外,只比两期都计入的单位"
    columns = [
        (f"{name}\n{head}", 12.0)
        for name, _ in groups
        for head in ("本期", "上期", "增减额", "增减率%")
    ]
    title = f"对比 {group.label}"
    sheet = _wide_sheet(book, title, told, [_NAME, _UNIT, *columns], step=8)
    fit_row(sheet, HEAD_ROW, 36)
    row = HEAD_ROW
    for row, (key, field) in enumerate(beside.fields.items(), start=HEAD_ROW + 1):
        _put_names(sheet, row, named(key, field), field.unit)
        for number, (_, changes) in enumerate(groups):
            _put_change(sheet, row, 3 + 4 * number, changes[key], field.places)
    _put_came_and_went(sheet, row + 2, beside)


def _put_change(
    sheet: Worksheet, row: int, column: int, change: Change, places: int | None
) -> None:
    for number, figure in enumerate((change.now, change.before, change.amount)):
        text = "" if figure is None else f"{figure:f}"
        put_figure(sheet, row, column + number, text, places)
    put_figure(sheet, row, column + 3, "" if change.rate is None else f"{change.rate:f}", 2)


def _put_came_and_went(sheet: Worksheet, row: int, beside: Compared) -> None:
    for title, listed in (("新增的单位", beside.new), ("减少的单位", beside.gone)):
        for part, why in listed:
            put_text(sheet, row, 1, f"{title}:{part.entry.unit}", LABEL)
            put_text(sheet, row, 2, "", LABEL)
            put_text(sheet, row, 3, why, PLAIN)
            sheet.merge_cells(start_row=row, end_row=row, start_column=3, end_column=6)
            row += 1


def _wide_sheet(
    book: FormBook, title: str, words: str, heads: Columns, step: int = _ON_A_PAGE
) -> Worksheet:
    """A sheet that may be many pages wide: the first columns and the heads are on each of them."""
    sheet = new_sheet(book, title, words, heads, _LEAD)
    sheet.print_title_cols = f"A:{get_column_letter(_LEAD)}"
    if len(heads) > _LEAD + step:
        properties = sheet.sheet_properties.pageSetUpPr
        assert properties is not None
        properties.fitToPage = False
        sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = None
        sheet.page_setup.scale = _SCALE
        for column in range(_LEAD + step, len(heads), step):
            sheet.col_breaks.append(Break(id=column))
    return sheet


def _put_names(sheet: Worksheet, row: int, name: str, unit: str) -> None:
    put_text(sheet, row, 1, name, LABEL)
    put_text(sheet, row, 2, unit, LABEL)


def _put_unit(sheet: Worksheet, row: int, part: Part) -> None:
    put_text(sheet, row, 1, part.entry.unit, PLAIN)
    put_text(sheet, row, 2, part.entry.code, PLAIN)


def _text(sums: Sums, key: str) -> str:
    return f"{sums[key]:f}" if key in sums else ""
