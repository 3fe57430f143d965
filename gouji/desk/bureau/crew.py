"""The processes that check workbooks while the server goes on: each work is late or lost alone."""

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Final

from docgen.batch.model import Done, Work
from docgen.batch.one import do
from docgen.batch.workers import MOST_TRIES, Lost, Worker
from workbook.files.log import write_down

MOST_WAITING: Final = 1000  # workbooks; at a quarter of a second each a few minutes' work
Settle = Callable[[str, Done | Lost], None]


@dataclass(frozen=True, slots=True)
class _Given:
    submission: str
    work: Work
    settled: "Future[None]" = field(default_factory=Future)


class Crew:
    """Some processes, each with a thread that hands it one workbook after another.

    `settle` is told of each, from one of these threads.
    """

    def __init__(self, jobs: int, timeout: float, settle: Settle) -> None:
        self._timeout, self._settle = timeout, settle
        self._waiting: queue.SimpleQueue[_Given | None] = queue.SimpleQueue()
        self._ended, self._end = Pipe(duplex=False)  # nothing is ever sent: it breaks at the end
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(jobs)]
        for one in self._threads:
            one.start()

    @property
    def is_full(self) -> bool:
        """Whether so many wait that no more should come."""
        return self._waiting.qsize() >= MOST_WAITING

    def take(self, submission: str, work: Work) -> "Future[None]":
        """Have a workbook checked; the future is done when it is settled."""
        given = _Given(submission, work)
        given.settled.set_running_or_notify_cancel()  # who waits may go away, the work is done
        self._waiting.put(given)
        return given.settled

    def close(self) -> None:
        """End it at once; what is not settled yet stays as it is."""
        self._end.close()
        for _ in self._threads:
            self._waiting.put(None)
        for one in self._threads:
            one.join()

    def _serve(self) -> None:
        hand = _Hand(self._timeout, self._ended)
        while given := self._waiting.get():
            try:
                done = hand.done(given.work)
            except OSError:  # no process could be started; the next workbook may be luckier
                write_down("desk crew")
                done = Lost.GONE
            if done is None:
                break
            try:
                self._settle(given.submission, done)
            finally:
                given.settled.set_result(None)
        hand.end()


class _Hand:
    """A process for one workbook after another, started when there is one: it takes 80 MB."""

    def __init__(self, timeout: float, ended: Connection) -> None:
        self._timeout, self._ended = timeout, ended
        self._worker: Worker[Work, Done] | None = None

    def done(self, work: Work) -> Done | Lost | None:
        """What comes of a work; None where the server ends before that is known.

        One whose process was lost is tried once more in a new one.
        """
        done: Done | Lost | None = Lost.GONE
        for tries in range(MOST_TRIES):
            self._worker = self._worker or Worker(do)
            self._worker.give(work, tries, self._timeout)
            done = _answer(self._worker, self._ended)
            self._worker.let_go()
            if not isinstance(done, Lost):
                break
            self.end()
            if done is Lost.LATE:
                break
        return done

    def end(self) -> None:
        """End the process, if there is one."""
        if self._worker is not None:
            self._worker.end()
            self._worker = None


def _answer(worker: Worker[Work, Done], ended: Connection) -> Done | Lost | None:
    """What came of the work that it has; None where the server ends before that is known."""
    while True:
        ready = wait([worker.line, ended], max(0.0, worker.ends_at - time.monotonic()))
        if ended in ready:
            return None
        answer = worker.take() if ready else worker.late()
        if answer is not None:
            return answer if isinstance(answer, Lost) else worker.unpacked(answer)
