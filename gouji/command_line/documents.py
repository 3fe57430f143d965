"""The command on a Word document that anybody made: its format held against the norm."""

from pathlib import Path
from typing import Annotated

import typer

from gouji.command_line.shell import OK, TO_MEND, must_exist, told_plainly


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
