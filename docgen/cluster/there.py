"""What runs on a worker of the cluster: each work in a process of its own, which may be ended.

A worker of Dask does its works in threads, and a thread cannot be ended: a stuck workbook would
keep it for ever, and one that kills its process would take the worker along with all that the other
threads do. So each thread has a process beside it, as a batch on one computer has.
"""

import os
import threading
from collections.abc import Callable, Mapping
from functools import partial
from multiprocessing import current_process
from pathlib import Path
from typing import Final

from docgen.batch.model import Done, Work
from docgen.batch.workers import Crew, Result
from docgen.cluster.model import Order
from docgen.cluster.sameness import same
from docgen.cluster.stores import Store

_OWN: Final = threading.local()  # of a thread: the `crew` that it has for the batch `batch`
_CREWS: Final[dict[str, list[Crew[Work, Done]]]] = {}  # of all threads, by batch
_LOCK: Final = threading.Lock()


def done_there(order: Order, work: Work) -> Result[Work, Done] | str:
    """The result of a work; a text says why this worker, which came late, is not fit for it."""
    if getattr(_OWN, "batch", "") != order.batch:
        if told := differs(order.same, order.templates):
            return told
        _begin(order)
    result: Result[Work, Done] = next(_OWN.crew.run([work], order.timeout))
    if order.batch not in _CREWS:  # it was called off meanwhile
        _OWN.crew.end()
    return result


def differs(wanted: Mapping[str, str], templates: Path | None) -> str:
    """In what this worker differs from whoever asks; "" where in nothing."""
    if templates is not None and not templates.is_dir():
        return f"看不到文件夹「{templates}」。请把它放在每台机器都能看到的同一个路径。"
    here = same(templates)
    for name, one in wanted.items():
        if here.get(name) != one:
            found = here.get(name, "没有的")
            return f"{name} 是 {found},这里是 {one}。请在每台机器装成一样的,再重新启动工人。"
    return ""


def sees(url: str, path: str, data: bytes) -> bool:
    """Whether this worker finds in a place what whoever asks finds there."""
    try:
        return Store(url).read(path) == data
    except Exception:  # noqa: BLE001 - whatever a file system raises: it is not to be seen
        return False


def rest(batch: str) -> None:
    """End the processes that this worker has for a batch."""
    with _LOCK:
        for crew in _CREWS.pop(batch, ()):
            crew.end()


def _begin(order: Order) -> None:
    """Give this thread a process for a batch, in the place of that for the one before."""
    if former := getattr(_OWN, "crew", None):
        former.end()
    current_process().daemon = False  # Dask's workers are, and such may have no processes
    _OWN.batch, _OWN.crew = order.batch, Crew(partial(_done_with, order.environment, order.do), 1)
    with _LOCK:
        _CREWS.setdefault(order.batch, []).append(_OWN.crew)


def _done_with(
    environment: Mapping[str, str | None], do: Callable[[Work], Done], work: Work
) -> Done:
    """A work done as if it were done where it was asked for."""
    for name, value in environment.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value
    return do(work)
