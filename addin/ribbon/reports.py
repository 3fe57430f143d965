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
from docgen.audit.audit import Audit, audit_report
from docgen.audit.opening import NotComparableError, is_of_same_unit, open_report
from docgen.audit.refresh import refresh_report
from docgen.audit.telling import lines as audit_telling
from docgen.audit.telling.commenting import save_commented
from docgen.proof import check as proof
from docgen.proof.telling import told as proof_told
from docgen.report.report import about_report, make_report, report_name
from docgen.template.lint.annotate import commented
from docgen.template.model.errors import Location, TemplateError
from workbook.catalogue import buttons as said
from workbook.catalogue.audits import UPDATED
from workbook.catalogue.model import Language
from workbook.catalogue.reports import NOT_PROVEN
from workbook.checking.intake import Intake
from workbook.files.save import save_new, save_over
from workbook.proof.model import Slip

MOST_LINES: Final = 16  # that a message box has room for
MOST_LOOKED_AT: Final = 30  # Word files of a folder, the newest first
REWRITTEN: Final = tuple(UPDATED)  # begins the line of whatever was brought up to date


def make_new(intake: Intake, folder: Path, shown: Shown, screen: Screen) -> Path | None:
    """The written report; None when an error stands in its way or the clerk wants none."""
    assert intake.kind is not None
    language = intake.checked.language
    if not intake.checked.is_fit:
        screen.status("")
        screen.say(refusal(intake, shown))
        return None
    path = folder / report_name(intake.kind, intake.checked.values)
    if not intake.path.is_absolute() or path.exists():
        chosen = screen.place_to_save(path)
        if chosen is None:
            screen.status(said.NO_REPORT_MADE(language))
            return None
        path = chosen
    screen.status(said.MAKING(language))
    made = make_report(intake, path)
    screen.status(said.REPORT_AT(language, path=made.path, kept=kept_as(made.backup, language)))
    return made.path


def kept_as(backup: Path | None, language: Language) -> str:
    """What is added of the file that was there before, where there was one."""
    return said.KEPT_AS(language, name=backup.name) if backup else ""


def check_last(intake: Intake, folder: Path, screen: Screen) -> None:
    """Hold the last report against the book and against itself, and say both in one list."""
    language = intake.checked.language
    path = _last(intake, folder) or screen.file_to_open(folder, ".docx")
    if path is None:
        screen.status(said.NONE_CHOSEN(language))
        return
    audit = _audited(path, intake)
    told = [audit] if isinstance(audit, str) else audit_telling.told(path, audit)
    *figures, of_book = told
    found, (*slips, of_itself) = _proven(path, language)
    heads = [of_book, of_itself, *([said.IS_OPEN_TOO(language)] if _is_open(path) else [])]
    screen.status("")
    if not figures and not slips:
        screen.say("\n".join(heads))
    elif screen.agrees(_question([*figures, *slips], heads, language)):
        copy = _copy_of(path, language)
        _comment(path, None if isinstance(audit, str) else audit, found, copy)
        screen.status(said.COPY_AT(language, path=copy))
        screen.show(copy)


def _proven(path: Path, language: Language) -> tuple[Sequence[Slip], list[str]]:
    """What in a report contradicts itself, and the lines that say so; only Chinese is read."""
    if language != "zh":
        return (), [NOT_PROVEN(language)]
    verdict = proof.proof_document(path)
    return verdict.slips, list(proof_told(path, verdict))


def refresh_last(intake: Intake, folder: Path, shown: Shown, screen: Screen) -> None:
    """Bring the last report up to date, say what was done, open it."""
    screen.status("")
    if not intake.checked.is_fit:
        screen.say(refusal(intake, shown, said.NOT_UPDATED))
        return
    path = _to_change(intake, folder, screen)
    if path is None:
        screen.status(said.NONE_CHOSEN(intake.checked.language))
    elif _is_open(path):
        screen.say(said.IS_OPEN(intake.checked.language, name=path.name))
    else:
        _refresh(path, intake, screen)


def last_to_print(intake: Intake, folder: Path, screen: Screen) -> Path | None:
    """The last report, where there is one and the clerk wants it as it is and not made anew."""
    path = _last(intake, folder)
    if path is None:
        return None
    return path if screen.agrees(said.TO_PRINT(intake.checked.language, name=path.name)) else None


