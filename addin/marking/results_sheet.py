"""The sheet 校验结果: the list of findings, and what the marked cells looked like before."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import zip_longest
from typing import Any, Final, NamedTuple

import xlwings as xw

from addin.marking.looks import Look, ranges
from addin.marking.printing import fit_to_pages
from addin.open_book.busy import patiently
from addin.open_book.sheets_and_names import sheet_names
from workbook.catalogue.buttons import BEFORE, RESULTS_TITLE
from workbook.catalogue.findings import RESULT_COLUMNS, RESULTS_SHEET
from workbook.catalogue.model import LANGUAGES, Language
from workbook.findings.groups import Group
from workbook.findings.model import Finding, Severity
from workbook.marking.remarks import LOOKS, RESULT_WIDTHS, result_row
from workbook.xlsx.addresses import address_of

HEAD_ROW: Final = 3
FIRST_ROW: Final = HEAD_ROW + 1
COLUMNS: Final = len(RESULT_COLUMNS)
BEFORE_COLUMN: Final = COLUMNS + 2
WIDTH: Final = BEFORE_COLUMN + len(BEFORE) - 1
PLACE_COLUMN: Final = 1  # counted from 0
ROW_HEIGHT: Final = 15
HEAD_FILL, HEAD_INK, LINK_INK = "#1F4E79", "#FFFFFF", "#0563C1"
BAND_FILL, INK = "#DCE6F1", "#1F2937"

Lines = Sequence[Group | Finding]
Rows = list[list[str]]


class Listed(NamedTuple):
    """A sheet of our making, and all its rows as they show."""

    sheet: str
    rows: Rows


def listed(book: xw.Book) -> Listed | None:
    """The sheet that lists findings; None where there is none, or it is not of our making."""
    names = set(sheet_names(book))
    for language in LANGUAGES:
        name = RESULTS_SHEET(language)
        if name in names and (rows := _rows_of(book.sheets[name], language)) is not None:
            return Listed(name, rows)
    return None


def _rows_of(sheet: xw.Sheet, language: Language) -> Rows | None:
    bottom = max(sheet.used_range.last_cell.row, HEAD_ROW)
    rows: list[list[Any]] = sheet.range((1, 1), (bottom, WIDTH)).options(ndim=2).value
    is_ours = rows[HEAD_ROW - 1][BEFORE_COLUMN - 1 :] == [one(language) for one in BEFORE]
    return [[str(text or "") for text in row] for row in rows] if is_ours else None


def is_taken(book: xw.Book, language: Language) -> bool:
    """Whether the clerk has a sheet of this name of their own."""
    return RESULTS_SHEET(language) in sheet_names(book) and listed(book) is None


def before_in(rows: Rows) -> list[Look]:
    """How each marked cell looked before, in the order of the findings."""
    looks = (Look(*row[BEFORE_COLUMN - 1 :]) for row in rows[FIRST_ROW - 1 :])
    return [one for one in looks if one.sheet and one.address]


def write_results(
    book: xw.Book,
    lines: Lines,
    before: Sequence[Look],
    summary: str,
    there: Listed | None,
) -> None:
    """Write the sheet, or write it over; the sheet that was in front stays there alone.

    `there` is what it lists now. One call replaces all of it, so that no moment is without a list.
    """
    rows = list(list_rows(lines, before, summary))
    if there is not None:
        rows += [[None] * WIDTH] * (len(there.rows) - len(rows))
        if [_shown(row) for row in rows] != there.rows:
            _fill(book.sheets[there.sheet], rows, lines)
        return
    active = book.sheets.active
    sheet = _added(book, RESULTS_SHEET(_language(lines)))
    try:
        _fill(sheet, rows, lines)
        fit_to_pages(sheet, HEAD_ROW)
    except Exception:
        with suppress(Exception):  # a list without its columns could not be told for ours
            patiently(sheet.delete)
        raise
    finally:
        patiently(active.select)


def remove_results(sheet: xw.Sheet) -> None:
    """Take the sheet away; where the book's structure is locked by now, empty it."""
    with suppress(Exception):
        sheet.delete()
        return
    sheet.clear()


def _language(lines: Lines) -> Language:
    """The language of the findings; Chinese where there are none."""
    return next((one.language for one in lines if isinstance(one, Finding)), "zh")


