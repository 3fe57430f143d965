"""What the clerk sees besides the sheet: messages, the status bar, a question where to save."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final, Protocol

import xlwings as xw

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

    def show(self, path: Path) -> None:
        """Open a file in the program that it belongs to."""


class ProgramScreen:
    """The screen of the spreadsheet program that is running."""

    def __init__(self, app: xw.App) -> None:
        self._app = app

    def say(self, text: str) -> None:
        """Show a message box."""
        self._app.alert(text, TITLE)

    def agrees(self, question: str) -> bool:
        """Whether yes was pressed."""
        return self._app.alert(question, TITLE, "yes_no") == "yes"

    def status(self, text: str) -> None:
        """Write into the status bar."""
        self._app.status_bar = text or False

    def place_to_save(self, proposal: Path) -> Path | None:
        """Excel's own dialog on Windows; elsewhere the proposal, where nothing is overwritten."""
        if sys.platform != "win32":
            return proposal
        chosen: Any = self._app.api.GetSaveAsFilename(
            str(proposal), f"{proposal.suffix[1:].upper()} (*{proposal.suffix}),*{proposal.suffix}"
        )
        return Path(chosen) if isinstance(chosen, str) else None

    def show(self, path: Path) -> None:
        """Open the file as a double click would."""
        if sys.platform == "win32":
            os.startfile(path)  # noqa: S606 - a file that we have just written
            return
        program = "open" if sys.platform == "darwin" else "xdg-open"
        subprocess.Popen([program, str(path)])  # noqa: S603 - the same
