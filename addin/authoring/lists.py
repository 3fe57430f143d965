"""设为明细表: the columns of the selected rows get names, by which a kind asks for a list."""

from collections.abc import Mapping
from typing import Any, Final

import xlwings as xw

from addin.authoring.form import Form, form_of, selected_spots
from addin.authoring.plans import Plan, give_names
from workbook.reading.named_columns import column_name
from workbook.reading.spots import Spot
from workbook.viewing.words import bare_words, is_note, is_total, key_of

MOST_CELLS: Final = 20_000
_WIDE: Final = 20  # columns in which a title is looked for
SELECT: Final = "请从表头那一行选起,选到最后一行要填的(不含合计),再点一次。"


def list_plan(book: xw.Book, selected: Any) -> Plan | str:
    """A name for each column of the selected rows, whose first one has the heads."""
    spots = selected_spots(selected, MOST_CELLS)
    if isinstance(spots, str):
        return spots
    form = form_of(book)
    if isinstance(form, str):
        return form
    first, last = spots[0], spots[-1]
    heads = {column: form.text(first._replace(column=column)) for column in _columns(first, last)}
    last = _without_totals(form, first, last)
    if last.row == first.row:
        return f"只有表头,没有要填的行。{SELECT}"
    if headless := next((column for column, head in heads.items() if not bare_words(head)), None):
        return f"{first._replace(column=headless).place} 没有表头的文字。{SELECT}"
    if why := _refused(form, first, last):
        return why
    return _plan(book, form, heads, (first, last))


def _columns(first: Spot, last: Spot) -> range:
    return range(first.column, last.column + 1)


def _without_totals(form: Form, first: Spot, last: Spot) -> Spot:
    """The last cell of the rows before those that are totals of the others."""
    row = last.row
    while row > first.row:
        texts = [form.text(Spot(last.sheet, row, column)) for column in _columns(first, last)]
        if not any(is_total(text) for text in texts):
            break
        row -= 1
    return last._replace(row=row)


def _refused(form: Form, first: Spot, last: Spot) -> str:
    """Why rows cannot be a list: they have cells that are merged, or are one or fields already."""
    for left, top, right, bottom in form.book.sheet(first.sheet).merged:
        inside = first.row <= bottom and top <= last.row
        if inside and left <= last.column and first.column <= right and (right > left):
            place = Spot(first.sheet, top, left).place
            return f"{place} 是横着合并的单元格,明细表里不能有。请先取消合并,再点一次。"
    for spot, name in form.names.items():
        is_inside = spot.sheet == first.sheet and first.row < spot.row <= last.row
        if is_inside and first.column <= spot.column <= last.column:
            return (
                f"{spot.place} 已经是填报项「{name}」。"
                "要收进明细表,请先在“公式 > 名称管理器”里删去这个名称。"
            )
    return ""


def _plan(
    book: xw.Book, form: Form, heads: Mapping[int, str], corners: tuple[Spot, Spot]
) -> Plan | str:
    first, last = corners
    taken = {name.casefold() for name in form.book.names}
    lists = {name.rpartition("_")[0] for name in taken}
    key = key_of(_title(form, first), taken | lists, first.sheet)
    inside: set[str] = set()
    columns = {key_of(head, inside): column for column, head in heads.items()}
    names = {
        column_name(key, name): (
            Spot(first.sheet, first.row + 1, column),
            Spot(first.sheet, last.row, column),
        )
        for name, column in columns.items()
    }
    if again := next((one for one in names if one.casefold() in taken), None):
        return f"名称「{again}」已经有了。请先在“公式 > 名称管理器”里删去它,再点一次。"
    count = last.row - first.row

    def do() -> str:
        give_names(book, names)
        return f"已设明细表「{key}」:{len(names)} 列、{count} 行。"

    rows = f"第 {first.row + 1} 至 {last.row} 行" if count > 1 else f"第 {last.row} 行"
    return Plan(f"把{rows}设为明细表「{key}」,各列是{'、'.join(columns)}?", do)


def _title(form: Form, first: Spot) -> str:
    """The words above the heads, else the sheet's name."""
    for row in range(first.row - 1, 0, -1):
        columns = range(1, first.column + _WIDE)
        texts = [form.text(Spot(first.sheet, row, column)) for column in columns]
        words = [text for text in texts if bare_words(text)]
        if len(words) == 1 and not is_note(words[0]):
            return words[0]
        if words:
            break
    return first.sheet
