"""The add-in put where Excel finds it, for this user only, and taken away again without a trace.

Windows: the file in the user's data folder, its name in Excel's `OPEN` values, its folder among the
trusted locations. macOS: the file in Excel's start-up folder, and the script by which a sandboxed
Excel may run Python (xlwings' own) in the folder that Apple reserves for such scripts.
"""

import re
import sys
import sysconfig
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from addin.excel.package import configure
from addin.excel.settings import Setting
from addin.install import resident
from addin.install.addin_files import ADDIN
from addin.install.computer import Computer, Value
from workbook.files.cache import forget_kept
from workbook.files.state import EXCEL_LOG_NAME, forget_state

OFFICE: Final = r"Software\Microsoft\Office"
LATEST: Final = "16.0"
MAC_STARTUP: Final = (
    "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
)
MAC_SCRIPTS: Final = "Library/Application Scripts/com.microsoft.Excel"
MAC_HOME: Final = "Library/Containers/com.microsoft.Excel/Data"  # what a sandboxed Excel calls HOME
_VERSION: Final = re.compile(r"\d\d\.0")
_OPEN: Final = re.compile(r"OPEN(\d*)", re.IGNORECASE)


class InstallError(Exception):
    """The add-in cannot be installed; the message says why and what to do."""


def install(
    computer: Computer, addin: bytes, *, is_resident: bool = False, to_author: bool = False
) -> Iterator[str]:
    """Put the file `addin` in its place; says line by line what was done.

    An author's has the buttons that draw forms.
    The file is written, not copied: a copy would take along the mark of a file from the internet.
    """
    place = addin_path(computer)
    settings = {**_settings(computer, is_resident=is_resident), "AUTHOR": to_author}
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        place.unlink(missing_ok=True)  # and with it that mark, if it has one
        place.write_bytes(addin)
    except PermissionError as error:
        raise InstallError(f"「{place}」写不进去。请关闭 Excel 再试。") from error
    configure(place, settings)
    yield f"加载项:{place}"
    if computer.system == "windows":
        yield from _register(computer, place)
        yield from _make_resident(computer, is_resident=is_resident)
    else:
        script = _mac_script(computer)
        script.parent.mkdir(parents=True, exist_ok=True)
        script.write_bytes(_shipped_script().read_bytes())
        yield f"脚本:{script}"
    yield "请重新打开 Excel,功能区里就有“勾稽”。"


def _register(computer: Computer, place: Path) -> Iterator[str]:
    """Have each Excel open the add-in and trust its folder."""
    for version in versions(computer):
        _open_with_excel(computer, version, place)
        _trust(computer, version, place.parent)
        yield f"已登记到 Excel {version}。"


def _make_resident(computer: Computer, *, is_resident: bool) -> Iterator[str]:
    """Start the resident Python, or end one that an earlier install started."""
    if not is_resident:
        resident.unsettle(computer)
        return
    resident.settle(computer)
    yield "已设为常驻:登录 Windows 时启动勾稽,点按钮时 Excel 不再启动任何程序。"


def uninstall(computer: Computer) -> Iterator[str]:
    """Take away all that `install` put there; says line by line what was done."""
    place = addin_path(computer)
    if computer.system == "windows":
        resident.unsettle(computer)
        for version in versions(computer):
            _close_with_excel(computer, version, place)
            computer.registry.delete_key(trusted_key(version))
    else:
        _mac_script(computer).unlink(missing_ok=True)
        (computer.home / MAC_HOME / EXCEL_LOG_NAME).unlink(missing_ok=True)
    try:
        place.unlink(missing_ok=True)
    except PermissionError as error:
        raise InstallError(f"「{place}」删不掉。请关闭 Excel 再试。") from error
    if computer.system == "windows" and place.parent.is_dir() and not any(place.parent.iterdir()):
        place.parent.rmdir()
    if computer.cache is not None:  # on Windows it lies in the folder of the logs
        forget_kept(computer.cache)
    if computer.state is not None:
        forget_state(computer.state)
    yield "加载项已卸载。"


