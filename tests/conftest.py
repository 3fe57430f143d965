"""What every test may ask for: the first kind of report, its filled workbook, and LibreOffice."""

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import order
import pytest
from offices import Offices

from workbook.checking.kinds import Kind, load_kind

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "templates"
KINDS = Path(__file__).parent / "kinds"
_LINES = pytest.StashKey[list[str]]()


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Whatever is written beside the tests' own folders lies in this run's, of each worker.

    A workbook is hundreds of thousands of objects that stay: to search all of them for rubbish as
    often as Python does would be a third of the time in which one is built.
    """
    gc.set_threshold(50_000, 20, 50)
    config.stash[_LINES] = []
    keep_to_a_core(config)
    own = config._tmp_path_factory.mktemp("tmp")  # type: ignore[attr-defined] # xdist asks it too
    os.environ["TMPDIR"] = tempfile.tempdir = str(own)


def keep_to_a_core(config: pytest.Config) -> None:
    """Let a worker share its core with the programs that it starts, where there are several.

    They take turns, call by call: to wake the other on another core costs half as much again.
    """
    worker = getattr(config, "workerinput", {}).get("workerid", "").removeprefix("gw")
    if worker.isdigit() and hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[int(worker) % len(cores)]})


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A file's tests go to one worker, which starts what they share once; slow files first."""
    from xdist.scheduler import LoadFileScheduling

    class ByFile(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return order.group(nodeid)

    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for `soffice` bears the marker, so that `-m "not libreoffice"` leaves it out.

    So do the tests of files that can only be slow.
    """
    for item in items:
        if "soffice" in getattr(item, "fixturenames", ()):
            item.add_marker("libreoffice")
        if order.file_of(item.nodeid) in order.SLOW:
            item.add_marker("slow")
    items.sort(key=lambda item: order.place(item.nodeid))


def pytest_collection_finish() -> None:
    """What was collected stays to the end, and is no longer searched for rubbish."""
    gc.freeze()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for line in [*config.stash[_LINES], *slowest_files(terminalreporter)]:
        terminalreporter.write_line(line)


def slowest_files(reporter: pytest.TerminalReporter) -> list[str]:
    """A line with the seconds that the tests of the slowest files took."""
    seconds: Counter[str] = Counter()
    for report in (one for reports in reporter.stats.values() for one in reports):
        if isinstance(report, pytest.TestReport):
            seconds[order.file_of(report.nodeid)] += report.duration
    told = (f"{file} {took:.0f} s" for file, took in seconds.most_common(15))
    return [f"slowest files: {', '.join(told)}"] if seconds else []


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """The lines of a worker that has ended."""
    node.config.stash[_LINES] += getattr(node, "workeroutput", {}).get("lines", [])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI everything is installed, so a skipped test there is a failure."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["lines"] = session.config.stash[_LINES]
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session", autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for logs, locks and what is kept: what is done here stays out of the user's own."""
    folder = tmp_path_factory.mktemp("state")
    shared = (
        tmp_path_factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder))
        patch.setenv("XDG_CONFIG_HOME", str(folder))
        patch.setenv("XDG_CACHE_HOME", str(shared / "cache"))  # one for all processes of a run
        yield folder


@pytest.fixture(scope="session")
def summary_line(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Takes a line that stands at the end of the run, for figures that should be seen."""
    return pytestconfig.stash[_LINES].append


@pytest.fixture(scope="session")
def build_wheel() -> Callable[..., Path]:
    """Takes a folder, a checkout and a Python, and gives the wheel that this Python builds."""

    def build(folder: Path, root: Path = ROOT, python: str = sys.executable) -> Path:
        command = [python, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
        subprocess.run(command, cwd=root, check=True, capture_output=True)
        (made,) = folder.glob("*.whl")
        return made

    return build


@pytest.fixture(scope="session")
def wheel(build_wheel: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def department() -> Kind:
    """The kind of the real report."""
    return load_kind(TEMPLATES / "department")


@pytest.fixture(scope="session")
def language() -> Kind:
    """A made-up kind whose rules use every construct of the rule language."""
    return load_kind(KINDS / "language")


@pytest.fixture(scope="session")
def sample_bytes() -> bytes:
    """The real report's workbook, filled."""
    from spoiled import sample_book

    return sample_book()


@pytest.fixture
def sample_file(sample_bytes: bytes, tmp_path: Path) -> Path:
    """A file of the real report's workbook, free to be changed."""
    path = tmp_path / "填报.xlsx"
    path.write_bytes(sample_bytes)
    return path


@pytest.fixture(scope="session")
def needed() -> Callable[[str], str]:
    """Takes a program's name, gives its path; without it a test is skipped, in CI it fails."""

    def find(program: str) -> str:
        found = shutil.which(program)
        if found is None and os.environ.get("CI"):
            pytest.fail(f"{program} is not on PATH, and in CI nothing may be skipped")
        if found is None:
            pytest.skip(f"{program} is not on PATH")
        return found

    return find


@pytest.fixture(scope="session")
def soffice(needed: Callable[[str], str]) -> str:
    """LibreOffice; where it is missing the test is skipped, in CI it fails."""
    return needed("soffice")


@pytest.fixture(scope="session")
def offices(soffice: str, request: pytest.FixtureRequest) -> Iterator[Offices]:
    """The LibreOffice of this worker, started when it is needed."""
    pytest.importorskip("addin.calc.program.bridge", exc_type=ImportError)  # which brings UNO
    made = Offices(soffice, lambda: int(request.session.exitstatus))
    yield made
    made.close()


@pytest.fixture(scope="module")
def office(offices: Offices) -> Iterator[Any]:
    """A headless LibreOffice, in which nothing is open before and after the tests of one file."""
    yield offices.current()
    offices.tidy()


@pytest.fixture(scope="session")
def convert(offices: Offices) -> Callable[[Path, str, Path], Path]:
    """Takes a file, an ending and a folder, and gives what LibreOffice writes there."""
    return offices.converted


@pytest.fixture(scope="session")
def recalculate(
    offices: Offices, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Sequence[Path]], list[Path]]:
    """Takes workbooks, and gives back their recalculated copies."""
    return lambda files: offices.recalculated(files, tmp_path_factory.mktemp("recalculated"))
