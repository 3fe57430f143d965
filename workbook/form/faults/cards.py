"""What is wrong with a card, in words for the form's author."""

from collections.abc import Iterator

from workbook.form.card import Card, CardLine
from workbook.form.model import Form, Sheet
from workbook.form.table import Table


def card_faults(sheet: Sheet, form: Form) -> Iterator[str]:
    """What is wrong with the card of a sheet, if it has one."""
    card = sheet.card
    if card is None:
        return
    where = f"卡片「{card.title}」"
    if len(sheet.block) > 1:
        yield f"{where}：一张卡片要单独占一个工作表"
    table = form.tables.get(card.table)
    if table is None or not table.row_name:
        yield f"{where}：table 要写表单里一张有 row_name 的表，「{card.table}」不是"
        return
    rows = form.tables.get(card.rows)
    if card.rows and (rows is None or card.by not in _columns(rows)):
        yield f"{where}：rows 要写表单里的一张表，by 写它的一列"
        return
    for number, line in enumerate(card.line, start=1):
        yield from (f"{where}第 {number} 行{one}" for one in _line_faults(line, card, form))


def _line_faults(line: CardLine, card: Card, form: Form) -> Iterator[str]:
    if (wide := sum(cell.span for cell in line.cell)) != len(card.widths):
        yield f"：各格一共占 {wide} 列，widths 写了 {len(card.widths)} 列"
    if line.each and not card.rows:
        yield "：写了 each，就要写 rows 和 by"
        return
    columns = _columns(form.tables[card.rows if line.each else card.table])
    for cell in line.cell:
        if bool(cell.words) == bool(cell.value):
            yield "：每一格写 words 或 value 中的一个"
        for name in cell.read:
            if name not in columns:
                yield f"：表「{card.rows if line.each else card.table}」没有列「{name}」"


def _columns(table: Table) -> set[str]:
    return {column.key for column in table.column}
