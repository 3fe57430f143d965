"""A copy of the clerk's workbook with coloured cells and notes; the original is not touched.

openpyxl loses what it does not know (drawings, threaded comments), so the copy is for reading, and
says so on its first note.
"""

import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from workbook.findings import Finding, Severity, everything
from workbook.save import OutputError, save_new
from workbook.snapshot import Place
from workbook.styles import AMBER_FILL, AMBER_INK, BLUE_FILL, BLUE_INK, RED_FILL, RED_INK

AUTHOR = "勾稽"
RESULTS_SHEET = "校验结果"
_LOOKS = {
    Severity.ERROR: (RED_FILL, RED_INK),
    Severity.WARNING: (AMBER_FILL, AMBER_INK),
    Severity.HINT: (BLUE_FILL, BLUE_INK),
}


def annotate(source: Path, findings: Sequence[Finding], copy: Path) -> None:
    """Write the annotated copy; raises `OutputError` when it is the original or exists already."""
    if copy.resolve() == source.resolve():
        raise OutputError("批注要写到另一份文件里,请换一个文件名。")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl cannot keep, which the docstring tells
        book = load_workbook(source, rich_text=True)
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
    text = "\n".join(words)
    if cell.comment is not None:
        text = f"{text}\n———\n{cell.comment.text}"
    cell.comment = Comment(text, AUTHOR, width=420, height=40 + 18 * (1 + len(text) // 26))


def _list(sheet: Worksheet, findings: Sequence[Finding]) -> None:
    """A sheet of all findings with links, in front."""
    sheet["A1"] = f"这是 {AUTHOR}批注的副本,只供查看;请在原来的工作簿里修改。"
    sheet.append([])
    sheet.append(["级别", "位置", "项目", "问题", "怎么改", "可能的原因"])
    for one in everything(findings):
        causes = ";".join(one.causes)
        sheet.append(
            [one.severity.word, str(one.place or ""), one.label, one.what, one.todo, causes]
        )
        if one.place is not None:
            cell = sheet.cell(sheet.max_row, 2)
            cell.hyperlink = f"#{one.place}"
            cell.style = "Hyperlink"
    for letter, width in zip("ABCDEF", (8, 18, 24, 60, 36, 50), strict=True):
        sheet.column_dimensions[letter].width = width
