"""Programs that a test interrupts as Ctrl+C does."""

import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def interruptible(words: Sequence[str | Path], **how: Any) -> "subprocess.Popen[Any]":
    """Start a program that SIGINT ends, also where whoever started the tests has it ignored.

    What `nohup … &` ignores, each program inherits as ignored; a handler is not inherited.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(words, **how)
    finally:
        signal.signal(signal.SIGINT, before)
