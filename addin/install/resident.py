"""The resident way: a Python that is there from log-on, so that Excel starts no program at a click.

Security software often forbids Excel to start cmd.exe, by which xlwings' DLL starts Python. Where
the add-in's settings name a class instead, the DLL only asks Windows for it, and a Python that runs
already answers: `pythonw -P -m addin.install.resident`, started by the user's own Run key.
"""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from addin.install.computer import Computer

CLSID: Final = "{4f3e9473-d4d3-4fc9-907f-f5de8b303d04}"  # made for Gouji alone
NAME: Final = "Gouji"
# https://learn.microsoft.com/windows/win32/setupapi/run-and-runonce-registry-keys
RUN: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
# What the task manager's page of start-up programs writes: an odd first byte switches one off.
APPROVED: Final = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
_QUIT: Final = 0x0012  # WM_QUIT, on which xlwings' server ends (com_server.serve)


def command(python: str = sys.executable) -> list[str]:
    """The words that start the server; with -P no stray folder `addin` is taken for ours."""
    without_window = Path(python).with_name("pythonw.exe")
    return [
        str(without_window if without_window.exists() else python),
        "-P",
        "-m",
        "addin.install.resident",
    ]


def settle(computer: Computer) -> None:
    """Have the server run now and after each log-on, in place of one that runs already."""
    words = command()
    computer.registry.write(RUN, NAME, f'"{words[0]}" {" ".join(words[1:])}')
    computer.registry.delete_value(APPROVED, NAME)
    computer.ask_to_leave(CLSID)
    computer.start(words)


def unsettle(computer: Computer) -> None:
    """Have no server run, now and after log-on."""
    if is_settled(computer):
        computer.registry.delete_value(RUN, NAME)
        computer.registry.delete_value(APPROVED, NAME)
        computer.ask_to_leave(CLSID)


def is_settled(computer: Computer) -> bool:
    """Whether the server is started at log-on."""
    return NAME in (computer.registry.values(RUN) or {})


def is_switched_off(computer: Computer, name: str = NAME) -> bool:
    """Whether the user switched it off among the start-up programs."""
    state = (computer.registry.values(APPROVED) or {}).get(name)
    return isinstance(state, bytes) and bool(state[:1]) and state[0] % 2 == 1


def leave() -> None:
    """End the server; called inside it, while its main thread waits for messages."""
    import ctypes  # noqa: PLC0415 - only the server pays
    import threading  # noqa: PLC0415 - as above

    windows: Any = ctypes.windll  # type: ignore[attr-defined] # only Windows has it
    windows.user32.PostThreadMessageW(threading.main_thread().native_id, _QUIT, 0, 0)


def main() -> None:
    """Answer Excel until the user logs off; a failure goes to the log, for there is no window."""
    try:
        import_module("xlwings.com_server").serve(CLSID)
    except Exception:  # noqa: BLE001 - the outermost shell of a program that nobody sees
        from workbook.files.log import write_down  # noqa: PLC0415 - only a failure pays

        write_down("resident")
        sys.exit(1)


if __name__ == "__main__":
    main()
