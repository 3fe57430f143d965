"""The sheet 校验结果: the list of findings, and what the marked cells looked like before."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Final

import xlwings as xw

from addin.busy import patiently
from addin.looks import Look, ranges
from workbook.findings import Finding, Severity
from workbook.remarks import LOOKS, RESULT_COLUMNS, RESULTS_SHEET, result_row

HEAD_ROW: Final = 3
FIRST_ROW: Final = HEAD_ROW + 1
BEFORE: Final = ("单元格所在表", "单元格", "原来的颜色", "原来的批注")
BEFORE_COLUMN: Final = len(RESULT_COLUMNS) + 2
TITLE: Final = "校验结果:"
HEAD_FILL, HEAD_INK, LINK_INK = "#1F4E79", "#FFFFFF", "#0563C1"


def is_ours(sheet: xw.Sheet) -> bool:
    """Whether this program wrote the sheet; a clerk may call one of their own the same."""
    head = sheet.range((HEAD_ROW, BEFORE_COLUMN), (HEAD_ROW, BEFORE_COLUMN + 1)).value
    return list(head) == list(BEFORE[:2])


def write_results(
    book: xw.Book, findings: Sequence[Finding], before: Sequence[Look], summary: str
) -> None:
    """Add the sheet behind those that are shown; the sheet that was in front stays there."""
    active = book.sheets.active
    sheet = _added(book)
    try:
        _fill(sheet, findings, before, summary)
    except Exception:
        with suppress(Exception):  # a list without its columns could not be told for ours
            patiently(sheet.delete)
        raise
    finally:
        patiently(active.select)


def _fill(
    sheet: xw.Sheet, findings: Sequence[Finding], before: Sequence[Look], summary: str
) -> None:
    """Write everything in one call, and give the looks by ranges."""
    rows = max(len(findings), len(before))
    listed = [list(RESULT_COLUMNS), *(list(_row(one)) for one in findings)]
    looks = [[_literal(text) for text in row] for row in (BEFORE, *before)]
    gap = BEFORE_COLUMN - len(RESULT_COLUMNS) - 1
    empty: list[list[str | None]] = [[None] * (BEFORE_COLUMN + len(BEFORE) - 1)] * 2
    sheet.range("A1").value = [
        [f"{TITLE}{summary}", *empty[0][1:]],
        empty[1],
        *(
            [
                *_line(listed, row, len(RESULT_COLUMNS)),
                *[None] * gap,
                *_line(looks, row, len(BEFORE)),
            ]
            for row in range(rows + 1)
        ),
    ]
    _set_up(sheet, findings)


def remove_results(book: xw.Book) -> None:
    """Take the sheet away; where the book's structure is locked by now, empty it."""
    sheet = book.sheets[RESULTS_SHEET]
    with suppress(Exception):
        sheet.delete()
        return
    sheet.clear()


def _added(book: xw.Book) -> xw.Sheet:
    """A new sheet behind the last one that is shown: Excel moves no hidden sheet aside."""
    sheets = list(book.sheets)
    last = max(number for number, sheet in enumerate(sheets) if sheet.visible)
    if last + 1 < len(sheets):
        return book.sheets.add(RESULTS_SHEET, before=sheets[last + 1])
    return book.sheets.add(RESULTS_SHEET, after=sheets[last])


def _line(rows: Sequence[Sequence[str]], number: int, width: int) -> list[str | None]:
    return list(rows[number]) if number < len(rows) else [None] * width


def _row(one: Finding) -> Iterator[str]:
    """The texts of a finding, none to be taken for a formula but the link to its cell."""
    for title, text in zip(RESULT_COLUMNS, result_row(one), strict=True):
        if title == "位置" and one.place is not None:
            quoted = text.replace('"', '""')
            yield f'=HYPERLINK("#{quoted}","{quoted}")'
        else:
            yield _literal(text)


def _literal(text: str) -> str:
    """`text` as a cell takes it unread: no formula, no number, whatever a sheet or a note is."""
    return f"'{text}" if text else ""


def _set_up(sheet: xw.Sheet, findings: Sequence[Finding]) -> None:
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
    for severity in Severity:
        _tint(sheet, severity, findings)
    kept = sheet.range((1, BEFORE_COLUMN), (1, BEFORE_COLUMN + len(BEFORE) - 1))
    kept.columns.hidden = True


def _tint(sheet: xw.Sheet, severity: Severity, findings: Sequence[Finding]) -> None:
    """The first column of the findings of one severity in its colours."""
    fill, ink = LOOKS[severity]
    rows = [row for row, one in enumerate(findings, start=FIRST_ROW) if one.severity is severity]
    for cells in ranges(sheet, [f"A{row}" for row in rows]):
        cells.color, cells.font.color = f"#{fill[2:]}", f"#{ink[2:]}"
