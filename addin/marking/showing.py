"""What was found is shown in the book where the book lets us, and always somewhere."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import xlwings as xw

from addin.marking import marks
from addin.marking.results_sheet import RESULTS_SHEET, is_taken
from addin.open_book.busy import is_busy, is_gone, patiently
from addin.open_book.live import LiveBook
from addin.open_book.place import home
from addin.open_book.protection import is_read_only, structure_is_locked
from addin.open_book.sheets_and_names import sheet_names
from workbook.checking.intake import Intake, examine
from workbook.checking.show import report_lines, summary
from workbook.files.log import write_down
from workbook.files.save import OutputError, put_whole, save_over
from workbook.findings.model import Finding, Severity
from workbook.marking.remarks import remarks

MOST_SHOWN: Final = 3
HEADING: Final = "勾稽的校验结果:"  # the first line of a list that may be written over
IN_BOOK: Final = f"“{RESULTS_SHEET}”表"


@dataclass(frozen=True, slots=True)
class Shown:
    """Where the whole list is, and why not all cells bear their marks; '' where they do."""

    place: str = IN_BOOK
    why: str = ""


def show_in_book(book: xw.Book, intake: Intake) -> Shown:
    """Mark the cells and list the findings in the book; in a file, if the book takes no list."""
    findings = intake.checked.findings
    why = why_unmarked(book)
    if not why:
        try:
            refused = patiently(lambda: marks.show(book, findings, summary(findings)))
        except Exception as error:
            if is_busy(error) or is_gone(error):
                raise
            write_down("marks")
            why = "单元格上的标记没有做成"
        else:
            if refused:
                sheets = "、".join(f"“{name}”" for name in refused)
                return Shown(why=f"{sheets}表有密码保护,没有做标记")
            if not findings or not is_read_only(book):
                return Shown()
            why = "工作簿是只读的,标记存不下来"
    return show_in_file(intake, home(book), why)


def show_in_file(intake: Intake, folder: Path, why: str) -> Shown:
    """The whole list as a text file, in the folder or where the clerk may write."""
    if not intake.checked.findings:
        return Shown(why=why)
    text = "\n".join(
        [f"{HEADING}{intake.path}", "", *report_lines(intake.path, intake.checked), ""]
    )
    for place in _places(folder, f"{intake.path.stem}校验结果.txt"):
        try:
            _write(place, text.encode("utf-8-sig"))
        except (OutputError, OSError):
            continue
        return Shown(f"「{place}」", why)
    return Shown("", why)


def message(intake: Intake, shown: Shown) -> str:
    """How many there are, why they are not marked, the first few, and where all of them are."""
    findings = intake.checked.findings
    head = f"{summary(findings)}。{_reason(shown)}"
    whole = f"……全部见{shown.place}。" if findings and shown.place else ""
    return "\n\n".join(filter(None, [head, *_first(findings), whole]))


def refusal(intake: Intake, shown: Shown, undone: str = "报告没有生成") -> str:
    """What was not done, the first few errors, and where all of them are."""
    findings = intake.checked.findings
    errors = [one for one in findings if one.severity is Severity.ERROR]
    head = f"{summary(findings)},{undone}。{_reason(shown)}请先改正:"
    has_more = (len(errors) > MOST_SHOWN or shown.why) and shown.place
    whole = f"……全部 {len(errors)} 处错误见{shown.place}。" if has_more else ""
    return "\n\n".join(filter(None, [head, *_first(errors), whole]))


def _reason(shown: Shown) -> str:
    return f"{shown.why}。" if shown.why else ""


def _first(findings: Sequence[Finding]) -> list[str]:
    return [f"{one}。" for one in findings[:MOST_SHOWN]]


def why_unmarked(book: xw.Book) -> str:
    """Why the book takes no list, without which nothing may be marked; '' where it takes one."""
    if book.app.engine.name != "excel" and is_read_only(book):  # Excel changes one in memory
        return "工作簿是只读的,没有做标记"
    if structure_is_locked(book) and RESULTS_SHEET not in sheet_names(book):
        return f"工作簿的结构有保护,加不了{IN_BOOK},没有做标记"
    return f"工作簿里有一张自己的{IN_BOOK},没有做标记" if is_taken(book) else ""


def cells_to_visit(book: xw.Book) -> list[marks.CellAddress]:
    """The cells that the findings are about; found anew where the book holds no list of them."""
    if cells := marks.listed_cells(book):
        return cells
    if not why_unmarked(book):
        return []
    live = LiveBook(book)
    findings = examine(live.path, live).checked.findings
    return [(place.sheet, place.address) for place in remarks(findings)]


def _places(folder: Path, name: str) -> Iterator[Path]:
    yield from (folder / name, Path.home() / name, Path(tempfile.gettempdir()) / name)


def _write(path: Path, data: bytes) -> None:
    """Put the list there; one of ours is replaced, anything else is kept beside it."""
    if path.is_file() and path.read_bytes().startswith(HEADING.encode("utf-8-sig")):
        put_whole(path, (data,))
    else:
        save_over(path, data)
