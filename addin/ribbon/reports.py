"""The buttons 生成报告, 核对报告 and 更新报告 on a book that was read and checked, open or saved.

`folder` is where the book's reports lie, `shown` where its findings are to be seen.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from addin.marking.showing import Shown, refusal
from addin.ribbon.new_books import free
from addin.ribbon.screen import Screen
from docgen.audit import telling as audit_telling
from docgen.audit.audit import Audit, audit_report
from docgen.audit.commenting import save_commented
from docgen.audit.opening import NotComparableError, is_of_same_unit, open_report
from docgen.audit.refresh import refresh_report
from docgen.proof import check as proof
from docgen.proof.telling import told as proof_told
from docgen.report.report import about_report, make_report, report_name
from docgen.template.lint.annotate import commented
from docgen.template.model.errors import Location, TemplateError
from workbook.catalogue.audits import UPDATED
from workbook.checking.intake import Intake
from workbook.files.save import save_new, save_over
from workbook.proof.model import Slip

MOST_LINES: Final = 16  # that a message box has room for
MOST_LOOKED_AT: Final = 30  # Word files of a folder, the newest first
COPY: Final = "核对批注"  # ends the name of a copy with comments, which is no report
REWRITTEN: Final = tuple(UPDATED)  # begins the line of whatever was brought up to date
NO_REPORT: Final = "没有选报告。"
IS_OPEN: Final = "「{}」正开着。请先存盘、关掉它,再按一次“更新报告”。"
IS_OPEN_TOO: Final = "(报告正开着,核对的是存了盘的那一份。)"


def make_new(intake: Intake, folder: Path, shown: Shown, screen: Screen) -> Path | None:
    """The written report; None when an error stands in its way or the clerk wants none."""
    assert intake.kind is not None
    if not intake.checked.is_fit:
        screen.status("")
        screen.say(refusal(intake, shown))
        return None
    path = folder / report_name(intake.kind, intake.checked.values)
    if not intake.path.is_absolute() or path.exists():
        chosen = screen.place_to_save(path)
        if chosen is None:
            screen.status("没有生成报告。")
            return None
        path = chosen
    screen.status("正在生成报告……")
    made = make_report(intake, path)
    screen.status(
        f"报告:{made.path}" + (f"(原有的一份留作 {made.backup.name})" if made.backup else "")
    )
    return made.path


def check_last(intake: Intake, folder: Path, screen: Screen) -> None:
    """Hold the last report against the book and against itself, and say both in one list."""
    path = _last(intake, folder) or screen.file_to_open(folder, ".docx")
    if path is None:
        screen.status(NO_REPORT)
        return
    audit, verdict = _audited(path, intake), proof.proof_document(path)
    told = [audit] if isinstance(audit, str) else audit_telling.told(path, audit)
    *figures, of_book = told
    *slips, of_itself = proof_told(path, verdict)
    heads = [of_book, of_itself, *([IS_OPEN_TOO] if _is_open(path) else [])]
    screen.status("")
    if not figures and not slips:
        screen.say("\n".join(heads))
    elif screen.agrees(_question([*figures, *slips], heads)):
        copy = _commented(path, None if isinstance(audit, str) else audit, verdict.slips)
        screen.status(f"批注副本:{copy}")
        screen.show(copy)


def refresh_last(intake: Intake, folder: Path, shown: Shown, screen: Screen) -> None:
    """Bring the last report up to date, say what was done, open it."""
    screen.status("")
    if not intake.checked.is_fit:
        screen.say(refusal(intake, shown, "报告没有更新"))
        return
    path = _to_change(intake, folder, screen)
    if path is None:
        screen.status(NO_REPORT)
    elif _is_open(path):
        screen.say(IS_OPEN.format(path.name))
    else:
        _refresh(path, intake, screen)


def last_to_print(intake: Intake, folder: Path, screen: Screen) -> Path | None:
    """The last report, where there is one and the clerk wants it as it is and not made anew."""
    path = _last(intake, folder)
    if path is not None and screen.agrees(
        f"把「{path.name}」转成 PDF?在 Word 里改过的字句都在。\n选“否”,就重新生成一份报告再转。"
    ):
        return path
    return None


def _refresh(path: Path, intake: Intake, screen: Screen) -> None:
    assert intake.kind is not None
    screen.status("正在更新报告……")
    try:
        made = refresh_report(path, intake.kind, intake.checked.values, _workbook(intake, path))
    except NotComparableError as error:
        screen.status("")
        screen.say(str(error))
        return
    *lines, done = audit_telling.refreshed_told(path, made)
    left = [line for line in lines if not line.startswith(REWRITTEN)]
    backup = save_over(path, made.document) if made.is_changed else None
    summary = f"{done}原有的一份留作 {backup.name}。" if backup else done
    screen.status(summary)
    screen.say("\n".join([summary, *_first(left, "……按“核对报告”看全部。")]))
    screen.show(path)


def _workbook(intake: Intake, report: Path) -> Path:
    """The book, whose folder keeps what a report knows of its figures; else the report's does."""
    return intake.path if intake.path.is_absolute() else report.with_name(intake.path.name)


