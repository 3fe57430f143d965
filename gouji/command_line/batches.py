"""The command on a folder of workbooks, on this computer or on a cluster, and how far it is."""

import os
import sys
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Final

import typer

from gouji.command_line.shell import (
    OK,
    STOPPED,
    TO_MEND,
    Templates,
    must_exist,
    stop,
    told_plainly,
)

if TYPE_CHECKING:
    from docgen.batch.batch import Asked as Batch
    from docgen.batch.batch import Outcome, Progress, Run
    from docgen.batch.folders import Places

_WIDTH: Final = 72
_ADDRESS: Final = "://"  # what an address has, and no path
_OFTEN: Final = 0.2  # seconds between two looks of the line that tells how far it is

Units = Annotated[
    Path | None,
    typer.Option(metavar="名单.xlsx", help="应交的单位:单位名称,还可有单位代码、上级、种类。"),
]


def batch(  # noqa: PLR0913, PLR0917 - the options of a command
    folder: Annotated[
        str, typer.Argument(metavar="IN", help="收来的工作簿所在的文件夹,或 s3:// 等网址。")
    ],
    out: Annotated[
        str, typer.Argument(metavar="OUT", help="报告、退回的副本、汇总放到哪里,可以是网址。")
    ],
    units: Units = None,
    jobs: Annotated[int, typer.Option(min=0, help="同时做几本,默认和处理器一样多。")] = 0,
    timeout: Annotated[float, typer.Option(min=1, help="一本最多做多少秒。")] = 120,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="tcp://主机:8786", help="由这个调度器的 Dask 集群来做,不用这台机器的处理器。"
        ),
    ] = None,
    templates: Templates = None,
) -> None:
    """一个文件夹的工作簿一次做完:核对、生成报告、批注退回、汇总;再做时只做改过的。"""
    from docgen.batch.batch import Asked

    if _ADDRESS not in folder and not Path(folder).is_dir():
        stop(f"没有这个文件夹:{folder}")
    if units is not None:
        must_exist(units)
    with told_plainly(), ExitStack() as meanwhile:
        if cluster is None:
            run = _by_processes(jobs or cores())
        else:  # whose workers are in other folders
            folder, out = _absolute(folder), _absolute(out)
            templates = templates and templates.absolute()
            run = _by_cluster(cluster, (folder, out), templates, meanwhile)
        outcome = _run(Asked(_places(folder, out, meanwhile), run, units, templates, timeout))
    _tell_outcome(outcome, out)
    raise typer.Exit(OK if outcome.is_fit else TO_MEND)


def _tell_outcome(outcome: "Outcome", out: str) -> None:
    """How the batch ended, and where the summary lies."""
    counts = "、".join(f"{word} {count}" for word, count in sorted(outcome.counts.items()))
    done = f"这次做了 {outcome.progress.done} 本,没有变的 {outcome.progress.kept} 本"
    typer.echo(f"{counts}({done})")
    if outcome.undecided:
        typer.secho(f"不能确定单位的 {outcome.undecided} 本,见“未定”。", fg="yellow")
    typer.echo(f"汇总:{out.rstrip('/')}/汇总.xlsx")


def _absolute(place: str) -> str:
    return place if _ADDRESS in place else str(Path(place).absolute())


def _by_processes(jobs: int) -> "Run":
    from docgen.batch.workers import run_all

    return partial(run_all, jobs=jobs)


def _by_cluster(
    address: str, places: tuple[str, str], templates: Path | None, meanwhile: ExitStack
) -> "Run":
    """The workers of a cluster, found to be fit; the connection is open meanwhile."""
    from docgen.cluster.model import must_be_installed

    must_be_installed()
    from docgen.cluster.cluster import connected

    cluster = meanwhile.enter_context(connected(address, templates))
    cluster.must_be_fit(*places)
    return cluster.run


def _places(folder: str, out: str, meanwhile: ExitStack) -> "Places":
    """Two folders; or, where one has an address, two stores, and a folder for their ledger."""
    if _ADDRESS not in folder + out:
        from docgen.batch.folders import Folders

        return Folders(Path(folder), Path(out))
    from docgen.cluster.model import must_be_installed

    must_be_installed()
    from docgen.cluster.stores import Stores

    return Stores(folder, out, Path(meanwhile.enter_context(TemporaryDirectory(prefix="gouji-"))))


def _run(asked: "Batch") -> "Outcome":
    """The batch, with a line that tells how far it is; an interrupt ends it in good order."""
    from docgen.batch.batch import Progress, run_batch

    progress, line = Progress(), _Line()
    try:
        with told_plainly():
            return run_batch(asked, progress, lambda _result: line.show(progress))
    except KeyboardInterrupt:
        line.clear()
        told = f"已停下:做好 {progress.kept + progress.done} 本,还有 {progress.left} 本。"
        typer.echo(f"{told}再运行同一条命令就接着做。", err=True)
        raise typer.Exit(STOPPED) from None
    finally:
        line.clear()


def cores() -> int:
    """How many processors this process may use."""
    may_use = getattr(os, "sched_getaffinity", None)  # not on Windows, nor on a Mac
    return len(may_use(0)) if may_use else os.cpu_count() or 1


class _Line:
    """A line on the terminal that is written over; nothing where nobody looks."""

    def __init__(self) -> None:
        self._is_seen = sys.stderr.isatty()
        self._began = time.monotonic()
        self._shown = 0.0

    def show(self, progress: "Progress") -> None:
        now = time.monotonic()
        if not self._is_seen or now - self._shown < _OFTEN:
            return
        self._shown = now
        rate = progress.done / max(now - self._began, 0.001)
        told = f"{progress.kept + progress.done}/{progress.total} 本,每秒 {rate:.1f} 本"
        left = f",还要 {spoken(progress.left / rate)}" if rate and progress.left else ""
        sys.stderr.write(f"\r{told}{left}".ljust(_WIDTH))
        sys.stderr.flush()

    def clear(self) -> None:
        if self._is_seen and self._shown:
            sys.stderr.write("\r" + " " * _WIDTH + "\r")
            sys.stderr.flush()
            self._shown = 0.0


def spoken(seconds: float) -> str:
    """A time as one says it: `1 分 20 秒`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} 小时 {minutes} 分"
    return f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒"
