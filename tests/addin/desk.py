"""A desktop that nobody sees: a visible Calc on it, a mouse and a keyboard."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import xlwings as xw
from extended import Extended, is_running

from addin.commands import TAB
from addin.extension.package import IDENTIFIER

TOOLBAR = f"private:resource/toolbar/addon_{IDENTIFIER}"
SECONDS = 60.0
GLANCE = 0.03  # between two looks at what is waited for
BLINK = 0.5  # for a window to hear that it has the keyboard
PATIENCE = 10.0  # with a click that goes on after its test
# com.sun.star.accessibility.AccessibleRole, as these windows bear them.
MESSAGE, FILES, BUTTON, PARAGRAPH, WORDS = 1, 12, 44, 41, 86
SHOWN = 25  # com.sun.star.accessibility.AccessibleStateType.SHOWING
X_WINDOW = 6  # com.sun.star.lang.SystemDependent.SYSTEM_XWINDOW
REFUSING = ("Cancel", "No", "Close", "OK")  # a dialog has one of them
# The programs of a desktop that open a document and that show a message; they write it down. Fonts
# are said to be there, whatever the computer has, so that a PDF's are not told as missing.
PROGRAMS = {
    "xdg-open": """#!/bin/sh
printf %s "$1" > "{notes}/opened"
""",
    "zenity": """#!/bin/sh
for last; do :; done
printf %s "$last" > "{notes}/told"
""",
    "fc-list": """#!/bin/sh
printf 方正小标宋简体,仿宋_GB2312,黑体,楷体_GB2312,宋体
""",
}


def write_programs(folder: Path, notes: Path) -> None:
    """Put the desktop's programs into a folder."""
    for name, text in PROGRAMS.items():
        (folder / name).write_text(text.format(notes=notes))
        (folder / name).chmod(0o755)


