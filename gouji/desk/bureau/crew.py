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
        self._threads = [threading.Thread(target=self._serve) for _ in range(jobs)]
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
        worker: Worker[Work, Done] | None = None  # it takes 80 MB, which who is idle need not hold
        while given := self._waiting.get():
            worker = worker or Worker(do)
            done: Done | Lost | None = Lost.GONE
            for tries in range(MOST_TRIES):
                worker.give(given.work, tries, self._timeout)
                done = _answer(worker, self._ended)
                worker.let_go()
                if not isinstance(done, Lost):
                    break
                worker.end()
                worker = Worker(do)
                if done is Lost.LATE:
                    break
            if done is None:
                break
            try:
                self._settle(given.submission, done)
            finally:
                given.settled.set_result(None)
        if worker is not None:
            worker.end()


def _answer(worker: Worker[Work, Done], ended: Connection) -> Done | Lost | None:
    """What came of the work that it has; None where the server ends before that is known."""
    while True:
        ready = wait([worker.line, ended], max(0.0, worker.ends_at - time.monotonic()))
        if ended in ready:
            return None
        answer = worker.take() if ready else worker.late()
        if answer is not None:
            return answer
