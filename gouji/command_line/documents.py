"""The commands on a finished Word document: held against the norm, and against its workbook."""

from pathlib import Path
from typing import Annotated

import typer

from gouji.command_line.shell import (
    OK,
    TO_MEND,
    WRONG_USAGE,
    Templates,
    WorkbookFile,
    must_exist,
    show,
    take_in,
    told_plainly,
)


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
        with told_plainly():
            save_commented(document, deviations, annotate)
        typer.echo(f"批注副本:{annotate}", err=as_json)
    raise typer.Exit(TO_MEND if deviations else OK)


def audit(
    report: Annotated[Path, typer.Argument(metavar="报告.docx", help="由勾稽生成的报告。")],
    workbook: WorkbookFile,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON,供程序读取。")] = False,
    annotate: Annotated[
        Path | None, typer.Option(metavar="COPY.docx", help="另存一份在不符的数上加了批注的副本。")
    ] = None,
    templates: Templates = None,
) -> None:
    """核对一份报告里的每个数是否还与填报表相符:过时的、手改的、找不到的、重复的都列出来。"""
    from docgen.audit.audit import audit_report
    from docgen.audit.telling import save_commented, to_json, told

    must_exist(report)
    intake = take_in(workbook, templates)
    if intake.kind is None or not intake.checked.values.fields:
        show(intake)
        raise typer.Exit(WRONG_USAGE)
    with told_plainly():
        found = audit_report(report, intake.kind, intake.checked.values, workbook)
    if as_json:
        typer.echo(to_json(report, workbook, found))
    else:
        for line in told(report, found):
            typer.echo(line)
    if annotate is not None:
        with told_plainly():
            save_commented(report, found, annotate)
        typer.echo(f"批注副本:{annotate}", err=as_json)
    raise typer.Exit(OK if found.is_true else TO_MEND)
