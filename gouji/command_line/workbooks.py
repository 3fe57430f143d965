"""The commands on workbooks: a new one, its check, next year's, one from a report made by hand."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gouji.command_line.shell import (
    OK,
    TO_MEND,
    NewWorkbook,
    Templates,
    WorkbookFiles,
    each,
    found_kind,
    must_end_in,
    must_exist,
    show,
    stop,
    take_in,
    told_plainly,
    workbooks_in,
)
from workbook.catalogue.commands import COPY, NOT_QUOTED
from workbook.catalogue.years import MADE

if TYPE_CHECKING:
    from workbook.checking.intake import Intake


def new(
    kind: Annotated[str, typer.Argument(metavar="种类", help="报告种类,如 department。")],
    out: NewWorkbook,
    sample: Annotated[bool, typer.Option("--sample", help="填好样例。")] = False,
    templates: Templates = None,
) -> None:
    """新建一本填报工作簿。"""
    from gouji.from_python.calls import make_workbook

    found = found_kind(kind, templates)
    with told_plainly():
        make_workbook(found, out, sample=sample)
    typer.echo(MADE(found.form.language, path=out))


def check(
    workbooks: WorkbookFiles,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON,供程序读取。")] = False,
    annotate: Annotated[
        Path | None, typer.Option(metavar="COPY.xlsx", help="另存一份标了颜色和批注的副本。")
    ] = None,
    quote: Annotated[
        Path | None,
        typer.Option(metavar="COPY.xlsx", help="另存一份副本,文字里和表里一样的数改成引用。"),
    ] = None,
    templates: Templates = None,
) -> None:
    """核对工作簿,一次列出所有问题。全部相符时退出状态为 0,有错误为 1。"""
    files = workbooks_in(workbooks)
    if files == workbooks[:1]:
        raise typer.Exit(_check(files[0], annotate, quote, templates, as_json=as_json))
    if annotate or quote:
        stop("--annotate 和 --quote 一次只用于一本;要给许多本各做一份批注副本,请用 gouji batch。")
    if as_json:
        from workbook.checking.as_json import to_json

        intakes: list[Intake] = []
        status = each(files, lambda file: _gathered(file, templates, intakes), is_named=False)
        typer.echo("[" + ",\n".join(map(to_json, intakes)) + "]")
    else:
        status = each(files, lambda file: _check(file, None, None, templates, as_json=False))
    raise typer.Exit(status)


def _gathered(file: Path, templates: Path | None, intakes: "list[Intake]") -> int:
    intakes.append(take_in(file, templates))
    return OK if intakes[-1].checked.is_fit else TO_MEND


def _check(
    workbook: Path,
    annotate: Path | None,
    quote: Path | None,
    templates: Path | None,
    *,
    as_json: bool,
) -> int:
    """Show what is found in a workbook, and write the copies; the exit status."""
    intake = take_in(workbook, templates)
    if as_json:
        from workbook.checking.as_json import to_json

        typer.echo(to_json(intake))
    else:
        show(intake)
    if annotate is not None:
        from workbook.marking.annotate import annotate as write_copy

        with told_plainly():
            write_copy(workbook, intake.checked.findings, annotate)
        typer.echo(COPY(intake.checked.language, path=annotate), err=as_json)
    if quote is not None and intake.kind is not None:
        _quote(workbook, intake, quote, is_aside=as_json)
    return OK if intake.checked.is_fit else TO_MEND


def _quote(workbook: Path, intake: "Intake", copy: Path, *, is_aside: bool) -> None:
    """Write the copy with quotes and say how many there are; words for people go aside of JSON."""
    from workbook.marking.quoting import quote as write_copy

    assert intake.kind is not None
    must_end_in(copy, workbook.suffix.lower(), "引用副本")
    with told_plainly():
        count = write_copy(workbook, intake.checked.values, intake.kind.form, copy)
    told = (
        f"引用副本:{copy}(改成引用 {count} 个数)" if count else NOT_QUOTED(intake.checked.language)
    )
    typer.echo(told, err=is_aside)


def rollover(
    last: Annotated[Path, typer.Argument(metavar="上年.xlsx", help="上年填好的工作簿。")],
    out: Annotated[
        Path | None,
        typer.Argument(metavar="今年.xlsx", help="新工作簿写到哪里,默认在上年的旁边。"),
    ] = None,
    templates: Templates = None,
) -> None:
    """从上年的工作簿新建今年的:名称和文字沿用,上年的数填进“上年”列,其余的空着待填。"""
    from workbook.checking.show import finding_lines
    from workbook.findings.model import Finding
    from workbook.years.account import rollover_lines
    from workbook.years.naming import next_path
    from workbook.years.rollover import roll_over_file

    must_exist(last)
    if out is not None:
        must_end_in(out, ".xlsx", "工作簿")
    with told_plainly():
        made = roll_over_file(last, templates)
        if isinstance(made, Finding):
            typer.echo("\n".join(finding_lines(made)))
            raise typer.Exit(TO_MEND)
        path = out or next_path(last, made.following, made.kind.form.language)
        made.save(path)
    for line in rollover_lines(made, path, last):
        typer.echo(line)


def upgrade(
    old: Annotated[Path, typer.Argument(metavar="旧.xlsx", help="按旧表单填的工作簿。")],
    out: Annotated[Path, typer.Argument(metavar="新.xlsx", help="新工作簿写到哪里。")],
    templates: Templates = None,
) -> None:
    """把按旧表单填的工作簿换成现在的表单,年度不变:填过的搬过去,搬不了的列出来。"""
    from workbook.checking.show import finding_lines
    from workbook.findings.model import Finding
    from workbook.years.account import upgrade_lines
    from workbook.years.upgrade import upgrade_file

    must_exist(old)
    must_end_in(out, ".xlsx", "工作簿")
    with told_plainly():
        made = upgrade_file(old, templates)
        if isinstance(made, Finding):
            typer.echo("\n".join(finding_lines(made)))
            raise typer.Exit(TO_MEND)
        if not made.is_needless:
            made.save(out)
    for line in upgrade_lines(made, out, old):
        typer.echo(line)


def import_report(
    old: Annotated[Path, typer.Argument(metavar="旧报告.docx", help="手写的报告,如去年的那一份。")],
    out: NewWorkbook,
    kind: Annotated[str, typer.Option(metavar="种类", help="报告种类,如 department。")],
    templates: Templates = None,
) -> None:
    """把手写的 Word 报告读进一本新的工作簿,并列出没有认出的内容。"""
    from docgen.importing.report import imported_workbook, read_report, summary
    from workbook.catalogue.years import MADE
    from workbook.files.save import save_new

    must_end_in(out, ".xlsx", "工作簿")
    must_exist(old)
    with told_plainly():
        imported = read_report(old, found_kind(kind, templates))
        if imported.count:
            save_new(out, imported_workbook(imported), imported.language)
            typer.echo(MADE(imported.language, path=out))
    for line in summary(imported):
        typer.echo(line)
    raise typer.Exit(OK if imported.count else TO_MEND)
