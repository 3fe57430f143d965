"""The 填报说明 sheet: what to do, what the colours mean, and how far the form is filled."""

from collections.abc import Sequence
from itertools import chain

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from workbook.form.model import CHECK_SHEET, Form, Table
from workbook.language.excel import rows_in_use
from workbook.making.book import write_formula
from workbook.making.check_sheet import SUMMARY, summary_line
from workbook.making.layout import LABEL, TITLE_ROW, SheetPlan
from workbook.making.sheets import protect, set_up_page
from workbook.making.styles import (
    AMBER_FILL,
    BAND,
    CENTRED,
    DEFAULT_FILL,
    GUIDE_TAB,
    HEAD,
    INPUT_FILL,
    LABEL_FILL,
    LINK,
    NOTE,
    PLAIN,
    RED_FILL,
    TITLE,
    Look,
    dress,
    fit_row,
    text_height,
    write,
)
from workbook.making.worked_out import WorkedOut
from workbook.reading.results import Result
from workbook.rules.model import RuleSet

WIDTHS = {"A": 2.5, "B": 24, "C": 16, "D": 16, "E": 44}
LEGEND = (
    (INPUT_FILL, "要填的单元格"),
    (DEFAULT_FILL, "已有公式,与实际不同的直接在上面填"),
    (LABEL_FILL, "已锁定,不用填"),
    (RED_FILL, "与别处对不上,必须改"),
    (AMBER_FILL, "值得核对,可以说明原因"),
)


def write_guide_sheet(
    sheet: Worksheet, form: Form, plans: Sequence[SheetPlan], rules: RuleSet, results: WorkedOut
) -> None:
    """Fill the first sheet of the workbook."""
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    write(sheet, TITLE_ROW, LABEL, form.title, TITLE)
    sheet.row_dimensions[TITLE_ROW].height = 32
    dress(sheet.cell(2, LABEL, f"勾稽填报工作簿 · 表单第 {form.version} 版"), NOTE)
    row = _write_steps(sheet, 4, form)
    row = _write_legend(sheet, row + 1, form)
    _write_progress(sheet, row + 1, plans, rules, results)
    protect(sheet)
    set_up_page(sheet, tab=GUIDE_TAB)


def _band(sheet: Worksheet, row: int, words: str) -> None:
    for column in range(LABEL, LABEL + 4):
        dress(sheet.cell(row, column), BAND)
    sheet.cell(row, LABEL).value = words


def _write_steps(sheet: Worksheet, row: int, form: Form) -> int:
    _band(sheet, row, "怎么填")
    width = sum(list(WIDTHS.values())[1:])
    for i, words in enumerate(form.guide, start=1):
        text = f"{i}. {words}"
        for column in range(LABEL, LABEL + 4):
            dress(sheet.cell(row + i, column), PLAIN)
        sheet.cell(row + i, LABEL).value = text
        sheet.merge_cells(
            start_row=row + i, end_row=row + i, start_column=LABEL, end_column=LABEL + 3
        )
        sheet.row_dimensions[row + i].height = text_height(text, width) + 4
    return row + len(form.guide) + 1


def _write_legend(sheet: Worksheet, row: int, form: Form) -> int:
    _band(sheet, row, "颜色")
    columns = (column for table in form.tables.values() for column in table.column)
    has_defaults = any(field.default for field in chain(form.fields.values(), columns))
    legend = [one for one in LEGEND if has_defaults or one[0] != DEFAULT_FILL]
    for i, (fill, words) in enumerate(legend, start=1):
        dress(sheet.cell(row + i, LABEL), Look(fill=fill, boxed=True))
        dress(sheet.cell(row + i, LABEL + 1, words), Look(wrap=False))
    return row + len(legend) + 1


def _write_progress(
    sheet: Worksheet, row: int, plans: Sequence[SheetPlan], rules: RuleSet, results: WorkedOut
) -> None:
    _band(sheet, row, "进度")
    for i, words in enumerate(("工作表", "必填项", "已填", "还差什么")):
        dress(sheet.cell(row + 1, LABEL + i, words), HEAD)
    for i, plan in enumerate(plans, start=row + 2):
        _write_sheet_progress(sheet, i, plan, results)
    last = row + 2 + len(plans)
    _link(sheet, last, CHECK_SHEET)
    for column in (LABEL + 1, LABEL + 2):
        dress(sheet.cell(last, column, "—"), CENTRED)
    dress(sheet.cell(last, LABEL + 3), PLAIN)
    if rules.rules:
        line = Result(summary_line(rules, results))
        write_formula(sheet.cell(last, LABEL + 3), f"='{CHECK_SHEET}'!{SUMMARY}", line)
    fit_row(sheet, last, 36)


def _write_sheet_progress(sheet: Worksheet, row: int, plan: SheetPlan, results: WorkedOut) -> None:
    _link(sheet, row, plan.sheet.name)
    wanted, done, left = (sheet.cell(row, LABEL + n, "—") for n in (1, 2, 3))
    for cell, look in ((wanted, CENTRED), (done, CENTRED), (left, PLAIN)):
        dress(cell, look)
    required = [
        spot.field.key for spot in plan.spots if spot.field.required and spot.field.is_asked
    ]
    parts = []
    if required:
        wanted.value = len(required)
        filled = "+".join(f"(LEN(TRIM({key}))>0)" for key in required)
        write_formula(done, f"=0+{filled}", Result(results.filled(required)))
        parts.append(_wanting(wanted, done, len(required) - results.filled(required)))
    growing = (spot.table for spot in plan.tables if not spot.table.row)
    parts += [_rows_filled(table, results.rows_in_use(table)) for table in growing]
    if parts:
        texts, words = zip(*parts, strict=True)
        write_formula(left, "=" + '&";"&'.join(texts), Result(";".join(words)))


def _wanting(wanted: Cell, done: Cell, count: int) -> tuple[str, str]:
    """How many required cells are blank, as a formula's text and as it reads."""
    of, is_done = wanted.coordinate, done.coordinate
    text = f'IF({of}>{is_done},"还有 "&({of}-{is_done})&" 项没填","已填齐")'
    return text, f"还有 {count} 项没填" if count else "已填齐"


def _rows_filled(table: Table, count: int) -> tuple[str, str]:
    """A table's title and how many of its rows are in use, as a formula's text and as it reads."""
    title = table.title.replace('"', '""')
    return f'"{title} "&{rows_in_use(table)}&" 行"', f"{table.title} {count} 行"


def _link(sheet: Worksheet, row: int, name: str) -> None:
    cell = sheet.cell(row, LABEL)
    write(sheet, row, LABEL, name, LINK)
    cell.hyperlink = Hyperlink(cell.coordinate, location=f"'{name}'!A1")
    fit_row(sheet, row, 20)
