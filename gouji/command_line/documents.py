"""The commands on a Word document: its format, what it states, and its workbook."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gouji.command_line.shell import (
    OK,
    TO_MEND,
    WRONG_USAGE,
    Templates,
    WorkbookFile,
    must_end_in,
    must_exist,
    print_pdf,
    show,
    stop,
    take_in,
    told_plainly,
)
from workbook.catalogue.audits import NOT_REFRESHED
from workbook.catalogue.commands import COPY, KEPT
from workbook.catalogue.model import Language

if TYPE_CHECKING:
    from docgen.audit.refresh import Refreshed
    from workbook.checking.intake import Intake
    from workbook.checking.kinds import Kind

ReportFile = Annotated[Path, typer.Argument(metavar="报告.docx", help="由勾稽生成的报告。")]


def format_check(
    document: Annotated[Path, typer.Argument(metavar="文件.docx", help="Word 文档。")],
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON,供程序读取。")] = False,
    annotate: Annotated[
        Path | None, typer.Option(metavar="COPY.docx", help="另存一份在不合处加了批注的副本。")
    ] = None,
) -> None:
    """核对一份 Word 文档是否合乎公文格式 GB/T 9704-2012,一次列出所有不合的地方。"""
    from docgen.official.check import check_document, save_commented
    from docgen.official.telling import to_json, told

    must_exist(document)
    with told_plainly():
        deviations = check_document(document)
    if as_json:
        typer.echo(to_json(document, deviations))
    else:
        for line in told(document, deviations):
            typer.echo(line)
    if annotate is not None:
        _put_copy(annotate, partial(save_commented, document, deviations), is_told_apart=as_json)
    raise typer.Exit(TO_MEND if deviations else OK)


def audit(
    report: ReportFile,
    workbook: WorkbookFile,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON,供程序读取。")] = False,
    annotate: Annotated[
        Path | None, typer.Option(metavar="COPY.docx", help="另存一份在不符的数上加了批注的副本。")
    ] = None,
    templates: Templates = None,
) -> None:
    """核对一份报告里的每个数是否还与填报表相符:过时的、手改的、找不到的、重复的都列出来。"""
    from docgen.audit.audit import audit_report
    from docgen.audit.telling.as_json import to_json
    from docgen.audit.telling.commenting import save_commented
    from docgen.audit.telling.lines import told

    kind, intake = _read(report, workbook, templates)
    with told_plainly():
        found = audit_report(report, kind, intake.checked.values, workbook)
    if as_json:
        typer.echo(to_json(report, workbook, found))
    else:
        for line in told(report, found):
            typer.echo(line)
    if annotate is not None:
        save, language = partial(save_commented, report, found), kind.form.language
        _put_copy(annotate, save, is_told_apart=as_json, language=language)
    raise typer.Exit(OK if found.is_true else TO_MEND)


def refresh(  # noqa: PLR0913, PLR0917 - the options of a command
    report: ReportFile,
    workbook: WorkbookFile,
    out: Annotated[
        Path | None,
        typer.Argument(metavar="更新.docx", help="写到哪里,默认写回原处,原来的一份留底。"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="手改过的也改成填报表的。")] = False,
    tracked: Annotated[
        bool, typer.Option("--tracked", help="改动记成修订,在 Word 里逐条接受或拒绝。")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON,供程序读取。")] = False,
    templates: Templates = None,
) -> None:
    """把报告里过时的数、行和段落改成填报表现在的,别的一字不动;手改过的留着,一一列出。"""
    from docgen.audit.refresh import refresh_report
    from docgen.audit.telling.as_json import refreshed_json
    from docgen.audit.telling.lines import refreshed_told

    if out is not None:
        _must_be_a_place(out)
    kind, intake = _read(report, workbook, templates)
    if not intake.checked.is_fit:
        show(intake)
        typer.secho(NOT_REFRESHED(intake.checked.language), err=True)
        raise typer.Exit(TO_MEND)
    with told_plainly():
        values = intake.checked.values
        made = refresh_report(report, kind, values, workbook, force=force, tracked=tracked)
        path = out or report
        backup = _saved(path, made, kind, is_forced=out is not None)
    if as_json:
        typer.echo(refreshed_json(report, workbook, path, made))
    else:
        for line in refreshed_told(path, made):
            typer.echo(line)
    if backup is not None:
        typer.echo(KEPT(intake.checked.language, path=backup), err=as_json)
    raise typer.Exit(OK if made.after.is_true else TO_MEND)


def _saved(path: Path, made: "Refreshed", kind: "Kind", *, is_forced: bool) -> Path | None:
    """Save what was refreshed, if anything was, and say where the one before is kept."""
    from workbook.files.save import save_over

    if not (made.is_changed or is_forced):
        return None
    return save_over(path, made.document, language=kind.form.language)


def _must_be_a_place(out: Path) -> None:
    """Stop where a report is not to be written: with another ending, in a folder mistyped."""
    must_end_in(out, ".docx", "报告")
    if not out.absolute().parent.is_dir():
        stop(f"没有这个文件夹:{out.parent}。请先建好它,或换一个写到的地方。")


def _put_copy(
    copy: Path, save: Callable[[Path], None], *, is_told_apart: bool, language: Language = "zh"
) -> None:
    """Save a copy with remarks and say where; apart from what a program reads."""
    with told_plainly():
        save(copy)
    typer.echo(COPY(language, path=copy), err=is_told_apart)


def _read(report: Path, workbook: Path, templates: Path | None) -> "tuple[Kind, Intake]":
    """The workbook of a report with its kind; where nothing of it can be read, that is said."""
    must_exist(report)
    intake = take_in(workbook, templates)
    if intake.kind is None or not intake.checked.values.fields:
        show(intake)
        raise typer.Exit(WRONG_USAGE)
    return intake.kind, intake


def proof(
    document: Annotated[Path, typer.Argument(metavar="文件.docx", help="Word 文档。")],
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON,供程序读取。")] = False,
    annotate: Annotated[
        Path | None, typer.Option(metavar="COPY.docx", help="另存一份在有错处加了批注的副本。")
    ] = None,
    off: Annotated[
        list[str] | None, typer.Option("--off", metavar="RULE", help="不用这一条规则,可写多次。")
    ] = None,
) -> None:
    """核对一份报告自己说的数:合计、增减、占比、前后是否一致,还有模板里留下的字。"""
    from docgen.proof.check import proof_document, save_commented, unknown_rules
    from docgen.proof.telling import to_json, told
    from workbook.proof.whole.rules import RULES

    if unknown := unknown_rules(off or ()):
        stop(f"没有这条规则:{'、'.join(unknown)}。有:{'、'.join(RULES)}")
    must_exist(document)
    with told_plainly():
        verdict = proof_document(document, off or ())
    if as_json:
        typer.echo(to_json(document, verdict))
    else:
        for line in told(document, verdict):
            typer.echo(line)
    if annotate is not None:
        _put_copy(annotate, partial(save_commented, document, verdict.slips), is_told_apart=as_json)
    raise typer.Exit(OK if verdict.is_sound else TO_MEND)


def pdf(
    document: Annotated[Path, typer.Argument(metavar="报告.docx", help="Word 文档。")],
    out: Annotated[
        Path | None, typer.Argument(metavar="归档.pdf", help="写到哪里,默认在文档旁边。")
    ] = None,
) -> None:
    """把一份 Word 文档转成归档用的 PDF(PDF/A),字体都嵌在里面;缺的字体会说。"""
    must_exist(document)
    must_end_in(document, ".docx", "文档")
    if out is not None:
        must_end_in(out, ".pdf", "PDF")
    print_pdf(document, out or document.with_suffix(".pdf"))
