"""News of several topics for all pages that listen; of each topic only the newest counts."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

PULSE: Final = 15.0  # seconds after which a silent line is tried, so that dead ones are noticed


@dataclass(eq=False)
class _Listener:
    """One page: the news that it has not had yet, by topic."""

    loop: asyncio.AbstractEventLoop
    waiting: dict[str, str]
    has_news: asyncio.Event = field(default_factory=asyncio.Event)


class Board:
    """Where any thread puts news, and pages read them as server-sent events.

    board.put("book", {"name": "填报.xlsx"})
    event: book
    data: {"name":"填报.xlsx"}
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._newest: dict[str, str] = {}
        self._listeners: set[_Listener] = set()

    def put(self, topic: str, data: Any) -> None:
        """Put up news in place of the older of its topic."""
        text = msgspec.json.encode(data).decode()
        with self._lock:
            self._newest[topic] = text
            for one in self._listeners:
                one.waiting[topic] = text
                with suppress(RuntimeError):  # the service is ending, and its loop is closed
                    one.loop.call_soon_threadsafe(one.has_news.set)

    async def events(self) -> AsyncIterator[str]:
        """The newest of every topic, then what is put up: a page that comes back misses nothing."""
        with self._lock:
            listener = _Listener(asyncio.get_running_loop(), dict(self._newest))
            self._listeners.add(listener)
        listener.has_news.set()
        try:
            while True:
                try:
                    await asyncio.wait_for(listener.has_news.wait(), PULSE)
                except TimeoutError:
                    yield ":\n\n"
                listener.has_news.clear()
                with self._lock:
                    news, listener.waiting = listener.waiting, {}
                for topic, text in news.items():
                    yield f"event: {topic}\ndata: {text}\n\n"
        finally:
            with self._lock:
                self._listeners.discard(listener)
