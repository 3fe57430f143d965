"""Findings shown in the open book: coloured cells with notes, and the sheet that lists them.

What a cell looked like before is kept in hidden columns of that sheet, so that it comes back even
if the book was saved, closed and opened again in between.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import xlwings as xw

from addin.at_once import sheet_names
from workbook.findings import Finding, everything
from workbook.remarks import LOOKS, RESULT_COLUMNS, RESULTS_SHEET, Remark, remarks, result_row
from workbook.snapshot import Place

HEAD_ROW: Final = 3
FIRST_ROW: Final = HEAD_ROW + 1
BEFORE: Final = ("单元格所在表", "单元格", "原来的颜色", "原来的批注")
BEFORE_COLUMN: Final = len(RESULT_COLUMNS) + 2
HEAD_FILL, HEAD_INK, LINK_INK, LINE = "#1F4E79", "#FFFFFF", "#0563C1", "———"

Before = tuple[str, str, str, str]


def show(book: xw.Book, findings: Sequence[Finding], summary: str) -> None:
    """Mark the cells and list the findings, in place of what was shown before."""
    clear(book)
    names = sheet_names(book)
    before = [
        _mark(book.sheets[place.sheet], place, remark)
        for place, remark in remarks(findings).items()
        if place.sheet in names
    ]
    if findings:
        _list(book, [*everything(findings)], before, summary)


def clear(book: xw.Book) -> int:
    """How many cells look again as they did before they were marked; the list is gone."""
    names = sheet_names(book)
    if RESULTS_SHEET not in names:
        return 0
    marked = [before for before in kept(book) if before[0] in names]
    for sheet, address, colour, note in marked:
        _restore(book.sheets[sheet].range(address), colour, note)
    book.sheets[RESULTS_SHEET].delete()
    return len(marked)


def kept(book: xw.Book) -> Iterator[Before]:
    """What each marked cell looked like before, in the order of the findings."""
    if RESULTS_SHEET not in sheet_names(book):
        return
    results = book.sheets[RESULTS_SHEET]
    bottom = results.used_range.last_cell.row
    if bottom < FIRST_ROW:
        return
    block = results.range((FIRST_ROW, BEFORE_COLUMN), (bottom, BEFORE_COLUMN + len(BEFORE) - 1))
    for sheet, address, colour, note in block.options(ndim=2).value:
        if sheet and address:
            yield str(sheet), str(address), str(colour or ""), str(note or "")


def _mark(sheet: xw.Sheet, place: Place, remark: Remark) -> Before:
    """Colour the cell and put the note on it; gives what was there before."""
    cell = sheet.range(place.address)
    colour, note = cell.color, cell.note
    own = note.text if note is not None else ""
    cell.color = f"#{LOOKS[remark.severity][0][2:]}"
    _write_note(cell, f"{remark.text}\n{LINE}\n{own}" if own else remark.text)
    return place.sheet, place.address, _hex(colour), own


def _restore(cell: xw.Range, colour: str, note: str) -> None:
    cell.color = colour or None
    _write_note(cell, note)


def _write_note(cell: xw.Range, text: str) -> None:
    if cell.note is not None:
        cell.note.delete()
    if text:
        cell.add_note(text)


def _hex(colour: tuple[int, int, int] | None) -> str:
    return "" if colour is None else "#{:02X}{:02X}{:02X}".format(*colour)


def _list(
    book: xw.Book, findings: Sequence[Finding], before: Sequence[Before], summary: str
) -> None:
    active = book.sheets.active
    sheet = book.sheets.add(RESULTS_SHEET, after=book.sheets[-1])
    sheet.range("A1").value = f"校验结果:{summary}"
    head, rows = list(RESULT_COLUMNS), [list(_row(one)) for one in findings]
    sheet.range((HEAD_ROW, 1)).value = [head, *rows]
    sheet.range((HEAD_ROW, BEFORE_COLUMN)).value = [
        [_literal(text) for text in row] for row in (BEFORE, *before)
    ]
    _dress(sheet, findings)
    active.activate()


def _row(one: Finding) -> Iterator[str]:
    """The texts of a finding, none to be taken for a formula but the link to its cell."""
    for title, text in zip(RESULT_COLUMNS, result_row(one), strict=True):
        if title == "位置" and one.place is not None:
            yield f'=HYPERLINK("#{text}","{text}")'
        else:
            yield _literal(text)


def _literal(text: str) -> str:
    """`text` as a cell takes it unread: no formula, no number, whatever a sheet or a note is."""
    return f"'{text}" if text else ""


def _dress(sheet: xw.Sheet, findings: Sequence[Finding]) -> None:
    for number, width in enumerate(RESULT_COLUMNS.values(), start=1):
        sheet.range((1, number)).column_width = width
    title, last = sheet.range("A1"), HEAD_ROW + len(findings)
    title.font.size, title.font.color = 16, HEAD_FILL
    head = sheet.range((HEAD_ROW, 1), (HEAD_ROW, len(RESULT_COLUMNS)))
    head.color, head.font.color, head.font.bold = HEAD_FILL, HEAD_INK, True
    body = sheet.range((FIRST_ROW, 1), (last, len(RESULT_COLUMNS)))
    body.wrap_text, body.vertical_alignment = True, "top"
    body.rows.autofit()
    sheet.range((FIRST_ROW, 2), (last, 2)).font.color = LINK_INK
    for row, one in enumerate(findings, start=FIRST_ROW):
        fill, ink = LOOKS[one.severity]
        cell = sheet.range((row, 1))
        cell.color, cell.font.color = f"#{fill[2:]}", f"#{ink[2:]}"
    kept = sheet.range((1, BEFORE_COLUMN), (1, BEFORE_COLUMN + len(BEFORE) - 1))
    kept.columns.hidden = True
