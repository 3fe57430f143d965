"""A LibreOffice that we started or attached to."""

import atexit
import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from addin.calc.program.bridge import DisposedError, UnoError, uno
from addin.calc.program.job import Job, loaded

START_SECONDS: Final = 60.0
END_SECONDS: Final = 10.0
# A LibreOffice that is just starting drops one connection in fifty; the next one holds.
DROPPED_SECONDS: Final = 5.0
_PAUSE: Final = 0.05
_PROGRAMS: Final = ("soffice", "libreoffice")
_PLACES: Final = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_QUIET: Final = ("--norestore", "--nologo", "--nodefault", "--nofirststartwizard", "--nolockcheck")


@dataclass(eq=False)
class Office:
    """One running LibreOffice; `process` is None where we only attached to it.

    `attach("gouji-4158")` gives the clerk's own, with a window and without a profile of ours;
    `start()` one without a window, whose profile is `/tmp/gouji-calc-…` and goes with it.
    """

    pipe: str
    # No repr of these: once the program has ended, theirs ends Python.
    context: Any = field(repr=False)
    desktop: Any = field(repr=False)
    bridge: Any = field(default=None, repr=False)
    process: subprocess.Popen[bytes] | None = None
    profile: Path | None = None
    is_headless: bool = True
    # Of their own accord, on opening; a macro that is called by name runs in any case.
    runs_macros: bool = False
    files: set[Path] = field(default_factory=set)  # that were opened or saved in it

    @property
    def pid(self) -> int:
        """The process' id; for a program that we attached to, a number of its own pipe."""
        return self.process.pid if self.process else zlib.crc32(self.pipe.encode())

    @property
    def is_alive(self) -> bool:
        """Whether the program still answers."""
        try:
            self.desktop.getCurrentComponent()
        except UnoError:
            return False
        return True

    @cached_property
    def job(self) -> Job | None:
        """Our job that runs in the program itself; None where it has no Python."""
        return loaded(self.context)

    def disconnect(self) -> None:
        """Let go of the program, which goes on.

        It is done at the latest when Python ends: threads of the bridge that outlive it crash.
        """
        atexit.unregister(self.disconnect)
        if self.bridge is not None:
            with contextlib.suppress(UnoError):
                self.bridge.dispose()

    def service(self, name: str) -> Any:
        """A service of the program, by its full name."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def close(self) -> None:
        """End the program, and its profile with it, if we started it; otherwise let go of it."""
        if self.process is None:
            self.disconnect()
            return
        with contextlib.suppress(UnoError):
            _close_all(self.desktop)
            self.desktop.terminate()
        try:
            self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self.disconnect()
        self._forget_profile()

    def kill(self) -> None:
        """End the program at once, if we started it."""
        if self.process is None:
            return
        if os.name == "posix":  # soffice is a script: its children bear the same group
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        else:
            self.process.kill()
        self.process.wait(END_SECONDS)
        self.disconnect()
        self._unlock_files()
        self._forget_profile()

    def _unlock_files(self) -> None:
        """Take away the lock files that only an orderly end takes away, where they are ours."""
        for file in self.files:
            lock = file.with_name(f".~lock.{file.name}#")
            with contextlib.suppress(OSError):
                if self.profile and self.profile.as_uri() in lock.read_text("utf-8", "replace"):
                    lock.unlink()

    def _forget_profile(self) -> None:
        if self.profile:
            shutil.rmtree(self.profile, ignore_errors=True)


def start(*, visible: bool = False, program: str | None = None) -> Office:
    """A LibreOffice of our own, with a profile of its own, so that the clerk's is left alone."""
    pipe = f"gouji-{uuid.uuid4().hex}"
    profile = Path(tempfile.mkdtemp(prefix="gouji-calc-"))
    process = subprocess.Popen(  # noqa: S603
        [
            program or _program(),
            f"-env:UserInstallation={profile.as_uri()}",
            f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext",
            *_QUIET,
            *([] if visible else ["--headless", "--invisible"]),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        office = attach(pipe, wait_seconds=START_SECONDS, process=process)
    except BaseException:
        Office(pipe, None, None, process=process, profile=profile).kill()
        raise
    office.profile, office.is_headless = profile, not visible
    return office


def attach(
    pipe: str, *, wait_seconds: float = 0.0, process: subprocess.Popen[bytes] | None = None
) -> Office:
    """The LibreOffice that listens at a named pipe; ConnectionError where none does in time."""
    begin = time.monotonic()
    while True:
        try:
            return _connected(pipe, process)
        except UnoError as problem:
            has_ended = process is not None and process.poll() not in (None, 0)
            patience = DROPPED_SECONDS if isinstance(problem, DisposedError) else 0.0
            if has_ended or time.monotonic() >= begin + max(wait_seconds, patience):
                raise ConnectionError(f"No LibreOffice answers at the pipe {pipe!r}.") from problem
            time.sleep(_PAUSE)


def _connected(pipe: str, process: subprocess.Popen[bytes] | None) -> Office:
    """The LibreOffice at a pipe, over a bridge of our own that we can end."""
    local = uno.getComponentContext()
    manager = local.ServiceManager
    connector = manager.createInstanceWithContext("com.sun.star.connection.Connector", local)
    factory = manager.createInstanceWithContext("com.sun.star.bridge.BridgeFactory", local)
    bridge = factory.createBridge("", "urp", connector.connect(f"pipe,name={pipe}"), None)
    context = bridge.getInstance("StarOffice.ComponentContext")
    desktop = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", context
    )
    office = Office(pipe, context, desktop, bridge, process, is_headless=False)
    atexit.register(office.disconnect)
    return office


def _program() -> str:
    """The path of soffice; FileNotFoundError where it is not installed."""
    for name in _PROGRAMS:
        if found := shutil.which(name):
            return found
    for place in _PLACES:
        if Path(place).exists():
            return place
    raise FileNotFoundError("LibreOffice (soffice) is neither on PATH nor in its usual place.")


def _close_all(desktop: Any) -> None:
    """Close every document without asking whether to save it."""
    for document in list(desktop.Components):
        with contextlib.suppress(UnoError):
            document.setModified(False)
            document.close(True)
