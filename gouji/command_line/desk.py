"""The command that opens a desk in the browser."""

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Final

import typer

from gouji.command_line.shell import Templates, stop

_NEEDED: Final = ("fastapi", "uvicorn", "multipart", "pypdfium2", "PIL")  # what the extra brings


def desk(
    workbook: Annotated[
        Path | None, typer.Argument(metavar="填报.xlsx", help="填报工作簿;不写就在网页上选。")
    ] = None,
    port: Annotated[int, typer.Option(help="用哪个端口,默认取一个空着的。")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="不打开浏览器。")] = False,
    templates: Templates = None,
) -> None:
    """打开填报台:在浏览器里看每次存盘后的问题和报告的样子,不用宏,什么也不离开这台电脑。"""
    must_have_desk()


def must_have_desk() -> None:
    """Stop where the desk's own packages are not installed."""
    if any(find_spec(name) is None for name in _NEEDED):
        stop('填报台要用的程序包还没有装。请运行 pip install "gouji[desk]",再试。')
