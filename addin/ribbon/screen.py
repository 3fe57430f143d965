"""What the clerk sees besides the sheet: messages, the status bar, a question where to save."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Protocol

import xlwings as xw

from addin.ribbon.message_box import message_box

TITLE: Final = "勾稽"


class Screen(Protocol):
    """How an action talks to the clerk."""

    def say(self, text: str) -> None:
        """Show a message and wait until it has been read."""

    def agrees(self, question: str) -> bool:
        """Whether the clerk says yes."""

    def status(self, text: str) -> None:
        """Show what is going on; an empty text gives the status bar back."""

    def place_to_save(self, proposal: Path) -> Path | None:
        """Where the clerk wants a file, None if nowhere."""

    def file_to_open(self, folder: Path, ending: str) -> Path | None:
        """A file with that ending that the clerk chooses, None if none."""

    def show(self, path: Path) -> None:
        """Open a file in the program that it belongs to."""


class ProgramScreen:
    """The screen of the spreadsheet program that is running; None where none answers."""

    def __init__(self, app: xw.App | None) -> None:
        self._app = app

    def say(self, text: str) -> None:
        """Show a message box: the program's, or the system's where the program takes no call."""
        try:
            assert self._app is not None
            self._app.alert(text, TITLE)
        except Exception:  # noqa: BLE001 - what is to be said must be seen, whatever has failed
            message_box(text, TITLE)

    def agrees(self, question: str) -> bool:
        """Whether yes was pressed."""
        assert self._app is not None
        return self._app.alert(question, TITLE, "yes_no") == "yes"

    def status(self, text: str) -> None:
        """Write into the status bar, where the program lets us: nothing depends on it."""
        with suppress(Exception):
            assert self._app is not None
            self._app.status_bar = text or False

    def place_to_save(self, proposal: Path) -> Path | None:
        """The program's own dialog; on a Mac the proposal, where nothing is overwritten."""
        if self._app is None:
            return proposal
        if self._app.engine.name != "excel":
            from addin.calc.program import dialogs  # noqa: PLC0415 - Excel's computers have no UNO

            return dialogs.place_to_save(self._app.impl.office, proposal)
        if sys.platform == "darwin":
            return proposal
        kind = f"{proposal.suffix[1:].upper()} (*{proposal.suffix}),*{proposal.suffix}"
        chosen: Any = self._app.api.GetSaveAsFilename(str(proposal), kind)
        return Path(chosen) if isinstance(chosen, str) else None

    def file_to_open(self, folder: Path, ending: str) -> Path | None:
        """The program's own dialog; on a Mac none, and what to do is said."""
        assert self._app is not None
        if self._app.engine.name != "excel":
            from addin.calc.program import dialogs  # noqa: PLC0415 - Excel's computers have no UNO

            return dialogs.file_to_open(self._app.impl.office, folder, ending)
        if sys.platform == "darwin":
            self.say(f"请把文件(*{ending})放在工作簿所在的文件夹里,再按一次。")
            return None
        chosen: Any = self._app.api.GetOpenFilename(f"{ending[1:].upper()} (*{ending}),*{ending}")
        return Path(chosen) if isinstance(chosen, str) else None

    def show(self, path: Path) -> None:
        """Open the file as a double click would; say where it is if no program opens it."""
        if not opened(path):
            self.say(f"文件已经写好,但没有程序能打开它:{path}")


def opened(path: Path) -> bool:
    """Whether a program was found that opens the file, as a double click would."""
    try:
        if sys.platform == "win32":
            os.startfile(path)  # noqa: S606 - a file that we have just written
        else:
            program = "open" if sys.platform == "darwin" else "xdg-open"
            subprocess.Popen([program, str(path)])  # noqa: S603 - the same
    except OSError:
        return False
    return True
