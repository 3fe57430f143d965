"""What each button does with the open book, in the words of the command line."""

from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Final

import xlwings as xw

from addin import marks
from addin.insert_check import insert_check
from addin.live import LiveBook
from addin.screen import Screen
from docgen.show import summary
from workbook.findings import Finding, Severity
from workbook.intake import Intake, examine
from workbook.remarks import RESULTS_SHEET

MOST_SHOWN: Final = 3
MOST_LINES: Final = 30

Action = Callable[[xw.Book, Screen], None]


def validate(book: xw.Book, screen: Screen) -> None:
    """Check the book as it stands, mark its cells, list all findings, and say how many."""
    intake = _checked(book, screen)
    if intake.kind is not None:
        screen.status(f"{summary(intake.checked.findings)}。")


def next_finding(book: xw.Book, screen: Screen) -> None:
    """Go to the next cell of the list, to the first one after the last."""
    cells = marks.listed_cells(book)
    if not cells:
        screen.say("没有要查看的问题。请先按“校验”。")
        return
    selected = book.app.selection
    address = selected.get_address(False, False) if selected else ""
    here = (book.sheets.active.name, address)
    number = (cells.index(here) + 1) % len(cells) if here in cells else 0
    sheet, address = cells[number]
    book.sheets[sheet].activate()
    cell = book.sheets[sheet].range(address)
    cell.select()
    note = cell.note.text if cell.note is not None else ""
    screen.status(f"第 {number + 1} 处,共 {len(cells)} 处:{note.splitlines()[0] if note else ''}")


def clear_marks(book: xw.Book, screen: Screen) -> None:
    """Give every cell its own colour and note back."""
    count = marks.clear(book)
    screen.status(f"已恢复 {count} 个单元格。" if count else "没有标记。")


def make_report(book: xw.Book, screen: Screen) -> None:
    """Check the book, write the Word report beside it, open it."""
    report = _report(book, screen)
    if report is not None:
        screen.show(report)


def export_pdf(book: xw.Book, screen: Screen) -> None:
    """Check the book, write the report as Word and PDF, open the PDF."""
    report = _report(book, screen)
    if report is None:
        return
    from docgen.pdf import save_as_pdf  # noqa: PLC0415 - a click pays only for what it does

    screen.status("正在转成 PDF……")
    printed = report.with_suffix(".pdf")
    backup = save_as_pdf(report, printed)
    screen.status(f"PDF:{printed}" + (f"(原有的一份留作 {backup.name})" if backup else ""))
    screen.show(printed)


def new_book(book: xw.Book, screen: Screen) -> None:
    """Make a workbook of a kind that the clerk chooses, beside the open one, and open it."""
    from workbook.build import build_workbook  # noqa: PLC0415 - a click pays only for what it does
    from workbook.kinds import kind_folders, load_kind  # noqa: PLC0415 - the same
    from workbook.save import save_new  # noqa: PLC0415 - the same

    for folder in kind_folders(None).values():
        kind = load_kind(folder)
        if not screen.agrees(f"新建一本《{kind.form.title}》的填报工作簿?"):
            continue
        path = screen.place_to_save(_free(_home(book) / "填报.xlsx"))
        if path is not None:
            save_new(path, build_workbook(kind.form, kind.rules).save)
            book.app.books.open(str(path))
        return


def roll_over(book: xw.Book, screen: Screen) -> None:
    """Make next year's workbook of the open one, beside it, open it, and say what was carried."""
    from docgen.show_rollover import rollover_lines  # noqa: PLC0415 - a click pays for what it does
    from workbook import rollover  # noqa: PLC0415 - the same

    live = LiveBook(book)
    made = rollover.roll_over(live, live.path)
    if isinstance(made, Finding):
        screen.say(str(made))
        return
    path: Path | None = rollover.next_path(live.path, made.year)
    if path is not None and path.exists():
        path = screen.place_to_save(_free(path))
    if path is None:
        screen.status("没有新建工作簿。")
        return
    made.save(path)
    book.app.books.open(str(path))
    screen.say(_account(list(rollover_lines(made, path, live.path)), path))


