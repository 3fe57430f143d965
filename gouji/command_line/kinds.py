"""The commands for who makes a kind of report: its template looked over, all kinds listed."""

from pathlib import Path
from typing import Annotated

import typer

from gouji.command_line.shell import OK, TO_MEND, WRONG_USAGE, Templates, must_exist, told_plainly


def lint(
    template: Annotated[Path, typer.Argument(metavar="模板.docx", help="Word 模板。")],
    kind: Annotated[
        str | None, typer.Option(metavar="种类", help="按这种报告的表单核对模板里的名称。")
    ] = None,
    annotate: Annotated[
        Path | None, typer.Option(metavar="COPY.docx", help="另存一份在出错处加了批注的副本。")
    ] = None,
    templates: Templates = None,
) -> None:
    """检查一个 Word 模板,一次列出所有写错的标签和名称。"""
    from docgen.report.lint_report import lint_template, save_annotated

    must_exist(template)
    with told_plainly():
        faults = lint_template(template, kind, templates)
    for fault in faults:
        typer.echo(fault.chinese())
        typer.echo(f"    {fault.english()}")
    typer.echo(f"{template.name}:" + (f"发现 {len(faults)} 处错误。" if faults else "没有错误。"))
    if annotate is not None:
        with told_plainly():
            save_annotated(template, faults, annotate)
        typer.echo(f"批注副本:{annotate}")
    raise typer.Exit(TO_MEND if faults else OK)


def kinds(templates: Templates = None) -> None:
    """列出现有的报告种类,并检查它们的表单、规则和模板。"""
    from docgen.report.lint_report import kind_faults
    from workbook.checking.kinds import KindError, kind_folders, load_kind

    faulty = False
    for name, folder in kind_folders(templates).items():
        try:
            kind = load_kind(folder)
            faults = kind_faults(kind)
            title = f"{kind.form.title}(第 {kind.form.version} 版,{len(kind.rules.rules)} 条规则)"
        except KindError as error:
            faults, title = list(error.faults), "数据文件有误"
        faulty = faulty or bool(faults)
        typer.echo(f"{name}  {title}")
        for fault in faults:
            typer.echo(f"  {fault}")
    raise typer.Exit(WRONG_USAGE if faulty else OK)
