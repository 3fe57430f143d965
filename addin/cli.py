"""The command line with the add-in's own commands: build, install, uninstall, doctor."""

import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from docgen.cli import OK, TO_MEND, app, stop
from docgen.cli import main as run

addin = typer.Typer(no_args_is_help=True, help="Excel 加载项:生成、安装、卸载、诊断。")
app.add_typer(addin, name="addin")


@addin.command()
def build(
    out: Annotated[Path, typer.Argument(metavar="gouji.xlam", help="写到哪里。")] = Path(
        "gouji.xlam"
    ),
) -> None:
    """生成加载项文件,在任何系统上字节都相同。"""
    _build(out)
    typer.echo(f"加载项:{out}")


@addin.command()
def extension(
    out: Annotated[Path, typer.Argument(metavar="gouji.oxt", help="写到哪里。")] = Path(
        "gouji.oxt"
    ),
) -> None:
    """生成 LibreOffice 扩展,按钮和 Excel 里的一样。"""
    from importlib.metadata import version

    from addin.extension import build_extension

    try:
        build_extension(out, sys.executable, version("gouji"))
    except OSError as error:
        stop(f"「{out}」写不进去({error.strerror})。")
    typer.echo(
        f"扩展:{out}\n请在 LibreOffice 的“工具 > 扩展管理器”里添加它,或运行 unopkg add {out}"
    )


@addin.command()
def install(
    file: Annotated[
        Path | None, typer.Option(metavar="gouji.xlam", help="用这个文件,不重新生成。")
    ] = None,
) -> None:
    """为当前用户装上加载项,不需要管理员。"""
    from addin.computer import ThisComputer
    from addin.install import InstallError
    from addin.install import install as put

    with tempfile.TemporaryDirectory() as folder:
        built = file or Path(folder, "gouji.xlam")
        try:
            if file is None:
                _build(built)
            for line in put(ThisComputer(), built):
                typer.echo(line)
        except InstallError as error:
            stop(str(error))


@addin.command()
def uninstall() -> None:
    """卸载加载项,不留痕迹。"""
    from addin.computer import ThisComputer
    from addin.install import InstallError
    from addin.install import uninstall as take

    try:
        for line in take(ThisComputer()):
            typer.echo(line)
    except InstallError as error:
        stop(str(error))


@addin.command()
def doctor() -> None:
    """看看装了什么、缺什么、日志在哪里。"""
    from addin.computer import ThisComputer
    from addin.doctor import examined

    lines = list(examined(ThisComputer()))
    for line in lines:
        typer.echo(str(line))
    raise typer.Exit(OK if all(line.is_well for line in lines) else TO_MEND)


def _build(out: Path) -> None:
    from addin.functions_vba import functions_modules
    from addin.package import build as write

    try:
        write(out, modules=functions_modules())
    except ModuleNotFoundError:
        stop('生成加载项要用 pyOpenVBA:pip install "gouji[addin]"')
    except OSError as error:
        stop(f"「{out}」写不进去({error.strerror})。如果 Excel 正开着,请先关闭。")


def main() -> None:
    """Run the command line."""
    run()