def manual(book: xw.Book, screen: Screen) -> None:
    """Open the manual that was installed with the program."""
    screen.show(Path(__file__).parent / "manual.html")


def doctor(book: xw.Book, screen: Screen) -> None:
    """Say what is installed and where the log is."""
    from addin.computer import ThisComputer  # noqa: PLC0415 - a click pays only for what it does
    from addin.doctor import examined  # noqa: PLC0415 - the same

    program = f"{book.app.engine.name} {book.app.version}"
    screen.say("\n".join(str(line) for line in examined(ThisComputer(), program)))


def about(book: xw.Book, screen: Screen) -> None:
    """Say what this is, its version and licence."""
    what = "一本 Excel 填报,合计自动核对,一键生成官方格式的 Word 报告。"
    screen.say(f"勾稽 {version('gouji')}\n{what}\nApache-2.0 许可")


def _checked(book: xw.Book, screen: Screen) -> Intake:
    """The book checked and marked; what is no form of ours is said and left alone."""
    screen.status("正在校验……")
    live = LiveBook(book)
    intake = examine(live.path, live)
    if intake.kind is None:
        screen.status("")
        screen.say("\n".join(str(one) for one in intake.checked.findings))
    else:
        marks.show(book, intake.checked.findings, summary(intake.checked.findings))
    return intake


def _report(book: xw.Book, screen: Screen) -> Path | None:
    """The written report, None when an error stands in its way or the clerk wants none."""
    intake = _checked(book, screen)
    if intake.kind is None:
        return None
    if not intake.checked.is_fit:
        screen.status("")
        screen.say(_refusal(intake))
        return None
    from docgen.report import make_report as write  # noqa: PLC0415 - a click pays for what it does
    from docgen.report import report_name  # noqa: PLC0415 - the same

    path = intake.path.with_name(report_name(intake.kind, intake.checked.values))
    if path.exists():
        chosen = screen.place_to_save(path)
        if chosen is None:
            screen.status("没有生成报告。")
            return None
        path = chosen
    screen.status("正在生成报告……")
    made = write(intake, path)
    screen.status(
        f"报告:{made.path}" + (f"(原有的一份留作 {made.backup.name})" if made.backup else "")
    )
    return made.path


def _refusal(intake: Intake) -> str:
    findings = intake.checked.findings
    errors = [str(one) for one in findings if one.severity is Severity.ERROR]
    lines = [f"{one}。" for one in errors[:MOST_SHOWN]]
    if len(errors) > MOST_SHOWN:
        lines.append(f"……全部 {len(errors)} 处错误见“{RESULTS_SHEET}”表。")
    return "\n\n".join([f"{summary(findings)},报告没有生成。请先改正:", *lines])


def _account(lines: list[str], path: Path) -> str:
    """As many lines as a message box has room for; all of them then lie beside the workbook."""
    if len(lines) > MOST_LINES:
        from workbook.save import save_over  # noqa: PLC0415 - a click pays only for what it does

        whole = path.with_name(f"{path.stem}结转说明.txt")
        save_over(whole, "\n".join([*lines, ""]).encode("utf-8-sig"))
        lines = [*lines[:MOST_LINES], f"……全部见“{whole.name}”。"]
    return "\n".join(lines)


def _home(book: xw.Book) -> Path:
    """The folder of the open book; the clerk's own where it was never saved or none is open."""
    path = Path(book.fullname)
    no_book = path.suffix == ".xlam"  # the add-in itself then speaks for Excel
    return Path.home() if no_book or not path.is_absolute() else path.parent


def _free(path: Path) -> Path:
    """`path`, or the first of its numbered neighbours that is not taken."""
    names = (path.with_name(f"{path.stem}{n}{path.suffix}") for n in range(2, 10_000))
    return path if not path.exists() else next(name for name in names if not name.exists())


ACTIONS: Final[Mapping[str, Action]] = {
    action.__name__: action
    for action in (
        new_book, roll_over, validate, next_finding, clear_marks, insert_check, make_report,
        export_pdf, manual, doctor, about,
    )
}  # fmt: skip
