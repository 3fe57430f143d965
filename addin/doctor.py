"""What is installed, what is missing, where to look: for who helps the clerk on the telephone."""

import sys
from collections.abc import Iterator
from importlib.metadata import version
from platform import platform, python_version
from typing import NamedTuple

from addin.computer import Computer
from addin.install import InstallError, addin_path, registered
from docgen.log import LOG


class Line(NamedTuple):
    """One thing looked at."""

    what: str
    found: str
    is_well: bool = True

    def __str__(self) -> str:
        """The line as it is printed."""
        return f"{'✓' if self.is_well else '✗'} {self.what}:{self.found}"


def examined(computer: Computer, program: str | None = None) -> Iterator[Line]:
    """Everything looked at, line by line; `program` is the one that is open, None where none is."""
    yield Line("勾稽", version("gouji"))
    yield Line("Python", f"{python_version()},{sys.executable}")
    yield Line("xlwings", version("xlwings"))
    yield Line("系统", platform())
    if program is not None:
        yield Line("表格程序", program)
    yield from _addin(computer)
    yield Line("日志", f"{LOG}" + ("" if LOG.exists() else "(还没有)"))


def _addin(computer: Computer) -> Iterator[Line]:
    try:
        place = addin_path(computer)
    except InstallError as error:
        yield Line("加载项", str(error))
        return
    is_there = place.exists()
    yield Line("加载项", str(place) if is_there else "没有装,请运行 gouji addin install", is_there)
    if computer.system == "windows":
        found = "、".join(registered(computer))
        yield Line("Excel", f"{found} 会加载" if found else "没有登记,请重新安装", bool(found))
