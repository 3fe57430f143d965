"""The commands under `gouji kind`, for who makes a kind of report."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gouji.command_line.shell import (
    OK,
    TO_MEND,
    Templates,
    found_kind,
    show,
    stop,
    told_plainly,
    told_unfit,
    typed,
)
from workbook.catalogue.commands import REPORT, WORKBOOK

if TYPE_CHECKING:
    from workbook.checking.kinds import Kind

of_kind = typer.Typer(
    no_args_is_help=True, add_completion=False, rich_markup_mode=None,
    help="做一种新的报告:脚手架、试作、标签。",
)  # fmt: skip
_TITLES = {"zh": "工作情况报告", "en": "Activity report"}
_TRIAL = "试作"
_MADE = ("填报.xlsx", "报告.docx", "报告.pdf")


@of_kind.command()
def new(
    folder: Annotated[Path, typer.Argument(metavar="KIND/", help="新文件夹,名称就是种类。")],
    title: Annotated[str, typer.Option(metavar="标题", help="报告叫什么。")] = "",
    language: Annotated[str, typer.Option(metavar="zh|en", help="报告的语言。")] = "zh",
) -> None:
    """新建一种报告:马上能用的表单、规则、样例和模板,再照着改。"""
    from docgen.authoring.scaffold import scaffold

    if language not in _TITLES:
        stop(f"--language 要写 {' 或 '.join(_TITLES)}。")
    with told_plainly():
        scaffold(folder, title or _TITLES[language], "en" if language == "en" else "zh")
    typer.echo(f"已新建:{folder}。试一试:gouji kind try {typed(folder)}")


@of_kind.command("try")
def try_(
    folder: Annotated[Path, typer.Argument(metavar="KIND/", help="这种报告的文件夹。")],
    watch: Annotated[
        bool, typer.Option("--watch", help="文件改了就重新试,按 Ctrl+C 结束。")
    ] = False,
) -> None:
    """像填报人那样试一遍:样例填进工作簿,核对,做报告,印成 PDF。"""
    if not (folder / "form.toml").is_file():
        stop(f"{folder} 里没有 form.toml。")
    if not watch:
        raise typer.Exit(_tried(folder))
    from workbook.files.watch import saves

    try:
        for _ in saves(*(path for path in folder.iterdir() if path.is_file())):
            with suppress(typer.Exit):  # what is wrong was said
                _tried(folder)
    except KeyboardInterrupt:
        typer.echo("结束。")


@of_kind.command()
def tags(
    kind: Annotated[str, typer.Argument(metavar="种类", help="报告种类,如 department。")],
    templates: Templates = None,
) -> None:
    """列出模板里能用的所有标签,连同样例印出来的样子,可以直接粘贴。"""
    from docgen.authoring.tags import tag_lines

    with told_plainly():
        for line in tag_lines(found_kind(kind, templates)):
            typer.echo(line)


@of_kind.command()
def schema(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="写到哪个文件夹。")],
) -> None:
    """写出各数据文件的 JSON Schema,编辑器照着它提示能写什么。"""
    from docgen.authoring.scaffold import write_schemas

    with told_plainly():
        write_schemas(folder)
    typer.echo(f"已写入:{folder}")


def _tried(folder: Path) -> int:
    """Make a workbook, a report and pages of the sample; the exit status."""
    from docgen.report.report import make_report
    from workbook.checking.intake import take_in
    from workbook.checking.kinds import load_kind
    from workbook.files.save import save_new
    from workbook.years.beginning import new_workbook

    trial = folder / _TRIAL
    with told_plainly(), told_unfit():
        kind = load_kind(folder, folder.parent)
        _must_be_sound(kind)
        trial.mkdir(exist_ok=True)
        for name in _MADE:  # of the trial before
            (trial / name).unlink(missing_ok=True)
        book = trial / _MADE[0]
        save_new(book, new_workbook(kind, sample=True), kind.form.language)
        intake = take_in(book, folder.parent)
        show(intake)
        if not intake.checked.is_fit:
            return TO_MEND
        report = make_report(intake, trial / _MADE[1]).path
        typer.echo(WORKBOOK(kind.form.language, path=book))
        typer.echo(REPORT(kind.form.language, path=report))
        _print_pages(report)
    return OK


def _must_be_sound(kind: "Kind") -> None:
    from docgen.report.lint_report import kind_faults, unprinted
    from workbook.checking.fault_lines import with_line

    if faults := kind_faults(kind):
        for fault in faults:
            typer.secho(with_line(fault), fg="red")
        raise typer.Exit(TO_MEND)
    if left := unprinted(kind):
        typer.echo(f"报告里没有用到的:{'、'.join(left)}")


def _print_pages(report: Path) -> None:
    """The report as PDF, where something here can print it."""
    from docgen.printing.pdf import save_as_pdf
    from workbook.files.save import OutputError

    try:
        printed = save_as_pdf(report, report.with_suffix(".pdf"))
    except OutputError as error:
        typer.echo(f"没有印成 PDF:{error}")
        return
    typer.echo(f"PDF:{printed.path}")
