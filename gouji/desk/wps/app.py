"""The add-in as WPS fetches it, and the one address that its buttons ask."""

import re
import signal
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Final

import msgspec
from fastapi import FastAPI, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles

from addin.ribbon.actions import WITHOUT_BOOK
from addin.ribbon.screen import opened
from gouji.desk.serving import answer_heads, new_app
from gouji.desk.wps.actions import ACTIONS, Click, answered
from gouji.desk.wps.answers import Answer
from gouji.desk.wps.icons import icon
from gouji.desk.wps.layout import layout_js
from gouji.desk.wps.posted import OpenInWps, PostedBook
from gouji.desk.wps.ribbon import ribbon_xml
from gouji.desk.wps.screen import PaneScreen
from gouji.from_python.errors import GoujiError, foreseen
from workbook.files.log import write_down

PAGES: Final = Path(__file__).parent / "pages"
NOT_UNDERSTOOD: Final = (
    "WPS 表格发来的内容和这个版本的勾稽对不上。请关闭 WPS 表格再打开;还不行,请重新运行 "
    "gouji addin install --wps。"
)
_PLACE: Final = re.compile(r"[a-z]+\.js:\d+(?::\d+)?")
_KIND: Final = re.compile(r"[A-Za-z]{1,40}")


class Posted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the pages post: the book, where the click is about it, and what was answered so far.

    `near` is the full name of the book in front.
    """

    near: str = ""
    answers: dict[str, str] = {}
    book: PostedBook | None = None


class ScriptError(Exception):
    """A failure of the JavaScript, written down as ours are; its words may quote a cell."""


def wps_app(show: Callable[[Path], bool] = opened) -> FastAPI:
    """The add-in's app; `show` opens a file, and says whether a program was found for it."""
    app = new_app()
    one_at_a_time = Lock()

    @app.get("/ribbon.xml")
    def ribbon() -> Response:
        return Response(ribbon_xml(), media_type="application/xml")

    @app.get("/layout.js")
    def layout() -> Response:
        return Response(layout_js(), media_type="text/javascript")

    @app.get("/icons/{name}.svg")
    def picture(name: str) -> Response:
        drawn = icon(name)
        if drawn is None:
            raise HTTPException(404)
        return Response(drawn, media_type="image/svg+xml")

    @app.post("/ask/{action}")
    async def ask(action: str, request: Request) -> Response:
        body = await request.body()
        return await run_in_threadpool(in_turn, action, body)

    def in_turn(action: str, body: bytes) -> Response:
        with one_at_a_time:
            told = _answer(action, body, show)
        return Response(msgspec.json.encode(told), media_type="application/json")

    app.post("/failure")(_write_failure)
    app.post("/leave")(_leave)
    answer_heads(app)
    app.mount("/", StaticFiles(directory=PAGES, html=True))
    return app


def _answer(action: str, body: bytes, show: Callable[[Path], bool]) -> Answer:
    """What the clerk is told; what can be foreseen to go wrong is a sentence too."""
    try:
        posted = msgspec.json.decode(body, type=Posted)
    except (msgspec.DecodeError, UnicodeDecodeError):
        write_down("wps")
        return Answer(said=[NOT_UNDERSTOOD])
    if action not in ACTIONS or (posted.book is None and action not in WITHOUT_BOOK):
        return Answer(said=[NOT_UNDERSTOOD])
    book = OpenInWps(posted.book) if posted.book else None
    screen = PaneScreen(posted.answers, show)
    try:
        with foreseen():
            return answered(Click(action, book, posted.near, posted.answers, screen))
    except GoujiError as error:
        return Answer(said=[str(error)])


async def _write_failure(request: Request) -> Response:
    """Where the JavaScript failed and with which kind of error; not what it said."""
    told = (await request.body())[:20_000].decode(errors="replace")
    kind = _KIND.match(told)
    places = " ".join(_PLACE.findall(told)[:20])
    try:
        raise ScriptError
    except ScriptError:
        write_down(f"wps {kind[0] if kind else ''} {places}")
    return Response(status_code=204)


async def _leave() -> Response:
    """End the desk: an install starts a newer one in its place."""
    signal.raise_signal(signal.SIGTERM)
    return Response(status_code=204)
