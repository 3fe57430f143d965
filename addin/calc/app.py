"""xlwings' apps: the running LibreOffices, and what can be asked of one as a whole."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from xlwings import base_classes

from addin.calc.books import Books
from addin.calc.places.model import Block, Program
from addin.calc.program.bridge import UnoError, properties, uno
from addin.calc.program.macros import run_macro
from addin.calc.program.office import Office, start

_CALCULATIONS: Final = ("automatic", "manual", "semiautomatic")
_BUTTONS: Final = {None: 1, "ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}
_ANSWERS: Final = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}


class Apps(base_classes.Apps):
    """The LibreOffices that we started or attached to; the one activated last comes first."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine  # for xlwings, which asks each of its programs for it
        self._apps: list[App] = []

    def adopt(self, app: "App") -> None:
        """Put a program first."""
        self._apps = [app, *(other for other in self._apps if other is not app)]

    def forget(self, app: "App") -> None:
        """Strike a program that has ended."""
        self._apps = [other for other in self._apps if other is not app]

    def keys(self) -> list[int]:
        """The programs' process ids."""
        return [app.pid for app in self]

    def add(
        self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None
    ) -> "App":
        """A program of our own; `xl` may be an Office that runs already."""
        has_screen = (
            os.name == "nt" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
        )
        office = xl or start(visible=bool(visible and has_screen), program=spec)
        app = App(self, office)
        self.adopt(app)
        if add_book:
            app.books.add()
        return app

    @staticmethod
    def cleanup() -> None:
        """Nothing: no process is left behind."""

    def __iter__(self) -> Iterator["App"]:
        for app in list(self._apps):
            if app.office.is_alive:
                yield app
            else:
                self.forget(app)

    def __len__(self) -> int:
        return sum(1 for _ in self)  # list() would ask for the length

    def __getitem__(self, pid: int) -> "App":
        for app in self:
            if app.pid == pid:
                return app
        raise KeyError(f"No LibreOffice of ours has the process id {pid}.")


class App(Program, base_classes.App):
    """One running LibreOffice."""

    # Properties of the base class that are plain attributes here.
    books: Any = None
    display_alerts: Any = True
    enable_events: Any = True
    interactive: Any = True

    def __init__(self, apps: Apps, office: Office) -> None:
        super().__init__(office)
        self._apps = apps
        self.engine = apps.engine
        self.books = Books(self)
        self._calculation = _CALCULATIONS[0]
        self._status: Any = False
        self._indicator: Any = None  # the one that shows the status; no other can end it

    @property
    def api(self) -> Any:
        """LibreOffice's Desktop."""
        return self.office.desktop

    xl = api
    pid = property(lambda self: self.office.pid)
    hwnd = property(lambda self: None)

    @property
    def version(self) -> str:
        """LibreOffice's version, such as 7.4.7."""
        provider = self.office.service("com.sun.star.configuration.ConfigurationProvider")
        product = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess",
            properties(nodepath="/org.openoffice.Setup/Product"),
        )
        return str(product.ooSetupVersionAboutBox)

    @property
    def path(self) -> str:
        """The folder of LibreOffice's programs."""
        return self._folder("$(prog)")

    @property
    def startup_path(self) -> str:
        """The user's own folder of LibreOffice."""
        return self._folder("$(user)")

    def _folder(self, variable: str) -> str:
        paths = self.office.service("com.sun.star.util.PathSubstitution")
        return str(Path(uno.fileUrlToSystemPath(paths.getSubstituteVariableValue(variable))))

    @property
    def selection(self) -> Block | None:
        """What is selected in the active book; None where it is no single range."""
        book = self.books.current
        return book.selection if book else None

    def activate(self, steal_focus: bool = False) -> None:
        """Make this the program that `xw.apps.active` is."""
        self._apps.adopt(self)
        book = self.books.current
        if steal_focus and book:
            book.api.CurrentController.Frame.ContainerWindow.setFocus()

    @property
    def visible(self) -> bool:
        """Whether the books' windows are shown; without a screen, whether they should be."""
        return self.visible_wanted

    @visible.setter
    def visible(self, value: bool) -> None:
        self.visible_wanted = bool(value)
        if not self.office.is_headless:
            for book in self.books:
                book.api.CurrentController.Frame.ContainerWindow.setVisible(bool(value))

    def quit(self) -> None:
        """Close the books and end the program; one that we only attached to goes on."""
        self._apps.forget(self)
        if self.office.process is not None:
            self.office.close()

    def kill(self) -> None:
        """End the program at once, if we started it."""
        self._apps.forget(self)
        self.office.kill()

    @property
    def screen_updating(self) -> bool:
        """Whether windows are drawn anew while cells change."""
        return not self.is_frozen

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if bool(value) is not self.is_frozen:
            return
        self.is_frozen = not value
        for book in self.books:
            if self.is_frozen:
                book.api.lockControllers()
            elif book.api.hasControllersLocked():
                book.api.unlockControllers()

    @property
    def calculation(self) -> str:
        """automatic, manual or semiautomatic."""
        return self._calculation

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value not in _CALCULATIONS:
            raise KeyError(value)
        self._calculation = value
        self.is_manual = value == "manual"
        for book in self.books:
            book.api.enableAutomaticCalculation(not self.is_manual)

    def calculate(self) -> None:
        """Calculate what has changed, in every book."""
        for book in self.books:
            book.api.calculate()

    def run(self, macro: str, args: Any) -> Any:
        """What a Basic macro gives back; `macro` is `Module.Name` or `'book'!Module.Name`."""
        book_name, _, name = macro.rpartition("!")
        book = self.books(book_name.strip("'")) if book_name else self.books.active
        return run_macro(book.api, name, args)

    @property
    def status_bar(self) -> Any:
        """The text that was set, False where there is none."""
        return self._status

    @status_bar.setter
    def status_bar(self, value: Any) -> None:
        self._status = value
        if self._indicator is not None:
            with contextlib.suppress(UnoError):  # its window may be closed by now
                self._indicator.end()
        self._indicator = None
        book = self.books.current
        if book and value is not False and value is not None:
            self._indicator = book.api.CurrentController.Frame.createStatusIndicator()
            self._indicator.start(str(value), 0)

    @property
    def cut_copy_mode(self) -> str | None:
        """The word "copy" while a copied range waits to be pasted."""
        return "copy" if self.copied else None

    @cut_copy_mode.setter
    def cut_copy_mode(self, value: Any) -> None:
        if not value:
            self.copied = None

    def alert(self, prompt: Any, title: Any, buttons: Any, mode: Any, callback: Any) -> str:
        """The button that was pressed in a message box: ok, cancel, yes or no."""
        book = self.books.current
        frame = book.api.CurrentController.Frame if book else self.api.getCurrentFrame()
        window = frame.ContainerWindow
        kind = "ERRORBOX" if mode == "critical" else "INFOBOX" if mode == "info" else "MESSAGEBOX"
        box = self.office.service("com.sun.star.awt.Toolkit").createMessageBox(
            window,
            uno.Enum("com.sun.star.awt.MessageBoxType", kind),
            _BUTTONS[buttons],
            title or "",
            prompt or "",
        )
        answer = _ANSWERS[box.execute()]
        box.dispose()  # else the window stays, unseen
        return answer
