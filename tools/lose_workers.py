"""Lose what does the work in the middle of a batch, and look whether anything is lost or doubled.

    python tools/lose_workers.py [COUNT]

COUNT units (1,000, if it is not said), a tenth of them with a slip. By this computer: the whole
batch is killed in the middle, and run again. By a Dask cluster of two workers on it: one of them is
killed in the middle. Both must come to COUNT workbooks, each once, and to the same files and rows.
"""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.units.folder import BOOKS, LIST, make_folder  # noqa: E402 - the path comes first

COUNTED = "SELECT count(*), count(DISTINCT path) FROM workbooks"
ROWS = (
    "SELECT path, sha256, unit, code, kind, status, errors, warnings, report, annotated, message"
    " FROM workbooks ORDER BY path, unit",
    "SELECT * FROM figures ORDER BY path, field, row",
)


def main() -> None:
    """Run both, and say what came of them."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_folder(folder, count, count // 10)
        here, there = folder / "本机", folder / "集群"
        whole_batch_killed(folder, here, count // 2)
        address, workers = cluster(folder)
        try:
            one_worker_killed(folder, there, address, workers[0], count // 2)
        finally:
            for one in workers:
                end(one)
        wrong = list(differences(here, there))
        for told in (here, there):
            ((found, once),) = rows(told, COUNTED)
            print(f"{told.name}: {found} rows, {once} workbooks")
            wrong += [told.name] * (not found == once == count)
        print(
            f"{len(files(here))} files beside {len(files(there))}: {len(wrong)} differences {wrong}"
        )
    sys.exit(bool(wrong))


def whole_batch_killed(folder: Path, out: Path, after: int) -> None:
    """Kill a batch of this computer after so many reports, and run it again."""
    running = batch(folder, folder / BOOKS, out)
    until(running, out, after)
    running.kill()
    running.wait()
    told = batch(folder, folder / BOOKS, out).communicate()[0]
    print(f"killed after {after} reports, run again: {told.splitlines()[0]}")


def one_worker_killed(
    folder: Path, out: Path, address: str, worker: "subprocess.Popen[str]", after: int
) -> None:
    """Kill a worker after so many reports."""
    began, running = time.monotonic(), batch(folder, folder / BOOKS, out, "--cluster", address)
    until(running, out, after)
    end(worker)
    told = running.communicate()[0]
    took = time.monotonic() - began
    print(f"a worker killed after {after} reports: {told.splitlines()[0]}, {took:.0f} s in all")


def batch(folder: Path, *words: "str | Path") -> "subprocess.Popen[str]":
    """The command with these words and the list of units, running."""
    given = ("-m", "gouji", "batch", *words, "--units", folder / LIST)
    return subprocess.Popen((sys.executable, *given), cwd=ROOT, stdout=subprocess.PIPE, text=True)


def until(running: "subprocess.Popen[str]", out: Path, count: int) -> None:
    """Wait for so many reports."""
    while len(list(out.glob("报告/**/*.docx"))) < count:
        if running.poll() is not None:
            raise SystemExit(f"ended too early: {running.communicate()[0]}")
        time.sleep(0.5)


def cluster(folder: Path) -> tuple[str, "list[subprocess.Popen[str]]"]:
    """The address of a scheduler, and the processes of two workers and the scheduler."""
    scheduler = dask(folder, "scheduler", "--host", "127.0.0.1", "--port", "0")
    assert scheduler.stderr is not None
    told = iter(scheduler.stderr.readline, "")
    address = next(match[1] for line in told if (match := re.search(r"at: +(tcp://\S+)", line)))
    workers = [dask(folder, "worker", address, "--nthreads", "1") for _ in range(2)]
    time.sleep(5)
    return address, [*workers, scheduler]


def dask(folder: Path, *words: str) -> "subprocess.Popen[str]":
    """A part of the cluster, in a group of its own."""
    log = subprocess.PIPE if words[0] == "scheduler" else subprocess.DEVNULL
    command = (sys.executable, "-m", "dask", *words, "--no-dashboard")
    return subprocess.Popen(command, cwd=folder, stderr=log, text=True, start_new_session=True)


def end(process: "subprocess.Popen[str]") -> None:
    """Kill a process with all that it has started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def differences(one: Path, other: Path) -> "list[str]":
    """The files, and the tables of the ledger, in which two batches differ."""
    first, second = files(one), files(other)
    found = [name for name in first.keys() | second.keys() if first.get(name) != second.get(name)]
    return found + [asked for asked in ROWS if rows(one, asked) != rows(other, asked)]


def files(out: Path) -> dict[str, bytes]:
    """What a batch has made, the ledger aside."""
    found = (path for path in out.rglob("*") if path.is_file() and path.suffix != ".sqlite")
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


def rows(out: Path, asked: str) -> "list[tuple[object, ...]]":
    """What the ledger answers."""
    with closing(sqlite3.connect(out / "台账.sqlite")) as base:
        return base.execute(asked).fetchall()


if __name__ == "__main__":
    main()
