"""A template filled with a file's data, once or each time that one of them is saved."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import typer

from docgen.report.filters import FILTERS
from docgen.report.given import read_data
from docgen.template import compile_template
from gouji.command_line.shell import told_plainly, told_unfit
from workbook.files.save import put_whole, save_over

PAUSE: Final = 0.3  # seconds between two looks
SETTLING: Final = 0.05  # seconds without a change, after which a file is saved whole


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
        for _ in changes(template, data):
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


def changes(*paths: Path) -> Iterator[None]:
    """Something now, and again each time that one of the files was saved, to its end."""
    seen: list[int] = []
    while True:
        now = _stamps(paths)
        if not now or now == seen:
            time.sleep(PAUSE)
            continue
        time.sleep(SETTLING)
        if _stamps(paths) == now:
            seen = now
            yield


def _stamps(paths: Sequence[Path]) -> list[int]:
    """When the files were saved; nothing while Word takes one away for a moment."""
    try:
        return [path.stat().st_mtime_ns for path in paths]
    except FileNotFoundError:
        return []
