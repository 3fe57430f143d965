"""A batch on a real Dask cluster, and in a store: the same files as by this computer."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import sysconfig
import time
from contextlib import closing
from pathlib import Path

import pytest
from batch_works import work
from fsspec import filesystem
from fsspec.implementations.memory import MemoryFileSystem
from interruptible import interruptible

from docgen.batch.batch import Asked, Progress, run_batch
from docgen.batch.model import Done, Status, Work
from docgen.batch.workers import Lost, Result
from docgen.cluster.cluster import connected
from docgen.cluster.model import ClusterError, must_be_installed
from docgen.cluster.stores import Stores
from docgen.cluster.there import differs
from docgen.report.given_faults import DataError
from tools.units.folder import make_folder
from workbook.files.save import OutputError

HERE = Path(__file__).parent
COUNT, SLIPS = 8, 2


class Dask:
    """A scheduler and its workers, each a process."""

    def __init__(self, folder):
        self.folder, self.processes = folder, []
        words = ("scheduler", "--host", "127.0.0.1", "--port", "0")
        self.scheduler = self._start(*words, path=[HERE])
        self.address = self._said(self.scheduler, r"Scheduler at: +(tcp://\S+)")

    def _start(self, *words, flags=(), path=()):
        log = self.folder / f"{len(self.processes)}.log"
        with log.open("wb") as said:
            one = subprocess.Popen(
                (sys.executable, *flags, "-m", "dask", *words, "--no-dashboard"),
                cwd=self.folder, stderr=said, stdout=said, start_new_session=True,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, path))},
            )  # fmt: skip
        one.log = log
        self.processes.append(one)
        return one

    def _said(self, process, pattern):
        while not (found := re.search(pattern, process.log.read_text())):
            assert process.poll() is None, process.log.read_text()
            time.sleep(0.02)
        return found[1] if found.groups() else found[0]

    def worker(self, *words, **kept):
        one = self._start("worker", self.address, "--nthreads", "1", *words, **kept)
        self._said(one, "Registered to")
        return one

    def end(self, *processes):
        """Kill processes with all that they have started."""
        for one in processes or self.processes:
            if one.poll() is None:
                os.killpg(one.pid, signal.SIGKILL)
                one.wait()


@pytest.fixture(scope="module")
def dask(tmp_path_factory):
    cluster = Dask(tmp_path_factory.mktemp("dask"))
    yield cluster
    cluster.end()


@pytest.fixture(scope="module")
def workers(dask):
    """One that is watched over by a nanny, and one that nobody starts again."""
    return dask.worker(path=[HERE]), dask.worker("--no-nanny", path=[HERE])


@pytest.fixture(scope="module")
def units(tmp_path_factory):
    folder = tmp_path_factory.mktemp("各单位")
    make_folder(folder, COUNT, SLIPS)
    run(folder, "本机", "--jobs", "1").communicate()
    return folder


def run(folder, out, *words):
    listed = ("--units", folder / "名单.xlsx")
    return interruptible(
        (sys.executable, "-m", "gouji", "batch", folder / "收", folder / out, *listed, *words),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def until(process, out, count):
    while len(list(out.glob("报告/**/*.docx"))) < count:
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)


def files(out):
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.suffix != ".sqlite"
    }


def rows(out):
    """All that the ledger says, but for how often a workbook was tried."""
    with closing(sqlite3.connect(out / "台账.sqlite")) as base:
        columns = "path, sha256, unit, code, kind, status, errors, warnings, report, annotated"
        asked = f"SELECT {columns}, message FROM workbooks ORDER BY path, unit"
        return [*base.execute(asked), *base.execute("SELECT * FROM figures ORDER BY 1, 2, 3")]


def test_a_worker_that_is_killed_in_the_middle_changes_nothing(dask, workers, units):
    out = units / "集群"
    running = run(units, "集群", "--cluster", dask.address)
    until(running, out, 2)
    dask.end(workers[1])
    said, told = running.communicate()
    assert (told, said.splitlines()[0]) == (
        "", f"有错误 {SLIPS}、通过 {COUNT - SLIPS}(这次做了 {COUNT} 本,没有变的 0 本)",
    )  # fmt: skip
    assert files(out) == files(units / "本机")
    assert rows(out) == rows(units / "本机")


def test_a_batch_that_is_interrupted_goes_on_where_it_was(dask, workers, units):
    out = units / "停下"
    running = run(units, "停下", "--cluster", dask.address)
    until(running, out, 2)
    running.send_signal(signal.SIGINT)
    told = running.communicate()[1]
    done, left = map(int, re.findall(r"\d+", told))
    assert told == f"已停下:做好 {done} 本,还有 {left} 本。再运行同一条命令就接着做。\n"
    assert (running.returncode, done + left) == (130, COUNT)
    said = run(units, "停下", "--cluster", dask.address).communicate()[0]
    assert f"(这次做了 {left} 本,没有变的 {done} 本)" in said
    assert files(out) == files(units / "本机")


def test_what_is_stuck_is_ended_and_what_kills_its_process_is_not_tried_for_ever(
    dask, workers, tmp_path
):
    works = ["好", "睡", "死", f"死一次 {tmp_path / '死过'}", "也好"]
    with connected(dask.address, None) as cluster:
        results = {one.work[:2]: (one.done, one.tries) for one in cluster.run(works, work, 1.5)}
    assert results == {
        "好": ("做好好", 1), "死一": ("做好死一次", 2), "睡": (Lost.LATE, 1), "死": (Lost.GONE, 2),
        "也好": ("做好也好", 1),
    }  # fmt: skip


def test_what_stands_in_the_way_of_a_cluster_is_told_in_a_sentence(dask, workers, tmp_path):
    with connected(dask.address, None) as cluster:
        cluster.must_be_fit(str(tmp_path), str(tmp_path / "出"))
        with pytest.raises(
            ClusterError, match=r"工人 tcp://127.0.0.1:\d+ 看不到「memory://出」.请把共享"
        ):
            cluster.must_be_fit(str(tmp_path), "memory://出")
        with pytest.raises(OutputError, match="里不能新建文件"):
            cluster.must_be_fit(str(tmp_path), "/proc/出")
        # Without `site` only what lies in the folder itself is found, and nothing editable.
        bare = dask.worker("--no-nanny", flags=["-S"], path=[sysconfig.get_path("purelib")])
        with pytest.raises(ClusterError, match=r"上没有装勾稽,或少装了包\(docgen\)"):
            cluster.must_be_fit(str(tmp_path), str(tmp_path / "出"))
        dask.end(bare)
    assert differs({"Python": "3.9"}, None).startswith("Python 是 3.")
    assert differs({}, tmp_path / "没有").startswith("看不到文件夹「")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "谁", ""])
def test_a_scheduler_that_is_not_there_is_told_in_a_sentence(address, monkeypatch):
    monkeypatch.setattr("docgen.cluster.cluster._PATIENCE", 1.0)
    with (
        pytest.raises(ClusterError, match=r"^连不上集群「.*」.请看调度器"),
        connected(address, None),
    ):
        pass


def test_a_cluster_without_workers_and_one_that_goes_away_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr("docgen.cluster.cluster._PATIENCE", 1.0)
    cluster = Dask(tmp_path)
    try:
        with pytest.raises(ClusterError, match="里没有工人"), connected(cluster.address, None):
            pass
        cluster.worker("--no-nanny", path=[HERE])
        with connected(cluster.address, None) as found:
            results = found.run(["睡", "好"], work, 60)
            cluster.end()
            with pytest.raises(ClusterError, match=r"断开了.做好的都在台账里"):
                next(results)
    finally:
        cluster.end()


def test_without_the_extra_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setattr("docgen.cluster.model._NEEDED", ("nobody_has_this",))
    with pytest.raises(ClusterError, match=r"pip install \"gouji\[cluster\]\""):
        must_be_installed()


def test_a_store_holds_the_same_files_as_a_folder_and_only_what_changed_is_done_again(
    units, tmp_path
):
    files_of = filesystem("memory")
    files_of.put(str(units / "收"), "/局/收", recursive=True)
    asked = Asked(Stores("memory://局/收", "memory://局/出", tmp_path), here, units / "名单.xlsx")

    def done():
        return run_batch(asked, Progress(), lambda _result: None).progress.done

    assert (done(), done()) == (COUNT, 0)
    files_of.get("/局/出", str(tmp_path / "取回"), recursive=True)
    assert files(tmp_path / "取回") == files(units / "本机")
    assert rows(tmp_path / "取回") == rows(units / "本机")
    first, second = sorted(files_of.glob("/局/收/**/*.xlsx"))[:2]
    files_of.rm_file(first)
    (report,) = (one for one in files_of.glob("/局/出/报告/**/*.docx") if Path(second).stem in one)
    files_of.pipe_file(report, "别人改过的".encode())
    files_of.pipe_file(second, (units / "名单.xlsx").read_bytes())
    assert done() == 1
    left = files_of.glob("/局/出/报告/**/*.docx")
    assert not any(Path(first).stem in one for one in left)
    (kept,) = (one for one in left if Path(second).stem in one)
    assert (files_of.cat_file(kept).decode(), ".备份" in kept) == ("别人改过的", True)
    files_of.rm("/局", recursive=True)
    with pytest.raises(DataError, match="「memory://局/收」里没有工作簿"):
        done()
    with pytest.raises(DataError, match="在输出的「报告」或「退回」里面"):
        Stores("memory://局/出/报告", "memory://局/出", tmp_path).sources([])
    with pytest.raises(DataError, match="「s3://局/收」要用的包没有装"):
        Stores("s3://局/收", "memory://乙", tmp_path)
    with pytest.raises(DataError, match="「nobody://甲」打不开"):
        Stores("nobody://甲", "memory://乙", tmp_path)


def test_a_store_that_does_not_answer_is_no_fault_of_a_workbook(tmp_path, monkeypatch):
    def silent(*_given, **_more):
        raise ConnectionError

    stores = Stores("memory://局/收", "memory://局/出", tmp_path)
    filesystem("memory").pipe_file("/局/收/甲.xlsx", b"")
    stores.ledger.write_bytes(b"")
    for name in ("cat_file", "find", "pipe_file"):
        monkeypatch.setattr(MemoryFileSystem, name, silent)
    done = stores.do(Work("甲.xlsx", Path("甲.xlsx"), Path(), None, ("一", "二")))
    told = "存取「memory://局/收」或「memory://局/出」时出错(ConnectionError),没有做完。"
    told += "请核对网址、账号的权限和网络。再做一次。"
    assert done == Done(
        "甲.xlsx", Status.UNREADABLE, told, made=("一", "二"), is_final=False
    )  # what an earlier run put there is still ours
    assert stores.hash_of(Path("甲.xlsx")) == ""
    with pytest.raises(DataError, match=r"「memory://局/收」读不了:.*\(ConnectionError\)"):
        stores.sources([])
    stores.keep_ledger()  # in a minute it is tried again
    with pytest.raises(OutputError, match="「memory://局/出」里不能新建文件"):
        stores.keep_ledger(at_once=True)


def here(works, do, _timeout):
    """Does the works in this process: no other sees its memory."""
    yield from (Result(one, do(one), 1) for one in works)
