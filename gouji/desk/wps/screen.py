"""The task pane as the screen on which the ribbon's actions speak.

A click is one request, and nobody waits in it for an answer. An action that asks something ends
there: the pane shows the question with its choices, and a choice asks for the action anew with all
that was answered so far. Whatever an action asks, it asks before it writes anything.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from workbook.catalogue import buttons as texts
from workbook.catalogue.model import Language


class AskedError(Exception):
    """The clerk is to choose before the action can go on."""

    def __init__(self, question: str, choices: Sequence[str], answers: Mapping[str, str]) -> None:
        super().__init__(question)
        self.question: Final = question
        self.choices: Final = choices
        self.answers: Final = answers


class PaneScreen:
    """What one click says; `answers` has that to its first question under `1`, and so on."""

    def __init__(self, answers: Mapping[str, str], show: Callable[[Path], bool]) -> None:
        self._answers = answers
        self._show = show
        self._asked = 0
        self.said: Final[list[str]] = []
        self.last_status = ""
        self.language: Language = "zh"  # until the book is known

    def say(self, text: str) -> None:
        """Put up a message."""
        self.said.append(text)

    def agrees(self, question: str) -> bool:
        """Whether yes was chosen; the first time, the question ends the click."""
        yes, no = texts.YES(self.language), texts.NO(self.language)
        return self._chosen(question, (yes, no)) == yes

    def status(self, text: str) -> None:
        """Tell what was done last."""
        self.last_status = text

    def place_to_save(self, proposal: Path) -> Path:
        """The proposal: a file that is there is kept under a dated name by whoever writes."""
        return proposal

    def file_to_open(self, folder: Path, ending: str) -> Path | None:
        """One of the folder's files with that ending, the newest first; None if none is chosen."""
        found = [one for one in folder.glob(f"*{ending}") if one.name[0] not in "~."]
        found.sort(key=lambda one: one.stat().st_mtime, reverse=True)
        if not found:
            self.say(texts.NO_REPORT_HERE(self.language, ending=ending))
            return None
        names = [*(one.name for one in found), texts.NONE_OF_THEM(self.language)]
        chosen = self._chosen(texts.WHICH_OF_FOLDER(self.language), names)
        return next((one for one in found if one.name == chosen), None)

    def show(self, path: Path) -> None:
        """Open the file as a double click would; say where it is if no program opens it."""
        if not self._show(path):
            self.say(texts.NOT_OPENED(self.language, path=path))

    def _chosen(self, question: str, choices: Sequence[str]) -> str:
        self._asked += 1
        answer = self._answers.get(str(self._asked), "")
        if answer not in choices:
            before = map(str, range(1, self._asked))
            raise AskedError(question, choices, {key: self._answers[key] for key in before})
        return answer
