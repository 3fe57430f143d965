"""A desk for WPS on this computer, and a WPS whose pages lie in the system's Chromium."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from plain import plain_book, plain_text
from playwright.sync_api import Browser, Page

from gouji.desk.guard import Guard, of_loopback
from gouji.desk.serving import listening
from gouji.desk.wps.app import wps_app

SECRET = "kein-wort-davon"
DOUBLE = Path(__file__).with_name("double.js").read_text("utf-8")


@dataclass
class Desk:
    """A desk that answers, and the files that it was to open."""

    address: str
    shown: list[Path] = field(default_factory=list)

    def show(self, path: Path) -> bool:
        self.shown.append(path)
        return True


@dataclass
class Wps:
    """WPS with the add-in's page loaded, a book in front."""

    page: Page
    desk: Desk
    faults: list[str]

    def open(self, book: dict[str, Any]) -> None:
        self._open(json.dumps(book))

    def open_file(self, path: Path, **more: Any) -> None:
        if more:
            self.open(plain_book(path, **more))
        else:
            self._open(plain_text(path))

    def _open(self, book: str) -> None:
        # As a text: of nested values Playwright sends each by itself.
        self.page.evaluate("text => Application.open(JSON.parse(text))", book)

    def click(self, action: str) -> dict[str, Any]:
        """Click a button, and what is shown when all of it is done."""
        self.page.evaluate("id => ribbon.OnAction({ Id: id })", f"gj_button_{action}")
        return self.answer()

    def answer(self) -> dict[str, Any]:
        self.page.wait_for_function("() => !isAtIt")
        return json.loads(self.page.evaluate("() => JSON.stringify(lastShown())"))

    def told(self, script: str, *given: Any) -> Any:
        return self.page.evaluate(script, *given)

    def cells(self, sheet: str) -> dict[str, dict[str, Any]]:
        """The cells of a sheet of the book in front, by row and column."""
        return next(one["cells"] for one in self.sheets() if one["name"] == sheet)

    def sheets(self) -> list[dict[str, Any]]:
        found = "() => JSON.stringify(Application.front.sheets.map(one => one.plain))"
        return json.loads(self.page.evaluate(found))

    @property
    def pane(self) -> Page:
        """The task pane's page, as soon as it has opened."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            for page in self.page.context.pages:
                if page.url.endswith("/pane.html"):
                    page.wait_for_load_state()
                    return page
            self.page.wait_for_timeout(20)
        raise AssertionError("no task pane")


@contextmanager
def desk_running() -> Iterator[Desk]:
    """A desk that answers in a thread."""
    with listening() as taken:
        port = taken.getsockname()[1]
        made = Desk(f"http://127.0.0.1:{port}/{SECRET}/")
        app = Guard(wps_app(made.show), of_loopback(port, SECRET))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield made
        server.should_exit = True
        thread.join()


@contextmanager
def wps_started(browser: Browser, desk: Desk) -> Iterator[Wps]:
    """WPS without a book; what fails in its pages is kept in `faults`."""
    faults: list[str] = []
    with browser.new_context(viewport={"width": 420, "height": 900}) as context:
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on("console", lambda told: told.type == "error" and faults.append(told.text))
        context.add_init_script(DOUBLE)
        yield Wps(context.new_page(), desk, faults)
