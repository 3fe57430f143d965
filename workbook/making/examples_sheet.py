"""The sheet 核对示例 of a filled example: what a check of a total in a cell looks like.

Each formula asks GJ_TIES and, where a program has no such function, the same test in native words:
Excel calculates anew what it opens, and would show #NAME? in the place of a saved result.
"""

from decimal import Decimal
from typing import Final, NamedTuple

from msgspec.structs import replace
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from workbook.catalogue.sheets import EXAMPLES as EXAMPLES_TITLE
from workbook.figures.cell_functions import ties
from workbook.figures.native_ties import Area, native_ties
from workbook.form.model import Form
from workbook.form.sample import Sample
from workbook.making.build import build_workbook
from workbook.making.palette import CHECK_TAB, INPUT_FILL, tie_looks
from workbook.making.planning.plan import LABEL, TITLE_ROW
from workbook.making.sheets import set_up_page
from workbook.making.styles import (
    CENTRED,
    FIGURE,
    HEAD,
    HELP,
    NOTE,
    PLAIN,
    TITLE,
    colour_when,
    dress,
    figure_format,
    fit_row,
    text_height,
    write,
)
from workbook.making.styles import LABEL as LABEL_LOOK
from workbook.reading.results import Result
from workbook.rules.model import RuleSet
from workbook.saving.book import FormBook, write_formula


class Example(NamedTuple):
    """A total, its parts, and what there is to learn from them."""

    name: str
    total: str
    parts: tuple[str, str, str]
    lesson: str


EXAMPLES: Final = (
    Example(
        "基本支出",
        "195.49",
        ("171.74", "23.75", ""),
        "合计等于各组成数之和。空着的格子不算数。",
    ),
    Example(
        "数字颠倒",
        "195.94",
        ("171.74", "23.75", ""),
        "不符：写明差多少，合计多了为正、少了为负。把合计改成 195.49 就相符。",
    ),
    Example(
        "四舍五入",
        "100.00",
        ("33.33", "33.33", "33.33"),
        "尾差：小数四舍五入可以造成的差，不必改，可以在报告里说明。",
    ),
    Example("整数", "101", ("50", "50", ""), "个数、人数都是整数，没有四舍五入，差 1 也是不符。"),
    Example("还没有填", "", ("", "", ""), "全空着是“未填”。在黄色格子里填数，结果随填随算。"),
)
COLUMNS: Final = {
    "例子": 14,
    "合计": 12,
    "组成数一": 12,
    "组成数二": 12,
    "组成数三": 12,
    "结果": 14,
    "自己写": 24,
    "意思": 44,
}
NAME, TOTAL, FIRST, _, LAST, VERDICT, FORMULA, LESSON = range(LABEL, LABEL + len(COLUMNS))
HEAD_ROW: Final = 4
WORDS: Final = (
    "选中一个合计，按“插入核对”，就在旁边写下这样的公式。"
    "这张表只是示例，不影响校验和报告，可以删去。"
)


def build_example(form: Form, rules: RuleSet, sample: Sample) -> FormBook:
    """The filled example of a form, which shows what a check in a cell looks like too."""
    book = build_workbook(form, rules, sample)
    if form.language == "zh":  # as what the functions in cells say
        _write_examples(book)
    return book


def _write_examples(book: FormBook) -> None:
    """Add the sheet behind the others that are to be seen."""
    sheet = book.create_sheet(EXAMPLES_TITLE.zh, len(book.sheetnames) - 1)
    sheet.column_dimensions["A"].width = 2.5
    for column, (words, width) in enumerate(COLUMNS.items(), start=LABEL):
        sheet.column_dimensions[get_column_letter(column)].width = width
        dress(sheet.cell(HEAD_ROW, column, words), HEAD)
    write(sheet, TITLE_ROW, LABEL, EXAMPLES_TITLE.zh, TITLE)
    sheet.row_dimensions[TITLE_ROW].height = 28
    write(sheet, TITLE_ROW + 1, LABEL, WORDS, NOTE)
    for row, example in enumerate(EXAMPLES, start=HEAD_ROW + 1):
        _write_example(sheet, row, example)
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, TOTAL)
    set_up_page(sheet, landscape=True, tab=CHECK_TAB)


def _write_example(sheet: Worksheet, row: int, example: Example) -> None:
    write(sheet, row, NAME, example.name, LABEL_LOOK)
    decimals = max(len(text.partition(".")[2]) for text in (example.total, *example.parts))
    figure = replace(FIGURE, fill=INPUT_FILL, number_format=figure_format(decimals))
    for column, text in zip(range(TOTAL, LAST + 1), (example.total, *example.parts), strict=True):
        dress(sheet.cell(row, column, Decimal(text) if text else None), figure)
    cell = sheet.cell(row, VERDICT)
    dress(cell, CENTRED)
    total, parts = _address(TOTAL, row), f"{_address(FIRST, row)}:{_address(LAST, row)}"
    asked = f"GJ_TIES({total},{parts})"
    native = native_ties(total, [Area(parts, is_row=True)])
    assert native is not None
    write_formula(cell, f"=IFERROR({asked},{native[1:]})", Result(_said(example)))
    write(sheet, row, FORMULA, f"={asked}", PLAIN)
    write(sheet, row, LESSON, example.lesson, HELP)
    fit_row(sheet, row, max(22, text_height(example.lesson, COLUMNS["意思"], look=HELP)))
    for test, fill, ink in tie_looks("zh"):
        colour_when(sheet, cell.coordinate, test.format(cell=cell.coordinate), fill, ink)


def _address(column: int, row: int) -> str:
    return f"{get_column_letter(column)}{row}"


def _said(example: Example) -> str:
    """What the function says of the figures."""
    total, *parts = (Decimal(text) if text else None for text in (example.total, *example.parts))
    return ties(total, [parts])
