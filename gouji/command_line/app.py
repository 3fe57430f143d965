"""The one app: every command under its name, in the order in which help lists them."""

from typing import Annotated

import typer

from gouji.command_line import (
    addin,
    adopting,
    batches,
    desk,
    documents,
    kind_authoring,
    kinds,
    reports,
    settings,
    workbooks,
)

app = typer.Typer(
    name="gouji",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
of_kind = typer.Typer(no_args_is_help=True, help="做一种新的报告:脚手架、试作、标签。")
of_addin = typer.Typer(no_args_is_help=True, help="Excel 加载项:生成、安装、卸载、诊断。")


def _say_version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        typer.echo(f"gouji {version('gouji')}")
        raise typer.Exit


@app.callback(help="勾稽:一本 Excel 填报,合计自动核对,一键生成官方格式的 Word 报告。")
def gouji(
    version: Annotated[
        bool,
        typer.Option("--version", help="版本。", callback=_say_version, is_eager=True),
    ] = False,
) -> None:
    """Take the options that stand before any command."""


for command in (
    workbooks.new,
    workbooks.check,
    reports.report,
    reports.render,
    workbooks.import_report,
    workbooks.rollover,
    workbooks.upgrade,
    batches.batch,
    batches.consolidate,
    desk.desk,
    reports.demo,
    documents.format_check,
    documents.audit,
    documents.refresh,
    documents.proof,
    documents.pdf,
    adopting.adopt,
    kinds.lint,
    kinds.kinds,
    settings.settings,
):
    app.command(command.__name__.removesuffix("_report").replace("_", "-"))(command)
for one in (addin.build, addin.extension, addin.install, addin.uninstall, addin.doctor):
    of_addin.command()(one)
of_kind.command("new")(kind_authoring.new)
of_kind.command("try")(kind_authoring.try_)
of_kind.command("tags")(kind_authoring.tags)
of_kind.command("schema")(kind_authoring.schema)
app.add_typer(of_kind, name="kind")
app.add_typer(of_addin, name="addin")
