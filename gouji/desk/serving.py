"""A desk's app behind its guard, served on this computer until somebody ends it."""

import errno
import logging
import mimetypes
import secrets
import socket
import sys
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Final

import uvicorn
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Lifespan

from gouji.desk.guard import Guard, of_loopback
from gouji.desk.telling import in_chinese, told

LOOPBACK: Final = "127.0.0.1"
PAGES: Final = Path(__file__).parent / "pages"
_PARTING_SECONDS: Final = 1  # that answers under way may take when the desk is closed
# On Windows the registry tells what a file is, and another program may have told it nonsense; a
# script that is called anything else is not run.
_TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".png": "image/png"}


class PortTakenError(Exception):
    """Nobody can listen at a port, mostly since another program has it; says what to do."""


def new_app(lifespan: Lifespan[FastAPI] | None = None) -> FastAPI:
    """An app without routes, but for the pages' own files, which are below `pages/`."""
    for ending, media_type in _TYPES.items():
        mimetypes.add_type(media_type, ending)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.add_exception_handler(Exception, _left_to_the_guard)
    app.add_exception_handler(HTTPException, _failed)
    app.add_exception_handler(RequestValidationError, _failed)
    app.mount("/pages", StaticFiles(directory=PAGES))
    return app


async def _left_to_the_guard(request: Request, error: Exception) -> Response:
    """Nothing: starlette would answer in English, and the guard has the sentence and the log."""
    raise error


def _failed(request: Request, error: Exception) -> Response:
    """What is told of an address that is none, or of a request that nobody understands."""
    status = error.status_code if isinstance(error, HTTPException) else 422
    words = in_chinese(status, error.detail if isinstance(error, HTTPException) else None)
    return refusal(request, status, words, getattr(error, "headers", None))


def refusal(
    request: Request, status: int, words: str, headers: Mapping[str, str] | None = None
) -> Response:
    """A sentence as its asker reads it best: a page in a browser, JSON elsewhere."""
    media_type, content = told(words, request.headers.get("accept", ""))
    return Response(content, status, headers, media_type)


def answer_heads(app: FastAPI | APIRouter, but: Collection[str] = ()) -> None:
    """Let `HEAD` be answered wherever `GET` is; a stream without end is left out with `but`.

    Starlette's own routes do so, FastAPI's do not; the server sends no body then.
    """
    for route in app.routes:
        if isinstance(route, APIRoute) and route.path not in but:
            methods = route.methods or set()
            methods |= {"HEAD"} if "GET" in methods else set()


def new_secret() -> str:
    """The first part of every path, which nobody guesses."""
    return secrets.token_urlsafe(24)


def listening(port: int = 0, host: str = LOOPBACK) -> socket.socket:
    """A socket at the port, at a free one for 0; raises `PortTakenError`."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # Elsewhere a port that was just left would be refused for a minute; on Windows the same option
    # would let two programs have one port.
    if sys.platform != "win32":
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
        taken.listen(128)
    except (OSError, OverflowError) as error:
        taken.close()
        raise PortTakenError(_no_port(port, host, error)) from error
    return taken


def _no_port(port: int, host: str, error: Exception) -> str:
    """Why nobody can listen at a port, and what to do."""
    if isinstance(error, OverflowError):
        return f"没有 {port} 这个端口。端口是 1 到 65535 的数,请换一个。"
    if isinstance(error, PermissionError):
        return f"没有权限用端口 {port}。请换一个 1024 以上的端口。"
    if isinstance(error, socket.gaierror) or getattr(error, "errno", 0) == errno.EADDRNOTAVAIL:
        return f"「{host}」不是这台电脑的地址。请写 127.0.0.1,或这台电脑自己的地址。"
    return f"端口 {port} 用不了,可能正被别的程序占用。请换一个端口再试。"


def serve(
    make_app: Callable[[], FastAPI],
    port: int = 0,
    secret: str | None = None,
    on_ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve what `make_app` gives on this computer alone, until a signal ends it.

    `on_ready` is told the address, `http://127.0.0.1:8230/SECRET/`, once it can be opened: whoever
    asks earlier than the app answers waits a moment. Raises `PortTakenError`.
    """
    with listening(port) as taken:
        own = secret or new_secret()
        number = taken.getsockname()[1]
        app = Guard(make_app(), of_loopback(number, own))
        on_ready(f"http://{LOOPBACK}:{number}/{own}/")
        run(app, taken)


def run(app: ASGIApp, taken: socket.socket, parting_seconds: int = _PARTING_SECONDS) -> None:
    """Serve an app that is behind its guard at the socket, until a signal ends it."""
    log = logging.getLogger("uvicorn")  # which would write down paths, and with them the secret
    log.addHandler(logging.NullHandler())
    log.propagate = False
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=parting_seconds,
    )
    try:
        uvicorn.Server(config).run(sockets=[taken])
    except KeyboardInterrupt:  # which the server hands on after it has ended
        return
