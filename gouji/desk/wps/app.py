"""The add-in as WPS fetches it, and the one address that its buttons ask."""

import re
import signal
from pathlib import Path
from threading import Lock
from typing import Annotated, Any, Final

import msgspec
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi import Path as InPath
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles

from gouji.desk.serving import new_app
from gouji.desk.wps.actions import ACTIONS, Click, Show
from gouji.desk.wps.answers import Answer
from gouji.desk.wps.icons import icon
from gouji.desk.wps.layout import layout_js
from gouji.desk.wps.posted import OpenInWps, PostedBook
from gouji.desk.wps.ribbon import ribbon_xml
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
    """What the pages post: the book, where the click is about it, and what was chosen in the pane.

    `near` is the full name of the book in front.
    """

    near: str = ""
    asked: dict[str, str] = {}
    book: PostedBook | None = None


class ScriptError(Exception):
    """A failure of the JavaScript, written down as ours are; its words may quote a cell."""


def wps_app(show: Show) -> FastAPI:
    """The add-in's app; `show` opens a file in the program that it belongs to."""
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
    async def ask(action: Annotated[str, InPath()], request: Request) -> Response:
        body = await request.body()

        def answered() -> Answer:
            with one_at_a_time:
                return _answer(action, body, show)

        return _json(await run_in_threadpool(answered))

    app.post("/failure")(_write_failure)
    app.post("/leave")(_leave)
    app.mount("/", StaticFiles(directory=PAGES, html=True))
    return app


def _json(answer: Any) -> Response:
    return Response(msgspec.json.encode(answer), media_type="application/json")


def _answer(action: str, body: bytes, show: Show) -> Answer:
    """What the clerk is told; what can be foreseen to go wrong is a sentence too."""
    act = ACTIONS.get(action)
    try:
        posted = msgspec.json.decode(body, type=Posted)
    except (msgspec.DecodeError, UnicodeDecodeError):
        write_down("wps")
        act = None
    if act is None:
        return Answer(said=[NOT_UNDERSTOOD])
    book = OpenInWps(posted.book) if posted.book else None
    try:
        with foreseen():
            return act(Click(book, posted.near, posted.asked, show))
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
