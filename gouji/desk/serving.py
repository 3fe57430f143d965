"""A desk's app behind its guard, served on this computer until somebody ends it."""

import logging
import mimetypes
import secrets
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import uvicorn
from fastapi import FastAPI, Request, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Lifespan

from gouji.desk.guard import Guard, of_loopback

LOOPBACK: Final = "127.0.0.1"
PAGES: Final = Path(__file__).parent / "pages"
_PARTING_SECONDS: Final = 1  # that answers under way may take when the desk is closed
# On Windows the registry tells what a file is, and another program may have told it nonsense; a
# script that is called anything else is not run.
_TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".png": "image/png"}


class PortTakenError(Exception):
    """Another program has the port; says what to do."""


def new_app(lifespan: Lifespan[FastAPI] | None = None) -> FastAPI:
    """An app without routes, but for the pages' own files, which are below `pages/`."""
    for ending, told in _TYPES.items():
        mimetypes.add_type(told, ending)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.add_exception_handler(Exception, _left_to_the_guard)
    app.mount("/pages", StaticFiles(directory=PAGES))
    return app


async def _left_to_the_guard(request: Request, error: Exception) -> Response:
    """Nothing: starlette would answer in English, and the guard has the sentence and the log."""
    raise error


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
        raise PortTakenError(
            f"端口 {port} 用不了,可能正被别的程序占用。请换一个端口再试。"
        ) from error
    return taken


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