def addin_path(computer: Computer) -> Path:
    """Where the add-in lies; raises `InstallError` where there is no Excel."""
    if computer.system == "windows":
        return computer.home / "Gouji" / ADDIN
    if computer.system == "mac":
        return computer.home / MAC_STARTUP / ADDIN
    raise InstallError("加载项用于 Windows 和 macOS 上的 Excel;这台电脑上请用命令行。")


def registered(computer: Computer) -> list[str]:
    """The versions of Excel on Windows that open the add-in."""
    place = addin_path(computer)
    return [
        version
        for version in versions(computer)
        if any(_names(text, place) for _, text in _opened(computer, version))
    ]


def _settings(computer: Computer, *, is_resident: bool) -> dict[str, Setting]:
    """What the add-in has to know of this Python, or of the program that brings its own."""
    is_windows, is_frozen = computer.system == "windows", getattr(sys, "frozen", False)
    if is_resident and (is_frozen or not is_windows):
        raise InstallError("常驻方式要用 Windows 和一个装好的 Python。请去掉 --resident 再试。")
    if is_frozen:
        return {"FROZEN EXECUTABLE": sys.executable}
    return {
        "INTERPRETER_WIN" if is_windows else "INTERPRETER_MAC": sys.executable,
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "RESIDENT CLSID": resident.CLSID if is_resident else "",
    }


def versions(computer: Computer) -> list[str]:
    """The versions of Office that have an Excel, the latest where none says so."""
    found = [
        version
        for version in computer.registry.subkeys(OFFICE)
        if _VERSION.fullmatch(version) and "Excel" in computer.registry.subkeys(key_of(version))
    ]
    return found or [LATEST]


def key_of(version: str, *steps: str) -> str:
    """The key of a version of Office in the user's registry."""
    return "\\".join((OFFICE, version, *steps))


def trusted_key(version: str) -> str:
    """The key by which Excel trusts the add-in's folder."""
    return key_of(version, "Excel", "Security", "Trusted Locations", "Gouji")


def _opened(computer: Computer, version: str) -> list[tuple[str, str]]:
    """What Excel opens when it starts, in its order: OPEN, OPEN1, OPEN2 and so on."""
    values = computer.registry.values(key_of(version, "Excel", "Options")) or {}
    found = [(name, str(text)) for name, text in values.items() if _OPEN.fullmatch(name)]
    return sorted(found, key=lambda one: int(one[0][4:] or 0))


def _names(text: str, place: Path) -> bool:
    return str(place).lower() in text.lower()


def _open_with_excel(computer: Computer, version: str, place: Path) -> None:
    opened = _opened(computer, version)
    if any(_names(text, place) for _, text in opened):
        return
    # Excel stops reading at the first number that is missing.
    taken = {int(name[4:] or 0) for name, _ in opened}
    number = next(number for number in range(len(taken) + 1) if number not in taken)
    _write_opened(computer, version, number, f'/R "{place}"')


def _close_with_excel(computer: Computer, version: str, place: Path) -> None:
    opened = _opened(computer, version)
    kept = [text for _, text in opened if not _names(text, place)]
    if len(kept) == len(opened):
        return
    for name, _ in opened:
        computer.registry.delete_value(key_of(version, "Excel", "Options"), name)
    for number, text in enumerate(kept):
        _write_opened(computer, version, number, text)


def _write_opened(computer: Computer, version: str, number: int, text: str) -> None:
    computer.registry.write(key_of(version, "Excel", "Options"), f"OPEN{number or ''}", text)


def _trust(computer: Computer, version: str, folder: Path) -> None:
    values: dict[str, Value] = {
        "Path": f"{folder}\\", "AllowSubfolders": 0, "Description": "Gouji",
    }  # fmt: skip
    for name, value in values.items():
        computer.registry.write(trusted_key(version), name, value)


def _mac_script(computer: Computer) -> Path:
    return computer.home / MAC_SCRIPTS / _shipped_script().name


def _shipped_script() -> Path:
    """The AppleScript that the installed xlwings brings."""
    spec = find_spec("xlwings")
    assert spec is not None and spec.origin is not None
    return next(Path(spec.origin).parent.glob("xlwings-*.applescript"))
