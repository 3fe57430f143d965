"""The file that traces of failures go to: no terminal and no dialog shows one."""

import os
import tempfile
import traceback
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final


def _folder() -> Path:
    """The folder for temporary files; the user's own where there is none to write to."""
    try:
        return Path(tempfile.gettempdir())
    except OSError:
        return Path.home()


LOG: Final = _folder() / "gouji.log"


def write_down(what: str) -> Path:
    """The log, to which the current exception's trace has been added.

    It is another file where the log is locked or another user's, and never a failure of its own.
    """
    text = f"{datetime.now():%Y-%m-%d %H:%M:%S} {what}\n{traceback.format_exc()}\n"
    for place in _places():
        try:
            with place.open("a", encoding="utf-8") as file:
                file.write(text)
        except OSError:
            continue
        return place
    return LOG


def _places() -> Iterator[Path]:
    yield LOG
    yield LOG.with_stem(f"gouji-{os.getpid()}")
    yield Path.home() / LOG.name
