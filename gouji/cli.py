"""The command line. Each command imports what it needs when it runs, so that help is instant."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from workbook.checking.intake import Intake

OK, TO_MEND, WRONG_USAGE, FAILED = 0, 1, 2, 3

app = typer.Typer(
    name="gouji",
    help="勾稽:一本 Excel 填报,合计自动核对,一键生成官方格式的 Word 报告。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Templates = Annotated[
    Path | None,
    typer.Option(
        "--templates",
        metavar="DIR",
        help="另有报告种类的文件夹(也可设环境变量 GOUJI_TEMPLATES)。",
        exists=True,
        file_okay=False,
    ),
]
WorkbookFile = Annotated[Path, typer.Argument(metavar="填报.xlsx", help="填好的工作簿。")]


@app.command()
def new(
    kind: Annotated[str, typer.Argument(metavar="种类", help="报告种类,如 department。")],
    out: Annotated[Path, typer.Argument(metavar="填报.xlsx", help="要新建的工作簿。")],
    sample: Annotated[bool, typer.Option("--sample", help="填好样例。")] = False,
    templates: Templates = None,
) -> None:
    """新建一本填报工作簿。"""
    from workbook.checking.kinds import find_kind
    from workbook.files.save import save_new
    from workbook.form.sample import NOTHING
    from workbook.making.build import build_workbook
    from workbook.making.examples_sheet import write_examples_sheet

    if out.suffix.lower() != ".xlsx":
        stop(f"工作簿的文件名要以 .xlsx 结尾:{out}")
    with _told_plainly():
        found = find_kind(kind, templates)
        book = build_workbook(found.form, found.rules, found.sample if sample else NOTHING)
        if sample:
            write_examples_sheet(book)
        save_new(out, book.save)
    typer.echo(f"已新建:{out}")


@app.command()
def check(
    workbook: WorkbookFile,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON,供程序读取。")] = False,
    annotate: Annotated[
        Path | None, typer.Option(metavar="COPY.xlsx", help="另存一份标了颜色和批注的副本。")
    ] = None,
    templates: Templates = None,
) -> None:
    """核对一本工作簿,一次列出所有问题。全部相符时退出状态为 0,有错误为 1。"""
    intake = _take_in(workbook, templates)
    if as_json:
        from workbook.checking.as_json import to_json

        typer.echo(to_json(intake))
    else:
        _show(intake)
    if annotate is not None:
        from workbook.making.annotate import annotate as write_copy

        with _told_plainly():
            write_copy(workbook, intake.checked.findings, annotate)
        typer.echo(f"批注副本:{annotate}", err=as_json)
    raise typer.Exit(OK if intake.checked.is_fit else TO_MEND)


@app.command()
def report(
    workbook: WorkbookFile,
    out: Annotated[
        Path | None,
        typer.Argument(metavar="报告.docx", help="报告写到哪里,默认在工作簿旁边。"),
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="有错误也生成,每页标“草稿”。")] = False,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="另存一份 PDF(用 Word 或 LibreOffice)。")
    ] = False,
    templates: Templates = None,
) -> None:
    """生成 Word 报告;还有错误时不生成,除非加 --draft。"""
    if out is not None and out.suffix.lower() != ".docx":
        stop(f"报告的文件名要以 .docx 结尾:{out}")
    intake = _take_in(workbook, templates)
    is_fit = intake.checked.is_fit
    if not is_fit:
        _show(intake)
    if intake.kind is None or not (is_fit or (draft and intake.checked.values.fields)):
        typer.secho("报告没有生成:请先改正上面的错误,或加 --draft 生成草稿。", err=True)
        raise typer.Exit(TO_MEND)
    from docgen.report.report import make_report

    with _told_plainly():
        made = make_report(intake, out, draft=draft)
    typer.echo(f"报告:{made.path}")
    if made.backup is not None:
        typer.echo(f"原有的一份留作:{made.backup}")
    if pdf:
        _print_pdf(made.path)
    _remind(intake)


@app.command("import")
def import_report(
    old: Annotated[Path, typer.Argument(metavar="旧报告.docx", help="手写的报告,如去年的那一份。")],
    out: Annotated[Path, typer.Argument(metavar="填报.xlsx", help="要新建的工作簿。")],
    kind: Annotated[str, typer.Option(metavar="种类", help="报告种类,如 department。")],
    templates: Templates = None,
) -> None:
    """把手写的 Word 报告读进一本新的工作簿,并列出没有认出的内容。"""
    from docgen.importing.report import imported_workbook, read_report, summary
    from workbook.checking.kinds import find_kind
    from workbook.files.save import save_new

    if out.suffix.lower() != ".xlsx":
        stop(f"工作簿的文件名要以 .xlsx 结尾:{out}")
    if not old.is_file():
        stop(f"没有这个文件:{old}")
    with _told_plainly():
        imported = read_report(old, find_kind(kind, templates))
        if imported.count:
            save_new(out, imported_workbook(imported).save)
            typer.echo(f"已新建:{out}")
    for line in summary(imported):
        typer.echo(line)
    raise typer.Exit(OK if imported.count else TO_MEND)


@app.command()
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
    from workbook.years.rollover import next_path, roll_over_file

    if not last.is_file():
        stop(f"没有这个文件:{last}")
    if out is not None and out.suffix.lower() != ".xlsx":
        stop(f"工作簿的文件名要以 .xlsx 结尾:{out}")
    with _told_plainly():
        made = roll_over_file(last, templates)
        if isinstance(made, Finding):
            typer.echo("\n".join(finding_lines(made)))
            raise typer.Exit(TO_MEND)
        path = out or next_path(last, made.year)
        made.save(path)
    for line in rollover_lines(made, path, last):
        typer.echo(line)


@app.command()
def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="放到哪个文件夹,默认新建“勾稽演示”。")
    ] = Path("勾稽演示"),
) -> None:
    """用自带的样例走一遍:工作簿、校验结果、报告。"""
    from gouji.demo import run_demo

    with _told_plainly():
        for line in run_demo(folder):
            typer.echo(line)


@app.command()
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

    if not template.is_file():
        stop(f"没有这个文件:{template}")
    with _told_plainly():
        faults = lint_template(template, kind, templates)
    for fault in faults:
        typer.echo(fault.chinese())
        typer.echo(f"    {fault.english()}")
    typer.echo(f"{template.name}:" + (f"发现 {len(faults)} 处错误。" if faults else "没有错误。"))
    if annotate is not None:
        with _told_plainly():
            save_annotated(template, faults, annotate)
        typer.echo(f"批注副本:{annotate}")
    raise typer.Exit(TO_MEND if faults else OK)


@app.command()
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


def _print_pdf(report: Path) -> None:
    from docgen.report.pdf import save_as_pdf

    printed = report.with_suffix(".pdf")
    with _told_plainly():
        backup = save_as_pdf(report, printed)
    typer.echo(f"PDF:{printed}")
    if backup is not None:
        typer.echo(f"原有的一份留作:{backup}")


def _take_in(path: Path, templates: Path | None) -> "Intake":
    from workbook.checking.intake import take_in

    if not path.is_file():
        stop(f"没有这个文件:{path}")
    with _told_plainly():
        return take_in(path, templates)


def _show(intake: "Intake") -> None:
    from workbook.checking.show import report_lines

    colours = {"【错误】": "red", "【提醒】": "yellow", "【提示】": "blue"}
    for line in report_lines(intake.path, intake.checked):
        typer.secho(line, fg=colours.get(line.strip()[:4]))


def _remind(intake: "Intake") -> None:
    """Say after a report what is still worth a look."""
    from workbook.checking.show import finding_lines

    if intake.checked.is_fit:
        for one in intake.checked.findings:
            typer.echo("\n".join(finding_lines(one)))


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Turn what the program foresees into one message and the exit status for wrong usage."""
    from docgen.template.model.errors import TemplateError
    from workbook.checking.kinds import KindError
    from workbook.files.save import OutputError

    try:
        yield
    except KindError as error:
        stop("报告种类的数据文件有误:\n" + "\n".join(f"  {fault}" for fault in error.faults))
    except (OutputError, TemplateError) as error:
        stop(str(error))


def stop(message: str) -> None:
    """End with the message and the exit status for wrong usage."""
    typer.secho(message, err=True, fg="red")
    raise typer.Exit(WRONG_USAGE)


def main() -> None:
    """Run the command line; on Windows too, Chinese is written as UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    # A command is over in a moment and its memory goes with it: looking for cycles, on the way and
    # once more at the end, costs a quarter of its time and frees nothing that anybody waits for.
    gc.disable()
    try:
        app()
    except Exception:  # noqa: BLE001 - the outermost shell: a user never sees a traceback
        from workbook.files.log import failure_told

        typer.secho(failure_told(" ".join(sys.argv[1:])), err=True)
        sys.exit(FAILED)
    finally:
        gc.freeze()
