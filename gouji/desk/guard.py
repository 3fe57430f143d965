"""Who is let in: one piece of middleware before every desk, whatever the desk itself does.

A page of the internet that is open in the same browser can send requests to 127.0.0.1 too, and a
foreign name can be made to lead there. So each request must know the secret, come under a name and
from a page of ours, and be of a size that can be borne; anything else ends here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hmac import compare_digest
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gouji.desk.telling import STYLE_SOURCE, told
from workbook.files.log import failure_told

MOST_BYTES: Final = 64 * 1024 * 1024  # of a body; the largest workbook that is read is smaller
REFUSED: Final = "这个网址打不开填报台。请用打开填报台时给出的网址。"
TOO_LARGE: Final = "发来的文件太大。请确认选的是填报工作簿。"
_READING: Final = ("GET", "HEAD", "OPTIONS")
# `same-origin`, not `no-referrer`: with that, browsers send `Origin: null` along with a form of
# ours. To other addresses neither tells a word.
_HEADERS: Final = {
    b"content-security-policy": f"default-src 'self'; style-src 'self' {STYLE_SOURCE}; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'".encode(),
    b"x-frame-options": b"DENY",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"cache-control": b"no-store",
}


@dataclass(frozen=True, slots=True)
class Admission:
    """What a request must show.

    `hosts` as the header has them, `127.0.0.1:8230`; `origins` as `http://127.0.0.1:8230`; `secret`
    is the first part of every path, None where a desk knows its visitors in another way. Anybody
    else is told the `refusal`.
    """

    hosts: frozenset[str]
    origins: frozenset[str]
    secret: str | None
    most_bytes: int = MOST_BYTES
    refusal: str = REFUSED


def of_loopback(port: int, secret: str, most_bytes: int = MOST_BYTES) -> Admission:
    """What a desk asks that only this computer reaches."""
    hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost"))
    return Admission(hosts, frozenset(f"http://{host}" for host in hosts), secret, most_bytes)


class Guard:
    """The middleware. The app behind it sees paths without the secret, and sets no such headers."""

    def __init__(self, app: ASGIApp, admission: Admission) -> None:
        self._app = app
        self._admission = admission

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through or answer it; an app that fails answers in a sentence."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # a websocket, which no desk has
            await send({"type": "websocket.close"})
            return
        answer = _Answer(send, ", ".join(_headers(scope, b"accept")))
        if not _is_admitted(scope, self._admission):
            await answer.say(403, self._admission.refusal)
            return
        body = _Body(receive, self._admission.most_bytes)
        if body.is_announced_too_large(scope):
            await answer.say(413, TOO_LARGE)
            return
        try:
            await self._app(_without_secret(scope, self._admission), body, answer.unless(body))
        except Exception:  # noqa: BLE001 - the outermost shell: nobody sees a traceback
            words = TOO_LARGE if body.is_too_large else failure_told("desk")
            await answer.say(413 if body.is_too_large else 500, words)


class _Body:
    """What is received, counted, since a body in pieces announces no size; it ends at the limit."""

    def __init__(self, receive: Receive, most_bytes: int) -> None:
        self._receive = receive
        self._left = most_bytes
        self.is_too_large = False

    async def __call__(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._left -= len(message.get("body", b""))
            self.is_too_large = self._left < 0
        return {"type": "http.disconnect"} if self.is_too_large else message

    def is_announced_too_large(self, scope: Scope) -> bool:
        """Whether the request says so itself."""
        sizes = _headers(scope, b"content-length")
        return any(not size.isdecimal() or int(size) > self._left for size in sizes)


class _Answer:
    """What is sent, with the headers that every answer bears."""

    def __init__(self, send: Send, accept: str) -> None:
        self._send, self._accept = send, accept
        self._has_begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._has_begun = True
            own = [pair for pair in message.get("headers", ()) if pair[0].lower() not in _HEADERS]
            message = {**message, "headers": [*own, *_HEADERS.items()]}
        await self._send(message)

    def unless(self, body: _Body) -> Send:
        """The same for an app, whose words on a body that broke off are not those to be said."""

        async def send(message: Message) -> None:
            if not body.is_too_large:
                await self(message)
            elif not self._has_begun:
                await self.say(413, TOO_LARGE)

        return send

    async def say(self, status: int, words: str) -> None:
        """Answer with a sentence, unless an answer is under way."""
        if self._has_begun:
            return
        media_type, content = told(words, self._accept)
        headers = [
            (b"content-type", media_type.encode()),
            (b"content-length", str(len(content)).encode()),
        ]
        await self({"type": "http.response.start", "status": status, "headers": headers})
        await self({"type": "http.response.body", "body": content})


def _is_admitted(scope: Scope, admission: Admission) -> bool:
    hosts = list(_headers(scope, b"host"))
    origins = list(_headers(scope, b"origin"))
    if len(hosts) != 1 or hosts[0].lower() not in admission.hosts:
        return False
    if not origins and scope["method"] not in _READING:  # every browser sends one then
        return False
    if any(one.lower() not in admission.origins for one in origins):
        return False
    return admission.secret is None or _knows(scope["path"], admission.secret)


def _knows(path: str, secret: str) -> bool:
    given = path.removeprefix("/").partition("/")[0]
    return compare_digest(given.encode(errors="replace"), secret.encode())


def _without_secret(scope: Scope, admission: Admission) -> Scope:
    """The request as the app sees it: the secret is where it is mounted (ASGI: `root_path`)."""
    if admission.secret is None:
        return scope
    return {**scope, "root_path": f"{scope.get('root_path', '')}/{admission.secret}"}


def _headers(scope: Scope, name: bytes) -> Iterable[str]:
    return (value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name)
