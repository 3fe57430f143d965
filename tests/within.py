"""A LibreOffice that runs in the tests' own process: the same program, of which no call is sent.

From one process to the other a call takes 0.1 ms, and 1 ms where an object comes back; here it is a
function. What is about the connection itself starts a LibreOffice of its own.
"""

import atexit
import ctypes
import importlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from addin.calc.program.office import Office

SECONDS: Final = 60.0
QUIET: Final = ("--norestore", "--nologo", "--nodefault", "--nofirststartwizard", "--nolockcheck")
TAKEN: Final = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGPIPE, signal.SIGTERM)


def libraries(program: str) -> Path | None:
    """The folder of LibreOffice's libraries; None where this system has it in other pieces."""
    folder = Path(program).resolve().parent
    has_all = all((folder / name).exists() for name in ("libmergedlo.so", "libuno_sal.so.3"))
    return folder if has_all else None


def start(folder: Path, program: str, status: Callable[[], int]) -> "Office":
    """Start it, once in a process, without a window and with a profile of its own.

    It is not ended: what tests leave behind of its objects cannot outlive it. Instead the process
    stops with this status when Python has come to its end.
    """
    from addin.calc.program.office import attach

    profile = Path(tempfile.mkdtemp(prefix="gouji-within-"))
    atexit.register(_stop, profile, status)
    installed = f"-env:UserInstallation={profile.as_uri()}"
    # With a new profile it ends after its first start, and has to be started again.
    first = [program, installed, "--headless", "--terminate_after_init"]
    subprocess.run(first, check=True, stderr=subprocess.DEVNULL)
    pipe = f"gouji-{uuid.uuid4().hex}"
    accept = f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext"
    _bring_python(folder)
    handlers = {one: signal.getsignal(one) for one in TAKEN}
    _run(folder, profile, (str(folder / "soffice.bin"), accept, *QUIET, "--headless"))
    office = attach(pipe, wait_seconds=SECONDS)
    for one, handler in handlers.items():
        signal.signal(one, handler)
    office.is_headless = True
    return office


def _stop(profile: Path, status: Callable[[], int]) -> None:
    shutil.rmtree(profile, ignore_errors=True)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(status())


def _run(folder: Path, profile: Path, words: tuple[str, ...]) -> None:
    """Let the program run in a thread, started with these words."""
    os.environ.setdefault("URE_BOOTSTRAP", f"vnd.sun.star.pathname:{folder / 'fundamentalrc'}")
    system = ctypes.CDLL(str(folder / "libuno_sal.so.3"))
    given = (ctypes.c_char_p * len(words))(*map(os.fsencode, words))
    system.sal_detail_initialize(len(words), given)
    _set(system, "UserInstallation", profile.as_uri())
    main = ctypes.CDLL(str(folder / "libmergedlo.so")).soffice_main

    def run(_: object) -> None:  # the words, which have to stay where they are
        main()

    threading.Thread(target=run, args=[given], name="LibreOffice", daemon=True).start()


def _set(system: ctypes.CDLL, name: str, value: str) -> None:
    """Set a variable that LibreOffice begins with; from this process' words UNO reads none."""
    texts = []
    for text in (name, value):
        texts.append(ctypes.c_void_p())
        system.rtl_uString_newFromAscii(ctypes.byref(texts[-1]), text.encode())
    system.rtl_bootstrap_set(*texts)


def _bring_python(folder: Path) -> None:
    """What LibreOffice's Python has at hand, which is this one now: its loader, and UNO's names.

    Both are imported by uno's own `import`, which is Python's no longer once they are there.
    """
    from addin.calc.program.bridge import PLACES, uno

    places = [str(folder), *(place for place in PLACES if Path(place, "unohelper.py").exists())]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("builtins.__import__", uno._uno_import)
        patch.setattr(sys, "path", [*sys.path, *places])
        importlib.import_module("unohelper")
        importlib.import_module("pythonloader")
    for name in ("com", "com.sun", "com.sun.star", "com.sun.star.task"):
        sys.modules[name] = ModuleType(name)
    sys.modules["com.sun.star.task"].XJob = uno.getClass("com.sun.star.task.XJob")
