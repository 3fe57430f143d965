"""Which Office is installed and of how many bits, whether its DLL is there, whether there is a WPS.

The bits matter for xlwings' DLL alone, which Excel loads into itself; Python runs outside of Excel
and may have others.
"""

import re
import sysconfig
from collections.abc import Iterator
from importlib.metadata import requires, version
from pathlib import Path
from typing import Final

from addin.install.computer import Computer
from addin.install.page_line import Line, State

# Office by Click-to-Run says both; https://learn.microsoft.com/deployoffice/odt/overview-odt
CLICK_TO_RUN: Final = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
# https://learn.microsoft.com/previous-versions/office/office-2013-resource-kit/ee681792(v=office.15)
OUTLOOK: Final = r"SOFTWARE\{}Microsoft\Office\16.0\Outlook"
EXCEL_ROOT: Final = r"SOFTWARE\{}Microsoft\Office\16.0\Excel\InstallRoot"
OF_32_BITS: Final = "WOW6432Node\\"
WPS: Final = (
    r"Software\Kingsoft\Office\6.0\Common",
    r"Software\WOW6432Node\Kingsoft\Office\6.0\Common",
)
_BITS: Final = {"x64": "64", "x86": "32"}


def office_lines(computer: Computer) -> Iterator[Line]:
    """The Office, and a WPS if there is one."""
    version = (computer.machine.values(CLICK_TO_RUN) or {}).get("VersionToReport")
    known = [str(version)] if version else []
    if found := bits(computer):
        known.append(f"{found} 位")
    yield Line("Office", ",".join(known) or "没有查到", State.WELL if known else State.TO_KNOW)
    if has_wps(computer):
        yield Line(
            "WPS",
            "装有 WPS。Excel 的加载项在 WPS 里不起作用;WPS 里照样填写、存盘,旁边开着填报台",
            State.TO_KNOW,
        )


def has_wps(computer: Computer) -> bool:
    """Whether Windows knows of a WPS."""
    hives = (computer.registry, computer.machine)
    return any(hive.values(place) is not None for hive in hives for place in WPS)


def has_office(computer: Computer) -> bool:
    """Whether Windows knows of an Excel, as far as is known; on a Mac nobody asks."""
    if computer.system != "windows":
        return True
    return bool(bits(computer) or computer.machine.values(CLICK_TO_RUN))


def bits(computer: Computer) -> str:
    """How many bits Excel has, 64 or 32; an empty text where nothing says so."""
    run = (computer.machine.values(CLICK_TO_RUN) or {}).get("Platform")
    if run in _BITS:
        return _BITS[str(run)]
    for node in ("", OF_32_BITS):
        outlook = (computer.machine.values(OUTLOOK.format(node)) or {}).get("Bitness")
        if outlook in _BITS:
            return _BITS[str(outlook)]
    for node, found in (("", "64"), (OF_32_BITS, "32")):
        if computer.machine.values(EXCEL_ROOT.format(node)) is not None:
            return found
    return ""


def pinned_xlwings() -> str:
    """The version of xlwings that the add-in is made from, and whose DLL it names."""
    pins = [re.fullmatch(r"xlwings==([\w.]+)", one) for one in requires("gouji") or ()]
    return next((found[1] for found in pins if found), version("xlwings"))


def dll_line(computer: Computer, interpreter: Path) -> Line:
    """Whether Excel finds the DLL where the add-in looks: beside Python, or one folder up."""
    found = bits(computer)
    names = [f"xlwings{one}-{pinned_xlwings()}.dll" for one in ([found] if found else ("64", "32"))]
    folders = (interpreter.parent, interpreter.parent.parent)
    missing = [name for name in names if not any((one / name).is_file() for one in folders)]
    if not missing:
        return Line("DLL", "、".join(names))
    elsewhere = [place for one in missing if (place := _data_folder() / one).is_file()]
    if elsewhere:
        why = f"在 {elsewhere[0]},Excel 不到那里找。请把勾稽装进虚拟环境(不要用 pip install --user)"
    else:
        why = f"不在 {folders[0]},也不在 {folders[1]},可能被安全软件隔离了"
    return Line(
        "DLL", f"缺 {'、'.join(missing)}:{why}", State.WRONG,
        "" if elsewhere else f"请在安全软件的隔离区里恢复 {'、'.join(missing)},并加入白名单。",
    )  # fmt: skip


def _data_folder() -> Path:
    """Where `pip install --user` puts what belongs beside Python."""
    return Path(sysconfig.get_path("data", sysconfig.get_preferred_scheme("user")))
