"""The commands that make a report: of a workbook, and of the example."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from gouji.command_line.shell import (
    OK,
    TO_MEND,
    Templates,
    each,
    must_end_in,
    must_exist,
    print_pdf,
    show,
    take_in,
    told_plainly,
    told_unfit,
    workbooks_in,
)
from workbook.catalogue.commands import KEPT, NO_REPORT, REPORT
from workbook.catalogue.reports import NOT_PROVEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.checking.intake import Intake

_DEMO_KIND: Final = "department"


def report(
    workbooks: Annotated[
        list[Path],
        typer.Argument(
            metavar="填报.xlsx [报告.docx]",
            help="填好的工作簿,可以写几本,也可以写文件夹;只写一本时,后面可写报告放到哪里。",
        ),
    ],
    draft: Annotated[bool, typer.Option("--draft", help="有错误也生成,每页标“草稿”。")] = False,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="另存一份归档用的 PDF(用 Word 或 LibreOffice)。")
    ] = False,
    proof: Annotated[
        bool,
        typer.Option("--proof", help="再把报告自己说的数核对一遍;有前后矛盾的,列出来,退出码 1。"),
    ] = False,
    templates: Templates = None,
) -> None:
    """生成 Word 报告;还有错误时不生成,除非加 --draft。"""
    workbooks, out = _parted(workbooks)

    def made_of(file: Path) -> int:
        return _report(file, out, templates, draft=draft, pdf=pdf, proof=proof)

    raise typer.Exit(each(workbooks_in(workbooks), made_of))


def _parted(paths: list[Path]) -> tuple[list[Path], Path | None]:
    """The workbooks, and where the report of a single one goes."""
    from docgen.batch.found import is_workbook

    first, *others = paths
    if len(others) != 1 or others[0].is_dir() or is_workbook(others[0].name):
        return paths, None
    must_end_in(others[0], ".docx", "报告")
    return [first], others[0]


def _report(  # noqa: PLR0913 - the options of a command
    workbook: Path,
    out: Path | None,
    templates: Path | None,
    *,
    draft: bool,
    pdf: bool,
    proof: bool,
) -> int:
    """The report of a workbook; the exit status."""
    from gouji.from_python.calls import may_be_reported

    intake = take_in(workbook, templates)
    language = intake.checked.language
    if not intake.checked.is_fit:
        show(intake)
    if not may_be_reported(intake, draft=draft):
        typer.secho(NO_REPORT(language), err=True)
        return TO_MEND
    from docgen.adopting.kept import kept_told
    from docgen.report.report import make_report

    with told_plainly():
        made = make_report(intake, out, draft=draft)
    typer.echo(REPORT(language, path=made.path))
    if intake.kind and (kept := kept_told(intake.kind.folder, intake.kind.template)):
        typer.echo(kept)
    if made.backup is not None:
        typer.echo(KEPT(language, path=made.backup))
    if pdf:
        print_pdf(made.path, made.path.with_suffix(".pdf"), language)
    _remind(intake)
    if proof and language != "zh":
        typer.secho(NOT_PROVEN(language), err=True)
        return OK
    return TO_MEND if proof and not _is_sound(made.path) else OK


def render(
    template: Annotated[Path, typer.Argument(metavar="模板.docx", help="Word 模板。")],
    data: Annotated[
        Path, typer.Argument(metavar="DATA", help="数据:.json、.toml 或 .xlsx(填好的工作簿也行)。")
    ],
    out: Annotated[Path, typer.Argument(metavar="成文.docx", help="写到哪里。")],
    watch: Annotated[
        bool, typer.Option("--watch", help="模板或数据改了就重新做,按 Ctrl+C 结束。")
    ] = False,
    templates: Templates = None,
) -> None:
    """用数据填一个 Word 模板,不必属于哪种报告。"""
    from gouji.command_line.rendering import render_once, watched

    must_end_in(out, ".docx", "文档")
    for file in (template, data):
        must_exist(file)
    with told_plainly(), told_unfit():
        if watch:
            watched(template, data, out, templates)
        else:
            render_once(template, data, out, templates)


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="放到哪个文件夹,默认新建“勾稽演示”。")
    ] = Path("勾稽演示"),
) -> None:
    """用自带的样例走一遍:工作簿、校验结果、报告。"""
    with told_plainly():
        for line in run_demo(folder):
            typer.echo(line)


def run_demo(folder: Path) -> "Iterator[str]":
    """Workbook, findings and report of the built-in example, made in `folder`; a line for each."""
    from docgen.report.report import make_report
    from workbook.checking.intake import take_in
    from workbook.checking.kinds import find_kind
    from workbook.checking.show import report_lines
    from workbook.files.save import save_over
    from workbook.years.beginning import new_workbook

    workbook = folder / "填报.xlsx"
    backup = save_over(workbook, new_workbook(find_kind(_DEMO_KIND), sample=True))
    yield f"工作簿:{workbook.resolve()}"
    if backup:
        yield f"  原有的一份留作:{backup.name}"
    intake = take_in(workbook)
    findings = folder / "校验结果.txt"
    lines = list(report_lines(workbook, intake.checked))
    save_over(findings, "\n".join([*lines, ""]).encode())
    yield f"校验结果:{findings.resolve()}"
    yield from (f"  {line}" for line in lines if line)
    made = make_report(intake)
    yield f"报告:{made.path.resolve()}"
    if made.backup:
        yield f"  原有的一份留作:{made.backup.name}"


def _is_sound(report: Path) -> bool:
    """Say what in the report contradicts itself, and whether nothing does; it stays made."""
    from docgen.proof.check import proof_document
    from docgen.proof.telling import told

    with told_plainly():
        verdict = proof_document(report)
    for line in told(report, verdict):
        typer.secho(line, fg="yellow" if verdict.slips else None)
    return verdict.is_sound


def _remind(intake: "Intake") -> None:
    """Say after a report what is still worth a look."""
    from workbook.checking.show import finding_lines

    if intake.checked.is_fit:
        for one in intake.checked.findings:
            typer.echo("\n".join(finding_lines(one)))
