"""Whether a cluster comes to the same as this computer would, and sees the same files."""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from secrets import token_bytes
from typing import Any, Final

from docgen.batch.folders import TRIAL, cannot_be_written
from docgen.cluster.model import ClusterError
from docgen.cluster.sameness import PROGRAM, same
from docgen.cluster.stores import Store
from docgen.cluster.there import differs, sees

_LACKING: Final = re.compile(r"No module named '([\w.]+)'")


def must_be_alike(client: Any, templates: Path | None) -> None:
    """Raise `ClusterError` where a worker would come to something else than this computer.

    The scheduler must have the program too: it reads what the workers are told.
    """
    here = same(templates)
    program = {name: here[name] for name in PROGRAM}
    try:
        said = client.run_on_scheduler(differs, program, None)
    except Exception as error:  # noqa: BLE001 - what the other end raises is raised here
        said = error
    for place, told in (("调度器", said), *_asked(client, differs, here, templates)):
        if _answer(place, told):
            raise ClusterError(f"{place}上的 {told}")


def must_see(client: Any, folder: str, out: str) -> None:
    """Raise `ClusterError` where a worker does not see IN or OUT.

    Raises `OutputError` where this computer may not write to OUT. Both are paths or addresses, as
    the workers are to use them.
    """
    given, made = Store(folder), Store(out)
    for path in given.paths()[:1]:
        _must_find(client, folder, path, given.read(path))
    mark, data = f"{TRIAL}-{os.getpid()}", token_bytes(16)
    try:
        made.write(mark, data)
    except Exception as error:  # each store has errors of its own
        raise cannot_be_written(out) from error
    try:
        _must_find(client, out, mark, data)
    finally:
        made.take_away(mark)


def _must_find(client: Any, place: str, path: str, data: bytes) -> None:
    for worker, is_seen in _asked(client, sees, place, path, data):
        if not _answer(worker, is_seen):
            raise ClusterError(
                f"{worker}看不到「{place}」。"
                "请把共享文件夹接在每台机器的同一个路径,或写对象存储的网址。"
            )


def _asked(client: Any, function: Callable[..., Any], *words: Any) -> list[tuple[str, Any]]:
    """What each worker answers, an exception where it raised one."""
    answers: Mapping[str, Any] = client.run(function, *words, on_error="return")
    return [(f"工人 {worker} ", said) for worker, said in answers.items()]


def _answer(place: str, said: Any) -> Any:
    """What was answered; raises `ClusterError` where that is an exception."""
    if not isinstance(said, BaseException):
        return said
    if lacking := _LACKING.search(f"{said} {said.__cause__}"):
        raise ClusterError(
            f"{place}上没有装勾稽,或少装了包({lacking[1]})。"
            '请在每台机器运行 pip install "gouji[cluster]",再重新启动。'
        )
    raise ClusterError(f"{place}答不上来:{said}。请看那里的日志。")
