"""The page as the screen on which the ribbon's actions speak: lines, links, questions."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, Final

from workbook.catalogue import buttons as texts
from workbook.catalogue.model import Language
from workbook.files.save import OutputError

LONGEST: Final = 900.0  # seconds that a question stands; who has left by then has said no


class Shelf:
    """The files that a page may fetch, each under a name that nobody guesses."""

    def __init__(self) -> None:
        self._files: dict[str, Path] = {}

    def put(self, path: Path) -> dict[str, str]:
        """What the page is told of a file."""
        name = next((key for key, one in self._files.items() if one == path), token_urlsafe(12))
        self._files[name] = path
        return {"id": name, "name": path.name}

    def file(self, name: str) -> Path | None:
        """The file of that name, where it is still there."""
        path = self._files.get(name)
        return path if path is not None and path.is_file() else None


class PageScreen:
    """What one press of a button says, put up anew with every word.

    {"name": "make_report", "is_running": false, "status": "报告:…", "said": [], "files": [{"id":
    "…", "name": "….docx"}], "question": null, "is_old": false}
    """

    def __init__(
        self,
        name: str,
        shelf: Shelf,
        tell: Callable[[dict[str, Any]], None],
        is_current: Callable[[], bool] = lambda: True,
    ) -> None:
        self._shelf, self._tell, self._is_current = shelf, tell, is_current
        self._told: dict[str, Any] = {
            "name": name, "is_running": True, "status": "", "said": [], "files": [],
            "question": None, "is_old": False,
        }  # fmt: skip
        self._answered = threading.Event()
        self._answer = ""
        self.language: Language = "zh"  # until the book is known

    def say(self, text: str) -> None:
        """Put up a message; what the status line says already is not said twice."""
        status = self._told["status"]
        said = [*self._told["said"], text]
        self._put(said=said, status="" if status and status in text else status)

    def agrees(self, question: str) -> bool:
        """Whether yes was pressed on the page; the question stays to be read."""
        yes, no = texts.YES(self.language), texts.NO(self.language)
        is_yes = self._asked(question, (yes, no)) == yes
        listed, _, _ = question.rpartition("\n\n")
        if listed:  # what is wrong, and not only a question
            self.say(listed)
        return is_yes

    def status(self, text: str) -> None:
        """Put up what is going on."""
        self._put(status=text)

    def place_to_save(self, proposal: Path) -> Path | None:
        """The proposal: a file that is there is kept under a dated name by whoever writes."""
        return proposal

    def file_to_open(self, folder: Path, ending: str) -> Path | None:
        """One of the folder's files with that ending, the newest first."""
        found = [one for one in folder.glob(f"*{ending}") if one.name[0] not in "~."]
        found.sort(key=lambda one: one.stat().st_mtime, reverse=True)
        if not found:
            self.say(texts.NO_REPORT_HERE(self.language, ending=ending))
            return None
        names = [*(one.name for one in found), texts.NONE_OF_THEM(self.language)]
        answer = self._asked(texts.WHICH_REPORT(self.language), names)
        return next((one for one in found if one.name == answer), None)

    def show(self, path: Path) -> None:
        """Put up a link to the file."""
        self._put(files=[*self._told["files"], self._shelf.put(path)])

    @property
    def is_over(self) -> bool:
        """Whether all was said."""
        return not self._told["is_running"]

    @property
    def has_files(self) -> bool:
        """Whether something was written that can be opened."""
        return bool(self._told["files"])

    def grow_old(self) -> None:
        """Say that what was written is of a save before."""
        self._put(is_old=True)

    def done(self) -> None:
        """Say that nothing more will come."""
        self._put(is_running=False)

    def answer(self, question: str, choice: str) -> bool:
        """Take what was pressed; False where no such question stands any more."""
        asked = self._told["question"]
        if asked is None or asked["id"] != question or choice not in asked["choices"]:
            return False
        self._answer = choice
        self._answered.set()
        return True

    def _asked(self, text: str, choices: Sequence[str]) -> str:
        """What was chosen; "" where nobody answered.

        Raises `OutputError` where the workbook is another by then: what was asked is of the save
        before.
        """
        self._answered.clear()
        self._answer = ""
        self._put(question={"id": token_urlsafe(6), "text": text, "choices": list(choices)})
        self._answered.wait(LONGEST)
        self._put(question=None)
        if self._answer not in ("", *texts.NO) and not self._is_current():
            raise OutputError(texts.SAVED_SINCE(self.language))
        return self._answer

    def _put(self, **changed: Any) -> None:
        self._told = self._told | changed
        self._tell(self._told)