def _last(intake: Intake, folder: Path) -> Path | None:
    """The newest report in the folder that is of this unit and year; None where there is none."""
    assert intake.kind is not None
    own = about_report(intake.kind, intake.checked.values, draft=False)
    files = [one for one in folder.glob("*.docx") if one.is_file() and COPY not in one.stem]
    files.sort(key=lambda one: one.stat().st_mtime, reverse=True)
    for path in files[:MOST_LOOKED_AT]:
        try:
            said = open_report(path, _workbook(intake, path)).manifest.about
        except (NotComparableError, TemplateError, OSError):
            continue
        if said.get("kind") == own["kind"] and is_of_same_unit(said, own):
            return path
    return None


def _to_change(intake: Intake, folder: Path, screen: Screen) -> Path | None:
    """The last report, or another that the clerk chooses; None if none."""
    path = _last(intake, folder)
    if path is not None and screen.agrees(
        f"更新「{path.name}」?里面过时的数改成这本工作簿现在的,手改过的数留着,原来的一份留底。\n"
        "选“否”,可以另选一份报告。"
    ):
        return path
    return screen.file_to_open(folder, ".docx")


def _audited(path: Path, intake: Intake) -> Audit | str:
    """The audit of a report, or why there is none: it is another's, or of other hands."""
    assert intake.kind is not None
    try:
        return audit_report(path, intake.kind, intake.checked.values, _workbook(intake, path))
    except NotComparableError as error:
        return str(error)


def _is_open(path: Path) -> bool:
    """Whether Word, WPS or LibreOffice has it open, by the file that each leaves beside it."""
    names = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    return any(path.with_name(name).exists() for name in names)


def _first(lines: Sequence[str], more: str) -> list[str]:
    """As many lines as a message box has room for, and what to say of the rest."""
    return list(lines) if len(lines) <= MOST_LINES else [*lines[:MOST_LINES], more]


def _question(lines: Sequence[str], heads: Sequence[str]) -> str:
    """What is wrong, and whether a copy is wanted that says it at each place."""
    shown = _first(lines, f"……共 {len(lines)} 行。")
    return "\n".join([*heads, "", *shown, "", "打开一份在这些地方加了批注的副本?"])


def _commented(path: Path, audit: Audit | None, slips: Sequence[Slip]) -> Path:
    """A new copy of the report with all of it as comments, what has no place at the beginning."""
    copy = free(path.with_name(f"{path.stem}{COPY}.docx"))
    with tempfile.TemporaryDirectory(prefix="gouji") as made:
        first, second = Path(made, "1.docx"), Path(made, "2.docx")
        if audit is not None:
            save_commented(path, audit, first)
        proof.save_commented(path if audit is None else first, slips, second)
        unplaced = [] if audit is None else _unplaced(path, audit)
        save_new(copy, commented(second, [(Location(), unplaced)] if unplaced else []))
    return copy


def _unplaced(path: Path, audit: Audit) -> list[str]:
    """What an audit says of no place in the document: of charts, of figures that it lacks."""
    figures = tuple(one for one in audit.figures if one.place is None)
    left = replace(audit.without_places(), figures=figures)
    return list(audit_telling.told(path, left))[:-1]
