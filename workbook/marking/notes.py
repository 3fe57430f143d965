"""Notes put on the cells of a workbook that was just built, and a list of what found no cell."""

from collections.abc import Mapping, Sequence
from typing import Final

from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from workbook.catalogue.sheets import CHOICES
from workbook.findings.place import Place
from workbook.making.palette import CHECK_TAB
from workbook.making.sheets import set_up_page
from workbook.making.styles import HEAD, NOTE, PLAIN, TITLE, dress, fit_row, text_height, write
from workbook.saving.book import language_of

AUTHOR: Final = "勾稽"
NOTE_WIDTH: Final = 420  # in pixels: some 26 Chinese letters a line
UNREAD_SHEET: Final = "未识别内容"
UNREAD_COLUMNS: Final = {"位置": 22, "内容": 80, "说明": 44}
FIRST_ROW: Final = 4
MOST_LETTERS: Final = 32_000  # of a note or a cell; Excel takes no more than 32,767


def write_notes(book: Workbook, notes: Mapping[Place, str]) -> None:
    """Put a note on each cell, wide enough to be read."""
    for place, words in notes.items():
        text = words[:MOST_LETTERS]
        height = min(400, 40 + 18 * sum(1 + len(line) // 26 for line in text.split("\n")))
        book[place.sheet][place.address].comment = Comment(
            text, AUTHOR, width=NOTE_WIDTH, height=height
        )


def write_unread(book: Workbook, source: str, rows: Sequence[tuple[str, str, str]]) -> None:
    """Add a sheet that lists what was not understood: where, the words, and why."""
    choices = CHOICES(language_of(book.worksheets[0]))
    sheet = book.create_sheet(UNREAD_SHEET, book.sheetnames.index(choices))
    write(sheet, 1, 1, UNREAD_SHEET, TITLE)
    said = "下面各处没有填进表里，请逐条核对。" if rows else "全部内容都填进了表里。"
    write(sheet, 2, 1, f"从“{source}”导入。{said}核对完可以删去本表。", NOTE)
    for column, (words, width) in enumerate(UNREAD_COLUMNS.items(), start=1):
        dress(sheet.cell(FIRST_ROW - 1, column, words), HEAD)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows, start=FIRST_ROW):
        for column, words in enumerate(row, start=1):
            write(sheet, number, column, words[:MOST_LETTERS], PLAIN)
        widths = UNREAD_COLUMNS.values()
        heights = (text_height(words, width) for words, width in zip(row, widths, strict=True))
        fit_row(sheet, number, max(heights))
    sheet.freeze_panes = f"A{FIRST_ROW}"
    repeat = f"{FIRST_ROW - 1}:{FIRST_ROW - 1}"
    set_up_page(sheet, landscape=True, repeat=repeat, tab=CHECK_TAB)
