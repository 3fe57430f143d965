"""What the doctor says of the add-in for WPS: WPS' list, the desk, and what older ones need."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from addin.install import log_on
from addin.install.computer import Computer
from addin.install.page_line import Line, State
from addin.install.publish import PublishError, address_in
from addin.install.wps import Address, answers, is_taken, kept_address, publish_path

# Where WPS 表格 starts from, by which it registers .xlsx (npm's wpsjs 2.2, src/lib/debug.js).
_COMMAND: Final = r"Software\Classes\KET.Sheet.12\shell\open\command"
_FOLDERS: Final = (
    Path("/opt/kingsoft/wps-office/office6"),
    Path("/opt/apps/cn.wps.wps-office-pro/files/kingsoft/wps-office/office6"),
    Path("/Applications/wpsoffice.app/Contents/Resources/office6"),
)
_ALLOWED: Final = re.compile(
    r"^\[support\]\s*$(?:(?!^\[).)*?^\s*JsApiPlugin\s*=\s*true\s*$",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
AGAIN: Final = "请重新运行 gouji addin install --wps"


def wps_lines(computer: Computer) -> Iterator[Line]:
    """All of it; nothing where our add-in for WPS was not installed."""
    address = kept_address(computer.state)
    if address is None:
        return
    yield _listed(publish_path(computer), address)
    yield _at_log_on(computer)
    yield _desk(address)
    yield from (_allowed(one / "cfgs" / "oem.ini") for one in _folders(computer))


def _folders(computer: Computer) -> Iterator[Path]:
    """The folders in which WPS' programs lie."""
    if computer.system != "windows":
        yield from (one for one in _FOLDERS if one.is_dir())
        return
    for hive in (computer.registry, computer.machine):
        command = str((hive.values(_COMMAND) or {}).get("", ""))
        program = Path(
            command.split('"')[1] if command.startswith('"') else command.split(" ", maxsplit=1)[0]
        )
        if program.is_file():
            yield program.parent


def _listed(path: Path, address: Address) -> Line:
    """Whether WPS' list has our line, with the address of today."""
    try:
        found = address_in(path.read_bytes())
    except FileNotFoundError:
        found = None
    except OSError:
        return Line("WPS 加载项", f"{path} 读不了", State.WRONG)
    except PublishError:
        return Line("WPS 加载项", f"{path} 里的内容坏了,WPS 不会加载。{AGAIN}", State.WRONG)
    if found is None:
        return Line("WPS 加载项", f"{path} 里没有勾稽,可能被 WPS 清掉了。{AGAIN}", State.WRONG)
    if found != address.url:
        return Line("WPS 加载项", f"{path} 里勾稽的地址是旧的。{AGAIN}", State.WRONG)
    return Line("WPS 加载项", str(path))


def _at_log_on(computer: Computer) -> Line:
    """Whether the desk is started at log-on."""
    if not log_on.is_settled(computer):
        return Line("WPS 填报台", f"没有登记为登录时启动,{AGAIN}", State.WRONG)
    if log_on.is_switched_off(computer):
        wrong = f"在任务管理器的“启动”页里被禁用了。请启用其中的 {log_on.NAME},再重新登录"
        return Line("WPS 填报台", wrong, State.WRONG)
    return Line("WPS 填报台", "登录时启动")


def _desk(address: Address) -> Line:
    """Whether the desk answers, or another program has its port."""
    if answers(address):
        return Line("WPS 填报台", f"正在运行,端口 {address.port}")
    if is_taken(address.port):
        wrong = f"端口 {address.port} 正被别的程序占用。{AGAIN},换一个端口"
        return Line("WPS 填报台", wrong, State.WRONG)
    return Line("WPS 填报台", f"现在没有在运行。请重新登录;还是不行,{AGAIN}", State.WRONG)


def _allowed(settings: Path) -> Line:
    """Whether an older WPS is told to load such add-ins; newer ones do so by themselves."""
    try:
        text = settings.read_text("utf-8-sig", errors="replace")
    except OSError:
        text = ""
    if _ALLOWED.search(text):
        return Line("WPS 的 oem.ini", f"{settings} 允许加载项")
    ask = (
        f"WPS 里没有“勾稽”的,请在 {settings} 的 [Support] 下加一行 JsApiPlugin=true,再重启 WPS;"
        "有的,不用管。"
    )
    known = f"{settings} 没有写 JsApiPlugin=true,较旧的 WPS 要写"
    return Line("WPS 的 oem.ini", known, State.TO_KNOW, ask)
