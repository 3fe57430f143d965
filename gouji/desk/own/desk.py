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
from workbook.checking.check import Checked
from workbook.checking.data_files import KindError
from workbook.checking.intake import Intake, take_in
from workbook.checking.show import summary
from workbook.files.log import failure_told
from workbook.files.save import OutputError
from workbook.files.watch import Stamp, saves, stamps

PAUSE: Final = 0.1  # seconds between two looks at the file
UNFINISHED: Final = 0.5  # seconds after which a file that is no whole one is tried again
LOCKED: Final = 1.0  # seconds between two tries at a file that another program keeps to itself
GONE: Final = (
    "「{}」不在原来的地方了,可能改了名、移走了或删了。放回原处就接着看;改了名的,请按“换一本”。"
)
IN_LIST: Final = Shown("左边的问题列表")


@dataclass(frozen=True, slots=True)
class _Save:
    """The newest save that could be read: what was found in it, and in the one before."""

    stamp: Sequence[Stamp]
    checked: Checked
    before: Checked | None


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
        self._checking = threading.Lock()
        board.put("book", {"state": "none"})

    def open(self, path: Path) -> None:
        """Watch this workbook, in place of another."""
        self._watching.set()
        self._watching = is_over = threading.Event()
        with self._checking:
            self._path, self._last, self._screen = path, None, None
            self._board.put("book", {"state": "reading", **_named(path)})
            self._board.put("findings", None)
            self._board.put("act", None)
            self.preview.ask(None)
        threading.Thread(target=self._watch, args=(path, is_over), daemon=True).start()

    def close(self) -> None:
        """End all that goes on aside."""
        self._watching.set()
        self.preview.close()

    def press(self, name: str) -> bool:
        """Do what the button of this name does; False where there is none, or no workbook."""
        path, action = self._path, ACTIONS.get(name)
        if path is None or action is None:
            return False
        threading.Thread(target=self._act, args=(name, action, path), daemon=True).start()
        return True

    def answer(self, question: str, choice: str) -> bool:
        """Take what was chosen; False where no such question stands."""
        return self._screen is not None and self._screen.answer(question, choice)

    def _watch(self, path: Path, over: threading.Event) -> None:
        for is_there in saves(path, pause=PAUSE, is_over=over.is_set):
            if is_there:
                self._follow(path, over)
            else:
                self._trouble(path, GONE.format(path.name), over)

    def _follow(self, path: Path, over: threading.Event) -> None:
        """Tell of a save; a file that is not whole, or is locked, may be in a moment."""
        intake = self._taken_in(path)
        if _is_unread(intake):
            over.wait(UNFINISHED)
            intake = self._taken_in(path)
        self._tell(path, intake, over)
        while _is_locked(intake) and path.exists() and not over.wait(LOCKED):
            intake = self._taken_in(path)
            if not _is_locked(intake):
                self._tell(path, intake, over)

    def _taken_in(self, path: Path) -> Intake | str:
        """The workbook, checked; or why nothing can be said of it."""
        try:
            intake = take_in(path, self._templates)
        except KindError as error:
            return str(error)
        except Exception:  # noqa: BLE001 - the desk goes on and says so
            return failure_told("desk")
        return intake

    def _tell(self, path: Path, intake: Intake | str, over: threading.Event) -> None:
        if isinstance(intake, str):
            self._trouble(path, intake, over)
        elif intake.kind is None:
            self._trouble(path, "\n".join(map(str, intake.checked.findings)), over)
        else:
            self._show(path, intake, over)

    def _trouble(self, path: Path, words: str, over: threading.Event) -> None:
        """Say what is the matter with the file; what was told of it before stays to be read."""
        with self._checking:
            if not over.is_set():
                self._board.put("book", {"state": "trouble", "words": words, **_named(path)})

    def _show(self, path: Path, intake: Intake, over: threading.Event) -> None:
        assert intake.kind is not None
        with self._checking:
            if over.is_set():  # another workbook lies here now
                return
            last, stamp = self._last, stamps([path])
            is_new = last is None or last.stamp != stamp
            before = None if last is None else last.checked if is_new else last.before
            self._last = _Save(stamp, intake.checked, before)
            self._board.put("findings", findings_told(intake, before))
            self._board.put("book", {"state": "well", "saved": _saved(path), **_named(path)})
            if is_new:
                self._forget_refusal()
                has_report = bool(intake.checked.values.fields) and intake.kind.template.exists()
                self.preview.ask(intake if has_report else None)

    def _forget_refusal(self) -> None:
        """Take away what a button said that came to nothing: it was about the save before."""
        if self._screen is not None and self._screen.is_over and not self._screen.has_files:
            self._screen = None
            self._board.put("act", None)

    def _act(self, name: str, action: "Action", path: Path) -> None:
        with one_at_a_time(str(path)) as is_free:
            if not is_free:
                if self._screen is not None:
                    self._screen.say(STILL_AT_IT)
                return
            screen = PageScreen(name, self.shelf, lambda told: self._board.put("act", told))
            self._screen = screen
            try:
                screen.status("正在校验……")
                intake = self._taken_in(path) if path.exists() else GONE.format(path.name)
                self._tell(path, intake, self._watching)
                self._do(action, intake, screen)
            except (OutputError, TemplateError, KindError) as error:
                screen.status("")
                screen.say(str(error))
            except Exception:  # noqa: BLE001 - the outermost shell: a clerk sees no traceback
                screen.status("")
                screen.say(failure_told(name))
            finally:
                screen.done()

    def _do(self, action: "Action", intake: Intake | str, screen: PageScreen) -> None:
        if isinstance(intake, str) or intake.kind is None:
            words = (
                intake if isinstance(intake, str) else "\n".join(map(str, intake.checked.findings))
            )
            screen.status("")
            screen.say(words)
        else:
            action(intake, screen)


def _validate(intake: Intake, screen: PageScreen) -> None:
    screen.status(f"{summary(intake.checked.findings)}。")


def _make_report(intake: Intake, screen: PageScreen) -> None:
    report = make_new(intake, intake.path.parent, IN_LIST, screen)
    if report is not None:
        screen.show(report)


def _check_report(intake: Intake, screen: PageScreen) -> None:
    screen.status("正在核对报告……")
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


def _named(path: Path) -> dict[str, Any]:
    return {"name": path.name, "folder": str(path.parent)}


def _saved(path: Path) -> str:
    """When the file was saved, as a clock says it; "" where it has gone in the meantime."""
    try:
        return f"{datetime.fromtimestamp(path.stat().st_mtime):%H:%M:%S}"
    except OSError:
        return ""


def _is_unread(intake: Intake | str) -> bool:
    """Whether the file itself could not be read."""
    return not isinstance(intake, str) and any(
        one.code.startswith("file-") for one in intake.checked.findings
    )


def _is_locked(intake: Intake | str) -> bool:
    return not isinstance(intake, str) and any(
        one.code == "file-unreadable" for one in intake.checked.findings
    )
