"""One planted fault on trial: the tests that pass over it, in a process that has it in its module.

The process is a fork of one that has loaded the libraries and nothing of ours, so that a trial
costs no more than the import of our own modules. The tree on the disk is never touched.
"""

import os
import resource
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from importlib import import_module
from importlib.abc import MetaPathFinder, SourceLoader
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from typing import Final

LIBRARIES: Final = (
    "pytest", "hypothesis", "lxml.etree", "jinja2", "openpyxl", "docx", "msgspec", "xlwings",
    "typer.testing", "defusedxml", "python_calamine", "docxtpl",
)  # fmt: skip
_NO_TEST: Final = "ERROR: not found: "  # what pytest says of a test that is not there (any more)
MOST_MEMORY: Final = 4 * 2**30
WALL: Final = 10  # times as long as the processor may take, for a machine that others use too
PAUSE: Final = 0.05  # seconds between two looks at the trials
PLAIN: Final = (
    "-q", "-p", "no:cacheprovider", "-o", "addopts=--strict-markers",
    "-W", "ignore::pytest.PytestAssertRewriteWarning",  # libraries with plugins are loaded already
)  # fmt: skip


def preload() -> None:
    """Load the libraries once for all trials."""
    for name in LIBRARIES:
        with suppress(ImportError):
            import_module(name)


class _Planted(SourceLoader, MetaPathFinder):
    """Imports one module from a text instead of its file."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path.resolve()
        self.text = text
        parts = path.with_suffix("").parts
        self.module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        """The spec of the module that is replaced."""
        if fullname != self.module:
            return None
        return spec_from_file_location(fullname, self.path, loader=self)

    def get_filename(self, fullname: str) -> str:
        """The module's own file, so that it finds what lies beside it."""
        return str(self.path)

    def get_data(self, path: str | os.PathLike[str]) -> bytes:
        """The text with the fault in it."""
        return self.text.encode()


def start(path: Path, text: str, tests: Sequence[str], seconds: float, scratch: Path) -> int:
    """Begin a trial and give its process id; `seconds` is what the processor may take for it."""

    def run() -> int:
        sys.meta_path.insert(0, _Planted(path, text))
        return _pytest(["-x", *PLAIN, f"--basetemp={scratch / str(os.getpid())}"], tests)

    return forked(run, scratch, seconds)


def forked(run: Callable[[], int], scratch: Path, seconds: float = 0) -> int:
    """The id of a process of its own that does `run` and ends with what it gives."""
    sys.stdout.flush()
    if pid := os.fork():
        return pid
    code = 70
    try:
        os.setsid()
        log = os.open(scratch / f"{os.getpid()}.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(log, 1)
        os.dup2(log, 2)
        if seconds:
            limit = int(seconds) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
            signal.alarm(limit * WALL)
        code = run()
    except BaseException:  # noqa: BLE001 - the copy of the caller must not run on
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def ended(running: Collection[int], scratch: Path) -> tuple[int, str]:
    """Wait for one of the trials: its process id and what it showed; what it left behind goes.

    `killed` where a test failed or nothing could be imported, `timeout`, or `survived`.
    """
    while True:
        for pid in running:
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                return pid, _shown(pid, status, scratch)
        time.sleep(PAUSE)


def _shown(pid: int, status: int, scratch: Path) -> str:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)  # a program that a test had started
    shutil.rmtree(scratch / str(pid), ignore_errors=True)
    log = scratch / f"{pid}.log"
    if _NO_TEST in log.read_text(encoding="utf-8", errors="replace"):
        sys.exit("tests were renamed: measure anew")
    log.unlink()
    if os.WIFSIGNALED(status):
        return "timeout"
    return "survived" if os.WEXITSTATUS(status) == 0 else "killed"


def _pytest(options: Sequence[str], tests: Sequence[str]) -> int:
    import pytest  # noqa: PLC0415 - after the limits are set
    from hypothesis import settings  # noqa: PLC0415

    class InOrder:
        """Runs the tests as they are given, although the suite begins with its slow files."""

        @pytest.hookimpl(trylast=True)
        def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
            places = {name: place for place, name in enumerate(tests)}
            items.sort(key=lambda item: places.get(item.nodeid, len(places)))

    # no deadline: a test that is late on a busy machine has noticed nothing
    settings.register_profile("mutation", derandomize=True, database=None, deadline=None)
    settings.load_profile("mutation")
    return int(pytest.main([*options, *tests], plugins=[InOrder()]))