def until(look: Callable[[], Any], seconds: float = SECONDS) -> Any:
    """What `look` gives as soon as it gives something."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, "it did not come in time"
        time.sleep(GLANCE)
    return found


def xdotool(*words: object) -> str:
    """What xdotool says."""
    command = ["xdotool", *map(str, words)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


@dataclass(frozen=True)
class Desk:
    """The spreadsheet program, and the folder where the desktop writes down what it was asked."""

    app: xw.App
    extended: Extended
    notes: Path

    def open(self, path: Path) -> xw.Book:
        """The book in front, its window drawn."""
        return self._drawn(self.app.books.open(str(path)))

    def blank(self) -> xw.Book:
        """An empty book in front, its window drawn."""
        return self._drawn(self.app.books.add())

    def _drawn(self, book: xw.Book) -> xw.Book:
        until(lambda: self.toolbar(book))
        return book

    def opened(self) -> Path:
        """The document that the desktop was asked to open."""
        return Path(self._noted("opened"))

    def told(self) -> str:
        """What the desktop was asked to say, since LibreOffice cannot."""
        return self._noted("told")

    def _noted(self, what: str) -> str:
        note = self.notes / what
        text: str = until(lambda: note.exists() and note.read_text())
        note.unlink()
        return text

    def toolbar(self, book: xw.Book) -> dict[str, tuple[int, int]]:
        """Each button of our toolbar with the middle of it on the screen."""
        bar = _frame(book).LayoutManager.getElement(TOOLBAR)
        if bar is None:
            return {}
        seen = bar.getRealInterface().getAccessibleContext()
        assert seen.getAccessibleName() == TAB
        return {one.getAccessibleName(): _middle(one) for one in _children(seen)}

    def press(self, book: xw.Book, label: str) -> None:
        """Press a button with the mouse, in a window that has the keyboard."""
        self.extended.forget_click()
        self.point_at(book, *self.toolbar(book)[label])
        if not _frame(book).ContainerWindow.isActive():
            self.focus(book)
        xdotool("click", 1)

    def point_at(self, book: xw.Book, x: int, y: int) -> None:
        """Move the mouse there, and wait for the window to be under it, which is drawn late."""
        xdotool("mousemove", x, y)
        own = f"WINDOW={_window_number(book)}"
        until(lambda: own in xdotool("getmouselocation", "--shell").split())

    def click(self, book: xw.Book, label: str, *answers: str) -> list[str]:
        """Press a button and answer the dialogs that come, by their buttons; gives their texts."""
        self.press(book, label)
        said = [self.answer(answer) for answer in answers]
        self.finish()
        return said

    def finish(self) -> None:
        """Wait until what was clicked is done; nothing more is to be asked.

        Whether it is done the kernel says for nothing. Whether something is asked LibreOffice has
        to be asked, while it works: only now and then.
        """
        looked = 0.0

        def is_done() -> bool:
            nonlocal looked
            is_working = self.extended.is_working
            if not is_working or time.monotonic() > looked + BLINK:
                unasked = self.dialog()
                assert unasked is None, f"a dialog that nobody answers: {unasked[1]}"
                looked = time.monotonic()
            return not is_working

        until(is_done)

    def answer(self, label: str) -> str:
        """Press a button in the dialog that comes; gives the dialog's words."""
        window, words, buttons = until(lambda: self.dialog(label))
        buttons[label].doAccessibleAction(0)
        until(lambda: not _is_seen(window))
        return str(words)

    def dialog(self, label: str = "") -> tuple[Any, str, dict[str, Any]] | None:
        """A dialog with its words and buttons, if it has this button; None where there is none."""
        for window in self._windows():
            words, buttons = _words_and_buttons(window)
            if buttons and (not label or label in buttons):
                return window, words, buttons
        return None

    def _windows(self) -> list[Any]:
        """The windows that are there, but for those that are closing."""
        from addin.calc.program.bridge import UnoError

        toolkit = self.extended.office.service("com.sun.star.awt.Toolkit")
        try:
            found = [toolkit.getTopWindow(number) for number in range(toolkit.getTopWindowCount())]
        except UnoError:  # it is asked again
            return []
        return [window for window in found if window is not None]

    def type(self, book: xw.Book, text: str, *, into_bar: bool = False) -> None:
        """Type into the selected cell, or over what stands in the formula bar; no Enter follows.

        It is there when the bar shows it beside the tick, which is for input that is not finished.
        """
        self.focus(book)
        if into_bar:
            self.point_at(book, *_middle(_formula_bar(book)[-1]))
            xdotool("click", 1, "key", "ctrl+a")
        xdotool("type", "--delay", 20, text)
        until(lambda: unfinished(book) == text)

    def type_and_press(self, book: xw.Book, text: str, label: str) -> None:
        """Type and press a button in one breath.

        Nothing is waited for. No key may come twice in a row: LibreOffice takes it for one that is
        held down, and leaves out what it has no time for.
        """
        assert all(first != second for first, second in pairwise(text))
        button = self.toolbar(book)[label]
        self.extended.forget_click()
        self.point_at(book, *button)
        self.focus(book)
        xdotool("type", "--delay", 0, "--args", 1, text, "click", 1)

    def focus(self, book: xw.Book) -> None:
        """Give a window the keyboard, which is what a window manager does, and there is none.

        After another window was closed LibreOffice may take no key in a window that has the focus
        already, until the focus has been elsewhere.
        """

        def is_given() -> bool:
            """Again, if a window that has just opened takes it meanwhile."""
            self.unfocus(book)
            xdotool("windowfocus", _window_number(book))
            with contextlib.suppress(AssertionError):
                until(window.isActive, BLINK)
            return bool(window.isActive())

        window = _frame(book).ContainerWindow
        until(is_given)

    @staticmethod
    def unfocus(book: xw.Book) -> None:
        """Take the keyboard away from a window."""
        xdotool("windowfocus", xdotool("search", "--maxdepth", 0, "--name", ".*").strip())
        window = _frame(book).ContainerWindow
        with contextlib.suppress(AssertionError):
            until(lambda: not window.isActive(), BLINK)

    def close_others(self, book: xw.Book) -> None:
        """Close what a button has opened, so that ours is in front again."""
        for other in self.app.books:
            if other.name != book.name:
                other.close()

    def tidy(self) -> None:
        """Refuse what is still asked, end what still works, close every book."""
        if not self.extended.office.is_alive:
            return
        self.extended.restore_python()
        self.extended.release_clicks()
        try:
            until(self._is_quiet, PATIENCE)
        except AssertionError:
            os.kill(self.extended.click, signal.SIGKILL)
            until(self._is_quiet)
        for book in self.app.books:
            book.close()
        for note in self.notes.iterdir():
            note.unlink()

    def _is_quiet(self) -> bool:
        """Whether nothing is asked and nothing works; what is asked is refused."""
        if found := self.dialog():
            refusing = next(label for label in REFUSING if label in found[2])
            with contextlib.suppress(AssertionError):
                self.answer(refusing)
            return False
        return self.extended.click is None or not is_running(self.extended.click)


