"""What is installed, what is missing, what stands in the way: a page for IT."""

import os
import struct
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from platform import platform, python_version
from typing import Final

from addin.excel.package import is_made_from, settings_in
from addin.excel.settings import Setting
from addin.install import resident
from addin.install.addin_files import NotCarriedError, addin
from addin.install.computer import Computer
from addin.install.hindrances import (
    BLOCKED,
    RULE,
    RULE_NAME,
    came_from_internet,
    forbids_programs,
    hindrances,
)
from addin.install.install import MAC_HOME, InstallError, addin_path, registered, versions
from addin.install.office import dll_line, office_lines, pinned_xlwings
from addin.install.page_line import Line, State
from addin.install.ways import ways_line
from addin.install.wps_lines import wps_lines
from workbook.checking.search import SEARCH_PATH, kind_folders, others
from workbook.files.state import EXCEL_LOG_NAME, LOG_NAME

NOT_INSTALLED: Final = "没有装,请运行 gouji addin install"
AGAIN: Final = "请重新运行 gouji addin install"


def examined(computer: Computer, program: str | None = None) -> Iterator[Line]:
    """Everything looked at, line by line, then what to ask IT for.

    `program` is the one that is open, None where none is.
    """
    of_addin = list(_addin(computer))
    ways = ways_line(computer, of_addin)
    lines = [*_program(program), *of_addin, *wps_lines(computer), ways]
    lines += [*_places(), *_logs(computer)]
    yield from lines
    for ask in dict.fromkeys(line.ask for line in lines if line.ask):
        yield Line("请信息技术人员", ask, State.ASK)


def _program(program: str | None) -> Iterator[Line]:
    """Versions of what runs here."""
    yield Line("勾稽", version("gouji"))
    yield Line("Python", f"{python_version()},{8 * struct.calcsize('P')} 位,{sys.executable}")
    found, pinned = version("xlwings"), pinned_xlwings()
    if found == pinned:
        yield Line("xlwings", found)
    else:
        wrong = f"是 {found},加载项要用 {pinned}。请运行 pip install xlwings=={pinned}"
        yield Line("xlwings", wrong, State.WRONG)
    yield Line("系统", platform())
    if program is not None:
        yield Line("表格程序", program)


def _addin(computer: Computer) -> Iterator[Line]:
    """The add-in, and what of this computer it depends on."""
    if computer.system == "windows":
        yield from office_lines(computer)
    try:
        place = addin_path(computer)
    except InstallError as error:
        yield Line("加载项", str(error), State.TO_KNOW)
        return
    yield _file(place)
    if computer.system == "windows":
        yield from _on_windows(computer, place)


def _file(place: Path) -> Line:
    """Whether the add-in lies in its place, and is this version's."""
    if not place.exists():
        return Line("加载项", NOT_INSTALLED, State.WRONG)
    if came_from_internet(place):
        wrong = f"{place} 带着“来自网络”的标记,宏会被拦下。{AGAIN}"
        return Line("加载项", wrong, State.WRONG)
    if not _is_this_versions(place):
        return Line("加载项", f"{place} 不是这个版本的勾稽装的,或坏了。{AGAIN}", State.WRONG)
    return Line("加载项", str(place))


def _is_this_versions(place: Path) -> bool:
    """Whether the add-in is what an install would put there."""
    try:
        return is_made_from(place, addin())
    except NotCarriedError:
        return False  # an install says why


def _on_windows(computer: Computer, place: Path) -> Iterator[Line]:
    """What Excel knows of the add-in, and whether a click reaches Python."""
    opened = "、".join(registered(computer))
    if opened:
        yield Line("Excel", f"{opened} 会加载")
    else:
        yield Line("Excel", "没有登记,请重新安装", State.WRONG)
    if not place.exists():
        return
    for one in versions(computer):
        yield from hindrances(computer, one, place)
    if _is_this_versions(place):  # whose settings we know
        yield from _way_to_python(computer, settings_in(place))


def _way_to_python(computer: Computer, settings: dict[str, Setting]) -> Iterator[Line]:
    """Whether a click reaches Python."""
    program = Path(str(settings["FROZEN EXECUTABLE"] or settings["INTERPRETER_WIN"]))
    if not program.is_file():
        wrong = f"{program} 不见了,请重新安装勾稽,再运行 gouji addin install"
        yield Line("加载项用的 Python", wrong, State.WRONG)
    else:
        yield Line("加载项用的 Python", str(program))
    if not settings["FROZEN EXECUTABLE"]:
        yield dll_line(computer, program)
    if settings["RESIDENT CLSID"]:
        yield _resident(computer)
    else:
        yield _starting(computer, program)


def _starting(computer: Computer, program: Path) -> Line:
    """Whether Excel may start Python, as far as Defender says; other software does not tell."""
    state = forbids_programs(computer)
    if not state:
        return Line(
            "Excel 启动别的程序",
            "Windows 没有禁止。别的安全软件查不到,如果点按钮没有反应,请看下面的日志",
            State.TO_KNOW,
        )
    how = "禁止" if state == BLOCKED else "每次警告"
    ask = (
        f"Microsoft Defender 的攻击面减少规则“{RULE_NAME}”({RULE})拦住了勾稽。请对这台电脑允许 "
        f"EXCEL.EXE 启动 cmd.exe 和 {program};不能放行的,请以这位用户运行一次 "
        "gouji addin install --resident,登录时启动勾稽,Excel 就不再启动任何程序。"
    )
    return Line("Excel 启动别的程序", f"Windows 的安全策略{how}", State.WRONG, ask)


def _resident(computer: Computer) -> Line:
    """Whether the resident Python is there, now and after the next log-on."""
    again = "请重新运行 gouji addin install --resident"
    if not resident.is_settled(computer):
        return Line("常驻", f"没有登记为登录时启动,{again}", State.WRONG)
    if resident.is_switched_off(computer):
        wrong = "在任务管理器的“启动”页里被禁用了。请启用其中的 Gouji,再重新登录"
        return Line("常驻", wrong, State.WRONG)
    if not computer.serves(resident.CLSID):
        return Line(
            "常驻", f"登录时启动,但现在没有在运行。请重新登录;还是不行,{again}", State.WRONG
        )
    return Line("常驻", "登录时启动,正在运行;Excel 不用启动别的程序")


def _places() -> Iterator[Line]:
    """Where kinds of reports come from."""
    folders: dict[Path, list[str]] = {}
    for name, folder in kind_folders(None).items():
        folders.setdefault(folder.parent, []).append(name)
    for root, names in folders.items():
        yield Line("报告种类", f"{'、'.join(names)},在 {root}")
        for name in names:
            if unused := others(root / name):
                said = f"「{name}」不止一份:用的是 {root / name} 里的,没有用{'、'.join(unused)}"
                yield Line("报告种类", said, State.TO_KNOW)
    if given := os.environ.get(SEARCH_PATH):
        yield Line(SEARCH_PATH, given)


def _logs(computer: Computer) -> Iterator[Line]:
    """Where failures are written down: by Python, and by VBA where Python was not reached."""
    if computer.state is None:
        yield Line("日志", "这位用户没有自己的文件夹,记不了日志", State.WRONG)
        return
    yield _log("日志", computer.state / LOG_NAME)
    if computer.system == "windows":
        yield _log("Excel 的日志", computer.state / EXCEL_LOG_NAME)
    if computer.system == "mac":
        yield _log("Excel 的日志", computer.home / MAC_HOME / EXCEL_LOG_NAME)


def _log(what: str, log: Path) -> Line:
    return Line(what, f"{log}" + ("" if log.exists() else "(还没有)"))
