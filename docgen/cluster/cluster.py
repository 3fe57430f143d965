"""A Dask cluster that does the works of a batch in the place of this computer's processes."""

import logging
import os
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final

from docgen.batch.model import Done, Work
from docgen.batch.workers import Lost, Result
from docgen.cluster.fitness import must_be_alike, must_see
from docgen.cluster.model import ClusterError, Order
from docgen.cluster.sameness import same
from docgen.cluster.there import done_there, rest
from docgen.report.given_faults import DataError
from workbook.files.save import OutputError

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
        with self._told_plainly():
            must_be_alike(self._client, self._templates)
            must_see(self._client, folder, out)

    def run(
        self, works: Iterable[Work], do: Callable[[Work], Done], timeout: float
    ) -> Generator[Result[Work, Done], None, None]:
        """The result of each work as soon as it is there; closing it calls the others off.

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

    def _let_go(self, order: Order, futures: "list[Future]") -> None:
        """Have nothing more done; what a worker is doing it may end."""
        with suppress(Exception):  # who is gone need not be told
            self._client.cancel(futures, force=True)
            self._client.run(rest, order.batch, on_error="ignore")

    @contextmanager
    def _told_plainly(self) -> Iterator[None]:
        try:
            yield
        except (DataError, OutputError):
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

    for name in [one for one in logging.root.manager.loggerDict if one.startswith("distributed")]:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what it says is not for users
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
