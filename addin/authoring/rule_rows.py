"""The sheet 规则 of an open form: its rows, and one more of them."""

from typing import Final

import xlwings as xw

from addin.authoring.form import Form
from addin.open_book.protection import structure_is_locked, unlocked
from workbook.checking.rule_sheet import CLAIM, HEADS, NAME
from workbook.form.model import RULES_SHEET
from workbook.reading.spots import Spot

WIDTHS: Final = (24, 60, 10, 40)  # of the columns, in characters
_AS_WORDS: Final = "@"  # the number format in which nothing that is typed becomes a formula


def why_no_rules(book: xw.Book, form: Form) -> str:
    """Why no rule can be written, "" where one can."""
    if RULES_SHEET not in form.book.parts:
        locked = structure_is_locked(book)
        return "工作簿的结构有保护,加不了“规则”表。请先撤销保护,再点一次。" if locked else ""
    if _head(form) is None:
        return (
            f"“{RULES_SHEET}”表没有表头:要有一行写着{'、'.join(HEADS)}。"
            "表里是别的内容的,请给那张表改个名字,再点一次。"
        )
    return ""


def ids_in(form: Form) -> set[str]:
    """The names of the rules that stand there, all letters small."""
    head = _head(form)
    if head is None:
        return set()
    rows = {row for row, _ in form.book.sheet(RULES_SHEET).cells if row > head[NAME].row}
    return {form.text(head[NAME]._replace(row=row)).casefold() for row in rows}


def add_rule(book: xw.Book, form: Form, rule: tuple[str, str, str, str]) -> str:
    """Write a rule behind the others, and the sheet where there is none; what was done.

    A sheet that is locked by a password is left as it is.
    """
    head = _head(form)
    if head is None:
        _make_sheet(book)
        head = {text: Spot(RULES_SHEET, 1, n) for n, text in enumerate(HEADS, start=1)}
        last = 1
    else:
        cells = form.book.sheet(RULES_SHEET).cells
        filled = {row for (row, _), cell in cells.items() if cell.value is not None or cell.formula}
        last = max(filled, default=head[NAME].row)
    sheet = book.sheets[RULES_SHEET]
    with unlocked(sheet) as may_change:
        if not may_change:
            return f"“{RULES_SHEET}”表有密码保护,规则没有写成。请先撤销保护,再点一次。"
        for text, value in zip(HEADS, rule, strict=True):
            if text in head:
                cell = sheet.range((last + 1, head[text].column))
                cell.number_format = _AS_WORDS
                cell.value = value
    return f"已写入 {head[CLAIM]._replace(row=last + 1).place}:{rule[1]}"


def _make_sheet(book: xw.Book) -> None:
    """A sheet behind all others, on which whatever is typed stays words."""
    front = book.sheets.active
    sheet = book.sheets.add(RULES_SHEET, after=book.sheets[-1])
    for number, (text, width) in enumerate(zip(HEADS, WIDTHS, strict=True), start=1):
        head = sheet.range((1, number))
        head.value = text
        head.font.bold = True
        head.column_width = width
        sheet.range((2, number), (200, number)).number_format = _AS_WORDS
    front.activate()


def _head(form: Form) -> dict[str, Spot] | None:
    """The cells of the heads, None where the two that there must be are not there."""
    if RULES_SHEET not in form.book.parts:
        return None
    for row, _ in sorted(form.book.sheet(RULES_SHEET).cells):
        spots = (
            Spot(RULES_SHEET, row, column)
            for at, column in form.book.sheet(RULES_SHEET).cells
            if at == row
        )
        found = {text: spot for spot in spots if (text := form.text(spot)) in HEADS}
        if {NAME, CLAIM} <= found.keys():
            return found
    return None
