"""The application: its routes, its guard, and what is told of a request that comes to nothing."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from socket import socket
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from gouji.desk.bureau import bureau_pages, entering, unit_pages
from gouji.desk.bureau.asking import NOT_THERE, Refused
from gouji.desk.bureau.desk import HERE, Desk
from gouji.desk.bureau.exports import new_link
from gouji.desk.bureau.keeping import accounts
from gouji.desk.bureau.keeping.model import BUREAU, Options
from gouji.desk.bureau.showing import PAGES, page
from gouji.desk.guard import Admission, Guard
from gouji.desk.serving import answer_heads, new_app, refusal, run
from gouji.desk.telling import wants_page
from workbook.files.log import write_down

_OFTEN: Final = 60 * 60  # seconds between two clean-ups
_PARTING_SECONDS: Final = 15  # that uploads under way may take when the desk is closed
_BREAKING_OFF: Final = 4  # times the limit of a workbook
_MOST_FORM: Final = 64 << 10  # bytes; who sends one need not be known
_WRONG_NAME: Final = (
    "这个网址打不开报送服务。请用主管部门给出的网址;在服务器上,请用启动时显示的网址。"
)
_NO_WAY: Final = (401, 410)  # whoever is told that comes no further from the first page either
_TOLD: Final = {
    400: "请求不完整,请从首页重新进入。",
    404: NOT_THERE,
    405: NOT_THERE,
    422: "请求不完整,请从首页重新进入。",
}


def application(desk: Desk) -> FastAPI:
    """The application on an open desk, which it closes when it ends."""
    made = new_app(_life)
    made.state.desk = desk
    for routes in (entering.routes, unit_pages.routes, bureau_pages.routes):
        answer_heads(routes)
        made.include_router(routes)
    made.mount("/bureau", StaticFiles(directory=PAGES / "static"))
    for kind, handler in _HANDLERS.items():
        made.add_exception_handler(kind, handler)
    return made


@asynccontextmanager
async def _life(made: FastAPI) -> AsyncIterator[None]:
    desk: Desk = made.state.desk
    cleaning = asyncio.create_task(_clean_often(desk))
    yield
    cleaning.cancel()
    await run_in_threadpool(desk.close)  # here, since a signal ends the process right after


async def _clean_often(desk: Desk) -> None:
    while True:
        await asyncio.sleep(_OFTEN)
        try:
            await run_in_threadpool(desk.clean)
        except Exception:  # noqa: BLE001 - the next hour tries again
            write_down("desk clean")


def _told(request: Request, status: int, told: str) -> Response:
    if not wants_page(request.headers.get("accept", "")):
        return refusal(request, status, told)
    return page(
        request, "refused.html", None, {"told": told, "has_way": status not in _NO_WAY}, status
    )


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return _told(request, error.status, error.told)


def _failed_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    told = _TOLD.get(error.status_code, _TOLD[400])
    return _told(request, error.status_code, told)


def _incomplete(request: Request, _error: Exception) -> Response:
    return _told(request, 422, _TOLD[422])


_HANDLERS: Final[dict[type[Exception], Callable[[Request, Exception], Response]]] = {
    Refused: _refused,
    HTTPException: _failed_http,
    RequestValidationError: _incomplete,
}


def guarded(desk: Desk) -> ASGIApp:
    """The application behind its guard: under the name and from the pages of `url` alone.

    An upload far beyond a workbook's limit breaks off; one a little beyond is answered with a page.
    """
    made, url = application(desk), desk.options.url.lower()
    hosts, origins = frozenset({url.partition("://")[2]}), frozenset({url})
    asked = Admission(hosts, origins, None, _MOST_FORM, _WRONG_NAME)
    of_forms = Guard(made, asked)
    most = desk.options.most_bytes * _BREAKING_OFF
    of_uploads = Guard(made, replace(asked, most_bytes=most))

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        by_size = of_uploads if scope.get("path") == unit_pages.UPLOAD else of_forms
        await by_size(scope, receive, send)

    return guard


def serve(options: Options, taken: socket, on_ready: Callable[[str], None]) -> None:
    """Serve a bureau's desk at the socket until a signal ends it.

    `on_ready` is told the address of the bureau's first link, "" where somebody of it is in already
    or a proxy says who is. Raises `DataError` for options that cannot be.
    """
    desk = Desk(options)
    on_ready(_first_link(desk))
    run(guarded(desk), taken, _PARTING_SECONDS)


def _first_link(desk: Desk) -> str:
    with desk.store.read() as base:
        inside, _ = accounts.seen(base, desk.now)
    if BUREAU in inside or desk.options.heads:
        return ""
    return new_link(desk.store, BUREAU, HERE, desk.now)
