"""A message box of the operating system's, for what a spreadsheet program does not let us say."""

import shutil
import subprocess
import sys
from typing import Final

# MB_ICONINFORMATION, MB_SETFOREGROUND, MB_TOPMOST: no window of the program's is there to own it.
_STYLE: Final = 0x40 | 0x10000 | 0x40000
_ON_MAC: Final = (
    "osascript",
    "-e", "on run argv",
    "-e", 'display dialog (item 1 of argv) with title (item 2 of argv) buttons {"好"}',
    "-e", "end run",
)  # fmt: skip


def message_box(text: str, title: str) -> None:
    """Show a text and wait until it has been read; without a screen it goes to the error output."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only where nothing else speaks

        ctypes.windll.user32.MessageBoxW(0, text, title, _STYLE)
        return
    for command in _commands(text, title):
        if shutil.which(command[0]) and _has_run(command):
            return
    sys.stderr.write(f"{title}: {text}\n")


def _has_run(command: list[str]) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603 - our own words


def _commands(text: str, title: str) -> list[list[str]]:
    """What shows a box, the best first; each desktop brings one of them."""
    if sys.platform == "darwin":
        return [[*_ON_MAC, text, title]]
    return [
        ["zenity", "--info", "--no-markup", "--title", title, "--text", text],
        ["kdialog", "--title", title, "--msgbox", text],
        ["xmessage", "-center", text],
        ["notify-send", title, text],
    ]
