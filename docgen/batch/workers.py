"""Processes that each do one piece of work at a time, and may be ended without harm to the others.

A pool of the standard library is lost as a whole with one of its processes, and ends none that is
stuck.
"""

import gc
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from typing import Any, Final, Generic, TypeVar

MOST_TRIES: Final = 2  # of a work whose process was lost
# Allocations between two looks for cycles, and how many such make the next kind of look due. With
# Python's own 700 they took an eighth of a workbook's time, and found next to nothing.
_SELDOM: Final = (50_000, 20, 20)
_LONGEST_START: Final = 120.0  # seconds until a process has loaded what it needs
_Work = TypeVar("_Work")
_Done = TypeVar("_Done")
# Everywhere the same: a process that starts clean, as Windows and Macs know no other.
_SYSTEM: Final = get_context("spawn")


class Lost(Enum):
    """Why a work has come to nothing."""

    LATE = "late"  # it took too long and was ended
    GONE = "gone"  # its process went away with it, each time it was tried


@dataclass(frozen=True, slots=True)
class Result(Generic[_Work, _Done]):
    """A work, what came of it, and how often it was tried."""

    work: _Work
    done: _Done | Lost
    tries: int


def run_all(
    works: Iterable[_Work], do: Callable[[_Work], _Done], timeout: float, jobs: int
) -> Generator[Result[_Work, _Done], None, None]:
    """The result of each work as soon as it is there, done by `jobs` processes at once.

    This is all that a batch knows of processes: whatever gives such results may take its place.
    Who closes it, or is interrupted, ends the processes.
    """
    crew = Crew(do, jobs)
    try:
        yield from crew.run(works, timeout)
    finally:
        crew.end()


class Crew(Generic[_Work, _Done]):
    """Up to `jobs` processes that stay, once started, for the works of later runs."""

    def __init__(self, do: Callable[[_Work], _Done], jobs: int) -> None:
        self._do, self._jobs = do, jobs
        self._all: list[Worker[_Work, _Done]] = []

    def run(self, works: Iterable[_Work], timeout: float) -> Iterator[Result[_Work, _Done]]:
        """The result of each work as soon as it is there; each may take `timeout` seconds."""
        waiting, crew = deque((work, 0) for work in works), self._all
        while len(crew) < min(self._jobs, len(waiting)):
            crew.append(Worker(self._do))
        while waiting or any(one.is_busy for one in crew):
            for one in crew:
                if waiting and not one.is_busy:
                    one.give(*waiting.popleft(), timeout)
            ready = set(wait([one.line for one in crew if one.is_busy], _next_end(crew)))
            for number, one in enumerate(crew):
                if not one.is_busy:
                    continue
                done = one.take() if one.line in ready else one.late()
                if done is None:
                    continue
                work, tries = one.let_go()
                if not isinstance(done, Lost):
                    if waiting:  # before what it has done is looked at, which takes a while
                        one.give(*waiting.popleft(), timeout)
                    yield Result(work, one.unpacked(done), tries)
                    continue
                one.end()
                crew[number] = Worker(self._do)
                if done is Lost.GONE and tries < MOST_TRIES:
                    waiting.appendleft((work, tries))
                else:
                    yield Result(work, done, tries)

    def end(self) -> None:
        """End the processes, whatever they do."""
        for one in self._all:
            one.end()
        self._all.clear()


def _next_end(crew: Iterable["Worker[Any, Any]"]) -> float:
    """Seconds until the first work of all has taken too long."""
    return max(0.0, min(one.ends_at for one in crew if one.is_busy) - time.monotonic())


class Worker(Generic[_Work, _Done]):
    """A process, and the line over which it is given one work at a time and answers."""

    def __init__(self, do: Callable[[_Work], _Done]) -> None:
        self.line, other = _SYSTEM.Pipe()
        self._process = _SYSTEM.Process(target=_serve, args=(other, do), daemon=True)
        self._process.start()
        other.close()  # so that the line breaks with the process
        self._given: tuple[_Work, int] | None = None
        self._timeout = 0.0
        self._is_ready = False
        self.ends_at = 0.0

    @property
    def is_busy(self) -> bool:
        """Whether it has a work."""
        return self._given is not None

    def give(self, work: _Work, tries: int, timeout: float) -> None:
        """Give it a work that was tried so often before; it has so many seconds once it runs."""
        self._given = work, tries + 1
        self._timeout = timeout
        # Its start is not the work's fault.
        self.ends_at = time.monotonic() + (timeout if self._is_ready else _LONGEST_START)
        with suppress(OSError):  # it is gone, as its line will say when it is asked
            self.line.send(work)

    def take(self) -> bytes | Lost | None:
        """Its answer, still pickled; None is its first, that it is ready."""
        try:
            done = self.line.recv_bytes()
        except (EOFError, OSError):
            return Lost.GONE
        if self._is_ready:
            return done
        self._is_ready = True
        self.ends_at = time.monotonic() + self._timeout
        return None

    @staticmethod
    def unpacked(answer: bytes) -> _Done:
        """What an answer says."""
        done: _Done = pickle.loads(answer)  # noqa: S301 - of a process of ours
        return done

    def late(self) -> Lost | None:
        """That it is late, if it is."""
        return Lost.LATE if time.monotonic() >= self.ends_at else None

    def let_go(self) -> tuple[_Work, int]:
        """The work that it was given, which it now has no more."""
        assert self._given is not None
        given, self._given = self._given, None
        return given

    def end(self) -> None:
        """End the process at once: what it writes is put in its place in one step, or not."""
        self._process.kill()
        self._process.join()
        self.line.close()


def _serve(line: Connection, do: Callable[[Any], Any]) -> None:
    """Do what is asked until nobody asks any more; an interrupt is the asker's affair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_go_with_parent, daemon=True).start()
    line.send(None)
    gc.set_threshold(*_SELDOM)
    is_first = True
    while True:
        try:
            work = line.recv()
        except (EOFError, OSError):
            return
        line.send(do(work))
        if is_first:  # what it has loaded stays: nobody need look through it again
            gc.freeze()
            is_first = False


def _go_with_parent() -> None:
    """End with the process that started this one, also in the middle of a work."""
    parent = parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)
