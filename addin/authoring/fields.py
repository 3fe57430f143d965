"""设为填报项: the selected cells get names, by which a kind asks for them."""

from typing import Any, Final

import xlwings as xw

from addin.authoring.form import Form, form_of, selected_spots
from addin.authoring.plans import Plan, give_names
from workbook.reading.spots import Spot

MOST_CELLS: Final = 400
MOST_SHOWN: Final = 8


def fields_plan(book: xw.Book, selected: Any) -> Plan | str:
    """A name for each selected cell that is to be filled, or the sentence why there is none."""
    spots = selected_spots(selected, MOST_CELLS)
    if isinstance(spots, str):
        return spots
    form = form_of(book)
    if isinstance(form, str):
        return form
    wanted = [spot for spot in spots if _may_be_filled(form, spot, is_alone=len(spots) == 1)]
    if not wanted:
        return "选中的都是文字(标签、表头),没有要填的单元格。请选中要填的格子,再点一次。"
    if inside := next((one for one in wanted if form.table_at(one)), None):
        table, _ = form.table_at(inside) or (None, None)
        assert table is not None
        return (
            f"{inside.place} 在明细表「{table.key}」里,它的各列已经是填报项。"
            "请选明细表以外的单元格,再点一次。"
        )
    return _plan(book, form, wanted)


def _plan(book: xw.Book, form: Form, wanted: list[Spot]) -> Plan | str:
    taken = form.taken
    keys = {spot: form.key(spot, taken) for spot in wanted if spot not in form.names}
    if not keys:
        named = "、".join(f"{one.place}「{form.names[one]}」" for one in wanted[:MOST_SHOWN])
        return f"已经是填报项:{named}。要改名称,请到“公式 > 名称管理器”。"
    if nameless := next((spot for spot, key in keys.items() if not key), None):
        return f"{nameless.place} 的左边和上边都没有文字,不知道该叫什么。请先写上名称,再点一次。"
    shown = [f"{spot.place}「{key}」" for spot, key in list(keys.items())[:MOST_SHOWN]]
    more = f"……共 {len(keys)} 个" if len(keys) > len(shown) else ""
    question = f"设为填报项:{'、'.join(shown)}{more}?"

    def do() -> str:
        give_names(book, {key: (spot, spot) for spot, key in keys.items()})
        return f"已设 {len(keys)} 个填报项;名称可在“公式 > 名称管理器”里改。"

    return Plan(question, do)


def _may_be_filled(form: Form, spot: Spot, *, is_alone: bool) -> bool:
    """Whether a cell is no label: words count where they alone are selected, beside a label."""
    if (spot.row, spot.column) in form.book.sheet(spot.sheet).swallowed:
        return False
    is_known = spot in form.asked or spot in form.names or form.table_at(spot) is not None
    return is_known or not form.text(spot) or (is_alone and bool(form.label(spot)))