def _added(book: xw.Book, name: str) -> xw.Sheet:
    """A new sheet behind the last one that is shown: Excel moves no hidden sheet aside."""
    sheets = book.sheets.impl  # xlwings itself would ask every sheet for its name first
    number = len(sheets)
    while number > 1 and not sheets(number).visible:
        number -= 1
    if number < len(sheets):
        return xw.Sheet(impl=sheets.add(before=sheets(number + 1), name=name))
    return xw.Sheet(impl=sheets.add(after=sheets(number), name=name))


def _fill(sheet: xw.Sheet, rows: Sequence[Sequence[str | None]], lines: Lines) -> None:
    _dress(sheet, len(rows), lines)
    written = sheet.range((FIRST_ROW, 1), (len(rows), 1))
    written.row_height = ROW_HEIGHT  # or Calc fits all rows anew with every change of one
    sheet.range("A1").value = rows
    written.rows.autofit()


def list_rows(lines: Lines, before: Sequence[Look], summary: str) -> Iterator[list[str | None]]:
    """All cells of the sheet, row by row: the list, a blank column, what was there before."""
    language = _language(lines)
    heads, of_looks = ([one(language) for one in heads] for heads in (RESULT_COLUMNS, BEFORE))
    found = [tuple(heads), *(tuple(_texts(one)) for one in lines)]
    looks = [tuple(_literal(text) for text in row) for row in (of_looks, *before)]
    yield [RESULTS_TITLE(language, summary=summary), *[None] * (WIDTH - 1)]
    yield [None] * WIDTH
    for left, right in zip_longest(found, looks):
        yield [*(left or [None] * COLUMNS), None, *(right or [None] * len(BEFORE))]


def _texts(one: Group | Finding) -> Iterator[str | None]:
    """The texts of a line, none to be taken for a formula but the link to a finding's cell."""
    if isinstance(one, Group):
        yield from (_literal(one.title), *[None] * (COLUMNS - 1))
        return
    for column, text in enumerate(result_row(one)):
        if column == PLACE_COLUMN and one.place is not None:
            quoted = text.replace('"', '""')
            yield f'=HYPERLINK("#{quoted}","{quoted}")'
        else:
            yield _literal(text)


def _literal(text: str) -> str:
    """`text` as a cell takes it unread: no formula, no number, whatever a sheet or a note is."""
    return f"'{text}" if text else ""


def _shown(row: Sequence[str | None]) -> list[str]:
    """A written row as it shows."""
    texts = (text or "" for text in row)
    return [
        text.split('","')[-1].removesuffix('")').replace('""', '"')
        if text.startswith("=HYPERLINK(")
        else text.removeprefix("'")
        for text in texts
    ]


def _dress(sheet: xw.Sheet, last: int, lines: Lines) -> None:
    for number, width in enumerate(RESULT_WIDTHS, start=1):
        sheet.range((1, number)).column_width = width
    title = sheet.range("A1")
    title.font.size, title.font.color = 16, HEAD_FILL
    head = sheet.range((HEAD_ROW, 1), (HEAD_ROW, COLUMNS))
    head.color, head.font.color, head.font.bold = HEAD_FILL, HEAD_INK, True
    body = sheet.range((FIRST_ROW, 1), (last, COLUMNS))
    body.wrap_text, body.vertical_alignment, body.color = True, "top", None
    body.font.bold, body.font.color = False, INK
    sheet.range((FIRST_ROW, 2), (last, 2)).font.color = LINK_INK
    for severity in Severity:
        _tint(sheet, severity, lines)
    _band(sheet, lines)
    kept = sheet.range((1, BEFORE_COLUMN), (1, WIDTH))
    kept.columns.hidden = True


def _band(sheet: xw.Sheet, lines: Lines) -> None:
    """The headings of the groups, each over all columns and in one line."""
    rows = [row for row, one in enumerate(lines, start=FIRST_ROW) if isinstance(one, Group)]
    columns = range(1, COLUMNS + 1)
    for cells in ranges(sheet, [address_of(row, column) for row in rows for column in columns]):
        cells.color, cells.wrap_text = BAND_FILL, False
        cells.font.bold, cells.font.color = True, HEAD_FILL


def _tint(sheet: xw.Sheet, severity: Severity, lines: Lines) -> None:
    """The first column of the findings of one severity in its colours."""
    fill, ink = LOOKS[severity]
    numbered = enumerate(lines, start=FIRST_ROW)
    rows = [n for n, one in numbered if isinstance(one, Finding) and one.severity is severity]
    for cells in ranges(sheet, [f"A{row}" for row in rows]):
        cells.color, cells.font.color = f"#{fill[2:]}", f"#{ink[2:]}"
