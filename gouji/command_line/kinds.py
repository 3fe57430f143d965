"""The commands for who makes a kind of report: its template looked over, all kinds listed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gouji.command_line.shell import (
    OK,
    TO_MEND,
    WRONG_USAGE,
    Templates,
    found_kind,
    must_exist,
    told_plainly,
    told_unfit,
)
from workbook.catalogue.commands import COPY, NO_TEMPLATE_FAULTS, TEMPLATE_FAULTS

if TYPE_CHECKING:
    from workbook.checking.kinds import Kind


def lint(
    template: Annotated[Path, typer.Argument(metavar="模板.docx", help="Word 模板。")],
    kind: Annotated[
        str | None, typer.Option(metavar="种类", help="按这种报告的表单核对模板里的名称。")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(metavar="DATA", help="用这些数据(.json、.toml、.xlsx)填一遍,看有没有错。"),
    ] = None,
    annotate: Annotated[
        Path | None, typer.Option(metavar="COPY.docx", help="另存一份在出错处加了批注的副本。")
    ] = None,
    templates: Templates = None,
) -> None:
    """检查一个 Word 模板,一次列出所有写错的标签和名称。"""
    from docgen.report.lint_report import lint_template, save_annotated

    must_exist(template)
    language = "zh" if kind is None else found_kind(kind, templates).form.language
    if data is not None:
        must_exist(data)
    with told_plainly(), told_unfit():
        faults = lint_template(template, kind, templates, data)
    for fault in faults:
        typer.echo(fault.said(language))
    told = TEMPLATE_FAULTS if faults else NO_TEMPLATE_FAULTS
    typer.echo(told(language, file=template.name, count=len(faults)))
    if annotate is not None:
        with told_plainly():
            save_annotated(template, faults, annotate, language)
        typer.echo(COPY(language, path=annotate))
    raise typer.Exit(TO_MEND if faults else OK)


def _title(kind: "Kind") -> str:
    base = f"在 {kind.extends} 上改," if kind.extends else ""
    return f"{kind.form.title}({base}第 {kind.form.version} 版,{len(kind.rules.rules)} 条规则)"


def kinds(templates: Templates = None) -> None:
    """列出现有的报告种类,并检查它们的表单、规则和模板。"""
    from docgen.report.lint_report import (
        faults_beside_form,
        faults_beside_rules,
        kind_faults,
        unprinted,
    )
    from workbook.checking.data_files import KindError
    from workbook.checking.fault_lines import with_line
    from workbook.checking.kinds import load_kind
    from workbook.checking.search import kind_folders, others, overlooked

    faulty = False
    for name, folder in kind_folders(templates).items():
        kind, title = None, "数据文件有误"
        try:
            kind = load_kind(folder, templates)
            faults = kind_faults(kind)
            title = _title(kind)
        except KindError as error:
            others_of = faults_beside_rules(kind) if kind else faults_beside_form(folder)
            faults = list(dict.fromkeys([*error.faults, *others_of]))
        faulty = faulty or bool(faults)
        typer.echo(f"{name}  {title}")
        if unused := others(folder, templates):
            typer.echo(f"  请注意:用的是 {folder} 里的,没有用{'、'.join(unused)}")
        for fault in faults:
            typer.echo(f"  {with_line(fault)}")
        if kind and not faults and (left := unprinted(kind)):
            typer.echo(f"  报告里没有用到的:{'、'.join(left)}")
    for one in overlooked(templates):
        typer.echo(one)
        faulty = True
    raise typer.Exit(WRONG_USAGE if faulty else OK)
