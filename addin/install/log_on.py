"""The desk for WPS started when the user logs on: WPS fetches the add-in's pages when it starts.

Windows: the user's Run key. Linux: a file of the desktop's autostart folder, by the Desktop
Application Autostart Specification. macOS: a launch agent.
"""

import plistlib
import re
import sys
from pathlib import Path
from typing import Final

from addin.install import resident
from addin.install.computer import Computer
from addin.install.resident import APPROVED, RUN

NAME: Final = "GoujiDesk"
_DESKTOP: Final = Path(".config/autostart/gouji-desk.desktop")
_AGENT_NAME: Final = "io.github.gouji.desk"
_AGENT: Final = Path(f"Library/LaunchAgents/{_AGENT_NAME}.plist")


def command(python: str = sys.executable) -> list[str]:
    """The words that start the desk; with -P no stray folder `gouji` is taken for ours."""
    if getattr(sys, "frozen", False):
        return [python, "desk", "--wps"]
    without_window = Path(python).with_name("pythonw.exe")
    program = str(without_window if without_window.exists() else python)
    return [program, "-P", "-m", "gouji", "desk", "--wps"]


def settle(computer: Computer) -> str:
    """Have the desk started at each log-on; says where that is written."""
    words = command()
    if computer.system == "windows":
        computer.registry.write(RUN, NAME, " ".join([f'"{words[0]}"', *words[1:]]))
        computer.registry.delete_value(APPROVED, NAME)
        return f"登录 Windows 时启动({NAME})"
    place = _place(computer)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(_agent(words) if computer.system == "mac" else _desktop(words))
    return f"登录时启动({place})"


def unsettle(computer: Computer) -> None:
    """Have no desk started at log-on."""
    if computer.system == "windows":
        computer.registry.delete_value(RUN, NAME)
        computer.registry.delete_value(APPROVED, NAME)
    else:
        _place(computer).unlink(missing_ok=True)


def is_settled(computer: Computer) -> bool:
    """Whether the desk is started at log-on."""
    if computer.system == "windows":
        return NAME in (computer.registry.values(RUN) or {})
    return _place(computer).is_file()


def is_switched_off(computer: Computer) -> bool:
    """Whether the user switched it off among Windows' start-up programs."""
    return computer.system == "windows" and resident.is_switched_off(computer, NAME)


def _place(computer: Computer) -> Path:
    return computer.home / (_AGENT if computer.system == "mac" else _DESKTOP)


def _desktop(words: list[str]) -> bytes:
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=Gouji",
        "Name[zh_CN]=勾稽",
        f"Exec={' '.join(map(_quoted, words))}",
        "Terminal=false",
        "NoDisplay=true",
    ]
    return "\n".join([*lines, ""]).encode()


def _quoted(word: str) -> str:
    r"""A word of Exec: in quotes, `\` before what has a meaning, and `%` twice.

    The value is a string, in which each backslash is written twice once more (Desktop Entry
    Specification 1.5, "Exec" and "Value types").
    """
    escaped = re.sub(r'(["`$\\])', r"\\\1", word).replace("%", "%%")
    return '"' + escaped.replace("\\", "\\\\") + '"'


def _agent(words: list[str]) -> bytes:
    return plistlib.dumps(
        {"Label": _AGENT_NAME, "ProgramArguments": words, "RunAtLoad": True},
        sort_keys=False,
    )