def unfinished(book: xw.Book) -> str | None:
    """What the formula bar shows of the input that is not finished; None where there is none."""
    bar = _formula_bar(book)
    tick = next(one for one in bar if one.getAccessibleName() == "Accept")
    if SHOWN not in tick.getAccessibleStateSet().getStates():
        return None
    shown = [one.getText() for one in _inside(bar[-1]) if one.getAccessibleRole() == PARAGRAPH]
    return "\n".join(shown)


def _frame(book: xw.Book) -> Any:
    return book.impl.document.getCurrentController().getFrame()


def _window_number(book: xw.Book) -> int:
    """The window by the number that the screen knows it by."""
    from addin.calc.program.bridge import uno

    window = _frame(book).ContainerWindow
    return int(window.getWindowHandle(uno.ByteSequence(b""), X_WINDOW).WindowHandle)


def _formula_bar(book: xw.Book) -> list[Any]:
    """The parts of the formula bar; the last one is where one types."""
    parts = _children(_frame(book).ComponentWindow.getAccessibleContext())
    return _children(next(one for one in parts if one.getAccessibleName() == "Formula Tool Bar"))


def _is_seen(window: Any) -> bool:
    """Whether a window is there; one that is closing answers nothing more."""
    from addin.calc.program.bridge import UnoError

    try:
        return bool(window.isVisible())
    except UnoError:
        return False


def _words_and_buttons(window: Any) -> tuple[str, dict[str, Any]]:
    """What a dialog says, and its buttons by name; nothing of a window that is no dialog."""
    from addin.calc.program.bridge import UnoError

    try:
        seen = window.getAccessibleContext()
        if not window.isVisible() or seen.getAccessibleRole() not in (MESSAGE, FILES):
            return "", {}
        parts = [(one.getAccessibleRole(), one.getAccessibleName(), one) for one in _inside(seen)]
    except UnoError:  # it is closing
        return "", {}
    words = "".join(name for role, name, _ in parts if role == WORDS)
    return words, {name: one for role, name, one in parts if role == BUTTON}


def _inside(seen: Any) -> Iterator[Any]:
    """All that can be seen in a window."""
    for child in _children(seen):
        yield child
        yield from _inside(child)


def _children(seen: Any) -> list[Any]:
    """What can be seen right in something; a list that is being filled has places with nothing."""
    children = [seen.getAccessibleChild(n) for n in range(seen.getAccessibleChildCount())]
    return [one.getAccessibleContext() for one in children if hasattr(one, "getAccessibleContext")]


def _middle(seen: Any) -> tuple[int, int]:
    """The middle of something on the screen."""
    place, size = seen.getLocationOnScreen(), seen.getSize()
    return place.X + size.Width // 2, place.Y + size.Height // 2
