"""The command that shows the settings: which files were read, what holds, and by whose word."""

import os

import typer

from gouji.command_line.shell import OK, WRONG_USAGE


def settings() -> None:
    """列出设置:读的是哪个文件,报告种类在哪些文件夹里找,缓存放在哪里。"""
    from workbook.checking.search import SEARCH_PATH, kind_places, roots
    from workbook.files.cache import cache_folder
    from workbook.files.settings import settings as read
    from workbook.files.settings import settings_files

    found = read()
    typer.echo("设置文件(前面的优先):")
    for path in settings_files():
        typer.echo(f"  {path}{'' if path in found.files else '(没有)'}")
    if os.environ.get(SEARCH_PATH):
        typer.echo(f"环境变量 {SEARCH_PATH}:{os.environ[SEARCH_PATH]}")
    typer.echo("报告种类(依次查找):")
    names = [(name, place) for name, places in kind_places().items() for place in places]
    for root in roots():
        here = [name for name, place in names if place.parent == root]
        typer.echo(f"  {root}:{'、'.join(here) or ('无' if root.is_dir() else '没有这个文件夹')}")
    folder = cache_folder()
    typer.echo(f"缓存:{folder if folder is not None else '不留'}")
    typer.echo(f"制表按钮:{'有' if found.author else '没有'}(改了以后要重新安装加载项或扩展)")
    allowed = "、".join(found.functions)
    typer.echo(f"函数:{allowed or '没有准许的'}(种类可以用的,只由整台电脑的设置准许)")
    for fault in found.faults:
        typer.secho(fault, fg="red")
    raise typer.Exit(WRONG_USAGE if found.faults else OK)
