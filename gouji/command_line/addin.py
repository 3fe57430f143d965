"""The commands on the add-in: built, installed, uninstalled, examined."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from gouji.command_line.shell import OK, TO_MEND, stop

of_addin = typer.Typer(
    no_args_is_help=True, add_completion=False, rich_markup_mode=None,
    help="Excel 加载项:生成、安装、卸载、诊断。",
)  # fmt: skip


@of_addin.command()
def build(
    out: Annotated[Path, typer.Argument(metavar="gouji.xlam", help="写到哪里。")] = Path(
        "gouji.xlam"
    ),
) -> None:
    """从源码生成加载项文件,在任何系统上字节都相同。"""
    from addin.install.addin_files import NotCarriedError, make_addin

    try:
        make_addin(out)
    except NotCarriedError as error:
        stop(str(error))
    except OSError as error:
        stop(f"「{out}」写不进去({error.strerror})。如果 Excel 正开着,请先关闭。")
    typer.echo(f"加载项:{out}")


@of_addin.command()
def extension(
    out: Annotated[Path, typer.Argument(metavar="gouji.oxt", help="写到哪里。")] = Path(
        "gouji.oxt"
    ),
) -> None:
    """写出 LibreOffice 扩展,按钮和 Excel 里的一样。"""
    from addin.install.addin_files import NotCarriedError
    from addin.install.addin_files import extension as shipped
    from workbook.files.settings import settings

    try:
        out.write_bytes(shipped(sys.executable, to_author=settings().author))
    except NotCarriedError as error:
        stop(str(error))
    except OSError as error:
        stop(f"「{out}」写不进去({error.strerror})。")
    typer.echo(
        f"扩展:{out}\n请在 LibreOffice 的“工具 > 扩展管理器”里添加它,或运行 unopkg add {out}"
    )


@of_addin.command()
def install(
    resident: Annotated[
        bool,
        typer.Option(
            "--resident", help="登录时启动勾稽,用于安全软件不让 Excel 启动别的程序的电脑。"
        ),
    ] = False,
    wps: Annotated[
        bool, typer.Option("--wps", help="装到 WPS 表格里;登录时启动填报台,供 WPS 使用。")
    ] = False,
) -> None:
    """为当前用户装上加载项,不需要管理员。"""
    from addin.install.addin_files import NotCarriedError
    from addin.install.addin_files import addin as shipped
    from addin.install.computer import ThisComputer
    from addin.install.install import InstallError
    from addin.install.install import install as put
    from workbook.files.settings import settings

    if wps:
        _install_wps()
        return
    try:
        made = put(ThisComputer(), shipped(), is_resident=resident, to_author=settings().author)
        for line in made:
            typer.echo(line)
    except (InstallError, NotCarriedError) as error:
        stop(str(error))


def _install_wps() -> None:
    from addin.install import wps
    from addin.install.computer import ThisComputer
    from addin.install.install import InstallError
    from gouji.command_line.desk import must_have_desk

    must_have_desk()
    computer = ThisComputer()
    try:
        for line in wps.install_wps(computer):
            typer.echo(line)
    except InstallError as error:
        stop(str(error))
    address = wps.kept_address(computer.state)
    if address is None or not wps.answers_in_time(address):
        stop("填报台没有应答,WPS 里会没有“勾稽”。请运行 gouji addin doctor 看原因。")


@of_addin.command()
def uninstall(
    wps: Annotated[bool, typer.Option("--wps", help="从 WPS 表格里卸载。")] = False,
) -> None:
    """卸载加载项,不留痕迹。"""
    from addin.install.computer import ThisComputer
    from addin.install.install import InstallError
    from addin.install.install import uninstall as take
    from addin.install.wps import uninstall_wps

    try:
        for line in (uninstall_wps if wps else take)(ThisComputer()):
            typer.echo(line)
    except InstallError as error:
        stop(str(error))


@of_addin.command()
def doctor() -> None:
    """看看装了什么、缺什么、被什么挡住、日志在哪里:一页,可以发给信息技术人员。"""
    from addin.install.computer import ThisComputer
    from addin.install.doctor import examined

    lines = list(examined(ThisComputer()))
    for line in lines:
        typer.echo(str(line))
    raise typer.Exit(OK if all(line.is_well for line in lines) else TO_MEND)
