"""A copy of the clerk's workbook with coloured cells and notes; the original is not touched.

openpyxl loses what it does not know (drawings, threaded comments), so the copy is for reading, and
says so on its first note.
"""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from workbook.archive import archive_fault
from workbook.findings import Finding, Severity, everything
from workbook.page import set_up_page
from workbook.save import OutputError, save_new
from workbook.snapshot import Place
from workbook.styles import (
    AMBER_FILL,
    AMBER_INK,
    BLUE_FILL,
    BLUE_INK,
    CENTRED,
    CHECK_TAB,
    HEAD,
    LINK,
    NOTE,
    PLAIN,
    RED_FILL,
    RED_INK,
    dress,
    fit_row,
    text_height,
)

AUTHOR = "勾稽"
RESULTS_SHEET = "校验结果"
MOST_REMARKS = 10  # on one cell; Excel takes no note of more than 32,767 letters
RESULT_HEAD, RESULT_PLACE = 3, 2
RESULT_COLUMNS = {
    "级别": 8,
    "位置": 18,
    "项目": 24,
    "问题": 56,
    "怎么改": 36,
    "可能的原因": 48,
}
_LOOKS = {
    Severity.ERROR: (RED_FILL, RED_INK),
    Severity.WARNING: (AMBER_FILL, AMBER_INK),
    Severity.HINT: (BLUE_FILL, BLUE_INK),
}


def annotate(source: Path, findings: Sequence[Finding], copy: Path) -> None:
    """Write the annotated copy; raises `OutputError` when there cannot be one."""
    if copy.resolve() == source.resolve():
        raise OutputError("批注要写到另一份文件里,请换一个文件名。")
    try:
        if archive_fault(source) is not None:
            raise ValueError(source)
        with source.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl cannot keep, as the docstring tells
            book = load_workbook(file, rich_text=True)
    except Exception as error:
        raise OutputError(f"「{source.name}」读不下去,做不了批注副本。") from error
    notes = _notes(findings)
    for place, (severity, words) in notes.items():
        if place.sheet in book.sheetnames:
            _mark(book[place.sheet], place.address, severity, words)
    sheet = book.create_sheet(RESULTS_SHEET, 0)
    book.active = 0
    _list(sheet, findings)
    save_new(copy, book.save)


def _notes(findings: Sequence[Finding]) -> dict[Place, tuple[Severity, list[str]]]:
    """For each cell the gravest severity and all messages, those it only takes part in included."""
    notes: dict[Place, tuple[Severity, list[str]]] = {}
    for place, severity, words in _remarks(findings):
        gravest, messages = notes.get(place, (severity, []))
        ranks = list(Severity)
        notes[place] = (min(gravest, severity, key=ranks.index), [*messages, words])
    return notes


def _remarks(findings: Sequence[Finding]) -> Iterator[tuple[Place, Severity, str]]:
    for one in everything(findings):
        if one.place is not None:
            yield one.place, one.severity, f"【{one.severity.word}】{one}"
        for part in one.parts:
            if part.place is not None and part.place != one.place:
                yield part.place, one.severity, f"【{one.severity.word}】参与“{one.rule}”:{one}"


def _mark(sheet: Worksheet, address: str, severity: Severity, words: Sequence[str]) -> None:
    cell = sheet[address]
    if isinstance(cell, MergedCell):
        return
    fill, ink = _LOOKS[severity]
    cell.fill = PatternFill("solid", fgColor=fill)
    cell.font = Font(name=cell.font.name, size=cell.font.size, bold=cell.font.bold, color=ink)
    text = "\n".join(words[:MOST_REMARKS])
    if len(words) > MOST_REMARKS:
        text += f"\n……另有 {len(words) - MOST_REMARKS} 条,见“{RESULTS_SHEET}”"
    if cell.comment is not None:
        text = f"{text}\n———\n{cell.comment.text}"
    cell.comment = Comment(text, AUTHOR, width=420, height=40 + 18 * (1 + len(text) // 26))


def _list(sheet: Worksheet, findings: Sequence[Finding]) -> None:
    """A sheet of all findings with links, in front."""
    dress(sheet.cell(1, 1, f"{AUTHOR}批注的副本,只供查看;请在原来的工作簿里修改。"), NOTE)
    for column, (words, width) in enumerate(RESULT_COLUMNS.items(), start=1):
        dress(sheet.cell(RESULT_HEAD, column, words), HEAD)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, one in enumerate(everything(findings), start=RESULT_HEAD + 1):
        _list_one(sheet, row, one)
    sheet.freeze_panes = f"A{RESULT_HEAD + 1}"
    set_up_page(sheet, landscape=True, repeat=f"{RESULT_HEAD}:{RESULT_HEAD}", tab=CHECK_TAB)


def _list_one(sheet: Worksheet, row: int, one: Finding) -> None:
    texts = (one.severity.word, one.place, one.label, one.what, one.todo, ";".join(one.causes))
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column)
        cell.value = str(text or "")
        cell.data_type = "s"  # also where it begins with =
        dress(cell, PLAIN)
    fill, ink = _LOOKS[one.severity]
    dress(sheet.cell(row, 1), replace(CENTRED, fill=fill, color=ink))
    if one.place is not None:
        link = sheet.cell(row, RESULT_PLACE)
        dress(link, LINK)
        link.hyperlink = Hyperlink(link.coordinate, location=str(one.place))
    fit_row(sheet, row, _result_height(one))


def _result_height(one: Finding) -> float:
    texts = {"问题": one.what, "怎么改": one.todo, "可能的原因": ";".join(one.causes)}
    return max(text_height(text, RESULT_COLUMNS[column]) for column, text in texts.items())
