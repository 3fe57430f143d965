"""A template filled with a file's data, once or each time that one of them is saved."""

from pathlib import Path

import typer

from docgen.report.filters import FILTERS
from docgen.report.given import read_data
from docgen.template import compile_template
from gouji.command_line.shell import told_plainly, told_unfit
from workbook.files.save import put_whole, save_over
from workbook.files.watch import saves


def render_once(template: Path, data: Path, out: Path, extra: Path | None) -> None:
    """Write the document and say where; one that is there is kept under a dated name."""
    backup = save_over(out, _filled(template, data, extra))
    typer.echo(f"文档:{out}")
    if backup is not None:
        typer.echo(f"原有的一份留作:{backup}")


def watched(template: Path, data: Path, out: Path, extra: Path | None) -> None:
    """Write the document anew whenever one of the files has changed, until Ctrl+C.

    The first writing keeps what was there; what is told of a fault ends nothing.
    """
    write = render_once
    try:
        for are_there in saves(template, data):
            if not are_there:
                continue
            try:
                with told_plainly(), told_unfit():
                    write(template, data, out, extra)
                    write = _write_again
            except typer.Exit:  # what is wrong was said
                continue
    except KeyboardInterrupt:
        typer.echo("结束。")


def _write_again(template: Path, data: Path, out: Path, extra: Path | None) -> None:
    put_whole(out, [_filled(template, data, extra)])
    typer.echo(f"文档:{out}")


def _filled(template: Path, data: Path, extra: Path | None) -> bytes:
    return compile_template(template, filters=FILTERS).render(read_data(data, extra))
