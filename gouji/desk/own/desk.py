"""One workbook on the desk: watched, checked at each save, and acted upon."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from addin.marking.showing import Shown
from addin.ribbon.click_lock import one_at_a_time
from addin.ribbon.press import STILL_AT_IT
from addin.ribbon.reports import check_last, make_new, refresh_last
from docgen.template.model.errors import TemplateError
from gouji.desk.own.board import Board
from gouji.desk.own.preview import Preview
from gouji.desk.own.screen import PageScreen, Shelf
from gouji.desk.own.told import findings_told
from workbook.catalogue import buttons as said
from workbook.catalogue.findings import SENTENCE
from workbook.checking.check import Checked
from workbook.checking.data_files import KindError
from workbook.checking.intake import Intake, take_in
from workbook.checking.show import summary
from workbook.files.log import failure_told
from workbook.files.save import OutputError
from workbook.files.watch import Stamp, saves, stamps

PAUSE: Final = 0.1  # seconds between two looks at the file
UNFINISHED: Final = 0.5  # seconds after which a file that is no whole one is tried again
AGAIN: Final = 1.0  # seconds between two tries at a file that another program keeps to itself
UNREAD, LOCKED = "file-", "file-unreadable"  # codes of findings on the file itself
GONE: Final = (
    "「{}」不在原来的地方了,可能改了名、移走了或删了。放回原处就接着看;改了名的,请按“换一本”。"
)
IN_LIST: Final = Shown(said.IN_LIST.said())


@dataclass(frozen=True, slots=True)
class _Save:
    """The newest save that could be read: what was found in it, and in the one before."""

    stamp: Sequence[Stamp]
    checked: Checked
    before: Checked | None
    kind: str


class Desk:
    """The desk. What it knows it puts up on the board, under `book`, `findings`, `pages`, `act`."""

    def __init__(self, board: Board, templates: Path | None = None) -> None:
        self.shelf = Shelf()
        self.preview = Preview(lambda told: board.put("pages", told))
        self._board = board
        self._templates = templates
        self._path: Path | None = None
        self._last: _Save | None = None
        self._screen: PageScreen | None = None
        self._watching = threading.Event()  # set where the newest watch is to end
        self._reading = threading.Lock()
        board.put("book", {"state": "none"})

    def open(self, path: Path) -> None:
        """Watch this workbook, in place of another."""
        self._watching.set()
        self._watching = over = threading.Event()
        with self._reading:
            self._path, self._last, self._screen = path, None, None
            self._board.put("book", {"state": "reading", **_named(path)})
            self._board.put("findings", None)
            self._board.put("act", None)
            self.preview.ask(None)
        threading.Thread(target=self._watch, args=(path, over), daemon=True).start()

    def close(self) -> None:
        """End all that goes on aside."""
        self._watching.set()
        self.preview.close()

    def press(self, name: str) -> bool:
        """Do what the button of this name does; False where there is none, or no workbook."""
        path, action = self._path, ACTIONS.get(name)
        if path is None or action is None:
            return False
        words = (name, action, path, self._watching)
        threading.Thread(target=self._act, args=words, daemon=True).start()
        return True

    def answer(self, question: str, choice: str) -> bool:
        """Take what was chosen; False where no such question stands."""
        return self._screen is not None and self._screen.answer(question, choice)

    def _watch(self, path: Path, over: threading.Event) -> None:
        """Tell of each save; a file that is not whole, or is locked, may be right in a moment."""
        for _ in saves(path, pause=PAUSE, is_over=over.is_set):
            intake = self._look(path, over, but=UNREAD)
            if _says(intake, UNREAD):
                over.wait(UNFINISHED)
                intake = self._look(path, over)
            while _says(intake, LOCKED) and not over.wait(AGAIN):
                intake = self._look(path, over, but=LOCKED)

    def _look(self, path: Path, over: threading.Event, but: str = "") -> Intake | str:
        """The workbook as it is saved now, checked and told of, unless `but` that is to be told.

        One looks at a time, so that no older save is told of over a newer one.
        """
        with self._reading:
            if over.is_set():  # another workbook lies here now
                return ""
            stamp = stamps([path])
            intake = self._taken_in(path) if stamp else GONE.format(path.name)
            if isinstance(intake, str) or intake.kind is None:
                if not (but and _says(intake, but)):
                    words = intake if isinstance(intake, str) else _why(intake)
                    self._board.put("book", {"state": "trouble", "words": words, **_named(path)})
            else:
                self._show(path, stamp, intake)
        return intake

    def _taken_in(self, path: Path) -> Intake | str:
        """The workbook, checked; or why nothing can be said of it."""
        try:
            return take_in(path, self._templates)
        except KindError as error:
            return str(error)
        except Exception:  # noqa: BLE001 - the desk goes on and says so
            return failure_told("desk")

    def _show(self, path: Path, stamp: Sequence[Stamp], intake: Intake) -> None:
        assert intake.kind is not None
        last = self._last
        is_new = last is None or last.stamp != stamp
        before = None if last is None else last.checked if is_new else last.before
        if last is not None and last.kind != intake.kind.name:  # another form of the same name
            before = None
        self._last = _Save(stamp, intake.checked, before, intake.kind.name)
        self._board.put("findings", findings_told(intake, before))
        self._board.put("book", {"state": "well", "saved": _saved(stamp), **_named(path)})
        if is_new:
            self._forget_refusal()
            has_report = bool(intake.checked.values.fields) and intake.kind.template.exists()
            self.preview.ask(intake if has_report else None)

    def _forget_refusal(self) -> None:
        """Take away what a button said of the save before; what it wrote stays, and is told so."""
        if self._screen is None or not self._screen.is_over:
            return
        if self._screen.has_files:
            self._screen.grow_old()
        else:
            self._screen = None
            self._board.put("act", None)

    def _act(self, name: str, action: "Action", path: Path, over: threading.Event) -> None:
        with one_at_a_time(str(path)) as is_free:
            if not is_free:
                self._say_busy(name, path)
                return
            self._screen = screen = self._new_screen(name, path)
            try:
                screen.status("正在校验……")
                self._do(action, self._look(path, over), screen)
            except (OutputError, TemplateError, KindError) as error:
                screen.status("")
                screen.say(str(error))
            except Exception:  # noqa: BLE001 - the outermost shell: a clerk sees no traceback
                screen.status("")
                screen.say(failure_told(name))
            finally:
                screen.done()

    def _new_screen(self, name: str, path: Path) -> PageScreen:
        """The page as the screen of one press, on the workbook as it is saved now."""
        stamp = stamps([path])
        return PageScreen(
            name,
            self.shelf,
            lambda told: self._board.put("act", told),
            lambda: stamps([path]) == stamp,
        )

    def _say_busy(self, name: str, path: Path) -> None:
        """Say that a press before is still being done: here, or at another desk on this file."""
        if self._screen is not None and not self._screen.is_over:
            self._screen.say(STILL_AT_IT)
            return
        self._screen = screen = self._new_screen(name, path)
        screen.say(STILL_AT_IT)
        screen.done()

    def _do(self, action: "Action", intake: Intake | str, screen: PageScreen) -> None:
        if isinstance(intake, str) or intake.kind is None:
            screen.status("")
            screen.say(intake if isinstance(intake, str) else _why(intake))
        else:
            screen.language = intake.checked.language
            screen.status(said.CHECKING(screen.language))
            action(intake, screen)


def _validate(intake: Intake, screen: PageScreen) -> None:
    language = intake.checked.language
    screen.status(SENTENCE(language, what=summary(intake.checked.findings, language)))


def _make_report(intake: Intake, screen: PageScreen) -> None:
    report = make_new(intake, intake.path.parent, IN_LIST, screen)
    if report is not None:
        screen.show(report)


def _check_report(intake: Intake, screen: PageScreen) -> None:
    screen.status(said.COMPARING(intake.checked.language))
    check_last(intake, intake.path.parent, screen)


def _refresh_report(intake: Intake, screen: PageScreen) -> None:
    refresh_last(intake, intake.path.parent, IN_LIST, screen)


Action = Callable[[Intake, PageScreen], None]
ACTIONS: Final[Mapping[str, Action]] = {
    "validate": _validate,
    "make_report": _make_report,
    "refresh_report": _refresh_report,
    "check_report": _check_report,
}


def _why(intake: Intake) -> str:
    """Why a file is no form of ours."""
    return "\n".join(f"{one}。" for one in intake.checked.findings)


def _named(path: Path) -> dict[str, Any]:
    return {"name": path.name, "folder": str(path.parent)}


def _saved(stamp: Sequence[Stamp]) -> str:
    """When the file was saved, as a clock says it."""
    return f"{datetime.fromtimestamp(stamp[0][0] / 1e9):%H:%M:%S}"


def _says(intake: Intake | str, code: str) -> bool:
    """Whether a finding is told whose code begins so."""
    return not isinstance(intake, str) and any(
        one.code.startswith(code) for one in intake.checked.findings
    )
