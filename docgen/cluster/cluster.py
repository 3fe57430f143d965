"""A Dask cluster that does the works of a batch in the place of this computer's processes."""

import logging
import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from secrets import token_bytes, token_hex
from typing import TYPE_CHECKING, Any, Final

from docgen.batch.folders import TRIAL, cannot_be_written
from docgen.batch.model import Done, Work
from docgen.batch.workers import Lost, Result
from docgen.cluster.model import ClusterError, Order
from docgen.cluster.sameness import same
from docgen.cluster.stores import Store
from docgen.cluster.there import differs, done_there, rest, sees

if TYPE_CHECKING:
    from distributed import Client, Future

_PATIENCE: Final = 15.0  # seconds for an answer of the scheduler
_ALONE: Final = 60.0  # seconds without any worker, in which a lost one may come back
_AHEAD: Final = 2000  # works that the scheduler is given at once: more than a cluster has threads
_VARIABLES: Final = ("SOURCE_DATE_EPOCH",)  # on which the bytes of a file depend
_AGAIN: Final = "做好的都在台账里,再运行同一条命令就接着做。"


class Cluster:
    """A connection to a scheduler, whose workers were found to be fit."""

    def __init__(self, client: "Client", address: str, templates: Path | None) -> None:
        self._client, self._address = client, address
        self._templates, self._same = templates, same(templates)

    def must_be_fit(self, folder: str, out: str) -> None:
        """Raise `ClusterError` where a worker would come to something else, or sees no file.

        `folder` and `out` are paths or addresses, as the workers are to use them.
        """
        for worker, told in self._asked(differs, self._same, self._templates):
            if told:
                raise ClusterError(f"集群里 {worker} 上的 {told}")
        store, mark = Store(out), f"{TRIAL}-{os.getpid()}"
        given, data = Store(folder), token_bytes(16)
        try:
            store.write(mark, data)
        except Exception as error:  # each store has errors of its own
            raise cannot_be_written(out) from error
        try:
            self._must_see(out, mark, data)
        finally:
            store.take_away(mark)
        for path in given.paths()[:1]:
            self._must_see(folder, path, given.read(path))

    def run(
        self, works: Iterable[Work], do: Callable[[Work], Done], timeout: float
    ) -> Iterator[Result[Work, Done]]:
        """The result of each work as soon as it is there.

        A work whose worker is lost is given to another one by the scheduler. Raises `ClusterError`
        where the scheduler, or all workers, stay away.
        """
        variables = {name: os.environ.get(name) for name in _VARIABLES}
        order = Order(token_hex(8), do, timeout, self._templates, self._same, variables)
        waiting = iter(works)
        given: dict[Future, Work] = {}
        ended: SimpleQueue[Future] = SimpleQueue()
        try:
            while True:
                for work in islice(waiting, _AHEAD - len(given)):
                    future = self._client.submit(done_there, order, work, pure=False)
                    given[future] = work
                    future.add_done_callback(ended.put)
                if not given:
                    return
                futures = self._next(ended)
                yield from self._results(futures, [given.pop(one) for one in futures])
        finally:
            self._let_go(order, list(given))

    def _next(self, ended: "SimpleQueue[Future]") -> "list[Future]":
        """The futures that have ended, waited for as long as anybody works on them."""
        alone = 0.0
        while ended.empty():
            with suppress(Empty):
                first = ended.get(timeout=_PATIENCE / 3)
                return [first, *_all_of(ended)]
            alone = 0.0 if self._workers() else alone + _PATIENCE / 3
            if alone >= _ALONE:
                raise ClusterError(f"集群里没有工人了。{_AGAIN}")
        return _all_of(ended)

    def _results(self, futures: "list[Future]", works: list[Work]) -> Iterator[Result[Work, Done]]:
        """The results of futures that have ended; all are fetched in one go."""
        found: dict[Any, Any] = {}
        fit = {one: one for one in futures if one.status == "finished"}
        if fit:
            with self._told_plainly():
                found = self._client.gather(fit)
        for future, work in zip(futures, works, strict=True):
            yield self._result(work, found.get(future, future))

    def _result(self, work: Work, came: Any) -> Result[Work, Done]:
        if isinstance(came, Result):
            return Result(work, came.done, came.tries)
        if isinstance(came, str):
            raise ClusterError(f"集群里新来的工人上的 {came}{_AGAIN}")
        if came.status != "error":  # cancelled, or lost with the scheduler
            raise self._broken()
        from distributed import KilledWorker  # noqa: PLC0415 - as below

        error = came.exception()
        if isinstance(error, KilledWorker):
            return Result(work, Lost.GONE, error.allowed_failures + 1)
        raise ClusterError(f"集群做不了:{error}。{_AGAIN}") from error

    def _workers(self) -> list[str]:
        with self._told_plainly():
            return list(self._client.scheduler_info(n_workers=-1)["workers"])

    def _must_see(self, place: str, path: str, data: bytes) -> None:
        for worker, is_seen in self._asked(sees, place, path, data):
            if is_seen is not True:
                raise ClusterError(
                    f"集群里 {worker} 看不到「{place}」。请把共享文件夹接在每台机器的同一个路径,"
                    "或写对象存储的网址。"
                )

    def _asked(self, function: Callable[..., Any], *words: Any) -> list[tuple[str, Any]]:
        """What each worker answers."""
        with self._told_plainly():
            answers: Mapping[str, Any] = self._client.run(function, *words, on_error="return")
        for worker, answer in answers.items():
            if isinstance(answer, ImportError):
                raise ClusterError(
                    f"集群里 {worker} 没有装勾稽,或少装了包({answer.name})。"
                    '请在每台机器运行 pip install "gouji[cluster]"。'
                )
            if isinstance(answer, Exception):
                raise ClusterError(f"集群里 {worker} 答不上来:{answer}。")
        return list(answers.items())

    def _let_go(self, order: Order, futures: "list[Future]") -> None:
        """Have nothing more done; what a worker is doing it may end."""
        with suppress(Exception):  # who is gone need not be told
            self._client.cancel(futures, force=True)
            self._client.run(rest, order.batch, on_error="ignore")

    @contextmanager
    def _told_plainly(self) -> Iterator[None]:
        try:
            yield
        except ClusterError:
            raise
        except Exception as error:  # whatever the network and the other end come up with
            raise self._broken() from error

    def _broken(self) -> ClusterError:
        return ClusterError(f"和集群「{self._address}」断开了。{_AGAIN}")


@contextmanager
def connected(address: str, templates: Path | None) -> Iterator[Cluster]:
    """The cluster of the scheduler at an address such as `tcp://10.0.0.5:8786`.

    Raises `ClusterError` where nobody answers there, or no worker is there.
    """
    from distributed import Client  # noqa: PLC0415 - takes as long to load as all of ours

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what it says is not for users
    warnings.filterwarnings("ignore", module="distributed")
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except Exception as error:  # whatever the network and the other end come up with
        told = f"连不上集群「{address}」。请看调度器(dask scheduler)是否在运行,地址是否像 tcp://主机:8786。"
        raise ClusterError(told) from error
    try:
        cluster = Cluster(client, address, templates)
        if not client.scheduler_info(n_workers=-1)["workers"]:
            told = f"集群「{address}」里没有工人。请在各台机器运行 dask worker {address}。"
            raise ClusterError(told)
        yield cluster
    finally:
        with suppress(Exception):
            client.close(timeout=_PATIENCE)


def _all_of(queue: "SimpleQueue[Future]") -> "list[Future]":
    """What a queue has in it now."""
    found = []
    with suppress(Empty):
        while True:
            found.append(queue.get_nowait())
    return found
