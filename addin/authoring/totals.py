"""设为合计规则: a total and its parts become a rule in the sheet 规则."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import xlwings as xw

from addin.authoring.form import Form, form_of, selected_spots
from addin.authoring.plans import Plan, give_names
from addin.authoring.rule_rows import add_rule, ids_in, why_no_rules
from workbook.form.grid import OF_WHICH
from workbook.reading.spots import Spot
from workbook.viewing.formulas import cells_read
from workbook.viewing.words import bare_words

MOST_CELLS: Final = 100
SELECT: Final = (
    "请选中合计和它的各组成数(连在一起的一行或一列),或只选里面写着 =SUM(…) 的合计,再点一次。"
)
_TOTAL: Final = re.compile(r"(?:[合总小共]计|总[额数])(?:金?额|数)?$")


@dataclass(frozen=True, slots=True)
class Sum:
    """A total, and the cells that it adds up."""

    total: Spot
    parts: Sequence[Spot]


def total_plan(book: xw.Book, selected: Any) -> Plan | str:
    """The rule that the selected total is the sum of its parts, or the sentence why not."""
    spots = selected_spots(selected, MOST_CELLS)
    if isinstance(spots, str):
        return spots
    form = form_of(book)
    if isinstance(form, str):
        return form
    if why := why_no_rules(book, form):
        return why
    found = _sum(form, [spot for spot in spots if _is_cell(form, spot)])
    return found if isinstance(found, str) else _plan(book, form, found)


def _is_cell(form: Form, spot: Spot) -> bool:
    swallowed = form.book.sheet(spot.sheet).swallowed
    return (spot.row, spot.column) not in swallowed and not form.text(spot)


def _sum(form: Form, cells: Sequence[Spot]) -> Sum | str:
    """Which of the selected cells is the total: by its formula, or by its words."""
    if len(cells) == 1:
        formula = form.book.sheet(cells[0].sheet).formula(cells[0].row, cells[0].column)
        parts = [one for one in cells_read(formula, cells[0].sheet) if one != cells[0]]
        if len(parts) < 2:
            return f"{cells[0].place} 里没有把几格加起来的公式。{SELECT}"
        return Sum(cells[0], list(dict.fromkeys(parts)))
    if not cells:
        return f"选中的都是文字。{SELECT}"
    if len({one.row for one in cells}) > 1 and len({one.column for one in cells}) > 1:
        return f"选中的格子不在同一行或同一列。{SELECT}"
    labels = {spot: _words(form, spot, cells) for spot in cells}
    totals = [spot for spot, words in labels.items() if _TOTAL.search(bare_words(words))]
    if not totals and OF_WHICH.match(labels[cells[1]].strip()):  # 基本支出, 其中：人员经费
        totals = [cells[0]]
    if len(totals) != 1:
        return f"看不出哪一格是合计(各格的名称:{'、'.join(labels.values())})。{SELECT}"
    return Sum(totals[0], [one for one in cells if one != totals[0]])


def _words(form: Form, spot: Spot, cells: Sequence[Spot]) -> str:
    """The words by which the cells of a line differ: of a row, those above them."""
    if len({one.row for one in cells}) > 1:
        return form.label(spot)
    above = (form.text(spot._replace(row=row)) for row in range(spot.row - 1, 0, -1))
    return next((text for text in above if text), "")


def _plan(book: xw.Book, form: Form, found: Sum) -> Plan | str:
    taken = form.taken
    names: dict[str, tuple[Spot, Spot]] = {}

    def key(spot: Spot) -> str:
        name = form.key(spot, taken)
        if name and spot not in form.names:
            names[name] = (spot, spot)
        return name

    total = key(found.total)
    parts = _terms(form, found.parts)
    said = [one if isinstance(one, str) else key(one) for one in parts]
    if not total or not all(said):
        return "有的格子左边和上边都没有文字,不知道该叫什么。请先写上名称,再点一次。"
    if form.table_at(found.total):
        return f"{found.total.place} 在明细表里,不是合计。{SELECT}"
    claim = f"{total} == {' + '.join(said)}"
    rule = f"{total}构成"
    if rule.casefold() in ids_in(form):
        return f"规则「{rule}」已经有了。请到“规则”表里改它。"

    def do() -> str:
        give_names(book, names)
        return add_rule(book, form, (rule, claim, "错误", ""))

    return Plan(f"加一条规则「{rule}」:{claim}?", do)


def _terms(form: Form, parts: Sequence[Spot]) -> list[str | Spot]:
    """The parts as an expression adds them: the cells of a table's column as their sum."""
    said: list[str | Spot] = []
    for spot in parts:
        inside = form.table_at(spot)
        term = f"sum({inside[0].key}.{inside[1].key})" if inside else spot
        if term not in said:
            said.append(term)
    return said
