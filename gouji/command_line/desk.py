"""The command that opens a desk in the browser."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from gouji.command_line import bureau_desk
from gouji.command_line.shell import Templates, must_exist, stop

Port = Annotated[int, typer.Option(help="用哪个端口,默认取一个空着的。", show_default=False)]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="不打开浏览器。")]
ForWps = Annotated[
    bool,
    typer.Option(
        "--wps", help="供 WPS 表格里的“勾稽”使用;gouji addin install --wps 会让它登录时启动。"
    ),
]


def desk(  # noqa: PLR0913, PLR0917 - the options of a command
    workbook: Annotated[
        Path | None, typer.Argument(metavar="填报.xlsx", help="填报工作簿;不写就在网页上选。")
    ] = None,
    port: Port = 0,
    no_browser: NoBrowser = False,
    wps: ForWps = False,
    templates: Templates = None,
    bureau_folder: bureau_desk.Serve = None,
    units: bureau_desk.Listed = None,
    host: bureau_desk.Host = "127.0.0.1",
    url: bureau_desk.Url = "",
    database: bureau_desk.Database = "",
    most_megabytes: bureau_desk.MostMegabytes = 20,
    keep_days: bureau_desk.KeepDays = 400,
    due: bureau_desk.Due = "",
    jobs: bureau_desk.Jobs = 0,
    timeout: bureau_desk.Seconds = 120,
    header: bureau_desk.Header = "",
    believed: bureau_desk.Believed = None,
    heads: bureau_desk.Heads = None,
    links: bureau_desk.Links = None,
    verify_log: bureau_desk.VerifyLog = None,
) -> None:
    """打开填报台:在浏览器里看每次存盘后的问题和报告的样子,不用宏,什么也不离开这台电脑。

    --serve 是给主管部门的:各单位在浏览器里报工作簿、看问题,主管部门看谁报了、退回、收下、汇总。
    """
    must_have_desk()
    if bureau_folder is not None:
        asked = bureau_desk.Asked(
            *(bureau_folder, units, templates, host, port, url, database, most_megabytes),
            *(keep_days, due, jobs, timeout, header, tuple(believed or ()), tuple(heads or ())),
        )
        bureau_desk.do(asked, links, verify_log)
    elif wps:
        _serve_wps()
    else:
        _serve_own(workbook, port, templates, opens=not no_browser)


def _serve_own(workbook: Path | None, port: int, templates: Path | None, *, opens: bool) -> None:
    """Serve the clerk's own desk, and open it in the browser if it `opens`."""
    import gc
    import webbrowser

    from gouji.desk.own.app import own_app
    from gouji.desk.serving import PortTakenError, serve

    if workbook is not None:
        must_exist(workbook)
    gc.enable()  # which no other command is long enough for

    def ready(address: str) -> None:
        typer.echo(
            f"填报台:{address}\n浏览器没有自己打开的,请把这个网址粘贴到浏览器里。"
            "用完了,关掉这个窗口,或按 Ctrl+C。"
        )
        if opens:
            webbrowser.open(address)

    try:
        serve(lambda: own_app(workbook and workbook.resolve(), templates), port, on_ready=ready)
    except PortTakenError as error:
        stop(str(error))
    typer.echo("填报台已经关闭。")


def _serve_wps() -> None:
    """Serve the add-in at the address that was chosen when it was installed."""
    import gc

    from addin.install.wps import kept_address
    from gouji.desk.serving import PortTakenError, serve
    from gouji.desk.wps.app import wps_app
    from workbook.files.log import write_down
    from workbook.files.state import state_folder

    address = kept_address(state_folder())
    if address is None:
        stop("WPS 加载项还没有装。请运行 gouji addin install --wps。")
    gc.enable()  # which no other command is long enough for
    _hide_own_window()
    try:
        serve(wps_app, address.port, address.secret)
    except PortTakenError as error:
        write_down("desk --wps")  # at log-on nobody reads what is printed
        stop(str(error))


def _hide_own_window() -> None:
    """Hide the window that Windows opens at log-on for a program without Python of its own."""
    if sys.platform == "win32" and getattr(sys, "frozen", False):
        import ctypes

        ctypes.windll.user32.ShowWindow(ctypes.windll.kernel32.GetConsoleWindow(), 0)


def must_have_desk() -> None:
    """Stop where the desk's own packages are not installed."""
    from addin.install.ways import has_desk

    if not has_desk():
        stop('填报台要用的程序包还没有装。请运行 pip install "gouji[desk]",再试。')
