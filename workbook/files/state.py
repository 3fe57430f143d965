"""The user's own folder for what programs keep and no clerk opens: the logs, and the locks.

The LibreOffice extension ships this file too. LibreOffice's own Python may be 3.8, so it uses
nothing newer and nothing but the standard library.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

LOG_NAME = "gouji.log"
OLD_LOG_NAME = "gouji.old.log"
EXCEL_LOG_NAME = "gouji-excel.log"  # which VBA writes (addin/excel/bridge.bas)
LOCK_NAMES = "click-*.lock"
MOST_BYTES = 500_000  # a log that has grown longer becomes the old one, of which there is one


def state_folder(
    environment: Mapping[str, str] = os.environ, system: str = sys.platform
) -> Path | None:
    r"""Where it is, whether or not it is there; None for a user who has no folder at all.

    Windows: `%LOCALAPPDATA%\Gouji`. macOS: `~/Library/Logs/Gouji`. Elsewhere, by the XDG Base
    Directory Specification: `$XDG_STATE_HOME/gouji`, without one `~/.local/state/gouji`.
    """
    try:
        home = Path.home()
    except RuntimeError:  # neither a variable nor the system's list of users names one
        return None
    if system == "win32":
        folder = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local", "Gouji")
    elif system == "darwin":
        folder = home / "Library" / "Logs" / "Gouji"
    else:
        given = Path(environment.get("XDG_STATE_HOME", ""))
        # The specification has a path that is not absolute passed over.
        folder = (given if given.is_absolute() else home / ".local" / "state") / "gouji"
    return folder if folder.is_absolute() else None


def made_state_folder() -> Path:
    """The folder, made for this user alone; raises OSError where it cannot be."""
    folder = state_folder()
    if folder is None:
        raise FileNotFoundError("this user has no folder")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def forget_state(folder: Path) -> None:
    """Take away what lies there of ours, and the folder where nothing else is in it."""
    for name in (LOG_NAME, OLD_LOG_NAME, EXCEL_LOG_NAME, LOCK_NAMES):
        for path in folder.glob(name):
            with suppress(OSError):  # another program has it open
                path.unlink()
    with suppress(OSError):
        folder.rmdir()


def log_file() -> Path | None:
    """The log's place; None for a user who has no folder at all."""
    folder = state_folder()
    return None if folder is None else folder / LOG_NAME


def open_log() -> BinaryIO:
    """The log, to be added to, which only its user may read; raises OSError where none opens.

    What is no plain file of the user's own is refused: to open a pipe would wait for its reader,
    and whoever follows a link changes a file that somebody else chose.
    """
    path = made_state_folder() / LOG_NAME
    with suppress(OSError):  # nothing is there yet, or on Windows another program writes in it now
        if path.lstat().st_size > MOST_BYTES:
            path.replace(path.with_name(OLD_LOG_NAME))
    only_plain = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | only_plain, 0o600)
    file = open(number, "ab")  # noqa: SIM115, PTH123 - it closes the number too, whatever follows
    try:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise IsADirectoryError("no plain file")
        if hasattr(os, "fchmod"):  # Windows keeps others out of the folder by itself
            os.fchmod(number, 0o600)
    except BaseException:
        file.close()
        raise
    return file


def open_log_or_nothing() -> BinaryIO:
    """The log for a program's error output; where none opens, what is written goes nowhere."""
    try:
        return open_log()
    except OSError:
        return open(os.devnull, "ab")  # noqa: PTH123 - as above
