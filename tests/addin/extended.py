"""A LibreOffice with the extension, and a Python that can be watched or taken away."""

import os
import signal
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import run
from typing import Any

import pytest

from addin.extension.package import build_extension

SECONDS = 120.0
HURRIED_SECONDS = 0.5  # for a check, instead of a minute
# Gouji's Python as the extension knows it: who it is, and how often it is asked, is written down.
# The kernel takes no interpreter whose path holds a blank: the shell starts it.
PYTHON = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import os, sys, time
if sys.argv[2] == "addin.functions.answers":
    from addin.functions import answers
    open("{folder}/process", "w").write(str(os.getpid()))
    reply = answers.reply
    def counted(given):
        open("{folder}/asked", "a").write("1")
        return reply(given)
    answers.reply = counted
    answers.main()
else:
    open("{folder}/clicked", "w").write(str(os.getpid()))
    while os.path.exists("{folder}/held"):
        time.sleep(0.05)
    os.execv("{python}", ["{python}", *sys.argv[1:]])
"""


@dataclass(frozen=True)
class Extended:
    """The program, and the folder of the Python that its extension starts."""

    office: Any
    folder: Path

    @property
    def python(self) -> Path:
        """Where the extension looks for Gouji's Python."""
        return self.folder / "python"

    @property
    def checks(self) -> int:
        """How often a book was checked for cells."""
        asked = self.folder / "asked"
        return len(asked.read_text()) if asked.exists() else 0

    @property
    def checker(self) -> int:
        """The process that checks for cells, or last did."""
        return int((self.folder / "process").read_text())

    @property
    def click(self) -> int | None:
        """The process of the latest click, None until it runs."""
        clicked = self.folder / "clicked"
        text = clicked.read_text() if clicked.exists() else ""
        return int(text) if text else None

    @property
    def is_working(self) -> bool:
        """Whether what was clicked is still to be done."""
        return self.click is None or is_running(self.click)

    def forget_click(self) -> None:
        """Wait for another click from now on."""
        (self.folder / "clicked").unlink(missing_ok=True)

    def hold_clicks(self) -> None:
        """From now on what is clicked waits before it does anything."""
        (self.folder / "held").touch()

    def release_clicks(self) -> None:
        """Have it done."""
        (self.folder / "held").unlink(missing_ok=True)

    def crash(self, child: int) -> None:
        """End LibreOffice alone, whose child this is, and nothing that it has started."""
        program = int(_state(child)[1])
        os.kill(program, signal.SIGKILL)
        while is_running(program):
            time.sleep(0.05)

    @contextmanager
    def hurried(self) -> Iterator[None]:
        """For now there is less patience for a check."""
        (self.folder / "hurried").touch()
        try:
            yield
        finally:
            (self.folder / "hurried").unlink()

    def restore_python(self) -> None:
        """Put Gouji's Python where the extension looks for it."""
        self.python.write_text(PYTHON.format(python=sys.executable, folder=self.folder))
        self.python.chmod(0o755)


@contextmanager
def extended(
    folder: Path, unopkg: str, soffice: str, *, visible: bool = False
) -> Iterator[Extended]:
    """A LibreOffice with the extension, which is put where only this one looks."""
    from addin.calc.program.office import start

    own = folder / "勾稽"
    own.mkdir()
    build_extension(folder / "full.oxt", str(own / "python"), "0.1.0")
    hurriable(folder / "full.oxt", folder / "gouji.oxt", own / "hurried")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UNO_SHARED_PACKAGES_CACHE", (folder / "shared").as_uri())
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        add = [unopkg, "add", "--shared", profile, str(folder / "gouji.oxt")]
        run(add, check=True, timeout=SECONDS, capture_output=True)
        office = start(visible=visible, program=soffice)
    made = Extended(office, own)
    made.restore_python()
    try:
        yield made
    finally:
        office.close()


def hurriable(built: Path, made: Path, hurried: Path) -> None:
    """The same extension, which has less patience for a check while there is this file."""
    patience = b"self.lines.get(timeout=MOST_SECONDS)"
    is_there = f"__import__('os').path.exists({str(hurried)!r})"
    less = patience[:-1] + f" if not {is_there} else {HURRIED_SECONDS})".encode()
    with zipfile.ZipFile(built) as old, zipfile.ZipFile(made, "w") as new:
        parts = {name: old.read(name) for name in old.namelist()}
        assert sum(part.count(patience) for part in parts.values()) == 1
        for name, part in parts.items():
            new.writestr(name, part.replace(patience, less))


def is_running(process: int) -> bool:
    """Whether a process goes on; one that has ended and was not yet fetched does not."""
    try:
        return _state(process)[0] != "Z"
    except OSError:
        return False


def _state(process: int) -> list[str]:
    """What the system knows of a process: its state, its parent, and more."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