def print_report(report: Path, language: Language, screen: Screen) -> None:
    """Make the PDF of a report beside it, open it, and say what is amiss with it."""
    from docgen.printing.pdf import save_as_pdf  # noqa: PLC0415 - a click pays only for what it does

    screen.status(said.PRINTING(language))
    printed = save_as_pdf(report, report.with_suffix(".pdf"))
    kept = kept_as(printed.backup, language)
    screen.status(said.PDF_AT(language, path=printed.path, kept=kept))
    screen.show(printed.path)
    for warning in printed.warnings(language):
        screen.say(warning)


def _refresh(path: Path, intake: Intake, screen: Screen) -> None:
    assert intake.kind is not None
    language = intake.checked.language
    screen.status(said.REFRESHING(language))
    try:
        made = refresh_report(path, intake.kind, intake.checked.values, _workbook(intake, path))
    except NotComparableError as error:
        screen.status("")
        screen.say(str(error))
        return
    *lines, done = audit_telling.refreshed_told(path, made)
    left = [line for line in lines if not line.startswith(REWRITTEN)]
    backup = save_over(path, made.document) if made.is_changed else None
    summary = said.KEPT(language, done=done, name=backup.name) if backup else done
    screen.status(summary)
    screen.say("\n".join([summary, *_first(left, said.ALL_BY_CHECK(language))]))
    screen.show(path)


def _workbook(intake: Intake, report: Path) -> Path:
    """The book, whose folder keeps what a report knows of its figures; else the report's does."""
    return intake.path if intake.path.is_absolute() else report.with_name(intake.path.name)


def _last(intake: Intake, folder: Path) -> Path | None:
    """The newest report in the folder that is of this unit and year; None where there is none."""
    assert intake.kind is not None
    own = about_report(intake.kind, intake.checked.values, draft=False)
    files = [one for one in folder.glob("*.docx") if one.is_file() and not _is_copy(one)]
    files.sort(key=lambda one: one.stat().st_mtime, reverse=True)
    for path in files[:MOST_LOOKED_AT]:
        try:
            about = open_report(path, _workbook(intake, path)).manifest.about
        except (NotComparableError, TemplateError, OSError):
            continue
        if about.get("kind") == own["kind"] and is_of_same_unit(about, own):
            return path
    return None


def _to_change(intake: Intake, folder: Path, screen: Screen) -> Path | None:
    """The last report, or another that the clerk chooses; None if none."""
    path = _last(intake, folder)
    language = intake.checked.language
    if path is not None and screen.agrees(said.TO_REFRESH(language, name=path.name)):
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


def _question(lines: Sequence[str], heads: Sequence[str], language: Language) -> str:
    """What is wrong, and whether a copy is wanted that says it at each place."""
    shown = _first(lines, said.LINES_IN_ALL(language, count=len(lines)))
    return "\n".join([*heads, "", *shown, "", said.WANT_COPY(language)])


def _copy_of(path: Path, language: Language) -> Path:
    """Where a copy of the report with comments is to lie; nothing is there."""
    return free(path.with_name(f"{path.stem}{said.COPY_SUFFIX(language)}.docx"))


def _is_copy(path: Path) -> bool:
    """Whether a file is a copy with comments, by its name."""
    return any(suffix in path.stem for suffix in said.COPY_SUFFIX)


def _comment(path: Path, audit: Audit | None, slips: Sequence[Slip], copy: Path) -> None:
    """Write a copy of the report with all of it as comments, what has no place at the beginning."""
    with tempfile.TemporaryDirectory(prefix="gouji") as made:
        first, second = Path(made, "1.docx"), Path(made, "2.docx")
        if audit is not None:
            save_commented(path, audit, first)
        proof.save_commented(path if audit is None else first, slips, second)
        unplaced = [] if audit is None else _unplaced(path, audit)
        save_new(copy, commented(second, [(Location(), unplaced)] if unplaced else []))


def _unplaced(path: Path, audit: Audit) -> list[str]:
    """What an audit says of no place in the document: of charts, of figures that it lacks."""
    figures = tuple(one for one in audit.figures if one.place is None)
    left = replace(audit.without_places(), figures=figures)
    return list(audit_telling.told(path, left))[:-1]
